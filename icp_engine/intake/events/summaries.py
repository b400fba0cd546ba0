"""Summaries of further tables as columns of the accounts: named, explained, switched on or off,
their role overridden.

Comes in: a `Summary` and settings. Goes out: accounts with its columns, and a `SummaryColumn` each.
Separate because every table's figures reach the accounts by the same door.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.role import Column, Role
from icp_engine.intake.events.events import Summary
from icp_engine.intake.events.summary_words import find_words, say_cut
from icp_engine.intake.joining.join import Accounts
from icp_engine.intake.joining.joins_and_summaries import SummaryColumn
from icp_engine.problems import Problem, make_problem
from icp_engine.settings import Settings
from icp_engine.values.metric_kinds import kind_of

CHOSEN = ("value_metric", "attribute", "known_after")


def add_summary(
    accounts: Accounts,
    summary: Summary,
    table: str,
    as_of: pd.Timestamp,
    decided: bool,
    settings: Settings,
) -> tuple[Accounts, tuple[SummaryColumn, ...]]:
    """The summary's describing columns; a name the accounts use already gets “ (table)” appended.

    What is switched off is explained all the same, so that it can be switched on. `decided`: some
    deal was closed.
    """
    added, columns, told = {}, dict(accounts.columns), []
    for name, column in summary.columns.items():
        own = f"{name} ({table})" if name in accounts.frame or name in columns else name
        values = summary.frame[name].reindex(accounts.frame.index)
        role = choose_role(own, name, column.role, settings)
        words = find_words(name)
        on = settings.summaries.get(own, words.on) and role != "ignore"
        cut = say_cut(
            "all" if column.role == "known_after" and words.cut != "none" else words.cut,
            as_of,
            decided,
        )
        told.append(
            SummaryColumn(
                own, words.label, table, words.formula, role, cut, int(values.notna().sum()), on
            )
        )
        if on:
            added[own] = values
            columns[own] = _settled(column, own, role)
    frame = accounts.frame.assign(**added) if added else accounts.frame
    return replace(accounts, frame=frame, columns=columns), tuple(told)


def _settled(column: Column, name: str, role: Role) -> Column:
    return replace(column, name=name, role=role)


def choose_role(own: str, name: str, role: Role, settings: Settings) -> Role:
    """The role a person gave a summary, else its own."""
    given = settings.summary_roles.get(own)
    if given is None or given == str(role):
        return role
    if given not in CHOSEN:
        return Role("ignore", 1.0, "left out by you", given=True)
    if given == "value_metric":
        metric = kind_of(split_header(name)[1])
        return Role(given, 1.0, "chosen by you", "", metric.direction, metric.unit, given=True)
    return Role(
        given, 1.0, "chosen by you", "behavioural" if given == "attribute" else "", given=True
    )


def find_unknown(settings: Settings, told: tuple[SummaryColumn, ...]) -> list[Problem]:
    """Settings that name summaries no table has."""
    known = {summary.name for summary in told}
    named = {*settings.summaries, *settings.summary_roles}
    return [make_problem("summary-unknown", found=name) for name in sorted(named - known)]
