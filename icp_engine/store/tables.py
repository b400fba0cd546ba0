"""Raw tables as Parquet files named by their content.

Comes in: DataFrames. Goes out: content hashes, and the same tables again. Separate from the
database because tables are large, never change, and may later live in an object store.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from icp_engine.types import Frame, Series

HASH = re.compile(r"[0-9a-f]{64}")


def write_table(folder: Path, frame: Frame) -> str:
    """Write one table and return the SHA-256 of its bytes; writing the same content twice keeps one
    file.

    Columns whose cells are of several types are kept as text. The index (file row numbers) is kept.
    """
    content = to_bytes(frame)
    name = hashlib.sha256(content).hexdigest()
    target = table_path(folder, name)
    if not target.exists():
        _write_whole(target, content)
    return name


def read_table(folder: Path, name: str) -> Frame:
    """The table of that content hash; FileNotFoundError when it is gone."""
    return pd.read_parquet(table_path(folder, name))


def table_path(folder: Path, name: str) -> Path:
    """Where the table of that hash lives; ValueError for anything else, so no path is smuggled in."""
    if not HASH.fullmatch(name):
        raise ValueError("not a table's hash")
    return folder / f"{name}.parquet"


def dataset_hash(tables: dict[str, str]) -> str:
    """One SHA-256 for a set of named tables, independent of their order."""
    lines = "\n".join(f"{name}\t{content}" for name, content in sorted(tables.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def to_bytes(frame: Frame) -> bytes:
    """One table as Parquet; columns whose cells are of several types become text."""
    plain = frame.copy(deep=False)
    for position, dtype in enumerate(frame.dtypes):
        if pd.api.types.is_object_dtype(dtype) and not _arrow_can_hold(frame.iloc[:, position]):
            plain.isetitem(position, _as_text(frame.iloc[:, position]))
    buffer = io.BytesIO()
    plain.to_parquet(buffer, compression="zstd")
    return buffer.getvalue()


def _arrow_can_hold(values: Series) -> bool:
    try:
        pa.array(values, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
        return False
    return True


def _as_text(values: Series) -> Series:
    return pd.Series([_cell_text(value) for value in values], index=values.index, dtype="str")


def _cell_text(value: Any) -> str | None:
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a spreadsheet's 123 comes as 123.0
    return str(value)


def _write_whole(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".part")
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    Path(temporary).replace(target)
