"""Numbers, dates and foreign text as the pages show them.

Comes in: values of result objects. Goes out: text. Separate because every page must say a number
alike, and because text from a file must never act as Markdown.
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from icp_engine.attributes.labels import show_range
from icp_engine.charts.words import with_currency
from icp_engine.rubric.model import Flag
from icp_engine.types import Estimate, Frame

THIN = "\u202f"  # narrow no-break space before %, LOOK.md
# a colon before a blank, an underscore inside a word and a lone exclamation mark mean nothing; left
# bare, a control's
# spoken name has no backslash
MARKDOWN = re.compile(r"([\\`*\[\]<>$~|#{}^]|:(?=\S)|!(?=\[)|(?<![^\W_])_|_(?![^\W_]))")
LIST_START = re.compile(r"^([^\S\n]*+)([-+]|\d++[.)])(\s)", re.MULTILINE)
UNKNOWN = "not known"


def plain(text: object) -> str:
    """Text that Markdown shows as it is: every sign with a meaning is escaped, line breaks become
    blanks.
    """
    escaped = MARKDOWN.sub(r"\\\1", " ".join(str(text).split()))
    return LIST_START.sub(lambda start: f"{start[1]}{_escape_last(start[2])}{start[3]}", escaped)


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


def written(table: Frame, currency: str) -> Any:
    """A table of deals with amounts as “$134,400” and whole days; it still sorts by the numbers.

    A score given to one decimal keeps it: rounded once more it could differ from the whole one that
    bands use.
    """
    wanted = {
        "Amount": lambda amount: money(amount, currency),
        "Days open": count,
        "Score": lambda score: f"{score:.1f}" if isinstance(score, float) else count(score),
    }
    known = {name: write for name, write in wanted.items() if name in table}
    return table.style.format(known, na_rep="—")


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


def _escape_last(mark: str) -> str:
    return f"{mark[:-1]}\\{mark[-1]}"


def flag_name(flag: Flag) -> str:
    """“Funding stage: Bootstrapped”, “Headcount growth −32 to −5”."""
    if flag.test.values:
        return f"{flag.attribute}: {', '.join(flag.test.values)}"
    return f"{flag.attribute} {show_range(flag.test.low, flag.test.high)}"
