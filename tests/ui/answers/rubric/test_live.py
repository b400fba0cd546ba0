"""What a browser sends is checked again: only a rubric comes out of it, or nothing."""

import pytest

from icp_engine.rubric.model import Criterion, Rubric
from ui.answers.rubric.live import read_moved, what_changed


@pytest.fixture
def rubric():
    return Rubric(
        criteria=tuple(Criterion(name=name, group="must_have", weight=50) for name in "AB")
    )


def sent(**changes):
    return {
        "seq": 1,
        "names": ["A", "B"],
        "weights": [70, 30],
        "locked": [False, True],
        "held": {"must_have": 100},
        "green": 85,
        "yellow": 40,
        "policy": "zero",
        **changes,
    }


def test_weights_locks_thresholds_and_policy_arrive(rubric):
    moved = read_moved(rubric, sent())
    assert [(c.weight, c.locked) for c in moved.criteria] == [(70, False), (30, True)]
    assert (moved.green, moved.yellow, moved.missing_policy, moved.groups[0].locked_total) == (
        85,
        40,
        "zero",
        100,
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"weights": [70, 31]},
        {"weights": [-1, 101]},
        {"weights": ["many", 3]},
        {"weights": [100]},
        {"names": ["A", "C"]},
        {"green": 30},
        {"policy": "guess"},
        {"held": None},
        {"locked": None},
    ],
)
def test_anything_else_is_nothing(rubric, wrong):
    assert read_moved(rubric, sent(**wrong)) is None
    assert read_moved(rubric, None) is None


def test_a_change_is_named_by_what_moved_most(rubric):
    assert (
        what_changed(rubric, read_moved(rubric, sent(green=80, yellow=60, policy="average")))
        == "Weight of A: 70"
    )
    assert (
        what_changed(rubric, rubric.model_copy(update={"green": 90}))
        == "Green from 90, Yellow from 60"
    )
