"""How many lines a table's header has: none, one, or two (a group above a name, a unit below it).

Comes in: the first rows of a table, where `table_in_rows` found it. Goes out: names and how many
rows they take. Separate because only the rows beneath tell a header from data: a name differs in
kind from what stands under it, a first record does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from icp_engine.intake.reading.table_in_rows import PERIOD, filled, is_value
from icp_engine.values.yes_no_missing import MISSING_WORDS

_DIGITS = re.compile(r"[0-9]+")
_WORD_SIGNS = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 60  # rows beneath a header
_ALIKE = 0.8  # share of a column's cells that makes its kind
_SHORT_NAME = 2  # signs: “ID” and “Nr” say nothing alone
Row = Sequence[str]


@dataclass(frozen=True)
class Header:
    """Names of the columns, the position of the first row beneath them, and lines they took."""

    names: tuple[str, ...]
    data: int
    lines: int


def read_header(rows: Sequence[Row], position: int) -> Header:
    """The header at this position or around it; names are empty where there is none."""
    row, below = rows[position], rows[position + 1 : position + 1 + _LOOKED_AT]
    if is_headerless(row, below):
        return Header(("",) * len(row), position, 0)
    if below and _is_second_line(row, below[0], below[1:]):
        return Header(_joined(row, below[0]), position + 2, 2)
    above = rows[position - 1] if position else ()
    if _is_line_of_groups(above, row, below):
        return Header(_joined(above, row), position + 1, 2)
    return Header(tuple(row), position + 1, 1)


def is_headerless(row: Row, below: Sequence[Row] = ()) -> bool:
    """Whether a first row looks like data: most of its cells are numbers or dates, or like those
    beneath them, and none is a word above numbers.

    Years and months do not count: they may be headers.
    """
    cells = [cell.strip() for cell in row if cell.strip()]
    values = [cell for cell in cells if not PERIOD.fullmatch(cell) and is_value(cell)]
    if len(values) >= 2 and len(values) > len(cells) / 2:
        return True
    others = [other for other in below if list(other) != list(row)]
    if len(others) < 3 or len(cells) < 2:
        return False
    found = []
    for cell, column in _beside(row, others):
        likeness = _likeness(cell.strip(), column) if cell.strip() else None
        if likeness == -1:
            return False
        found += [likeness] if likeness is not None else []
    alike = found.count(1)
    return alike >= 2 and alike >= 0.5 * len(found)


def _beside(row: Row, below: Sequence[Row]) -> Iterator[tuple[str, list[str]]]:
    """Each cell of a row with the filled cells beneath it."""
    for place, cell in enumerate(row):
        under = [other[place].strip() for other in below if place < len(other)]
        yield cell, [text for text in under if text]


def _likeness(cell: str, under: list[str]) -> int:
    """1: a cell like those beneath it; −1: a name above other things; 0: it may be either."""
    known = [text for text in under if not _is_missing(text)]
    if _is_missing(cell):
        return 1 if len(known) < len(under) else 0
    if len(known) < 2:
        return 0
    if sum(map(is_value, known)) >= _ALIKE * len(known):
        return (0 if PERIOD.fullmatch(cell) else 1) if is_value(cell) else -1
    if cell in known:
        return 1
    has_digits = bool(_DIGITS.search(cell))
    shape = _shape(cell)
    return int(has_digits and sum(_shape(text) == shape for text in known) >= _ALIKE * len(known))


def _shape(text: str) -> str:
    """“Deal 12” and “Firm 3” are shaped alike: words are W, numbers 9."""
    return _WORD_SIGNS.sub("W", _DIGITS.sub("9", text[:200]))


def _is_missing(cell: str) -> bool:
    return cell == r"\N" or cell.casefold() in MISSING_WORDS


def _is_second_line(first: Row, second: Row, below: Sequence[Row]) -> bool:
    """Whether the row under a header belongs to it: words above every column of numbers or dates,
    and the first line has gaps, says names twice, or the columns of numbers are several.
    """
    if len(below) < 2 or filled(second) < 2 or not _is_words(first) or not _is_words(second):
        return False
    if sum(one.strip() == two.strip() for one, two in zip(first, second, strict=False)) > 1:
        return False  # the header once more
    found = [
        _likeness(cell.strip(), under) for cell, under in _beside(second, below) if cell.strip()
    ]
    contrasts = found.count(-1) + sum(
        bool(PERIOD.fullmatch(cell.strip())) and not any(map(PERIOD.fullmatch, under))
        for cell, under in _beside(second, below)
    )
    if 1 in found or not contrasts:
        return False
    names = [cell.strip() for cell in first if cell.strip()]
    gaps = any(two.strip() and not one.strip() for one, two in zip(first, second, strict=False))
    return gaps or len(set(names)) < len(names) or contrasts >= 2


def _is_words(row: Row) -> bool:
    """No numbers and no dates but years and months."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return not any(is_value(cell) and not PERIOD.fullmatch(cell) for cell in cells)


def _is_line_of_groups(above: Row, row: Row, below: Sequence[Row]) -> bool:
    """Whether the narrower line above a header names groups of its columns: it has several cells,
    begins no sooner than the header does, and tells names apart that stand there twice.
    """
    names = [cell.strip() for cell in row if cell.strip()]
    return (
        filled(above) >= 2
        and len(above) <= len(row) + 1
        and _is_words(above)
        and len(set(names)) < len(names)
        and len(below) >= 2
    )


def _says_enough(name: str) -> bool:
    """Whether a name is one without its group: “Amount”, not “ID” or “2023”."""
    return len(name) > _SHORT_NAME and not PERIOD.fullmatch(name)


def _joined(first: Row, second: Row) -> tuple[str, ...]:
    """Names from two lines: a group stands once, above the first of its columns, and tells apart
    names that stand there twice; where every column has its own upper cell, both lines are its name.
    """
    width = max(len(first), len(second))
    upper, lower = ([cell.strip() for cell in line] + [""] * width for line in (first, second))
    named = [place for place in range(width) if lower[place]]
    above = [upper[place] for place in named]
    grouped = "" in above or len(set(above)) < len(above)
    names, group = [], ""
    for place in range(width):
        group = upper[place] or group
        name = lower[place]
        if not name or name.casefold().startswith(group.casefold()):
            names.append(name or upper[place])
        elif grouped and lower.count(name) == 1 and _says_enough(name):
            names.append(name)
        else:
            names.append(f"{group} {name}")
    return tuple(names)
