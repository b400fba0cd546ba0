"""Rows as a driver gives them → a frame of typed columns.

Comes in: parts of at most some thousand rows. Goes out: one frame. Separate because a part is
turned into compact arrays before the next one comes: a million rows of Python objects would take
gigabytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from icp_engine.intake.reading.databases.model import ColumnKind, ListedColumn
from icp_engine.intake.reading.limits import MAX_BYTES, MAX_CELL_CHARACTERS, TooLarge
from icp_engine.types import Frame, Series
from icp_engine.values.arrow import TEXT

EXACT = 2**53  # from here on a float no longer tells neighbouring whole numbers apart


class Gathering:
    """The rows read so far, column by column. Raises TooLarge where their texts pass `MAX_BYTES`."""

    def __init__(self, columns: Sequence[ListedColumn]) -> None:
        self.columns = tuple(columns)
        self.rows = 0
        self._bytes = 0
        self._parts: list[list[Any]] = [[] for _ in columns]

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """Take over a part."""
        self.rows += len(rows)
        for column, parts, values in zip(
            self.columns, self._parts, zip(*rows, strict=True), strict=True
        ):
            part = _PACKED[column.kind](values)
            parts.append(part)
            if isinstance(part.dtype, pd.StringDtype):
                self._bytes += sum(len(value) for value in values if isinstance(value, str))
        if self._bytes > MAX_BYTES:
            raise TooLarge("more than 1 GB of text", "1 GB")

    def to_frame(self, most: int) -> Frame:
        """The first `most` rows under the database's column names."""
        finished = [
            _finish(column, parts)[:most]
            for column, parts in zip(self.columns, self._parts, strict=True)
        ]
        frame = pd.DataFrame(dict(enumerate(finished)))
        frame.columns = pd.Index([column.name for column in self.columns], dtype="str")
        return frame


def _finish(column: ListedColumn, parts: list[Any]) -> Series:
    whole = (
        pd.concat([pd.Series(part) for part in parts], ignore_index=True)
        if parts
        else pd.Series([], dtype="str")
    )
    return _FINISHED.get(column.kind, _as_is)(whole)


def _as_is(whole: Series) -> Series:
    return whole


def _to_number(text: Series) -> Series:
    """Floats; texts as they are where whole numbers are too large for floats to tell apart: those
    are ids.
    """
    values = pd.to_numeric(text, errors="coerce").astype("float64")
    large = values.abs().ge(EXACT) & np.isfinite(values)
    if large.any() and not text[large].str.contains(".", regex=False).any():
        return text
    return values


def _to_moment(text: Series) -> Series:
    """Days and times without a zone; those with one in UTC. “infinity” and days before Christ are
    missing.
    """
    read = pd.to_datetime(text, format="ISO8601", errors="coerce", utc=True)
    return read.dt.tz_localize(None)


def _pack_integers(values: Sequence[Any]) -> Any:
    return pd.array(list(values), dtype="Int64")


def _pack_floats(values: Sequence[Any]) -> Any:
    return np.array(values, dtype="float64")


def _pack_booleans(values: Sequence[Any]) -> Any:
    return pd.array(list(values), dtype="boolean")


def _pack_numbers(values: Sequence[Any]) -> Any:
    return _pack_texts([_number_text(value) for value in values])


def _pack_lists(values: Sequence[Any]) -> Any:
    return _pack_texts([tags_text(value) for value in values])


def _pack_texts(values: Sequence[Any]) -> Any:
    return pd.array(list(values), dtype=TEXT)


def _number_text(value: Any) -> str | None:
    return (
        None if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)
    )


def tags_text(values: Any) -> str | None:
    """A list as tags: “a; b”, or as a JSON list where a tag itself holds a separator; None stays
    None.
    """
    if values is None or isinstance(values, str):
        return values
    tags = [tag for tag in values if tag is not None]
    plain = all(isinstance(tag, str) and not any(sign in tag for sign in ";,|") for tag in tags)
    text = "; ".join(tags) if plain else json.dumps(tags, ensure_ascii=False, default=str)
    return text[:MAX_CELL_CHARACTERS]


_PACKED: dict[ColumnKind, Callable[[Sequence[Any]], Any]] = {
    "integer": _pack_integers,
    "number": _pack_numbers,
    "float": _pack_floats,
    "boolean": _pack_booleans,
    "list": _pack_lists,
    "date": _pack_texts,
    "moment": _pack_texts,
    "record": _pack_texts,
    "text": _pack_texts,
}
_FINISHED: dict[ColumnKind, Callable[[Series], Series]] = {
    "number": _to_number,
    "date": _to_moment,
    "moment": _to_moment,
}
