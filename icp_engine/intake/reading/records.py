"""JSON and Parquet → a frame, by way of a child process.

Comes in: bytes. Goes out: a DataFrame, texts from JSON, own types from Parquet. Separate because
these formats name their columns in every record and need no search for header or delimiter.
"""

from __future__ import annotations

from typing import IO, Any

import pandas as pd
import pyarrow

from icp_engine.intake.reading.child.process import Waiting, nobody_waits, parsed
from icp_engine.intake.reading.limits import MAX_JSON_BYTES, check_bytes
from icp_engine.types import Frame
from icp_engine.values.arrow import to_text


def read_json(content: bytes, waiting: Waiting = nobody_waits) -> Frame | None:
    """The records of JSON as texts; None if there are none. Raises TooLarge or Unreadable."""
    check_bytes(len(content), MAX_JSON_BYTES)
    with parsed("json", content, waiting=waiting) as stream:
        table = _read_stream(stream)
    if table is None or not table.num_columns:
        return None
    columns = {place: to_text(column) for place, column in enumerate(table.columns)}
    frame = pd.DataFrame(columns, index=pd.RangeIndex(table.num_rows))
    frame.columns = pd.Index(table.column_names, dtype="str")
    return frame


def read_parquet(content: bytes, waiting: Waiting = nobody_waits) -> Frame:
    """A Parquet table with its own types. Raises TooLarge or Unreadable."""
    with parsed("parquet", content, waiting=waiting) as stream:
        return _to_pandas(_read_stream(stream))


def _read_stream(stream: IO[bytes]) -> Any:
    """The Arrow table in a stream; None where nothing was written."""
    if not stream.read(1):
        return None
    stream.seek(0)
    with pyarrow.ipc.open_stream(pyarrow.PythonFile(stream, mode="r")) as reader:
        return reader.read_all()


def _to_pandas(table: Any) -> Frame:
    """The table with the index that pandas noted beside it, or without where the note is unusable."""
    try:
        return table.to_pandas(date_as_object=False)
    except Exception:  # the note is free text, and whatever reads it may stumble
        return table.replace_schema_metadata(None).to_pandas(date_as_object=False)
