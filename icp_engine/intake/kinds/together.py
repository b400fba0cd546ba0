"""What a row of each table is, judged over all tables at once.

Comes in: the kinds each table has by itself. Goes out: the kinds that go together. Separate because
a table is what the others make of it: leads stand beside opportunities or for them, quotes belong
to deals, steps repeat a deal's key, and a list that nobody bought from is a list of products.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.role import TableKind
from icp_engine.intake.kinds.judge import MIN_POINTS, USERS, Kind, names_other_things
from icp_engine.intake.kinds.links import Links, find_links
from icp_engine.intake.kinds.signs import SIGNS
from icp_engine.intake.kinds.steps import are_steps
from icp_engine.types import Frame
from icp_engine.values.rule import ColumnRule

# kinds whose rows happened to somebody: what they name is an account, what they do not is a list
HAPPENED = frozenset(("deals", "leads", "orders", "subscriptions", "invoices", "tickets", "usage"))
HOLDS_CUSTOMERS = ("accounts", "deals", "orders", "subscriptions")


@dataclass(frozen=True)
class Tables:
    """All tables with their kinds so far, and which column of which holds another one's key."""

    kinds: dict[str, Kind]
    frames: dict[str, Frame]
    rules: dict[str, dict[str, ColumnRule]]
    links: Links

    def named(self, *kinds: str) -> list[str]:
        """Tables of these kinds."""
        return [name for name, kind in self.kinds.items() if kind.name in kinds]

    def become(self, name: str, kind: TableKind, reason: str) -> Tables:
        """The tables with one of them of another kind."""
        changed = replace(self.kinds[name], name=kind, reason=reason)
        return replace(self, kinds={**self.kinds, name: changed})


def settle_kinds(
    kinds: dict[str, Kind], frames: dict[str, Frame], rules: dict[str, dict[str, ColumnRule]]
) -> dict[str, Kind]:
    """Kinds of all tables together: steps, leads, quotes and look-up tables find their place; where
    none holds accounts, deals or transactions, the best candidate is taken.
    """
    tables = Tables(kinds, frames, rules, find_links(frames, rules))
    for settle in _SETTLERS:
        tables = settle(tables)
    return tables.kinds


def _settle_steps(tables: Tables) -> Tables:
    """Rows that repeat another table's key, each time with another stage, are steps of its
    history.
    """
    for name in tables.named("deals", "unknown", "orders", "engagement", "accounts"):
        held = {link.column for link in tables.links.of(name)}
        if not held or len(tables.named("deals")) < 2 - (tables.kinds[name].name != "deals"):
            continue
        stages = [
            column
            for column, said in tables.kinds[name].states.items()
            if said & {"stage", "sold", "lead"}
        ]
        if stages and are_steps(tables.frames[name], tables.rules[name], held, stages):
            reason = "its rows are the steps of records in another table"
            tables = tables.become(name, "history", reason)
    return tables


def _settle_accounts_with_outcomes(tables: Tables) -> Tables:
    """A table that deals refer to, each row once, describes accounts, even where a column of it
    says won or lost.
    """
    for name in tables.named("deals"):
        kind = tables.kinds[name]
        if kind.leads or kind.rivals.get("accounts", 0.0) < MIN_POINTS:
            continue
        others = [
            other
            for other in tables.named("deals")
            if other != name and not tables.kinds[other].leads
        ]
        asked = [link for other in others for link in tables.links.between(other, name)]
        back = [link for other in others for link in tables.links.between(name, other)]
        if any(link.repeats for link in asked) and not back:
            tables = tables.become(name, "accounts", f"“{asked[0].table}” refers to its rows")
    return tables


def _settle_leads(tables: Tables) -> Tables:
    """Leads stand beside opportunities, or for them where there are none."""
    deals = [name for name in tables.named("deals") if not tables.kinds[name].leads]
    for name in tables.named("deals"):
        if not tables.kinds[name].leads:
            continue
        if not deals:
            reason = "no table holds opportunities, so leads stand in for them"
            tables = tables.become(name, "deals", reason)
        elif not _one_record_in_two_files(tables, name, deals):
            reason = f"leads, of which some became deals in “{deals[0]}”"
            tables = tables.become(name, "leads", reason)
    return tables


def _one_record_in_two_files(tables: Tables, leads: str, deals: list[str]) -> bool:
    """Whether leads without any state are the first half of deals that go by the leads' own id."""
    if any(
        said & {"lead", "sold", "flag", "stage"} for said in tables.kinds[leads].states.values()
    ):
        return False
    back = [link for deal in deals for link in tables.links.between(deal, leads)]
    return any(link.own for link in back)


def _settle_quotes(tables: Tables) -> Tables:
    """What refers to deals by their id and is none of them (quotes, orders with a state) is not
    counted with them.
    """
    for name in tables.named("deals"):
        others = [other for other in tables.named("deals") if other != name]
        for other in others:
            to, back = tables.links.between(name, other), tables.links.between(other, name)
            if any(not link.own for link in to) and not any(not link.own for link in back):
                reason = f"its rows belong to deals in “{other}”"
                tables = tables.become(name, "quotes", reason)
                break
    return tables


def _settle_lists(tables: Tables) -> Tables:
    """A list that others refer to, of something that is no customer, is looked up and holds none."""
    for name in tables.named("orders", "contacts", "invoices", "campaigns", "usage"):
        if not _dated(tables, name) or tables.kinds[name].name == "contacts":
            listed = names_other_things(tables.frames[name])
            if listed and tables.links.to(name):
                tables = tables.become(name, "unknown", "a list that other tables refer to")
    accounts = tables.named("accounts")
    bought = [name for name in accounts if _asked_by(tables, name) & HAPPENED]
    for name in accounts:
        asked = _asked_by(tables, name)
        if bought and asked and not asked & (HAPPENED | {"accounts", "contacts"}):
            tables = tables.become(name, "unknown", "only lists refer to it, and nobody there buys")
    return tables


def _asked_by(tables: Tables, name: str) -> set[str]:
    """Kinds of the tables that hold this table's key."""
    return {str(tables.kinds[link.table].name) for link in tables.links.to(name)}


def _dated(tables: Tables, name: str) -> bool:
    return any(rule.type == "date" for rule in tables.rules[name].values())


def _settle_buyers(tables: Tables) -> Tables:
    """Where no table holds accounts, the list that sales refer to does, if it names no other
    things.
    """
    if tables.named("accounts"):
        return tables
    for name in tables.named("unknown"):
        sales = [
            link
            for link in tables.links.to(name)
            if tables.kinds[link.table].name in HAPPENED and link.repeats
        ]
        if (
            sales
            and len(tables.frames[name].columns) >= 2
            and not names_other_things(tables.frames[name])
        ):
            return tables.become(name, "accounts", f"“{sales[0].table}” refers to its rows")
    return tables


def _settle_best_candidate(tables: Tables) -> Tables:
    if tables.named(*HOLDS_CUSTOMERS):
        return tables
    for name, frame in tables.frames.items():
        if _could_be_accounts(frame, tables.rules[name], tables.kinds[name]):
            reason = "no other table holds accounts, and this one describes one thing a row"
            return replace(tables, kinds={**tables.kinds, name: Kind("accounts", 1.0, reason)})
    return tables


def _could_be_accounts(frame: Frame, rules: dict[str, ColumnRule], kind: Kind) -> bool:
    if kind.name == "contacts":
        words = [split_header(str(column))[1] for column in frame.columns]
        signs = [pattern for pattern, worth in SIGNS["accounts"] if worth >= 2]
        return any(pattern.search(said) for said in words for pattern in signs)
    describing = sum(
        rule.type in ("category", "number", "money", "range", "tags", "boolean", "percent")
        for rule in rules.values()
    )
    return (
        kind.name == "unknown"
        and kind.reason != USERS
        and describing >= 3
        and not names_other_things(frame)
    )


_SETTLERS: tuple[Callable[[Tables], Tables], ...] = (
    _settle_steps,
    _settle_accounts_with_outcomes,
    _settle_leads,
    _settle_quotes,
    _settle_lists,
    _settle_buyers,
    _settle_best_candidate,
)
