"""Values as JSON can hold them.

Comes in: results with numbers of numpy and pandas. Goes out: JSON's own types. Separate because
files, pictures and the live control of a page must all write what is missing as null.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from icp_engine.types import Frame
from icp_engine.wording.dates import iso_day


def json_value(value: Any) -> Any:
    """JSON's own types: numbers of numpy to numbers, dates to ISO text, what is missing or without
    limit to null.
    """
    if isinstance(value, dict):
        return {str(key): json_value(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [json_value(inner) for inner in value]
    if value is None or isinstance(value, (str, bool, int)):
        return value
    return _scalar(value)


def json_records(table: Frame) -> list[dict[str, Any]]:
    """One dict a row."""
    return [json_value(row) for row in table.to_dict("records")]


def _scalar(value: Any) -> Any:
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return iso_day(value)
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, float):
        return plain if math.isfinite(plain) else None
    return plain if isinstance(plain, (str, bool, int)) else str(plain)
