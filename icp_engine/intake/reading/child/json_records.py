"""JSON → columns of texts.

Comes in: bytes. Goes out: an Arrow stream of texts, a column a name. Separate because records are
read one by one and measured while they are: as objects in memory JSON is ten times as large.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import IO, Any

from icp_engine.intake.reading.encoding import to_utf8, whole_text
from icp_engine.intake.reading.limits import (
    MAX_BYTES,
    MAX_CELL_CHARACTERS,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_JSON_BYTES,
    MAX_ROWS,
    check_bytes,
    check_count,
)

_CHUNK_CELLS = 500_000
_BETWEEN = re.compile(r"[\s,]*+")  # between two records
Record = dict[str, Any]


def read_for_parent(content: bytes, out: IO[bytes]) -> None:
    """Write the records of a JSON array, of JSON lines, or of the first list of objects inside an
    object; nothing where there are none.

    Objects inside a record become columns “outer.inner”, a list of objects with ids those ids
    (“500;501”); Salesforce's “attributes” of a record are left out.
    """
    check_bytes(len(content), MAX_JSON_BYTES)
    text = to_utf8(content)[0].decode("utf-8", "replace")
    del content
    columns = _Columns()
    try:
        for record in _find_records(text):
            columns.add(_flatten(record))
    except (ValueError, RecursionError):
        return
    columns.write(out)


def _find_records(text: str) -> Iterator[Record]:
    """The records one by one; raises ValueError where the text is no JSON or holds none."""
    values = _values(text)
    first = next(values, None)
    second = next(values, None)
    if second is None:  # one value: the list is somewhere inside
        inside = _records_inside(first)
        yield from inside or (_only(first) if text.lstrip()[:1] == "[" else _only(None))
        return
    yield from _only(first)
    yield from _only(second)
    for value in values:
        yield from _only(value)


def _only(value: Any) -> list[Record]:
    if not isinstance(value, dict):
        raise ValueError("no record")
    return [value]


def _values(text: str) -> Iterator[Any]:
    """The values of a list, or those that stand one after another."""
    decoder = json.JSONDecoder()
    begin = _BETWEEN.match(text, 0)
    place = begin.end() if begin else 0
    is_list = text[place : place + 1] == "["
    place += is_list
    while True:
        between = _BETWEEN.match(text, place)
        place = between.end() if between else place
        if place >= len(text):
            if is_list:
                raise ValueError("the list has no end")
            return
        if is_list and text[place] == "]":
            return
        value, place = decoder.raw_decode(text, place)
        yield value


def _records_inside(value: Any, depth: int = 0) -> list[Record] | None:
    """The first list of records inside a value, at most four deep."""
    if isinstance(value, list):
        records = [item for item in value if isinstance(item, dict)]
        if len(records) == 1 and len(value) == 1:
            return _records_inside(records[0], depth + 1) or records
        return records if records and len(records) == len(value) else None
    if isinstance(value, dict) and depth < 4:
        for inner in value.values():
            found = _records_inside(inner, depth + 1) if isinstance(inner, (list, dict)) else None
            if found:
                return found
    return None


def _flatten(record: Record, prefix: str = "", depth: int = 0) -> dict[str, str]:
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


class _Columns:
    """Records turned into columns piece by piece, so that only a piece of them is objects."""

    def __init__(self) -> None:
        self._names: dict[str, None] = {}
        self._pieces: list[tuple[int, dict[str, Any]]] = []
        self._waiting: list[dict[str, str]] = []
        self._rows = self._cells = self._bytes = 0

    def add(self, record: dict[str, str]) -> None:
        """One more row. Raises TooLarge past the limits on rows, columns, cells and bytes."""
        self._rows += 1
        self._waiting.append(record)
        self._cells += len(record) + 1
        self._names.update(dict.fromkeys(record))
        check_count(self._rows, MAX_ROWS, "rows")
        check_count(len(self._names), MAX_COLUMNS, "columns")
        if self._cells > _CHUNK_CELLS:
            self._pack()

    def _pack(self) -> None:
        import pyarrow

        present = dict.fromkeys(name for record in self._waiting for name in record)
        piece = {
            name: pyarrow.array(
                [record.get(name, "") for record in self._waiting], pyarrow.large_string()
            )
            for name in present
        }
        self._bytes += sum(array.nbytes for array in piece.values())
        check_bytes(self._bytes, MAX_BYTES)
        self._pieces.append((len(self._waiting), piece))
        self._waiting, self._cells = [], 0

    def write(self, out: IO[bytes]) -> None:
        """All rows, a name that a piece of them lacks empty in it."""
        import pyarrow

        self._pack()
        check_count(self._rows * len(self._names), MAX_CELLS, "cells")
        schema = pyarrow.schema([(name, pyarrow.large_string()) for name in self._names])
        with pyarrow.ipc.new_stream(out, schema) as writer:
            for rows, piece in self._pieces:
                empty = pyarrow.array([""] * rows, pyarrow.large_string())
                writer.write_batch(
                    pyarrow.record_batch(
                        [piece.get(name, empty) for name in self._names], schema=schema
                    )
                )
