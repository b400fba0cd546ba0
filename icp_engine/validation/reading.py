"""Lists to read, deal by deal: what the bands got wrong and why, and the last deals won and lost.

Comes in: scored deals and a function that explains accounts. Goes out: frames. Separate because a
list to read is not a measure: it shows twenty deals, and nobody should compute a rate from it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pandas as pd

from icp_engine.types import Frame, Index, Series

Explain: TypeAlias = Callable[[Index], Series]  # account_ids → one sentence an account
READ_MOST = 50
LAST = 20
WRONG: tuple[tuple[str, bool, str], ...] = (
    ("won although Red", True, "Red"),
    ("lost although Green", False, "Green"),
)
MISSED_COLUMNS = (
    "deal_id",
    "account_id",
    "outcome",
    "score",
    "band",
    "closed_date",
    "amount",
    "reason",
)


def count_missed(scored: Frame) -> dict[str, int]:
    """How many of the judged deals were won although Red, and lost although Green."""
    return {
        name: int(((scored["won"] == won) & (scored["band"] == band)).sum())
        for name, won, band in WRONG
    }


def list_missed(scored: Frame, explain: Explain | None) -> Frame:
    """Won although Red, then lost although Green: the dearest first, then the newest; at most 50 of
    each.

    `outcome` is one of these two. `reason` is the rubric's sentence on the account (empty without
    `explain`).
    """
    parts = []
    for name, won, band in WRONG:
        some = scored[(scored["won"] == won) & (scored["band"] == band)]
        some = some.sort_values(
            ["amount", "closed_date"], ascending=False, kind="stable", na_position="last"
        )
        parts.append(some.head(READ_MOST).assign(outcome=name))
    table = pd.concat(parts, ignore_index=True)
    accounts = pd.Index(table["account_id"].unique())
    reasons = explain(accounts).to_dict() if explain is not None and len(accounts) else {}
    table["reason"] = pd.Series(
        [reasons.get(account, "") for account in table["account_id"]], dtype="str"
    )
    return table[list(MISSED_COLUMNS)]


def list_recent(closed: Frame, held_out: Index) -> Frame:
    """The last 20 won and the last 20 lost deals, newest first, and whether each was held out.

    closed: as `Validation.scored`, of all closed new-business deals; those not held out carry
    out-of-fold scores.
    """
    newest = closed.sort_values("closed_date", ascending=False, kind="stable", na_position="last")
    chosen = pd.concat([newest[newest["won"]].head(LAST), newest[~newest["won"]].head(LAST)])
    chosen = chosen.sort_values("closed_date", ascending=False, kind="stable", na_position="last")
    return chosen.assign(held_out=chosen["deal_id"].isin(held_out)).reset_index(drop=True)
