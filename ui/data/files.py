"""What each file was taken for, in words: no table to be understood.

Comes in: a study. Goes out: Streamlit elements. Separate from `data_columns`, where every column
can be changed.
"""

from __future__ import annotations

import streamlit as st

from icp_engine import Study
from icp_engine.intake.columns.role import Column
from icp_engine.wording.numbers import plural
from icp_engine.wording.sentences import first_few
from ui.answers.markdown import plain
from ui.data import column_edits
from ui.data.problems import open_tab

COLUMNS_NAMED = 8
USES = (  # role → what its columns do
    ("value_metric", "Says what a customer is worth"),
    ("attribute", "Describes"),
    ("known_after", "Known only after the sale, so it never scores"),
    ("text", "Free text"),
)


def show_files(study: Study) -> None:
    """One paragraph a table, and the way to change what a column means."""
    for table, known in study.intake.table_columns.items():
        kind = study.intake.kinds.get(table, "unknown")
        sentence = column_edits.KIND_SENTENCES.get(kind, f"Taken for **{plain(kind)}**.")
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
            args=("Columns",),
            icon=":material/edit:",
        )


def uses(known: tuple[Column, ...]) -> list[str]:
    """“Describes: Industry, Employees, and 3 more.”, a line for each use its columns have."""
    named = [
        (words, [column.name for column in known if column.role == role]) for role, words in USES
    ]
    return [f"{words}: {_listed(names)}" for words, names in named if names]


def _listed(names: list[str]) -> str:
    return f"{first_few(names, COLUMNS_NAMED)}."
