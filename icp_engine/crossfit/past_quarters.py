"""The rubric of each past quarter on the quarters that followed.

Comes in: deals and attributes. Goes out: the backtest's table. Separate because it refits and is
asked for alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from icp_engine.attributes.model import Attribute
from icp_engine.holdout.set_aside import account_outcomes, closed_new_business, decided_on
from icp_engine.learning.derivation import Derivation, Lessons
from icp_engine.learning.suggest import suggest
from icp_engine.rubric.scoring import find_fits, score_fits
from icp_engine.settings import Settings
from icp_engine.types import Frame, Index, Series
from icp_engine.validation.backtest import AHEAD_MOST, Cell, backtest_table, enough

BACKTEST_QUARTERS = 8


def backtest(
    deals: Frame, accounts: Frame, attributes: tuple[Attribute, ...], settings: Settings
) -> Frame:
    """The rubric of each of the last eight quarters' ends on the next four quarters; see
    `backtest_table`.

    Won against lost only, from deals decided before the quarter's end: snapshot value metrics take
    no part, and attributes are as they are today. Cells with fewer than five won or lost accounts
    are left out.
    """
    closed = closed_new_business(deals)
    if not len(closed) or closed["closed_date"].isna().all():
        return backtest_table([], settings.seed)
    outcomes = account_outcomes(closed)
    quarters = outcomes["first_closed"].dt.to_period("Q")
    ends = sorted(quarters.dropna().unique())[:-1][-BACKTEST_QUARTERS:]
    past = _Past(closed, outcomes, quarters, accounts, attributes, settings)
    cells = [cell for end in ends for cell in _cells(past, end)]
    return backtest_table(cells, settings.seed)


@dataclass(frozen=True)
class _Past:
    """What every quarter's end is asked about: closed deals, outcomes and first quarter by account,
    and what accounts are like.
    """

    closed: Frame
    outcomes: Frame
    quarters: Series
    accounts: Frame
    attributes: tuple[Attribute, ...]
    settings: Settings


def _cells(past: _Past, end: Any) -> list[Cell]:
    before = account_outcomes(past.closed[decided_on(past.closed) < (end + 1).start_time])
    later = {
        ahead: past.outcomes[past.quarters == end + ahead] for ahead in range(1, AHEAD_MOST + 1)
    }
    later = {ahead: rows for ahead, rows in later.items() if enough(rows["won"], rows["lost"])}
    if not later or not enough(before["won"], before["lost"]):
        return []
    nobody: Index = before.index[:0]
    seen = past.accounts.loc[past.accounts.index.isin(before.index)]
    lessons = Lessons(before["won"], before["lost"], nobody, nobody)
    rubric = suggest(
        Derivation(seen, past.attributes, lessons, nobody), past.settings, assess=False
    )
    wanted = past.accounts.reindex(pd.concat(list(later.values())).index)
    score = score_fits(rubric, find_fits(rubric, wanted, clean=True))["score"]
    return [
        Cell(
            str(end),
            ahead,
            str(end + ahead),
            len(before),
            past.outcomes.index.get_indexer(rows.index),
            score.reindex(rows.index).to_numpy(dtype=float),
            rows["won"].to_numpy(),
            rows["lost"].to_numpy(),
        )
        for ahead, rows in later.items()
    ]
