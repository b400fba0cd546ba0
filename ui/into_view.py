"""A link from the top of a page to one of its tabs: the tab opens, and the page scrolls to it.

Comes in: the tabs' key and a tab's name. Goes out: an element without size whose script scrolls to
where it stands. Separate because a callback can open a tab, while only the browser can scroll.
"""

from __future__ import annotations

import streamlit as st

from ui.frame.packaged import packaged

ASKED = "into_view"  # in the session: (key of the tabs last asked for, how often any were)


def open_tab(key: str, name: str) -> None:
    """Callback: the tab `name` of the tabs `key` (as given to `show_tabs`) opens and comes into
    view.
    """
    st.session_state[f"tabs_{key}"] = name
    _key, times = st.session_state.get(ASKED, ("", 0))
    st.session_state[ASKED] = (key, times + 1)


def arrive(key: str) -> None:
    """Stand before the tabs `key`: scroll here once, where somebody asked for one of them."""
    asked, times = st.session_state.get(ASKED, ("", 0))
    if asked == key:
        with st.container(key=f"arrive_{key}"):
            packaged("icp-view.into", "page", js="into_view.js")(
                data=times, key=f"arrive_{key}_script"
            )
