"""Which column of which table holds another table's key.

Comes in: all raw tables. Goes out: links. Separate because it is told by containment of values,
whatever a column is called; only plain numbers, which any count holds too, need a header that
agrees.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.kinds.judge import repeats
from icp_engine.types import Frame, Series
from icp_engine.values.rule import ColumnRule

SAMPLE = 5000  # different values of a column that are looked up
CONTAINED = 0.8  # share 0–1 of them that the other table must know
SOME = 0.3  # share enough for ids of the same make, where one export was cut
FEWEST = 5  # different values that tell anything
FEWEST_NAMED = 2  # where both headers are the same and speak of a key
UNIQUE = 0.98  # share of rows a key tells apart; the others repeat by mistake
_NUMBER = re.compile(r"[0-9]{1,9}(\.0)?")
_KEY_WORD = re.compile(r" ?(id|ids|no|nr|number|key|code|num)$")
_KEY_TYPES = frozenset(("id", "text", "number", "category"))


@dataclass(frozen=True)
class Link:
    """`table`.`column` holds values of `key` in `to`. `share`: 0–1 of its values that are known
    there; `repeats`: whether they come several times; `own`: whether the column is the table's own
    key.
    """

    table: str
    column: str
    to: str
    key: str
    share: float
    repeats: bool
    own: bool


@dataclass(frozen=True)
class Links:
    """All links between the tables."""

    links: tuple[Link, ...] = ()

    def of(self, table: str) -> list[Link]:
        """Links from this table to others."""
        return [link for link in self.links if link.table == table]

    def to(self, table: str) -> list[Link]:
        """Links from others to this table."""
        return [link for link in self.links if link.to == table]

    def between(self, table: str, to: str) -> list[Link]:
        """Links from one table to the other, the best first."""
        found = [link for link in self.links if link.table == table and link.to == to]
        return sorted(found, key=lambda link: -link.share)


@dataclass(frozen=True)
class _Keyed:
    """One column that may be a key or hold one, as text. `distinct`: its different values."""

    column: str
    words: str
    filled: Series
    distinct: Series
    unique: bool


def find_links(frames: dict[str, Frame], rules: dict[str, dict[str, ColumnRule]]) -> Links:
    """Every pair of columns of two tables where one holds the other's key."""
    if len(frames) < 2:
        return Links()
    keyed = {name: _keyed(frame, rules[name]) for name, frame in frames.items()}
    own = {name: next((c for c in columns if c.unique), None) for name, columns in keyed.items()}
    found = []
    for to, key in own.items():
        known = set() if key is None else set(key.distinct)
        for name, columns in keyed.items():
            if name == to or key is None:
                continue
            for column in columns:
                share = _share_known(column, key, known)
                if share:
                    is_own = own[name] is column
                    found.append(
                        Link(
                            name,
                            column.column,
                            to,
                            key.column,
                            share,
                            repeats(column.filled),
                            is_own,
                        )
                    )
    return Links(tuple(found))


def _keyed(frame: Frame, rules: dict[str, ColumnRule]) -> list[_Keyed]:
    """Columns of ids, names and whole numbers; those that look like a key first."""
    columns = []
    for header in map(str, frame.columns):
        if header not in rules or rules[header].type not in _KEY_TYPES:
            continue
        filled = _as_text(frame[header])
        distinct = pd.Series(filled.unique(), dtype="str")
        least = min(FEWEST, max(FEWEST_NAMED, len(frame)))
        unique = len(distinct) >= least and len(distinct) >= UNIQUE * len(filled)
        unique &= len(filled) >= UNIQUE * len(frame) and bool(
            distinct.iloc[:200].str.len().max() <= 60
        )
        words = split_header(header)[1]
        numbers = bool(distinct.iloc[:200].str.fullmatch(_NUMBER.pattern).all())
        if rules[header].type == "number" and not numbers:
            continue
        columns.append(_Keyed(header, words, filled, distinct, unique))
    return sorted(columns, key=lambda column: not _KEY_WORD.search(column.words))


def _as_text(series: Series) -> Series:
    text = series.dropna().astype("str").str.strip()
    text = text[(text != "") & (text.str.upper() != "NULL")]
    return text.str.removesuffix(".0")


def _share_known(column: _Keyed, key: _Keyed, known: set[str]) -> float:
    """Share 0–1 of the column's values among the key's, 0 where that tells nothing."""
    asked = column.distinct.iloc[:SAMPLE]
    named = column.words == key.words and bool(_KEY_WORD.search(key.words))
    if len(asked) < (FEWEST_NAMED if named else min(FEWEST, max(len(known) // 2, 2))):
        return 0.0
    plain = bool(asked.iloc[:200].str.fullmatch(_NUMBER.pattern).all())
    if plain and not _same_words(column.words, key.words):
        return 0.0
    hits = sum(value in known for value in asked)
    share = hits / len(asked)
    return share if share >= (CONTAINED if plain or column.unique is False else SOME) else 0.0


def _same_words(first: str, second: str) -> bool:
    """Whether headers of plain numbers agree: “reseller key” and “reseller key”, “company id” and
    “id”.
    """
    one, other = _KEY_WORD.sub("", first), _KEY_WORD.sub("", second)
    return one == other or (not other and bool(_KEY_WORD.search(first)))
