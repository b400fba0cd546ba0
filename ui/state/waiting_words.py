"""A sentence a callback has to say, shown in the run that follows.

Comes in: a sentence. Goes out: a toast. Separate because Streamlit forbids a callback of a fragment
to show anything.
"""

from __future__ import annotations

import streamlit as st

WAITING = "said"  # in the session: sentences not shown yet


def say(sentence: str) -> None:
    """Keep a sentence, already escaped for Markdown, until the page is drawn."""
    st.session_state[WAITING] = [*st.session_state.get(WAITING, ()), sentence]


def show_said() -> None:
    """Show what waits; called wherever a run or a fragment begins."""
    for sentence in st.session_state.pop(WAITING, ()):
        st.toast(sentence)
