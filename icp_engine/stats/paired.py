"""Two scores on the same accounts: by how much one ranks won above lost more often than the other.

Comes in: two scores, won and lost weights, one entry an account. Goes out: difference of AUC with
its interval. Separate because both scores meet the same accounts: their errors move together, which
two intervals would not tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from icp_engine.stats.auc import effective_number, newcombe_interval

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from icp_engine.types import Floats


def paired_auc_difference(
    first: ArrayLike, second: ArrayLike, won: ArrayLike, lost: ArrayLike, level: float = 0.95
) -> tuple[float, float, float]:
    """AUC of `first` less AUC of `second`: (difference, low, high), −1 to 1; nan where a side has
    no weight.

    An account may be won and lost in part; it enters once, whatever its number of deals. Variance
    from each account's placement among the other side (DeLong), summed by account (Obuchowski),
    with Student's t on Welch–Satterthwaite degrees of freedom. Where no placement differs although
    the scores rank differently (both rank perfectly), the limits come from each AUC's own interval
    (Zou's MOVER, uncorrelated). Source: DeLong 1988; Obuchowski 1997; Zou 2008. Coverage in 96
    simulated cells (10 + 10 to 100 + 100): 93–99.8 %.
    """
    weights = np.asarray(won, dtype=float), np.asarray(lost, dtype=float)
    scores = [np.asarray(part, dtype=float) for part in (first, second)]
    if not weights[0].sum() * weights[1].sum():
        return (float("nan"),) * 3
    one, other = (placements(score, *weights) for score in scores)
    above, below = one[0] - other[0], one[1] - other[1]
    difference = float((weights[0] * above).sum() / weights[0].sum())
    half = _half_width(above - difference, below - difference, *weights, level)
    if half is not None:
        return difference, max(-1.0, difference - half), min(1.0, difference + half)
    if _same_order(*scores):
        return 0.0, 0.0, 0.0
    values = [float((weights[0] * part[0]).sum() / weights[0].sum()) for part in (one, other)]
    return _from_own_intervals(values, *weights, level)


def placements(score: Floats, won: Floats, lost: Floats) -> tuple[Floats, Floats]:
    """For each account: the share of lost weight below it, and of won weight above it (ties half)."""
    codes = np.unique(score, return_inverse=True)[1].ravel()
    by_won, by_lost = np.bincount(codes, won), np.bincount(codes, lost)
    lost_below = (np.cumsum(by_lost) - by_lost / 2) / by_lost.sum()
    won_above = 1 - (np.cumsum(by_won) - by_won / 2) / by_won.sum()
    return lost_below[codes], won_above[codes]


def _half_width(
    above: Floats, below: Floats, won: Floats, lost: Floats, level: float
) -> float | None:
    """Half the interval's width; None where nothing varies or a side is a single account."""
    numbers = np.array([effective_number(won), effective_number(lost)])
    if numbers.min() <= 1:
        return None
    parts = won / won.sum() * above, lost / lost.sum() * below
    sides = np.array([(part**2).sum() for part in parts]) * numbers / (numbers - 1)
    variance = float(sides.sum() + 2 * (parts[0] * parts[1]).sum())
    if variance <= 1e-15:
        return None
    freedom = sides.sum() ** 2 / (sides**2 / (numbers - 1)).sum()
    return float(stats.t.ppf(0.5 + level / 2, freedom) * np.sqrt(variance))


def _same_order(first: Floats, second: Floats) -> bool:
    ranks = [np.unique(score, return_inverse=True)[1].ravel() for score in (first, second)]
    return bool(np.array_equal(ranks[0], ranks[1]))


def _from_own_intervals(
    values: list[float], won: Floats, lost: Floats, level: float
) -> tuple[float, float, float]:
    low, high = newcombe_interval(values, effective_number(won), effective_number(lost), level)
    one, other = values
    difference = one - other
    down = np.hypot(one - low[0], high[1] - other)
    up = np.hypot(high[0] - one, other - low[1])
    return difference, float(max(-1.0, difference - down)), float(min(1.0, difference + up))
