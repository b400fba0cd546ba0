"""Tables as CSV text that a spreadsheet shows but never executes: the one writer of CSV for people.

Comes in: any result table; or headers and cells made ready. Goes out: the same table with
formula-like text defused, or its CSV text. Separate because the shell, the pages and the documents
must defuse alike.

Notes: everything that is no number stands in quotes, and a line break inside a text becomes a
blank. So one line is one row to every reader, to those too that look for lines before quotes or
that split at “;”, as spreadsheets do where the comma is the decimal sign. A cell then begins where
a text begins or after a “;” inside it, and both places are defused. A break kept inside quotes
would begin a line of its own for such readers, with a quote before the formula if so wished.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from numbers import Number
from typing import Any

import pandas as pd

from icp_engine.types import Frame, Series

# What hides a sign from a naive check but not from every spreadsheet: blanks, controls, quotes
_HIDING = r"[\s\"\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]*+"
_SIGN = rf"{_HIDING}[=+\-@\uff1d\uff0b\uff0d\uff20]"
FORMULA_SIGN = re.compile(rf"\A{_SIGN}")
FORMULA_STARTS = re.compile(rf"\A[\t\r]|\A{_SIGN}")
_BREAKS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_HALF_SIGNS = re.compile(r"[\ud800-\udfff]")  # no encoding has them: a file could not be written


def mark_formulas(text: str, is_harmless: Callable[[str], Any] = lambda _text: False) -> str:
    """' before a text that a spreadsheet would read as a formula, and after each “;” likewise.

    is_harmless: asked of each such piece; what it says yes to stays. Marking twice marks once.
    Source: OWASP, CSV Injection.
    """
    if ";" in text:
        first, *later = text.split(";")
        pieces = (_mark(piece, FORMULA_SIGN, is_harmless) for piece in later)
        return ";".join([_mark(first, FORMULA_STARTS, is_harmless), *pieces])
    return _mark(text, FORMULA_STARTS, is_harmless)


def _mark(text: str, starts: re.Pattern[str], is_harmless: Callable[[str], Any]) -> str:
    return "'" + text if starts.match(text) and not is_harmless(text) else text


def escape_formula(frame: Frame) -> Frame:
    """Mark every text (cells, headers, index) that a spreadsheet would read as a formula.

    Numbers, dates and booleans stay as they are; a text such as "-5" counts as text and gets the
    mark. Returns a new frame of the same shape and index order.
    """
    escaped = frame.copy(deep=False)
    for position, dtype in enumerate(frame.dtypes):
        if _may_hold_text(dtype):
            escaped.isetitem(position, _escape_series(frame.iloc[:, position]))
    escaped.columns = pd.Index([_escape_text(name) for name in frame.columns], dtype=object)
    if _may_hold_text(frame.index.dtype):
        labels = [_escape_text(label) for label in frame.index]
        escaped.index = pd.Index(labels, name=frame.index.name, dtype=object)
    escaped.index.name = _escape_text(frame.index.name)
    return escaped


def to_csv_text(frame: Frame, *, index: bool = True) -> str:
    """CSV text (comma, one header line, "\\n") with formulas defused; missing values are empty
    cells.

    `index` True writes the index as first column under its own name. Floats keep 10 significant
    digits.
    """
    escaped = escape_formula(frame)
    headers = list(escaped.columns)
    columns = [_cells(escaped.iloc[:, place]) for place in range(escaped.shape[1])]
    if index:
        headers.insert(0, "" if escaped.index.name is None else escaped.index.name)
        columns.insert(0, _cells(pd.Series(escaped.index, dtype=escaped.index.dtype)))
    return join_cells([str(header) for header in headers], columns)


def join_cells(headers: Iterable[str], columns: Sequence[Iterable[str]]) -> str:
    """Headers and columns of cells as CSV text. Cells are numbers as text or made by `quote`;
    headers are defused already and quoted here.
    """
    rows = [[quote(header) for header in headers], *zip(*columns, strict=True)]
    alone = len(columns) == 1  # one empty cell alone in its row would be no row
    return "".join([(",".join(row) or ('""' if alone else "")) + "\n" for row in rows])


def quote(text: str) -> str:
    """A text as a cell: in quotes and on one line; an empty one is an empty cell."""
    if not text:
        return ""
    if not text.isprintable():  # as every break and half a sign is not
        text = _HALF_SIGNS.sub("\ufffd", _BREAKS.sub(" ", text))
    return '"' + text.replace('"', '""') + '"'


def _cells(column: Series) -> list[str]:
    """A column's values as cells; whatever is no number is quoted."""
    dtype = column.dtype
    is_number = pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_bool_dtype(dtype)
    if _may_hold_text(dtype):
        return [
            "" if missing else _object_cell(value)
            for value, missing in zip(column, column.isna(), strict=True)
        ]
    printed = _print(column)
    return printed if is_number else [quote(text) for text in printed]


def _object_cell(value: Any) -> str:
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, Number) and not isinstance(value, bool):
        return str(value)
    return quote(mark_formulas(str(value)))


def _print(column: Series) -> list[str]:
    """Numbers, dates and booleans as pandas prints a whole column: days without a time where all
    are.
    """
    text = column.to_csv(
        index=False, header=False, na_rep="", float_format="%.10g", lineterminator="\n"
    )
    return [cell.strip('"') for cell in text.split("\n")[:-1]]


def _may_hold_text(dtype: Any) -> bool:
    return bool(
        pd.api.types.is_string_dtype(dtype)
        or pd.api.types.is_object_dtype(dtype)
        or isinstance(dtype, pd.CategoricalDtype)
    )


def _escape_series(values: Series) -> Series:
    # A categorical cannot take a new level in place, so every text column becomes plain objects.
    return pd.Series([_escape_text(value) for value in values], index=values.index, dtype=object)


def _escape_text(value: Any) -> Any:
    return mark_formulas(value) if isinstance(value, str) else value
