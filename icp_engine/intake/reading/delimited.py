"""Bytes of a delimited text file → a frame of texts, however it was exported.

Comes in: the file's bytes. Goes out: a DataFrame of texts whose index is the file's row number, and
notes on what was odd. Separate because encodings, delimiters, preambles and ragged rows have
nothing to do with what columns mean.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from icp_engine.intake.reading.contents import is_blank
from icp_engine.intake.reading.encoding import to_utf8
from icp_engine.intake.reading.header_lines import read_header
from icp_engine.intake.reading.limits import MAX_COLUMNS, MAX_LINE_BYTES, TooLarge
from icp_engine.intake.reading.table_in_rows import (
    HEADER_SEARCH_ROWS,
    fill_groups,
    find_counts,
    find_grand_total,
    find_header,
    find_header_again,
    find_totals,
    first_filled,
    header_names,
)
from icp_engine.intake.reading.text_rows import BLANKS, OddRows, Report, read_body
from icp_engine.types import Frame
from icp_engine.values.numbers import parse_number
from icp_engine.wording.numbers import count

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_BYTES = 262_144
_SAMPLE_ROWS = 200
_BLANK_LINES = re.compile(rb"\A(?:[ \t,;|]*+(?:\r\n|\n|\r))*+")  # as they may stand before a table
_SAID = re.compile(r"\A\ufeff?\"?sep=([!#-&(-/:-@\[-`{-~\t])\"?[\r\n]", re.IGNORECASE)  # for Excel
_ALIGNED = re.compile(r"\S\s{2,}\S|^\s+\S")


@dataclass(frozen=True)
class TextTable:
    """A delimited file as read. `odd`: numbers of the rows with another number of cells than the
    header.

    `header_lines`: 0 where names are missing, 2 where a name stands in two lines. `left_out`:
    problem code → numbers of rows that are no data.
    """

    frame: Frame
    encoding: str
    odd: OddRows
    header_lines: int
    left_out: dict[str, tuple[int, ...]]


def nobody(_rows: int, _share: float) -> None:
    """A report that nobody waits for."""


def read_delimited(
    content: bytes, delimiter: str = "", report: Report = nobody
) -> TextTable | None:
    """The table in a text file; None if there is no non-blank line. Raises TooLarge past the limits
    of `limits`.

    `delimiter` is found from the lines unless given. `report` hears of rows as they are read and
    may raise to stop.
    """
    if len(content) > MAX_LINE_BYTES and all(
        content.find(end, 0, MAX_LINE_BYTES) < 0 for end in (b"\n", b"\r")
    ):
        raise TooLarge("a line without an end", f"{MAX_LINE_BYTES >> 20} MB a line")
    data, encoding = to_utf8(
        content.replace(b"\0", b"") if content[:4000].count(0) == 1 else content
    )
    del content
    if is_blank(data, b' \t\r\n,;|"'):
        return None
    begin = _BLANK_LINES.match(data)
    before = begin.end() if begin else 0
    sample = data[before : before + _SAMPLE_BYTES].decode("utf-8", "ignore")
    delimiter = delimiter or find_delimiter(sample)
    rows = sample_rows(sample, delimiter)
    position = max(find_header(rows), 0)
    width = len(rows[position])
    if width > MAX_COLUMNS:
        raise TooLarge(f"{count(width)} columns", f"{count(MAX_COLUMNS)} columns")
    header = read_header(rows, position)
    width = max(width, len(header.names))
    names = header_names(header.names)
    skip = _count_lines(data[:before]) + header.data
    frame, odd = read_body(data, delimiter, skip, width, report)
    frame.columns = pd.Index(names, dtype="str")
    frame, left_out = _leave_out(frame, rows[position] if header.lines else [])
    return TextTable(frame, encoding, odd, header.lines, left_out)


def _count_lines(data: bytes) -> int:
    """Ends of lines, in any of the three ways to write one."""
    return data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")


def _leave_out(frame: Frame, header: Sequence[str]) -> tuple[Frame, dict[str, tuple[int, ...]]]:
    """The rows that are data, and by problem code the numbers of those that are not."""
    totals = find_totals(frame)
    added_up = totals | find_counts(frame, totals) | find_grand_total(frame)
    found = {"rows-total": added_up}
    if header:
        found["header-repeated"] = find_header_again(frame, header)
    left_out = {code: tuple(frame.index[rows]) for code, rows in found.items() if rows.any()}
    gone = [number for numbers in left_out.values() for number in numbers]
    return fill_groups(frame.drop(index=gone), int(totals.sum())) if gone else frame, left_out


def sample_rows(sample: str, delimiter: str) -> list[Sequence[str]]:
    """The first rows of the sample, split; the last is left out where the sample may have cut it."""
    if delimiter == BLANKS:
        return first_filled(map(str.split, sample.splitlines()), HEADER_SEARCH_ROWS)
    try:
        rows = first_filled(
            csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), _SAMPLE_ROWS
        )
    except csv.Error:
        lines = (line.split(delimiter) for line in sample.splitlines())
        rows = first_filled(lines, _SAMPLE_ROWS)
    return rows[:-1] if len(rows) > 1 and len(sample) >= _SAMPLE_BYTES * 0.9 else rows


def find_delimiter(sample: str) -> str:
    """The sign that a first line “sep=;” names, else the one that splits most lines into the same
    number of cells, at least two; “,” if none does.

    Runs of blanks count only where no sign does, nothing is quoted, and one column is numbers
    throughout.
    """
    if said := _SAID.match(sample):
        return said[1]
    scores = {delimiter: _consistency(sample_rows(sample, delimiter)) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    if scores[best] > 0:
        return best
    return BLANKS if _is_blank_separated(sample) else ","


def _consistency(rows: Sequence[Sequence[str]]) -> float:
    """Share of rows with the commonest width, times a slow function of that width; 0 for one
    column.
    """
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
    if (
        len(rows) < 2
        or '"' in sample
        or len({len(row) for row in rows[:-1]}) != 1
        or len(rows[0]) < 2
    ):
        return False
    aligned = any(_ALIGNED.search(line) for line in lines)
    numeric = any(
        all(parse_number(row[column]) is not None for row in rows[1:-1] or rows[1:])
        for column in range(len(rows[0]))
    )
    return aligned and numeric
