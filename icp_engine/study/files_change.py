"""A newer quarter's files in an existing study: what was set is applied again, and what no longer
matches is listed.

Comes in: a study and newer files. Goes out: the next study and a `FilesChange`. Separate because
the study before stays as it was; whoever keeps studies makes the next one a step that can be taken
back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pandas as pd

from icp_engine.intake.joining.next_tables import NextTables, TableChange, place_tables
from icp_engine.intake.model import Intake
from icp_engine.problems import Problem
from icp_engine.rubric.model import Rubric
from icp_engine.settings import Settings
from icp_engine.study.derived import Derived
from icp_engine.study.looks import Looked
from icp_engine.study.understood import Understood
from icp_engine.types import Frame
from icp_engine.wording.numbers import count

Some = TypeVar("Some", bound=Looked)
LEVELS_MOST = 60  # an attribute with more levels is not a list one knows
LISTED = 10
UNIMPORTANT = ("ignore", "identifier")
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FilesChange:
    """What newer files changed; `lines` holds every finding as a sentence, `sentence` the whole in
    one.

    columns_gone, columns_new: (table, column). columns_renamed: (table, column, as the new file
    spells it). roles_lost: (table, column, role). roles_changed: (table, column, role before, role
    now). criteria_without_column: names of criteria. levels_never_seen: (column, level) of the new
    files. merges_unused, missing_words_unused: columns.
    """

    sentence: str
    tables: tuple[TableChange, ...]
    tables_missing: tuple[str, ...]
    tables_new: tuple[str, ...]
    columns_gone: Pairs
    columns_new: Pairs
    columns_renamed: tuple[tuple[str, str, str], ...]
    roles_lost: tuple[tuple[str, str, str], ...]
    roles_changed: tuple[tuple[str, str, str, str], ...]
    pins_without_account: tuple[str, ...]
    exclusions_without_account: tuple[str, ...]
    criteria_without_column: tuple[str, ...]
    levels_never_seen: Pairs
    merges_unused: tuple[str, ...]
    missing_words_unused: tuple[str, ...]
    notes: tuple[str, ...]
    lines: tuple[str, ...]

    @property
    def nothing_lost(self) -> bool:
        """Whether everything that was set found its place again."""
        return not any(getattr(self, name) for name in LOSSES)


LOSSES = (
    *("tables_missing", "roles_lost", "pins_without_account", "exclusions_without_account"),
    *("criteria_without_column", "merges_unused", "missing_words_unused"),
)


@dataclass(frozen=True)
class NextFiles(Generic[Some]):
    """The study on newer files, what changed, and the problems met in reading them."""

    study: Some
    change: FilesChange
    problems: tuple[Problem, ...]


def open_next(
    study: Some,
    new: dict[str, Frame],
    problems: tuple[Problem, ...],
    keep_missing: bool = True,
    keep_rubric: bool = False,
    add: dict[str, bool] | None = None,
) -> NextFiles[Some]:
    """The study with newly read tables in the place of its own; see `Study.next_files`."""
    # headcounts of accounts out of scope as well
    whole = study.replace(scope=()) if study.settings.scope else study
    placed = place_tables(whole.intake, new, keep_missing, add)
    settings = study.settings.merged(rubric=study.rubric) if keep_rubric else study.settings
    settings, notes = _refreshed(settings)
    following = type(study)(placed.raw, settings, problems, progress=study.progress)
    if settings.looks and _mostly_new(study, following):
        following = following.replace(looks=0, looked_at=())
        notes.append("Most held-out deals are new, so the count of looks at them starts again.")
    return NextFiles(following, compare_files(study, following, placed, tuple(notes)), problems)


def _refreshed(settings: Settings) -> tuple[Settings, list[str]]:
    """Settings without the day that cut the older data."""
    if settings.as_of is None:
        return settings, []
    note = f"The data were cut at {settings.as_of}; the day they speak for is now the newest date in them."
    return settings.merged(as_of=None), [note]


def _mostly_new(study: Derived, following: Derived) -> bool:
    """Whether at least half of the accounts held out now were not held out before."""
    if not len(following.intake.accounts) or not len(study.intake.accounts):
        return False
    before, now = set(study.holdout.accounts), set(following.holdout.accounts)
    return bool(now) and len(now - before) >= 0.5 * len(now)


def compare_files(
    study: Understood, following: Understood, placed: NextTables, notes: tuple[str, ...] = ()
) -> FilesChange:
    """Everything the older study named that the newer files do not have, and what they have that is
    new.
    """
    old, new, settings = study.intake, following.intake, following.settings
    gone, added = _columns(old, new), _columns(new, old)
    known = {column for frame in placed.raw.values() for column in frame.columns}
    told: dict[str, Any] = {
        "tables": placed.changes,
        "tables_missing": placed.missing,
        "tables_new": tuple(change.table for change in placed.changes if change.how == "new"),
        "columns_gone": gone,
        "columns_new": added,
        "columns_renamed": tuple(
            (c.table, kept, written) for c in placed.changes for kept, written in c.renamed
        ),
        "roles_lost": _roles_lost(old, gone),
        "roles_changed": _roles_changed(old, new),
        "pins_without_account": _absent(settings.pins, new),
        "exclusions_without_account": _absent(settings.exclusions, new),
        "criteria_without_column": _criteria_lost(settings.rubric, following),
        "levels_never_seen": _levels_never_seen(old, new, settings.rubric),
        "merges_unused": tuple(sorted(set(settings.merges) - known)),
        "missing_words_unused": tuple(sorted(set(settings.missing_words) - known)),
        "notes": notes,
    }
    lines = tuple(_lines(told))
    return FilesChange(sentence=_sentence(told), lines=lines, **told)


def _columns(first: Intake, second: Intake) -> Pairs:
    """(table, column) of the first that the second, which has the table too, does not have."""
    return tuple(
        (name, str(column))
        for name, frame in first.raw.items()
        if name in second.raw
        for column in frame.columns
        if column not in second.raw[name].columns
    )


def _roles_lost(old: Intake, gone: Pairs) -> tuple[tuple[str, str, str], ...]:
    found = (
        (table, column, str(old.roles.get(table, {}).get(column, "ignore")))
        for table, column in gone
    )
    return tuple(lost for lost in found if lost[2] not in UNIMPORTANT)


def _roles_changed(old: Intake, new: Intake) -> tuple[tuple[str, str, str, str], ...]:
    return tuple(
        (table, column, str(role), str(new.roles[table][column]))
        for table, roles in old.roles.items()
        for column, role in roles.items()
        if column in new.roles.get(table, {}) and new.roles[table][column] != role
    )


def _absent(named: dict[str, str], new: Intake) -> tuple[str, ...]:
    return tuple(account for account in named if account not in new.accounts.index)


def _criteria_lost(rubric: Rubric | None, following: Understood) -> tuple[str, ...]:
    """Criteria of a kept rubric that read a column the newer data do not have."""
    if rubric is None or not len(following.intake.accounts):
        return ()
    have = set(following.accounts.columns)
    return tuple(
        criterion.name for criterion in rubric.criteria if not set(criterion.columns) <= have
    )


def _levels_never_seen(old: Intake, new: Intake, rubric: Rubric | None) -> Pairs:
    """Levels of the newer data that the older never had: in the rubric's columns, else in every
    short list.
    """
    asked = (
        {name for criterion in rubric.criteria for name in criterion.columns}
        if rubric
        else set(old.columns)
    )
    found = []
    for name in sorted(asked & set(old.columns) & set(new.columns)):
        column = old.columns[name]
        if column.type not in ("category", "range") or column.role != "attribute":
            continue
        seen = set(old.accounts[name].dropna().astype("str"))
        now = pd.Index(new.accounts[name].dropna().astype("str").unique())
        if 0 < len(seen) <= LEVELS_MOST:
            found += [(name, level) for level in sorted(now.difference(list(seen)))[:LISTED]]
    return tuple(found)


def _sentence(told: dict[str, Any]) -> str:
    came = [change for change in told["tables"] if change.how != "kept"]
    rows = "; ".join(
        f"{change.table}: {count(change.rows_before)} → {count(change.rows_now)} rows"
        for change in came
    )
    lost = sum(len(told[name]) for name in LOSSES)
    end = (
        "Everything you had set found its place."
        if not lost
        else f"{lost} of your earlier choices no longer match."
    )
    return f"{rows or 'No table changed'}. {end}"


def _lines(told: dict[str, Any]) -> list[str]:
    """Every finding as a sentence, what needs a person first."""
    kept = {change.table for change in told["tables"] if change.how == "kept"}
    lines = [
        f"No new file for “{table}”: "
        + ("its rows stay as they were." if table in kept else "it is left out.")
        for table in told["tables_missing"]
    ]
    lines += [
        f"“{column}” ({role.replace('_', ' ')}) is no longer in “{table}”."
        for table, column, role in told["roles_lost"]
    ]
    lines += [
        f"“{column}” in “{table}” was {before.replace('_', ' ')} and is read as {now.replace('_', ' ')} now."
        for table, column, before, now in told["roles_changed"]
    ]
    lines += [
        f"The rubric asks for “{name}”, and no column holds it."
        for name in told["criteria_without_column"]
    ]
    lines += [
        f"Pinned account {name} is not in the new files." for name in told["pins_without_account"]
    ]
    lines += [
        f"Left-out account {name} is not in the new files."
        for name in told["exclusions_without_account"]
    ]
    lines += [
        f"No column “{name}” any more for your merged spellings." for name in told["merges_unused"]
    ]
    lines += [
        f"No column “{name}” any more for your missing words."
        for name in told["missing_words_unused"]
    ]
    lines += [f"“{level}” is new in “{column}”." for column, level in told["levels_never_seen"]]
    lines += [f"“{column}” is new in “{table}”." for table, column in told["columns_new"]]
    lines += [
        f"“{new}” in “{table}” is taken for “{old}”." for table, old, new in told["columns_renamed"]
    ]
    return [*lines, *told["notes"]]
