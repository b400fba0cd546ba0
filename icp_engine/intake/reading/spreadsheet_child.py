"""The part of spreadsheet reading that runs in a process of its own: a workbook on stdin, CSV on
stdout.

Comes in: the workbook's bytes; limits as arguments (memory in bytes, seconds, cells). Goes out:
first line JSON with the sheets, then the chosen sheet as CSV. Separate because a hostile workbook
can abort the process that reads it; run by path, so it imports nothing of the engine.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import resource
import sys
from collections.abc import Iterable, Sequence
from typing import Any, TextIO


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


def write_rows(out: TextIO, rows: Iterable[Sequence[str]]) -> None:
    """Rows of texts as CSV for `read_delimited`: the one writer of CSV that no person sees.

    Cells stay as they are, sign by sign. `csv` quotes a break only where the line's end has it: with
    “\\n” alone a “\\r” in a cell would tear its row in two.
    """
    csv.writer(out, lineterminator="\r\n").writerows(rows)


def sheet_size(rows: list[list[Any]]) -> int:
    """Filled cells of a sheet's first 200 rows: what tells a table from a cover page."""
    return sum(1 for row in rows[:200] for cell in row if not is_empty(cell))


def is_empty(cell: Any) -> bool:
    """Whether a cell holds nothing."""
    return cell is None or cell == ""


def fill_merged(rows: list[list[Any]], ranges: list[Any]) -> None:
    """Give a merged cell's value to every cell it covers, below the first row of several cells.

    At or above that row a merged cell is a title or a heading, which would make columns of itself.
    """
    header = next(
        (place for place, row in enumerate(rows) if sum(not is_empty(cell) for cell in row) > 1), 0
    )
    for (top, left), (bottom, right) in ranges:
        if header < top < len(rows) and left < len(rows[top]):
            value = rows[top][left]
            for row in rows[top : bottom + 1]:
                row[left : right + 1] = [value] * len(row[left : right + 1])


def choose_sheet(workbook: Any, cells: int, wanted: str) -> tuple[str, list[list[Any]], list[str]]:
    """The sheet asked for, else the visible one with the most filled cells; its rows; names of all
    that hold anything.

    Raises OverflowError with the number of cells where a sheet is too large to be read.
    """
    visible = [
        sheet.name for sheet in workbook.sheets_metadata if str(sheet.visible).endswith("Visible")
    ]
    best: tuple[int, str, list[list[Any]]] = (-1, "", [])
    filled = []
    for name in (
        workbook.sheet_names if wanted in workbook.sheet_names else visible or workbook.sheet_names
    ):
        sheet = workbook.get_sheet_by_name(name)
        if sheet.total_height * sheet.total_width > cells:
            raise OverflowError(sheet.total_height * sheet.total_width)
        rows = sheet.to_python(skip_empty_area=False)
        size = sheet_size(rows) if name != wanted else sys.maxsize
        filled += [name] if size > 0 else []
        if size > best[0]:
            fill_merged(rows, list(sheet.merged_cell_ranges or []))
            best = (size, name, rows)
    return best[1], best[2], filled


def main() -> int:
    """Read the workbook on stdin and write the chosen sheet.

    Arguments: memory in bytes, seconds of computing, cells, the sheet asked for.
    """
    memory, seconds, cells, wanted = *map(int, sys.argv[1:4]), sys.argv[4]
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    # loaded when asked for: start-up stays light
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    try:
        name, rows, filled = choose_sheet(workbook, cells, wanted)
    except OverflowError as error:
        json.dump({"too_large": error.args[0]}, sys.stdout)
        return 0
    json.dump({"sheet": name, "sheets": filled}, sys.stdout)
    sys.stdout.write("\n")
    write_rows(sys.stdout, ([cell_text(cell) for cell in row] for row in rows))
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="")  # type: ignore[union-attr]
    sys.exit(main())
