"""Parquet → the same table with plain columns only.

Comes in: bytes. Goes out: an Arrow stream, numbers and dates as they are, lists and records inside
cells as texts. Separate because a page of a hundred bytes can stand for a million copies of a long
text: the directory is checked first, then piece by piece what the pieces unpack to.
"""

from __future__ import annotations

from typing import IO, Any

import pyarrow
import pyarrow.compute
import pyarrow.parquet

from icp_engine.intake.reading.encoding import whole_text
from icp_engine.intake.reading.limits import (
    MAX_BYTES,
    MAX_CELL_CHARACTERS,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_LISTED,
    MAX_ROWS,
    check_bytes,
    check_count,
)

_PIECE_ROWS = 65_536
_PIECE_ROWS_OF_LISTS = 2_000


def read_for_parent(content: bytes, out: IO[bytes]) -> None:
    """Write the table. Raises TooLarge past the limits, before more than a piece is unpacked.

    Texts are read as references into a list of distinct values and measured before they are written
    out.
    """
    source = pyarrow.py_buffer(content)
    fields = list(pyarrow.parquet.ParquetFile(pyarrow.BufferReader(source)).schema_arrow)
    texts = [field.name for field in fields if _is_text(field.type)]
    # not read_table, which refuses two columns of one name
    file = pyarrow.parquet.ParquetFile(pyarrow.BufferReader(source), read_dictionary=texts)
    nested = [pyarrow.types.is_nested(field.type) for field in fields]
    _check_directory(file.metadata, len(fields))
    rows = _PIECE_ROWS_OF_LISTS if any(nested) else _PIECE_ROWS
    schema = pyarrow.schema(
        [pyarrow.field(field.name, _plain_type(field.type)) for field in fields],
        file.schema_arrow.metadata,
    )
    total = 0
    with pyarrow.ipc.new_stream(out, schema) as writer:
        for piece in file.iter_batches(batch_size=rows, use_threads=False):
            total += sum(map(_unpacked_bytes, piece.columns))
            check_bytes(total, MAX_BYTES)
            plain = [
                _plain(column, field.type)
                for column, field in zip(piece.columns, schema, strict=True)
            ]
            writer.write_batch(pyarrow.record_batch(plain, schema=schema))


def _check_directory(directory: Any, columns: int) -> None:
    check_count(columns, MAX_COLUMNS, "columns")
    check_count(directory.num_rows, MAX_ROWS, "rows")
    check_count(directory.num_rows * columns, MAX_CELLS, "cells")
    check_count(directory.num_columns, 2 * MAX_COLUMNS, "columns inside columns")
    listed = 0
    for group in map(directory.row_group, range(directory.num_row_groups)):
        for column in map(group.column, range(group.num_columns)):
            listed += column.num_values if "." in column.path_in_schema else 0
    check_count(listed, MAX_LISTED, "values in lists")


def _is_text(kind: Any) -> bool:
    types = pyarrow.types
    return (
        types.is_string(kind)
        or types.is_large_string(kind)
        or types.is_binary(kind)
        or types.is_large_binary(kind)
    )


def _plain_type(kind: Any) -> Any:
    """The type a column is written in: lists and records as texts, categories as what they hold."""
    if pyarrow.types.is_nested(kind):
        return pyarrow.large_string()
    return kind.value_type if pyarrow.types.is_dictionary(kind) else kind


def _unpacked_bytes(column: Any) -> int:
    """What a column takes once its references are written out."""
    if not (pyarrow.types.is_dictionary(column.type) and _is_text(column.type.value_type)):
        return int(column.nbytes)
    lengths = pyarrow.compute.binary_length(column.dictionary)
    return int(pyarrow.compute.sum(lengths.take(column.indices)).as_py() or 0) + 8 * len(column)


def _plain(column: Any, kind: Any) -> Any:
    if pyarrow.types.is_nested(column.type):
        return pyarrow.array([_text(value) for value in _cells(column)], kind)
    if pyarrow.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    return column if column.type == kind else column.cast(kind)


def _cells(column: Any) -> Any:
    """Cell by cell: a long list is objects only while it is written."""
    return (cell.as_py() for cell in column)


def _text(value: Any) -> str | None:
    if value is None:
        return None
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return whole_text(text[:MAX_CELL_CHARACTERS])
