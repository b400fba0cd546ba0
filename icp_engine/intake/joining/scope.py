"""The scope of a study: row filters on accounts and deals.

Comes in: accounts, deals and the settings' filters. Goes out: the rows that stay. Separate because
the scope stands as a sentence on every page and must mean the same everywhere.
"""

from __future__ import annotations

import pandas as pd

from icp_engine.intake.columns.table import Table
from icp_engine.problems import Problem, make_problem
from icp_engine.settings import Filter, Settings
from icp_engine.types import Frame, Series
from icp_engine.values.dates import read_day
from icp_engine.values.parse import fold, fold_series


def apply_scope(
    accounts: Frame, deals: Frame, tables: dict[str, Table], settings: Settings
) -> tuple[Frame, Frame, list[Problem]]:
    """Rows that pass every filter. Deals follow their account; an account whose deals all fail
    leaves as well.
    """
    problems: list[Problem] = []
    for rule in settings.scope:
        frame = accounts if rule.table == "accounts" else deals
        name = _column(rule, frame, tables)
        if name is None:
            problems.append(make_problem("column-unknown", table=rule.table, column=rule.column))
            continue
        problems += _bounds_without_effect(frame[name], rule)
        passed = frame[passes(frame[name], rule) | _stays_open(frame, name, rule)]
        if rule.table == "accounts":
            accounts, deals = passed, deals[deals["account_id"].isin(passed.index)]
        else:
            gone = set(deals["account_id"]) - set(passed["account_id"])
            accounts, deals = accounts[~accounts.index.isin(gone)], passed
    return accounts, deals, problems


def _bounds_without_effect(values: Series, rule: Filter) -> list[Problem]:
    """A problem for each bound that is no value of the column's kind."""
    return [
        make_problem(
            "settings-no-effect",
            column=rule.column,
            found=f"“{bound}” cannot be compared with “{rule.column}”, so the scope leaves it out",
        )
        for bound, at_least in ((rule.low, True), (rule.high, False))
        if bound is not None and _limit(values, bound, at_least) is None
    ]


def _column(rule: Filter, frame: Frame, tables: dict[str, Table]) -> str | None:
    """The column a filter means: by its name, else by the role that the file's header has."""
    if rule.column in frame:
        return rule.column
    roles = {
        str(table.roles[rule.column])
        for table in tables.values()
        if table.kind == rule.table and rule.column in table.roles
    }
    return next((role for role in sorted(roles) if role in frame), None)


def _stays_open(frame: Frame, name: str, rule: Filter) -> Series:
    """Open deals under a filter by the day of closing, which they do not have yet."""
    if (
        rule.table != "deals"
        or name != "closed_date"
        or rule.keep_open is False
        or not (rule.low or rule.high)
    ):
        return pd.Series(False, index=frame.index)
    return frame["won"].isna()


def passes(values: Series, rule: Filter) -> Series:
    """Whether each value passes: among `values`, not in `exclude` (spelling compared loosely), low
    ≤ value ≤ high.
    """
    kept = pd.Series(True, index=values.index)
    if rule.exclude:
        kept &= ~fold_series(values.astype("str")).isin(
            [fold(value) for value in rule.exclude]
        ).fillna(False)
    if rule.values:
        kept &= (
            fold_series(values.astype("str"))
            .isin([fold(value) for value in rule.values])
            .fillna(False)
        )
    for bound, at_least in ((rule.low, True), (rule.high, False)):
        if bound is None:
            continue
        limit = _limit(values, bound, at_least)
        if limit is not None:
            kept &= (
                ((values >= limit) if at_least else (values <= limit)).fillna(False).astype(bool)
            )
    return kept


def _limit(values: Series, bound: str, at_least: bool) -> object | None:
    """The bound as a date or number, as the column needs it; None when it is neither. The last day
    counts whole.
    """
    if pd.api.types.is_datetime64_any_dtype(values):
        limit = read_day(bound)
        whole_day = not at_least and len(bound.strip()) == len("2026-09-30")
        return (
            None
            if pd.isna(limit)
            else limit + pd.Timedelta(days=1, microseconds=-1)
            if whole_day
            else limit
        )
    if not pd.api.types.is_numeric_dtype(values):
        return None
    number = pd.to_numeric(bound, errors="coerce")
    return None if pd.isna(number) else float(number)
