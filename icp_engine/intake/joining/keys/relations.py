"""Which column's values are another table's key: the share that is found, and what else speaks for it.

Comes in: understood tables. Goes out: `Relation`s, the likeliest first. Separate because a header
may call a key anything, while values that all stand in another table's key are no accident, unless
they merely count up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.table import Table, known_values
from icp_engine.intake.joining.keys.spellings import SHAPES, Shape, bare, find_prefix
from icp_engine.types import Series
from icp_engine.values.parse import fold_series
from icp_engine.values.plain_words import squeeze
from icp_engine.wording.numbers import of

SAMPLE_ROWS = 20_000
SAMPLE_VALUES = 2_000
LEAST_FILLED = 0.95  # share of a key column's rows that must hold a value
LEAST_FOUND = 0.5  # share of a column's different values that the key must hold
LEAST_VALUES = 3
COUNTED_UP = 3  # whole numbers that fill at least a third of their range may meet by chance
NEEDED = -3.0  # what a pair must outweigh
MEASURES = ("boolean", "date", "money", "percent", "range", "empty", "phone", "tags")


@dataclass(frozen=True)
class Relation:
    """`column` of `table` holds the key of the table `of`. `points` above 0 speak for it; `share`
    0–1 of its different values are found.
    """

    table: str
    column: str
    of: str
    key: str
    points: float
    share: float
    reason: str


@dataclass
class _Key:
    """A column that names every row of its table."""

    table: str
    header: str
    values: Series
    counts_up: bool

    @cached_property
    def folded(self) -> frozenset[str]:
        """The values as names are compared."""
        return frozenset(fold_series(self.values))

    @cached_property
    def spelled(self) -> tuple[tuple[Shape, frozenset[str]], ...]:
        """Every shape in which ids meet, with the values in it."""
        return tuple((shape, frozenset(shape(self.values).dropna())) for shape in (*SHAPES, bare))

    @cached_property
    def prefix(self) -> str:
        """The letters that lead its values."""
        return find_prefix(self.values)


def find_relations(tables: dict[str, Table]) -> list[Relation]:
    """Every pair of a column and a key of another table that holds most of its values."""
    if len(tables) < 2:
        return []
    keys = [key for table in tables.values() for key in _keys_of(table)]
    found = [
        relation
        for table in tables.values()
        for header in table.frame.columns
        if keys and table.rules[header].type not in MEASURES
        for relation in _relations_of(table, str(header), keys)
    ]
    return sorted(found, key=lambda relation: (-relation.points, relation.table, relation.column))


def _keys_of(table: Table) -> Iterator[_Key]:
    for header in table.frame.columns:
        rule = table.rules[header]
        if rule.type in MEASURES or not _names_rows(table.frame[header].iloc[:SAMPLE_ROWS]):
            continue
        values = known_values(table.frame[header], rule).astype("str")
        if len(values) < LEAST_FILLED * len(table.frame) or not values.is_unique:
            continue
        if not _is_fraction(values):
            yield _Key(table.name, str(header), values, counts_up(values))


def _names_rows(values: Series) -> bool:
    known = values.dropna()
    return len(known) >= LEAST_VALUES and not known.duplicated().any()


def _is_fraction(values: Series) -> bool:
    """Whether the values are measured, not counted: decimals that are no “12.0”."""
    numbers = pd.to_numeric(values.iloc[:SAMPLE_VALUES], errors="coerce")
    return bool(numbers.notna().all() and (numbers % 1 != 0).any())


def counts_up(values: Series) -> bool:
    """Whether values are small whole numbers close together, which may be among others by chance."""
    numbers = pd.to_numeric(values, errors="coerce")
    if not len(numbers) or numbers.isna().any():
        return False
    distinct = numbers.nunique()
    return bool(numbers.max() - numbers.min() < COUNTED_UP * distinct and numbers.min() < 1_000)


def _relations_of(table: Table, header: str, keys: list[_Key]) -> Iterator[Relation]:
    others = [key for key in keys if key.table != table.name]
    raw = table.frame[header].iloc[:SAMPLE_ROWS]
    values = known_values(raw, table.rules[header]).astype("str") if others else raw.head(0)
    asked = pd.Series(values.unique()[:SAMPLE_VALUES], dtype="str")
    if len(asked) < LEAST_VALUES or _is_fraction(asked):
        return
    folded, shaped = list(fold_series(asked)), _Spelled(asked)
    for key in others:
        share = _share_in(folded, key.folded)
        spelled = share < LEAST_FOUND
        share = max(share, _share_spelled(shaped, key)) if spelled else share
        if share >= LEAST_FOUND:
            by_chance = (spelled or key.counts_up) and counts_up(asked)
            pair = Pair(table.name, header, len(values) > len(asked), by_chance)
            yield _judged(pair, key, len(asked), share)


class _Spelled:
    """A column's values in every shape, each made once however many keys are tried."""

    def __init__(self, asked: Series) -> None:
        self._asked, self._shapes = asked, dict[Shape, list[object]]()

    def shape(self, shape: Shape) -> list[object]:
        """The values in this shape."""
        if shape not in self._shapes:
            self._shapes[shape] = list(shape(self._asked))
        return self._shapes[shape]

    @cached_property
    def prefix(self) -> str:
        """The letters that lead them."""
        return find_prefix(self._asked)


def _share_in(values: list[object], known: frozenset[str]) -> float:
    return sum(value in known for value in values) / len(values)


def _share_spelled(asked: _Spelled, key: _Key) -> float:
    """Share of the values that the key holds in another spelling, its best one."""
    both = bool(key.prefix and asked.prefix)  # “S001” is not “L001”
    return max(
        _share_in(asked.shape(shape), known)
        for shape, known in key.spelled
        if not (both and shape is bare)
    )


@dataclass(frozen=True)
class Pair:
    """What is known of a column beside the share that a key holds."""

    table: str
    column: str
    repeats: bool
    by_chance: bool


def _judged(pair: Pair, key: _Key, asked: int, share: float) -> Relation:
    """The points of one pair: the share found, the same name, how many of the keys are used."""
    words, named = (split_header(h)[1] for h in (pair.column, key.header))
    found = round(share * asked)
    points = (
        4.0 if share >= 0.98 else 2.5 if share >= 0.85 else 0.5,
        _same_name(words, named, key.table),
        1.0 if found >= 0.3 * len(key.values) else 0.0,
        0.5 if pair.repeats else 0.0,
        -4.0 if pair.by_chance else 0.0,
        NEEDED,
    )
    reason = f"{of(found, asked)} values are “{key.header}” of “{key.table}”"
    return Relation(pair.table, pair.column, key.table, key.header, sum(points), share, reason)


def _same_name(words: str, named: str, table: str) -> float:
    """Points for headers that are called alike, or after the table that holds the key."""
    if squeeze(words) == squeeze(named) and words not in ("id", "name", "number"):
        return 3.0
    own = squeeze(split_header(table)[1])
    singular = own.removesuffix("s")
    return 2.0 if len(singular) >= 3 and singular in squeeze(words) else 0.0
