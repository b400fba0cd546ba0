"""Roles in tables that speak of the deals of another table: leads, quotes, steps of a history.

Comes in: a table's kind and roles. Goes out: roles in which nothing decides who won, and what is to
be said of it. Separate because these tables are worded as deals are, and must not be read as such.
"""

from __future__ import annotations

from collections.abc import Mapping

from icp_engine.intake.columns.role import Role, TableKind
from icp_engine.intake.kinds.judge import Kind
from icp_engine.problems import Problem, make_problem

_READ_AS: dict[TableKind, TableKind] = {"leads": "deals", "quotes": "deals", "history": "unknown"}
_LATER = ("won", "stage", "amount", "lost_reason", "deal_type", "pipeline", "product", "churned")
_DAYS = ("closed_date", "churn_date")


def read_as(kind: TableKind) -> TableKind:
    """The kind whose rules for headers hold in this one."""
    return _READ_AS.get(kind, kind)


def settle_roles(roles: dict[str, Role], kind: TableKind) -> dict[str, Role]:
    """Roles of a table of leads: what became of them is known afterwards, and no key of theirs is
    a deal's.
    """
    return {header: _of_leads(role) for header, role in roles.items()} if kind == "leads" else roles


def _of_leads(role: Role) -> Role:
    if role.given:
        return role
    if role in _LATER:
        return Role("known_after", role.score, "what became of the lead")
    if role in _DAYS:
        return Role("ignore", role.score, "when the lead was done with")
    if role == "deal_id":
        return Role("identifier", role.score, "names the lead or the deal it became")
    return role


def tell_kinds(kinds: Mapping[str, Kind]) -> list[Problem]:
    """Notes on tables that could be taken for deals and are not, or are for want of better."""
    deals = [name for name, kind in kinds.items() if kind.name == "deals"]
    stand_ins = deals if all(kinds[name].leads for name in deals) else []
    apart = [name for name, kind in kinds.items() if kind.name in ("quotes", "history")]
    return [
        *(make_problem("leads-stand-in", table=name) for name in stand_ins),
        *(make_problem("rows-not-deals", table=name, found=kinds[name].reason) for name in apart),
    ]
