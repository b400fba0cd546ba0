"""People and words: contacts, and free text from notes, deals and tickets, each with its account.

Comes in: understood tables, accounts and deals. Goes out: contacts and texts. Separate because
neither ever scores an account: contacts are kept apart as personal data, words describe.
"""

from __future__ import annotations

import pandas as pd

from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.table import Table
from icp_engine.intake.joining.join import Accounts, account_keys, find_matches
from icp_engine.types import Frame, Series
from icp_engine.values.masks import name_keys
from icp_engine.values.name_likeness import name_words

CONTACT_COLUMNS = ("job_title", "first_name", "last_name", "email", "phone")
TEXT_COLUMNS = ("account_id", "source", "date", "text")


def read_contacts(tables: dict[str, Table], accounts: Accounts) -> Frame:
    """Contacts of all tables: account_id (missing when none fits), job_title, first_name,
    last_name, email, phone.
    """
    parts = [
        _contacts_of(table, accounts)
        for table in tables.values()
        if any(r.startswith("contact_") for r in table.roles.values())
    ]
    parts = [part for part in parts if len(part)]
    if not parts:
        return pd.DataFrame(
            {name: pd.Series(dtype="str") for name in ("account_id", *CONTACT_COLUMNS)}
        )
    return pd.concat(parts, ignore_index=True)


def _contacts_of(table: Table, accounts: Accounts) -> Frame:
    frame = pd.DataFrame({"account_id": _accounts_of(table, accounts)})
    for name in CONTACT_COLUMNS:
        part = table.part(f"contact_{name}")
        frame[name] = (
            pd.Series(pd.NA, index=frame.index, dtype="str") if part is None else part.astype("str")
        )
    return frame[frame[list(CONTACT_COLUMNS)].notna().any(axis="columns")]


def _accounts_of(table: Table, accounts: Accounts) -> Series:
    return find_matches(account_keys(table), accounts, accounts.chosen.get(table.name, {}))[0]


def names_on_record(contacts: Frame, accounts: Frame, deals: Frame) -> frozenset[tuple[str, ...]]:
    """Names that no text may carry: contacts (whole and surname), owners, and accounts with and without
    their legal form; as `mask_names` looks them up.
    """
    last = contacts.get("last_name", _no_names())
    first = contacts.get("first_name", _no_names()).fillna("")
    parts = [
        last,
        (first + " " + last.fillna("")).str.strip(),
        (last.fillna("") + " " + first).str.strip(),
    ]
    parts += [frame["owner"] for frame in (accounts, deals) if "owner" in frame]
    named = accounts.get("account_name", _no_names()).dropna().astype("str").drop_duplicates()
    parts += [named, named.map(lambda name: " ".join(name_words(name))).astype("str")]
    return name_keys(pd.concat([part.astype("str") for part in parts], ignore_index=True))


def _no_names() -> Series:
    return pd.Series(dtype="str")


def read_texts(
    tables: dict[str, Table], accounts: Accounts, deals: Frame, until: pd.Timestamp | None = None
) -> Frame:
    """Every free text with its account (missing: “the team says”), its source, and its date.

    `until`: the day of the data that a person gave; what was written of events after it is left
    out.
    """
    parts = []
    for table in tables.values():
        headers = table.headers("text") if table.kind != "unknown" else []
        if not headers:
            continue
        owners, dates = _owners(table, accounts, deals), _dates(table)
        # a deal may be expected to close later
        dated = until is not None and table.header("event_date") is not None
        later = dates.dt.normalize() > until if dated else pd.Series(False, index=dates.index)
        for header in headers:
            source, text = _source(table, header), table.clean(header).mask(later)
            parts.append(
                pd.DataFrame({"account_id": owners, "source": source, "date": dates, "text": text})
            )
    parts = [part[part["text"].notna()] for part in parts]
    parts = [part for part in parts if len(part)]
    if not parts:
        empty = {name: pd.Series(dtype="str") for name in TEXT_COLUMNS}
        return pd.DataFrame({**empty, "date": pd.Series(dtype="datetime64[ns]")})
    return pd.concat(parts, ignore_index=True).astype({"source": "str"})


def _source(table: Table, header: str) -> Series | str:
    """Where a text stands: what a notes table says itself (“Loss review”), else “table, column”."""
    own = next(
        (
            h
            for h in table.roles
            if table.kind == "notes" and split_header(h)[1] in ("source", "type", "channel")
        ),
        None,
    )
    place = f"{table.name}, {header}"
    return place if own is None else table.clean(own).astype("str").fillna(place)


def _owners(table: Table, accounts: Accounts, deals: Frame) -> Series:
    """The account of each row, through its deal where it names no account."""
    owners = _accounts_of(table, accounts)
    deal_ids = table.part("deal_id")
    if deal_ids is None:
        return owners
    return owners.where(owners.notna(), deal_ids.map(deals["account_id"]).astype("str"))


def _dates(table: Table) -> Series:
    for role in ("event_date", "churn_date", "closed_date", "created_date"):
        part = table.part(role)
        if part is not None:
            return part.astype("datetime64[ns]")
    return pd.Series(pd.NaT, index=table.frame.index, dtype="datetime64[ns]")
