"""Text columns as Arrow arrays and back, and work done once a distinct value.

Comes in: text Series. Goes out: Arrow arrays, Series. Separate because a million cells are quick
only where neither Python nor a copy stands between pandas and Arrow.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow
import pyarrow.compute

from icp_engine.types import Series

TEXT = pd.StringDtype(na_value=np.nan)  # the dtype pandas calls “str”
_LONG = 20_000
_PROBE = 20_000


def to_arrow(text: Series) -> Any:
    """The values of a text Series as an Arrow chunked array, without a copy."""
    values = (
        text.array.__arrow_array__()
        if hasattr(text.array, "__arrow_array__")
        else pyarrow.array(text)
    )
    return values if isinstance(values, pyarrow.ChunkedArray) else pyarrow.chunked_array([values])


def to_text(values: Any) -> Any:
    """An Arrow chunked array of texts as a pandas array of dtype str, without a copy."""
    return TEXT.__from_arrow__(values.cast(pyarrow.large_string()))


def give_back() -> None:
    """What Arrow holds of memory that nobody uses goes back to the machine: with a million rows that is
    as much as the file.
    """
    pyarrow.default_memory_pool().release_unused()


def is_blank(series: Series) -> bool:
    """Whether a text column holds nothing but missing values and empty texts. Told without looking
    at the texts.
    """
    if series.dtype == object:
        return bool(series.isna().all())
    if not pd.api.types.is_string_dtype(series):
        return False
    return not pyarrow.compute.sum(pyarrow.compute.binary_length(to_arrow(series))).as_py()


def changed_text(before: Series, after: Series) -> Series:
    """`after`, or `before` where no length changed: a column that was clean stands in memory once."""
    lengths = [
        pyarrow.compute.sum(pyarrow.compute.binary_length(to_arrow(text))).as_py()
        for text in (before, after)
    ]
    return before if lengths[0] == lengths[1] else after


def longest_bytes(series: Series) -> int:
    """The length of the longest text of a text column, in bytes."""
    lengths = pyarrow.compute.binary_length(to_arrow(series))
    return int(pyarrow.compute.max(lengths).as_py() or 0)


def repeats(series: Series) -> bool:
    """Whether a long text column holds so few distinct values that looking at each once is quicker."""
    if len(series) < _LONG or not pd.api.types.is_string_dtype(series) or series.dtype == object:
        return False
    probe = series.iloc[:: max(1, len(series) // _PROBE)]
    return probe.nunique(dropna=False) < 0.5 * len(probe)


def by_distinct(series: Series, read: Callable[[Series], Series]) -> Series:
    """`read(series)` where `read` looks at each value by itself: done on the distinct values where
    they repeat.

    Index and order kept; a missing value stays missing without being read.
    """
    if not repeats(series):
        return read(series)
    codes, distinct = pd.factorize(series)
    values = read(pd.Series(distinct))
    return pd.Series(
        values.array.take(codes, allow_fill=True), index=series.index, name=series.name
    )
