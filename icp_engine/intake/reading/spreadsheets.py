"""Workbooks (XLSX, XLS, XLSB, ODS) → the same text rows a CSV would hold, without trusting the
workbook.

Comes in: bytes. Goes out: CSV bytes of each sheet. Separate because a workbook of 1.4 KB can
ask its reader for 550 GB: the archive is measured first, then read by a child process with limits
on memory and time.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from icp_engine.intake.reading.cell_formats import find_units
from icp_engine.intake.reading.child.process import Unreadable, Waiting, nobody_waits, parsed
from icp_engine.intake.reading.child.sheet_markup import column_number
from icp_engine.intake.reading.limits import (
    CHILD_PATIENCE,
    MAX_BYTES,
    MAX_MEMBERS,
    MAX_USED_RANGE,
    TooLarge,
    check_count,
)
from icp_engine.wording.numbers import count

_DAMAGED = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
)
_CHUNK = 1 << 20
_CELL = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_SHEET = re.compile(r"worksheets/[^/]+\.xml$", re.IGNORECASE)


@dataclass(frozen=True)
class SheetText:
    """A sheet as CSV bytes. `filled`: its filled cells, as far as it was looked at; `unvalued`:
    column → rows, from 1, whose formula has no stored value; `counts`: column → how many they are.
    """

    name: str
    content: bytes
    filled: int
    unvalued: dict[int, tuple[int, ...]]
    counts: dict[int, int]


def check_archive(archive: zipfile.ZipFile) -> None:
    """Inflate every member, counting: raises TooLarge past the limits on members, bytes or used
    range.

    What the archive's directory says about sizes is not believed, nor what a sheet says about its
    dimension.
    """
    members = archive.infolist()
    check_count(len(members), MAX_MEMBERS, "files in one")
    total = 0
    for member in members:
        total = _inflate(archive, member, total)


def _inflate(archive: zipfile.ZipFile, member: zipfile.ZipInfo, total: int) -> int:
    is_sheet = bool(_SHEET.search(member.filename))
    used = UsedRange()
    rest = b""
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            total += len(chunk)
            if total > MAX_BYTES:
                raise TooLarge("more than 1 GB when unpacked", "1 GB")
            if is_sheet:
                used.add(rest + chunk)
                rest = chunk[-64:]
    if used.cells > MAX_USED_RANGE:
        raise TooLarge(f"{count(used.cells)} cells in one sheet", f"{count(MAX_USED_RANGE)} cells")
    return total


class UsedRange:
    """Corners of a sheet's used cells, gathered chunk by chunk."""

    def __init__(self) -> None:
        self.rows: set[int] = set()
        self.columns: set[bytes] = set()

    def add(self, text: bytes) -> None:
        """Note every cell reference in `text`; only first and last are kept."""
        found = _CELL.findall(text)
        if found:
            self.columns.update(column.upper() for column, _ in found)
            numbers = {int(row) for _, row in found} | self.rows
            self.rows = {min(numbers), max(numbers)}

    @property
    def cells(self) -> int:
        """Cells of the rectangle from the first to the last used cell; 0 for an empty sheet."""
        if not self.rows:
            return 0
        positions = [column_number(column) for column in self.columns]
        return (max(self.rows) - min(self.rows) + 1) * (max(positions) - min(positions) + 1)


def read_workbook(
    content: bytes,
    sheet: str = "",
    waiting: Waiting = nobody_waits,
    patience: float = CHILD_PATIENCE,
) -> tuple[SheetText, ...]:
    """The sheet of this name, else every visible sheet that holds anything, as CSV.

    Raises TooLarge or Unreadable; never brings the caller down. `waiting` hears of the seconds gone
    by and may raise to stop the reading.
    """
    units: dict[int, str] = {}
    if content.startswith(b"PK"):
        with opened_archive(content) as archive:
            check_archive(archive)
            units = find_units(archive)
    with parsed("spreadsheet", content, (sheet, json.dumps(units)), waiting, patience) as stream:
        return _split(stream.read())


@contextmanager
def opened_archive(content: bytes) -> Iterator[zipfile.ZipFile]:
    """A ZIP; whatever is wrong with it raises Unreadable, past the limits TooLarge."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield archive
    except TooLarge:
        raise
    except _DAMAGED as error:
        raise Unreadable("it is damaged or protected by a password") from error
    except zlib.error as error:
        raise Unreadable("its archive is damaged") from error


def _split(written: bytes) -> tuple[SheetText, ...]:
    """Sheets by what the last line says about where they stand."""
    told = json.loads(written[written.rfind(b"\n") + 1 :])
    return tuple(
        SheetText(
            str(sheet["name"]),
            written[sheet["start"] : sheet["end"]],
            sheet["filled"],
            {
                int(column): tuple(row + 1 for row in rows)
                for column, rows in sheet["unvalued"].items()
            },
            {int(column): total for column, total in sheet["counts"].items()},
        )
        for sheet in told
    )
