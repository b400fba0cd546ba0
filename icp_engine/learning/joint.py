"""What each code adds to the log odds, all criteria together.

Comes in: the criteria kept, their weights and values learned one attribute at a time, outcome rows.
Goes out: one array a criterion. Separate because it is a second, small fit on top of the first.

Notes: values learned one attribute at a time count what related attributes say twice; a weight can
only shrink all levels of a criterion alike. Here every level may move: logistic regression on
levels with a ridge towards weight · value, the steps between neighbours of ordered codes held four
times as tight as levels. The ridge has the variance STRAY of what the criteria spread (in log
odds), so that weak data keep their single values. Measured out of fold: German credit .783 → .786,
telco .856 → .858, markets of unrelated attributes unchanged. Source: van Houwelingen 2001
(shrinkage towards a target).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from icp_engine.rubric.model import Match

if TYPE_CHECKING:
    from collections.abc import Sequence

    from icp_engine.learning.candidates import Binned
    from icp_engine.learning.rows import Rows
    from icp_engine.types import Floats, Ints

STRAY = 0.25
STEP_TIGHTER = 4.0
ORDERED_LOOSER = 0.25
LEAST_JOINED = 0.1
STEPS_MOST = 40


def join_levels(
    candidates: Sequence[Binned], points: Sequence[Floats], rows: Rows
) -> tuple[Floats, ...]:
    """Log odds of each code when all criteria are fitted together, drawn towards `points` (one
    array a candidate).
    """
    spread = _spread(candidates, points, rows)
    if spread <= 0:
        return tuple(points)
    start = np.concatenate([[0.0], *points])
    ends = np.cumsum([len(one) for one in points])
    places = _places(candidates, ends, rows)
    penalty = _penalty(candidates, int(ends[-1])) / (STRAY * spread)

    def loss(parameters: Floats) -> tuple[float, Floats]:
        signs = 2 * rows.y - 1
        levels = np.append(parameters[1:], 0.0)
        margin = signs * (parameters[0] + sum(levels[place] for place in places))
        slack = -signs * rows.w * expit(-margin)
        moved = parameters[1:] - start[1:]
        pull = penalty @ moved
        counts = sum(
            np.bincount(place, weights=slack, minlength=len(levels))[:-1] for place in places
        )
        value = float(rows.w @ np.logaddexp(0.0, -margin) + moved @ pull / 2)
        return value, np.concatenate([[slack.sum()], counts + pull])

    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS_MOST}).x[
        1:
    ]
    return tuple(np.split(np.asarray(found, dtype=np.float64), ends[:-1]))


def _spread(candidates: Sequence[Binned], points: Sequence[Floats], rows: Rows) -> float:
    """Mean over criteria of the variance over rows of what they add to the log odds, at least
    LEAST_JOINED for joined ones, of which nothing is known yet.
    """
    held = [
        np.append(one, 0.0)[binned.codes[rows.row]]
        for binned, one in zip(candidates, points, strict=True)
    ]
    spread = [float(values.var()) for binned, values in zip(candidates, held, strict=True)]
    joined = [len(binned.attributes) > 1 for binned in candidates]
    spread = [
        max(one, LEAST_JOINED) if both else one for one, both in zip(spread, joined, strict=True)
    ]
    return float(np.mean(spread)) if spread else 0.0


def _places(candidates: Sequence[Binned], ends: Ints, rows: Rows) -> list[Ints]:
    """Where each row's code stands among all levels, one array a criterion; unknown stands behind
    the last.
    """
    starts = [0, *ends[:-1]]
    codes = [binned.codes[rows.row] for binned in candidates]
    return [
        np.where(code >= 0, code + start, ends[-1])
        for code, start in zip(codes, starts, strict=True)
    ]


def _penalty(candidates: Sequence[Binned], size: int) -> Floats:
    penalty, start = np.zeros((size, size)), 0
    for binned in candidates:
        stop = start + len(binned.labels)
        penalty[start:stop, start:stop] = _one_penalty(binned)
        start = stop
    return penalty


def _one_penalty(binned: Binned) -> Floats:
    """Levels are held by themselves; ranges and ordered levels mostly by their neighbours."""
    named = len(binned.labels) - ((Match(),) in binned.tests)
    penalty = np.eye(len(binned.labels))
    if binned.ordered and named > 1:
        steps = np.diff(np.eye(named), axis=0)
        penalty[:named, :named] = ORDERED_LOOSER * np.eye(named) + STEP_TIGHTER * steps.T @ steps
    return penalty
