"""Summaries that need two tables: support load against value, what winning cost, who the contacts
are.

Comes in: understood tables, the summaries so far, deals. Goes out: a `Summary` and its table each.
Separate because these can only be made once all tables were read.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.role import Role
from icp_engine.intake.columns.table import Table
from icp_engine.intake.events.events import Summary, describe, join_tags, known_metrics
from icp_engine.intake.events.summarise_before import cost_of_winning
from icp_engine.intake.joining.join import Accounts, account_keys, match_accounts
from icp_engine.types import Frame, Series
from icp_engine.values.job_titles import find_roles
from icp_engine.values.rule import ColumnRule

VALUES = ("ltv", "revenue_invoiced")
SOURCE_WORDS = ("campaign", "source", "channel", "origin", "utm", "touch")


def summarise_across(
    tables: dict[str, Table],
    events: dict[str, Frame],
    accounts: Frame,
    parts: dict[str, Frame],
    deals: Frame,
    as_of: pd.Timestamp,
) -> Iterator[tuple[Summary, str]]:
    """Each summary with the name of the table it is told of."""
    for table in tables.values():
        if table.kind == "tickets" and "tickets" in parts:
            yield support_load(parts, deals), table.name
        elif table.kind == "campaigns":
            summary, _ = cost_of_winning(
                table, _sources(accounts, parts, deals), _won(accounts, deals), as_of
            )
            yield summary, table.name
        elif table.kind == "contacts" and len(accounts):
            yield summarise_contacts(table, accounts), table.name


def support_load(parts: dict[str, Frame], deals: Frame) -> Summary:
    """Per account with tickets: tickets for each 1,000 of value; value is ltv, else invoices, else
    won amounts.
    """
    tickets = parts["tickets"]["support_tickets"]
    value = next((part[name] for name in VALUES for part in parts.values() if name in part), None)
    if value is None and len(deals):
        won = deals[deals["won"].fillna(False).astype(bool)]
        value = won.groupby("account_id")["amount"].sum(min_count=1)
    if value is None:
        value = pd.Series(dtype="float64")
    value = value.reindex(tickets.index)
    load = (1000.0 * tickets / value).where(value > 0)
    return known_metrics(load.to_frame("support_load_ratio"), "tickets")


def summarise_contacts(table: Table, accounts: Frame) -> Summary:
    """Per account: contact_roles, the roles that the job titles of its contacts name. They gather
    while deals run.
    """
    titles = table.part("contact_job_title")
    if titles is None:
        return Summary(pd.DataFrame(index=pd.Index([], dtype="str", name="account_id")))
    ids = match_accounts(account_keys(table), Accounts(accounts))
    said = pd.DataFrame({"account_id": ids, "role": find_roles(titles)}).dropna()
    said = said.assign(role=said["role"].astype("str").str.split("; ", regex=False)).explode("role")
    values = join_tags(said["account_id"], said["role"])
    role = Role("known_after", 0.8, "contacts are gathered while a deal runs")
    column = describe(
        "contact_roles", table.name, role, values, ColumnRule(type="tags", separator=";")
    )
    return Summary(
        values.to_frame("contact_roles"), {"contact_roles": column} if len(values) else {}
    )


def _sources(accounts: Frame, parts: dict[str, Frame], deals: Frame) -> dict[str, Series]:
    """By account_id: every column that may name where an account came from, the first deal's first."""
    first = deals.drop_duplicates("account_id").set_index("account_id") if len(deals) else deals
    frames = {
        "deals": first,
        "accounts": accounts,
        "touches": parts.get("engagement", pd.DataFrame()),
    }
    return {
        f"{place} {name}": frame[name]
        for place, frame in frames.items()
        for name in frame.columns
        if any(word in split_header(str(name))[1] for word in SOURCE_WORDS)
        and not str(name).startswith("channels")
    }


def _won(accounts: Frame, deals: Frame) -> Series:
    """Whether an account was won; every account with a customer-since date where no deal says."""
    if len(deals) and deals["won"].fillna(False).any():
        return pd.Series(
            accounts.index.isin(deals.loc[deals["won"].fillna(False), "account_id"]),
            index=accounts.index,
        )
    if "customer_since" in accounts:
        return accounts["customer_since"].notna()
    return pd.Series(True, index=accounts.index)
