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


def open_deals(columns, won, **accounts):
    """A study of one deal an account, the newest first."""
    rows = len(won)
    frame = pd.DataFrame(
        {
            "deal_id": [f"d{row}" for row in range(rows)],
            "account_id": [f"a{row}" for row in range(rows)],
            "stage": np.where(won, "Closed Won", "Closed Lost"),
            "closed_date": pd.Timestamp("2026-09-01")
            - pd.to_timedelta(np.arange(rows) * 3, unit="D"),
            **columns,
        }
    )
    described = pd.DataFrame({"account_id": frame["account_id"], **accounts})
    return icp.Study.open({"accounts": described, "deals": frame} if accounts else {"deals": frame})


def withheld(study):
    return {found.attribute: found.code for found in study.attributes.withheld}


def test_a_clean_split_with_few_lost_is_withheld_and_can_be_allowed():
    rng = np.random.default_rng(2)
    won = rng.permutation(110) >= 14
    columns = {"zeta": np.where(won, "x", "y"), "omega": rng.choice(["x", "y"], 110)}
    study = open_deals({}, won, **columns)
    assert withheld(study)["zeta"] == "leak-splits"
    assert [attribute.name for attribute in study.attributes.attributes] == ["omega"]
    allowed = study.replace(allow=("zeta",))
    assert "zeta" in {attribute.name for attribute in allowed.attributes.attributes}


def test_a_strong_trait_with_few_lost_stays():
    rng = np.random.default_rng(4)
    won = rng.permutation(110) >= 14
    columns = {"zeta": np.where(rng.random(110) < np.where(won, 0.8, 0.2), "x", "y")}
    assert [a.name for a in open_deals(columns, won).attributes.attributes] == ["zeta"]


def test_steps_scores_and_synonyms_of_the_outcome_say_so():
    rng = np.random.default_rng(6)
    won = rng.random(200) < 0.5
    flag = np.where(rng.random(200) < 0.5 + 0.2 * won, "Yes", "No")
    columns = {
        "Contract sent": flag,
        "Angebot verschickt": flag,
        "Auftrag erhalten": flag,
        "Meetings held": rng.integers(0, 9, 200),
        "Lead score": rng.integers(0, 99, 200),
        "Webinar attended": flag,
    }
    codes = withheld(open_deals(columns, won))
    assert codes["Contract sent"] == codes["Angebot verschickt"] == "deal-step"
    assert codes["Meetings held"] == "deal-step"
    assert codes["Auftrag erhalten"] == "leak-outcome"
    assert codes["Lead score"] == "other-score"
    assert "Webinar attended" not in codes


def test_what_a_person_calls_an_attribute_is_not_judged_by_its_header():
    rng = np.random.default_rng(6)
    won = rng.random(200) < 0.5
    flag = np.where(rng.random(200) < 0.5 + 0.1 * won, "Yes", "No")
    study = open_deals({"Contract sent": flag}, won)
    given = study.replace(roles={"deals": {"Contract sent": "attribute"}})
    assert [attribute.name for attribute in given.attributes.attributes] == ["Contract sent"]


def test_a_level_that_the_month_of_closing_tells_is_withheld():
    rng = np.random.default_rng(7)
    won = rng.random(240) < 0.5
    days = pd.Timestamp("2026-09-01") - pd.to_timedelta(np.arange(240) * 3, unit="D")
    columns = {
        "Berichtszeit": [f"P{day.year}-{day.quarter}" for day in days],
        "omega": rng.choice(["x", "y", "z"], 240),
    }
    codes = withheld(open_deals(columns, won))
    assert codes["Berichtszeit"] == "leak-day"
    assert "omega" not in codes


def test_a_count_that_grows_with_the_time_since_the_sale_is_withheld():
    rng = np.random.default_rng(8)
    days = rng.integers(30, 1500, 200)
    accounts = pd.DataFrame(
        {
            "account_id": [f"a{row}" for row in range(200)],
            "customer_since": pd.Timestamp("2026-09-01") - pd.to_timedelta(days, unit="D"),
            "ltv": rng.integers(100, 9000, 200),
            "Zaehlwerk": days // 30 + rng.integers(0, 6, 200),
            "Machines": rng.integers(0, 60, 200),
        }
    )
    study = icp.Study.open({"accounts": accounts})
    assert withheld(study)["Zaehlwerk"] == "counts-up"
    assert "Machines" in {attribute.name for attribute in study.attributes.attributes}


def test_names_of_accounts_describe_no_account():
    rng = np.random.default_rng(9)
    won = rng.random(120) < 0.5
    names = [f"Quax{row:03d} Werke GmbH" for row in range(120)]
    accounts = {
        "Company": names,
        "Implementation partner": rng.choice([names[3], "Accentra", "Delotte", "none"], 120),
        "Verbund": rng.choice(names[:4], 120),
        "ERP": rng.choice(["Blue Prism", "Palo Alto"], 120),
    }
    study = open_deals({}, won, **accounts)
    codes = withheld(study)
    assert codes["Implementation partner"] == codes["Verbund"] == "names-accounts"
    assert [attribute.name for attribute in study.attributes.attributes] == ["ERP"]


@pytest.mark.parametrize("header", ["Company age", "Alter der Maschine", "Edad de la empresa"])
def test_the_age_of_a_company_is_no_persons(header):
    rng = np.random.default_rng(10)
    won = rng.random(100) < 0.5
    study = open_deals({header: rng.integers(1, 90, 100)}, won)
    assert [attribute.name for attribute in study.attributes.attributes] == [header]


@pytest.mark.parametrize("header", ["Age", "Alter", "Edad", "Geschlecht", "Age group"])
def test_what_says_how_old_or_what_sex_somebody_is_is_withheld(header):
    rng = np.random.default_rng(11)
    won = rng.random(100) < 0.5
    study = open_deals({header: rng.integers(18, 90, 100)}, won)
    assert withheld(study)[header] == "sensitive"
