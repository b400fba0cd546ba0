"""The shape of one column: how its values spread, as a few bars to be drawn small.

Comes in: a raw column and its rule. Goes out: a `Distribution`. Separate because it is drawn, never
computed with: at most 20,000 evenly spaced rows decide it, however long the file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from icp_engine.intake.columns.role import Column
from icp_engine.types import Frame, Series
from icp_engine.values.parse import parse_column
from icp_engine.values.rule import ColumnRule
from icp_engine.wording.numbers import number

BARS = 12
SAMPLE_ROWS = 20_000
NAMES_FROM = 0.5  # share of values that differ from which levels are names
# nearly every value differs: bars would say nothing
NAMES = ("text", "id", "email", "phone", "domain", "empty")


@dataclass(frozen=True)
class Distribution:
    """Bars of one column, left to right, as shares 0–1 of the known values seen; they sum to 1 at
    most.

    `labels` say what each bar holds: a level, or “low–high”. Empty for names, ids, texts and
    columns without values.
    """

    labels: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()


def find_distributions(raw: Frame, columns: tuple[Column, ...]) -> dict[str, Distribution]:
    """{column: Distribution} of one table; people's names and addresses get none."""
    return {
        column.name: find_distribution(raw[column.name], column.rule)
        for column in columns
        if column.name in raw and not str(column.role).startswith("contact_")
    }


def find_distribution(values: Series, rule: ColumnRule) -> Distribution:
    """How a column's known values spread.

    Numbers and dates fall into twelve bins of equal width between their 1st and 99th percentile
    (the outermost hold what lies beyond); bands stand in their order; levels and tags by size, the
    twelve commonest.
    """
    if rule.type in NAMES:
        return Distribution()
    known = parse_column(values.iloc[:: max(1, -(-len(values) // SAMPLE_ROWS))], rule).dropna()
    if not len(known):
        return Distribution()
    return _SHAPES.get(rule.type, _levels)(known, rule)


def _numbers(known: Series, _rule: ColumnRule) -> Distribution:
    values = known.to_numpy(dtype="float64")
    return _bins(values, lambda edge: number(edge, 4))


def _dates(known: Series, _rule: ColumnRule) -> Distribution:
    days = known.to_numpy(dtype="datetime64[D]").astype("int64").astype("float64")
    return _bins(days, lambda edge: f"{np.datetime64(int(edge), 'D')}")


def _bins(values: np.ndarray, word: Callable[[float], str]) -> Distribution:
    low, high = np.quantile(values, [0.01, 0.99])
    if low == high:
        return Distribution((word(float(low)),), (1.0,))
    edges = np.linspace(low, high, BARS + 1)
    counts, _ = np.histogram(np.clip(values, low, high), edges)
    labels = tuple(f"{word(float(a))}–{word(float(b))}" for a, b in pairwise(edges))
    return Distribution(labels, tuple(float(count) / len(values) for count in counts))


def _levels(known: Series, _rule: ColumnRule) -> Distribution:
    counts = known.astype("str").value_counts()
    if len(counts) > NAMES_FROM * len(known) and len(counts) > BARS:
        return Distribution()
    return _shares(counts.head(BARS), len(known))


def _bands(known: Series, rule: ColumnRule) -> Distribution:
    counts = known.astype("str").value_counts()
    ordered = [level for level in rule.levels if level in counts.index]
    rest = [level for level in counts.index if level not in set(ordered)]
    return _shares(counts.reindex([*ordered, *rest]).head(BARS), len(known))


def _tags(known: Series, _rule: ColumnRule) -> Distribution:
    tags = known.astype("str").str.split("; ", regex=False).explode()
    return _shares(tags.value_counts().head(BARS), len(known), scale=len(tags) / len(known))


def _shares(counts: Series, of: int, scale: float = 1.0) -> Distribution:
    shares = counts.to_numpy(dtype="float64") / (of * scale)
    return Distribution(
        tuple(str(level) for level in counts.index), tuple(float(share) for share in shares)
    )


_SHAPES = {
    **dict.fromkeys(("number", "money", "percent"), _numbers),
    "date": _dates,
    "range": _bands,
    "tags": _tags,
}
