"""Coded checks that withhold a column: leaks, useless columns, and what must not score a person.

Comes in: a column and the evidence about outcomes. Goes out: `Withheld` or None. Separate because
each check says how it detects, why it matters and what to do, and is tested by planting its fault.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from icp_engine.attributes.model import Withheld
from icp_engine.customers.model import Customers
from icp_engine.intake.columns.role import Column
from icp_engine.settings import Settings
from icp_engine.stats.auc import newcombe_interval, weighted_auc
from icp_engine.stats.proportions import difference_interval
from icp_engine.types import Frame, Index, Series
from icp_engine.wording.shares import in_hundred, percent

LEAK_AUC = 0.95
FILL_GAP = 0.05
# “unknown” is an answer somebody gave, so it takes more to suspect the outcome of writing it
WORDED_FILL_GAP = 0.20
MOSTLY_WORDED = 0.5
LARGEST_COMMON_GAP = 0.15
LEAST_FILLED = 0.20
ONE_LEVEL = 0.98
ID_LIKE = 0.9
LEAST_FOR_FILL = 10
SENSITIVE = re.compile(
    r"\b(age|sex|gender|ethnic\w*|race|relig\w*|health|disab\w*|marital|birth\w*|senior citizen|"
    r"zip|zip code|postcode|postal code|"
    r"latitude|longitude|lat long)\b",
    re.IGNORECASE,
)

TEXTS: dict[str, tuple[str, str, str]] = {
    "known-after": (
        "Its role says that the outcome fills it in: {fact}.",
        "What is known only after the sale cannot score a deal before it.",
        "Change its role on the Data page if it is known earlier.",
    ),
    "leak-separates": (
        "On its own it ranks a won deal above a lost one {fact}.",
        "Almost perfect separation means that the outcome filled it in.",
        "Allow it only if it is filled before the deal is decided.",
    ),
    "leak-filled": (
        "It is filled for {fact}.",
        "A column that is filled for one outcome gives the outcome away.",
        "Fill it for all deals, or allow it if the difference has another cause.",
    ),
    "rarely-filled": (
        "It is filled for {fact} of open and lost accounts.",
        "A trait that is known only of winners cannot be looked up for a prospect.",
        "Record it earlier in the sales process.",
    ),
    "one-level": (
        "{fact} of its values are the same.",
        "A column that never changes tells nothing apart.",
        "Nothing to do.",
    ),
    "id-like": (
        "It has {fact} different values.",
        "A column that names each account separately describes none.",
        "Group its values first (for example cities into regions).",
    ),
    "empty": ("It has no values.", "There is nothing to compare.", "Fill it in the CRM."),
    "date": (
        "It holds dates.",
        "A date describes when, not whom.",
        "Turn it into an age or a duration.",
    ),
    "text": (
        "It holds free text.",
        "Words describe, they do not score.",
        "See the words found on the anti-ICP page.",
    ),
    "sensitive": (
        "Its name says {fact}.",
        "Personal traits stay out of scores and audiences by default.",
        "Allow it only where law and fairness permit.",
    ),
}


def withhold(name: str, code: str, fact: str = "") -> Withheld:
    """The reason a column is withheld, in the catalogue's words."""
    how, why, what = TEXTS[code]
    return Withheld(
        name,
        code,
        how.format(fact=fact),
        why,
        what,
        can_allow=code not in ("empty", "date", "text"),
    )


@dataclass(frozen=True)
class Evidence:
    """What the checks look at: derivation rows, outcome shares by row, and how fill differs between
    outcomes overall.

    `won`, `lost` are 0–1 by account (NaN without closed deals). `open_or_lost` marks described
    accounts that are not winners. `common_gap`: median over columns of the share filled among won
    minus among lost accounts, bounded; prospects are less researched everywhere, which is no leak
    of any one column.
    """

    accounts: Frame
    won: Series
    lost: Series
    open_or_lost: Series
    common_gap: float

    @classmethod
    def collect(cls, customers: Customers, rows: Index, outcomes: Frame) -> Evidence:
        """Gather the evidence for the derivation rows."""
        accounts = customers.accounts.loc[rows]
        won, lost = (outcomes[name].reindex(rows) for name in ("won", "lost"))
        is_won = (won >= 0.5) | customers.is_customer.loc[rows]
        names = [n for n, c in customers.columns.items() if c.role == "attribute" and n in accounts]
        filled = accounts[names].notna()
        # an account that only a deal names has no attributes to speak of
        described = filled.any(axis=1)
        return cls(
            accounts, won, lost, ~is_won & described, common_gap(filled, won >= 0.5, lost > 0.5)
        )


def common_gap(filled: Frame, won: Series, lost: Series) -> float:
    """Median over columns of the share filled among won minus among lost rows, within
    ±LARGEST_COMMON_GAP.
    """
    gaps = (filled[won].mean() - filled[lost].mean()).dropna()
    return (
        float(np.clip(gaps.median(), -LARGEST_COMMON_GAP, LARGEST_COMMON_GAP)) if len(gaps) else 0.0
    )


def check_column(
    name: str, column: Column, evidence: Evidence, settings: Settings
) -> Withheld | None:
    """The first check that withholds the column, or None."""
    values = evidence.accounts[name]
    if column.role == "known_after":
        return withhold(name, "known-after", column.role.reason or "known after the sale")
    if not values.notna().any():
        return withhold(name, "empty")
    if column.type in ("date", "text"):
        return withhold(name, column.type)
    if match := SENSITIVE.search(name.replace("_", " ")):
        return withhold(name, "sensitive", match.group(0).lower())
    return _useless(name, column, values) or _leaks(name, column, values, evidence, settings)


def _useless(name: str, column: Column, values: Series) -> Withheld | None:
    known = values.dropna()
    largest = float(known.value_counts(normalize=True).iloc[0])
    if largest >= ONE_LEVEL:
        return withhold(name, "one-level", percent(largest))
    numeric = column.type in ("number", "money", "percent", "range", "tags", "boolean")
    if not numeric and (
        column.type not in ("category",) or known.nunique() > max(20, ID_LIKE * len(known))
    ):
        return withhold(name, "id-like", str(known.nunique()))
    return None


def _leaks(
    name: str, column: Column, values: Series, evidence: Evidence, settings: Settings
) -> Withheld | None:
    filled = values.notna()
    if name in settings.empty_means_no:
        return _separates(name, values, evidence)
    rare = filled[evidence.open_or_lost]
    if len(rare) >= LEAST_FOR_FILL and rare.mean() < LEAST_FILLED:
        return withhold(name, "rarely-filled", f"{int(rare.sum())} of {len(rare)}")
    gap = WORDED_FILL_GAP if column.worded >= MOSTLY_WORDED else FILL_GAP
    return _filled_by_outcome(name, filled, evidence, gap) or _separates(name, values, evidence)


def _filled_by_outcome(
    name: str, filled: Series, evidence: Evidence, gap: float
) -> Withheld | None:
    """The interval of the difference in filled share, as it is and beyond the common gap, excludes
    `gap`.
    """
    won, lost = filled[evidence.won >= 0.5], filled[evidence.lost > 0.5]
    if min(len(won), len(lost)) < LEAST_FOR_FILL:
        return None
    _, low, high = difference_interval(won.sum(), len(won), lost.sum(), len(lost))
    # the gap itself, and the gap beyond the common one
    least = float(min(low, low - evidence.common_gap))
    most = float(max(high, high - evidence.common_gap))
    if least > gap or most < -gap:
        return withhold(
            name,
            "leak-filled",
            f"{won.sum()} of {len(won)} won and {lost.sum()} of {len(lost)} lost accounts",
        )
    return None


def _separates(name: str, values: Series, evidence: Evidence) -> Withheld | None:
    """Lower limit of the attribute's own AUC of won against lost; categories rank by their win
    share.
    """
    known = values.notna() & evidence.won.notna()
    won, lost = evidence.won[known].to_numpy(), evidence.lost[known].to_numpy()
    if min(won.sum(), lost.sum()) < LEAST_FOR_FILL:
        return None
    ranks = _as_ranks(values[known], won)
    auc = float(weighted_auc(ranks, won, lost))
    auc = max(auc, 1.0 - auc)
    low = float(newcombe_interval(auc, won.sum(), lost.sum())[0])
    said = f"{in_hundred(auc)} times in 100 (at least {in_hundred(low)})"
    return withhold(name, "leak-separates", said) if low >= LEAK_AUC else None


def _as_ranks(values: Series, won: np.ndarray) -> np.ndarray:
    if pd.api.types.is_bool_dtype(values) or pd.api.types.is_numeric_dtype(values):
        return values.astype("float64").to_numpy()
    # levels held once or twice would rank by their own outcome, so each share is drawn towards the
    # mean
    grouped = pd.Series(won, index=values.index).groupby(values.astype("str"))
    share = (grouped.transform("sum") - won + 5.0 * won.mean()) / (
        grouped.transform("size") - 1.0 + 5.0
    )
    return np.asarray(share, dtype="float64")
