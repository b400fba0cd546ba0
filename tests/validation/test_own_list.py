"""Any list of deals can be judged by any rubric, from raw frames or files."""

import numpy as np
import pandas as pd
import pytest

import icp_engine as icp
from icp_engine.problems import InputRefused
from icp_engine.rubric.model import Criterion, Level, Match, Rubric
from icp_engine.values.rule import ColumnRule
from tests.validation.validation_cases import RUBRIC

SAYS_YES = Criterion(
    name="Partner",
    group="must_have",
    weight=100,
    attributes=("Partner",),
    levels=(Level(label="best", fit=20, tests=(Match(values=("Yes",)),)),),
)


def raw_deals(rows=120, seed=2, outcome=("Closed Won", "Closed Lost")) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    industry = generator.choice(["FinTech", "Retail", "Government"], rows)
    won = (
        generator.random(rows)
        < pd.Series(industry).map({"FinTech": 0.75, "Retail": 0.4, "Government": 0.1}).to_numpy()
    )
    return pd.DataFrame(
        {
            "Deal ID": [f"D-{i:03d}" for i in range(rows)],
            "Account ID": [f"A-{i:03d}" for i in range(rows)],
            "Stage": np.where(won, *outcome),
            "Industry": industry,
            "Amount": generator.integers(1000, 90_000, rows),
            "Close Date": pd.date_range("2025-01-01", periods=rows, freq="2D").strftime("%Y-%m-%d"),
        }
    )


def test_a_list_is_read_scored_and_judged():
    deals = raw_deals()
    result = icp.validate(RUBRIC, deals)
    assert result.method == "own_list" and result.verdict.level == "strong"
    won = (deals["Stage"] == "Closed Won").sum()
    assert result.bands["deals"].sum() == 120 and result.bands["won"].sum() == won
    assert result.bands.loc[0, "deals"] == (deals["Industry"] == "FinTech").sum()
    assert 0 < result.permutation_p < 0.01


def test_attributes_may_stand_in_an_accounts_file(tmp_path):
    both = raw_deals()
    deals, accounts = both.drop(columns="Industry"), both[["Account ID", "Industry"]]
    deals.to_csv(tmp_path / "opportunities.csv", index=False)
    accounts.to_csv(tmp_path / "companies.csv", index=False)
    from_files = icp.validate(RUBRIC, tmp_path / "opportunities.csv", tmp_path / "companies.csv")
    assert from_files.metrics["auc"] == icp.validate(RUBRIC, both).metrics["auc"]


def test_a_list_balanced_by_hand_gets_no_rates():
    deals = raw_deals(300)
    picked = pd.concat(
        [deals[deals["Stage"] == stage].head(20) for stage in ("Closed Won", "Closed Lost")]
    )
    result = icp.validate(RUBRIC, picked)
    assert (
        result.metrics["win_rate"].value is None and result.metrics["win_rate_green"].value is None
    )
    assert result.bands["win_rate"].isna().all() and result.bands["deals"].sum() == 40
    assert result.metrics["auc"].value is not None
    assert any("withheld" in reason for reason in result.verdict.because)
    assert "won" in result.sentence and "Green won" not in result.sentence


def test_open_deals_are_counted_and_not_judged():
    deals = raw_deals()
    deals.loc[:9, "Stage"] = "Negotiation"
    result = icp.validate(RUBRIC, deals)
    assert result.open_deals["deals"].sum() == 10 and result.bands["deals"].sum() == 110


def test_a_value_typed_otherwise_here_is_read_by_the_rubric_s_rule():
    """Yes and no become true and false in intake; the rubric learned them as words."""
    rubric = Rubric(criteria=(SAYS_YES,), rules={"Partner": ColumnRule(type="category")})
    deals = raw_deals()
    deals["Partner"] = np.where(deals["Stage"] == "Closed Won", "Yes", "No")
    assert icp.validate(rubric, deals).metrics["auc"].value == 1.0


def test_without_any_column_of_the_rubric_the_list_is_refused():
    with pytest.raises(InputRefused) as refused:
        icp.validate(RUBRIC, raw_deals().drop(columns="Industry"))
    assert [problem.code for problem in refused.value.problems] == ["rubric-columns-none"]


def test_what_was_missed_has_reasons():
    deals = raw_deals()
    deals.loc[deals["Industry"] == "FinTech", "Stage"] = "Closed Lost"
    missed = icp.validate(RUBRIC, deals).missed
    assert len(missed) and missed["reason"].str.contains("Industry").all()


def test_a_missing_column_is_named():
    question = SAYS_YES.model_copy(update={"name": "Partner", "weight": 50})
    both = Rubric(criteria=(RUBRIC.criteria[0].model_copy(update={"weight": 50}), question))
    result = icp.validate(both, raw_deals().drop(columns="Industry").assign(Partner="Yes"))
    check = next(check for check in result.checks if check.code == "many-not-rated")
    assert check.outcome == "caution" and "Industry" in check.finding


@pytest.mark.parametrize("stage", ["Negotiation", "Qualified"])
def test_a_list_without_closed_deals_is_refused_with_advice(stage):
    with pytest.raises(InputRefused) as refused:
        icp.validate(RUBRIC, raw_deals(outcome=(stage, stage)))
    assert all(problem.message and problem.advice for problem in refused.value.problems)


def test_a_missing_file_is_refused_by_name(tmp_path):
    with pytest.raises(InputRefused) as refused:
        icp.validate(RUBRIC, tmp_path / "nowhere.csv")
    assert refused.value.problems[0].code == "file-missing"


def test_few_deals_are_too_little_data():
    assert icp.validate(RUBRIC, raw_deals(12)).verdict.level == "too_little_data"
