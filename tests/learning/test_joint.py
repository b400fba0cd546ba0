"""Levels fitted together: what two attributes both say counts once, weak data stay where they were."""

import numpy as np

from icp_engine.attributes.model import Attribute
from icp_engine.learning.candidates import Binned
from icp_engine.learning.joint import join_levels
from icp_engine.learning.rows import stack_targets
from icp_engine.rubric.model import Match
from icp_engine.values.rule import ColumnRule


def candidate(name, codes):
    attribute = Attribute(name, "firmographic", "category", (), ColumnRule(type="category"))
    labels = tuple(f"{name}{code}" for code in range(codes.max() + 1))
    return Binned(
        name,
        (attribute,),
        codes,
        labels,
        tuple((Match(values=(label,)),) for label in labels),
        False,
    )


def rows_of(won):
    return stack_targets([(won * 1.0, ~won * 1.0)], 1)


def test_what_only_rides_along_loses_to_what_it_rides_on():
    rng = np.random.default_rng(1)
    cause = rng.integers(0, 2, 4000)
    rider = np.where(rng.random(4000) < 0.9, cause, 1 - cause)
    won = rng.random(4000) < np.where(cause == 1, 0.7, 0.3)
    alone = np.array([-0.4, 0.4])
    found = join_levels(
        [candidate("cause", cause), candidate("rider", rider)], [alone, alone], rows_of(won)
    )
    assert np.ptp(found[0]) > 1.4 and abs(np.ptp(found[1])) < 0.3  # the truth: 1.69 and 0


def test_levels_without_spread_stay():
    rng = np.random.default_rng(2)
    won = rng.random(100) < 0.5
    flat = np.zeros(2)
    assert join_levels([candidate("a", rng.integers(0, 2, 100))], [flat], rows_of(won)) == (flat,)


def test_an_unknown_code_neither_teaches_nor_breaks():
    rng = np.random.default_rng(3)
    codes = np.r_[rng.integers(0, 2, 300), np.full(100, -1)]
    won = np.r_[codes[:300] == 1, np.ones(100, dtype=bool)]
    (levels,) = join_levels([candidate("a", codes)], [np.array([-1.0, 1.0])], rows_of(won))
    assert levels[1] > levels[0]
