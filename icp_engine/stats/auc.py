"""AUC: how often a positive ranks above a negative, with weights, a small-sample interval, and p.

Comes in: scores and weights (or counts by score). Goes out: AUC 0–1, limits, permutation p.
Separate because validation, leak checks and what-ifs need the same figure from different inputs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from icp_engine.stats.proportions import critical_value

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from icp_engine.types import Floats, Ints

STEPS = 60  # halvings of the search for an interval's limit


def histogram_auc(won_counts: ArrayLike, lost_counts: ArrayLike) -> float:
    """AUC from counts (or weights) of won and lost by ascending score; ties half; nan if a side is
    empty.
    """
    won, lost = np.asarray(won_counts, dtype=float), np.asarray(lost_counts, dtype=float)
    pairs = won.sum() * lost.sum()
    if pairs <= 0:
        return float("nan")
    below = np.cumsum(lost) - lost
    return float((won * (below + lost / 2)).sum() / pairs)


def weighted_auc(score: ArrayLike, positive_weight: ArrayLike, negative_weight: ArrayLike) -> float:
    """Share of positive weight that ranks above negative weight, ties half.

    One entry an account (or deal): its score, its weight as a positive and as a negative (both may
    be above 0: an account with won and lost deals). nan when a side has no weight. Scores must be
    finite.
    """
    codes = _levels(score)
    return histogram_auc(
        np.bincount(codes, np.asarray(positive_weight, dtype=float)),
        np.bincount(codes, np.asarray(negative_weight, dtype=float)),
    )


def effective_number(weights_by_account: ArrayLike) -> float:
    """(Σw)² / Σw²: how many equally weighted accounts the weights are worth (Kish); 0 without
    weight.
    """
    weights = np.asarray(weights_by_account, dtype=float)
    squares = float((weights**2).sum())
    return float(weights.sum() ** 2 / squares) if squares > 0 else 0.0


def newcombe_interval(
    auc: ArrayLike, n_pos: ArrayLike, n_neg: ArrayLike, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Limits (low, high) of an AUC from `n_pos`, `n_neg` (effective numbers allowed); nan where
    either is 0.

    Hanley–McNeil variance at the limit itself, (n_pos + n_neg) / 2 − 1 in place of both numbers
    less one. Source: Newcombe 2006, Statistics in Medicine 25:559, method 5.
    """
    value, positive, negative = np.broadcast_arrays(
        *(np.asarray(part, dtype=float) for part in (auc, n_pos, n_neg))
    )
    usable = (positive > 0) & (negative > 0) & np.isfinite(value)
    value = np.where(usable, value, 0.5)
    positive, negative = np.where(usable, positive, 1.0), np.where(usable, negative, 1.0)
    low = _auc_limit(value, positive, negative, critical_value(level), 0.0)
    high = _auc_limit(value, positive, negative, critical_value(level), 1.0)
    return np.where(usable, low, np.nan), np.where(usable, high, np.nan)


def _auc_limit(auc: Floats, n_pos: Floats, n_neg: Floats, z: Floats, end: float) -> Floats:
    near, far = auc.copy(), np.full_like(auc, end)
    for _ in range(STEPS):
        middle = (near + far) / 2
        within = (auc - middle) ** 2 <= z**2 * auc_variance(middle, n_pos, n_neg)
        near, far = np.where(within, middle, near), np.where(within, far, middle)
    return near


def auc_variance(auc: Floats, n_pos: Floats, n_neg: Floats) -> Floats:
    """Variance of an AUC by Hanley and McNeil 1982, with (n_pos + n_neg) / 2 − 1 in place of both
    numbers less one.
    """
    others = np.maximum((n_pos + n_neg) / 2 - 1, 0)
    spread = 1 + others * (1 - auc) / (2 - auc) + others * auc / (1 + auc)
    return auc * (1 - auc) * spread / (n_pos * n_neg)


def permutation_p(
    score: ArrayLike,
    positive_weight: ArrayLike,
    negative_weight: ArrayLike,
    seed: int,
    draws: int = 999,
) -> float:
    """Share of shuffles in which chance ranks at least as well, one-sided: (1 + hits) / (1 +
    draws).

    One entry an account; its won and lost weight move together, so an account with forty deals
    stays one. 1 when a side has no weight. Time grows with draws × accounts.
    """
    codes = _levels(score)
    won, lost = np.asarray(positive_weight, dtype=float), np.asarray(negative_weight, dtype=float)
    takes_part = won + lost > 0
    codes, won, lost = codes[takes_part], won[takes_part], lost[takes_part]
    if not won.sum() * lost.sum():
        return 1.0
    observed = histogram_auc(np.bincount(codes, won), np.bincount(codes, lost))
    generator, hits = np.random.default_rng(seed), 0
    for _ in range(draws):
        shuffled = generator.permutation(codes)
        hits += (
            histogram_auc(np.bincount(shuffled, won), np.bincount(shuffled, lost))
            >= observed - 1e-12
        )
    return (1 + hits) / (1 + draws)


def _levels(score: ArrayLike) -> Ints:
    return np.unique(np.asarray(score, dtype=float), return_inverse=True)[1].ravel()
