"""Weights within a person's bounds, fitted to outcomes and drawn towards the weights in force.

Comes in: a rubric, bounds, fits and outcome rows. Goes out: weights. Separate because levels,
criteria and thresholds stay a person's: only weights move, and only as far as allowed.

Notes: log odds = a + Σ β·level with β ≥ 0; the weights are 100·β / Σβ, so that a bound low ≤ weight
≤ high is linear in β and the fit stays convex (SLSQP). It is fitted twice: almost free, to learn
the scale Σβ the data carry, then with a ridge on β − Σβ·(weight in force)/100 as if each weight
were known beforehand to ± KNOWN_TO points of that scale. The less the data carry, the nearer the
weights stay to those in force; that noise is not sold as a gain is left to the cross-check.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize

from icp_engine.learning.rows import Rows
from icp_engine.rubric.model import Rubric
from icp_engine.rubric.weights import share_out
from icp_engine.types import Estimate

if TYPE_CHECKING:
    from icp_engine.types import Floats, Ints

KNOWN_TO = 10.0  # points of weight, one standard deviation
FREE = 0.5  # the ridge of the first fit, so that it has one answer
LEAST_SCALE = 0.1  # Σβ, so that weights are defined where nothing tells good from bad

Bounds = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Tuning:
    """`rubric` with tuned weights; `gain`: its AUC less that of the rubric in force, paired, out of
    fold, derivation accounts only. `proposed` only where the gain's 95 % interval lies above 0.
    """

    rubric: Rubric
    gain: Estimate
    proposed: bool
    sentence: str


@dataclass(frozen=True)
class Limits:
    """Lowest and highest weight of each criterion, and blocks of criteria whose weights sum to a
    fixed total.
    """

    low: Floats
    high: Floats
    blocks: tuple[tuple[Ints, int], ...]


def read_bounds(rubric: Rubric, bounds: Bounds) -> Limits:
    """Limits of a rubric's weights; ValueError (in the names a person knows) for bounds that cannot
    hold.

    A criterion without bounds may take any weight, a locked one keeps its own, a locked group keeps
    its total.
    """
    names = [criterion.name for criterion in rubric.criteria]
    if unknown := [name for name in bounds if name not in names]:
        raise ValueError(f"the rubric has no criterion “{unknown[0]}”")
    pairs = [
        bounds.get(c.name, (c.weight, c.weight) if c.locked else (0, 100)) for c in rubric.criteria
    ]
    for name, (low, high) in zip(names, pairs, strict=True):
        if int(low) != low or int(high) != high or not 0 <= low <= high <= 100:
            raise ValueError(
                f"the bounds of “{name}” must be whole numbers, 0 ≤ lowest ≤ highest ≤ 100"
            )
    sides = np.array(pairs, dtype=np.float64)
    limits = Limits(sides[:, 0], sides[:, 1], _blocks(rubric))
    for members, total in limits.blocks:
        lowest, highest = limits.low[members].sum(), limits.high[members].sum()
        if not lowest <= total <= highest:
            which = (
                "weights"
                if len(members) == len(names)
                else f"weights of {', '.join(names[i] for i in members)}"
            )
            raise ValueError(
                f"within these bounds the {which} sum to {lowest:g} to {highest:g}, but they need {total}"
            )
    return limits


def _blocks(rubric: Rubric) -> tuple[tuple[Ints, int], ...]:
    """Criteria of each locked group and its total; all others take what is left of 100."""
    keys = np.array([criterion.group for criterion in rubric.criteria], dtype=object)
    held = {
        g.key: int(g.locked_total)
        for g in rubric.groups
        if g.locked_total is not None and (keys == g.key).any()
    }
    free = np.flatnonzero(~np.isin(keys, list(held)))
    blocks = [(np.flatnonzero(keys == key), total) for key, total in held.items()]
    left = 100 - sum(held.values())
    # totals that cannot all hold give way, as with sliders
    if left < 0 or (not len(free) and left != 0):
        return ((np.arange(len(keys)), 100),)
    return (*blocks, (free, left)) if len(free) else tuple(blocks)


def fit_within(levels: Floats, rows: Rows, now: Floats, limits: Limits) -> Floats:
    """Weights (sum 100, within limits, not yet whole) that fit the outcome rows best.

    levels: accounts × criteria, 0–1, unknown ones as the missing policy has them. now: weights in
    force, of 100.
    """
    start = nearest(now, limits)
    scale = _fit_log_odds(levels, rows, now, limits, FREE).sum()
    beta = _fit_log_odds(
        levels, rows, now, limits, (100 / (KNOWN_TO * max(scale, LEAST_SCALE))) ** 2
    )
    return nearest(100 * beta / beta.sum(), limits) if beta.sum() > 0 else start


def _fit_log_odds(levels: Floats, rows: Rows, now: Floats, limits: Limits, ridge: float) -> Floats:
    """β of each criterion; the weights in force, at a small scale, where the search fails."""
    start, data, signs = nearest(now, limits), levels[rows.row], 2 * rows.y - 1
    pull = np.eye(len(now)) - now[:, None] / 100  # β − share·Σβ

    def loss(parameters: Floats) -> tuple[float, Floats]:
        margin = signs * (data @ parameters[1:] + parameters[0])
        away = pull @ parameters[1:]
        slack = -signs * rows.w * np.exp(-np.logaddexp(0.0, margin))
        gradient = np.concatenate([[slack.sum()], data.T @ slack + ridge * (pull.T @ away)])
        return float(rows.w @ np.logaddexp(0.0, -margin) + ridge / 2 * away @ away), gradient

    first = np.concatenate([[-float(data.mean(axis=0) @ start) / 50], start / 50])
    found = minimize(
        loss,
        first,
        jac=True,
        method="SLSQP",
        bounds=[(-50.0, 50.0), *[(0.0, 50.0)] * len(now)],
        constraints=_constraints(limits),
        options={"maxiter": 200, "ftol": 1e-7},
    )
    beta = np.asarray(found.x[1:], dtype=np.float64)
    return np.maximum(beta, 0.0) if np.isfinite(beta).all() else LEAST_SCALE * start / 100


def _constraints(limits: Limits) -> list[dict[str, object]]:
    """The limits as linear functions of (a, β): low/100·Σβ ≤ β ≤ high/100·Σβ, block totals, Σβ ≥
    LEAST_SCALE.
    """
    size = len(limits.low)
    above = np.eye(size) - limits.low[:, None] / 100
    below = limits.high[:, None] / 100 - np.eye(size)
    matrix = np.pad(np.vstack([above, below, np.ones(size)]), ((0, 0), (1, 0)))
    least = np.concatenate([np.zeros(2 * size), [LEAST_SCALE]])
    found: list[dict[str, object]] = [
        {"type": "ineq", "fun": lambda x: matrix @ x - least, "jac": lambda _: matrix}
    ]
    if len(limits.blocks) > 1:
        member = np.array(
            [np.isin(np.arange(size), members) for members, _ in limits.blocks[:-1]], dtype=float
        )
        totals = np.array([total for _, total in limits.blocks[:-1]], dtype=float)
        equal = np.pad(member - totals[:, None] / 100, ((0, 0), (1, 0)))
        found.append({"type": "eq", "fun": lambda x: equal @ x, "jac": lambda _: equal})
    return found


def nearest(weights: Floats, limits: Limits) -> Floats:
    """The weights within the limits nearest to `weights`: one shift a block, then clipped
    (Euclidean projection).
    """
    result = weights.astype("float64").copy()
    for members, total in limits.blocks:
        low, high = limits.low[members], limits.high[members]
        down, up = -200.0, 200.0
        for _ in range(60):
            middle = (down + up) / 2
            short = np.clip(weights[members] + middle, low, high).sum() < total
            down, up = (middle, up) if short else (down, middle)
        result[members] = np.clip(weights[members] + up, low, high)
    return result


def whole_weights(rubric: Rubric, weights: Floats, limits: Limits) -> dict[str, int]:
    """Whole weights by largest remainder, each block on its own; within whole limits, as a floor or
    ceiling is.
    """
    names = [criterion.name for criterion in rubric.criteria]
    whole: dict[str, int] = {}
    for members, total in limits.blocks:
        whole |= share_out(total, {names[i]: float(np.round(weights[i], 7)) for i in members})
    return whole


def with_whole_weights(rubric: Rubric, weights: Mapping[str, int]) -> Rubric:
    """The rubric with exactly these weights; it then counts as made by hand."""
    criteria = tuple(c.model_copy(update={"weight": weights[c.name]}) for c in rubric.criteria)
    return Rubric.model_validate({**dict(rubric), "criteria": criteria, "origin": "by hand"})
