"""Events joined to accounts: their metrics become columns, their dates say who churned and since when.

Comes in: event tables and accounts. Goes out: events that know their account, and accounts with the summaries added.
Separate because every summary joins by the same rules, whatever it sums up.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from icp_engine.intake.columns import Table
from icp_engine.intake.events import (
    Summary,
    read_events,
    settle_churn,
    summarise_churn,
    summarise_orders,
    summarise_subscriptions,
    summarise_tickets,
    summarise_usage,
)
from icp_engine.intake.join import Accounts, account_keys, add_accounts
from icp_engine.intake.model import Role
from icp_engine.problems import Problem, make_problem
from icp_engine.types import Frame, Series

# Subscriptions come before usage, whose rows may know the subscription only
ORDER = ("orders", "subscriptions", "tickets", "churn", "usage")
SUMMARIES = {
    "orders": summarise_orders,
    "subscriptions": summarise_subscriptions,
    "tickets": summarise_tickets,
    "usage": summarise_usage,
}


def join_events(tables: dict[str, Table], accounts: Accounts) -> tuple[dict[str, Frame], Accounts, list[Problem]]:
    """Events by table, each row with its account id; accounts that only events name are added."""
    events: dict[str, Frame] = {}
    problems: list[Problem] = []
    owners: Series | None = None  # subscription id → account id
    for table in sorted((t for t in tables.values() if t.kind in ORDER), key=lambda t: ORDER.index(t.kind)):
        accounts, ids, found = add_accounts(accounts, account_keys(table), table.name)
        subscription = table.part("event_id")
        if ids.isna().all() and owners is not None and subscription is not None:
            ids = subscription.map(owners).astype("str")
        if table.kind == "subscriptions" and subscription is not None:
            owners = pd.Series(ids.to_numpy(), index=subscription.to_numpy())
            owners = owners[~owners.index.duplicated()]
        problems += found + _homeless(table, ids)
        events[table.name] = read_events(table, ids) if table.kind != "churn" else _churn_events(table, ids)
    return events, accounts, problems


def _homeless(table: Table, ids: Series) -> list[Problem]:
    rows = [int(row) for row in ids.index[ids.isna().to_numpy()][:20]]
    if not rows:
        return []
    if ids.isna().all():
        return [make_problem("table-unused", table=table.name)]
    return [make_problem("rows-without-account", table=table.name, rows=rows, count=int(ids.isna().sum()))]


def _churn_events(table: Table, ids: Series) -> Frame:
    dates = table.part("churn_date")
    frame = pd.DataFrame(
        {
            "account_id": ids,
            "date": pd.NaT if dates is None else dates,
            "quantity": float("nan"),
            "amount": float("nan"),
        }
    )
    frame = frame.astype({"date": "datetime64[ns]"})
    return (
        frame[frame["account_id"].notna()].sort_values(["date", "account_id"], kind="stable").reset_index(drop=True)
    )


def add_history(
    tables: dict[str, Table], events: dict[str, Frame], accounts: Accounts, as_of: pd.Timestamp
) -> tuple[Accounts, dict[str, Table], list[Problem]]:
    """Accounts with every table's summary; tables with the role of a column that events contradict changed."""
    parts: dict[str, Frame] = {}
    for name, rows in events.items():
        table = tables[name]
        if table.kind == "churn":
            parts["churn"] = summarise_churn(rows, as_of)
        elif len(rows):
            summary = SUMMARIES[table.kind](table, rows, as_of)
            parts[table.kind] = summary.frame
            accounts = _add_summary(accounts, summary, name)
    accounts = _add_since(accounts, parts)
    churn = settle_churn(parts.get("subscriptions"), parts.get("churn"))
    return (accounts, tables, []) if churn is None else _add_churn(tables, accounts, churn)


def _add_summary(accounts: Accounts, summary: Summary, table: str) -> Accounts:
    """The summary's describing columns; a name the accounts table uses already gets “ (table)” appended."""
    frame, columns = accounts.frame.copy(), dict(accounts.columns)
    for name, column in summary.columns.items():
        own = f"{name} ({table})" if name in frame else name
        frame[own] = summary.frame[name].reindex(frame.index)
        columns[own] = replace(column, name=own)
    return replace(accounts, frame=frame, columns=columns)


def _add_since(accounts: Accounts, parts: dict[str, Frame]) -> Accounts:
    """customer_since from the first order or subscription where no accounts table says it."""
    frame = accounts.frame
    for part in parts.values():
        if "customer_since" in part:
            since = part["customer_since"].reindex(frame.index)
            known = frame.get("customer_since", since)
            frame = frame.assign(customer_since=known.where(known.notna(), since))
    return replace(accounts, frame=frame)


def _add_churn(
    tables: dict[str, Table], accounts: Accounts, churn: Frame
) -> tuple[Accounts, dict[str, Table], list[Problem]]:
    """Churn from events; an accounts column that says otherwise becomes known_after, unless a person gave its role."""
    frame = accounts.frame
    churned = churn["churned"].reindex(frame.index).astype("boolean").fillna(False)
    dates = churn["churn_date"].reindex(frame.index).astype("datetime64[ns]")
    holder = next((table for table in tables.values() if table.kind == "accounts" and table.header("churned")), None)
    if holder is None or "churned" not in frame:
        return replace(accounts, frame=frame.assign(churned=churned, churn_date=dates)), tables, []
    header = holder.header("churned") or ""
    differs = (frame["churned"].notna() & (frame["churned"] != churned)).fillna(False).astype(bool)
    if holder.roles[header].given or not differs.any():
        return (
            replace(accounts, frame=frame.assign(churn_date=dates.where(frame["churned"].fillna(False)))),
            tables,
            [],
        )
    role = Role("known_after", 0.8, "contradicts the subscriptions and churn events")
    changed = replace(holder, roles={**holder.roles, header: role})
    name = f"{header} ({holder.name})" if header in ("churned", "churn_date") else header
    frame = frame.assign(**{name: frame["churned"]}).assign(churned=churned, churn_date=dates)
    problem = make_problem(
        "churn-contradicts", table=holder.name, column=header, count=int(differs.sum()), total=len(frame)
    )
    columns = {**accounts.columns, name: replace(changed.column(header), name=name)}
    return replace(accounts, frame=frame, columns=columns), {**tables, holder.name: changed}, [problem]
