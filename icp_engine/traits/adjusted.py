"""Lifts among customers that are alike in another attribute: does a trait matter by itself, or ride
along?

Comes in: indicators, groups, the traits to adjust. Goes out: Mantel–Haenszel lifts beside the raw
ones. Separate because they explain a claim and never make one. Formula: Σ a·n₂/N ÷ Σ b·n₁/N over
the strata of the one other attribute that is most associated with both the trait and the groups
(Mantel & Haenszel 1959; interval Greenland & Robins 1985).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from icp_engine.stats.proportions import critical_value
from icp_engine.traits.compare import Groups, in_parts
from icp_engine.types import Frame

if TYPE_CHECKING:
    from icp_engine.attributes.model import Indicator, Indicators
    from icp_engine.types import Floats, Ints

ROWS_ADJUSTED = 30  # beside all that are claimed: what a page shows


@dataclass(frozen=True)
class _Stratifier:
    """An attribute (or one tag) whose values part the accounts; `columns`: its indicators. The rest
    is one stratum.
    """

    attribute: str
    label: str
    columns: Ints


@dataclass(frozen=True)
class _Counts:
    """Of one group, trait × indicator: accounts that hold both; accounts with a known trait that
    hold the indicator.
    """

    both: Floats
    known: Floats
    held_trait: Floats
    known_trait: Floats
    held: Floats
    size: int


def rows_to_adjust(table: Frame) -> Ints:
    """Places in a sorted trait table: everything claimed, and the first 30 rows."""
    claimed = (table["direction"] != "none").to_numpy()
    return np.flatnonzero(claimed | (np.arange(len(table)) < ROWS_ADJUSTED))


def adjust_lifts(indicators: Indicators, groups: Groups, chosen: Ints) -> Frame:
    """One row a trait of `chosen` (positions of indicators), in that order.

    lift_adjusted with its 95 % limits: best against rest; lift_worst_adjusted: worst against best;
    adjusted_for: the attribute (or “attribute with tag”) whose strata were compared, “” where no
    other attribute hangs together with the trait and the groups: then the raw ratio. nan where a
    group is empty or nobody in it holds the trait.
    """
    counts = [_count(indicators, rows, chosen) for rows in groups.all]
    stratifiers = _list_stratifiers(indicators.items)
    own = np.array([indicators.items[place].attribute for place in chosen], dtype=object)
    pick = _most_associated(counts, stratifiers, own)
    result = np.full((4, len(chosen)), np.nan)
    for number in np.unique(pick):
        rows = np.flatnonzero(pick == number)
        columns = stratifiers[number].columns if number >= 0 else np.empty(0, dtype=np.int64)
        best, rest, worst = (_by_stratum(count, rows, columns) for count in counts)
        result[:3, rows] = mantel_haenszel(*best, *rest)
        result[3, rows] = mantel_haenszel(*worst, *best)[0]
    names = ["lift_adjusted", "lift_adjusted_low", "lift_adjusted_high", "lift_worst_adjusted"]
    labels = [stratifiers[number].label if number >= 0 else "" for number in pick]
    return pd.DataFrame(dict(zip(names, result, strict=True))).assign(
        adjusted_for=pd.Series(labels, dtype="str")
    )


def mantel_haenszel(a: Floats, n1: Floats, b: Floats, n2: Floats) -> tuple[Floats, Floats, Floats]:
    """Common ratio of shares (a/n1) / (b/n2) over strata (last axis), with its 95 % interval; nan
    where a sum is 0.
    """
    total = np.maximum(n1 + n2, 1.0)
    first, second = (a * n2 / total).sum(axis=-1), (b * n1 / total).sum(axis=-1)
    usable = (first > 0) & (second > 0)
    first, second = np.where(usable, first, 1.0), np.where(usable, second, 1.0)
    spread = ((n1 * n2 * (a + b) - a * b * total) / total**2).sum(axis=-1)
    reach = np.exp(critical_value(0.95) * np.sqrt(np.maximum(spread / (first * second), 0.0)))
    ratio = np.where(usable, first / second, np.nan)
    return ratio, ratio / reach, ratio * reach


def _count(indicators: Indicators, rows: Ints, chosen: Ints) -> _Counts:
    size = len(indicators.items)
    both, known = np.zeros((len(chosen), size)), np.zeros((len(chosen), size))
    held_trait, known_trait, held = np.zeros(len(chosen)), np.zeros(len(chosen)), np.zeros(size)
    for part in in_parts(rows):
        is_known = indicators.known[part].astype(np.float32)
        is_held = indicators.held[part] * is_known
        trait, aware = is_held[:, chosen], is_known[:, chosen]
        both += trait.T @ is_held
        known += aware.T @ is_held
        held_trait += trait.sum(axis=0)
        known_trait += aware.sum(axis=0)
        held += is_held.sum(axis=0)
    return _Counts(both, known, held_trait, known_trait, held, len(rows))


def _list_stratifiers(items: tuple[Indicator, ...]) -> list[_Stratifier]:
    """Every attribute whose values exclude one another, and every tag by itself."""
    places: dict[str, list[int]] = {}
    tags = []
    for place, item in enumerate(items):
        if item.kind == "tag":
            tags.append(
                _Stratifier(
                    item.attribute, f"{item.attribute} with {item.value}", np.array([place])
                )
            )
        else:
            places.setdefault(item.attribute, []).append(place)
    return [_Stratifier(name, name, np.array(columns)) for name, columns in places.items()] + tags


def _most_associated(
    counts: list[_Counts], stratifiers: list[_Stratifier], own: np.ndarray
) -> Ints:
    """By trait: number of the stratifier of another attribute with the largest product of both
    associations, or −1.
    """
    score = np.zeros((len(own), len(stratifiers)))
    for number, stratifier in enumerate(stratifiers):
        columns = stratifier.columns
        with_groups = _association_with_groups(counts, columns)
        pairs = [_by_stratum(count, np.arange(len(own)), columns) for count in counts]
        with_trait = _association(
            np.sum([held for held, _ in pairs], axis=0), np.sum([of for _, of in pairs], axis=0)
        )
        score[:, number] = np.where(own == stratifier.attribute, 0.0, with_groups * with_trait)
    if not len(stratifiers):
        return np.full(len(own), -1)
    return np.where(score.max(axis=1) > 0, score.argmax(axis=1), -1)


def _by_stratum(count: _Counts, rows: Ints, columns: Ints) -> tuple[Floats, Floats]:
    """Holders of the trait, and accounts where it is known, by stratum; the last stratum is what is
    in none.
    """
    held, known = count.both[rows][:, columns], count.known[rows][:, columns]
    left = np.maximum(count.held_trait[rows] - held.sum(axis=1), 0)
    left_known = np.maximum(count.known_trait[rows] - known.sum(axis=1), 0)
    return np.column_stack([held, left]), np.column_stack([known, left_known])


def _association(held: Floats, known: Floats) -> Floats:
    """φ² of trait × stratum by trait, less what chance gives (one a degree of freedom)."""
    share = (held.sum(axis=1) / np.maximum(known.sum(axis=1), 1))[:, None]
    spread = np.maximum(known * share * (1 - share), 1e-12)
    square = np.where(
        known * share * (1 - share) > 0, (held - known * share) ** 2 / spread, 0.0
    ).sum(axis=1)
    return np.maximum(square - (known.shape[1] - 1), 0.0) / np.maximum(known.sum(axis=1), 1)


def _association_with_groups(counts: list[_Counts], columns: Ints) -> float:
    table = np.array(
        [[*count.held[columns], max(count.size - count.held[columns].sum(), 0)] for count in counts]
    )
    total = max(table.sum(), 1.0)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / total
    square = float(((table - expected) ** 2 / np.maximum(expected, 1e-12))[expected > 0].sum())
    freedom = max(int((table.sum(axis=1) > 0).sum()) - 1, 0) * max(
        int((table.sum(axis=0) > 0).sum()) - 1, 0
    )
    return max(square - freedom, 0.0) / total
