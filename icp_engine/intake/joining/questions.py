"""What only a person can answer: who has left, and which stage is won, where the words do not say.

Comes in: tables as understood. Goes out: Problems that ask. Separate from reading values because a
question is asked once, of all tables together, and only where nothing else gives the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pandas as pd

from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.outcomes import (
    account_type_label,
    is_yes_no,
    read_churned,
    read_outcome,
)
from icp_engine.intake.columns.table import Table
from icp_engine.intake.joining.deals import tells_lost_by_reason, tells_won_only
from icp_engine.problems import Problem, make_problem
from icp_engine.types import Series
from icp_engine.wording.sentences import first_few

VALUES_MAX = 25  # a column with more values is no list of states
SHOWN = 6
_WON_FLAG = re.compile(r"\b(is won|is closed( won| lost)?|won (time|date)|date won)\b")
STATE = re.compile(
    r"^((customer|account|client|contract|subscription|relationship|lifecycle) )?(status|stage|zustand)$"
)


def ask_questions(tables: Iterable[Table]) -> list[Problem]:
    """One Problem for every column that needs an answer."""
    tables = list(tables)
    accounts = [table for table in tables if table.kind == "accounts"]
    ended = any(table.header("churned") or table.header("churn_date") for table in tables) or any(
        table.kind in ("churn", "subscriptions", "orders") for table in tables
    )
    problems = [problem for table in accounts for problem in _ask_who_left(table, ended)]
    return problems + [
        problem for table in tables if table.kind == "deals" for problem in _ask_who_won(table)
    ]


def _ask_who_left(table: Table, ended: bool) -> Iterator[Problem]:
    """Values of the churned column that say neither; without one, of a status column that might
    tell.
    """
    header = table.header("churned")
    if header is None and not ended:
        header = next((name for name in table.frame if _is_state(table, str(name))), None)
    if header is None:
        return
    if table.rules[header].type == "boolean":
        return
    values = table.words(header)
    counts = values.value_counts()
    if is_yes_no(values) or len(counts) > VALUES_MAX:
        return
    said = read_churned(pd.Series(counts.index, dtype="str"), header)
    unknown = [str(value) for value, flag in zip(counts.index, said, strict=True) if pd.isna(flag)]
    if unknown:
        yield _question("churn-unsure", table, header, values, unknown)


def _is_state(table: Table, header: str) -> bool:
    """A column of states that is not already known to tell customers from prospects."""
    if not STATE.match(split_header(header)[1]) or table.rules[header].type != "category":
        return False
    levels = table.words(header).dropna().unique()
    telling = [
        value
        for value in levels
        if account_type_label(str(value).casefold()) not in (None, "customer")
    ]
    return (
        2 <= len(levels) <= 12
        and not telling
        and table.roles[header] in ("attribute", "known_after")
    )


def _ask_who_won(table: Table) -> Iterator[Problem]:
    """Values of the status or stage column when none of them is won, or none lost, and some say
    nothing.
    """
    header = table.header("won") or table.header("stage")
    if header is not None and tells_won_only(table):
        no = read_outcome(table.words(header)).eq(False).fillna(False).astype(bool)
        if no.any():
            yield make_problem(
                "outcome-one-sided", table=table.name, column=header, count=int(no.sum())
            )
        return
    if header is None or (table.header("won") and table.header("stage")):
        return
    values = table.words(header)
    counts = values.value_counts()
    if is_yes_no(values) or not 0 < len(counts) <= VALUES_MAX or _is_flagged(table):
        return
    said = read_outcome(pd.Series(counts.index, dtype="str"))
    unknown = [str(value) for value, flag in zip(counts.index, said, strict=True) if pd.isna(flag)]
    if unknown and set(said.dropna()) != {True, False} and not tells_lost_by_reason(table):
        yield _question("outcome-unsure", table, header, values, unknown)


def _is_flagged(table: Table) -> bool:
    """Whether another column says what was won: a yes/no of the tool, or a won date."""
    return any(_WON_FLAG.search(split_header(str(name))[1]) for name in table.frame)


def _question(code: str, table: Table, header: str, values: Series, unknown: list[str]) -> Problem:
    values = values.map(str, na_action="ignore")  # a number among words is a value like any other
    asked = values.isin(unknown).to_numpy()
    rows = [int(row) for row in values.index[asked][:20]]
    counts = values[asked].value_counts()
    named = first_few([f"“{value}” ({counts[value]})" for value in unknown], SHOWN)
    return make_problem(code, table=table.name, column=header, rows=rows, found=named)
