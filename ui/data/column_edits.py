"""What the data page says about columns, and the controls that say otherwise.

Comes in: the study's intake. Goes out: a table of columns, and changed settings. Separate from the
page, which only lays out.
"""

from __future__ import annotations

import datetime

import pandas as pd
import streamlit as st

from icp_engine import Study
from ui.answers.data.columns import (
    role_label,
)
from ui.state import open_study

ORDERS = {"day_first": "Day first (30/09/2026)", "month_first": "Month first (09/30/2026)"}
UNITS = {None: "As found", "company": "Companies", "person": "People"}


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
