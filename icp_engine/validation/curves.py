"""Curves of a score against outcomes: gain and lift, calibration, confusion, average precision.

Comes in: judged accounts; for calibration also the earlier accounts. Goes out: frames with 95 %
limits. Separate because they belong behind the first view: the bands tell the same story in three
lines. Nothing is balanced: every share is at the window's own win rate. An account weighs one,
whatever its deals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from icp_engine.stats.auc import effective_number
from icp_engine.stats.proportions import wilson
from icp_engine.types import NOT_APPLICABLE, Estimate, Frame
from icp_engine.validation.measure import Judged, estimate_share

if TYPE_CHECKING:
    from icp_engine.types import Bools, Floats, Ints

POINTS = 100  # most points of a gain curve
FIFTHS_BELOW = 200  # accounts under which calibration has five rows instead of ten
GAIN_COLUMNS = (
    "score",
    "accounts",
    "share_of_accounts",
    "share_of_wins",
    "wins_low",
    "wins_high",
    "win_rate",
    "lift",
    "lift_low",
    "lift_high",
)
CALIBRATION_COLUMNS = (
    "from_score",
    "to_score",
    "accounts",
    "win_rate",
    "low",
    "high",
    "earlier_accounts",
    "earlier_win_rate",
    "agrees",
)
CONFUSION_COLUMNS = (
    "worked",
    "won_inside",
    "lost_inside",
    "won_outside",
    "lost_outside",
    "precision",
    "precision_low",
    "precision_high",
    "recall",
    "recall_low",
    "recall_high",
)


def gain_curve(judged: Judged) -> Frame:
    """What working accounts from the top down brings: one row a score, highest first, at most 100
    rows.

    score: accounts from this score up are worked; accounts: how many; share_of_accounts,
    share_of_wins: 0–1 of the window; win_rate: of those worked; lift: share_of_wins /
    share_of_accounts (1: as good as any order). Limits of share_of_wins by Wilson on the effective
    number of won accounts; those of lift are these over share_of_accounts. Accounts of equal score
    are worked together. Empty without a won account.
    """
    total = float(judged.won.sum())
    if total <= 0:
        return pd.DataFrame(columns=list(GAIN_COLUMNS), dtype=float)
    score, codes = np.unique(judged.score, return_inverse=True)
    accounts = np.cumsum(np.bincount(codes.ravel())[::-1])
    won = np.cumsum(np.bincount(codes.ravel(), judged.won)[::-1])
    keep = _spread(accounts)
    accounts, won, score = accounts[keep], won[keep], score[::-1][keep]
    share, wins = accounts / len(judged.won), np.minimum(won / total, 1.0)
    low, high = wilson(wins * effective_number(judged.won), effective_number(judged.won))
    columns = (
        score,
        accounts,
        share,
        wins,
        low,
        high,
        won / accounts,
        wins / share,
        low / share,
        high / share,
    )
    return pd.DataFrame(dict(zip(GAIN_COLUMNS, columns, strict=True)))


def _spread(accounts: Ints) -> Ints:
    """Positions of at most POINTS rows, evenly spread over the accounts, the last one always among
    them.
    """
    wanted = np.linspace(0, accounts[-1], POINTS + 1)[1:]
    return np.unique(np.searchsorted(accounts, wanted, side="left"))


def average_precision(judged: Judged) -> Estimate:
    """Mean win rate met while working down the list to each win, 0–1; the window's win rate is what
    chance reaches.

    Σ (recallₖ − recallₖ₋₁) · precisionₖ over distinct scores. Limits by Wilson on the effective
    number of won accounts: in 18 simulated cells of 10 + 10 to 100 + 100 they held the truth in
    96–99.6 %. High by up to .07 at 10 + 10.
    """
    total = float(judged.won.sum())
    if total <= 0:
        return NOT_APPLICABLE
    codes = np.unique(judged.score, return_inverse=True)[1].ravel()
    won = np.bincount(codes, judged.won)[::-1]
    precision = np.cumsum(won) / np.cumsum(np.bincount(codes)[::-1])
    value = min(1.0, float((won / total * precision).sum()))
    number = effective_number(judged.won)
    low, high = wilson(value * number, number)
    return Estimate(value, float(low), float(high), number)


def calibration(judged: Judged, earlier: tuple[Floats, Floats] | None = None) -> Frame:
    """Win rate by fifth (from 200 accounts: tenth) of the judged accounts' scores, lowest first.

    from_score ≤ score ≤ to_score; accounts; win_rate with Wilson limits. earlier: (score, won
    weight) of the accounts the rubric was made from, out of fold: their count and win rate in the
    same range, and whether that lies within the limits (`agrees`, <NA> without earlier accounts).
    Equal scores stay in one row, so there may be fewer rows.
    """
    if not len(judged.score):
        return pd.DataFrame(columns=list(CALIBRATION_COLUMNS))
    parts = 5 if len(judged.score) < FIFTHS_BELOW else 10
    edges = np.unique(np.quantile(judged.score, np.arange(1, parts) / parts, method="higher"))
    group, last = np.searchsorted(edges, judged.score, side="right"), len(edges) + 1
    count, won = np.bincount(group, minlength=last), np.bincount(group, judged.won, last)
    low, high = wilson(won, count)
    then = earlier if earlier is not None else (np.empty(0), np.empty(0))
    before = np.searchsorted(edges, then[0], side="right")
    known = np.bincount(before, minlength=last)
    rate = np.where(known > 0, np.bincount(before, then[1], last) / np.maximum(known, 1), np.nan)
    values = pd.Series(judged.score).groupby(group)
    table = pd.DataFrame(
        {
            "accounts": count,
            "win_rate": won / np.maximum(count, 1),
            "low": low,
            "high": high,
            "earlier_accounts": known,
            "earlier_win_rate": rate,
        }
    )
    table["agrees"] = pd.array((low <= rate) & (rate <= high), dtype="boolean")
    table.loc[known == 0, "agrees"] = pd.NA
    table = table.assign(from_score=values.min(), to_score=values.max())
    return table.loc[count > 0, list(CALIBRATION_COLUMNS)].reset_index(drop=True)


def confusion(judged: Judged) -> Frame:
    """Two rows: working only Green, and Green + Yellow. Counts are deals; precision and recall are
    by account.

    won_inside, lost_inside, won_outside, lost_outside: deals of the window. precision: share won of
    the accounts worked; recall: share of all wins among them; each with Wilson limits on effective
    numbers of accounts.
    """
    rows = [
        _confusion_row(name, judged, judged.band <= last)
        for last, name in enumerate(("Green", "Green + Yellow"))
    ]
    return pd.DataFrame(rows, columns=list(CONFUSION_COLUMNS))


def _confusion_row(name: str, judged: Judged, inside: Bools) -> dict[str, object]:
    won, deals = judged.outcomes.won_deals, judged.outcomes.deals
    row: dict[str, object] = {"worked": name}
    for place, chosen in (("inside", inside), ("outside", ~inside)):
        row[f"won_{place}"] = int(won[chosen].sum())
        row[f"lost_{place}"] = int((deals - won)[chosen].sum())
    precision = estimate_share(inside.astype(float), judged.won)
    recall = estimate_share(judged.won, inside)
    for key, estimate in (("precision", precision), ("recall", recall)):
        row |= {key: estimate.value, f"{key}_low": estimate.low, f"{key}_high": estimate.high}
    return row
