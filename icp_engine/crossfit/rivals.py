"""Other scores on the same judged deals: today's, another rubric's, one trait's.

Comes in: scores and deals. Goes out: comparisons. Separate because none of it enters a derivation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from icp_engine.attributes.model import Indicator, Indicators
from icp_engine.crossfit.unseen import Fold
from icp_engine.customers.model import Customers
from icp_engine.learning.flags import test_of
from icp_engine.rubric.scoring import meets_test
from icp_engine.traits.sentences import name_trait
from icp_engine.types import Frame, Series
from icp_engine.values.levels import as_levels

if TYPE_CHECKING:
    from icp_engine.types import Floats

GRADES: tuple[tuple[str, ...], ...] = (  # best first
    ("a+", "a", "a-", "b+", "b", "b-", "c+", "c", "c-", "d", "e", "f"),
    ("hot", "warm", "cold"),
    ("very high", "high", "medium", "low", "very low"),
    ("strong", "moderate", "weak"),
    ("tier 1", "tier 2", "tier 3", "tier 4"),
)


def as_score(column: Series) -> Series | None:
    """A column as numbers, higher is better; grades by their order; None where the values have
    none.
    """
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_numeric_dtype(column):
        return column.astype("Float64").astype("float64")
    words = column.astype("str").str.strip().str.lower().where(column.notna())
    for grades in GRADES:
        order = {grade: float(len(grades) - place) for place, grade in enumerate(grades)}
        if words.dropna().isin(order).all() and words.notna().any():
            return words.map(order).astype("float64")
    return None


def existing_scores(customers: Customers) -> dict[str, Series]:
    """Columns with the role existing_score that can be read as a score, by name as shown."""
    accounts = customers.accounts
    names = [name for name, column in customers.columns.items() if column.role == "existing_score"]
    found = {name: as_score(accounts[name]) for name in names if name in accounts}
    return {f"Today's score: {name}": score for name, score in found.items() if score is not None}


def single_trait(
    found: Indicators, outcomes: Frame, rows: Frame, tags: set[str]
) -> dict[str, Series]:
    """The one trait that ranks derivation deals best, as a score of other accounts.

    outcomes: won and lost of the derivation accounts. rows: the accounts to score. tags: names of
    attributes that hold several values at once.
    """
    usable, placed, won, lost = _placed(found, outcomes)
    if not usable:
        return {}
    best, sign = _strongest(placed, won, lost)
    item = found.items[usable[best]]
    return {f"Best single trait: {name_trait(item)}": sign * _holds(item, rows, tags)}


def single_trait_in_folds(
    found: Indicators, outcomes: Frame, folds: list[Fold]
) -> dict[str, Series]:
    """As `single_trait`, of the derivation accounts themselves: chosen anew without each fold."""
    usable, placed, won, lost = _placed(found, outcomes)
    if not usable:
        return {}
    score = np.full(len(found.index), np.nan)
    for index, _ in folds:
        inside = found.index.isin(index)
        best, sign = _strongest(placed[~inside], won[~inside], lost[~inside])
        score[inside] = sign * placed[inside, best]
    return {"Best single trait, chosen anew in each fold": pd.Series(score, index=found.index)}


def _placed(found: Indicators, outcomes: Frame) -> tuple[list[int], Floats, Floats, Floats]:
    """(columns that may be named, 0 ½ 1 by account and column, won, lost)."""
    usable = [j for j, item in enumerate(found.items) if item.value != "Other"]
    known = outcomes.reindex(found.index)
    won, lost = (known[side].fillna(0.0).to_numpy() for side in ("won", "lost"))
    placed = np.where(found.known, np.where(found.held, 1.0, 0.0), 0.5)[:, usable]
    return usable, placed, won, lost


def _strongest(placed: Floats, won: Floats, lost: Floats) -> tuple[int, float]:
    """Column with the AUC farthest from ½ (levels 0, ½ unknown, 1), and whether more or less of it
    is better.
    """
    shares = [
        np.stack([weight @ (placed == level) for level in (0.0, 0.5, 1.0)])
        for weight in (won, lost)
    ]
    below = np.cumsum(shares[1], axis=0) - shares[1] / 2
    auc = (shares[0] * below).sum(axis=0) / max(won.sum() * lost.sum(), 1e-12)
    best = int(np.argmax(np.abs(auc - 0.5)))
    return best, 1.0 if auc[best] >= 0.5 else -1.0


def _holds(item: Indicator, rows: Frame, tags: set[str]) -> Series:
    column = rows[item.attribute]
    column = as_levels(column) if pd.api.types.is_bool_dtype(column) else column
    held = meets_test(test_of(item), column, tags=item.attribute in tags)
    return pd.Series(np.where(column.notna(), held.astype(float), 0.5), index=rows.index)
