"""Every page begins at its top.

Comes in: the name of the page about to run. Goes out: an element without size whose script scrolls
up when that name is another one. Separate because Streamlit keeps the scroll position where it
draws the next page fast enough.
"""

from __future__ import annotations

import streamlit as st

from ui.frame.packaged import packaged


def begin_at_top(page: str) -> None:
    """Scroll up where `page` is another one than on the run before; a rerun of the same page stays
    where it is.
    """
    with st.container(key="page_top"):
        packaged("icp-page.top", "page", js="top.js")(data=page, key="page_top_script")
