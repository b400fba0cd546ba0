"""What a person typed, chose and opened stays while other pages are shown.

Comes in: the session, at the start of a run and where widgets have been drawn. Goes out: the same
session. Separate because Streamlit forgets the value of a widget that one run does not draw, and no
page should have to know.
"""

from __future__ import annotations

import streamlit as st

# beginnings of keys: the form for one company, the account looked at, open tabs,
KEPT = ("one_", "tabs_", "compare_")
# and which scenarios are compared
KEPT_FOR = "kept_for"  # in the session: the study those values belong to
# in the session: the values themselves, since widgets' own are gone before another page runs
VALUES = "kept_values"


def keep_values(study: str | None) -> None:
    """Say every kept value again, so that it outlives a page that does not draw its widget; another
    study's goes.
    """
    if st.session_state.get(KEPT_FOR, study) != study:
        for key in _kept_keys():
            del st.session_state[key]
        st.session_state[VALUES] = {}
    st.session_state[KEPT_FOR] = study
    note_values()
    for key, value in st.session_state[VALUES].items():
        st.session_state[key] = value


def note_values() -> None:
    """Remember the values as they are now: called after widgets that keep theirs were drawn."""
    found = {key: st.session_state[key] for key in _kept_keys()}
    known = st.session_state.get(VALUES, {})
    st.session_state[VALUES] = known | {  # a button's value cannot be set
        key: value for key, value in found.items() if not isinstance(value, bool)
    }


def _kept_keys() -> list[str]:
    return [str(key) for key in st.session_state if str(key).startswith(KEPT)]
