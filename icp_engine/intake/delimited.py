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
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow
import pyarrow.csv

from icp_engine.intake.limits import MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_ROWS, TooLarge
from icp_engine.intake.numbers import parse_number
from icp_engine.intake.rows import HEADER_SEARCH_ROWS, blank_rows, drop_footer, find_header, header_names, is_headerless
from icp_engine.types import Frame

DELIMITERS = (",", ";", "\t", "|")
BLANKS = r"\s+"
_SAMPLE_BYTES = 262_144
_BLOCK_BYTES = 8 << 20  # a row must fit into a block
_CHUNK_ROWS = 50_000
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
    data = data.rstrip(b"\r\n")
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
    """Data rows by Arrow where every row is as wide as the header, row by row where the file is not regular."""
    frame = None if delimiter == BLANKS else _read_regular(data, delimiter, skip, width)
    ragged: tuple[int, ...] = ()
    if frame is None:
        frame, ragged = _read_ragged(data, delimiter, skip, width)
    frame = drop_footer(frame)
    blank = blank_rows(frame)
    frame = frame[~blank] if blank.any() else frame
    if len(frame) > MAX_ROWS:
        raise TooLarge(f"more than {MAX_ROWS:,} rows", f"{MAX_ROWS:,} rows")
    return _cut_long_cells(frame), tuple(row for row in ragged if row in frame.index)


def _read_regular(data: bytes, delimiter: str, skip: int, width: int) -> Frame | None:
    """The body as texts; None if a row is longer or shorter than the header, or quotes do not close."""
    names = [str(position) for position in range(width)]
    try:
        table = pyarrow.csv.read_csv(
            pyarrow.BufferReader(data),
            read_options=pyarrow.csv.ReadOptions(
                column_names=names, skip_rows_after_names=skip, block_size=_BLOCK_BYTES),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pyarrow.large_string()), check_utf8=False,
                strings_can_be_null=False),
        )
    except (pyarrow.ArrowException, ValueError):
        return None
    text = pd.StringDtype(na_value=np.nan)
    frame = table.to_pandas(types_mapper=lambda kind: text if kind == pyarrow.large_string() else None)
    frame.columns = range(width)
    frame.index = pd.RangeIndex(skip + 1, skip + 1 + len(frame))
    return frame


def _read_ragged(data: bytes, delimiter: str, skip: int, width: int) -> tuple[Frame, tuple[int, ...]]:
    """Row by row: long rows are cut, short ones filled, and both named (a row that is blank beyond is neither)."""
    rows = enumerate(_split_rows(data.decode("utf-8", "replace"), delimiter), start=1)
    parts: list[Frame] = []
    ragged: list[int] = []
    numbered = itertools.islice(rows, skip, skip + MAX_ROWS + 1)
    while chunk := list(itertools.islice(numbered, _CHUNK_ROWS)):
        ragged += [number for number, row in chunk if _is_ragged(row, width)]
        cells = [(row + [""] * width)[:width] for _, row in chunk]
        parts.append(pd.DataFrame(cells, index=[number for number, _ in chunk], columns=range(width), dtype="str"))
    frame = pd.concat(parts) if parts else pd.DataFrame(columns=range(width), dtype="str")
    return frame, tuple(ragged)


def _is_ragged(row: list[str], width: int) -> bool:
    if len(row) > width:
        return any(cell.strip() for cell in row[width:])
    return len(row) < width and any(cell.strip() for cell in row)


def _split_rows(text: str, delimiter: str) -> Iterable[list[str]]:
    """Rows of cells; where a quote is never closed, quotes are taken for ordinary signs."""
    if delimiter == BLANKS:
        return (line.split() for line in text.splitlines())
    csv.field_size_limit(MAX_CELL_CHARACTERS * 4)
    if _quotes_close(text, delimiter):
        return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines = (line[: MAX_CELL_CHARACTERS * 4] for line in text.splitlines())
    plain = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    return ([cell.strip().strip('"') for cell in row] for row in plain)


def _quotes_close(text: str, delimiter: str) -> bool:
    """Whether no quote runs on to the end of the file and no cell runs away."""
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "expected after" in str(error)  # a stray quote inside a cell does no harm
    return True


def _cut_long_cells(frame: Frame) -> Frame:
    """Cells cut at the limit: nothing in a CRM is longer, and one such cell would fill a page."""
    for position in range(frame.shape[1]):
        column = frame.iloc[:, position]
        if len(column) and int(column.str.len().max()) > MAX_CELL_CHARACTERS:
            frame = frame.copy()
            frame.isetitem(position, column.str.slice(0, MAX_CELL_CHARACTERS))
    return frame
