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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from icp_engine.types import Frame, Series

HASH = re.compile(r"[0-9a-f]{64}")
PART = ".part"  # ending of a file that is not whole yet


@dataclass(frozen=True)
class PackedTable:
    """One table as the bytes of its file, and their SHA-256."""

    name: str
    content: bytes


def pack_table(frame: Frame) -> PackedTable:
    """One table ready to be put into a folder; the slow part of writing, and nobody waits for it.

    Columns whose cells are of several types are kept as text. The index (file row numbers) is kept.
    """
    content = to_bytes(frame)
    return PackedTable(hashlib.sha256(content).hexdigest(), content)


def put_table(folder: Path, packed: PackedTable) -> None:
    """The table's file, whole and on the disk; the same content twice is one file, a damaged file
    is written anew.

    For the holder of the store's write lock only, and in the transaction that names the table.
    """
    target = table_path(folder, packed.name)
    if not _holds(target, packed.content):
        _write_whole(target, packed.content)


def remove_unused(folder: Path, used: set[str]) -> None:
    """Delete every table file that is not among `used`, and whatever was left half written.

    For the holder of the store's write lock only: nobody else is writing then, so what no study
    names was left behind.
    """
    for file in folder.iterdir():
        is_table = file.suffix == ".parquet" and HASH.fullmatch(file.stem)
        if file.suffix == PART or (is_table and file.stem not in used):
            file.unlink(missing_ok=True)


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


def _holds(target: Path, content: bytes) -> bool:
    try:
        return target.stat().st_size == len(content) and target.read_bytes() == content
    except FileNotFoundError:
        return False


def _write_whole(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=PART)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(target)
    finally:
        Path(temporary).unlink(missing_ok=True)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """A new name outlives a loss of power only once its folder was written."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
