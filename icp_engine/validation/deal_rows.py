"""The last deals, each with its score.

Comes in: deals and scores. Goes out: rows to read. Separate because a list to read is not a
judgement.
"""

from __future__ import annotations

import pandas as pd

from icp_engine.holdout.set_aside import closed_new_business
from icp_engine.rubric.model import BANDS
from icp_engine.types import Frame, Series
from icp_engine.validation.measure import Judged, collect_outcomes, judge
from icp_engine.validation.reading import LAST


def scored_deals(deals: Frame, judged: Judged) -> Frame:
    """One row a judged deal, newest first: deal_id, account_id, won, score, band, closed_date,
    amount.
    """
    closed = deals[deals["won"].notna()]
    rows = judged.outcomes.positions
    table = pd.DataFrame(
        {
            "deal_id": closed.index.astype("str"),
            "account_id": closed["account_id"].to_numpy(),
            "won": closed["won"].astype(bool).to_numpy(),
            "score": judged.score[rows],
            "band": pd.Categorical.from_codes(judged.band[rows], categories=list(BANDS)).astype(
                "str"
            ),
            "closed_date": _column(closed, "closed_date", "datetime64[us]"),
            "amount": _column(closed, "amount", "float64"),
        }
    )
    return table.sort_values("closed_date", ascending=False, kind="stable", ignore_index=True)


def _column(frame: Frame, name: str, dtype: str) -> Series:
    if name in frame:
        return frame[name].to_numpy()
    return pd.Series([None] * len(frame), dtype=dtype)


def recent_deals(last: Frame, scores: Frame) -> Frame:
    """Deals with their scores, as `Validation.scored` has them; `last`: see `last_closed`."""
    return scored_deals(last, judge(scores, collect_outcomes(last)))


def last_closed(deals: Frame) -> Frame:
    """The last 20 won and 20 lost new-business deals."""
    closed = closed_new_business(deals)
    newest = closed.sort_values("closed_date", ascending=False, kind="stable", na_position="last")
    won = newest["won"]
    return pd.concat([newest[won].head(LAST), newest[~won].head(LAST)])
