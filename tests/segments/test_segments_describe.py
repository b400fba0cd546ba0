"""Names of segments read as a person would say them."""

import pytest

from icp_engine.segments.describe import _unit


@pytest.mark.parametrize(("column", "said"), [
    ("Number of Employees", "employees"), ("employee_count", "employee count"), ("No. of Users", "users"),
    ("Annual Revenue", "annual revenue"),
])
def test_a_number_is_followed_by_what_it_counts(column, said):
    assert _unit(column) == said
