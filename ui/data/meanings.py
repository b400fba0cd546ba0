"""What values mean: won or lost, stayed or left, new business or renewal, and which words mean
“empty”.

Comes in: a study's proposals. Goes out: tables to answer; what is applied becomes settings.
Separate because a wrong meaning reverses every result, so each one can be seen in one place.
"""

from __future__ import annotations

from itertools import groupby

import pandas as pd
import streamlit as st

from icp_engine import Study
from icp_engine.intake.columns.proposal_model import MissingWords, ValueMeaning
from icp_engine.wording.numbers import plural
from ui.answers.data.columns import people_columns
from ui.answers.data.values import turn_words
from ui.answers.markdown import plain
from ui.data.choices import ask_rows, tick
from ui.state import open_study

MEANINGS = {
    "won": ("won", "lost", "open"),
    "stage": ("won", "lost", "open"),
    "churned": ("churned", "staying"),
    "deal_type": ("new", "renewal", "upsell"),
    "account_type": ("customer", "prospect", "partner", "vendor", "competitor", "test", "own"),
}
QUESTIONS = {
    "won": "which deals were won",
    "stage": "which deals were won",
    "churned": "who has left",
    "deal_type": "what is new business",
    "account_type": "who is a customer",
}
NOT_KNOWN = "not known"


def show_meanings(study: Study) -> None:
    """Each column that decides an outcome, value by value; then the words that mean empty."""
    proposals = study.proposals
    groups = groupby(
        proposals.meanings, key=lambda meaning: (meaning.table, meaning.column, meaning.role)
    )
    if not proposals.meanings:
        st.caption("No column says in words who was won or lost, or who left.")
    for place, ((table, column, role), found) in enumerate(groups):
        show_column(study, table, column, role, list(found), place)
    show_missing(study, proposals.missing)


def show_column(
    study: Study, table: str, column: str, role: str, meanings: list[ValueMeaning], place: int
) -> None:
    """The values of one column, each with what it is taken for."""
    st.markdown(
        f"**{plain(column)}** of {plain(table)} says {QUESTIONS.get(role, 'what happened')}"
    )
    shown = pd.DataFrame(
        {
            "Value": [meaning.value for meaning in meanings],
            "Rows": [meaning.rows for meaning in meanings],
            "Means": [meaning.meaning or NOT_KNOWN for meaning in meanings],
            "Said by": [
                "you" if meaning.given else "the words" if meaning.meaning else ""
                for meaning in meanings
            ],
        }
    )
    options = [*MEANINGS.get(role, ()), NOT_KNOWN]
    edited = ask_rows(
        f"meanings_{place}",
        shown,
        {
            "Means": st.column_config.SelectboxColumn(
                options=options, required=True, help="What such a row counts as."
            ),
        },
    )
    if edited is None:
        return
    said = {
        meaning.value: str(means)
        for meaning, means in zip(meanings, edited["Means"], strict=True)
        if means != (meaning.meaning or NOT_KNOWN) and means != NOT_KNOWN
    }
    kept = study.settings.meanings
    open_study.change(
        f"Meanings of {column}", meanings={**kept, column: {**kept.get(column, {}), **said}}
    )
    st.rerun()


def show_missing(study: Study, missing: tuple[MissingWords, ...]) -> None:
    """Words found in cells that count as empty, and words that may; each can be turned."""
    st.subheader("Words that mean “empty”", anchor=False)
    rows = [  # those in doubt first
        (known, word, number, counted)
        for doubted in (True, False)
        for known in missing
        if known.column not in people_columns(study, known.table)
        for words, counted in ((known.words, True), (known.suspects, False))
        if counted != doubted
        for word, number in words
    ]
    if not rows:
        st.caption("No cell holds a word for “empty”; blank cells count as missing.")
        return
    shown = pd.DataFrame(
        {
            "Empty": [counted for *_, counted in rows],
            "Column": [known.column for known, *_ in rows],
            "Word": [word for _, word, *_ in rows],
            "Rows": [number for _, _, number, _ in rows],
            "Table": [known.table for known, *_ in rows],
        }
    )
    unsure = sum(not counted for *_, counted in rows)
    label = f"{plural(len(rows) - unsure, 'word counts', 'words count')} as empty"
    if unsure:
        label += f"; {plural(unsure, 'word', 'words')} may"
    with st.expander(label, expanded=bool(unsure)):
        edited = ask_rows(
            "missing", shown, {"Empty": tick("A cell with this word counts as missing.")}
        )
    if edited is not None:
        turned = [
            (known.column, word, bool(now))
            for (known, word, _, counted), now in zip(rows, edited["Empty"], strict=True)
            if bool(now) != counted
        ]
        open_study.change("Words that mean empty", **turn_words(study, turned))
        st.rerun()
