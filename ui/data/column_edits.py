"""What the data page says about columns, and the controls that say otherwise.

Comes in: the study's intake. Goes out: a table of columns, and changed settings. Separate from the
page, which only lays out.
"""

from __future__ import annotations

import datetime

import pandas as pd
import streamlit as st

from icp_engine import Study
from icp_engine.intake.advice.personal import is_personal
from icp_engine.types import Frame, Series
from ui.state import open_study

KIND_SENTENCES = {
    "accounts": "Taken for **accounts**: one row a company or person.",
    "deals": "Taken for **deals**: one row an opportunity.",
    "contacts": "Taken for **contacts**: people at accounts.",
    "orders": "Taken for **orders**: what customers bought, and when.",
    "subscriptions": "Taken for **subscriptions**: recurring revenue over time.",
    "usage": "Taken for **usage**: how much customers use the product.",
    "invoices": "Taken for **invoices**: what was billed, and when it was paid.",
    "tickets": "Taken for **tickets**: requests to support.",
    "surveys": "Taken for **survey answers**: how content customers say they are.",
    "engagement": "Taken for **marketing engagement**: which campaigns and channels touched an account, and when.",
    "campaigns": "Taken for **campaign costs**: what winning customers cost.",
    "churn": "Taken for **churn events**: who left, and when.",
    "notes": "Taken for **notes**: free text about accounts.",
    "unknown": "**Not used**: it could not be joined to accounts or deals.",
}
ROLE_LABELS = {
    "won": "Won or lost",
    "created_date": "Created on",
    "closed_date": "Closed on",
    "attribute": "Attribute",
    "known_after": "Known only after the sale",
    "existing_score": "Score in use today",
    "ignore": "Leave out",
    "text": "Free text",
    "identifier": "Identifier, not used",
}
TYPE_LABELS = {
    "money": "amount",
    "boolean": "yes or no",
    "tags": "list",
    "category": "level",
    "empty": "nothing",
    "percent": "percentage",
    "domain": "web address",
    "email": "e-mail",
}
HIDDEN = "not shown: names people"
ORDERS = {"day_first": "Day first (30/09/2026)", "month_first": "Month first (09/30/2026)"}
UNITS = {None: "As found", "company": "Companies", "person": "People"}


def role_label(role: str) -> str:
    """A role in plain words."""
    return ROLE_LABELS.get(role, role.replace("_", " ").capitalize())


def describe(study: Study, table: str) -> Frame:
    """One row a column: name, role, kind, shape, per cent missing, different values, type,
    examples, why this role.
    """
    known = study.intake.table_columns[table]
    raw, shapes = without_people(study, table), study.distributions(table)
    bars = {name: list(shape.shares) for name, shape in shapes.items() if name in raw}
    return pd.DataFrame(
        {
            "Column": [column.name for column in known],
            "Role": [str(column.role) for column in known],
            "Kind": [column.role.kind or None for column in known],
            "Values": [bars.get(column.name, []) for column in known],
            "Missing": [100 * (1 - column.filled) for column in known],
            "Different": [column.distinct for column in known],
            "Read as": [TYPE_LABELS.get(column.type, column.type) for column in known],
            "For example": [
                examples(raw[column.name]) if column.name in raw else HIDDEN for column in known
            ],
            "Why this role": [
                "set by you" if column.role.given else column.role.reason for column in known
            ],
        }
    )


def without_people(study: Study, table: str) -> Frame:
    """The raw table without the columns that name people, their e-mail or phone: these are never
    shown.
    """
    raw = study.intake.raw[table]
    return raw.drop(columns=[name for name in people_columns(study, table) if name in raw])


def people_columns(study: Study, table: str) -> list[str]:
    """The columns of a table that name a person or lead to one."""
    kind, unit = study.intake.kinds.get(table, "unknown"), study.intake.unit
    known = study.intake.table_columns.get(table, ())
    return [
        column.name
        for column in known
        if is_personal(column.role, column.type, column.name, kind, unit)
    ]


def examples(values: Series, how_many: int = 3) -> str:
    """The first few different values, as text."""
    seen = values.head(200).dropna().astype(str).str.strip()
    return " · ".join(text[:40] for text in seen[seen != ""].drop_duplicates().head(how_many))


def save_edits(study: Study, key: str, table: str) -> None:
    """Roles and kinds chosen anew in the column table `key` become settings, and the page starts
    over.
    """
    names = [column.name for column in study.intake.table_columns[table]]
    edits = {names[int(row)]: edit for row, edit in st.session_state[key]["edited_rows"].items()}
    roles = {name: edit["Role"] for name, edit in edits.items() if edit.get("Role")}
    kinds = {name: edit["Kind"] for name, edit in edits.items() if edit.get("Kind")}
    settings = study.settings
    if roles:
        what = ", ".join(f"{name}: {role_label(role).lower()}" for name, role in roles.items())
        chosen = {**settings.roles, table: {**settings.roles.get(table, {}), **roles}}
        open_study.change(f"Role of {what}", roles=chosen)
    if kinds:
        what = ", ".join(f"{name}: {kind}" for name, kind in kinds.items())
        open_study.change(f"Kind of {what}", attribute_kinds={**settings.attribute_kinds, **kinds})
    if roles or kinds:
        st.rerun()


def ask_as_of(study: Study) -> None:
    """The day the data speak for."""
    found = pd.Timestamp(study.intake.as_of)
    day = st.date_input(
        "Last day of the data",
        None if pd.isna(found) else found.date(),
        key=f"as_of_{open_study.stamp()}",
        format="YYYY-MM-DD",
        min_value=datetime.date(1970, 1, 1),
        max_value=datetime.date(2100, 1, 1),
        help="Ages and “too young to judge” are counted up to this day. Default: the newest date in the data.",
    )
    if day is not None and (pd.isna(found) or day != found.date()):
        open_study.change(f"Day of the data: {day.isoformat()}", as_of=day.isoformat())
        st.rerun()


def ask_unit(study: Study) -> None:
    """Whether accounts are companies or people."""
    unit = st.selectbox(
        "Accounts are",
        list(UNITS),
        index=list(UNITS).index(study.settings.unit),
        key=f"unit_{open_study.stamp()}",
        format_func=UNITS.__getitem__,
        help=f"Found: {UNITS[study.intake.unit].lower()}. Names of people count as personal data.",
    )
    if unit != study.settings.unit:
        open_study.change(f"Accounts are {UNITS[unit].lower()}", unit=unit)
        st.rerun()
