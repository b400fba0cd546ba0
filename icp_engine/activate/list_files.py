"""A scored list as CSV or XLSX: what the list brought goes back as it stood.

Comes in: `ScoredList`, or any table with text columns. Goes out: text, bytes. Separate from
`export`, which defuses every text: here a number written as text (“-5”, “+49”) is somebody's data
and stays, a formula never does.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from icp_engine.activate.export import join_cells, mark_formulas, quote
from icp_engine.types import Frame, Series
from icp_engine.wording.numbers import count

# Digits with signs between them cannot run; “+49 30 1234” and “-1.5%” are what they look like.
PLAIN_NUMBER = re.compile(r"\A\s*+[+\-]?[0-9]++(?:[ .,'/()-][0-9]++)*+\s*+(?:%\s*+)?")
# Written back alike by every spreadsheet: no leading zero, no trailing zero, at most fifteen digits
EXACT_NUMBER = re.compile(
    r"-?(?:0|[1-9][0-9]{0,14})|-?(?=[0-9.]{3,16}$)(?:0|[1-9][0-9]*)\.[0-9]*[1-9]"
)
SHEET_ROWS = 1_048_575  # of data, below the header
CELL_CHARACTERS = 32_767
WIDEST = 60


def list_to_csv(frame: Frame, headers: Sequence[str]) -> str:
    """CSV text (comma, “\\n”): every cell as it stands but for line breaks, which become blanks;
    text that a spreadsheet would run gets a leading '.

    headers: one a column, in their order; two may be alike. Missing values are empty cells.
    """
    columns = [_csv_cells(frame.iloc[:, position]) for position in range(frame.shape[1])]
    return join_cells([defuse(header) for header in headers], columns)


def defuse(value: Any) -> Any:
    """' before a text that starts like a formula and is not a plain number; everything else as it
    is.
    """
    return mark_formulas(value, PLAIN_NUMBER.fullmatch) if isinstance(value, str) else value


def _csv_cells(column: Series) -> list[str]:
    if pd.api.types.is_datetime64_any_dtype(column):
        return [quote(day) for day in _days(column)]
    if pd.api.types.is_bool_dtype(column):
        return ["" if pd.isna(value) else quote(str(value)) for value in column]
    if pd.api.types.is_numeric_dtype(column):
        return ["" if pd.isna(value) else str(value) for value in column.astype(object)]
    codes, distinct = pd.factorize(column)
    cells = [*(quote(defuse(str(value))) for value in distinct), ""]
    return [cells[code] for code in codes]


def _days(column: Series) -> list[str]:
    return [_day(value) for value in column]


def _day(value: Any) -> str:
    if pd.isna(value):
        return ""
    return str(value.date().isoformat() if value == value.normalize() else value.isoformat(" "))


def list_to_xlsx(frame: Frame, headers: Sequence[str], sheet: str = "Scored") -> bytes:
    """A workbook with one sheet: texts stay texts, so no formula runs and no leading zero is lost.

    A column is written as numbers only where every filled cell reads back digit by digit. Headers
    are bold and stay in sight; columns are as wide as their texts, at most WIDEST signs. Raises
    ValueError past the rows of a sheet.
    """
    # loaded when asked for: start-up stays light
    import xlsxwriter

    if len(frame) > SHEET_ROWS:
        raise ValueError(
            f"a sheet holds {count(SHEET_ROWS)} rows, the list has {count(len(frame))}"
        )
    buffer = io.BytesIO()
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
        "nan_inf_to_errors": False,
    }
    with xlsxwriter.Workbook(buffer, options) as workbook:
        page = workbook.add_worksheet(sheet)
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for place, header in enumerate(headers):
            values = _cells(frame.iloc[:, place])
            page.write_string(0, place, header[:CELL_CHARACTERS], bold)
            page.set_column(place, place, _width(header, values))
            _write_column(page, place, values)
        page.freeze_panes(1, 0)
        if len(frame):
            page.autofilter(0, 0, len(frame), max(len(headers) - 1, 0))
    return buffer.getvalue()


def _write_column(page: Any, place: int, values: Sequence[Any]) -> None:
    for row, value in enumerate(values, start=1):
        if isinstance(value, str):
            if value:
                page.write_string(row, place, value[:CELL_CHARACTERS])
        elif value is not None:
            page.write_number(row, place, value)


def _cells(column: Series) -> list[Any]:
    """Numbers, texts, or None where empty."""
    if pd.api.types.is_bool_dtype(column):
        return [None if pd.isna(value) else "TRUE" if value else "FALSE" for value in column]
    if pd.api.types.is_numeric_dtype(column):
        return [None if pd.isna(value) else float(value) for value in column]
    texts = _days(column) if pd.api.types.is_datetime64_any_dtype(column) else _texts(column)
    filled = [text for text in texts if text]
    if filled and all(EXACT_NUMBER.fullmatch(text) for text in filled):
        return [float(text) if text else None for text in texts]
    return texts


def _texts(column: Series) -> list[str]:
    codes, distinct = pd.factorize(column)
    texts = [*(str(value) for value in distinct), ""]
    return [texts[code] for code in codes]


def _width(header: str, values: Sequence[Any]) -> float:
    longest = max((len(str(value)) for value in values[:200] if value is not None), default=0)
    return float(min(max(longest, len(header) // 2, 8) + 2, WIDEST))
