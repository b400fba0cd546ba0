"""Age, growth, revenue per head and months since funding come from attributes, at the day of the
data.
"""

import numpy as np
import pandas as pd
import pytest

from icp_engine import Rubric, Settings, Study, validate
from icp_engine.values.made_columns import make_column
from icp_engine.values.rule import ColumnRule

SIZE = 40
ACCOUNTS = pd.DataFrame(
    {
        "Account ID": [f"A{n}" for n in range(SIZE)],
        "Founded": [1990 + n % 20 for n in range(SIZE)],
        "Employees 2023": [10] * SIZE,
        "Employees 2024": [10 + n for n in range(SIZE)],
        "Annual Revenue": [1000 * (n + 10) for n in range(SIZE)],
        "Last funding date": ["2023-06-01", "2024-06-01"] * 20,
        "LTV": [5000 - n for n in range(SIZE)],
    }
).astype(str)


def opened(frame=ACCOUNTS, **settings):
    return Study.open({"a": frame}, settings=Settings(as_of="2024-12-01", **settings))


def test_each_is_computed_and_says_how():
    study = opened()
    row = study.accounts.loc["A5"]
    assert row["Years since founding"] == 2024 - 1995
    assert row["Headcount growth 2023–2024 (%)"] == 50.0
    assert row["Revenue per head"] == pytest.approx(1000.0)
    assert row["Months since last funding"] == pytest.approx(6.0, abs=0.1)
    formulas = {made.name: made.formula for made in study.proposals.derived}
    assert formulas["Revenue per head"] == "“Annual Revenue” ÷ “Employees 2024”"


def test_age_describes_instead_of_the_year_and_off_brings_the_year_back():
    names = {attribute.name for attribute in opened().attributes.attributes}
    assert "Years since founding" in names and "Founded" not in names
    study = opened(derived_off=("Years since founding",))
    names = {attribute.name for attribute in study.attributes.attributes}
    assert "Founded" in names and "Years since founding" not in names
    assert [made.on for made in study.proposals.derived if made.name == "Years since founding"] == [
        False
    ]


def test_what_lies_ahead_or_divides_by_nothing_is_missing():
    frame = ACCOUNTS.copy()
    columns = ["Founded", "Employees 2023", "Employees 2024", "Last funding date"]
    frame.loc[0, columns] = ["2031", "0", "0", "2026-01-01"]
    row = opened(frame).accounts.loc["A0"]
    made = [
        "Years since founding",
        "Headcount growth 2023–2024 (%)",
        "Revenue per head",
        "Months since last funding",
    ]
    assert row[made].isna().all()


def test_what_is_known_after_the_sale_is_never_a_source():
    frame = ACCOUNTS.rename(columns={"Annual Revenue": "Total revenue"})
    assert "Revenue per head" not in {made.name for made in opened(frame).proposals.derived}
    study = Study.open(
        {"a": ACCOUNTS},
        settings=Settings(roles={"a": {"Founded": "known_after"}}, as_of="2024-12-01"),
    )
    assert "Years since founding" not in study.accounts


def test_bands_are_not_divided():
    frame = ACCOUNTS.drop(columns=["Employees 2023", "Employees 2024"]).assign(
        Employees=["1-10", "11-50"] * 20
    )
    assert "Revenue per head" not in {made.name for made in opened(frame).proposals.derived}


def test_a_rubric_makes_the_column_again_from_a_raw_list():
    study = opened()
    rule = study.intake.columns["Years since founding"].rule
    level = {"label": "old", "fit": 20, "tests": [{"low": 20}]}
    criterion = {
        "name": "Age",
        "group": "must_have",
        "weight": 100,
        "attributes": ["Years since founding"],
    }
    rubric = Rubric.model_validate(
        {
            "criteria": [{**criterion, "levels": [level]}],
            "rules": {"Years since founding": rule.model_dump()},
        }
    )
    scored = Rubric.from_json(rubric.to_json()).score(
        pd.DataFrame({"Founded": ["1990", "2015", ""]})
    )
    assert scored["score"].tolist()[:2] == [100.0, 0.0] and scored.attrs["missing_columns"] == []
    assert np.isfinite(scored["score"]).all()


def test_a_rubric_of_made_columns_is_tested_on_a_list_that_has_their_sources():
    rule = opened().intake.columns["Years since founding"].rule
    level = {"label": "old", "fit": 20, "tests": [{"low": 20}]}
    criterion = {
        "name": "Age",
        "group": "must_have",
        "weight": 100,
        "attributes": ["Years since founding"],
    }
    rubric = Rubric.model_validate(
        {
            "criteria": [{**criterion, "levels": [level]}],
            "rules": {"Years since founding": rule.model_dump()},
        }
    )
    old = ACCOUNTS["Founded"].astype(int) < 2005
    deals = pd.DataFrame(
        {
            "Deal ID": ACCOUNTS["Account ID"],
            "Account ID": ACCOUNTS["Account ID"],
            "Stage": np.where(old, "Closed Won", "Closed Lost"),
            "Close Date": "2024-06-01",
        }
    )
    assert validate(rubric, deals, ACCOUNTS).metrics["auc"].value == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("written", ["n.d.", "before 1990", "around 2000"])
def test_words_among_founding_years_leave_only_those_ages_open(written):
    frame = ACCOUNTS.copy()
    frame.loc[::8, "Founded"] = written  # too many for a column of numbers
    study = opened(frame)
    assert not [problem for problem in study.problems if problem.severity == "stop"]
    ages = study.accounts["Years since founding"]
    assert np.isnan(ages["A0"]) and ages["A5"] == 2024 - 1995
    assert study.rubric.score(frame).index.equals(frame.index)


@pytest.mark.parametrize("step", ["years_since", "months_since", "growth", "ratio"])
@pytest.mark.parametrize("part", [["a word"], [True], [pd.Timestamp("2020-01-01")], [None]])
def test_a_figure_of_what_it_cannot_read_is_missing_never_an_error(step, part):
    rule = ColumnRule(made_by=step, made_at="2024-12-01")
    values = pd.Series(part, index=[7])
    made = make_column([values, values], rule)
    assert list(made.index) == [7] and made.dtype == "float64"
