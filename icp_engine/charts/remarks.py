"""What people wrote and what came after the sale, as tables: usual reasons, telling words,
"afterwards".

Comes in: the study's reasons, words and afterwards. Goes out: tables in plain words. Separate
because all of it describes and none of it ever scores.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from icp_engine.types import Estimate, Frame
from icp_engine.wording.numbers import NOT_KNOWN, count, number_estimate, of
from icp_engine.wording.shares import percent_estimate


def reason_table(reasons: Frame) -> Frame:
    """The checklist of usual reasons: what was found, the per cent of accounts with any remark,
    where it stood.
    """
    share = [round(100 * row.seen / row.of) if row.of else 0 for row in reasons.itertuples()]
    return pd.DataFrame(
        {
            "Usual reason": reasons["reason"],
            "In your data": reasons["finding"],
            "Share": share,
            "Read in": reasons["source"],
        }
    )


def reason_sentence(reasons: Frame) -> str:
    """How many of the usual reasons the files show, and the commonest of them."""
    seen = reasons[reasons["seen"] > 0]
    if not len(seen):
        return "No usual reason is recorded: no lost or churn reason in these files names one."
    first = seen.loc[seen["seen"].idxmax()]
    return (
        f"{of(len(seen), len(reasons))} usual reasons are seen in your data. Grouped by them, the commonest is "
        f"“{first['reason']}”, named for {of(first['seen'], first['of'])} accounts that were lost or left with a "
        "remark."
    )


def word_table(words: Frame, groups: tuple[str, ...]) -> Frame:
    """Phrases of these groups, the clearest first: who said them, quotes, where they stood."""
    chosen = words[words["group"].isin(groups)]
    return pd.DataFrame(
        {
            "Said": chosen["phrase"],
            "Worst and lost": [of(row.accounts_worst, row.of_worst) for row in chosen.itertuples()],
            "Best": [of(row.accounts_best, row.of_best) for row in chosen.itertuples()],
            "For example": [
                " · ".join(f"“{quote}”" for quote in quotes) for quotes in chosen["quotes"]
            ],
            "Read in": chosen["sources"],
            "z": [round(float(z), 1) for z in chosen["z"]],
            "q": [float(f"{q:.2g}") for q in chosen["q"]],
        }
    )


def afterwards_table(afterwards: Frame) -> Frame:
    """What was measured after the sale: best, rest and worst, each with its interval and known
    customers.
    """
    rows = list(afterwards.itertuples())
    return pd.DataFrame(
        {
            "After the sale": [
                f"{row.attribute}: {row.value}" if row.value else str(row.attribute) for row in rows
            ],
            "Best": [_figure(row, "best") for row in rows],
            "Rest": [_figure(row, "rest") for row in rows],
            "Worst": [_figure(row, "worst") for row in rows],
            "What it says": [_says(row) for row in rows],
        }
    )


def _says(row: Any) -> str:
    if row.part_of_best:
        return "part of how the best were chosen"
    return "best and rest differ" if row.differs else "not proven to differ"


def _figure(row: Any, group: str) -> str:
    """“median 22 (21–24), of 98” or “88 % (78–93 %), of 80”."""
    value, low, high, known = (
        getattr(row, f"{group}{part}") for part in ("", "_low", "_high", "_n")
    )
    if not known or pd.isna(value):
        return NOT_KNOWN
    found = Estimate(value, low, high, known)
    shown = (
        percent_estimate(found) if row.measure == "share" else f"median {number_estimate(found)}"
    )
    return f"{shown}, of {count(known)}"
