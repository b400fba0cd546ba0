"""A listed table → the one statement that reads it, as an expression.

Comes in: a listed table. Goes out: a SELECT that SQLAlchemy quotes. Separate because both databases
must give the same values for the same column, and nobody writes SQL as text.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql import quoted_name

from icp_engine.intake.reading.databases.model import ListedColumn, ListedTable
from icp_engine.intake.reading.limits import MAX_CELL_CHARACTERS

_AS_THEY_ARE = frozenset({"integer", "number", "float", "boolean"})


def read_columns(table: ListedTable) -> tuple[ListedColumn, ...]:
    """The columns that are read: all but binary ones."""
    return tuple(column for column in table.columns if column.kind != "binary")


def select_rows(table: ListedTable, rows: int) -> Any:
    """Read columns of the table in their order, at most `rows` rows.

    Rows come in the order of the primary key, so that reading twice gives the same; without one, in
    the database's own.

    Numbers and booleans come as they are, lists as lists of texts; dates as ISO text, since a
    database knows days that Python does not; everything else as text of at most
    `MAX_CELL_CHARACTERS`.
    """
    columns = read_columns(table)
    asked = [_expression(column).label(f"c{place}") for place, column in enumerate(columns)]
    keys: list[Any] = [
        sa.column(quoted_name(column.name, True)) for column in columns if column.is_key
    ]
    return sa.select(*asked).select_from(_from(table, columns)).order_by(*keys).limit(rows)


def count_rows(table: ListedTable) -> Any:
    """How many rows the table has."""
    return sa.select(sa.func.count()).select_from(_from(table, ()))


def _from(table: ListedTable, columns: tuple[ListedColumn, ...]) -> Any:
    names: list[Any] = [sa.column(quoted_name(column.name, True)) for column in columns]
    return sa.table(quoted_name(table.name, True), *names, schema=quoted_name(table.schema, True))


def _expression(column: ListedColumn) -> Any:
    named: Any = sa.column(quoted_name(column.name, True))
    if column.kind in _AS_THEY_ARE:
        return named
    if column.kind in ("date", "moment"):
        return sa.cast(named, sa.Text)
    if column.kind == "list":
        return sa.cast(named, sa.ARRAY(sa.Text))
    value = sa.func.to_json(named) if column.kind == "record" else named
    return sa.func.left(sa.cast(value, sa.Text), MAX_CELL_CHARACTERS)
