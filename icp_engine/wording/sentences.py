"""How the document words numbers, dates, counts and lists.

Comes in: plain numbers. Goes out: text. Separate so that every section words a number the same way.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

THIN = "\u2009"


def word_number(value: float) -> str:
    """Thousands separated; whole numbers up to 999 and above exact, others to two significant
    digits.
    """
    if not math.isfinite(value):
        return "unknown"
    if float(value).is_integer() or abs(value) >= 100:
        return f"{value:,.0f}"
    digits = max(0, 1 - math.floor(math.log10(abs(value))))
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def word_share(share: float | None) -> str:
    """A share 0–1 as a whole percentage with a thin space; below 1 % to one digit."""
    if share is None or not math.isfinite(share):
        return "unknown"
    percentage = 100 * share
    return f"{percentage:.1f}{THIN}%" if 0 < percentage < 1 else f"{percentage:.0f}{THIN}%"


def word_interval(low: float | None, high: float | None) -> str:
    """“43–62 %” from two shares 0–1; “” when a limit is unknown."""
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return ""
    return f"{100 * low:.0f}–{100 * high:.0f}{THIN}%"


def word_date(date: Any) -> str:
    """A date as 30 Sep 2026; “unknown date” when there is none."""
    moment = pd.to_datetime(date, errors="coerce")
    return "unknown date" if pd.isna(moment) else f"{moment.day} {moment:%b %Y}"


def word_with_unit(value: float, unit: str) -> str:
    """A number with its unit: currency signs and codes in front, “%” and words behind; shares 0–1
    as percentages.
    """
    if unit == "share":
        return word_share(value)
    number = word_number(value)
    if unit in {"", "score", "count"}:
        return number
    if unit in {"$", "€", "£", "¥"}:
        return f"{unit}{number}"
    if len(unit) == 3 and unit.isupper():
        return f"{unit}{THIN}{number}"
    return f"{number}{THIN}{unit.removesuffix('s') if number == '1' else unit}"


def word_count(count: int, singular: str, plural: str = "") -> str:
    """“1 deal”, “1,204 deals”."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def word_list(items: Sequence[str], last: str = "and") -> str:
    """“a, b and c”."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def word_sentence(text: str) -> str:
    """Text as a sentence: a capital in front, a full stop behind; “” stays “”."""
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?')) else '.'}" if text else ""


def quote(text: Any, most: int = 80) -> str:
    """Text from the data on one line, cut at `most` characters, in quotation marks."""
    line = " ".join(str(text).split())
    return f"“{line if len(line) <= most else line[: most - 1] + '…'}”"
