"""Numbers and counts as people read them.

Comes in: numbers, possibly missing. Goes out: text. Separate because a number written in two places
is written two ways: the signs, the word for what is missing and the rounding stand here once.
"""

from __future__ import annotations

import math
from numbers import Real
from typing import Any, TypeGuard

from icp_engine.types import Estimate

THIN = "\u202f"  # narrow and never broken at a line's end: before %, ×, after a currency's code
MINUS = "\N{MINUS SIGN}"
NOT_KNOWN = "not known"  # the one word for a value that is missing
EMPTY_CELL = "—"  # a table's cell in which nothing can stand, such as the win rate of no deals
SHORT_FROM = 1e4  # shorter numbers are written out
SCALES = ((1e9, "B"), (1e6, "M"), (1e3, "k"))


def is_known(value: Any) -> TypeGuard[float]:
    """Whether there is a number to write: not None, not NaN, not without limit."""
    return isinstance(value, Real) and math.isfinite(value)


def count(amount: Any) -> str:
    """1234 → “1,234”."""
    return f"{round(amount):,}" if is_known(amount) else NOT_KNOWN


def number(value: Any, digits: int = 2) -> str:
    """Whole numbers and those over 100 exact to the whole, others to `digits` significant digits
    without trailing zeros: “1,204”, “12”, “1.3”, “0.042”.
    """
    if not is_known(value):
        return NOT_KNOWN
    if float(value).is_integer():
        return count(value)
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    text = f"{value:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def plain_number(value: float) -> str:
    """A number with all its digits: “12,500”, “0.125”."""
    return f"{value:,.15g}"


def number_interval(low: float | None, high: float | None) -> str:
    """“1.9–3.4”; empty where a limit is not known."""
    return f"{number(low)}–{number(high)}" if is_known(low) and is_known(high) else ""


def number_estimate(estimate: Estimate) -> str:
    """“1.3 (1.1–1.6)”."""
    return with_limits(number(estimate.value), number_interval(estimate.low, estimate.high))


def with_limits(value: str, limits: str) -> str:
    """“40 % (31–50 %)”; the value alone where there are no limits."""
    return f"{value} ({limits})" if limits else value


def show_number(value: float) -> str:
    """Two or three significant digits with k, M or B from 10,000 on; a true minus sign."""
    sign, size = (MINUS if value < 0 else ""), abs(value)
    for step, letter in SCALES:
        if size >= max(step, SHORT_FROM):
            scaled = size / step
            return f"{sign}{scaled:.3g}{letter}" if scaled < 1000 else f"{sign}{scaled:.0f}{letter}"
    return f"{sign}{size:.0f}" if float(size).is_integer() else f"{sign}{size:.3g}"


def show_points(value: float) -> str:
    """Points of a score to one decimal where they have one: “4.3”, “4”."""
    return f"{value:.1f}".removesuffix(".0")


def show_step(change: float, digits: int = 1) -> str:
    """A change with its sign: “+4.3”, “−1.0”; “0.0” where it rounds to nothing. digits: decimals."""
    shown = f"{change:+.{digits}f}"
    return shown[1:] if float(shown) == 0 else shown.replace("-", MINUS)


def of(part: Any, whole: Any, what: str = "") -> str:
    """“11 of 15 deals”."""
    return f"{count(part)} of {count(whole)} {what}".strip()


def plural(amount: Any, one: str, many: str = "") -> str:
    """“1 deal”, “1,204 deals”."""
    return f"{count(amount)} {one if round(amount) == 1 else many or one + 's'}"


def show_times(often: int) -> str:
    """How often something was done: “once”, “twice”, “3 times”."""
    return {1: "once", 2: "twice"}.get(often, f"{count(often)} times")
