"""Work done once a distinct value gives what work on every value gives."""

import pandas as pd
import pytest

from icp_engine.values.arrow import by_distinct, changed_text, repeats
from icp_engine.values.parse import count_values, missing_mask, parse_column
from icp_engine.values.rule import ColumnRule

LONG = 24_000
RULES = (
    ("number", ["1", "2,5", "n/a", "", "x", "$1,200", "3 %", "-1"]),
    ("date", ["2024-01-05", "", "soon", "2024-02-30", "5 May 2024"]),
    ("boolean", ["yes", "no", "", "maybe"]),
    ("range", ["1-10", "11-50", "01-May", "", "N/A"]),
    ("tags", ["a; b", "b;a", "", "['a']"]),
    ("category", ["Retail", " Media ", "unknown", "######", "None"]),
    ("id", ["1.0", "8.1E+09", "", "x7"]),
    ("domain", ["https://www.acme.com/x", "bob@b.io", "none"]),
)


@pytest.mark.parametrize(("kind", "values"), RULES)
def test_a_long_column_reads_as_its_values_do_by_themselves(kind, values):
    rule = ColumnRule(type=kind, levels=("1–10", "11–50"))
    long = pd.Series((values * LONG)[:LONG], index=range(2, LONG + 2), name="x", dtype="str")
    assert repeats(long)
    for part in (long.iloc[: len(values)], long.iloc[-len(values) :]):
        pd.testing.assert_series_equal(
            parse_column(long, rule).loc[part.index], parse_column(part, rule)
        )
        assert (
            missing_mask(long, rule).loc[part.index].tolist() == missing_mask(part, rule).tolist()
        )


def test_counts_are_the_same_whether_values_repeat_or_not():
    values = ["a", "b", "", "n/a", None, "a"]
    assert count_values(pd.Series(values, dtype="str"), ColumnRule()) == (3, 2, 2)
    assert count_values(pd.Series(values * 4_000, dtype="str"), ColumnRule()) == (12_000, 2, 8_000)


def test_missing_values_stay_missing_without_being_read():
    series = pd.Series(["1", None] * LONG, dtype="str")
    assert by_distinct(series, lambda values: values.map(len)).isna().sum() == LONG


def test_a_column_that_did_not_change_stands_in_memory_once():
    before = pd.Series(["a", "b"], dtype="str")
    assert changed_text(before, before.str.strip()) is before
    assert changed_text(pd.Series([" a"], dtype="str"), pd.Series(["a"], dtype="str")).tolist() == [
        "a"
    ]
