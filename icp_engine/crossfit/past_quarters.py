"""The rubric of each past quarter on the quarters that followed.

Comes in: deals and attributes. Goes out: the backtest's table. Separate because it refits and is
asked for alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from icp_engine.holdout.set_aside import account_outcomes, closed_new_business, decided_on
from icp_engine.learning.suggest import Lessons, suggest
from icp_engine.rubric.scoring import find_fits, score_fits
from icp_engine.types import Frame, Index, Series
from icp_engine.validation.backtest import AHEAD_MOST, Cell, backtest_table, enough

if TYPE_CHECKING:
    from icp_engine.study.study import Study


BACKTEST_QUARTERS = 8


def backtest(study: Study) -> Frame:
    """The rubric of each of the last eight quarters' ends on the next four quarters; see
    `backtest_table`.

    Won against lost only, from deals decided before the quarter's end: snapshot value metrics take
    no part, and attributes are as they are today. Cells with fewer than five won or lost accounts
    are left out.
    """
    deals = study.deals
    closed = closed_new_business(deals)
    if not len(closed) or closed["closed_date"].isna().all():
        return backtest_table([], study.settings.seed)
    outcomes = account_outcomes(closed)
    quarters = outcomes["first_closed"].dt.to_period("Q")
    ends = sorted(quarters.dropna().unique())[:-1][-BACKTEST_QUARTERS:]
    cells = [cell for end in ends for cell in _cells(study, closed, outcomes, quarters, end)]
    return backtest_table(cells, study.settings.seed)


def _cells(study: Study, closed: Frame, outcomes: Frame, quarters: Series, end: Any) -> list[Cell]:
    past = closed[decided_on(closed) < (end + 1).start_time]
    before = account_outcomes(past)
    later = {ahead: outcomes[quarters == end + ahead] for ahead in range(1, AHEAD_MOST + 1)}
    later = {ahead: rows for ahead, rows in later.items() if enough(rows["won"], rows["lost"])}
    if not later or not enough(before["won"], before["lost"]):
        return []
    nobody: Index = before.index[:0]
    seen = study.accounts.loc[study.accounts.index.isin(before.index)]
    rubric = suggest(
        seen,
        study.attributes.attributes,
        Lessons(before["won"], before["lost"], nobody, nobody),
        study.settings,
        assess=False,
    )
    wanted = study.accounts.reindex(pd.concat(list(later.values())).index)
    score = score_fits(rubric, find_fits(rubric, wanted, clean=True))["score"]
    return [
        Cell(
            str(end),
            ahead,
            str(end + ahead),
            len(before),
            outcomes.index.get_indexer(rows.index),
            score.reindex(rows.index).to_numpy(dtype=float),
            rows["won"].to_numpy(),
            rows["lost"].to_numpy(),
        )
        for ahead, rows in later.items()
    ]
