"""Lift: how many times as likely one group holds a trait as another, with its interval.

Comes in: counts of two groups. Goes out: ratio and limits, vectorised. Separate because lifts are
ratios of shares, which need another interval than shares do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from icp_engine.stats.proportions import critical_value

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from icp_engine.types import Floats

WIDEST = 1e9  # a ratio beyond this is treated as unbounded
STEPS = 50  # halvings of the search on the log scale: 41 / 2**50 is below double precision


def ratio_interval(
    a: ArrayLike, n1: ArrayLike, b: ArrayLike, n2: ArrayLike, level: ArrayLike = 0.95
) -> tuple[Floats, Floats, Floats]:
    """Ratio of shares (a/n1) / (b/n2) with its score interval: (ratio, low, high).

    `level` 0–1, may be an array (each row its own). With a zero count the ratio shown is that of
    counts + ½, so that it is finite and positive, while the limits stay honest: low 0 when a = 0,
    high inf when b = 0, (0, inf) when both are. All nan where a group is empty. Chosen over
    `log_ratio_interval` by coverage at 95 %, exact over shares 5–90 % in 10 + 10, 20 + 20 and 100 +
    100: mean 95.4 %, lowest cell 92.8 %, against 95.1 % and 89.0 %; at 10 + 40 the lowest cell is
    91.4 % against 79.8 %. Source: Koopman 1984, with the N / (N − 1) of Miettinen & Nurminen 1985.
    """
    parts = np.broadcast_arrays(*(np.asarray(part, dtype=float) for part in (a, n1, b, n2, level)))
    shape = parts[0].shape
    first, first_n, second, second_n, wanted = (part.ravel() for part in parts)
    filled = (first_n > 0) & (second_n > 0)
    counts = tuple(np.where(filled, part, 1.0) for part in (first, first_n, second, second_n))
    ratio = _point(*counts)
    limit = critical_value(wanted) ** 2
    low = np.where(counts[0] > 0, _solve(counts, ratio, limit, upward=False), 0.0)
    high = np.where(counts[2] > 0, _solve(counts, ratio, limit, upward=True), np.inf)
    return tuple(np.where(filled, part, np.nan).reshape(shape) for part in (ratio, low, high))  # type: ignore[return-value]


def log_ratio_interval(
    a: ArrayLike, n1: ArrayLike, b: ArrayLike, n2: ArrayLike, level: ArrayLike = 0.95
) -> tuple[Floats, Floats, Floats]:
    """The same by the log ratio of counts + ½: always finite, too narrow in small groups (Walter
    1975).
    """
    first, first_n, second, second_n = (
        np.asarray(part, dtype=float) + 0.5 for part in (a, n1, b, n2)
    )
    ratio = first / first_n / (second / second_n)
    error = np.sqrt(np.maximum(1 / first - 1 / first_n + 1 / second - 1 / second_n, 0))
    reach = np.exp(critical_value(level) * error)
    return ratio, ratio / reach, ratio * reach


def _point(a: Floats, n1: Floats, b: Floats, n2: Floats) -> Floats:
    half = np.where((a <= 0) | (b <= 0), 0.5, 0.0)
    return (a + half) / (n1 + half) * (n2 + half) / (b + half)


def _solve(counts: tuple[Floats, ...], ratio: Floats, limit: Floats, *, upward: bool) -> Floats:
    """The ratio above (or below) the observed one at which the score statistic reaches `limit`."""
    end = np.log(WIDEST) if upward else -np.log(WIDEST)
    # An observed 0 or infinite ratio is shown as another number, so the search starts from the true
    # one.
    at_end = counts[0] <= 0 if upward else counts[2] <= 0
    near, far = np.where(at_end, -end, np.log(ratio)), np.full_like(ratio, end)
    for _ in range(STEPS):
        middle = (near + far) / 2
        within = _score_statistic(counts, np.exp(middle)) <= limit
        near, far = np.where(within, middle, near), np.where(within, far, middle)
    return np.exp(near)


def _score_statistic(counts: tuple[Floats, ...], ratio: Floats) -> Floats:
    """Squared score of `ratio`: the shares are fitted under that ratio (closed form of the
    quadratic).
    """
    a, n1, b, n2 = counts
    total = n1 + n2
    linear = n1 * ratio + a + n2 + b * ratio
    root = np.sqrt(np.maximum(linear**2 - 4 * total * ratio * (a + b), 0))
    second = np.clip(2 * (a + b) / np.maximum(linear + root, 1e-300), 0, 1)
    first = np.clip(ratio * second, 0, 1)
    variance = first * (1 - first) / n1 + ratio**2 * second * (1 - second) / n2
    distance = (a / n1 - ratio * b / n2) ** 2
    spread = np.maximum(variance * total / np.maximum(total - 1, 1), 1e-300)
    return np.where(distance <= 1e-24, 0.0, np.minimum(distance / spread, 1e12))
