"""Who bought, where no header, no other table's key and no borrowed column says: the column of codes
or firms that comes again.

Comes in: understood tables and relations. Goes out: event tables with the buyer's role. Separate because
it is the last resort: whatever another table tells comes first.
"""

from __future__ import annotations

from dataclasses import replace

from icp_engine.intake.columns.evidence.buyers import LEAST, SAMPLE_ROWS, buyer_points
from icp_engine.intake.columns.evidence.deal_columns import Deals, award
from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.person_names import names_firms
from icp_engine.intake.columns.role import Role
from icp_engine.intake.columns.table import Table
from icp_engine.intake.columns.understand import tell_unsure
from icp_engine.intake.joining.keys.lent import names_account
from icp_engine.intake.joining.keys.relations import Relation
from icp_engine.problems import Problem

TRADES = ("orders", "invoices", "subscriptions")
WHY = "it names somebody again and again, by codes or as firms"


def settle_buyers(
    tables: dict[str, Table], relations: list[Relation]
) -> tuple[dict[str, Table], list[Problem]]:
    """Orders, invoices and subscriptions without an account with their likeliest buyer, and where
    others are as likely.
    """
    named = {
        name: _with_buyer(table, {found.column for found in relations if found.table == name})
        for name, table in tables.items()
        if table.kind in TRADES and not names_account(table) and not table.header("contact_email")
    }
    told = [problem for table in named.values() for problem in tell_unsure(table)]
    return {**tables, **named}, [problem for problem in told if _of_buyer(problem, named)]


def _of_buyer(problem: Problem, tables: dict[str, Table]) -> bool:
    return tables[problem.table].roles[problem.column] in ("account_id", "account_name")


def _with_buyer(table: Table, keys: set[str]) -> Table:
    """keys: columns that hold another table's key, which names no buyer or was taken before."""
    words = {str(header): split_header(str(header))[1] for header in table.frame.columns}
    seen = Deals(table.frame.iloc[:SAMPLE_ROWS], table.rules, words, dict(table.roles))
    points = {
        header: (buyer_points(words[header], seen.frame[header], table.rules[header]), WHY)
        for header in seen.open_to("id", "category", "text", "number")
        if header not in keys
    }
    best = award(seen, "account_id", points, LEAST)
    if best is not None and names_firms(seen.frame[best].drop_duplicates()):
        role = seen.roles[best]
        seen.roles[best] = Role("account_name", role.score, role.reason, rivals=role.rivals)
    return replace(table, roles=seen.roles)
