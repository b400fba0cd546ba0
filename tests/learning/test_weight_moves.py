"""Which weight moves flip which accounts."""

import numpy as np
import pandas as pd
import pytest

from icp_engine.learning.weight_moves import find_flips, list_moves, move_weights
from icp_engine.rubric.model import Criterion, Level, Match, Rubric
from icp_engine.rubric.scoring import Fits, score_fits


def make_rubric(**weights: int) -> Rubric:
    levels = (Level(label="yes", fit=20, tests=(Match(values=("yes",)),)),)
    return Rubric(
        criteria=tuple(
            Criterion(name=n, group="growth", weight=w, attributes=(n,), levels=levels)
            for n, w in weights.items()
        )
    )


def make_fits(rows: list[list[int]]) -> Fits:
    none = np.zeros(len(rows), dtype=bool)
    return Fits(pd.Index([f"a{i}" for i in range(len(rows))]), np.array(rows), none, none, ())


def nothing_ranked(_: Rubric) -> tuple[float, float, float, float]:
    return (np.nan,) * 4


def test_a_weight_that_falls_below_a_threshold_takes_its_accounts_along():
    rubric, fits = make_rubric(a=60, b=40), make_fits([[20, 0], [0, 20], [20, 20]])
    flipped = find_flips(rubric, fits, "a", 40)
    assert flipped[["band", "band_moved", "moved"]].to_dict("index") == {
        "a0": {"band": "Yellow", "band_moved": "Red", "moved": "down"},
        "a1": {"band": "Red", "band_moved": "Yellow", "moved": "up"},
    }


def test_a_known_weight_under_the_floor_loses_the_rating():
    flipped = find_flips(make_rubric(a=60, b=40), make_fits([[20, -1]]), "a", 50)
    assert flipped.loc["a0", "moved"] == "not rated"


def test_every_criterion_moves_both_ways_and_the_others_follow():
    moves = {
        (name, share): {c.name: c.weight for c in moved.criteria}
        for name, share, moved in list_moves(make_rubric(a=60, b=39, c=1))
    }
    assert moves[("a", 0.25)] == {"a": 75, "b": 24, "c": 1}
    assert moves[("c", 0.25)]["c"] == 2 and moves[("c", -0.25)]["c"] == 0
    assert len(moves) == 6 and all(sum(weights.values()) == 100 for weights in moves.values())


def test_one_criterion_alone_cannot_move():
    assert move_weights(make_rubric(a=100), make_fits([[20]]), 0.5, nothing_ranked).empty


def test_counts_are_those_of_scoring_twice():
    rubric = make_rubric(a=45, b=35, c=20)
    fits = make_fits(np.random.default_rng(1).integers(0, 21, (300, 3)).tolist())
    table = move_weights(rubric, fits, 0.5, nothing_ranked)
    for (name, _, moved), row in zip(list_moves(rubric), table.itertuples(), strict=True):
        before, after = (score_fits(one, fits)["band"] for one in (rubric, moved))
        assert (row.criterion, row.changed, row.accounts) == (
            name,
            int((before != after).sum()),
            300,
        )
        assert row.changed == row.up + row.down


@pytest.mark.parametrize("asked", [("x", 10), ("a", 101)])
def test_what_cannot_be_set_is_refused(asked):
    with pytest.raises(ValueError):
        find_flips(make_rubric(a=60, b=40), make_fits([[20, 0]]), *asked)
