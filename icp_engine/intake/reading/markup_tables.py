"""Tables inside web pages and XML workbooks, which many tools name .xls → the text rows a CSV would
hold.

Comes in: bytes. Goes out: CSV bytes of the largest table, nothing where there is none. Separate
because markup is read tag by tag: nothing in it is followed, expanded or run, and what is no cell
of a table is dropped.

Notes: one pass by a pattern whose parts cannot run on. Python 3.11's own parser takes 40 s for 0.3
MB of “<!--”.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from typing import IO

from icp_engine.intake.reading.encoding import to_utf8
from icp_engine.intake.reading.limits import (
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_USED_RANGE,
    check_bytes,
    check_count,
)
from icp_engine.intake.reading.spreadsheet_child import write_rows

MAX_MARKUP_BYTES = 128 << 20
_MAX_SPAN = 50
_ATTRIBUTES = r"[^<>]{0,2000}"  # quotes are not matched up: that could run on
_TAG = re.compile(
    rf"<(/?)(?:\w{{1,20}}:)?(table|tr|row|td|th|cell|br|p|div|li)\b({_ATTRIBUTES})>", re.IGNORECASE
)
_OTHER_TAG = re.compile(r"<[/!?a-zA-Z][^<>]{0,2000}>")
_NUMBERS = {  # a cell's place and width
    name: re.compile(rf"{name}\s?=\s?[\"']?([0-9]{{1,8}})\b", re.IGNORECASE)
    for name in ("ss:index", "ss:mergeacross", "colspan")
}
_HIDDEN = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))
_ROWS, _CELLS = ("tr", "row"), ("td", "th", "cell")
Rows = list[list[str]]


def read_for_parent(content: bytes, out: IO[bytes]) -> None:
    """Write the rows of the largest table as CSV; nothing where no table has two rows and two
    columns. Raises TooLarge.
    """
    check_bytes(len(content), MAX_MARKUP_BYTES)
    text = to_utf8(content)[0].decode("utf-8", "replace")
    del content
    for begins, ends in _HIDDEN:
        text = "".join(_outside(text, begins, ends))
    tables = _Tables()
    place = 0
    for tag in _TAG.finditer(text):
        tables.take_text(text[place : tag.start()])
        tables.take_tag(tag[2].lower(), bool(tag[1]), tag[3])
        place = tag.end()
    largest = max(tables.finished(), key=lambda rows: sum(map(len, rows)), default=[])
    rows = [row for row in largest if any(row)]
    if len(rows) >= 2 and max(map(len, rows)) >= 2:
        writer = io.TextIOWrapper(out, "utf-8", "replace", newline="", write_through=True)
        write_rows(writer, rows)
        writer.detach()


def _outside(text: str, begins: str, ends: str) -> Iterator[str]:
    """The text outside of what a sign begins and another ends; what never ends hides the rest."""
    place = 0
    while (start := text.find(begins, place)) >= 0:
        yield text[place:start]
        place = text.find(ends, start)
        if place < 0:
            return
        place += len(ends)
    yield text[place:]


class _Tables:
    """Rows of cells of every table, a table inside a cell apart from the one around it."""

    def __init__(self) -> None:
        self._rows, self._cells, self._span = 0, 0, 1
        self._done: list[Rows] = []
        self._open: list[Rows] = []
        self._cell: list[str] | None = None

    def finished(self) -> list[Rows]:
        """Every table met, those that were never closed too."""
        self._end_cell()
        return [*self._done, *self._open]

    def take_text(self, text: str) -> None:
        """What stands between two tags; it counts inside a cell only."""
        if self._cell is not None and text:
            self._cell.append(html.unescape(_OTHER_TAG.sub("", text)))

    def take_tag(self, tag: str, closes: bool, attributes: str) -> None:
        """A tag that begins or ends a table, a row or a cell, or breaks a line."""
        if tag == "table":
            self._end_cell()
            if not closes:
                self._open.append([])
            elif self._open:
                self._done.append(self._open.pop())
        elif self._open and tag in (*_ROWS, *_CELLS):
            self._end_cell()
            if not closes:
                self._begin_row() if tag in _ROWS else self._begin_cell(attributes)
        elif self._cell is not None:
            self._cell.append(" ")

    def _begin_row(self) -> None:
        self._rows += 1
        check_count(self._rows, MAX_ROWS, "rows")
        self._open[-1].append([])

    def _add(self, row: list[str], cells: list[str]) -> None:
        """Cells at a row's end, counted: a sign can ask for thousands of empty ones."""
        row += cells
        self._cells += len(cells)
        check_count(len(row), MAX_COLUMNS, "columns")
        check_count(self._cells, MAX_USED_RANGE, "cells")

    def _begin_cell(self, attributes: str) -> None:
        """A cell may stand further right than the last (`ss:Index`) or be as wide as several."""
        if not self._open[-1]:
            self._open[-1].append([])
        row = self._open[-1][-1]
        self._add(row, [""] * max(0, _number(attributes, "ss:index", MAX_COLUMNS) - 1 - len(row)))
        wider = _number(attributes, "ss:mergeacross", _MAX_SPAN) + 1
        self._span = max(1, _number(attributes, "colspan", _MAX_SPAN), wider)
        self._cell = []

    def _end_cell(self) -> None:
        if self._cell is None or not self._open:
            return
        row = self._open[-1][-1]
        self._add(row, [" ".join("".join(self._cell).split()), *[""] * (self._span - 1)])
        self._cell, self._span = None, 1


def _number(attributes: str, name: str, most: int) -> int:
    """A small whole number in an attribute, 0 where there is none."""
    found = _NUMBERS[name].search(attributes) if attributes else None
    return min(int(found[1]), most) if found else 0
