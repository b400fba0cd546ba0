"""Tuning: planted weights come back, bounds hold, noise changes little."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icp_engine.learning import fit_within_bounds
from icp_engine.learning.fit_within_bounds import (
    Limits,
    fit_within,
    nearest,
    read_bounds,
    whole_weights,
)
from icp_engine.learning.rows import Rows, stack_targets
from icp_engine.rubric.model import Criterion, Group, Rubric


def make_rubric(weights: list[int], **changes: object) -> Rubric:
    return Rubric(
        criteria=tuple(
            Criterion(name=f"c{i}", group="growth" if i else "must_have", weight=w)
            for i, w in enumerate(weights)
        ),
        **changes,
    )


def simulate(weights: list[float], scale: float, accounts: int = 4000) -> tuple[np.ndarray, Rows]:
    rng = np.random.default_rng(5)
    levels = rng.integers(0, 5, (accounts, len(weights))) / 4
    won = rng.random(accounts) < 1 / (1 + np.exp(-scale * (levels @ np.array(weights) / 100 - 0.5)))
    return levels, stack_targets([(won * 1.0, ~won * 1.0)], seed=1)


def tuned(weights: list[float], scale: float, bounds: dict[str, tuple[int, int]]) -> np.ndarray:
    levels, rows = simulate(weights, scale)
    rubric = make_rubric([34, 33, 33])
    return fit_within(levels, rows, np.array([34.0, 33, 33]), read_bounds(rubric, bounds))


def test_planted_weights_come_back():
    assert np.abs(tuned([60, 30, 10], 8.0, {}) - [60, 30, 10]).max() < 4


def test_a_bound_is_reached_and_not_passed():
    found = tuned([60, 30, 10], 8.0, {"c0": (20, 45)})
    assert found[0] == pytest.approx(45, abs=1e-6) and found[1] > found[2]


def test_without_signal_the_weights_are_drawn_to_those_in_force(monkeypatch):
    drawn = np.abs(tuned([34, 33, 33], 0.0, {}) - [34, 33, 33]).max()
    monkeypatch.setattr(fit_within_bounds, "KNOWN_TO", 1e6)
    assert drawn < 0.6 * np.abs(tuned([34, 33, 33], 0.0, {}) - [34, 33, 33]).max()


def test_locked_criteria_and_groups_stay():
    groups = (Group(key="must_have", name="m", locked_total=40), Group(key="growth", name="g"))
    rubric = make_rubric([40, 40, 20], groups=groups)
    rubric = rubric.model_copy(
        update={
            "criteria": (
                *rubric.criteria[:2],
                rubric.criteria[2].model_copy(update={"locked": True}),
            )
        }
    )
    levels, rows = simulate([10, 10, 80], 8.0, 500)
    limits = read_bounds(rubric, {})
    found = whole_weights(
        rubric, fit_within(levels, rows, np.array([40.0, 40, 20]), limits), limits
    )
    assert found == {"c0": 40, "c1": 40, "c2": 20}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 100), st.integers(0, 100), st.floats(0, 100)),
        min_size=2,
        max_size=12,
    )
)
def test_whole_weights_sum_to_100_within_the_bounds(triples):
    low, high = (np.array([pick(a, b) for a, b, _ in triples], dtype=float) for pick in (min, max))
    if not low.sum() <= 100 <= high.sum():
        return
    limits = Limits(low, high, ((np.arange(len(low)), 100),))
    first = [100, *[0] * (len(low) - 1)]
    found = whole_weights(
        make_rubric(first), nearest(np.array([w for *_, w in triples]), limits), limits
    )
    whole = np.array(list(found.values()))
    assert whole.sum() == 100 and (whole >= low).all() and (whole <= high).all()


@pytest.mark.parametrize(
    ("bounds", "says"),
    [
        ({"x": (0, 10)}, "no criterion “x”"),
        ({"c0": (20, 10)}, "bounds of “c0”"),
        ({"c0": (0, 101)}, "bounds of “c0”"),
        ({"c0": (60, 70), "c1": (50, 60)}, "sum to 110 to 230"),
        (dict.fromkeys(("c0", "c1", "c2"), (0, 20)), "need 100"),
    ],
)
def test_bounds_that_cannot_hold_are_refused_in_words(bounds, says):
    with pytest.raises(ValueError, match=says):
        read_bounds(make_rubric([34, 33, 33]), bounds)
