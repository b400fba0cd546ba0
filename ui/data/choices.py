"""A table of proposals to tick and apply: evidence in each row, nothing done before the button is
pressed.

Comes in: a table whose first column is a tick. Goes out: the table as edited once the button is
pressed, else None. Separate because every sort of proposal is answered alike.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from icp_engine.types import Frame
from icp_engine.wording.shares import PERCENT_FORMAT
from ui.state import open_study

ROW, TALLEST = 33, 460  # pixels


def ask_rows(
    key: str, table: Frame, editable: dict[str, Any], *, button: str = "Apply"
) -> Frame | None:
    """Show `table`; `editable` maps the columns that may be changed to their configuration."""
    with st.form(f"form_{key}_{open_study.stamp()}", border=False):
        edited = st.data_editor(
            table,
            key=f"choices_{key}_{open_study.stamp()}",
            hide_index=True,
            width="stretch",
            placeholder="",
            disabled=[name for name in table.columns if name not in editable],
            height=fitting_height(table),
            column_config={**configured(table), **editable},
        )
        return edited if st.form_submit_button(button) else None


def fitting_height(table: Frame) -> int:
    """As tall as its rows, up to a screenful; then it scrolls."""
    return min(ROW * (len(table) + 1) + 4, TALLEST)


def configured(table: Frame) -> dict[str, Any]:
    """How the usual columns of a proposal look."""
    usual = {
        "Rows": st.column_config.NumberColumn(format="localized", width="small"),
        "Role": st.column_config.TextColumn(width="medium"),
        "Summary": st.column_config.TextColumn(width="medium"),
        "Why": st.column_config.TextColumn(width="large"),
        "Understood": st.column_config.ProgressColumn(
            format=PERCENT_FORMAT,
            min_value=0,
            max_value=100,
            width="small",
            color="gray",
            help="Share of the filled rows whose value the table knows.",
        ),
        "Known": st.column_config.ProgressColumn(
            format=PERCENT_FORMAT,
            min_value=0,
            max_value=100,
            width="small",
            color="gray",
            help="Share of accounts with a value.",
        ),
    }
    return {name: how for name, how in usual.items() if name in table}


def tick(help_text: str) -> Any:
    """A column of ticks."""
    return st.column_config.CheckboxColumn(width="small", help=help_text)
