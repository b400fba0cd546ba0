"""How charts and their tables write shares, counts and intervals.

Comes in: numbers, possibly unknown or infinite. Goes out: text. Separate because an unknown number
must read alike in every table.
"""

from __future__ import annotations

import math

from icp_engine.types import Estimate
from icp_engine.wording.currency import CURRENCY_SIGNS

THIN = "\u202f"
UNKNOWN = "not known"


def percent(share: float | None) -> str:
    """“43 %”; “not known” for None, NaN and infinity."""
    if share is None or not math.isfinite(share):
        return UNKNOWN
    return f"{100 * share:.0f}{THIN}%"


def interval(low: float | None, high: float | None) -> str:
    """“31–55 %” from two shares; empty where a limit is unknown."""
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return ""
    return f"{100 * low:.0f}–{100 * high:.0f}{THIN}%"


def counted(part: float, whole: float) -> str:
    """“11 of 15”."""
    return f"{part:,.0f} of {whole:,.0f}"


def ratio(value: float | None) -> str:
    """“2.8 ×”, two significant digits; without limit reads “over 99 ×”."""
    if value is None or math.isnan(value):
        return UNKNOWN
    if value > 99:
        return f"over 99{THIN}×"
    return (
        f"{value:.0f}{THIN}×"
        if value >= 9.95
        else f"{value:.1f}{THIN}×"
        if value >= 0.95
        else f"{value:.2g}{THIN}×"
    )


def ratio_interval(low: float | None, high: float | None) -> str:
    """“2.0–4.1 ×”; an open upper limit reads “2.0 × or more”; empty where unknown."""
    if low is None or high is None or math.isnan(low) or math.isnan(high):
        return ""
    if math.isinf(high):
        return f"{ratio(low)} or more"
    return f"{ratio(low).removesuffix(f'{THIN}×')}–{ratio(high)}"


SIGNS = {**CURRENCY_SIGNS, "INR": "₹", "$": "$", "€": "€", "£": "£", "¥": "¥", "₹": "₹"}


def with_currency(number: str, currency: str = "", *, negative: bool = False) -> str:
    """“$1.2M”, “CHF 537k”, “−$940”: the sign, or the code where there is none, stands in front."""
    sign = SIGNS.get(currency)
    front = sign if sign else f"{currency}{THIN}" if currency else ""
    return f"{'−' if negative else ''}{front}{number}"


def money_short(value: float | None, currency: str = "") -> str:
    """“$1.2M”, “CHF 537k”, “$940”: for sentences and labels; the exact amount stands in the table."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    size, unit = next(
        (
            (10**power, unit)
            for power, unit in ((9, "B"), (6, "M"), (3, "k"))
            if abs(value) >= 0.9995 * 10**power
        ),
        (1, ""),
    )
    scaled = abs(value) / size
    number = (
        f"{scaled:,.0f}"
        if scaled >= 99.95 or not unit
        else f"{scaled:.1f}"
        if scaled >= 9.95
        else f"{scaled:.2g}"
    )
    return with_currency(number.removesuffix(".0") + unit, currency, negative=round(value) < 0)


def estimate(share: Estimate) -> str:
    """“40 % (31–50 %)”."""
    limits = interval(share.low, share.high)
    return f"{percent(share.value)} ({limits})" if limits else percent(share.value)
