"""Count a trait in groups of accounts and compare the groups.

Comes in: indicators and the groups' rows. Goes out: a frame with one row a trait: counts, lifts
with 95 % intervals, p-values. Separate because single traits, pairs and won v lost are compared by
the same rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from icp_engine.stats.proportions import two_by_two_p
from icp_engine.stats.ratios import log_ratio_interval, ratio_interval
from icp_engine.types import Frame, Index

if TYPE_CHECKING:
    from icp_engine.attributes.model import Indicators
    from icp_engine.types import Floats, Ints

ROWS_AT_ONCE = 20_000
# log lifts of true traits vary about that much: the weight of "no effect" in the ranking
PRIOR_SPREAD = 0.5


@dataclass(frozen=True)
class Groups:
    """Row positions of three disjoint groups of accounts; `worst` may be empty."""

    best: Ints
    rest: Ints
    worst: Ints

    @property
    def all(self) -> tuple[Ints, Ints, Ints]:
        """Best, rest, worst, in the order of the table's columns."""
        return self.best, self.rest, self.worst


def locate(index: Index, accounts: Index) -> Ints:
    """Row positions of `accounts` in `index`; accounts without a row are left out."""
    positions = pd.Index(index).get_indexer(pd.Index(accounts))
    return positions[positions >= 0]


def count_traits(indicators: Indicators, groups: Groups) -> tuple[list[Floats], list[Floats]]:
    """For each group (best, rest, worst): accounts that hold each indicator, and accounts where it
    is known.
    """
    counts = [_count(indicators, rows) for rows in groups.all]
    return [held for held, _ in counts], [known for _, known in counts]


def _count(indicators: Indicators, rows: Ints) -> tuple[Floats, Floats]:
    total = np.zeros((2, len(indicators.items)))
    for part in in_parts(rows):
        known = indicators.known[part]
        total += [(indicators.held[part] & known).sum(axis=0), known.sum(axis=0)]
    return total[0], total[1]


def in_parts(rows: Ints) -> Iterator[Ints]:
    """`rows` in pieces small enough for the processor's cache and for memory."""
    return (rows[start : start + ROWS_AT_ONCE] for start in range(0, len(rows), ROWS_AT_ONCE))


def compare_counts(held: list[Floats], known: list[Floats]) -> Frame:
    """Counts, lifts and p-values; `held` and `known` list best, rest, worst, one entry a trait
    each.

    `lift` best against rest, `lift_worst` worst against best, both with 95 % score intervals, nan
    where a group knows nothing. `p_value` = min(1, 2 · min(best v rest, worst v rest)): one p a row
    although two contrasts are looked at. A group without accounts gives p = 1 for its contrast.
    """
    best, rest, worst = zip(held, known, strict=True)
    p_best, p_worst = two_by_two_p(*best, *rest), two_by_two_p(*worst, *rest)
    lift, lift_low, lift_high = ratio_interval(*best, *rest)
    lift_worst, worst_low, worst_high = ratio_interval(*worst, *best)
    return pd.DataFrame(
        {
            "n_best": held[0].astype(int),
            "n_rest": held[1].astype(int),
            "n_worst": held[2].astype(int),
            "of_best": known[0].astype(int),
            "of_rest": known[1].astype(int),
            "of_worst": known[2].astype(int),
            "lift": lift,
            "lift_low": lift_low,
            "lift_high": lift_high,
            "lift_worst": lift_worst,
            "lift_worst_low": worst_low,
            "lift_worst_high": worst_high,
            "p_value": np.minimum(1.0, 2 * np.minimum(p_best, p_worst)),
        }
    )


def shrunken_effect(table: Frame) -> Floats:
    """Size of a trait's effect for ranking: the larger of both log lifts, pulled to 0 as far as its
    error is large.

    Counts + ½; factor τ² / (τ² + error²) with τ = 0.5, so that 2 of 2 cannot outrank 41 of 96.
    """
    best = _shrunken(table["n_best"], table["of_best"], table["n_rest"], table["of_rest"])
    worst = _shrunken(table["n_worst"], table["of_worst"], table["n_best"], table["of_best"])
    return np.maximum(best, worst)


def _shrunken(a: object, n1: object, b: object, n2: object) -> Floats:
    first, first_n, second, second_n = (np.asarray(part, dtype=float) for part in (a, n1, b, n2))
    ratio, _, high = log_ratio_interval(first, first_n, second, second_n, 0.68268949)
    error = np.log(high / ratio)
    size = np.abs(np.log(ratio)) * PRIOR_SPREAD**2 / (PRIOR_SPREAD**2 + error**2)
    return np.where((first_n > 0) & (second_n > 0), size, 0.0)
