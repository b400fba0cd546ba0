"""The data rows of a delimited text → a frame of texts, by Arrow where quotes close, row by row
where they do not.

Comes in: UTF-8 bytes, the delimiter, how many rows to skip and how wide the table is. Goes out: a
DataFrame by row number and the numbers of rows that were not as wide as the table: those mended,
and those cut or filled. Separate because it is what a million rows wait for: the file is read block
by block, so that rows are bounded and told while it is read.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow
import pyarrow.csv

from icp_engine.intake.reading.limits import (
    MAX_CELL_CHARACTERS,
    MAX_CELLS,
    MAX_ROWS,
    TooLarge,
    check_count,
)
from icp_engine.intake.reading.table_in_rows import blank_rows, drop_footer
from icp_engine.types import Frame
from icp_engine.values.arrow import longest_bytes, to_text
from icp_engine.wording.numbers import count

BLANKS = r"\s+"
_BLOCK_BYTES = 4 << 20  # a row must fit into a block, else the file is read row by row
_CHUNK_ROWS = 50_000
_CHUNK_CELLS = 1_000_000

Report = Callable[[int, float], None]  # (rows read, share of the file read 0–1)


class OddRows(NamedTuple):
    """Row numbers: `ragged` were cut or filled to the table's width, `rejoined` had one cell that
    stood in pieces.
    """

    ragged: tuple[int, ...] = ()
    rejoined: tuple[int, ...] = ()

    def within(self, frame: Frame) -> OddRows:
        """Those that the frame has."""
        kept = (
            set(frame.index[frame.index.isin([*self.ragged, *self.rejoined])])
            if any(self)
            else set()
        )
        return OddRows(*(tuple(row for row in rows if row in kept) for rows in self))


def read_body(
    data: bytes, delimiter: str, skip: int, width: int, report: Report
) -> tuple[Frame, OddRows]:
    """Every data row that is not blank and no footer. Raises TooLarge beyond `MAX_ROWS`; whatever
    `report` raises.
    """
    read = None
    if delimiter != BLANKS and (data.count(b'"') % 2 == 0 or _quotes_close(data, delimiter)):
        read = _read_blocks(data, delimiter, skip, width, report)
    frame, odd = read or _read_row_by_row(data, delimiter, skip, width, report)
    frame = drop_footer(frame)
    blank = blank_rows(frame)
    frame = frame[~blank] if blank.any() else frame
    check_rows(len(frame))
    return cut_long_cells(frame), odd.within(frame)


def check_rows(rows: int) -> None:
    """Raise TooLarge where there are more rows than a table may have."""
    if rows > MAX_ROWS:
        raise TooLarge(f"more than {count(MAX_ROWS)} rows", f"{count(MAX_ROWS)} rows")


def _read_blocks(
    data: bytes, delimiter: str, skip: int, width: int, report: Report
) -> tuple[Frame, OddRows] | None:
    """The body by Arrow, block by block; None where a quote or a row runs on beyond a block."""
    odd: list[tuple[int, str]] = []

    def keep_odd(row: Any) -> str:
        odd.append((row.number, row.text))
        return "skip"

    columns: list[list[Any]] = [[] for _ in range(width)]
    rows, blocks = 0, 0
    try:
        for batch in _open_blocks(data, delimiter, skip, width, keep_odd):
            rows, blocks = rows + batch.num_rows, blocks + 1
            check_rows(rows - _CHUNK_ROWS)  # a few blank rows more are none
            check_count(rows * width, MAX_CELLS, "cells")
            for column, values in zip(columns, batch.columns, strict=True):
                column.append(values)
            report(rows, min(blocks * _BLOCK_BYTES / len(data), 1.0))
    except pyarrow.ArrowException:
        return None
    if any(text.count('"') % 2 for _, text in odd):
        return None
    return _join_rows(_to_frame(columns, rows), odd, delimiter, skip)


def _open_blocks(
    data: bytes, delimiter: str, skip: int, width: int, keep_odd: Callable[[Any], str]
) -> Any:
    names = [str(position) for position in range(width)]
    end = len(data)
    # a slice of a buffer, since stripping bytes copies them
    while end and data[end - 1] in b"\r\n":
        end -= 1
    return pyarrow.csv.open_csv(
        pyarrow.BufferReader(pyarrow.py_buffer(data).slice(0, end)),
        read_options=pyarrow.csv.ReadOptions(
            column_names=names,
            skip_rows_after_names=skip,
            block_size=_BLOCK_BYTES,
            use_threads=False,
        ),  # rows are numbered, and two cores gain nothing
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=delimiter,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=keep_odd,
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pyarrow.large_string()),
            check_utf8=False,
            strings_can_be_null=False,
        ),
    )


def _to_frame(columns: list[list[Any]], rows: int) -> Frame:
    """The blocks as columns, left in pieces: putting them together would hold a column twice."""
    texts = [pyarrow.chunked_array(pieces, pyarrow.large_string()) for pieces in columns]
    return pd.DataFrame(
        {place: to_text(values) for place, values in enumerate(texts)}, index=pd.RangeIndex(rows)
    )


def _join_rows(
    frame: Frame, odd: list[tuple[int, str]], delimiter: str, skip: int
) -> tuple[Frame, OddRows]:
    """The frame by row number with rows of another width put in their places, mended, cut or
    filled.
    """
    if not odd:
        return frame.set_axis(pd.RangeIndex(skip + 1, skip + 1 + len(frame))), OddRows()
    width = frame.shape[1]
    numbers = np.array([number for number, _ in odd])
    everyone = np.arange(skip + 1, skip + 1 + len(frame) + len(odd))
    frame.index = pd.Index(everyone[~np.isin(everyone, numbers)])
    cells = [(number, next(csv.reader([text], delimiter=delimiter), [])) for number, text in odd]
    fitted, rows = _fit_rows(cells, width, delimiter)
    joined = pd.concat([frame, fitted]) if len(frame) else fitted
    return (joined if numbers[0] > everyone[len(frame) - 1] else joined.sort_index()), rows


def _fit_rows(
    cells: list[tuple[int, list[str]]], width: int, delimiter: str
) -> tuple[Frame, OddRows]:
    """Rows by number as a frame of the table's width."""
    mended = [(number, rejoin(row, width, delimiter), row) for number, row in cells]
    ragged = tuple(number for number, row, _ in mended if _is_ragged(row, width))
    rejoined = tuple(number for number, row, before in mended if len(row) < len(before))
    fitted = [(row + [""] * width)[:width] for _, row, _ in mended]
    numbers = [number for number, _ in cells]
    return pd.DataFrame(fitted, index=numbers, columns=range(width), dtype="str"), OddRows(
        ragged, rejoined
    )


def rejoin(row: list[str], width: int, delimiter: str) -> list[str]:
    """A row too long because cells hold the delimiter without quotes (“Rua do Paço, 67”), put
    together again.

    Only where it is certain: as many cells begin with a blank as there are too many.
    """
    pieces = [place for place, cell in enumerate(row) if place and cell[:1] == " " and cell.strip()]
    if not pieces or len(row) - len(pieces) != width:
        return row
    whole = row[:1]
    for cell in row[1:]:
        if cell[:1] == " " and cell.strip():
            whole[-1] += delimiter + cell
        else:
            whole.append(cell)
    return whole


def _is_ragged(row: list[str], width: int) -> bool:
    """Whether cells with something in them are cut, or cells are missing; a blank row is neither."""
    if len(row) > width:
        return any(cell.strip() for cell in row[width:])
    return len(row) < width and any(cell.strip() for cell in row)


def _read_row_by_row(
    data: bytes, delimiter: str, skip: int, width: int, report: Report
) -> tuple[Frame, OddRows]:
    """By Python's reader: long rows are mended or cut, short ones filled, and both named."""
    parts: list[Frame] = []
    ragged: list[int] = []
    rejoined: list[int] = []
    done = 0
    numbered = itertools.islice(
        enumerate(_split_rows(data, delimiter), start=1), skip, skip + MAX_ROWS + _CHUNK_ROWS
    )
    most = max(1, min(_CHUNK_ROWS, _CHUNK_CELLS // width))
    while chunk := list(itertools.islice(numbered, most)):
        part, odd = _fit_rows(chunk, width, delimiter)
        parts.append(part)
        ragged += odd.ragged
        rejoined += odd.rejoined
        done += len(chunk)
        check_count(done * width, MAX_CELLS, "cells")
        report(done, 0.5)
    frame = pd.concat(parts) if parts else pd.DataFrame(columns=range(width), dtype="str")
    return frame, OddRows(tuple(ragged), tuple(rejoined))


def _lines(data: bytes) -> io.TextIOWrapper:
    """The text line by line, without a second copy of it."""
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="replace", newline="")


def _split_rows(data: bytes, delimiter: str) -> Iterable[list[str]]:
    """Rows of cells; where a quote is never closed, quotes are taken for ordinary signs."""
    if delimiter == BLANKS:
        return (line.split() for line in _plain_lines(data))
    csv.field_size_limit(MAX_CELL_CHARACTERS * 4)
    if _quotes_close(data, delimiter):
        return csv.reader(_lines(data), delimiter=delimiter)
    lines = (line[: MAX_CELL_CHARACTERS * 4] for line in _plain_lines(data))
    plain = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    return ([cell.strip().strip('"') for cell in row] for row in plain)


def _plain_lines(data: bytes) -> Iterator[str]:
    return (
        line.rstrip("\n")
        for line in io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="replace")
    )


def _quotes_close(data: bytes, delimiter: str) -> bool:
    """Whether no quote runs on to the end of the file and no cell runs away."""
    csv.field_size_limit(MAX_CELL_CHARACTERS * 4)
    try:
        for _ in csv.reader(_lines(data), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "expected after" in str(error)  # a stray quote inside a cell does no harm
    return True


def cut_long_cells(frame: Frame) -> Frame:
    """Cells cut at the limit: nothing in a CRM is longer, and one such cell would fill a page."""
    for position in range(frame.shape[1]):
        column = frame.iloc[:, position]
        if len(column) and longest_bytes(column) > MAX_CELL_CHARACTERS:
            frame = frame.copy()
            frame.isetitem(position, column.str.slice(0, MAX_CELL_CHARACTERS))
    return frame
