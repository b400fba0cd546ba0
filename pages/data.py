"""Data: what was understood of the files, what is wrong with them, and where a person says otherwise.

Asks: roles, missing words, date order, the day the data speak for. Shows: problems with advice, then each table with
one row a column.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from icp_engine import Study
from icp_engine.intake.model import ROLES
from ui import columns, shell, state
from ui.cards import Figure, how_many, show_figures, show_problems, show_title
from ui.charts_view import ROWS_SHOWN, show_download
from ui.words import THIN, count, date, plain, plural


def show_page() -> None:
    """Lay the page out: sentence, figures, problems, tables, reading rules."""
    study = shell.require_study("data")
    problems = study.problems
    show_title("Data", answer(study, how_many(problems)))
    show_figures(figures(study))
    if problems:
        show_problems(problems)
    else:
        st.markdown("Nothing in the files needs your attention.")
    show_tables(study)
    show_reading_rules(study)
    shell.show_next("data")


def answer(study: Study, open_points: str) -> str:
    """How many files became how many accounts and deals, and how much is left to look at."""
    understood = plural(len(study.intake.raw), "table was", "tables were")
    size = f"{plural(len(study.intake.accounts), 'account')} and {plural(len(study.intake.deals), 'deal')}"
    rest = f"; {open_points}" if open_points else "; nothing needs your attention"
    until = "" if pd.isna(study.intake.as_of) else f", up to {date(study.intake.as_of)}"
    return f"{understood} read: {size}{until}{rest}."


def figures(study: Study) -> list[Figure]:
    """Accounts, deals with an outcome, attributes and value metrics that may be used."""
    won = study.intake.deals["won"]
    roles = [role for table in study.roles.values() for role in table.values()]
    return [
        Figure("Accounts", count(len(study.intake.accounts)), of=f"from {plural(len(study.intake.raw), 'table')}",
               help="Each account counts once, however many rows or deals it has."),
        Figure("Deals won or lost", count(won.notna().sum()),
               of=f"{count(won.fillna(False).sum())} won, {count(won.isna().sum())} still open",
               help="Only deals with an outcome can teach or test a profile."),
        Figure("Attributes", count(roles.count("attribute")), of=f"of {plural(len(roles), 'column')}",
               help="Columns that describe an account and are known before the sale."),
        Figure("Value metrics", count(roles.count("value_metric")), of="named in the files",
               help="Columns that say what a customer is worth. More may be computed from won deals."),
    ]


def show_tables(study: Study) -> None:
    """One tab a table: what it was taken for, its columns, its first rows."""
    names = list(study.intake.table_columns)
    if not names:
        return
    st.subheader("What each column was taken for", anchor=False)
    for tab, name in zip(st.tabs([plain(name) for name in names]), names, strict=True):
        with tab:
            show_table_columns(study, name)


def show_table_columns(study: Study, name: str) -> None:
    """The columns of one table; the role can be chosen anew."""
    kind = study.intake.kinds.get(name, "unknown")
    raw = study.intake.raw[name]
    st.markdown(f"{columns.KIND_SENTENCES[kind]} {plural(len(raw), 'row')}. A role can be changed in the table.")
    key = f"roles_{name}_{state.stamp()}"
    st.data_editor(
        columns.describe(study, name), key=key, hide_index=True, width="stretch",
        disabled=["Column", "Read as", "Filled", "Different", "For example", "Why"],
        column_config={
            "Role": st.column_config.SelectboxColumn(
                options=list(ROLES), format_func=columns.role_label, required=True, width="medium",
                help="What the column is for. What is known only after the sale never scores a deal.",
            ),
            "Filled": st.column_config.ProgressColumn(
                format=f"%d{THIN}%%", min_value=0, max_value=100, width="small", help="Share of rows with a value.",
            ),
            "Different": st.column_config.NumberColumn(width="small", help="How many different values stand in it."),
        },
    )
    columns.save_roles(study, key, name)
    with st.expander("First rows as they stand in the file"):
        st.dataframe(raw.head(50), width="stretch", key=f"preview_{name}", placeholder="")
        if len(raw) > ROWS_SHOWN:
            st.caption(f"50 of {count(len(raw))} rows.")
        show_download(f"columns_{name}", columns.describe(study, name), label="Download the column list")


def show_reading_rules(study: Study) -> None:
    """Where a person says how the files are to be read: the day, the unit, missing words, day and month."""
    with st.expander("How the files are read"):
        left, right = st.columns(2, gap="medium")
        with left:
            columns.ask_as_of(study)
            columns.ask_unit(study)
        with right:
            columns.ask_missing_words(study)
            columns.ask_date_order(study)


show_page()
