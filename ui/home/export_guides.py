"""Help before the upload: what to export from which CRM, and workbooks to fill in.

Comes in: the engine's guides and templates. Goes out: Streamlit elements. Separate because the
start page only lays out.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from icp_engine.intake.advice.template import TEMPLATES, write_template
from icp_engine.intake.columns.dialects import GUIDES, Guide
from ui.answers.markdown import plain

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_guides() -> None:
    """One tab a CRM, and one for those who have none."""
    st.subheader("What to export", anchor=False)
    tabs = st.tabs([*(guide.crm for guide in GUIDES), "No CRM"])
    for tab, guide in zip(tabs, GUIDES, strict=False):
        with tab:
            show_guide(guide)
    with tabs[-1]:
        show_templates()


def show_guide(guide: Guide) -> None:
    """Five lines, and the columns to choose."""
    lines, columns = st.columns([3, 2], gap="large")
    with lines:
        st.markdown(
            "\n".join(f"{number}. {plain(line)}" for number, line in enumerate(guide.lines, 1))
        )
    with columns:
        for name, wanted in (
            ("Accounts", guide.accounts),
            ("Deals", guide.deals),
            ("Contacts", guide.contacts),
        ):
            st.caption(f"**{name}** {plain(' · '.join(wanted))}")


def show_templates() -> None:
    """Workbooks with the columns, a note on each and five example rows."""
    st.markdown(
        "Fill in a workbook: each column explains itself, and the grey rows are examples to write over. "
        "Accounts and deals are enough to begin with."
    )
    with st.container(horizontal=True, gap="small"):
        for table in TEMPLATES:
            st.download_button(
                f"Template for {table}",
                data=partial(write_template, table),
                on_click="ignore",
                file_name=f"icp-template-{table}.xlsx",
                mime=XLSX,
                key=f"template_{table}",
                icon=":material/download:",
            )
