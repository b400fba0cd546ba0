"""What hold-out and validation hand on.

Comes in: nothing (definitions only). Goes out: `HoldOut`, `Check`, `Validation`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from icp_engine.types import Estimate, Frame, Index, Verdict


@dataclass(frozen=True)
class HoldOut:
    """Which accounts took no part in derivation.

    method: “held_out” (newest accounts set aside whole), “cross_checked” (five folds by account), “too_little”
    (under 10 won + 10 lost accounts), “no_deals”, or “final” (refit on everything). `accounts`, `deals`: set aside.
    `derivation_deals`: closed new-business deals that derivation may use. `cut`: first closed date set aside.
    """

    method: Literal["held_out", "cross_checked", "too_little", "no_deals", "final"]
    accounts: Index
    deals: Index
    derivation_deals: Index
    cut: Any
    won: int
    lost: int
    sentence: str


@dataclass(frozen=True)
class Check:
    """A coded caution about the result. outcome: “passed”, “caution” or “not_applicable”."""

    code: str
    title: str
    outcome: Literal["passed", "caution", "not_applicable"]
    how_detected: str
    why_it_matters: str
    what_to_do: str
    finding: str


@dataclass(frozen=True)
class Validation:
    """How the rubric does on deals the derivation never saw.

    metrics: name → Estimate: “auc” (ranks a won deal above a lost one), “auc_value” (best above rest, cross-fitted),
        “win_rate” (of the window), “win_rate_green”, “win_rate_yellow”, “win_rate_red”, “share_green”,
        “wins_in_green”, “deals_per_win” ….
    bands: one row a band (Green, Yellow, Red, Not rated): band, accounts, deals, won, win_rate, low, high.
    scored: one row a held-out deal: deal_id, account_id, won, score, band, closed_date, amount.
    histogram: score (0–100 by 5), won, lost counts. open_deals: by band: deals, amount.
    """

    metrics: dict[str, Estimate]
    bands: Frame
    holdout: tuple[str, ...]
    permutation_p: float | None
    verdict: Verdict
    checks: tuple[Check, ...]
    scored: Frame
    histogram: Frame
    open_deals: Frame
    method: str
    sentence: str
