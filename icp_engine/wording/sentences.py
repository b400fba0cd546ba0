"""Lists, quotations and sentences.

Comes in: words. Goes out: text. Separate because words need no numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from icp_engine.wording.numbers import count


def listed(items: Sequence[str], last: str = "and") -> str:
    """“a, b and c”."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def first_few(items: Sequence[str], most: int, last: str = "and") -> str:
    """“a, b, c and 4 more”: at most `most` by name; all of them with commas where there are no
    more.
    """
    more = len(items) - most
    named = ", ".join(items[:most])
    return f"{named} {last} {count(more)} more" if more > 0 else named


def sentence(text: str) -> str:
    """Text as a sentence: a capital in front, a full stop behind; “” stays “”."""
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?')) else '.'}" if text else ""


def quote(text: Any, most: int = 80) -> str:
    """Text from the data on one line, cut at `most` characters, in quotation marks."""
    line = " ".join(str(text).split())
    return f"“{line if len(line) <= most else line[: most - 1] + '…'}”"
