"""All tables understood together: what a column is, then whose key its values are, and what one table
tells of another's rows.

Comes in: raw tables and settings. Goes out: `Understood`. Separate because columns are judged one
table at a time, and much that a table is shows only beside the others.
"""

from __future__ import annotations

import re
from dataclasses import replace

from icp_engine.intake.columns.evidence.filled_where import customers_only
from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.table import Table, known_values
from icp_engine.intake.columns.understand import Understood, understand_columns, understood_as
from icp_engine.intake.joining.keys.account_keys import settle_codes, settle_keys, settle_pairs
from icp_engine.intake.joining.keys.lent import lend
from icp_engine.intake.joining.keys.named_buyers import settle_buyers
from icp_engine.intake.joining.keys.relations import Relation, find_relations
from icp_engine.intake.kinds.judge import repeats
from icp_engine.settings import Settings
from icp_engine.types import Frame

TRADING = ("deals", "leads", "orders", "invoices", "subscriptions")
OPEN_ROLES = ("identifier", "attribute", "ignore")
OTHER_THINGS = re.compile(
    r"\b(product\w*|produ[ck]t\w*|produit\w*|item\w*|sku|artik\w+|artic\w+|material\w*|categor\w+|kategor\w+|campaign\w*"
    r"|employee\w*|mitarbeiter\w*|empleado\w*|vendedor\w*|vendeur\w*|verkaufer\w*"
    r"|rep|agent|owner|seller|sales ?person|user|territory|region|store|shop|filiale|plan|lager\w*)\b"
)
WHY_ORDERS = "its rows name an account again and again, with a day and an amount each"
EVENTFUL = (*TRADING, "tickets", "usage", "engagement", "surveys", "churn")


def understand_related(raw: dict[str, Frame], settings: Settings) -> Understood:
    """Types, kinds, roles and currencies of all tables, settled by what they hold of one another."""
    understood = understand_columns(raw, settings)
    relations = find_relations(understood.tables)
    tables = settle_codes(understood.tables)
    tables = settle_by_relations(tables, relations, settings)
    tables = settle_keys(tables, relations)
    tables = settle_trades(tables, settings)
    tables, notes = lend(tables, relations)
    tables, told = settle_buyers(tables, relations)
    tables = settle_pairs(tables)
    for (name, header), role in customers_only(tables.values()).items():
        tables[name] = replace(tables[name], roles={**tables[name].roles, header: role})
    return replace(understood, tables=tables, problems=[*understood.problems, *notes, *told])


def settle_by_relations(
    tables: dict[str, Table], relations: list[Relation], settings: Settings
) -> dict[str, Table]:
    """Tables whose kind only others tell: customers are whom deals and orders name; whom only a
    list of things names is none.
    """
    strong = [found for found in relations if found.points > 0]
    things = {name for name, table in tables.items() if _lists_things(table, strong, tables)}
    tables = {
        name: replace(table, kind="unknown", reason="what other rows are about, without a day")
        if name in things
        else table
        for name, table in tables.items()
    }
    buyers = _named_by(strong, tables, {"unknown"}, ("account_id",))
    if not buyers and not any(table.kind == "accounts" for table in tables.values()):
        buyers = _likeliest(strong, tables, things)
    for name in buyers - things:
        reason = "deals or orders name its rows as their account"
        tables = {**tables, name: understood_as(tables[name], "accounts", reason, settings)}
    suppliers = _named_by_things(strong, tables)
    return {
        name: replace(table, kind="unknown", reason="no deal, order or ticket names its rows")
        if name in suppliers
        else table
        for name, table in tables.items()
    }


def settle_trades(tables: dict[str, Table], settings: Settings) -> dict[str, Table]:
    """Tables of no known kind whose rows name an account again and again, with a day and an amount
    each: orders, whatever they are called.
    """
    return {
        name: _as_orders(table, settings) if table.kind == "unknown" else table
        for name, table in tables.items()
    }


def _as_orders(table: Table, settings: Settings) -> Table:
    header = table.header("account_id")
    if header is None or settings.table_kinds.get(table.name):
        return table
    key = known_values(table.frame[header], table.rules[header])
    if not repeats(key) or not _dated(table):
        return table
    orders = understood_as(table, "orders", WHY_ORDERS, settings)
    orders = replace(orders, roles={**orders.roles, header: table.roles[header]})
    traded = orders.header("event_date") and orders.header("event_amount")
    return orders if traded else table


def _lists_things(table: Table, relations: list[Relation], tables: dict[str, Table]) -> bool:
    """Products and the like taken for events: no day, no account, and other events name its rows."""
    if table.kind not in ("orders", "invoices", "subscriptions", "usage"):
        return False
    if table.header("account_id") or table.header("account_name") or _dated(table):
        return False
    return any(
        found.of == table.name and tables[found.table].kind in EVENTFUL for found in relations
    )


def _dated(table: Table) -> bool:
    return any(rule.type == "date" for rule in table.rules.values())


def _named_by(
    relations: list[Relation], tables: dict[str, Table], kinds: set[str], roles: tuple[str, ...]
) -> set[str]:
    """Tables of these kinds whose key stands in the account's column of deals or events, and that
    refer to no such table themselves.
    """
    named = {
        found.of
        for found in relations
        if tables[found.of].kind in kinds
        and tables[found.table].kind in TRADING
        and tables[found.table].roles[found.column] in roles
        and not any(role.given for role in tables[found.of].roles.values())
    }
    return named - {
        found.table for found in relations if tables[found.of].kind in {*kinds, "accounts"}
    }


def _likeliest(relations: list[Relation], tables: dict[str, Table], things: set[str]) -> set[str]:
    """Where nothing holds accounts: the one table of people or of nothing known that deals or events
    name most, unless the column speaks of products or sellers.
    """
    told = [found for found in relations if not OTHER_THINGS.search(split_header(found.column)[1])]
    named = _named_by(told, tables, {"unknown", "contacts"}, ("account_id", *OPEN_ROLES)) - things
    points = {name: sum(one.points for one in told if one.of == name) for name in named}
    return {max(points, key=lambda name: (points[name], name))} if points else set()


def _named_by_things(relations: list[Relation], tables: dict[str, Table]) -> set[str]:
    """Tables of accounts that only lists of things name, beside accounts that deals or events name."""
    accounts = {name for name, table in tables.items() if table.kind == "accounts"}
    named = {found.of for found in relations if tables[found.table].kind in EVENTFUL}
    only = {
        found.of
        for found in relations
        if found.of in accounts - named and tables[found.table].kind == "unknown"
    }
    return only if accounts & named else set()
