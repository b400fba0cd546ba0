"""A problem reads as a person would write it: one row, many rows, thousands separated, foreign
words untouched.
"""

import pytest

from icp_engine.problems import CATALOGUE, make_problem


def message(code, **facts):
    return make_problem(code, table="rows are", column="They were", **facts).message


def test_one_row_reads_as_one():
    assert message("id-empty", count=1) == "1 row of “rows are” has no id and was left out."


def test_many_rows_read_as_many_with_separators():
    assert (
        message("id-empty", count=1234) == "1,234 rows of “rows are” have no id and were left out."
    )


def test_the_whole_stays_plural_beside_one_of_it():
    one = message("values-not-numbers", count=1, total=2140, expected="amounts", examples="tbc")
    assert one == "1 of 2,140 values in “They were” is not amounts (“tbc”). It is left empty."


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_no_template_reads_badly_for_one(code):
    entry = CATALOGUE[code]
    if entry.message.startswith("{count}"):
        facts = dict.fromkeys(("total", "found", "rule", "expected", "examples"), "x")
        assert not message(code, count=1, **facts).startswith(
            ("1 rows", "1 values", "1 deals", "1 cells")
        )
