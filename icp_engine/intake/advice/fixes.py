"""What one click can settle of a problem: the settings that would, in words for a button.

Comes in: a problem, the intake it was found in, the settings. Goes out: `Fix` values, none where
only the file can be mended. Separate because the page, the shell and a test must offer the same,
and a fix is nothing but settings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from icp_engine.intake.columns.given_roles import unreadable_days
from icp_engine.intake.columns.role import Role
from icp_engine.intake.events.which_rows_count import uncounted_words
from icp_engine.intake.model import Intake
from icp_engine.problems import Problem
from icp_engine.settings import Settings
from icp_engine.values.parse import clean_text, missing_mask, parse_column
from icp_engine.wording.sentences import first_few

WORDS_AT_ONCE = 12  # more kinds of unreadable cells are a broken column, not missing words
WORDS_NAMED = 3
BY_COLUMN = (
    "missing_words",
    "kept_words",
    "merges",
    "date_formats",
    "attribute_kinds",
    "meanings",
    "groupings",
)


@dataclass(frozen=True)
class Fix:
    """One way to settle a problem. `label` stands on the button, `what` names the step for undo,
    `changes` are the settings it replaces.
    """

    label: str
    what: str
    changes: dict[str, Any]


def suggest_fixes(problem: Problem, intake: Intake, settings: Settings) -> tuple[Fix, ...]:
    """Every one-click answer to `problem`, the likeliest first; empty when settings cannot help."""
    suggest = _SUGGEST.get(problem.code)
    return tuple(suggest(problem, intake, settings)) if suggest else ()


def _date_order(problem: Problem, _intake: Intake, settings: Settings) -> Iterable[Fix]:
    for order, words in (
        ("day_first", "Day first (30/09/2026)"),
        ("month_first", "Month first (09/30/2026)"),
    ):
        chosen = {**settings.date_formats, problem.column: order}
        yield Fix(
            words, f"{problem.column}: {words.split(' (')[0].lower()}", {"date_formats": chosen}
        )


def _missing_words(problem: Problem, intake: Intake, settings: Settings) -> Iterable[Fix]:
    words = unread_values(problem, intake)
    if not 0 < len(words) <= WORDS_AT_ONCE:
        return
    known = settings.missing_words.get(problem.column, ())
    wanted = tuple(dict.fromkeys((*known, *(word.lower() for word in words))))
    named = first_few([f"“{word[:20]}”" for word in words], WORDS_NAMED)
    changes = {"missing_words": {**settings.missing_words, problem.column: wanted}}
    yield Fix(
        f"{named} {'means' if len(words) == 1 else 'mean'} empty",
        f"Missing words of {problem.column}",
        changes,
    )


def unread_values(problem: Problem, intake: Intake) -> list[str]:
    """The different values of the problem's column that its rule cannot read, commonest first."""
    column = next(
        (c for c in intake.table_columns.get(problem.table, ()) if c.name == problem.column), None
    )
    if column is None or problem.column not in intake.raw[problem.table]:
        return []
    values = intake.raw[problem.table][problem.column]
    unread = parse_column(values, column.rule).isna() & ~missing_mask(values, column.rule)
    return [str(value) for value in clean_text(values[unread]).value_counts().index]


def _with_role(settings: Settings, problem: Problem, role: str) -> dict[str, Any]:
    return {
        "roles": {
            **settings.roles,
            problem.table: {**settings.roles.get(problem.table, {}), problem.column: role},
        }
    }


def _unsure_role(problem: Problem, intake: Intake, settings: Settings) -> Iterable[Fix]:
    role = intake.roles.get(problem.table, {}).get(problem.column, Role("ignore"))
    words = str(role).replace("_", " ")
    yield Fix(
        f"Yes, it is the {words}",
        f"{problem.column}: {words}",
        _with_role(settings, problem, str(role)),
    )
    yield from _leave_out(problem, intake, settings)


def _leave_out(problem: Problem, _intake: Intake, settings: Settings) -> Iterable[Fix]:
    yield Fix(
        "Leave the column out",
        f"{problem.column} left out",
        _with_role(settings, problem, "ignore"),
    )


def _use_column(problem: Problem, _intake: Intake, settings: Settings) -> Iterable[Fix]:
    changes = _with_role(settings, problem, "churned")
    yield Fix("Use the column instead", f"{problem.column} says who left", changes)


def _forget(problem: Problem, _intake: Intake, settings: Settings) -> Iterable[Fix]:
    """The settings without those that name a column no table has."""
    changes: dict[str, Any] = {
        name: {key: value for key, value in held.items() if key != problem.column}
        for name in BY_COLUMN
        if problem.column in (held := getattr(settings, name))
    }
    if any(problem.column in columns for columns in settings.roles.values()):
        changes["roles"] = {
            table: {key: role for key, role in columns.items() if key != problem.column}
            for table, columns in settings.roles.items()
        }
    if any(rule.column == problem.column for rule in settings.scope):
        changes["scope"] = tuple(rule for rule in settings.scope if rule.column != problem.column)
    if changes:
        yield Fix("Forget what was set for it", f"{problem.column} forgotten", changes)


def _found_day(_problem: Problem, _intake: Intake, settings: Settings) -> Iterable[Fix]:
    unreadable = dict.fromkeys(unreadable_days(settings))
    label = (
        "Use the newest date in the data" if "as_of" in unreadable else "Choose it from the data"
    )
    yield Fix(label, "Day of the data: as found", unreadable)


def _silence(_problem: Problem, _intake: Intake, _settings: Settings) -> Iterable[Fix]:
    yield Fix("Yes, they left", "Silent customers count as left", {"churn_from_silence": True})
    yield Fix("No, do not estimate", "Silence says nothing", {"churn_from_silence": False})


def _keep_rows(problem: Problem, _intake: Intake, settings: Settings) -> Iterable[Fix]:
    kept = tuple(dict.fromkeys((*settings.keep_duplicates, problem.table)))
    yield Fix("Keep these rows", f"Equal rows of {problem.table} kept", {"keep_duplicates": kept})


def _count_rows(problem: Problem, intake: Intake, settings: Settings) -> Iterable[Fix]:
    raw = intake.raw.get(problem.table, {})
    if problem.column not in raw:
        return
    words = uncounted_words(clean_text(raw[problem.column].astype("str")))
    said = {**settings.meanings.get(problem.column, {}), **dict.fromkeys(words, "counts")}
    changes = {"meanings": {**settings.meanings, problem.column: said}}
    yield Fix("Count them all the same", f"{problem.column}: every row counts", changes)


def _separate(problem: Problem, _intake: Intake, settings: Settings) -> Iterable[Fix]:
    apart = tuple(dict.fromkeys((*settings.separate_tables, problem.table)))
    yield Fix(
        "They are two different tables",
        f"{problem.table} is a table of its own",
        {"separate_tables": apart},
    )


_SUGGEST: dict[str, Callable[[Problem, Intake, Settings], Iterable[Fix]]] = {
    "dates-ambiguous": _date_order,
    "values-not-numbers": _missing_words,
    "values-not-dates": _missing_words,
    "role-unsure": _unsure_role,
    "metrics-all-missing": _leave_out,
    "churn-contradicts": _use_column,
    "column-unknown": _forget,
    "date-not-understood": _found_day,
    "churn-estimated": _silence,
    "rows-duplicate": _keep_rows,
    "rows-uncounted": _count_rows,
    "tables-one-in-time": _separate,
}
