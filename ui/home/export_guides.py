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
INVOICES = "Only invoices"
INVOICE_LINES = (
    "One row an invoice or a line of one: customer, day, net amount; the longer back, the better.",
    "A customer number beside the name: names are spelt anew each time, and change.",
    "Credit notes and refunds with their sign (−120.00), so that what came back is taken off.",
    "No totals a month and no subtotals: who bought, and when, is what a profile learns from.",
    "A list of the customers beside it (industry, size, place), joined by the same number: without it "
    "there is a value, and nothing that says who is worth it.",
)


def show_guides() -> None:
    """One guide a CRM, one for those who have only their invoices, one for those who have nothing yet."""
    st.subheader("What to export", anchor=False)
    guides = {guide.crm: guide for guide in GUIDES}
    chosen = st.pills(
        "From",
        [*guides, INVOICES, "No CRM"],
        default=GUIDES[0].crm,
        key="export_guide",
        required=True,
    )
    if chosen == INVOICES:
        st.markdown(_numbered(INVOICE_LINES))
    elif chosen in guides:
        show_guide(guides[chosen])
    else:
        show_templates()


def show_guide(guide: Guide) -> None:
    """Five lines, and the columns to choose."""
    lines, columns = st.columns([3, 2], gap="large")
    with lines:
        st.markdown(_numbered(guide.lines))
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


def _numbered(lines: tuple[str, ...]) -> str:
    return "\n".join(f"{number}. {plain(line)}" for number, line in enumerate(lines, 1))
