"""A number with the unit its column has.

Comes in: a number, a unit. Goes out: text. Separate because it alone chooses between share, money
and plain number.
"""

from __future__ import annotations

from icp_engine.wording.currency import CURRENCY_SIGNS, money
from icp_engine.wording.numbers import THIN, number
from icp_engine.wording.shares import percent

PLAIN = ("", "score", "count")


def with_unit(value: float, unit: str) -> str:
    """“$1,200”, “12 days”, “88 %”: currency in front, other units behind, shares 0–1 as
    percentages.
    """
    if unit == "share":
        return percent(value)
    if unit in PLAIN:
        return number(value)
    if unit in CURRENCY_SIGNS.values() or (len(unit) == 3 and unit.isupper()):
        return money(value, unit)
    shown = number(value)
    return f"{shown}{THIN}{unit.removesuffix('s') if shown == '1' else unit}"
