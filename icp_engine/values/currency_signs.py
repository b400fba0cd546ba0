"""Currencies and thousands in cells, and what they multiply by.

Comes in: a column of text. Goes out: signs and factors by row. Separate because rubrics read
prospects with them too.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from icp_engine.types import Series
from icp_engine.values.numbers import find_currency
from icp_engine.values.parse import clean_text, map_distinct
from icp_engine.values.rule import ColumnRule


def _signs_in_cells(series: Series, rule: ColumnRule) -> Series:
    """The currency each cell names by its sign; missing where it names none."""
    if pd.api.types.is_numeric_dtype(series) or not rule.currency:
        return pd.Series(pd.NA, index=series.index, dtype="str")
    text = clean_text(series)
    return map_distinct(text, lambda value: find_currency(value) or None, "str")


def apply_factors(values: Series, factors: Series) -> Series:
    """Amounts times their factors; a row that names no currency stays as it is, one without a rate
    is emptied.
    """
    aligned = factors.reindex(values.index)
    named = values.index.isin(factors.index)
    numbers = values.astype("Float64").to_numpy(dtype="float64", na_value=np.nan)
    scaled = numbers * np.where(named, aligned.to_numpy(dtype="float64"), 1.0)
    return pd.Series(scaled, index=values.index, name=values.name)


def scale_signs(raw: Series, values: Series, rule: ColumnRule) -> Series:
    """Values of a list a rubric has not seen, in the currency of the rule, by the signs in the raw
    cells.
    """
    if not rule.rates or pd.api.types.is_numeric_dtype(raw):
        return values
    factors = (
        _signs_in_cells(raw, rule)
        .dropna()
        .map({**rule.rates, rule.currency: 1.0})
        .astype("float64")
    )
    return apply_factors(values, factors)
