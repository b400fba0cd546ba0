"""A column's shape: bars that add up, in the order a reader expects, and none for names."""

import pandas as pd
import pytest

from icp_engine.intake.columns.column_types import infer_rule
from icp_engine.intake.columns.distribution import BARS, find_distribution


def shape(values, header="x"):
    series = pd.Series(values, dtype="str")
    return find_distribution(series, infer_rule(series, header)[0])


def test_numbers_fall_into_twelve_bars_that_hold_everything():
    found = shape([str(n) for n in range(1000)], "Amount")
    assert len(found.shares) == BARS
    assert sum(found.shares) == pytest.approx(1)
    assert max(found.shares) < 0.12


def test_one_huge_value_does_not_flatten_the_rest():
    found = shape([str(n % 50) for n in range(1000)] + ["90000000"], "Amount")
    assert sum(share > 0.02 for share in found.shares) > 8


def test_levels_stand_by_size_and_unknown_ones_take_no_part():
    found = shape(["a"] * 5 + ["b"] * 3 + ["N/A"] * 9 + ["c"] * 2, "Industry")
    assert found.labels == ("a", "b", "c")
    assert found.shares == pytest.approx((0.5, 0.3, 0.2))


def test_bands_keep_their_order():
    found = shape(["1001-5000"] * 9 + ["11-50"] * 2 + ["51-200"] * 4, "Number of Employees")
    assert found.labels == ("11–50", "51–200", "1001–5000")


def test_dates_are_binned_by_time():
    found = shape(
        [f"2025-{m:02d}-{d:02d}" for m in range(1, 13) for d in (5, 15, 25)], "Close Date"
    )
    assert found.labels[0].startswith("2025-01-")
    assert sum(found.shares) == pytest.approx(1)


def test_tags_count_each():
    found = shape(["AWS;SAP"] * 6 + ["AWS"] * 6 + ["SAP;Jira"] * 3, "Tech stack")
    assert found.labels[0] == "AWS"
    assert sum(found.shares) == pytest.approx(1)


@pytest.mark.parametrize(
    "values",
    [
        [f"id-{n:05d}" for n in range(50)],
        ["", "N/A"],
        [f"Oak Street {n}" for n in range(40)],
        [f"p{n}@firm.example" for n in range(9)],
    ],
)
def test_names_and_empty_columns_have_no_bars(values):
    assert shape(values).shares == ()


def test_one_value_is_one_bar():
    assert shape(["7"] * 30, "Amount").shares == (1.0,)
