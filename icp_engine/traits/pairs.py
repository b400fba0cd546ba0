"""Traits that two attributes hold together, tested for what the pair adds to its stronger part.

Comes in: indicators, groups and the compared single traits. Goes out: a table of pairs, a family of
its own. Separate because pairs are counted by matrix products and tested inside the stronger part,
not in all accounts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from icp_engine.stats.proportions import two_by_two_p
from icp_engine.traits.compare import Groups, compare_counts, in_parts, shrunken_effect
from icp_engine.traits.flags import add_q_and_direction
from icp_engine.types import Frame

if TYPE_CHECKING:
    from icp_engine.attributes.model import Indicators
    from icp_engine.types import Floats, Ints

MOST_TRAITS = 90  # the most frequent single traits that pairs are made of
SMALLEST_GROUP = 5  # best (or, for bad fit, worst) accounts a pair needs
ROWS_SHOWN = 200  # beside all pairs that are claimed


def compare_pairs(indicators: Indicators, groups: Groups, singles: Frame, rate: float) -> Frame:
    """All pairs of the most frequent single traits of different attributes.

    `singles`: compared single traits in the order of `indicators.items`. The family holds every
    pair expected, blind to the groups, in at least five best accounts; p tests, among holders of
    the stronger part, whether the other part comes with best (or worst) more often than with the
    rest. A claimed pair adds to its part in the direction it claims. Returned: rows as in
    `singles`, plus `first` and `second` (positions of the parts), those held by at least five best
    accounts (claimed bad fits: five worst), the 200 largest effects and all that are claimed.
    """
    chosen = _most_frequent(singles)
    both, known, part = _count_pairs(indicators, groups, chosen)
    first, second = _candidates(indicators, chosen, both, known, groups)
    effect = shrunken_effect(singles)[chosen]
    stronger = np.where(effect[first] >= effect[second], first, second)
    other = first + second - stronger
    table = compare_counts(
        [count[first, second] for count in both], [count[first, second] for count in known]
    )
    inside_held = [count[first, second] for count in both]
    inside_of = [count[stronger, other] for count in part]
    table["p_value"] = _added_p(inside_held, inside_of)
    table = table.assign(first=chosen[first], second=chosen[second])
    table = add_q_and_direction(table, rate)
    table["direction"] = _only_what_adds(table["direction"].to_numpy(), inside_held, inside_of)
    return _worth_showing(table)


def _most_frequent(singles: Frame) -> Ints:
    """Positions of the most frequent traits over all groups, blind to which; nobody's traits are
    left out.
    """
    held = (singles["n_best"] + singles["n_rest"] + singles["n_worst"]).to_numpy()
    order = np.argsort(-held, kind="stable")[:MOST_TRAITS]
    return np.sort(order[held[order] > 0])


def _count_pairs(
    indicators: Indicators, groups: Groups, chosen: Ints
) -> tuple[list[Floats], list[Floats], list[Floats]]:
    """By group, trait × trait: holds both; both known; holds the row's trait while the column's is
    known.
    """
    both, known, part = [], [], []
    for rows in groups.all:
        counts = np.zeros((3, len(chosen), len(chosen)))
        for piece in in_parts(rows):
            is_known = indicators.known[piece][:, chosen].astype(np.float32)
            is_held = indicators.held[piece][:, chosen] * is_known
            counts += [is_held.T @ is_held, is_known.T @ is_known, is_held.T @ is_known]
        both.append(counts[0])
        known.append(counts[1])
        part.append(counts[2])
    return both, known, part


def _candidates(
    indicators: Indicators, chosen: Ints, both: list[Floats], known: list[Floats], groups: Groups
) -> tuple[Ints, Ints]:
    """Pairs of different attributes expected in at least five best accounts if groups did not
    matter.
    """
    names = np.array([indicators.items[position].attribute for position in chosen], dtype=object)
    accounts = max(sum(len(rows) for rows in groups.all), 1)
    expected = sum(both) * len(groups.best) / accounts
    apart = np.triu(names[:, None] != names[None, :], k=1)
    usable = apart & (expected >= SMALLEST_GROUP) & (sum(known) > 0)
    first, second = np.nonzero(usable)
    return first, second


def _added_p(held: list[Floats], of: list[Floats]) -> Floats:
    best, rest, worst = zip(held, of, strict=True)
    return np.minimum(1.0, 2 * np.minimum(two_by_two_p(*best, *rest), two_by_two_p(*worst, *rest)))


def _only_what_adds(direction: np.ndarray, held: list[Floats], of: list[Floats]) -> np.ndarray:
    """Keep a direction only where, inside the stronger part, the other part points the same way."""
    best, rest, worst = (
        count / np.maximum(known, 1) for count, known in zip(held, of, strict=True)
    )
    icp = (direction == "icp") & (best > rest)
    anti = (direction == "anti") & ((worst > best) | (best < rest))
    return np.where(icp | anti, direction, "none")


def _worth_showing(table: Frame) -> Frame:
    claimed = table["direction"] != "none"
    enough = (table["n_best"] >= SMALLEST_GROUP) | (
        (table["direction"] == "anti") & (table["n_worst"] >= 5)
    )
    table = table.assign(direction=np.where(enough, table["direction"], "none"))[enough]
    order = np.argsort(-shrunken_effect(table), kind="stable")
    place = np.empty(len(order), dtype=int)
    place[order] = np.arange(len(order))
    keep = (place < ROWS_SHOWN) | claimed[enough].to_numpy()
    return table.iloc[[row for row in order if keep[row]]]
