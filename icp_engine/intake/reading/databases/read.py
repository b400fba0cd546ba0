"""Tables of a source: listed, looked at, read within the limits of the operator.

Comes in: a source, or a table of one. Goes out: what it offers, a few rows, or a whole frame and
what is to be said of it. Separate because this is the one place that knows sources, statements and
values at once.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from icp_engine.intake.reading.databases.connecting import opened
from icp_engine.intake.reading.databases.model import (
    USUAL_SCHEMAS,
    Database,
    DatabaseRefused,
    DatabaseTable,
    ListedTable,
    Source,
)
from icp_engine.intake.reading.databases.selecting import count_rows, read_columns, select_rows
from icp_engine.intake.reading.databases.values import Gathering
from icp_engine.intake.reading.databases.waiting import Patience
from icp_engine.intake.reading.limits import MAX_CELLS
from icp_engine.problems import InputRefused, Problem, make_problem
from icp_engine.types import Frame

PART = 10_000
PREVIEW_ROWS = 20
LOOK_SECONDS = 15.0  # somebody waits at the page
COUNT_SECONDS = 10.0


@dataclass(frozen=True)
class TableRead:
    """A table as read, of typed columns, and what is to be said of the reading."""

    frame: Frame
    problems: tuple[Problem, ...]


def nobody(_rows: int, _share: float) -> None:
    """A report that nobody waits for."""


def list_tables(source: Source) -> tuple[ListedTable, ...]:
    """The tables and views the source offers, by schema and name. Raises InputRefused."""
    try:
        with opened(_in_haste(source)) as database:
            return _offered(database, source)
    except DatabaseRefused as refused:
        raise InputRefused([_problem(refused, "The list of tables", _in_haste(source))]) from None


def preview_table(wanted: DatabaseTable, rows: int = PREVIEW_ROWS) -> Frame:
    """The first `rows` rows as the database gives them, typed as they will be read. Raises
    InputRefused.
    """
    source = _in_haste(wanted.source)
    try:
        with opened(source) as database:
            table = _find(_offered(database, source), wanted)
            return _gather(database, table, rows, source.seconds, nobody).to_frame(rows)
    except DatabaseRefused as refused:
        raise InputRefused([_problem(refused, wanted.table, source)]) from None


def read_table(wanted: DatabaseTable, report: Callable[[int, float], None] = nobody) -> TableRead:
    """The whole table, at most the source's `rows` and `seconds`. Raises InputRefused, or TooLarge
    for its texts.

    `report` hears of rows read and the share done, 0–1, while the database works too; what it
    raises breaks off the reading and is passed on. Rows come in the database's own order.
    """
    source = wanted.source
    try:
        with opened(source) as database:
            table = _find(_offered(database, source), wanted)
            most = min(source.rows, MAX_CELLS // max(len(read_columns(table)), 1))
            gathered = _gather(database, table, most + 1, source.seconds, report)
            total = _count(database, table) if gathered.rows > most else gathered.rows
    except DatabaseRefused as refused:
        raise InputRefused([_problem(refused, wanted.table, source)]) from None
    problems = _left_out(table, wanted.name)
    if gathered.rows > most:
        problems.append(
            make_problem("source-rows-cut", table=wanted.name, count=most, total=_worded(total))
        )
    return TableRead(gathered.to_frame(most), tuple(problems))


def _in_haste(source: Source) -> Source:
    return replace(source, seconds=min(LOOK_SECONDS, source.seconds))


def _offered(database: Database, source: Source) -> tuple[ListedTable, ...]:
    return tuple(
        table for table in database.list_tables() if source.offers(table.schema, table.name)
    )


def _find(tables: tuple[ListedTable, ...], wanted: DatabaseTable) -> ListedTable:
    """The table of that full name, else of that name, in the usual schema first."""
    named = [table for table in tables if wanted.table in (table.full_name, table.name)]
    if not named:
        raise DatabaseRefused("source-table-missing")
    table = min(
        named,
        key=lambda table: (table.full_name != wanted.table, table.schema not in USUAL_SCHEMAS),
    )
    if not table.readable:
        raise DatabaseRefused("source-no-permission")
    if not read_columns(table):
        raise DatabaseRefused("source-failed", found="no column can be read")
    return table


def _gather(
    database: Database,
    table: ListedTable,
    rows: int,
    seconds: float,
    report: Callable[[int, float], None],
) -> Gathering:
    gathered = Gathering(read_columns(table))
    expected = max(1, min(rows, table.rows or rows))

    def tell() -> None:
        report(gathered.rows, min(1.0, gathered.rows / expected))

    parts = database.read_parts(select_rows(table, rows), PART)
    try:
        with Patience(seconds, database.stop, tell) as patience:
            while (part := patience.wait_for(lambda: next(parts, None))) is not None:
                gathered.add(part)
                tell()
                patience.check()
    except DatabaseRefused as refused:
        raise DatabaseRefused(
            refused.code, **{"count": gathered.rows, "total": _worded(table.rows), **refused.facts}
        ) from None
    finally:
        # ValueError: the database has not let go of it
        with contextlib.suppress(DatabaseRefused, ValueError):
            parts.close()  # type: ignore[attr-defined]  # both databases give generators
    return gathered


def _count(database: Database, table: ListedTable) -> int | None:
    """The table's rows; the database's estimate where counting takes long."""
    try:
        with Patience(COUNT_SECONDS, database.stop, lambda: None) as patience:
            return patience.wait_for(lambda: database.read_number(count_rows(table)))
    except DatabaseRefused:
        return table.rows


def _worded(rows: int | None) -> Any:
    return "an unknown number" if rows is None else rows


def _left_out(table: ListedTable, called: str) -> list[Problem]:
    names = [column.name for column in table.columns if column.kind == "binary"]
    if not names:
        return []
    return [
        make_problem(
            "source-columns-left-out", table=called, found="”, “".join(names[:6]), count=len(names)
        )
    ]


def _problem(refused: DatabaseRefused, table: str, source: Source) -> Problem:
    facts = {
        "seconds": f"{source.seconds:g}",
        "count": 0,
        "total": _worded(None),
        "found": "",
    } | refused.facts
    return make_problem(refused.code, table=table, source=source.name, **facts)
