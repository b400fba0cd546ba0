"""Attributes cut into codes for fitting: ranges for numbers, levels for text, yes or no for each
tag.

Comes in: clean columns of derivation accounts. Goes out: `Binned`, one a candidate criterion.
Separate because the cuts are blind to the outcome, and the tests behind each code end up in the
rubric.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from icp_engine.attributes.indicators import cut_points
from icp_engine.attributes.model import Attribute
from icp_engine.rubric.model import Match
from icp_engine.settings import Settings
from icp_engine.types import Frame, Series
from icp_engine.values.levels import as_levels, in_range, split_tags
from icp_engine.wording.ranges import show_range

if TYPE_CHECKING:
    from icp_engine.types import Ints

NUMBER_BINS = 8
LEVELS_MOST = 40
TAGS_MOST = 15
ANY_OTHER = "any other"


@dataclass(frozen=True)
class Binned:
    """One candidate criterion over all rows: `codes` 0…k−1, −1 unknown; code c is `labels[c]`,
    tested by `tests[c]`.

    `ordered`: neighbouring codes are neighbouring values. The last test may be empty (any other
    value).
    """

    name: str
    attributes: tuple[Attribute, ...]
    codes: Ints
    labels: tuple[str, ...]
    tests: tuple[tuple[Match, ...], ...]
    ordered: bool


def bin_attributes(
    accounts: Frame, attributes: tuple[Attribute, ...], settings: Settings
) -> list[Binned]:
    """Every candidate with at least two codes in use."""
    candidates: list[Binned] = []
    for attribute in attributes:
        column = accounts[attribute.name]
        if attribute.name in settings.empty_means_no and attribute.measure == "boolean":
            column = column.fillna(False)
        if attribute.measure == "number":
            candidates.append(_numbers(attribute, column))
        elif attribute.measure == "tags":
            candidates += _tags(attribute, column)
        else:
            candidates.append(_levels(attribute, as_levels(column), len(accounts)))
    return [binned for binned in candidates if len(np.unique(binned.codes[binned.codes >= 0])) > 1]


def _numbers(attribute: Attribute, column: Series) -> Binned:
    values = column.to_numpy(dtype="float64", na_value=np.nan)
    known = values[~np.isnan(values)]
    whole = bool((known == np.round(known)).all())
    bins = int(np.clip(len(known) // 15, 2, NUMBER_BINS))
    edges = cut_points(values, bins)
    bounds: list[float | None] = [None, *(float(edge) for edge in edges), None]
    codes = np.full(len(values), -1, dtype=np.int64)
    labels, tests = [], []
    for code, (low, high) in enumerate(pairwise(bounds)):
        codes[in_range(values, low, high)] = code
        labels.append(show_range(low, high, whole=whole))
        tests.append((Match(low=low, high=high),))
    return Binned(attribute.name, (attribute,), codes, tuple(labels), tuple(tests), True)


def _levels(attribute: Attribute, column: Series, rows: int) -> Binned:
    counts = column.value_counts()
    least = max(3 if rows < 200 else 5, round(0.005 * rows))
    common = counts.index[counts >= least][:LEVELS_MOST]
    keep = [level for level in attribute.levels if level in counts.index] or [
        str(level) for level in common
    ]
    keep = keep or [str(level) for level in counts.index[:LEVELS_MOST]]
    position = {level: code for code, level in enumerate(keep)}
    mapped = column.map(position).astype("float64").to_numpy()
    known = column.notna().to_numpy(dtype=bool)
    codes = np.where(known, np.nan_to_num(mapped, nan=len(keep)), -1).astype(np.int64)
    tests = [(Match(values=(level,)),) for level in keep]
    return Binned(
        attribute.name,
        (attribute,),
        codes,
        (*keep, ANY_OTHER),
        (*tests, (Match(),)),
        attribute.measure == "ordered",
    )


def _tags(attribute: Attribute, column: Series) -> list[Binned]:
    position = pd.Series(column.to_numpy(), index=range(len(column)))
    tags = split_tags(position)
    counts = tags.value_counts()
    known = column.notna().to_numpy(dtype=bool)
    least = max(5, round(0.02 * len(column)))
    result = []
    for tag in counts.index[counts >= least][:TAGS_MOST]:
        codes = np.where(known, 0, -1).astype(np.int64)
        codes[tags.index[tags == tag].to_numpy(dtype="int64")] = 1
        tests = ((Match(),), (Match(values=(str(tag),)),))
        result.append(
            Binned(
                f"{attribute.name}: {tag}",
                (attribute,),
                codes,
                ("without", f"with {tag}"),
                tests,
                False,
            )
        )
    return result
