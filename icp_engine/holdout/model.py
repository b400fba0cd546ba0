"""Which accounts were set aside, and how.

Comes in: nothing. Goes out: `HoldOut`. Separate because derivation and validation both ask it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from icp_engine.types import Index


@dataclass(frozen=True)
class HoldOut:
    """Which accounts took no part in derivation.

    method: “held_out” (newest accounts set aside whole), “cross_checked” (five folds by account),
    “too_little” (under 10 won + 10 lost accounts), “no_deals”, or “final” (refit on everything).
    `accounts`, `deals`: set aside. `derivation_deals`: closed new-business deals that derivation
    may use. `cut`: first closed date set aside.
    """

    method: Literal["held_out", "cross_checked", "too_little", "no_deals", "final"]
    accounts: Index
    deals: Index
    derivation_deals: Index
    cut: Any
    won: int
    lost: int
    sentence: str
