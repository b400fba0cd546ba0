"""Numbers, shares, money, days and counts as people read them.

Comes in: values. Goes out: text. Separate because a number written in two places is written two
ways.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from icp_engine.types import Estimate
from icp_engine.wording.shares import with_currency

THIN = "\u202f"  # narrow no-break space before %, docs/look.md#numbers


UNKNOWN = "not known"


def count(number: float) -> str:
    """1234 → “1,234”."""
    return f"{number:,.0f}"


def percent(share: float | None, digits: int = 0) -> str:
    """A share 0–1 as “63 %”; unknown says so."""
    return UNKNOWN if _missing(share) else f"{100 * float(share or 0):.{digits}f}{THIN}%"


def number(value: float | None, digits: int = 2) -> str:
    """Two significant digits unless larger than 100, thousands separated."""
    if value is None or _missing(value):
        return UNKNOWN
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.{digits}g}"


def money(value: float | None, currency: str = "") -> str:
    """“$12,400” for USD, “CHF 12,400” for a currency without a sign of its own; currency: a code or
    a sign.
    """
    if value is None or _missing(value):
        return UNKNOWN
    return with_currency(f"{abs(value):,.0f}", currency, negative=round(value) < 0)


def date(value: Any) -> str:
    """“30 Sep 2026”."""
    if _missing(value):
        return UNKNOWN
    moment = pd.Timestamp(value)
    return f"{moment.day} {moment:%b %Y}"


def percent_interval(estimate: Estimate) -> str:
    """“41–78 %”; empty when there is no interval."""
    if _missing(estimate.low) or _missing(estimate.high):
        return ""
    return f"{100 * float(estimate.low or 0):.0f}–{100 * float(estimate.high or 0):.0f}{THIN}%"


def number_interval(estimate: Estimate, digits: int = 2) -> str:
    """“1.9–3.4”; empty when there is no interval."""
    if _missing(estimate.low) or _missing(estimate.high):
        return ""
    return f"{number(estimate.low, digits)}–{number(estimate.high, digits)}"


def of(part: float, whole: float, what: str = "") -> str:
    """“11 of 15 deals”."""
    return f"{count(part)} of {count(whole)} {what}".strip()


def plural(amount: float, one: str, many: str = "") -> str:
    """“1 deal”, “2 deals”."""
    return f"{count(amount)} {one if round(amount) == 1 else many or one + 's'}"


def _missing(value: Any) -> bool:
    return value is None or bool(pd.isna(value))
