"""How accounts that hold what one account holds turned out, criterion by criterion.

Comes in: the study, an account. Goes out: `LevelOutcome`s. Separate from the rubric, which knows points and no deals.
Derivation accounts only, so looking costs no look at held-out deals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from icp_engine.rubric.model import Criterion
from icp_engine.whatif import Basis, WhatIfRows, what_if_rows

if TYPE_CHECKING:
    from icp_engine.study import Study
    from icp_engine.types import Bools, Frame


@dataclass(frozen=True)
class LevelOutcome:
    """`good` of `all` closed deals won (basis “deals”), or best customers of judged ones (“value”).

    `same_value`: counted over accounts with the same value; else over those that earn as much on the criterion.
    """

    basis: Basis
    good: int
    all: int
    same_value: bool


def count_alike(study: Study, account: str) -> dict[str, LevelOutcome]:
    """Criterion → what became of accounts like this one on it; none where the value is unknown or nobody was judged."""
    rows = what_if_rows(study)
    if rows is None:
        return {}
    places = study.accounts.index.get_indexer(rows.index)
    accounts, fits = study.accounts.iloc[places], study.fits.fits[places]
    own, row = study.fits.fits[study.accounts.index.get_loc(account)], study.accounts.loc[account]
    found = {}
    for place, criterion in enumerate(study.rubric.criteria):
        if own[place] < 0:
            continue
        alike = _same_value(study, criterion, accounts, row)
        outcome = _count(rows, fits[:, place] == own[place] if alike is None else alike, alike is not None)
        if outcome.all:
            found[criterion.name] = outcome
    return found


def _same_value(study: Study, criterion: Criterion, accounts: Frame, row: pd.Series) -> Bools | None:
    """Accounts with the account's own value; None where values are numbers, several at once, or two together."""
    name = criterion.columns[0]
    if len(criterion.columns) > 1 or name not in accounts:
        return None
    kinds = pd.api.types
    if kinds.is_numeric_dtype(accounts[name]) and not kinds.is_bool_dtype(accounts[name]):
        return None
    if name in study.rubric.rules and study.rubric.rules[name].type == "tags":
        return None
    return (accounts[name] == row[name]).fillna(False).to_numpy(dtype=bool)


def _count(rows: WhatIfRows, alike: Bools, same_value: bool) -> LevelOutcome:
    basis = next(iter(rows.good))
    return LevelOutcome(basis, int(rows.good[basis][alike].sum()), int(rows.all[basis][alike].sum()), same_value)
