"""Files as strangers send them, made by hand: workbooks old and new, archives, Parquet, and hostile
ones.

Comes in: rows. Goes out: bytes. Separate because `defects` says what is wrong, and this says how to
write it down.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import openpyxl
import pandas as pd
import pyarrow
import pyarrow.parquet


def workbook(sheets: Mapping[str, list[list[Any]]], merged: tuple[str, ...] = ()) -> bytes:
    """An XLSX; `merged` ranges are of its last sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    return _saved(book)


def _saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def archive(members: Mapping[str, bytes | str]) -> bytes:
    """A ZIP of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    return stream.getvalue()


def half_a_terabyte() -> bytes:
    """A well-formed workbook of two cells in opposite corners."""
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "x", "y"
    return _saved(book)


def lying_dimension() -> bytes:
    """A workbook whose sheet gives a small dimension and then names a cell in the last row and
    column.
    """
    with zipfile.ZipFile(io.BytesIO(half_a_terabyte())) as honest:
        parts = {name: honest.read(name) for name in honest.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    return archive({**parts, "xl/worksheets/sheet1.xml": sheet.replace(b"A1:XFD1048576", b"A1:B2")})


def parquet(frame: pd.DataFrame) -> bytes:
    """The frame as Parquet."""
    stream = io.BytesIO()
    frame.to_parquet(stream)
    return stream.getvalue()


def swollen_parquet() -> bytes:
    """Fifty kilobytes that stand for a terabyte: one long text, a million times."""
    stream = io.BytesIO()
    indices, long = pyarrow.array([0] * 1_000_000, pyarrow.int32()), pyarrow.array(["x" * 100_000])
    pyarrow.parquet.write_table(
        pyarrow.table({"a": pyarrow.DictionaryArray.from_arrays(indices, long)}), stream
    )
    return stream.getvalue()


def old_workbook(rows: list[list[str | float]]) -> bytes:
    """An XLS (BIFF8 in a compound file) written by hand: nothing installed writes them any more."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    cells = b""
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(value, str):
                cells += record(
                    0x0204, place + struct.pack("<HB", len(value), 0) + value.encode("latin-1")
                )
            else:
                cells += record(0x0203, place + struct.pack("<d", value))
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    sheet = (
        record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
        + cells
        + record(0x000A, b"")
    )
    end = record(0x000A, b"")
    bound_size = 4 + 4 + 2 + 2 + 5
    offset = len(start) + bound_size + len(end)
    bound = record(0x0085, struct.pack("<IHBB", offset, 0, 5, 0) + b"Deals")
    return _compound(start + bound + end + sheet)


def _compound(stream: bytes) -> bytes:
    """A compound file of one stream, “Workbook”: header, allocation table, directory, data."""
    data = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(data) // 512
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    table = [0xFFFFFFFD, end, *range(3, 2 + sectors), end]
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
    )
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)

    def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        wide = name.encode("utf-16-le") + b"\0\0"
        told = wide.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(wide) if name else 0, kind, 1, free, free, child
        )
        return told + bytes(36) + struct.pack("<IQ", first, size)

    directory = (
        entry("Root Entry", 5, 1, end, 0)
        + entry("Workbook", 2, free, 2, len(data))
        + 2 * entry("", 0, free, 0, 0)
    )
    return header + struct.pack("<128I", *table, *[free] * (128 - len(table))) + directory + data


def picture() -> bytes:
    """A PNG's beginning."""
    return b"\x89PNG\r\n\x1a\n" + zlib.compress(bytes(range(256)) * 8)
