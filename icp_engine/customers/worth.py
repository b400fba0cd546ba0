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
    money = study.best.money_metric
    return study.accounts[money.name].astype("float64") if money else study.best.scores
