"""Shares as percentages and as “times in 100”.

Comes in: shares 0–1, possibly missing. Goes out: text. Separate because a share, its limits and the
words around them must round alike in every sentence, table and chart.
"""

from __future__ import annotations

from typing import Any

from icp_engine.types import Estimate
from icp_engine.wording.numbers import NOT_KNOWN, THIN, is_known, with_limits

PERCENT_SIGN = f"{THIN}%"
SURE = f"95{PERCENT_SIGN}"  # how sure every interval is
PERCENT_FORMAT = f"%d{PERCENT_SIGN}%"  # for widgets and columns that write whole percentages


def percent(share: Any) -> str:
    """“43 %”; below 1 % to one digit, “0.4 %”."""
    return f"{_hundredths(share)}{PERCENT_SIGN}" if is_known(share) else NOT_KNOWN


def percent_interval(low: Any, high: Any) -> str:
    """“31–55 %” from two shares; empty where a limit is not known."""
    if not (is_known(low) and is_known(high)):
        return ""
    return f"{_hundredths(low)}–{_hundredths(high)}{PERCENT_SIGN}"


def percent_estimate(share: Estimate | None) -> str:
    """“40 % (31–50 %)”."""
    if share is None:
        return NOT_KNOWN
    return with_limits(percent(share.value), percent_interval(share.low, share.high))


def in_hundred(share: Any) -> str:
    """A share as a number of 100: “78”."""
    return f"{100 * share:.0f}" if is_known(share) else NOT_KNOWN


def hundred_interval(low: Any, high: Any) -> str:
    """“63–89”, of 100; empty where a limit is not known."""
    return f"{in_hundred(low)}–{in_hundred(high)}" if is_known(low) and is_known(high) else ""


def in_hundred_estimate(share: Estimate) -> str:
    """“78 (63–89)”, of 100."""
    return with_limits(in_hundred(share.value), hundred_interval(share.low, share.high))


def times_in_hundred(share: Estimate) -> str:
    """An AUC as words: “78 times in 100 (63–89)”."""
    if not is_known(share.value):
        return f"a number of times in 100 that is {NOT_KNOWN}"
    often = f"{in_hundred(share.value)} times in 100"
    return with_limits(often, hundred_interval(share.low, share.high))


def _hundredths(share: float) -> str:
    percentage = 100 * share
    if not 0 < percentage < 1:
        return f"{percentage:.0f}"
    return f"{percentage:.1f}".removesuffix(".0") if percentage >= 0.05 else "under 0.1"
