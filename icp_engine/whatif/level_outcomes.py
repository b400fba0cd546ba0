"""How accounts turned out, criterion by criterion: those like one account, those that earn most
against all others.

Comes in: what-if rows, an account. Goes out: `LevelOutcome`s, `BestSplit`s. Separate from the rubric,
which knows points and no deals. Derivation accounts only, so looking costs no look at held-out
deals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from icp_engine.rubric.model import Criterion, Rubric
from icp_engine.rubric.scoring import Fits
from icp_engine.stats.proportions import wilson
from icp_engine.types import NOT_APPLICABLE, Estimate
from icp_engine.whatif.step import Basis, WhatIfRows

if TYPE_CHECKING:
    from icp_engine.types import Bools, Frame, Ints


@dataclass(frozen=True)
class LevelOutcome:
    """`good` of `all` closed deals won (basis “deals”), or best customers of judged ones (“value”).

    `same_value`: counted over accounts with the same value; else over those that earn as much on
    the criterion.
    """

    basis: Basis
    good: int
    all: int
    same_value: bool


@dataclass(frozen=True)
class BestSplit:
    """Win rate (or share best) of the accounts that earn most on a criterion, and of all others
    with a known value.

    Every account counts once, with the share of its deals that was won, as in the bands of a
    what-if; `n`: accounts.
    """

    best: Estimate
    others: Estimate


def split_by_best(
    rubric: Rubric, rows: WhatIfRows | None, fits: Ints
) -> tuple[dict[Basis, BestSplit], ...]:
    """For each criterion of the rubric, in its order: what became of its best level, by basis.

    fits: of the rows' accounts on the rubric in force. A basis is left out where nobody was judged
    on one of the sides. On the accounts the levels were learned from, which may flatter.
    """
    if rows is None:
        return tuple({} for _ in rubric.criteria)
    tops = [max((level.fit for level in c.levels), default=0) for c in rubric.criteria]
    return tuple(
        _split(rows, fits[:, place] == top, fits[:, place] >= 0) if top else {}
        for place, top in enumerate(tops)
    )


def _split(rows: WhatIfRows, best: Bools, known: Bools) -> dict[Basis, BestSplit]:
    found: dict[Basis, BestSplit] = {}
    for basis, every in rows.all.items():
        judged = known & (every > 0)
        sides = [_rate(rows, basis, judged & side) for side in (best, ~best)]
        if all(side.n for side in sides):
            found[basis] = BestSplit(*sides)
    return found


def _rate(rows: WhatIfRows, basis: Basis, some: Bools) -> Estimate:
    shares = rows.good[basis][some] / rows.all[basis][some]
    if not len(shares):
        return NOT_APPLICABLE
    low, high = wilson(shares.sum(), len(shares))
    return Estimate(float(shares.mean()), float(low), float(high), len(shares))


def count_alike(
    rubric: Rubric, rows: WhatIfRows | None, accounts: Frame, fits: Fits, account: str
) -> dict[str, LevelOutcome]:
    """Criterion → what became of accounts like this one on it; none where the value is unknown or
    nobody was judged.

    accounts, fits: of everybody, in one order. KeyError for an unknown account.
    """
    if rows is None:
        return {}
    places = accounts.index.get_indexer(rows.index)
    among, theirs = accounts.iloc[places], fits.fits[places]
    own, row = fits.fits[accounts.index.get_loc(account)], accounts.loc[account]
    found = {}
    for place, criterion in enumerate(rubric.criteria):
        if own[place] < 0:
            continue
        alike = _same_value(rubric, criterion, among, row)
        outcome = _count(
            rows, theirs[:, place] == own[place] if alike is None else alike, alike is not None
        )
        if outcome.all:
            found[criterion.name] = outcome
    return found


def _same_value(
    rubric: Rubric, criterion: Criterion, accounts: Frame, row: pd.Series
) -> Bools | None:
    """Accounts with the account's own value; None where values are numbers, several at once, or two
    together.
    """
    name = criterion.columns[0]
    if len(criterion.columns) > 1 or name not in accounts:
        return None
    kinds = pd.api.types
    if kinds.is_numeric_dtype(accounts[name]) and not kinds.is_bool_dtype(accounts[name]):
        return None
    if name in rubric.rules and rubric.rules[name].type == "tags":
        return None
    return (accounts[name] == row[name]).fillna(False).to_numpy(dtype=bool)


def _count(rows: WhatIfRows, alike: Bools, same_value: bool) -> LevelOutcome:
    basis = next(iter(rows.good))
    return LevelOutcome(
        basis, int(rows.good[basis][alike].sum()), int(rows.all[basis][alike].sum()), same_value
    )
