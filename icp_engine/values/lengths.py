"""How long a text may be that patterns are tried on.

Comes in: a cell or a header. Goes out: the text, or nothing. Separate because one limit in one place
keeps every reader quick, whatever a file holds.
"""

from __future__ import annotations

# Longer texts are kept as they stand and no pattern is tried on them: a cell is then no number, date
# or band (told where such are expected), and a header's words say nothing of its column (told).
LONGEST_VALUE = 200
LONGEST_HEADER = 300  # questions of surveys stand in headers
KEPT = 8_192  # readings of such texts that are kept: the rules of one column ask for each several times


def one_value(text: str) -> str:
    """The text without outer blanks; “” where it is too long for one number, date or band."""
    stripped = text.strip()
    return stripped if len(stripped) <= LONGEST_VALUE else ""


def one_header(header: str) -> str:
    """The header as its words are read; “” where it is longer than a header can be."""
    return header if len(header) <= LONGEST_HEADER else ""
