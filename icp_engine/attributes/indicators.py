"""Accounts × indicators: which account holds which level, tag or range.

Comes in: clean account columns and attributes. Goes out: `Indicators`. Separate because traits,
pairs and words on pages all read the same matrix, and because numbers are cut here without looking
at any group.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from icp_engine.attributes.model import Attribute, Indicator, Indicators
from icp_engine.settings import Settings
from icp_engine.types import Bools, Floats, Frame, Series

OTHER = "Other"
FEW_VALUES = 6
SMALLEST = 1e-200  # below this a rounding step cannot be told from 0
LEAST_HOLDERS = 5


def build_indicators(
    accounts: Frame, attributes: tuple[Attribute, ...], settings: Settings
) -> Indicators:
    """One column per level, tag or range that at least five (small data: two) accounts hold."""
    items: list[Indicator] = []
    held: list[Bools] = []
    known: list[Bools] = []
    least = LEAST_HOLDERS if len(accounts) >= 60 else 2
    for attribute in attributes:
        values = accounts[attribute.name]
        present = values.notna().to_numpy(dtype=bool)
        if attribute.name in settings.empty_means_no and attribute.measure == "boolean":
            values, present = values.fillna(False), np.ones(len(values), dtype=bool)
        for item, mask in split(attribute, values, settings):
            if least <= mask.sum():
                items.append(item)
                held.append(mask)
                known.append(present)
    shape = (len(accounts), 0)
    return Indicators(
        accounts.index,
        tuple(items),
        np.column_stack(held) if held else np.zeros(shape, dtype=bool),
        np.column_stack(known) if known else np.zeros(shape, dtype=bool),
    )


def split(
    attribute: Attribute, values: Series, settings: Settings
) -> list[tuple[Indicator, Bools]]:
    """The indicators of one attribute with the rows that hold each."""
    if attribute.measure == "number":
        return _ranges(attribute, values.to_numpy(dtype="float64"))
    if attribute.measure == "tags":
        return _tags(attribute, values, settings)
    return _levels(attribute, as_levels(values), settings)


def as_levels(values: Series) -> Series:
    """Text levels; booleans become “yes” and “no”."""
    if pd.api.types.is_bool_dtype(values):
        return values.astype("boolean").map({True: "yes", False: "no"}).astype("str")
    return values.astype("str")


def _levels(
    attribute: Attribute, values: Series, settings: Settings
) -> list[tuple[Indicator, Bools]]:
    counts = values.value_counts()
    keep = (
        list(counts.index[: settings.levels_max])
        if attribute.measure == "category"
        else list(counts.index)
    )
    order = [level for level in attribute.levels if level in keep] or keep
    named = [
        (Indicator(attribute.name, level, "level"), (values == level).to_numpy(dtype=bool))
        for level in order
    ]
    rest = values.notna() & ~values.isin(keep)
    if rest.any():
        named.append((Indicator(attribute.name, OTHER, "level"), rest.to_numpy(dtype=bool)))
    return named


def split_tags(values: Series) -> Series:
    """One row a tag, index repeated; missing cells give no row."""
    tags = values.dropna().astype("str").str.split("; ", regex=False).explode().str.strip()
    return tags[tags != ""]


def _tags(
    attribute: Attribute, values: Series, settings: Settings
) -> list[tuple[Indicator, Bools]]:
    position = pd.Series(values.to_numpy(), index=range(len(values)))
    tags = split_tags(position)
    common = tags.value_counts().index[: 2 * settings.levels_max]
    result = []
    for tag in common:
        mask = np.zeros(len(values), dtype=bool)
        mask[tags.index[tags == tag].to_numpy(dtype="int64")] = True
        result.append((Indicator(attribute.name, str(tag), "tag"), mask))
    return result


def cut_points(values: Floats, bins: int = 5) -> Floats:
    """Inner edges of equal-count bins, moved to the roundest number that keeps the split within 2 %
    of the rows.

    Few different values (at most six) are cut between each two. No outcome is looked at.
    """
    known = np.sort(values[~np.isnan(values)])
    distinct = np.unique(known)
    if len(distinct) <= FEW_VALUES:
        return distinct[1:]
    edges = [_round_edge(known, q) for q in np.linspace(0, 1, bins + 1)[1:-1]]
    edges = [edge for edge in sorted(set(edges)) if distinct[0] < edge <= distinct[-1]]
    return np.asarray(edges, dtype="float64")


def _round_edge(known: Floats, q: float) -> float:
    low, high = np.quantile(known, [max(0.0, q - 0.02), min(1.0, q + 0.02)])
    for digits in range(1, 5):
        edge = _to_digits(float(np.quantile(known, q)), digits)
        if low <= edge <= high:
            return edge
    return float(np.quantile(known, q))


def _to_digits(value: float, digits: int) -> float:
    if abs(value) < SMALLEST:
        return value
    magnitude = 10.0 ** (np.floor(np.log10(abs(value))) - digits + 1)
    return float(np.round(value / magnitude) * magnitude)


def _ranges(attribute: Attribute, values: Floats) -> list[tuple[Indicator, Bools]]:
    edges = cut_points(values)
    bounds: list[float | None] = [None, *(float(edge) for edge in edges), None]
    known = values[~np.isnan(values)]
    if not len(known):
        return []
    result = []
    for low, high in pairwise(bounds):
        mask = in_range(values, low, high)
        label = open_label(low, high, known)
        result.append((Indicator(attribute.name, label, "range", low, high), mask))
    return result


def in_range(values: Floats, low: float | None, high: float | None) -> Bools:
    """low ≤ value < high; None is open; NaN is in no range."""
    inside = ~np.isnan(values)
    if low is not None:
        inside &= values >= low
    if high is not None:
        inside &= values < high
    return inside


def open_label(low: float | None, high: float | None, known: Floats) -> str:
    """The outer ranges say what they test, “under 4” and “400 or more”: today's least and largest
    value are no bounds.

    A lowest range that holds only zeros is “0”: a count does not go below.
    """
    if low is not None and high is not None:
        return range_label(low, high)
    if low is not None:
        return f"{number_label(low)} or more"
    if high is not None:
        return "0" if not known[known < high].any() else f"under {number_label(high)}"
    return range_label(float(known.min()), float(known.max()), closed=True)


def range_label(low: float, high: float, *, closed: bool = False) -> str:
    """“lo–hi”; a whole-number range ends below `high` unless `closed`; one value stands alone."""
    if float(low).is_integer() and float(high).is_integer() and not closed and high - low >= 1:
        high = high - 1
    return number_label(low) if low == high else f"{number_label(low)}–{number_label(high)}"


def number_label(value: float) -> str:
    """Plain digits without an exponent: 1200, 0.25, 12.5."""
    return f"{value:.0f}" if float(value).is_integer() or abs(value) >= 1000 else f"{value:.4g}"
