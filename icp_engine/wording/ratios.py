"""Ratios: “2.4 ×”.

Comes in: ratios, possibly missing or without limit. Goes out: text. Separate because lifts are no
shares: they keep two digits, and one of a hundred or more is noise.
"""

from __future__ import annotations

import math
from typing import Any

from icp_engine.wording.numbers import NOT_KNOWN, THIN, with_limits

LARGEST = 99
SMALLEST = 0.01
TIMES_SIGN = f"{THIN}×"


def ratio_number(value: float | None) -> str:
    """Two significant digits, kept where they are noughts, since a ratio is measured: “12”, “3.0”,
    “0.35”; “over 99” and “under 0.01” beyond.
    """
    if value is None or math.isnan(value):
        return NOT_KNOWN
    if value > LARGEST:
        return f"over {LARGEST}"
    if 0 < value < SMALLEST:
        return f"under {SMALLEST}"
    if value >= 9.95 or not value:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 0.95 else f"{value:.2g}"


def ratio(value: float | None) -> str:
    """“2.8 ×”."""
    shown = ratio_number(value)
    return shown if shown == NOT_KNOWN else f"{shown}{TIMES_SIGN}"


def ratio_interval(low: float | None, high: float | None) -> str:
    """“2.0–4.1 ×”; an open upper limit reads “2.0 × or more”; empty where a limit is not known."""
    if low is None or high is None or math.isnan(low) or math.isnan(high):
        return ""
    return f"{ratio(low)} or more" if math.isinf(high) else f"{ratio_number(low)}–{ratio(high)}"


def ratio_estimate(value: Any, low: Any, high: Any) -> str:
    """“3.1 × (2.0–4.8)”; an open upper limit reads “(2.0 or more)”."""
    return with_limits(ratio(value), ratio_interval(low, high).replace(TIMES_SIGN, ""))
