"""Facts of a study: counts, sums and days, each with the columns it rests on.

Comes in: tables as understood, the intake, customers. Goes out: `Facts`. Separate because nothing is
computed anew here: a fact is a number the study holds anyway, said in one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from icp_engine.customers.model import Customers
from icp_engine.facts.model import Fact, Facts
from icp_engine.intake.columns.table import Table
from icp_engine.intake.model import Intake
from icp_engine.types import Frame

ACCOUNT_ROLES = ("account_id", "account_name", "domain")
OUTCOME_ROLES = ("won", "stage")
LEFT_ROLES = ("churned", "churn_date")
EVENT_VALUES = ("event_amount", "event_quantity", "event_date")
KIND_NAMES = {"unknown": "unused"}


def find_facts(tables: Mapping[str, Table], intake: Intake, customers: Customers | None) -> Facts:
    """All facts; `customers` is None where nobody can be counted.

    How sure: a fact is as sure as the least sure thing it rests on, a column's role (1 where a
    person chose it) or what the column's table was taken for. A fact that rests on nothing that was
    inferred is sure: 1.
    """
    deals = customers.deals if customers is not None else intake.deals
    won = deals["won"].astype("boolean")
    closed = deals.loc[won.notna().to_numpy(dtype=bool), "closed_date"].dropna()
    amounts = deals.loc[won.fillna(False).to_numpy(dtype=bool), "amount"].dropna()
    seen = Columns(tables)
    outcome = seen.by(*OUTCOME_ROLES, kinds=("deals",)) if len(deals) else ()
    names = seen.by(*ACCOUNT_ROLES)
    dated = seen.by("closed_date", kinds=("deals",))
    paid = (*outcome, *seen.by("amount", kinds=("deals",)))
    return Facts(
        tables=_kinds(tables),
        accounts=seen.fact(len(intake.accounts), names),
        customers=seen.fact(_customers(customers), (*seen.by(*_bought(intake)), *outcome)),
        deals=seen.fact(len(deals), seen.by("deal_id", "deal_name", kinds=("deals",))),
        won=seen.fact(int(won.eq(True).fillna(False).sum()), outcome),
        lost=seen.fact(int(won.eq(False).fillna(False).sum()), outcome),
        open=seen.fact(int(won.isna().sum()), outcome),
        won_amount=seen.fact(float(amounts.sum()) if len(amounts) else None, paid),
        first_closed=seen.fact(_day(closed.min()), dated),
        last_closed=seen.fact(_day(closed.max()), dated),
        left=seen.fact(_left(intake.accounts), seen.by(*LEFT_ROLES)),
        value=_value(seen, intake, customers),
    )


def _kinds(tables: Mapping[str, Table]) -> Fact:
    kinds = {
        name: KIND_NAMES.get(str(table.kind), str(table.kind)) for name, table in tables.items()
    }
    by = [
        f"{name}.{column}"
        for name, table in tables.items()
        for column in table.roles
        if f"“{column}”" in table.reason
    ]
    return Fact(kinds, tuple(by), min((table.sure for table in tables.values()), default=1.0))


def _customers(customers: Customers | None) -> int:
    return 0 if customers is None else int(customers.is_customer.sum())


def _bought(intake: Intake) -> tuple[str, ...]:
    """Roles beside outcomes that say who bought."""
    standing = [role for role in ("customer_since", "account_type") if role in intake.accounts]
    return (*standing, *(("event_amount", "event_date") if intake.events else ()))


def _day(day: pd.Timestamp) -> str | None:
    return None if pd.isna(day) else str(day)[:10]


def _left(accounts: Frame) -> int | None:
    """How many left; None where nothing says so."""
    if "churned" not in accounts or not accounts["churned"].notna().any():
        return None
    return int(accounts["churned"].eq(True).fillna(False).sum())


def _value(seen: Columns, intake: Intake, customers: Customers | None) -> Fact:
    if customers is None or not customers.metrics:
        return Fact({}, (), 1.0)
    sums = {
        metric.name: float(pd.to_numeric(customers.accounts[metric.name], errors="coerce").sum())
        for metric in customers.metrics
    }
    summed = {summary.name: summary.table for summary in intake.summaries}
    by: list[str] = []
    for metric in customers.metrics:
        column = intake.columns.get(metric.name)
        if metric.derived:
            by += seen.by("amount", kinds=("deals",))
        elif metric.name in summed:
            by += seen.by(*EVENT_VALUES, tables=(summed[metric.name],))
        elif column is not None:
            by.append(f"{column.table}.{column.name}")
    return seen.fact(sums, tuple(by))


class Columns:
    """The columns of all tables, by role, with how sure each is."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = tables

    def by(
        self, *roles: str, kinds: tuple[str, ...] = (), tables: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        """“table.column” of every used column with one of these roles."""
        return tuple(
            f"{name}.{column}"
            for name, table in self._tables.items()
            if (table.kind in kinds if kinds else table.kind != "unknown")
            and (not tables or name in tables)
            for column in table.headers(*roles)
        )

    def fact(self, value: object, by: Iterable[str]) -> Fact:
        """The value with what it rests on, as sure as the least sure of it."""
        rests = tuple(dict.fromkeys(by))
        sures = [
            min(table.roles[column].score, table.sure)
            for name, table in self._tables.items()
            for column in table.roles
            if f"{name}.{column}" in rests
        ]
        return Fact(value, rests, round(min(sures, default=1.0), 2))
