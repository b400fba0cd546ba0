"""What each file was taken for, in words: no table to be understood.

Comes in: a study. Goes out: Streamlit elements. Separate from `column_table`, where every column
can be changed.
"""

from __future__ import annotations

import streamlit as st

from icp_engine import Study
from icp_engine.wording.numbers import plural
from ui.answers.data.columns import KIND_SENTENCES, uses
from ui.answers.markdown import plain
from ui.frame.scrolling import open_tab


def say_kind(study: Study, table: str) -> str:
    """What the table was taken for; of one that explains a column of the deals, that."""
    for problem in study.problems:
        if problem.code == "table-lookup" and problem.table == table:
            return f"Says more about “{plain(problem.column)}” of the deals."
    kind = study.intake.kinds.get(table, "unknown")
    return KIND_SENTENCES.get(kind, f"Taken for **{plain(kind)}**.")


def show_files(study: Study) -> None:
    """One paragraph a table, and the way to change what a column means."""
    for table, known in study.intake.table_columns.items():
        sentence = say_kind(study, table)
        with st.container(gap="xxsmall"):
            st.markdown(
                f"**{plain(table)}**, {plural(len(study.intake.raw[table]), 'row')}. {sentence}"
            )
            for line in uses(known):
                st.caption(plain(line))
    if study.intake.table_columns:
        st.button(
            "Change what a column means",
            key="to_columns",
            type="tertiary",
            on_click=open_tab,
            args=("data", "Columns"),
            icon=":material/edit:",
        )
