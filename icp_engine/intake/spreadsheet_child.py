"""The part of spreadsheet reading that runs in a process of its own: a workbook on stdin, CSV on stdout.

Comes in: the workbook's bytes; limits as arguments (memory in bytes, cells). Goes out: first line JSON with the sheets,
then the chosen sheet as CSV. Separate because a hostile workbook can abort the process that reads it; run by path,
so it imports nothing of the engine.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import resource
import sys
from typing import Any


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


def sheet_size(rows: list[list[Any]]) -> int:
    """Filled cells of a sheet's first 200 rows: what tells a table from a cover page."""
    return sum(1 for row in rows[:200] for cell in row if cell not in (None, ""))


def main() -> int:
    """Read, choose the visible sheet with the most filled cells among its first rows, write it."""
    memory, cells = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    visible = [sheet.name for sheet in workbook.sheets_metadata if str(sheet.visible).endswith("Visible")]
    best: tuple[int, str, list[list[Any]]] = (-1, "", [])
    with_content = 0
    for name in visible or workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.total_height * sheet.total_width > cells:
            json.dump({"too_large": sheet.total_height * sheet.total_width}, sys.stdout)
            return 0
        rows = sheet.to_python(skip_empty_area=False)
        size = sheet_size(rows)
        with_content += size > 0
        if size > best[0]:
            best = (size, name, rows)
    json.dump({"sheet": best[1], "sheets": with_content}, sys.stdout)
    sys.stdout.write("\n")
    csv.writer(sys.stdout, lineterminator="\n").writerows([cell_text(cell) for cell in row] for row in best[2])
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="")  # type: ignore[union-attr]
    sys.exit(main())
