"""Where a page stands: at its top when it is another one, at its tabs when one of them was asked for.

Comes in: the name of the page about to run; the tabs' key and a tab's name. Goes out: elements
without size whose scripts scroll. Separate because Streamlit keeps the scroll position where it
draws the next page fast enough, and because a callback can open a tab, while only the browser can
scroll.
"""

from __future__ import annotations

import streamlit as st

from ui.frame.packaged import packaged

ASKED = "into_view"  # in the session: (key of the tabs last asked for, how often any were)


def begin_at_top(page: str) -> None:
    """Scroll up where `page` is another one than on the run before; a rerun of the same page stays
    where it is.
    """
    with st.container(key="page_top"):
        packaged("icp-page.top", "page", js="top.js")(data=page, key="page_top_script")


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
