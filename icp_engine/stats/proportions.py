"""Shares of two groups: intervals and two-sided tests, vectorised over many tables at once.

Comes in: counts. Goes out: limits 0–1 and p-values. Separate because traits, validation and profile
all need them and must agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import special, stats

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from icp_engine.types import Floats, Ints

EXACT_BELOW = 5.0  # expected count under which the chi-square approximation is not trusted
CELLS_AT_ONCE = 2_000_000  # bounds the memory of the exact test


def critical_value(level: ArrayLike) -> Floats:
    """z with `level` (0–1) of a standard normal between −z and z."""
    return special.ndtri(0.5 + np.asarray(level, dtype=float) / 2)


def wilson(successes: ArrayLike, n: ArrayLike, level: ArrayLike = 0.95) -> tuple[Floats, Floats]:
    """Score interval of a share `successes / n`.

    Counts may be fractional: pass share × effective number and the effective number for weighted
    data. Returns (low, high) 0–1 of the broadcast shape; nan where n is 0. Source: Wilson 1927.
    """
    won, total = np.broadcast_arrays(np.asarray(successes, dtype=float), np.asarray(n, dtype=float))
    safe = np.where(total > 0, total, 1.0)
    share, square = won / safe, critical_value(level) ** 2
    centre = (share + square / (2 * safe)) / (1 + square / safe)
    half = np.sqrt(square * np.maximum(share * (1 - share), 0) / safe + (square / (2 * safe)) ** 2)
    half = half / (1 + square / safe)
    low = np.where(share <= 0, 0.0, np.clip(centre - half, 0, 1))
    high = np.where(share >= 1, 1.0, np.clip(centre + half, 0, 1))
    return np.where(total > 0, low, np.nan), np.where(total > 0, high, np.nan)


def difference_interval(
    a: ArrayLike, n1: ArrayLike, b: ArrayLike, n2: ArrayLike, level: ArrayLike = 0.95
) -> tuple[Floats, Floats, Floats]:
    """Difference of shares a/n1 − b/n2 with its interval: (difference, low, high), each −1 to 1.

    nan where a group is empty.     Source: Newcombe 1998, method 10 (square-and-add of Wilson
    limits).
    """
    first, first_n, second, second_n = _floats(a, n1, b, n2)
    low1, high1 = wilson(first, first_n, level)
    low2, high2 = wilson(second, second_n, level)
    share1, share2 = _share(first, first_n), _share(second, second_n)
    difference = share1 - share2
    low = difference - np.sqrt((share1 - low1) ** 2 + (high2 - share2) ** 2)
    high = difference + np.sqrt((high1 - share1) ** 2 + (share2 - low2) ** 2)
    return difference, low, high


def two_by_two_p(a: ArrayLike, n1: ArrayLike, b: ArrayLike, n2: ArrayLike) -> Floats:
    """Two-sided p-values for a/n1 against b/n2.

    Chi-square with N − 1 where every expected count is ≥ 5, else Fisher's exact mid-p. 1 where a
    group is empty or nobody (or everybody) holds the trait; never nan. Each distinct table is
    computed once. Source: Campbell 2007; Lancaster 1961 (mid-p).
    """
    tables = np.stack([part.ravel() for part in _floats(a, n1, b, n2)], axis=1)
    shape = np.broadcast_shapes(*(np.shape(part) for part in (a, n1, b, n2)))
    if not len(tables):
        return np.ones(shape)
    distinct, where = np.unique(tables, axis=0, return_inverse=True)
    return _distinct_p(distinct)[where.ravel()].reshape(shape)


def _distinct_p(tables: Floats) -> Floats:
    a, n1, b, n2 = tables.T
    total, holders = n1 + n2, a + b
    usable = (n1 > 0) & (n2 > 0) & (holders > 0) & (holders < total)
    smallest = np.minimum(n1, n2) * np.minimum(holders, total - holders)
    exact = usable & (smallest < EXACT_BELOW * total)
    p = np.ones(len(tables))
    approximate = usable & ~exact
    p[approximate] = _chi_square_p(*tables[approximate].T)
    p[exact] = _mid_p(np.rint(tables[exact]).astype(np.int64))
    return p


def _chi_square_p(a: Floats, n1: Floats, b: Floats, n2: Floats) -> Floats:
    total, holders = n1 + n2, a + b
    statistic = (total - 1) * (a * n2 - b * n1) ** 2 / (n1 * n2 * holders * (total - holders))
    return stats.chi2.sf(statistic, 1)


def _mid_p(tables: Ints) -> Floats:
    """Fisher mid-p of integer tables (rows a, n1, b, n2), in blocks of similar support."""
    if not len(tables):
        return np.ones(0)
    a, n1, b, n2 = tables.T
    lowest, highest = np.maximum(0, a + b - n2), np.minimum(a + b, n1)
    order = np.argsort(highest - lowest, kind="stable")
    log_factorial = special.gammaln(np.arange(int((n1 + n2).max()) + 1) + 1.0)
    p, start = np.ones(len(tables)), 0
    while start < len(order):
        block = _block(order, highest - lowest, start)
        p[block] = _block_mid_p(tables[block], lowest[block], highest[block], log_factorial)
        start += len(block)
    return p


def _block(order: Ints, widths: Ints, start: int) -> Ints:
    """The next rows, widths at most twice the first one's, within the memory bound."""
    limit = 2 * int(widths[order[start]]) + 16
    end = start + int(np.searchsorted(widths[order[start:]], limit, side="right"))
    return order[start : max(start + 1, min(end, start + CELLS_AT_ONCE // (limit + 1)))]


def _block_mid_p(tables: Ints, lowest: Ints, highest: Ints, log_factorial: Floats) -> Floats:
    a, n1, b, n2 = (part[:, None] for part in tables.T)
    k = lowest[:, None] + np.arange(int((highest - lowest).max()) + 1)
    inside = k <= highest[:, None]
    k = np.minimum(k, highest[:, None])
    other = a + b - k
    factor = log_factorial
    log_weight = -(factor[k] + factor[n1 - k] + factor[other] + factor[n2 - other])
    observed = -(factor[a] + factor[n1 - a] + factor[b] + factor[n2 - b])
    weight = np.where(inside, np.exp(log_weight - log_weight.max(axis=1, keepdims=True)), 0.0)
    own = np.exp(observed - log_weight.max(axis=1, keepdims=True))[:, 0]
    as_rare = np.where(log_weight <= observed + 1e-7, weight, 0.0).sum(axis=1)
    return np.clip((as_rare - own / 2) / weight.sum(axis=1), 0.0, 1.0)


def _share(count: Floats, n: Floats) -> Floats:
    return np.where(n > 0, count / np.where(n > 0, n, 1.0), np.nan)


def _floats(*parts: ArrayLike) -> tuple[Floats, ...]:
    return tuple(np.broadcast_arrays(*(np.asarray(part, dtype=float) for part in parts)))
