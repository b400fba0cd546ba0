"""Values as levels, tags and ranges.

Comes in: a clean column. Goes out: levels. Separate because attributes and rubrics test alike.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from icp_engine.types import Bools, Floats, Series


def as_levels(values: Series) -> Series:
    """Text levels; booleans become “yes” and “no”."""
    if pd.api.types.is_bool_dtype(values):
        return values.astype("boolean").map({True: "yes", False: "no"}).astype("str")
    return values.astype("str")


def split_tags(values: Series) -> Series:
    """One row a tag, index repeated; missing cells give no row."""
    tags = values.dropna().astype("str").str.split("; ", regex=False).explode().str.strip()
    return tags[tags != ""]


def in_range(values: Floats, low: float | None, high: float | None) -> Bools:
    """low ≤ value < high; None is open; NaN is in no range."""
    inside = ~np.isnan(values)
    if low is not None:
        inside &= values >= low
    if high is not None:
        inside &= values < high
    return inside
