"""JSON and Parquet → a frame.

Comes in: bytes. Goes out: a DataFrame, texts from JSON, own types from Parquet. Separate because these formats name
their columns in every record and need no search for header or delimiter.
"""

from __future__ import annotations

import io
import json
from typing import Any

import pandas as pd
import pyarrow.parquet

from icp_engine.intake.limits import MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_ROWS, TooLarge
from icp_engine.intake.text_encoding import to_utf8
from icp_engine.types import Frame


def read_json(content: bytes) -> Frame | None:
    """Records of a JSON array, of JSON lines, or of the first list of objects inside an object; None if there are none.

    Objects inside a record become columns “outer.inner”; Salesforce's “attributes” of a record are left out.
    """
    text = to_utf8(content)[0].decode("utf-8", "replace")
    records = _find_records(_load(text))
    if records is None:
        return None
    if len(records) > MAX_ROWS:
        raise TooLarge(f"{len(records):,} rows", f"{MAX_ROWS:,} rows")
    flat = [_flatten(record) for record in records]
    names = list(dict.fromkeys(name for record in flat for name in record))
    if len(names) > MAX_COLUMNS:
        raise TooLarge(f"{len(names):,} columns", f"{MAX_COLUMNS:,} columns")
    return pd.DataFrame({name: pd.Series([record.get(name, "") for record in flat], dtype="str") for name in names})


def _load(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        lines = [line for line in text.splitlines() if line.strip()]
    try:
        return [json.loads(line) for line in lines]
    except (ValueError, RecursionError):
        return None


def _find_records(loaded: Any, depth: int = 0) -> list[dict[str, Any]] | None:
    if isinstance(loaded, list):
        records = [item for item in loaded if isinstance(item, dict)]
        if len(records) == 1 and len(loaded) == 1:
            return _find_records(records[0], depth + 1) or records
        return records if records and len(records) == len(loaded) else None
    if isinstance(loaded, dict) and depth < 4:
        for value in loaded.values():
            found = _find_records(value, depth + 1) if isinstance(value, (list, dict)) else None
            if found:
                return found
    return None


def _flatten(record: dict[str, Any], prefix: str = "", depth: int = 0) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, dict) and depth < 3:
            if key != "attributes":
                flat.update(_flatten(value, f"{prefix}{key}.", depth + 1))
        else:
            flat[f"{prefix}{key}"] = _text(value)[:MAX_CELL_CHARACTERS]
    return flat


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return json.dumps(value, ensure_ascii=False)


def read_parquet(content: bytes) -> Frame:
    """A Parquet table with its own types; its directory is checked before anything is read."""
    file = pyarrow.parquet.ParquetFile(io.BytesIO(content))
    if file.metadata.num_columns > MAX_COLUMNS:
        raise TooLarge(f"{file.metadata.num_columns:,} columns", f"{MAX_COLUMNS:,} columns")
    if file.metadata.num_rows > MAX_ROWS:
        raise TooLarge(f"{file.metadata.num_rows:,} rows", f"{MAX_ROWS:,} rows")
    return file.read().to_pandas()
