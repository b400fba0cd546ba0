"""What one table knows of another's rows: an order has the customer and the day of its lines.

Comes in: understood tables and their relations. Goes out: tables with the account (and day) that
the table they refer to lends them, and a note on each. Separate because a line names its order, and
only the order names who bought.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from icp_engine.intake.columns.table import Table
from icp_engine.intake.joining.keys.relations import Relation
from icp_engine.problems import Problem, make_problem
from icp_engine.types import Series
from icp_engine.values.parse import fold_series
from icp_engine.wording.shares import percent

LENDERS = (
    *("deals", "leads", "contacts", "orders", "invoices", "subscriptions"),
    *("tickets", "engagement"),
)
BORROWERS = (
    *("deals", "orders", "invoices", "subscriptions", "usage", "tickets", "surveys"),
    *("engagement", "churn", "notes"),
)
TRADES = ("orders", "invoices")
HOPS = 3  # a line knows its order, the order its contact, the contact its company
LEAST_SHARE = 0.7


def lend(
    tables: dict[str, Table], relations: list[Relation]
) -> tuple[dict[str, Table], list[Problem]]:
    """Tables that name no account with that of the rows they refer to, the nearest table first."""
    problems: list[Problem] = []
    for _ in range(HOPS):
        borrowed = {
            name: (found, _borrow(table, tables[found.of], found))
            for name, table in tables.items()
            if (found := _lender(table, tables, relations)) is not None
        }
        problems += [_tell(found) for found, _ in borrowed.values()]
        tables = {name: borrowed[name][1] if name in borrowed else tables[name] for name in tables}
        if not borrowed:
            break
    return {name: _filled(table, tables, relations) for name, table in tables.items()}, problems


def names_account(table: Table) -> bool:
    """Whether rows know their account, by a column or by what another table lends."""
    roles = ("account_id", "account_name", "domain")
    return any(table.header(role) is not None or role in table.lent for role in roles)


def _filled(table: Table, tables: dict[str, Table], relations: list[Relation]) -> Table:
    """The table with what its further relations know of rows whose account is still blank."""
    for found in _lenders(table, tables, relations) if table.lent else ():
        more = _borrow(table, tables[found.of], found).lent
        for role in ("account_id", "account_name"):
            held, other = table.lent.get(role), more.get(role)
            if held is not None and other is not None:
                table = replace(table, lent={**table.lent, role: held.where(held.notna(), other)})
    return table


def _lender(table: Table, tables: dict[str, Table], relations: list[Relation]) -> Relation | None:
    if table.kind not in BORROWERS or names_account(table) or table.header("contact_email"):
        return None
    return next(_lenders(table, tables, relations), None)


def _lenders(
    table: Table, tables: dict[str, Table], relations: list[Relation]
) -> Iterator[Relation]:
    """Relations through which the table's rows find their account, the likeliest first."""
    for found in relations:
        if (
            found.table == table.name
            and found.points > 0
            and found.share >= LEAST_SHARE
            and tables[found.of].kind in LENDERS
            and names_account(tables[found.of])
            and not _is_one_sale(table, tables[found.of], found)
        ):
            yield found


def _is_one_sale(table: Table, lender: Table, found: Relation) -> bool:
    """Two tables of deals that share the deal's id: they become one table, nothing is lent."""
    return table.kind == lender.kind == "deals" and table.roles[found.column] == "deal_id"


def _borrow(table: Table, lender: Table, found: Relation) -> Table:
    """The table with the lender's account, and with its day where rows of a trade have none."""
    asked = fold_series(table.frame[found.column].astype("str"))
    key = fold_series(lender.frame[found.key].astype("str"))
    roles = ["account_id", "account_name"]
    if table.kind in TRADES and lender.kind in TRADES and table.header("event_date") is None:
        roles.append("event_date")
    lent = {
        role: _look_up(asked, key, values)
        for role in roles
        if (values := lender.part(role)) is not None
    }
    return replace(table, lent=lent)


def _look_up(asked: Series, key: Series, values: Series) -> Series:
    held = pd.Series(values.to_numpy(), index=pd.Index(key), dtype=values.dtype)
    held = held[held.index.notna()]
    return asked.map(held[~held.index.duplicated()]).astype(values.dtype)


def _tell(found: Relation) -> Problem:
    return make_problem(
        "table-through",
        table=found.table,
        column=found.column,
        found=found.of,
        share=percent(found.share),
    )
