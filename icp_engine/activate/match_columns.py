"""Columns of somebody's list matched to the columns a rubric reads: by name, by meaning, by values.

Comes in: raw rows and the columns wanted. Goes out: one `ColumnMatch` a wanted column, to be shown
and changed. Separate because a person looks at this before anything is scored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd
from rapidfuzz import fuzz

from icp_engine.activate.same_meaning import meaning_of
from icp_engine.intake.columns.header_words import field_name, split_header
from icp_engine.types import Frame, Series
from icp_engine.values.parse import missing_mask, parse_column
from icp_engine.values.plain_words import plain_words, squeeze
from icp_engine.values.rule import ColumnRule

How = Literal["name", "meaning", "values", "similar", "chosen", ""]
SAMPLE_ROWS = 2_000
SIMILAR = 88  # rapidfuzz token-sort ratio, 0–100
KNOWN_VALUES = 0.6  # share of distinct values that the study knows, from which values alone decide
FEWEST_VALUES = 3  # distinct values, or they decide nothing
READ = 0.5  # share of filled cells that must be readable, or a like name is no match
NUMBERS = ("number", "money", "percent")


@dataclass(frozen=True)
class Wanted:
    """A column the scoring reads: its rule, the values the study knows (empty for numbers), its
    points.
    """

    name: str
    rule: ColumnRule
    known: frozenset[str] = frozenset()
    weight: int = 0


@dataclass(frozen=True)
class ColumnMatch:
    """Which of the list's columns stands for a wanted one; `column` None: none does.

    reason: why, in words. filled: share 0–1 of the rows with a readable value. unseen: distinct
    values that the study has never met, the commonest first, at most five; unseen_rows: rows that
    hold one.
    """

    wanted: str
    column: str | None
    how: How
    reason: str
    weight: int
    filled: float = 0.0
    unseen: tuple[str, ...] = ()
    unseen_rows: int = 0


@dataclass(frozen=True)
class Pairing:
    """A column that may stand for a wanted one, and how well (0–1)."""

    column: str | None
    how: How
    reason: str
    closeness: float = 1.0


NO_PAIRING = Pairing(None, "", "not in the list")


def match_columns(
    frame: Frame, wanted: Sequence[Wanted], chosen: Mapping[str, str | None] | None = None
) -> tuple[ColumnMatch, ...]:
    """One match a wanted column, in its order; no column of the list stands for two.

    frame: raw rows with unique headers. chosen: {wanted: column, or None for “not in the list”} as
    a person said; it beats what names and values say.
    """
    given = {
        name: column for name, column in (chosen or {}).items() if column is None or column in frame
    }
    found = _settle(frame, wanted, given)
    return tuple(_described(frame, one, found.get(one.name, NO_PAIRING)) for one in wanted)


def _settle(
    frame: Frame, wanted: Sequence[Wanted], given: Mapping[str, str | None]
) -> dict[str, Pairing]:
    """What a person chose, then the best pairs by header, then by values among what is left."""
    found = {
        name: Pairing(column, "chosen", "chosen by you" if column else "left out by you")
        for name, column in given.items()
    }
    sample = frame.head(SAMPLE_ROWS)
    for compare in (_compare_headers, _compare_values):
        taken = {pairing.column for pairing in found.values()}
        open_ones = [one for one in wanted if one.name not in found]
        columns = [column for column in frame.columns if column not in taken]
        pairs = [
            (pair, one.name)
            for one in open_ones
            for column in columns
            if (pair := compare(sample[column], one))
        ]
        for pair, name in sorted(pairs, key=lambda entry: -entry[0].closeness):
            if name not in found and pair.column not in taken:
                found[name] = pair
                taken.add(pair.column)
    return found


def _compare_headers(column: Series, one: Wanted) -> Pairing | None:
    """The same name, another word for the same, or a similar name; the values must be readable."""
    mine, other = split_header(one.name)[1], split_header(str(column.name))[1]
    meaning = meaning_of(one.name)
    pairing = None
    named = plain_words(field_name(one.name))
    if named and squeeze(named) == squeeze(plain_words(field_name(str(column.name)))):
        pairing = Pairing(str(column.name), "name", "same name", 1.0)
    elif mine and squeeze(mine) == squeeze(other):
        pairing = Pairing(str(column.name), "meaning", f"another word for {one.name}", 0.95)
    elif meaning and meaning == meaning_of(str(column.name)):
        pairing = Pairing(str(column.name), "meaning", f"another word for {meaning}", 0.9)
    elif mine and (similar := fuzz.token_sort_ratio(mine, other)) >= SIMILAR:
        pairing = Pairing(str(column.name), "similar", "a similar name", similar / 200)
    return pairing if pairing and _readable(column, one.rule) else None


def _readable(column: Series, rule: ColumnRule) -> bool:
    """Whether the rule reads at least half of what is filled in; an empty column is readable."""
    filled = ~missing_mask(column, rule).to_numpy(dtype=bool)
    return not filled.any() or bool(parse_column(column[filled], rule).notna().mean() >= READ)


def _compare_values(column: Series, one: Wanted) -> Pairing | None:
    """By values alone: most of a column's distinct values are ones the study knows. Yes and no tell
    nothing.
    """
    if len(one.known) < FEWEST_VALUES or one.rule.type in (*NUMBERS, "boolean"):
        return None
    values = _distinct(column, one.rule)
    if len(values) < FEWEST_VALUES:
        return None
    known = sum(value in one.known for value in values)
    share = known / len(values)
    if share < KNOWN_VALUES:
        return None
    return Pairing(
        str(column.name), "values", f"{known} of its {len(values)} values are known", share
    )


def _distinct(column: Series, rule: ColumnRule) -> list[str]:
    """Distinct clean values of a sample, the commonest first; tags one by one."""
    clean = parse_column(column.head(SAMPLE_ROWS), rule).dropna().astype("str")
    if rule.type == "tags":
        clean = clean.str.split("; ", regex=False).explode()
    return [str(value) for value in clean.value_counts().index]


def _described(frame: Frame, one: Wanted, pairing: Pairing) -> ColumnMatch:
    match = ColumnMatch(one.name, pairing.column, pairing.how, pairing.reason, one.weight)
    if pairing.column is None:
        return match
    clean = parse_column(frame[pairing.column], one.rule)
    known = clean.notna()
    match = replace(match, filled=float(known.mean()) if len(clean) else 0.0)
    if not one.known or one.rule.type in (*NUMBERS, "boolean"):
        return match
    return _with_unseen(match, clean[known].astype("str"), one)


def _with_unseen(match: ColumnMatch, clean: Series, one: Wanted) -> ColumnMatch:
    """Values never met before: they count as known, so they earn what “any other” value earns."""
    if one.rule.type == "tags":
        return match  # a tag nobody scores is no surprise
    counts = clean.value_counts()
    new = counts[~counts.index.isin(one.known)]
    return replace(
        match, unseen=tuple(str(value) for value in new.index[:5]), unseen_rows=int(new.sum())
    )


def take_columns(frame: Frame, matches: Sequence[ColumnMatch]) -> Frame:
    """The matched columns under the names the rubric reads; index kept."""
    return pd.DataFrame(
        {m.wanted: frame[m.column] for m in matches if m.column is not None}, index=frame.index
    )
