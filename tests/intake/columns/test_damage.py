"""What a spreadsheet did to values is named by kind and row, and the innocent are not."""

import pandas as pd
import pytest

from icp_engine.intake.columns.column_types import infer_rule
from icp_engine.values.parse import parse_column


def found(values, header="Employees"):
    rule, problems = infer_rule(pd.Series(values, dtype="str"), header)
    return rule, [(problem.code, problem.rows) for problem in problems]


def test_dated_bands_are_read_back_and_those_that_fit_nowhere_are_not():
    values = ["1-10", "11-50", "10-Jan", "Nov-50", "03-Feb"] * 4
    rule, problems = found(values)
    assert rule.levels == ("1–10", "11–50")
    assert parse_column(pd.Series(values), rule).tolist()[:4] == ["1–10", "11–50", "1–10", "11–50"]
    assert [code for code, _ in problems] == ["values-excel-dates", "values-excel-dates-lost"]


@pytest.mark.parametrize("header", ["Account ID", "Phone"])
def test_rounded_numbers_name_nobody(header):
    values = ["5015550100", "5015550101", "8.1E+09", "5015550103", "8.1E+09"]
    rule, problems = found(values, header)
    assert parse_column(pd.Series(values), rule).isna().tolist() == [
        False,
        False,
        True,
        False,
        True,
    ]
    assert problems == [("values-rounded", (2, 4))]


def test_cut_off_cells_and_formula_errors_are_empty_and_named():
    rule, problems = found(
        ["Retail", "####", "#NAME?", "Media", "#####################"], "Industry"
    )
    assert problems == [("values-cut-off", (1, 4)), ("values-formula-errors", (2,))]
    assert parse_column(pd.Series(["####", "#NAME?"]), rule).isna().all()


@pytest.mark.parametrize(
    "values", [["#1 brand", "#2 brand", "C#"], ["1E5", "2E7", "3E9"], ["N/A", "#N/A", "x"]]
)
def test_the_innocent_are_not_named(values):
    assert found(values, "Account ID")[1] == []
