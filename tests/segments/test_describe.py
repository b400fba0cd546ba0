"""Names of segments read as a person would say them."""

import pytest

from icp_engine.attributes.model import Attribute
from icp_engine.segments.describe import _range_text, _range_words, _unit
from icp_engine.values.rule import ColumnRule


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("Number of Employees", "employees"),
        ("employee_count", "employee count"),
        ("No. of Users", "users"),
        ("Annual Revenue", "annual revenue"),
    ],
)
def test_a_number_is_followed_by_what_it_counts(column, said):
    assert _unit(column) == said


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("Number of Employees", "39 or more employees"),
        ("Fleet Size", "Fleet Size 39 or more"),
        ("ARR", "ARR 39 or more"),
    ],
)
def test_only_what_can_be_counted_stands_behind_its_number(column, said):
    assert (
        _range_words(Attribute(column, "firmographic", "number", (), ColumnRule()), "39 or more")
        == said
    )


@pytest.mark.parametrize(
    ("low", "high", "counts", "said"),
    [
        (1, 4, True, "1–3"),
        (3, 4, True, "3"),
        (1, 4, False, "1–4"),
        (20_000, 90_000, True, "20,000–90,000"),
    ],
)
def test_ranges_of_counts_do_not_overlap_in_words(low, high, counts, said):
    assert _range_text(low, high, counts) == said
