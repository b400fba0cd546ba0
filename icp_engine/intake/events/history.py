"""Events joined to accounts: their metrics become columns, their dates say who churned and since
when.

Comes in: event tables and accounts. Goes out: events that know their account, and accounts with the
summaries added. Separate because every summary joins by the same rules, whatever it sums up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from icp_engine.intake.columns.role import Role
from icp_engine.intake.columns.table import Table
from icp_engine.intake.events.events import (
    Moments,
    in_order,
    read_events,
    settle_churn,
    summarise_churn,
)
from icp_engine.intake.events.silence import add_silence
from icp_engine.intake.events.summaries import add_summary, find_unknown
from icp_engine.intake.events.summarise_across import summarise_across
from icp_engine.intake.events.summarise_before import summarise_engagement
from icp_engine.intake.events.summarise_orders import summarise_orders
from icp_engine.intake.events.summarise_revenue import summarise_invoices, summarise_subscriptions
from icp_engine.intake.events.summarise_service import (
    summarise_surveys,
    summarise_tickets,
    summarise_usage,
)
from icp_engine.intake.events.which_rows_count import find_uncounted
from icp_engine.intake.joining.join import Accounts, account_keys, add_accounts
from icp_engine.intake.joining.join_report import report_join
from icp_engine.intake.joining.joins_and_summaries import SummaryColumn
from icp_engine.problems import Problem, make_problem
from icp_engine.settings import Settings
from icp_engine.types import Frame, Series

# Subscriptions come before usage, whose rows may know the subscription only
ORDER = (
    "orders",
    "subscriptions",
    "invoices",
    "tickets",
    "surveys",
    "engagement",
    "churn",
    "usage",
)
SUMMARIES = {
    "orders": summarise_orders,
    "subscriptions": summarise_subscriptions,
    "invoices": summarise_invoices,
    "tickets": summarise_tickets,
    "surveys": summarise_surveys,
    "engagement": summarise_engagement,
    "usage": summarise_usage,
}


def join_events(
    tables: dict[str, Table], accounts: Accounts
) -> tuple[dict[str, Frame], Accounts, list[Problem]]:
    """Events by table, each row with its account id; accounts that only events name are added."""
    events: dict[str, Frame] = {}
    problems: list[Problem] = []
    owners: Series | None = None  # subscription id → account id
    for table in sorted(
        (t for t in tables.values() if t.kind in ORDER), key=lambda t: ORDER.index(t.kind)
    ):
        accounts, ids, found = add_accounts(accounts, account_keys(table), table.name)
        subscription = table.part("event_id")
        if ids.isna().all() and owners is not None and subscription is not None:
            ids = subscription.map(owners).astype("str")
            accounts = _through_subscriptions(accounts, table, subscription, ids)
        if table.kind == "subscriptions" and subscription is not None:
            owners = pd.Series(ids.to_numpy(), index=subscription.to_numpy())
            owners = owners[~owners.index.duplicated()]
        problems += found + _homeless(table, ids)
        uncounted, notes = find_uncounted(table)
        problems += notes
        ids = ids.mask(uncounted)
        events[table.name] = (
            read_events(table, ids) if table.kind != "churn" else _churn_events(table, ids)
        )
    return events, accounts, problems


def _through_subscriptions(
    accounts: Accounts, table: Table, subscription: Series, ids: Series
) -> Accounts:
    """The join's report of a table whose rows know their subscription only."""
    by = pd.Series("subscription", index=ids.index, dtype="str").where(ids.notna())
    join = report_join(
        table.name, subscription.astype("str"), by, pd.Series(ids.index, index=ids.index)
    )
    return replace(
        accounts, joins=(*(old for old in accounts.joins if old.table != table.name), join)
    )


def _homeless(table: Table, ids: Series) -> list[Problem]:
    rows = [int(row) for row in ids.index[ids.isna().to_numpy()][:20]]
    if not rows:
        return []
    if ids.isna().all():
        return [make_problem("table-unused", table=table.name)]
    return [
        make_problem(
            "rows-without-account", table=table.name, rows=rows, count=int(ids.isna().sum())
        )
    ]


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
    return in_order(frame.astype({"date": "datetime64[ns]"}))


@dataclass(frozen=True)
class History:
    """Accounts with every summary; tables, with the role of a column that events contradict
    changed; what was found.

    `churn_basis`: “recorded”, “events”, “estimate” or “”. `churn_rule`: the estimate in words.
    """

    accounts: Accounts
    tables: dict[str, Table]
    problems: list[Problem]
    summaries: tuple[SummaryColumn, ...]
    churn_basis: str = ""
    churn_rule: str = ""


def add_history(
    tables: dict[str, Table],
    events: dict[str, Frame],
    accounts: Accounts,
    deals: Frame,
    as_of: pd.Timestamp,
    settings: Settings,
) -> History:
    """Every table's summary joined to the accounts, cut at the days it may use; who left, and since
    when they count.
    """
    parts: dict[str, Frame] = {}
    told: tuple[SummaryColumn, ...] = ()
    recorded, decided = "churned" in accounts.frame, bool(deals["won"].notna().any())
    for name, rows in events.items():
        table = tables[name]
        if table.kind == "churn":
            parts["churn"] = summarise_churn(rows, as_of)
        elif len(rows):
            moments = find_moments(accounts.frame, parts, deals, as_of)
            summary = SUMMARIES[table.kind](table, rows, moments)
            parts[table.kind] = summary.frame
            accounts, new = add_summary(accounts, summary, name, as_of, decided, settings)
            told = (*told, *new)
    for summary, table_name in summarise_across(
        tables, events, accounts.frame, parts, deals, as_of
    ):
        accounts, new = add_summary(accounts, summary, table_name, as_of, decided, settings)
        told = (*told, *new)
    history = History(_add_since(accounts, parts), tables, find_unknown(settings, told), told)
    churn = settle_churn(parts.get("subscriptions"), parts.get("churn"))
    if churn is not None:
        accounts, tables, found = _add_churn(tables, history.accounts, churn)
        found = history.problems + found
        return replace(
            history, accounts=accounts, tables=tables, problems=found, churn_basis="events"
        )
    return (
        replace(history, churn_basis="recorded")
        if recorded
        else _estimated(history, events, as_of, settings)
    )


def _estimated(
    history: History, events: dict[str, Frame], as_of: pd.Timestamp, settings: Settings
) -> History:
    """Who left, told from silence where nothing records it."""
    accounts, rule, found = add_silence(history.tables, events, history.accounts, as_of, settings)
    basis = "estimate" if rule else ""
    found = history.problems + found
    return replace(history, accounts=accounts, problems=found, churn_basis=basis, churn_rule=rule)


def find_moments(
    frame: Frame, parts: dict[str, Frame], deals: Frame, as_of: pd.Timestamp
) -> Moments:
    """The days summaries may use, for all accounts; orders and subscriptions say since when where
    nothing else does.
    """
    none = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[ns]")
    since = frame["customer_since"].astype("datetime64[ns]") if "customer_since" in frame else none
    for part in parts.values():
        if "customer_since" in part:
            since = since.where(since.notna(), part["customer_since"].reindex(frame.index))
    since = since.dt.normalize()
    if not len(deals):
        return Moments(as_of, since, none, since)
    ends, account = deals["closed_date"].dt.normalize(), deals["account_id"]
    closed = ends.where(deals["won"].notna()).groupby(account).min().reindex(frame.index)
    created = deals["created_date"].dt.normalize().groupby(account).min().reindex(frame.index)
    won = ends.where(deals["won"].fillna(False)).groupby(account).min().reindex(frame.index)
    opened = created.where(created.notna(), closed)
    return Moments(
        as_of, opened.where(opened.notna(), since), closed, since.where(since.notna(), won)
    )


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
    """Churn from events; an accounts column that says otherwise becomes known_after, unless a
    person gave its role.
    """
    frame = accounts.frame
    churned = churn["churned"].reindex(frame.index).astype("boolean").fillna(False)
    dates = churn["churn_date"].reindex(frame.index).astype("datetime64[ns]")
    holder = next(
        (
            table
            for table in tables.values()
            if table.kind == "accounts" and table.header("churned")
        ),
        None,
    )
    if holder is None or "churned" not in frame:
        return replace(accounts, frame=frame.assign(churned=churned, churn_date=dates)), tables, []
    header = holder.header("churned") or ""
    # events know nothing of who never had one: what the column says of them stands
    silent = ~frame.index.isin(churn.index) & frame["churned"].notna().to_numpy()
    silent &= any(table.kind == "subscriptions" for table in tables.values())
    churned = churned.mask(silent, frame["churned"])
    differs = (frame["churned"].notna() & (frame["churned"] != churned)).fillna(False).astype(bool)
    if holder.roles[header].given or not differs.any():
        return (
            replace(
                accounts, frame=frame.assign(churn_date=dates.where(frame["churned"].fillna(False)))
            ),
            tables,
            [],
        )
    role = Role("known_after", 0.8, "contradicts the subscriptions and churn events")
    changed = replace(holder, roles={**holder.roles, header: role})
    name = f"{header} ({holder.name})" if header in ("churned", "churn_date") else header
    frame = frame.assign(**{name: frame["churned"]}).assign(churned=churned, churn_date=dates)
    problem = make_problem(
        "churn-contradicts",
        table=holder.name,
        column=header,
        count=int(differs.sum()),
        total=len(frame),
    )
    columns = {**accounts.columns, name: replace(changed.column(header), name=name)}
    return (
        replace(accounts, frame=frame, columns=columns),
        {**tables, holder.name: changed},
        [problem],
    )
