"""JSON and Parquet → a frame.

Comes in: bytes. Goes out: a DataFrame, texts from JSON, own types from Parquet. Separate because
these formats name their columns in every record and need no search for header or delimiter.
"""

from __future__ import annotations

import io
import json
from typing import Any

import pandas as pd
import pyarrow
import pyarrow.compute
import pyarrow.parquet

from icp_engine.intake.reading.encoding import to_utf8, whole_text
from icp_engine.intake.reading.limits import (
    MAX_BYTES,
    MAX_CELL_CHARACTERS,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_JSON_BYTES,
    MAX_ROWS,
    TooLarge,
)
from icp_engine.types import Frame
from icp_engine.wording.numbers import count


def read_json(content: bytes) -> Frame | None:
    """Records of a JSON array, of JSON lines, or of the first list of objects inside an object;
    None if there are none.

    Objects inside a record become columns “outer.inner”, a list of objects with ids those ids
    (“500;501”); Salesforce's “attributes” of a record are left out.
    """
    if len(content) > MAX_JSON_BYTES:
        raise TooLarge(
            f"{count(len(content) >> 20)} MB of JSON", f"{count(MAX_JSON_BYTES >> 20)} MB of JSON"
        )
    text = to_utf8(content)[0].decode("utf-8", "replace")
    records = _find_records(_load(text))
    if records is None:
        return None
    if len(records) > MAX_ROWS:
        raise TooLarge(f"{count(len(records))} rows", f"{count(MAX_ROWS)} rows")
    flat = [_flatten(record) for record in records]
    names = list(dict.fromkeys(name for record in flat for name in record))
    if len(names) > MAX_COLUMNS:
        raise TooLarge(f"{count(len(names))} columns", f"{count(MAX_COLUMNS)} columns")
    return pd.DataFrame(
        {name: pd.Series([record.get(name, "") for record in flat], dtype="str") for name in names}
    )


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
            flat[whole_text(f"{prefix}{key}")] = _text(value)[:MAX_CELL_CHARACTERS]
    return flat


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return whole_text(value)
    if (
        isinstance(value, list)
        and value
        and all(isinstance(item, dict) and "id" in item for item in value)
    ):
        return whole_text(";".join(dict.fromkeys(str(item["id"]) for item in value)))
    return whole_text(json.dumps(value, ensure_ascii=False))


def read_parquet(content: bytes) -> Frame:
    """A Parquet table with its own types; its directory is checked before anything is read.

    Texts are read as references into a list of distinct values and measured before they are written
    out: a page of a hundred bytes can stand for a million copies of a long text.
    """
    file = pyarrow.parquet.ParquetFile(io.BytesIO(content))
    rows, columns = file.metadata.num_rows, file.metadata.num_columns
    if columns > MAX_COLUMNS:
        raise TooLarge(f"{count(columns)} columns", f"{count(MAX_COLUMNS)} columns")
    if rows > MAX_ROWS:
        raise TooLarge(f"{count(rows)} rows", f"{count(MAX_ROWS)} rows")
    if rows * columns > MAX_CELLS:
        raise TooLarge(f"{count(rows * columns)} cells", f"{count(MAX_CELLS)} cells")
    texts = [field.name for field in file.schema_arrow if _is_text(field.type)]
    # not read_table, which refuses two columns of one name
    table = pyarrow.parquet.ParquetFile(io.BytesIO(content), read_dictionary=texts).read()
    _check_text_bytes(table)
    return _to_pandas(table)


def _to_pandas(table: Any) -> Frame:
    """The table with the index that pandas noted beside it, or without where the note is unusable."""
    try:
        return table.to_pandas(date_as_object=False)
    except Exception:  # the note is free text, and whatever reads it may stumble
        return table.replace_schema_metadata(None).to_pandas(date_as_object=False)


def _is_text(kind: Any) -> bool:
    types = pyarrow.types
    return (
        types.is_string(kind)
        or types.is_large_string(kind)
        or types.is_binary(kind)
        or types.is_large_binary(kind)
    )


def _check_text_bytes(table: Any) -> None:
    """Raise TooLarge where the texts of a table would take more than `MAX_BYTES` once written out."""
    total = 0
    for column in table.columns:
        for piece in column.chunks if pyarrow.types.is_dictionary(column.type) else ():
            lengths = pyarrow.compute.binary_length(piece.dictionary)
            total += pyarrow.compute.sum(lengths.take(piece.indices)).as_py() or 0
            if total > MAX_BYTES:
                raise TooLarge("more than 1 GB of text", "1 GB")
