"""Newer files put in the place of a study's tables: which file is which table, and whether it
replaces or adds to it.

Comes in: the tables a study stands on, what it took them for, and newly read ones. Goes out: the
tables of the next study under their old names, and a `TableChange` each. Separate because settings
name tables and columns: they hold only if “deals_2026Q4.csv” stands where “deals_2026Q3.csv” stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from icp_engine.intake.joining.export_days import KEPT
from icp_engine.intake.joining.export_growth import KEPT_MOST, keep_headcounts
from icp_engine.intake.model import Intake
from icp_engine.types import Frame, Series
from icp_engine.values.yes_no_missing import fold

LEAST_ALIKE = 0.4
SAME_STEM = 0.3
NO_WORD = re.compile(r"[\W_]+")
COUNTERS = re.compile(r"q[1-4]|[\d\W_]+|\b(copy|kopie|export|new)\b")
REPLACES_FROM = 0.5  # share of the old rows that a new file must hold to be the whole table again
KEYS = {
    "accounts": ("account_id", "account_name", "domain"),
    "deals": ("deal_id",),
    "contacts": ("contact_email",),
}


@dataclass(frozen=True)
class TableChange:
    """One table: `file` is the new file's name (“” where none came), `how` what became of the
    table.

    “replaced”: the file is the whole table again. “added”: its rows joined the old ones, the newer
    row of a key wins. “new”: no such table before. “kept”: no new file, the old rows stay.
    """

    table: str
    file: str
    how: Literal["replaced", "added", "new", "kept"]
    rows_before: int
    rows_now: int
    renamed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class NextTables:
    """Raw tables of the next study by name, and what became of each; `missing` are old tables no
    file came for.
    """

    raw: dict[str, Frame]
    changes: tuple[TableChange, ...]
    missing: tuple[str, ...]


def place_tables(
    intake: Intake,
    new: dict[str, Frame],
    keep_missing: bool = True,
    add: dict[str, bool] | None = None,
) -> NextTables:
    """Put newly read tables in the place of the old ones.

    `add` says of single tables that their new rows join the old ones (True) or replace them
    (False); else a file that holds at least half of the old rows replaces them. Without a new file
    a table stays, unless `keep_missing` is False.
    """
    own = {name: frame for name, frame in intake.raw.items() if not KEPT.search(name)}
    places = dict(match_tables(own, new))
    raw: dict[str, Frame] = {}
    changes: list[TableChange] = []
    for name, old in own.items():
        file = places.get(name)
        if file is None:
            if keep_missing:
                raw[name] = old
                changes.append(TableChange(name, "", "kept", len(old), len(old)))
            continue
        frame, renamed = with_old_headers(new[file], old)
        adds = (add or {}).get(name, not _holds_most(old, frame, _key_headers(intake, name)))
        raw[name] = add_rows(old, frame, _key_headers(intake, name)) if adds else frame
        changes.append(
            TableChange(
                name, file, "added" if adds else "replaced", len(old), len(raw[name]), renamed
            )
        )
    for file in new:
        if file not in places.values():
            name = file if file not in raw else f"{file} (new)"
            raw[name] = new[file]
            changes.append(TableChange(name, file, "new", 0, len(new[file])))
    missing = tuple(name for name in own if name not in places)
    raw |= _earlier_headcounts(
        intake, {change.table for change in changes if change.how in ("replaced", "added")}
    )
    return NextTables(raw, tuple(changes), missing)


def _earlier_headcounts(intake: Intake, renewed: set[str]) -> dict[str, Frame]:
    """The small tables of earlier headcounts by name, the newest `KEPT_MOST`, those of renewed
    tables added.
    """
    kept = {name: frame for name, frame in intake.raw.items() if KEPT.search(name)}
    kept |= dict(
        found for name in intake.raw if name in renewed and (found := keep_headcounts(intake, name))
    )
    return {name: kept[name] for name in sorted(kept)[-KEPT_MOST:]}


def match_tables(old: dict[str, Frame], new: dict[str, Frame]) -> Iterator[tuple[str, str]]:
    """(old table, new file) pairs, the most alike first: by shared headers, then by names without
    numbers.
    """
    pairs = sorted(
        (
            (-_alike(name, frame, file, other), name, file)
            for name, frame in old.items()
            for file, other in new.items()
        )
    )
    taken: set[str] = set()
    placed: set[str] = set()
    for score, name, file in pairs:
        if -score >= LEAST_ALIKE and name not in placed and file not in taken:
            placed.add(name)
            taken.add(file)
            yield name, file


def _alike(name: str, frame: Frame, file: str, other: Frame) -> float:
    first, second = ({fold(str(header)) for header in table.columns} for table in (frame, other))
    shared = len(first & second) / max(len(first | second), 1)
    return (
        shared
        + (SAME_STEM if _stem(name) == _stem(file) else 0.0)
        + (0.01 if name == file else 0.0)
    )


def _stem(name: str) -> str:
    """A table's name without dates, quarters and counters: “deals_2026-Q3 (2)” → “deals”."""
    return COUNTERS.sub("", NO_WORD.sub(" ", name.casefold()))


def with_old_headers(frame: Frame, old: Frame) -> tuple[Frame, tuple[tuple[str, str], ...]]:
    """The frame with headers in the old spelling where they differ only in case, blanks or
    punctuation.
    """
    spelled = {fold(str(header)): str(header) for header in old.columns}
    present = set(frame.columns)
    renames = {
        header: spelled[fold(str(header))]
        for header in frame.columns
        if header not in old.columns and spelled.get(fold(str(header)), header) not in present
    }
    renames = {new: kept for new, kept in renames.items() if new != kept}
    return frame.rename(columns=renames), tuple((kept, new) for new, kept in renames.items())


def _key_headers(intake: Intake, name: str) -> tuple[str, ...]:
    """The column that tells a table's rows apart; none where nothing does."""
    roles = intake.roles.get(name, {})
    for role in KEYS.get(intake.kinds.get(name, "unknown"), ("event_id",)):
        header = next((header for header, found in roles.items() if found == role), None)
        if (
            header is not None
            and header in intake.raw[name]
            and not _repeats(intake.raw[name][header])
        ):
            return (header,)
    return ()


def _repeats(values: Series) -> bool:
    known = values.dropna()
    return bool(known.nunique() < 0.9 * len(known))


def _rows_as_text(frame: Frame, headers: tuple[str, ...], common: list[str]) -> Series:
    """What tells a row apart, as text: its key, or everything both tables hold."""
    names = [name for name in headers if name in common] or common
    text = frame[names].astype("str").fillna("")
    return text[names[0]] if len(names) == 1 else text.agg("\x1f".join, axis="columns")


def _holds_most(old: Frame, new: Frame, key: tuple[str, ...]) -> bool:
    """Whether the new table holds at least half of the old rows; without common columns it cannot
    add to them.
    """
    common = [name for name in old.columns if name in new.columns]
    if not common or not len(old):
        return True
    held = _rows_as_text(old, key, common).isin(set(_rows_as_text(new, key, common)))
    return bool(held.mean() >= REPLACES_FROM)


def add_rows(old: Frame, new: Frame, key: tuple[str, ...]) -> Frame:
    """Old rows that the new table does not hold, then the new ones; row numbers are counted anew
    from 2.
    """
    common = [name for name in old.columns if name in new.columns]
    held = set(_rows_as_text(new, key, common)) if common else set()
    stays = old[~_rows_as_text(old, key, common).isin(held)] if common else old
    parts = [_plain(frame, stays, new) for frame in (stays, new)]
    columns = list(dict.fromkeys((*old.columns, *new.columns)))
    both = pd.concat(parts, ignore_index=True).reindex(columns=columns)
    return both.set_axis(pd.RangeIndex(2, 2 + len(both)))


def _plain(frame: Frame, first: Frame, second: Frame) -> Frame:
    """Columns that the two tables hold in different types, as text."""
    unlike = [
        name
        for name in frame.columns
        if name in first and name in second and first[name].dtype != second[name].dtype
    ]
    return frame.astype(dict.fromkeys(unlike, "str")) if unlike else frame
