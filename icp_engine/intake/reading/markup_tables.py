"""Tables inside web pages and XML workbooks, which many tools name .xls → the text rows a CSV would
hold.

Comes in: bytes. Goes out: CSV bytes of the largest table, None where there is none. Separate
because markup is read tag by tag: nothing in it is followed, expanded or run, and what is no cell
of a table is dropped.

Notes: one pass by a pattern whose parts cannot run on. Python 3.11's own parser takes 40 s for 0.3
MB of “<!--”.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Iterator

from icp_engine.intake.reading.encoding import to_utf8
from icp_engine.intake.reading.limits import MAX_COLUMNS, MAX_ROWS, TooLarge
from icp_engine.intake.reading.spreadsheet_child import write_rows
from icp_engine.wording.numbers import count

MAX_MARKUP_BYTES = 128 << 20
_MAX_SPAN = 50
_REPORT_ROWS = 10_000
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


def read_markup(content: bytes, report: Callable[[int, float], None]) -> bytes | None:
    """The rows of the largest table as CSV; None where no table has two rows and two columns.
    Raises TooLarge.

    `report` hears of rows and the share read, 0–1, and may raise to stop.
    """
    if len(content) > MAX_MARKUP_BYTES:
        raise TooLarge(
            f"{count(len(content) / 2**20)} MB of markup", f"{MAX_MARKUP_BYTES >> 20} MB"
        )
    text = to_utf8(content)[0].decode("utf-8", "replace")
    for begins, ends in _HIDDEN:
        text = "".join(_outside(text, begins, ends))
    tables = _Tables(report, len(text))
    place = 0
    for tag in _TAG.finditer(text):
        tables.take_text(text[place : tag.start()])
        tables.take_tag(tag[2].lower(), bool(tag[1]), tag[3], tag.start())
        place = tag.end()
    largest = max(tables.finished(), key=lambda rows: sum(map(len, rows)), default=[])
    return _as_csv([row for row in largest if any(row)])


def _as_csv(rows: Rows) -> bytes | None:
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return None
    buffer = io.StringIO()
    write_rows(buffer, rows)
    return buffer.getvalue().encode()


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

    def __init__(self, report: Callable[[int, float], None], size: int) -> None:
        self._report, self._size = report, max(size, 1)
        self._count, self._span = 0, 1
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

    def take_tag(self, tag: str, closes: bool, attributes: str, place: int) -> None:
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
                self._begin_row(place) if tag in _ROWS else self._begin_cell(attributes)
        elif self._cell is not None:
            self._cell.append(" ")

    def _begin_row(self, place: int) -> None:
        self._count += 1
        if self._count > MAX_ROWS:
            raise TooLarge(f"more than {count(MAX_ROWS)} rows", f"{count(MAX_ROWS)} rows")
        if self._count % _REPORT_ROWS == 0:
            self._report(self._count, place / self._size)
        self._open[-1].append([])

    def _begin_cell(self, attributes: str) -> None:
        """A cell may stand further right than the last (`ss:Index`) or be as wide as several."""
        if not self._open[-1]:
            self._open[-1].append([])
        row = self._open[-1][-1]
        row += [""] * max(0, _number(attributes, "ss:index", MAX_COLUMNS) - 1 - len(row))
        wider = _number(attributes, "ss:mergeacross", _MAX_SPAN) + 1
        self._span = max(1, _number(attributes, "colspan", _MAX_SPAN), wider)
        self._cell = []

    def _end_cell(self) -> None:
        if self._cell is None or not self._open:
            return
        row = self._open[-1][-1]
        row += [" ".join("".join(self._cell).split()), *[""] * (self._span - 1)]
        if len(row) > MAX_COLUMNS:
            raise TooLarge(
                f"more than {count(MAX_COLUMNS)} columns", f"{count(MAX_COLUMNS)} columns"
            )
        self._cell, self._span = None, 1


def _number(attributes: str, name: str, most: int) -> int:
    """A small whole number in an attribute, 0 where there is none."""
    found = _NUMBERS[name].search(attributes) if attributes else None
    return min(int(found[1]), most) if found else 0
