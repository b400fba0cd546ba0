"""The part of spreadsheet reading that runs in a process of its own: a workbook → CSV, sheet by sheet.

Comes in: the workbook's bytes, the sheet asked for, what cell formats say. Goes out: each visible
sheet as CSV, one after another, then a line of JSON that says where each stands. Separate because a
hostile workbook can abort the process that reads it.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any, TextIO

from icp_engine.intake.reading.child.sheet_markup import CellMarkup, read_cell_markup
from icp_engine.intake.reading.limits import (
    MAX_BYTES,
    MAX_SHEETS,
    MAX_USED_RANGE,
    check_bytes,
    check_count,
)


def cell_text(value: Any) -> str:
    """A cell as CSV text: dates in ISO, whole numbers without “.0”, booleans TRUE and FALSE."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    return str(value)


def formatted_text(value: Any, unit: str) -> str:
    """A number as its cell shows it: “25%” for 0.25, “EUR 1000” for 1000 in euros."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return cell_text(value)
    if unit == "%":
        return f"{cell_text(float(f'{value * 100:.12g}'))}%"
    return f"{unit} {cell_text(value)}"


def write_rows(out: TextIO, rows: Iterable[Sequence[str]]) -> None:
    """Rows of texts as CSV for `read_delimited`: the one writer of CSV that no person sees.

    Cells stay as they are, sign by sign. `csv` quotes a break only where the line's end has it: with
    “\\n” alone a “\\r” in a cell would tear its row in two.
    """
    csv.writer(out, lineterminator="\r\n").writerows(rows)


def is_empty(cell: Any) -> bool:
    """Whether a cell holds nothing."""
    return cell is None or cell == ""


def fill_merged(rows: Iterable[list[Any]], ranges: list[Any]) -> Iterator[list[Any]]:
    """Rows with a merged cell's value in every cell it covers, below the first row of several cells.

    At or above that row a merged cell is a title or a heading, which would make columns of itself.
    """
    waiting = sorted(ranges, reverse=True)
    open_ranges: list[tuple[int, int, int, Any]] = []
    below = False
    for place, row in enumerate(rows):
        while waiting and waiting[-1][0][0] <= place:
            (top, left), (bottom, right) = waiting.pop()
            if below and top == place and left < len(row):
                open_ranges.append((bottom, left, right, row[left]))
        open_ranges = [merged for merged in open_ranges if merged[0] >= place]
        for _, left, right, value in open_ranges:
            row[left : right + 1] = [value] * len(row[left : right + 1])
        below = below or sum(not is_empty(cell) for cell in row) > 1
        yield row


def read_for_parent(content: bytes, out: IO[bytes], wanted: str, units: str) -> None:
    """Write the sheet asked for, else every visible one. `units`: JSON, cell style → unit.

    Raises TooLarge where a sheet has too many cells to be read.
    """
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    archive = zipfile.ZipFile(io.BytesIO(content)) if content.startswith(b"PK") else None
    writer = _Sheets(out, archive, {int(style): unit for style, unit in json.loads(units).items()})
    for name in _names(workbook, wanted):
        writer.write(workbook.get_sheet_by_name(name))
    writer.finish().write(b"\n" + json.dumps(writer.told).encode())


def _names(workbook: Any, wanted: str) -> list[str]:
    if wanted in workbook.sheet_names:
        return [wanted]
    sheets = workbook.sheets_metadata
    visible = [sheet.name for sheet in sheets if str(sheet.visible).endswith("Visible")]
    return (visible or workbook.sheet_names)[:MAX_SHEETS]


class _Sheets:
    """Sheets written one after another, and where each of them stands."""

    def __init__(
        self, out: IO[bytes], archive: zipfile.ZipFile | None, units: dict[int, str]
    ) -> None:
        self._archive, self._units = archive, units
        self._text = io.TextIOWrapper(out, "utf-8", "replace", newline="", write_through=True)
        self._cells = self._filled = 0
        self.told: list[dict[str, Any]] = []

    def write(self, sheet: Any) -> None:
        """A sheet with anything in it, as CSV; a sheet of a workbook too large raises TooLarge."""
        cells = sheet.total_height * sheet.total_width
        self._cells += cells
        check_count(cells, MAX_USED_RANGE, "cells in one sheet")
        check_count(self._cells, 2 * MAX_USED_RANGE, "cells in all sheets")
        markup = read_cell_markup(self._archive, sheet.name, self._units)
        start, self._filled = self._text.tell(), 0
        rows = fill_merged(_all_rows(sheet), list(sheet.merged_cell_ranges or []))
        write_rows(self._text, self._texts(rows, markup))
        end = self._text.tell()
        check_bytes(end, MAX_BYTES)
        if self._filled:
            unvalued = {column: rows[:1000] for column, rows in markup.unvalued.items()}
            counts = {column: len(rows) for column, rows in markup.unvalued.items()}
            self.told.append(
                {"name": sheet.name, "start": start, "end": end, "filled": self._filled}
                | {"unvalued": unvalued, "counts": counts}
            )

    def finish(self) -> Any:
        """The stream of bytes, handed back: it would be closed with the writer."""
        return self._text.detach()

    def _texts(self, rows: Iterable[list[Any]], markup: CellMarkup) -> Iterator[list[str]]:
        """Rows as texts; filled cells of the first 200 are counted."""
        unvalued = {column: set(rows) for column, rows in markup.unvalued.items()}
        for place, row in enumerate(rows):
            if markup.is_plain:
                texts = [cell_text(cell) for cell in row]
            else:
                texts = [
                    ""
                    if place in unvalued.get(column, ())
                    else formatted_text(cell, unit)
                    if (unit := markup.unit(place, column))
                    else cell_text(cell)
                    for column, cell in enumerate(row)
                ]
            if place < 200:
                self._filled += sum(not is_empty(text) for text in texts)
            yield texts


def _all_rows(sheet: Any) -> Iterator[list[Any]]:
    """Rows from A1 on, the empty ones above and beside the used range too, one at a time."""
    if sheet.start is None:
        return
    top, left = sheet.start
    for _ in range(top):
        yield [""] * sheet.total_width
    for row in sheet.iter_rows():
        yield [*[""] * left, *row]
