"""Better weights within bounds, proposed only when proven.

Comes in: a rubric and bounds. Goes out: a `Tuning`. Separate because it fits; everything else here
only scores.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from icp_engine.crossfit.relearned import Relearned
from icp_engine.learning.fit_within_bounds import (
    Bounds,
    Limits,
    Tuning,
    fit_within,
    read_bounds,
    whole_weights,
    with_whole_weights,
)
from icp_engine.learning.rows import stack_targets
from icp_engine.rubric.model import FIT_UNITS, Rubric
from icp_engine.rubric.scoring import Fits, earned_fits, find_fits
from icp_engine.types import NOT_APPLICABLE, Estimate, Frame
from icp_engine.whatif.other_weights import gain, unseen_ranking
from icp_engine.wording.numbers import show_step

if TYPE_CHECKING:
    from icp_engine.types import Floats, Pair


@dataclass(frozen=True)
class Learned:
    """What weights can be tuned and tested on."""

    accounts: Frame
    """Derivation accounts, clean."""
    targets: list[Pair]
    """(good, bad) weights by account: won and lost first, then best and worst."""
    relearned: Relearned | None
    """The rubric with levels that did not see the account; None where it has none."""
    why_not: str
    """Why there are none."""
    seed: int


def tune_within(rubric: Rubric, bounds: Bounds, learned: Learned) -> Tuning:
    """Better weights within bounds (criterion name → (lowest, highest), whole, of 100), proposed
    only when proven.

    Held-out accounts take no part. Each of five folds of the derivation accounts is scored by
    weights tuned without it, beside the weights in force, both on levels learned without it; the
    gain is paired, on won against lost where both exist, else best against worst. Raises ValueError
    for unknown criteria and for bounds that cannot hold.
    """
    if not rubric.criteria:
        if bounds:
            read_bounds(rubric, bounds)
        return Tuning(
            rubric, NOT_APPLICABLE, False, "There are no criteria whose weights could be tuned."
        )
    limits, found = read_bounds(rubric, bounds), learned.targets
    if not found:
        return Tuning(
            rubric,
            NOT_APPLICABLE,
            False,
            "There are too few outcomes to tune by: it takes five won and five lost "
            "accounts, or five best and five worst customers.",
        )
    fits = find_fits(rubric, learned.accounts, clean=True)
    weights = _fit(rubric, fits, found, limits, learned.seed)
    tuned = with_whole_weights(rubric, whole_weights(rubric, weights, limits))
    relearned = learned.relearned
    if relearned is None:
        return Tuning(
            tuned,
            NOT_APPLICABLE,
            False,
            f"Whether other weights would be better cannot be tested: {learned.why_not}.",
        )
    scores = _tuned_scores(relearned, limits, learned), unseen_ranking(rubric, relearned)
    return _judge(rubric, tuned, [gain(*scores, pair) for pair in found])


def _fit(rubric: Rubric, fits: Fits, found: list[Pair], limits: Limits, seed: int) -> Floats:
    now = np.array([criterion.weight for criterion in rubric.criteria], dtype=np.float64)
    return fit_within(earned_levels(rubric, fits), stack_targets(found, seed), now, limits)


def earned_levels(rubric: Rubric, fits: Fits) -> Floats:
    """Levels 0–1, unknown ones as the policy has them; where they are left out, the average stands
    in for the fit.
    """
    policy = "average" if rubric.missing_policy == "leave_out" else rubric.missing_policy
    return earned_fits(rubric.model_copy(update={"missing_policy": policy}), fits) / FIT_UNITS


def _tuned_scores(relearned: Relearned, limits: Limits, learned: Learned) -> Floats:
    """Out-of-fold scores: each fold by weights tuned, and levels learned, without it."""
    score = np.zeros(len(relearned.fold))
    for number, one in enumerate(relearned.rubrics):
        inside = relearned.fold == number
        others = [(good * ~inside, bad * ~inside) for good, bad in learned.targets]
        rubric = one
        if all(side.any() for pair in others for side in pair):
            fits = find_fits(one, learned.accounts, clean=True)
            weights = _fit(one, fits, others, limits, learned.seed)
            rubric = with_whole_weights(one, whole_weights(one, weights, limits))
        score[inside] = unseen_ranking(rubric, relearned)[inside]
    return score


def _judge(rubric: Rubric, tuned: Rubric, gains: list[Estimate]) -> Tuning:
    """Proposed when the first target is surely ranked better and no other surely worse."""
    first = gains[0]
    if first.value is None or first.low is None or first.high is None:
        return Tuning(
            tuned,
            first,
            False,
            "Whether other weights would be better cannot be tested on these accounts.",
        )
    steps = [show_step(100 * value) for value in (first.value, first.low, first.high)]
    points = f"{steps[0]} points of ranking ({steps[1]} to {steps[2]})"
    moved = [
        c.name
        for c, other in zip(rubric.criteria, tuned.criteria, strict=True)
        if c.weight != other.weight
    ]
    if not moved:
        return Tuning(
            tuned, first, False, "Within these bounds the weights in force already fit best."
        )
    if first.low <= 0:
        return Tuning(
            tuned,
            first,
            False,
            f"Not proposed: within these bounds other weights would bring {points}, "
            "cross-checked, which may be chance.",
        )
    if any(other.high is not None and other.high < 0 for other in gains[1:]):
        return Tuning(
            tuned,
            first,
            False,
            f"Not proposed: other weights rank won deals better, {points}, but best "
            "customers worse.",
        )
    return Tuning(
        tuned,
        first,
        True,
        f"Proposed: {points}, cross-checked on the accounts the rubric was made from; "
        f"{_changes(rubric, tuned)}.",
    )


def _changes(rubric: Rubric, tuned: Rubric) -> str:
    """The three weights that move most, from → to."""
    pairs = [
        (c.name, c.weight, other.weight)
        for c, other in zip(rubric.criteria, tuned.criteria, strict=True)
    ]
    largest = sorted(pairs, key=lambda pair: -abs(pair[2] - pair[1]))[:3]
    return ", ".join(
        f"{name} {before} → {after}" for name, before, after in largest if before != after
    )
