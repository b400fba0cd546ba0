"""Workbooks (XLSX, XLS, XLSB, ODS) → the same text rows a CSV would hold, without trusting the
workbook.

Comes in: bytes. Goes out: CSV bytes of the chosen sheet. Separate because a workbook of 1.4 KB can
ask its reader for 550 GB: the archive is measured first, then read by a child process with limits
on memory and time.
"""

from __future__ import annotations

import io
import json
import re
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from icp_engine.intake.reading.limits import (
    MAX_BYTES,
    MAX_MEMBERS,
    MAX_USED_RANGE,
    SPREADSHEET_MEMORY,
    SPREADSHEET_PATIENCE,
    SPREADSHEET_SECONDS,
    TooLarge,
)
from icp_engine.wording.numbers import count

_CHILD = Path(__file__).with_name("spreadsheet_child.py")
_CHUNK = 1 << 20
_CELL = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_SHEET = re.compile(r"worksheets/[^/]+\.xml$", re.IGNORECASE)


@dataclass(frozen=True)
class SheetText:
    """A sheet as CSV bytes; `sheets` are the names of all that hold anything."""

    content: bytes
    sheet: str
    sheets: tuple[str, ...]


class Unreadable(Exception):  # noqa: N818 - says what the file is
    """The workbook is broken, locked or gives the reader no end."""


def check_archive(archive: zipfile.ZipFile) -> None:
    """Inflate every member, counting: raises TooLarge past the limits on members, bytes or used
    range.

    What the archive's directory says about sizes is not believed, nor what a sheet says about its
    dimension.
    """
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise TooLarge(f"{count(len(members))} files in one", count(MAX_MEMBERS))
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


def column_number(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def read_spreadsheet(
    content: bytes,
    sheet: str = "",
    memory: int = SPREADSHEET_MEMORY,
    seconds: int = SPREADSHEET_SECONDS,
    waiting: Callable[[float], None] = lambda _seconds: None,
    patience: float = SPREADSHEET_PATIENCE,
) -> SheetText:
    """The sheet of this name, else the one with the most cells, as CSV.

    `memory` (bytes) and `seconds` (of computing, so that a busy machine refuses nothing) are limits
    on the child, `patience` (seconds on the clock) on the wait for it. Raises TooLarge or
    Unreadable; never brings the caller down. `waiting` hears of the seconds gone by and may raise
    to stop the reading.
    """
    if content.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                check_archive(archive)
        except (
            zipfile.BadZipFile,
            NotImplementedError,
            RuntimeError,
            OSError,
            EOFError,
            ValueError,
        ) as error:
            raise Unreadable("it is damaged or protected by a password") from error
        except Exception as error:
            if isinstance(error, TooLarge):
                raise
            raise Unreadable("its archive is damaged") from error
    return _parse_output(_run_child(content, sheet, (memory, seconds), patience, waiting))


def _run_child(
    content: bytes,
    sheet: str,
    limits: tuple[int, int],
    patience: float,
    waiting: Callable[[float], None],
) -> bytes:
    memory, seconds = limits
    words = [str(word) for word in (memory, seconds, MAX_USED_RANGE, sheet.replace("\0", ""))]
    command, pipe = [sys.executable, "-I", "-B", str(_CHILD), *words], subprocess.PIPE
    # a pipe is not filled further once waiting for the child was interrupted
    with tempfile.TemporaryFile() as given:
        given.write(content)
        given.seek(0)
        with subprocess.Popen(command, stdin=given, stdout=pipe, stderr=pipe) as child:  # noqa: S603
            try:
                output, told = _wait(child, patience, waiting)
            finally:
                child.kill()
    if child.returncode == 0:
        return output
    if child.returncode == -signal.SIGXCPU:
        raise TooLarge(f"more than {seconds} seconds of reading", f"{seconds} seconds")
    raise _why_it_failed(child.returncode, told, memory)


def _why_it_failed(code: int, told: bytes, memory: int) -> Exception:
    said = told.decode("utf-8", "replace").strip().splitlines()[-1:] or [""]
    if code < 0 or "MemoryError" in said[0] or "memory allocation" in said[0]:
        return TooLarge("more memory than a workbook may take", f"{count(memory >> 20)} MB")
    if "password" in said[0].lower() or "encrypt" in said[0].lower():
        return Unreadable("it is protected by a password")
    return Unreadable("the workbook is damaged")


def _wait(
    child: subprocess.Popen[bytes], patience: float, waiting: Callable[[float], None]
) -> tuple[bytes, bytes]:
    """What the child wrote, asking `waiting` every quarter of a second whether to go on."""
    began = time.monotonic()
    while True:
        gone = time.monotonic() - began
        if gone > patience:
            raise TooLarge(
                f"more than {count(patience)} seconds of waiting", f"{count(patience)} seconds"
            )
        try:
            return child.communicate(timeout=min(0.25, max(patience - gone, 0.001)))
        except subprocess.TimeoutExpired:
            waiting(time.monotonic() - began)


def _parse_output(output: bytes) -> SheetText:
    head, _, body = output.partition(b"\n")
    try:
        told = json.loads(head)
    except ValueError as error:
        raise Unreadable("the workbook is damaged") from error
    if "too_large" in told:
        raise TooLarge(
            f"{count(told['too_large'])} cells in one sheet", f"{count(MAX_USED_RANGE)} cells"
        )
    return SheetText(body, str(told["sheet"]), tuple(told["sheets"]))
