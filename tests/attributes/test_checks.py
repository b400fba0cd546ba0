"""Leak checks: the planted fault is named, the innocent are acquitted."""

import numpy as np
import pandas as pd
import pytest

import icp_engine as icp


@pytest.fixture(scope="module")
def study():
    rng = np.random.default_rng(5)
    n = 500
    won = rng.random(n) < 0.4
    accounts = pd.DataFrame(
        {
            "account_id": [f"a{i:03d}" for i in range(n)],
            "industry": rng.choice(["Retail", "Media", "FinTech", "Energy"], n),
            "region": np.where(rng.random(n) < 0.1, None, rng.choice(["North", "South"], n)),
            "handover": np.where(won, "done", "not yet"),
            "go_to_market": np.where(won, rng.choice(["direct", "channel"], n), None),
            "planet": "Earth",
            "motto": [f"motto {i} of many" for i in range(n)],
            "gender": rng.choice(["f", "m"], n),
        }
    )
    deals = pd.DataFrame(
        {
            "deal_id": [f"d{i:03d}" for i in range(n)],
            "account_id": accounts["account_id"],
            "stage": np.where(won, "Closed Won", "Closed Lost"),
            "amount": rng.integers(1000, 9000, n),
            "closed_date": pd.Timestamp("2026-09-01")
            - pd.to_timedelta(rng.permutation(n), unit="D"),
        }
    )
    return icp.Study.open({"accounts": accounts, "deals": deals})


@pytest.fixture(scope="module")
def codes(study):
    return {withheld.attribute: withheld.code for withheld in study.attributes.withheld}


def test_a_column_that_separates_the_outcomes_is_withheld(codes):
    assert codes["handover"] in ("leak-separates", "known-after")


def test_a_column_filled_only_for_winners_is_withheld(codes):
    assert codes["go_to_market"] in ("rarely-filled", "leak-filled")


def test_useless_and_personal_columns_are_withheld(codes):
    assert codes["planet"] == "one-level"
    assert codes["gender"] == "sensitive"


def test_the_innocent_describe(study):
    assert {attribute.name for attribute in study.attributes.attributes} == {"industry", "region"}


def test_every_check_says_how_why_and_what_to_do(study):
    assert all(
        w.how_detected and w.why_it_matters and w.what_to_do for w in study.attributes.withheld
    )


def test_a_withheld_column_can_be_allowed(study):
    allowed = study.replace(allow=("gender",))
    assert "gender" in {attribute.name for attribute in allowed.attributes.attributes}


def test_less_research_on_prospects_everywhere_is_no_leak():
    rng = np.random.default_rng(8)
    n = 600
    won = rng.random(n) < 0.5
    missing = np.where(won, 0.05, 0.2)
    columns = {
        f"trait_{k}": np.where(rng.random(n) < missing, None, rng.choice(list("xyz"), n))
        for k in range(6)
    }
    frame = pd.DataFrame(
        {"deal_id": [f"d{i}" for i in range(n)], "stage": np.where(won, "Won", "Lost"), **columns}
    )
    study = icp.Study.open({"deals": frame})
    assert {attribute.name for attribute in study.attributes.attributes} == set(columns)
