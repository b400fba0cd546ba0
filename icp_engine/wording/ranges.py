"""Ranges as people write them: “10M–60M”, “−3 to 2”, “200M or more”.

Comes in: limits, or a range's plain text. Goes out: text for people. Separate because tables keep
plain digits, which programs read, and pages, rubrics and documents show these.
"""

from __future__ import annotations

import re

from icp_engine.wording.numbers import SHORT_FROM, show_number

PLAIN_RANGE = re.compile(r"\A(-?\d++(?:\.\d++)?)–(-?\d++(?:\.\d++)?)")
PLAIN_OPEN = re.compile(r"\A(under )?(-?\d++(?:\.\d++)?)( or more)?")


def show_range(low: float | None, high: float | None, *, whole: bool = True) -> str:
    """low ≤ value < high in words; None is open. A whole-number range of short numbers names its
    last number.
    """
    if low is None and high is None:
        return "any value"
    if low is None:
        return f"under {show_number(high or 0.0)}"
    if high is None:
        return f"{show_number(low)} or more"
    last = high - 1 if whole and max(abs(low), abs(high)) < SHORT_FROM and high - low >= 1 else high
    if last == low:
        return show_number(low)
    joint = " to " if low < 0 or last < 0 else "–"
    return f"{show_number(low)}{joint}{show_number(last)}"


def show_value(value: str) -> str:
    """A trait's plain value for people: long or negative ranges are rewritten, anything else stays."""
    opened = PLAIN_OPEN.fullmatch(value)
    if opened is not None and bool(opened[1]) != bool(opened[3]):
        return (
            show_range(None, float(opened[2])) if opened[1] else show_range(float(opened[2]), None)
        )
    found = PLAIN_RANGE.fullmatch(value)
    if found is None:
        return value
    low, high = float(found[1]), float(found[2])
    if max(abs(low), abs(high)) < SHORT_FROM and low >= 0:
        return value
    # 10000000–29999999 ends just below a round number
    high = high + 1 if high >= SHORT_FROM and (high + 1) % 10 == 0 else high
    return show_range(low, high, whole=False)
