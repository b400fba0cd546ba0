"""Amounts in several currencies become one by rates; without a rate the column leaves the value
metrics.
"""

import pandas as pd
import pytest

from icp_engine import Rubric, Settings, Study

DEALS = pd.DataFrame(
    {
        "Deal ID": [f"D{n}" for n in range(40)],
        "Account ID": [f"A{n % 20}" for n in range(40)],
        "Stage": ["Closed Won", "Closed Lost"] * 20,
        "Amount": ["100", "200", "300", "400"] * 10,
        "Amount Currency": ["EUR", "EUR", "USD", "EUR"] * 10,
        "Close Date": "2024-03-01",
    }
)
ACCOUNTS = pd.DataFrame(
    {
        "Account ID": [f"A{n}" for n in range(20)],
        "Industry": ["x", "y"] * 10,
        "LTV": ["€1.2M", "$1M", "€900k", "€2M"] * 5,
        "NPS": [str(n % 10) for n in range(20)],
    }
)


def codes(study):
    return [problem.code for problem in study.problems]


def test_a_currency_column_beside_the_amount_converts_by_rates():
    study = Study.open({"d": DEALS}, settings=Settings(rates={"USD": 0.5}))
    assert study.deals["amount"].tolist()[:4] == [100.0, 200.0, 150.0, 400.0]
    assert study.intake.currency == "EUR" and "currency-mixed" not in codes(study)


def test_without_a_rate_the_amounts_leave_and_the_rest_goes_on():
    study = Study.open({"d": DEALS})
    (problem,) = [problem for problem in study.problems if problem.code == "currency-mixed"]
    assert "USD (10 rows)" in problem.message and problem.rows[0] == 4
    assert study.deals["amount"].isna().all() and study.deals["won"].sum() == 20
    assert study.proposals.currencies[0].without_rate == ("USD",)


def test_signs_in_the_cells_count_as_well():
    study = Study.open({"a": ACCOUNTS})
    assert "currency-mixed" in codes(study) and study.roles["a"]["LTV"] == "known_after"
    assert [metric.name for metric in study.customers.metrics] == ["NPS"]
    rated = study.replace(rates={"usd": 0.9})
    assert (
        rated.accounts["LTV"].tolist()[:2] == [1_200_000.0, 900_000.0]
        and rated.roles["a"]["LTV"] == "value_metric"
    )


def test_the_study_has_the_currency_that_was_chosen():
    study = Study.open({"d": DEALS}, settings=Settings(currency="USD", rates={"EUR": 2.0}))
    assert (
        study.deals["amount"].tolist()[:4] == [200.0, 400.0, 300.0, 800.0]
        and study.intake.currency == "USD"
    )


def test_a_stray_currency_only_loses_its_own_rows():
    many = pd.concat([DEALS.assign(**{"Amount Currency": "EUR"})] * 5, ignore_index=True)
    many["Deal ID"] = [f"D{n}" for n in range(len(many))]
    many.loc[7, "Amount Currency"] = "GBP"
    study = Study.open({"d": many})
    assert study.deals["amount"].isna().sum() == 1 and "currency-mixed" in codes(study)


def test_a_rubric_reads_signs_by_the_rates_it_was_built_with():
    accounts = ACCOUNTS.rename(columns={"LTV": "Annual Revenue"})
    study = Study.open({"a": accounts}, settings=Settings(rates={"USD": 0.5}))
    rule = study.intake.columns["Annual Revenue"].rule
    level = {"label": "large", "fit": 20, "tests": [{"low": 700_000}]}
    criterion = {
        "name": "Size",
        "group": "must_have",
        "weight": 100,
        "attributes": ["Annual Revenue"],
    }
    rubric = Rubric.model_validate(
        {
            "criteria": [{**criterion, "levels": [level]}],
            "rules": {"Annual Revenue": rule.model_dump()},
        }
    )
    scored = rubric.score(pd.DataFrame({"Annual Revenue": ["€800k", "$800k", "$2M"]}))
    assert scored["score"].tolist() == pytest.approx([100.0, 0.0, 100.0])
