"""Small data: every stage answers, and nothing unproven is sold as proven."""

from pathlib import Path

import pandas as pd
import pytest

import icp_engine as icp

SAMPLE = Path(__file__).parents[2] / "sample_data"


def cut_sample(customers: int) -> icp.Study:
    accounts = pd.read_csv(SAMPLE / "accounts.csv", dtype=str, keep_default_na=False)
    deals = pd.read_csv(SAMPLE / "deals.csv", dtype=str, keep_default_na=False)
    accounts = accounts.drop_duplicates("Record ID")
    kept = accounts[accounts["Type"] == "Customer"].head(customers)
    others = accounts[accounts["Type"] == "Prospect"].head(customers // 2)
    ids = pd.concat([kept, others])["Record ID"]
    return icp.Study.open(
        {
            "accounts": accounts[accounts["Record ID"].isin(ids)],
            "deals": deals[deals["Associated Company IDs"].isin(ids)],
        }
    )


@pytest.mark.parametrize("customers", [8, 20, 35, 60, 100, 200])
def test_every_stage_answers(customers):
    study = cut_sample(customers)
    assert study.traits.verdict.sentence
    assert study.segments.verdict.sentence
    assert study.validation.verdict.sentence
    assert study.profile.to_html()
    assert study.scores["score"].notna().all()
    assert len(study.best.accounts) <= max(1, len(study.best.scores) / 3)


@pytest.mark.parametrize("customers", [8, 20])
def test_a_handful_of_customers_proves_nothing(customers):
    study = cut_sample(customers)
    assert study.traits.verdict.level in ("none", "too_little_data", "weak")
    assert study.segments.verdict.level in ("none", "too_little_data")
    assert study.validation.verdict.level == "too_little_data"
    assert (study.traits.table["direction"] == "none").all()
