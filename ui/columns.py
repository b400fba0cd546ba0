"""What the data page says about columns, and the controls that say otherwise.

Comes in: the study's intake. Goes out: a table of columns, and changed settings. Separate from the page, which only
lays out.
"""

from __future__ import annotations

import datetime

import pandas as pd
import streamlit as st

from icp_engine import Study
from icp_engine.types import Frame, Series
from ui import state
from ui.words import plain

KIND_SENTENCES = {
    "accounts": "Taken for **accounts**: one row a company or person.",
    "deals": "Taken for **deals**: one row an opportunity.",
    "contacts": "Taken for **contacts**: people at accounts.",
    "orders": "Taken for **orders**: what customers bought, and when.",
    "subscriptions": "Taken for **subscriptions**: recurring revenue over time.",
    "usage": "Taken for **usage**: how much customers use the product.",
    "tickets": "Taken for **tickets**: requests to support.",
    "churn": "Taken for **churn events**: who left, and when.",
    "notes": "Taken for **notes**: free text about accounts.",
    "unknown": "**Not used**: it could not be joined to accounts or deals.",
}
ROLE_LABELS = {
    "won": "Won or lost", "created_date": "Created on", "closed_date": "Closed on", "attribute": "Attribute",
    "known_after": "Known only after the sale", "existing_score": "Score in use today", "ignore": "Leave out",
    "text": "Free text", "identifier": "Identifier, not used",
}
ORDERS = {"day_first": "Day first (30/09/2026)", "month_first": "Month first (09/30/2026)"}
UNITS = {None: "As found", "company": "Companies", "person": "People"}


def role_label(role: str) -> str:
    """A role in plain words."""
    return ROLE_LABELS.get(role, role.replace("_", " ").capitalize())


def describe(study: Study, table: str) -> Frame:
    """One row a column: name, role, type, per cent filled, different values, examples, the reason for the role."""
    known = study.intake.table_columns[table]
    raw = study.intake.raw[table]
    return pd.DataFrame({
        "Column": [column.name for column in known],
        "Role": [str(column.role) for column in known],
        "Read as": [column.type for column in known],
        "Filled": [100 * column.filled for column in known],
        "Different": [column.distinct for column in known],
        "Why": ["set by you" if column.role.given else column.role.reason for column in known],
        "For example": [examples(raw[column.name]) if column.name in raw else "" for column in known],
    })


def examples(values: Series, how_many: int = 3) -> str:
    """The first few different values, as text."""
    seen = values.head(200).dropna().astype(str).str.strip()
    return " · ".join(text[:40] for text in seen[seen != ""].drop_duplicates().head(how_many))


def save_roles(study: Study, key: str, table: str) -> None:
    """The roles chosen anew in the column table `key` become settings, and the page starts over."""
    names = [column.name for column in study.intake.table_columns[table]]
    edits = st.session_state[key]["edited_rows"]
    chosen = {names[int(row)]: edit["Role"] for row, edit in edits.items() if edit.get("Role")}
    if chosen:
        roles = study.settings.roles
        what = ", ".join(f"{name}: {role_label(role).lower()}" for name, role in chosen.items())
        state.change(f"Role of {what}", roles={**roles, table: {**roles.get(table, {}), **chosen}})
        st.rerun()


def ask_as_of(study: Study) -> None:
    """The day the data speak for."""
    found = pd.Timestamp(study.intake.as_of)
    day = st.date_input(
        "Last day of the data", None if pd.isna(found) else found.date(), key=f"as_of_{state.stamp()}",
        format="YYYY-MM-DD", min_value=datetime.date(1970, 1, 1), max_value=datetime.date(2100, 1, 1),
        help="Ages and “too young to judge” are counted up to this day. Default: the newest date in the data.",
    )
    if day is not None and not pd.isna(found) and day != found.date():
        state.change(f"Day of the data: {day.isoformat()}", as_of=day.isoformat())
        st.rerun()


def ask_unit(study: Study) -> None:
    """Whether accounts are companies or people."""
    unit = st.selectbox(
        "Accounts are", list(UNITS), index=list(UNITS).index(study.settings.unit), key=f"unit_{state.stamp()}",
        format_func=UNITS.__getitem__,
        help=f"Found: {UNITS[study.intake.unit].lower()}. Names of people count as personal data.",
    )
    if unit != study.settings.unit:
        state.change(f"Accounts are {UNITS[unit].lower()}", unit=unit)
        st.rerun()


def ask_missing_words(study: Study) -> None:
    """Words that mean “empty” in one column."""
    names = column_names(study)
    with st.form("missing_words", border=False):
        column = st.selectbox("Missing words: column", names, key="missing_column", format_func=plain)
        words = st.text_input(
            "Words that mean “empty”, separated by commas", key="missing_text", max_chars=500,
            placeholder="tbc, not asked",
        )
        if st.form_submit_button("Read these as empty", disabled=not names) and column and words.strip():
            found = tuple(word.strip().lower() for word in words.split(",") if word.strip())
            kept = study.settings.missing_words
            wanted = tuple(dict.fromkeys((*kept.get(column, ()), *found)))
            state.change(f"Missing words of {column}", missing_words={**kept, column: wanted})
            st.rerun()


def ask_date_order(study: Study) -> None:
    """Whether day or month comes first in a column of dates."""
    names = column_names(study, "date")
    if not names:
        return
    with st.form("date_order", border=False):
        column = st.selectbox("Date format: column", names, key="date_column", format_func=plain)
        order = st.selectbox("Order", list(ORDERS), key="date_order_choice", format_func=ORDERS.__getitem__)
        if st.form_submit_button("Read the dates so"):
            kept = study.settings.date_formats
            state.change(f"Date format of {column}", date_formats={**kept, column: order})
            st.rerun()


def column_names(study: Study, of_type: str = "") -> list[str]:
    """Names of all columns (of one type) in all tables, each once."""
    found = [column for known in study.intake.table_columns.values() for column in known]
    return list(dict.fromkeys(column.name for column in found if of_type in ("", column.type)))
