"""Numbers, dates and foreign text as the pages show them.

Comes in: values of result objects. Goes out: text. Separate because every page must say a number
alike, and because text from a file must never act as Markdown.
"""

from __future__ import annotations

import re
from typing import Any

from icp_engine.rubric.model import Flag
from icp_engine.types import Frame
from icp_engine.wording.currency import money
from icp_engine.wording.numbers import EMPTY_CELL, count
from icp_engine.wording.ranges import show_range

# a colon before a blank, an underscore inside a word and a lone exclamation mark mean nothing; left
# bare, a control's
# spoken name has no backslash
MARKDOWN = re.compile(r"([\\`*\[\]<>$~|#{}^]|:(?=\S)|!(?=\[)|(?<![^\W_])_|_(?![^\W_]))")
LIST_START = re.compile(r"^([^\S\n]*+)([-+]|\d++[.)])(\s)", re.MULTILINE)


def plain(text: object) -> str:
    """Text that Markdown shows as it is: every sign with a meaning is escaped, line breaks become
    blanks.
    """
    escaped = MARKDOWN.sub(r"\\\1", " ".join(str(text).split()))
    return LIST_START.sub(lambda start: f"{start[1]}{_escape_last(start[2])}{start[3]}", escaped)


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
    return table.style.format(known, na_rep=EMPTY_CELL)


def _escape_last(mark: str) -> str:
    return f"{mark[:-1]}\\{mark[-1]}"


def flag_name(flag: Flag) -> str:
    """“Funding stage: Bootstrapped”, “Headcount growth −32 to −5”."""
    if flag.test.values:
        return f"{flag.attribute}: {', '.join(flag.test.values)}"
    return f"{flag.attribute} {show_range(flag.test.low, flag.test.high)}"
