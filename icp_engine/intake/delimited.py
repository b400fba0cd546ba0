"""Bytes of a delimited text file → a frame of texts, however it was exported.

Comes in: the file's bytes. Goes out: a DataFrame of texts whose index is the file's row number, and notes on what was
odd. Separate because encodings, delimiters, preambles and ragged rows have nothing to do with what columns mean.
"""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pandas as pd

from icp_engine.intake.limits import MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_ROWS, TooLarge
from icp_engine.intake.numbers import parse_number
from icp_engine.intake.rows import HEADER_SEARCH_ROWS, blank_rows, drop_footer, find_header, header_names, is_headerless
from icp_engine.types import Frame

DELIMITERS = (",", ";", "\t", "|")
BLANKS = r"\s+"
_SAMPLE_BYTES = 262_144
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
         (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True)
class TextTable:
    """A delimited file as read. `ragged` are row numbers with another number of cells than the header."""

    frame: Frame
    encoding: str
    ragged: tuple[int, ...]
    headerless: bool


def to_utf8(content: bytes) -> tuple[bytes, str]:
    """The content as UTF-8 without BOM, and the encoding it had: utf-8, utf-16, utf-32 or cp1252."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            if encoding == "utf-8":
                return _checked(content[len(mark):])
            return content.decode(encoding, "replace").encode(), encoding
    head = content[:2000]
    if len(head) >= 4 and head.count(0) > len(head) / 4:
        wide = "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
        return content.decode(wide, "replace").encode(), "utf-16"
    return _checked(content)


def _checked(content: bytes) -> tuple[bytes, str]:
    """UTF-8 as it is; with a few broken bytes repaired; anything else is taken for Windows' cp1252."""
    try:
        content.decode("utf-8")
        return content, "utf-8"
    except UnicodeDecodeError:
        repaired = content.decode("utf-8", "replace")
    broken = repaired.count("\ufffd")
    intact = sum(1 for letter in repaired if ord(letter) > 127) - broken
    if intact > 5 * broken:
        return repaired.encode(), "utf-8"
    return content.decode("cp1252", "replace").encode(), "cp1252"


def read_delimited(content: bytes, delimiter: str = "") -> TextTable | None:
    """The table in a text file; None if there is no non-blank line. Raises TooLarge past the limits of `limits`.

    `delimiter` is found from the lines unless given.
    """
    data, encoding = to_utf8(content.replace(b"\0", b"") if content[:4000].count(0) == 1 else content)
    if not data.strip(b" \t\r\n,;|\""):
        return None
    sample = data[:_SAMPLE_BYTES].decode("utf-8", "ignore")
    delimiter = delimiter or find_delimiter(sample)
    rows = sample_rows(sample, delimiter)
    header = max(find_header(rows), 0)
    width = len(rows[header])
    if width > MAX_COLUMNS:
        raise TooLarge(f"{width:,} columns", f"{MAX_COLUMNS:,} columns")
    headerless = is_headerless(rows[header])
    names = header_names([""] * width if headerless else rows[header])
    frame, ragged = _read_body(data, delimiter, header + (0 if headerless else 1), width)
    frame.columns = names
    return TextTable(frame, encoding, ragged, headerless)


def sample_rows(sample: str, delimiter: str) -> list[list[str]]:
    """The first rows of the sample, split; the last is left out where the sample may have cut it."""
    if delimiter == BLANKS:
        return [line.split() for line in sample.splitlines()[:HEADER_SEARCH_ROWS]]
    try:
        rows = list(itertools.islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), 200))
    except csv.Error:
        rows = [line.split(delimiter) for line in sample.splitlines()[:200]]
    return rows[:-1] if len(rows) > 1 and len(sample) >= _SAMPLE_BYTES * 0.9 else rows


def find_delimiter(sample: str) -> str:
    """The sign that splits most lines into the same number of cells, at least two; “,” if none does.

    Runs of blanks count only where no sign does, nothing is quoted, and one column is numbers throughout.
    """
    scores = {delimiter: _consistency(sample_rows(sample, delimiter)) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    if scores[best] > 0:
        return best
    return BLANKS if _is_blank_separated(sample) else ","


def _consistency(rows: list[list[str]]) -> float:
    """Share of rows with the commonest width, times a slow function of that width; 0 for one column."""
    widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    if not widths:
        return 0.0
    several = {width: count for width, count in widths.items() if width > 1}
    if not several:
        return 0.0
    width, count = max(several.items(), key=lambda item: (item[1], item[0]))
    share = count / sum(widths.values())
    return share * (1 - 1 / width) if share > 0.3 else 0.0


def _is_blank_separated(sample: str) -> bool:
    lines = [line for line in sample.splitlines()[:200] if line.strip()]
    rows = [line.split() for line in lines]
    if len(rows) < 2 or '"' in sample or len({len(row) for row in rows[:-1]}) != 1 or len(rows[0]) < 2:
        return False
    aligned = any(re.search(r"\S\s{2,}\S|^\s+\S", line) for line in lines)
    numeric = any(all(parse_number(row[column]) is not None for row in rows[1:-1] or rows[1:])
                  for column in range(len(rows[0])))
    return aligned and numeric


def _read_body(data: bytes, delimiter: str, skip: int, width: int) -> tuple[Frame, tuple[int, ...]]:
    """Data rows by pandas' C parser; by Python's csv module, row by row, where the file is not regular."""
    try:
        frame = _read_regular(data, delimiter, skip, width)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError):
        frame = None
    ragged: tuple[int, ...] = ()
    if frame is None:
        frame, ragged = _read_ragged(data, delimiter, skip, width)
    frame = drop_footer(frame)
    frame = frame[~blank_rows(frame)]
    if len(frame) > MAX_ROWS:
        raise TooLarge(f"more than {MAX_ROWS:,} rows", f"{MAX_ROWS:,} rows")
    return _cut_long_cells(frame), tuple(row for row in ragged if row in frame.index)


def _read_regular(data: bytes, delimiter: str, skip: int, width: int) -> Frame | None:
    """The body, read with one column more than the header has; None if a row is longer or shorter than the header."""
    options: dict[str, Any] = {
        "header": None, "dtype": "str", "keep_default_na": False, "skiprows": skip, "encoding": "utf-8",
        "engine": "c", "nrows": MAX_ROWS + 1,
    }
    if delimiter == BLANKS:
        frame = pd.read_csv(io.BytesIO(data), sep=BLANKS, names=range(width), **options)
    else:
        frame = pd.read_csv(io.BytesIO(data), sep=delimiter, names=range(width + 1), index_col=False,
                            skip_blank_lines=False, **options)
        if frame[width].ne("").any() or _has_short_rows(frame.drop(columns=width), data, delimiter, skip):
            return None
        frame = frame.drop(columns=width)
    frame.index = pd.RangeIndex(skip + 1, skip + 1 + len(frame))
    return frame


def _has_short_rows(body: Frame, data: bytes, delimiter: str, skip: int) -> bool:
    """Whether delimiters are missing: the parser fills short rows in silence, so the file's delimiters are counted."""
    width = body.shape[1]
    if width < 2 or not body[width - 1].eq("").any():
        return False
    head = list(itertools.islice(csv.reader(io.StringIO(data[:_SAMPLE_BYTES].decode("utf-8", "ignore"), newline=""),
                                            delimiter=delimiter), skip))
    before = sum(len(row) - 1 + sum(cell.count(delimiter) for cell in row) for row in head if row)
    inside = sum(int(body[column].str.count(re.escape(delimiter)).sum()) for column in range(width))
    absent = len(body) * (width - 1) - (data.count(delimiter.encode()) - before - inside)
    blank = int(blank_rows(body).sum())
    return absent > 0 and (absent % (width - 1) > 0 or absent > blank * (width - 1))


def _read_ragged(data: bytes, delimiter: str, skip: int, width: int) -> tuple[Frame, tuple[int, ...]]:
    """Row by row: long rows are cut, short ones filled, and both named."""
    text = data.decode("utf-8", "replace")
    rows = _split_rows(text, delimiter)
    numbered = itertools.islice(enumerate(rows, start=1), skip, skip + MAX_ROWS + 1)
    kept: list[list[str]] = []
    ragged: list[int] = []
    for number, row in numbered:
        if len(row) != width and any(cell.strip() for cell in row) and any(row[width:] or ["x"]):
            ragged.append(number)
        kept.append((row + [""] * width)[:width])
    frame = pd.DataFrame(kept, columns=range(width), dtype="str")
    frame.index = pd.RangeIndex(skip + 1, skip + 1 + len(kept))
    return frame, tuple(ragged)


def _split_rows(text: str, delimiter: str) -> list[list[str]]:
    """Rows of cells; where a quote is never closed, quotes are taken for ordinary signs."""
    if delimiter == BLANKS:
        return [line.split() for line in text.splitlines()]
    csv.field_size_limit(MAX_CELL_CHARACTERS * 4)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        plain = csv.reader(text.splitlines(), delimiter=delimiter, quoting=csv.QUOTE_NONE)
        try:
            return [[cell.strip().strip('"') for cell in row] for row in plain]
        except csv.Error as error:
            raise TooLarge("a cell of more than 256 KB", "64 KB a cell") from error


def _cut_long_cells(frame: Frame) -> Frame:
    """Cells cut at the limit: nothing in a CRM is longer, and one such cell would fill a page."""
    for position in range(frame.shape[1]):
        column = frame.iloc[:, position]
        if len(column) and int(column.str.len().max()) > MAX_CELL_CHARACTERS:
            frame = frame.copy()
            frame.isetitem(position, column.str.slice(0, MAX_CELL_CHARACTERS))
    return frame
