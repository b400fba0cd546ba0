"""Tables as CSV text that a spreadsheet shows but never executes.

Comes in: any result table. Goes out: the same table with formula-like text defused, or its CSV
text. Separate because the shell, the pages and the documents must defuse alike.
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from icp_engine.types import Frame, Series

FORMULA_STARTS = re.compile(r"\A[\t\r]|\A\s*+[=+\-@\uff1d\uff0b\uff0d\uff20]")


def escape_formula(frame: Frame) -> Frame:
    """Put ' before every text (cells, headers, index) that a spreadsheet would read as a formula.

    Numbers, dates and booleans stay as they are; a text such as "-5" counts as text and gets the
    mark. Returns a new frame of the same shape and index order. Source: OWASP, CSV Injection.
    """
    escaped = frame.copy(deep=False)
    for position, dtype in enumerate(frame.dtypes):
        if _may_hold_text(dtype):
            escaped.isetitem(position, _escape_series(frame.iloc[:, position]))
    escaped.columns = pd.Index([_escape_text(name) for name in frame.columns], dtype=object)
    if _may_hold_text(frame.index.dtype):
        escaped.index = pd.Index(
            [_escape_text(label) for label in frame.index], name=frame.index.name
        )
    escaped.index.name = _escape_text(frame.index.name)
    return escaped


def to_csv_text(frame: Frame, *, index: bool = True) -> str:
    """CSV text (comma, one header line, "\\n") with formulas defused; missing values are empty
    cells.

    `index` True writes the index as first column under its own name. Floats keep 10 significant
    digits.
    """
    escaped = escape_formula(frame)
    return str(escaped.to_csv(index=index, na_rep="", float_format="%.10g", lineterminator="\n"))


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
    # A leading blank hides the sign from a naive check but not from every spreadsheet.
    if isinstance(value, str) and FORMULA_STARTS.match(value):
        return "'" + value
    return value
