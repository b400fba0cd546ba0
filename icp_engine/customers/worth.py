"""What each account is worth.

Comes in: best customers. Goes out: one number an account. Separate because segments and charts
weigh by it.
"""

from __future__ import annotations

from icp_engine.customers.model import Best
from icp_engine.types import Frame, Series


def account_value(accounts: Frame, best: Best) -> Series:
    """What each account is worth: its weightiest money metric, else its value score; nothing where
    best means won.
    """
    if best.basis == "won":
        return best.scores * 0.0
    money = best.money_metric
    return accounts[money.name].astype("float64") if money else best.scores
