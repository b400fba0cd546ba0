"""Find the traits of best and worst customers, in pairs too, and of won against lost accounts.

Comes in: indicators, the groups, won and lost shares by account. Goes out: `Traits`. Separate
because it only puts the parts in order: count, compare, flag, name, sort, judge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from icp_engine.stats.proportions import two_by_two_p
from icp_engine.traits.adjusted import adjust_lifts, rows_to_adjust
from icp_engine.traits.compare import (
    Groups,
    compare_counts,
    count_traits,
    in_parts,
    locate,
    shrunken_effect,
)
from icp_engine.traits.flags import add_q_and_direction, grade_bad_fit
from icp_engine.traits.model import ADJUSTED_COLUMNS, TRAIT_COLUMNS, Traits
from icp_engine.traits.pairs import compare_pairs
from icp_engine.traits.sentences import (
    NOT_MORE,
    NOT_PROVEN,
    PATTERN,
    WON_LOST,
    Names,
    name_trait,
    write_sentences,
)
from icp_engine.traits.value_with import Figure, compare_with_without
from icp_engine.traits.verdict import enough_accounts, judge
from icp_engine.types import Frame, Series

if TYPE_CHECKING:
    from icp_engine.attributes.model import Attribute, Indicator, Indicators
    from icp_engine.customers.model import Best
    from icp_engine.settings import Settings
    from icp_engine.types import Bools, Floats, Ints

COLUMNS = [*TRAIT_COLUMNS, *ADJUSTED_COLUMNS, "attribute_kind", "sentence"]


def find_traits(
    indicators: Indicators,
    attributes: tuple[Attribute, ...],
    best: Best,
    outcomes: Frame,
    settings: Settings,
    won_indicators: Indicators | None = None,
    *,
    figures: tuple[Figure, ...] = (),
    worst_name: str = Names.worst,
) -> Traits:
    """Compare best with rest and worst, alone and in pairs, and won with lost accounts.

    indicators: all accounts × every level, tag and range, binned without looking at the groups.
    outcomes: by account_id, `won` and `lost`: share 0–1 of the account's derivation new-business
    deals won and lost (they sum to 1; accounts without closed deals are absent). In counts an
    account votes once: won when at least half its deals were. won_indicators: rows for won v lost,
    if other than `indicators`. figures: what customers with and without each trait are compared by.
    worst_name: what the worst are called in sentences. Never raises for small or empty groups: p is
    1 and the verdict “too_little_data”.
    """
    groups = Groups(
        *(locate(indicators.index, accounts) for accounts in (best.accounts, best.rest, best.worst))
    )
    names = Names("Accounts that bought") if best.basis == "won" else Names(worst=worst_name)
    enough = enough_accounts(groups)
    rate, items = settings.false_discovery_rate, indicators.items
    labels = np.array([name_trait(item) for item in items], dtype=object)
    singles = compare_counts(*count_traits(indicators, groups))
    flagged = _withhold(add_q_and_direction(singles, rate), enough)
    graded = grade_bad_fit(flagged, *_deal_evidence(indicators, outcomes["won"], outcomes["lost"]))
    named = _describe(graded, items, attributes)
    order = np.argsort(-shrunken_effect(named), kind="stable")
    adjusted = _add_adjusted(named.iloc[order], order, indicators, groups)
    table = _finish(adjusted, list(labels[order]), names, NOT_PROVEN if enough else PATTERN)
    pairs = _name_pairs(_withhold(compare_pairs(indicators, groups, singles, rate), enough), named)
    pair_labels = [
        " and ".join(both)
        for both in zip(labels[pairs["first"]], labels[pairs["second"]], strict=True)
    ]
    return Traits(
        table=table,
        pairs=_finish(pairs, pair_labels, names, NOT_MORE if enough else PATTERN),
        won_lost=_won_lost(
            won_indicators or indicators, attributes, outcomes["won"], outcomes["lost"], rate
        ),
        verdict=judge(table, groups, list(labels[order]), settings),
        with_without=compare_with_without(indicators, figures).iloc[order].reset_index(drop=True),
        figures=figures,
    )


def _add_adjusted(table: Frame, order: Ints, indicators: Indicators, groups: Groups) -> Frame:
    """Adjusted lifts for the rows that matter, nan for the others. `order`: the rows' indicators."""
    places = rows_to_adjust(table)
    adjusted = (
        adjust_lifts(indicators, groups, order[places]).set_axis(places).reindex(range(len(table)))
    )
    return table.assign(**{name: adjusted[name].to_numpy() for name in ADJUSTED_COLUMNS})


def _withhold(table: Frame, enough: bool) -> Frame:
    """Claim nothing where the groups are too small, whatever the p-values."""
    return table if enough else table.assign(direction="none")


def _describe(
    table: Frame, items: tuple[Indicator, ...], attributes: tuple[Attribute, ...]
) -> Frame:
    kinds = {attribute.name: attribute.kind for attribute in attributes}
    return table.assign(
        attribute=[item.attribute for item in items],
        value=[item.value for item in items],
        kind=[item.kind for item in items],
        attribute_kind=[kinds.get(item.attribute, "") for item in items],
    )


def _name_pairs(pairs: Frame, singles: Frame) -> Frame:
    """Pairs read “a × b”; their kind is that of the first part unless both agree."""
    first, second = singles.iloc[pairs["first"]], singles.iloc[pairs["second"]]
    texts = {
        column: [f"{a} × {b}" for a, b in zip(first[column], second[column], strict=True)]
        for column in ("attribute", "value")
    }
    kinds = {column: first[column].to_numpy() for column in ("kind", "attribute_kind")}
    adjusted = dict.fromkeys(ADJUSTED_COLUMNS, np.nan)
    return pairs.assign(**texts, **kinds, strength="", **adjusted | {"adjusted_for": ""})


def _finish(table: Frame, labels: list[str], names: Names, unclaimed: str) -> Frame:
    sentences = pd.Series(
        write_sentences(table, labels, names, unclaimed), index=table.index, dtype="str"
    )
    table = table.assign(
        sentence=sentences, adjusted_for=table["adjusted_for"].astype("str").fillna("")
    )
    return table[COLUMNS].reset_index(drop=True)


def _deal_evidence(indicators: Indicators, won: Series, lost: Series) -> tuple[Bools, Floats]:
    """By trait: whether lost accounts hold it more often than won ones; share of wins it hits (nan
    without wins).

    Accounts weigh their share of won (lost) deals; shares are of the weight whose value is known,
    wins hit of all.
    """
    won_held, won_known = _weigh(indicators, won)
    lost_held, lost_known = _weigh(indicators, lost)
    total = float(won.reindex(indicators.index).fillna(0.0).sum())
    hit = won_held / total if total > 0 else np.full(len(won_held), np.nan)
    return lost_held * won_known > won_held * lost_known, hit


def _weigh(indicators: Indicators, weight: Series) -> tuple[Floats, Floats]:
    """Summed account weight by trait: of those that hold it, and of those whose value is known."""
    values = weight.reindex(indicators.index).fillna(0.0).to_numpy(dtype=float)
    total = np.zeros((2, len(indicators.items)))
    for part in in_parts(np.flatnonzero(values)):
        known = indicators.known[part]
        total += [values[part] @ (indicators.held[part] & known), values[part] @ known]
    return total[0], total[1]


def _won_lost(
    indicators: Indicators,
    attributes: tuple[Attribute, ...],
    won: Series,
    lost: Series,
    rate: float,
) -> Frame:
    """The same table with best := won and rest := lost accounts, one vote an account; a family of
    its own.
    """
    closed = won.index[(won > 0).to_numpy()].union(lost.index[(lost > 0).to_numpy()], sort=False)
    is_won = won.reindex(closed).fillna(0.0).to_numpy(dtype=float) >= 0.5
    none = np.empty(0, dtype=np.int64)
    groups = Groups(
        locate(indicators.index, closed[is_won]), locate(indicators.index, closed[~is_won]), none
    )
    enough = enough_accounts(groups)
    table = compare_counts(*count_traits(indicators, groups))
    # One contrast only, so p is not doubled for a second one.
    table["p_value"] = two_by_two_p(
        table["n_best"], table["of_best"], table["n_rest"], table["of_rest"]
    )
    table = _withhold(add_q_and_direction(table, rate), enough).assign(strength="")
    table = _describe(table, indicators.items, attributes)
    order = np.argsort(-shrunken_effect(table), kind="stable")
    labels = [name_trait(indicators.items[position]) for position in order]
    table = _add_adjusted(table.iloc[order], order, indicators, groups)
    return _finish(table, labels, WON_LOST, NOT_PROVEN if enough else PATTERN)
