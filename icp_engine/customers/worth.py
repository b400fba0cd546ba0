"""What each account is worth.

Comes in: best customers. Goes out: one number an account. Separate because segments and charts
weigh by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from icp_engine.types import Series

if TYPE_CHECKING:
    from icp_engine.study.study import Study


def account_value(study: Study) -> Series:
    """What each account is worth: its weightiest money metric, else its value score; nothing where
    best means won.
    """
    if study.best.basis == "won":
        return study.best.scores * 0.0
    money = sorted((m for m in study.best.metrics if m.unit == "$"), key=lambda m: -m.weight)
    return study.accounts[money[0].name].astype("float64") if money else study.best.scores
