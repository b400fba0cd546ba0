"""What a person typed, chose and opened stays while other pages are shown.

Comes in: the session at the start of a run. Goes out: the same session. Separate because Streamlit forgets the value of
a widget that one run does not draw, and no page should have to know.
"""

from __future__ import annotations

import streamlit as st

KEPT = ("one_", "tabs_", "compare_")  # beginnings of keys: the form for one company, the account looked at, open tabs,
# and which scenarios are compared
KEPT_FOR = "kept_for"  # in the session: the study those values belong to


def keep_values(study: str | None) -> None:
    """Say every kept value again, so that it outlives a page that does not draw its widget; another study's goes."""
    same = st.session_state.get(KEPT_FOR, study) == study  # at the first run nothing is another study's
    for key in [str(key) for key in st.session_state if str(key).startswith(KEPT)]:
        value = st.session_state[key]
        if not same:
            del st.session_state[key]
        elif not isinstance(value, bool):  # a button's value cannot be set
            st.session_state[key] = value
    st.session_state[KEPT_FOR] = study
