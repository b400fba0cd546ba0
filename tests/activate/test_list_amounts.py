"""A list's amounts are converted as the accounts are; what no rate converts is unknown and said."""

import io

import pandas as pd
import pytest

from icp_engine import Settings, Study
from icp_engine.activate.list_amounts import convert_list
from icp_engine.activate.score_list import read_list, score_list
from icp_engine.rubric.model import Rubric
from icp_engine.values.rule import ColumnRule

MONEY = {"Revenue": ColumnRule(type="money")}


def converted(amounts, codes=None, currency="EUR", **rates):
    frame = pd.DataFrame({"Revenue": amounts} | ({"Currency": codes} if codes else {}), dtype="str")
    values, problems = convert_list(frame, MONEY, currency, rates)
    return [
        None if pd.isna(value) else value for value in values.get("Revenue", frame["Revenue"])
    ], problems


def test_a_currency_column_converts_by_the_rates_of_the_study():
    assert converted(["100", "200", "300"], ["EUR", "USD", ""], USD=0.5) == (
        [100.0, 100.0, 300.0],
        [],
    )


def test_signs_in_the_cells_convert_as_well():
    assert converted(["€100", "$2M", "300"], USD=0.5) == ([100.0, 1_000_000.0, 300.0], [])


def test_rows_without_a_rate_are_unknown_and_named():
    values, (problem,) = converted(["100", "200", "300"], ["EUR", "GBP", "EUR"])
    assert values == [100.0, None, 300.0]
    assert (
        problem.code == "list-currency-unknown"
        and problem.rows == (1,)
        and "GBP" in problem.message
    )


@pytest.mark.parametrize("currency", ["EUR", ""])
def test_a_list_in_one_currency_stays_as_it_is(currency):
    assert converted(["€100", "€200"], currency=currency) == (["€100", "€200"], [])


def test_a_list_scored_in_the_study_is_converted_before_the_rubric_reads_it():
    firms = {"Account ID": [f"A{n}" for n in range(40)], "Industry": ["Food", "Steel"] * 20}
    accounts = pd.DataFrame(
        {**firms, "Annual Revenue": [f"€{n}M" for n in range(1, 41)], "LTV": ["100"] * 40}
    )
    study = Study.open({"a": accounts}, settings=Settings(rates={"USD": 0.5}))
    level = {"label": "big", "fit": 20, "tests": [{"low": 10_000_000}]}
    criterion = {
        "name": "Size",
        "group": "must_have",
        "weight": 100,
        "attributes": ["Annual Revenue"],
    }
    rules = {"Annual Revenue": study.intake.columns["Annual Revenue"].rule.model_dump()}
    rubric = Rubric.model_validate({"criteria": [{**criterion, "levels": [level]}], "rules": rules})
    file = io.BytesIO(
        b"Company,Annual Revenue,Currency\nA,12000000,EUR\nB,12000000,USD\nC,12000000,GBP\n"
    )
    file.name = "list.csv"
    scored = score_list(study.replace(rubric=rubric), read_list(file))
    assert (
        scored.scores["score"].tolist()[:2] == [100.0, 0.0]
        and scored.scores["band"].iloc[2] == "Not rated"
    )
    assert [problem.code for problem in scored.problems] == ["list-currency-unknown"]
    assert scored.frame["Annual Revenue"].tolist() == ["12000000"] * 3
