"""Personal data of a study: which columns name people, what happens with them, and how to be rid of
them.

Comes in: a study. Goes out: Streamlit elements. Separate because these columns are listed here and
shown nowhere.
"""

from __future__ import annotations

import streamlit as st

from icp_engine import Study
from icp_engine.intake.advice.personal import leave_out_people
from icp_engine.wording.numbers import plural
from ui.answers.data.columns import people_columns
from ui.answers.markdown import plain
from ui.state import open_study
from ui.state.waiting_words import say


def show_people(study: Study) -> None:
    """The columns by table, the promise, and the button that removes them."""
    found = {table: people_columns(study, table) for table in study.intake.table_columns}
    found = {table: names for table, names in found.items() if names}
    if not found:
        st.markdown("No column names a person, an e-mail address or a phone number.")
        st.caption("Names inside free text cannot be recognised.")
        return
    total = sum(len(names) for names in found.values())
    st.markdown(
        f"**{plural(total, 'column names', 'columns name')} people.** They stay apart: they describe no account, score "
        "nothing, and stand on no page that is shared. Job titles say what somebody does and are used."
    )
    for table, names in found.items():
        st.markdown(f"- {plain(table)}: {plain(', '.join(names))}")
    st.caption(
        "Names inside free text cannot be recognised. Owners are your own colleagues and stay."
    )
    with st.popover("Remove them from this study", icon=":material/delete:"):
        st.markdown(
            "The study is made anew without these columns. The study as it was is deleted with its history and its "
            "links. This cannot be undone."
        )
        st.button("Remove people", key="remove_people", on_click=_remove, args=(study,))


def _remove(study: Study) -> None:
    left = leave_out_people(study.raw)
    open_study.start_without_people(left.tables, left.problems, study.intake.unit)
    say("The study holds no names, e-mail or phone any more.")
