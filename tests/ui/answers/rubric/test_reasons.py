"""Beside a weight stands the outcome that speaks for it: the one shown, and the other where that
tells more.
"""

import pytest

from icp_engine.types import Estimate
from icp_engine.whatif.level_outcomes import BestSplit
from ui.answers.rubric.reasons import _telling


def split(best, others):
    return BestSplit(Estimate(best, 0.0, 1.0, 50), Estimate(others, 0.0, 1.0, 90))


@pytest.mark.parametrize(
    ("deals", "value", "told"),
    [
        ((0.7, 0.4), (0.3, 0.2), ["won"]),
        ((0.56, 0.50), (0.41, 0.12), ["won", "best customers"]),
        ((0.50, 0.52), (0.41, 0.12), ["best customers"]),
        ((0.50, 0.52), (0.10, 0.12), ["won"]),
    ],
)
def test_the_outcome_that_tells_more_stands_beside_the_one_shown(deals, value, told):
    splits = {"deals": split(*deals), "value": split(*value)}
    assert [good for _, good in _telling(splits, "deals")] == told


def test_without_outcomes_nothing_is_told():
    assert _telling({}, None) == [] and _telling({}, "deals") == []
