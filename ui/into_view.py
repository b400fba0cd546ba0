"""A link from the top of a page to one of its tabs: the tab opens, and the page scrolls to it.

Comes in: the tabs' key and a tab's name. Goes out: an element without size whose script scrolls to where it stands.
Separate because a callback can open a tab, while only the browser can scroll.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

FOLDER = Path(__file__).parent / "components"
ASKED = "into_view"  # in the session: (key of the tabs last asked for, how often any were)


def open_tab(key: str, name: str) -> None:
    """Callback: the tab `name` of the tabs `key` (as given to `show_tabs`) opens and comes into view."""
    st.session_state[f"tabs_{key}"] = name
    _key, times = st.session_state.get(ASKED, ("", 0))
    st.session_state[ASKED] = (key, times + 1)


def arrive(key: str) -> None:
    """Stand before the tabs `key`: scroll here once, where somebody asked for one of them."""
    asked, times = st.session_state.get(ASKED, ("", 0))
    if asked == key:
        with st.container(key=f"arrive_{key}"):
            _declare(get_bidi_component_manager())(data=times, key=f"arrive_{key}_script")


@lru_cache(maxsize=1)
def _declare(manager: BidiComponentManager) -> Callable[..., Any]:
    """Tell Streamlit where the script lies, as a package's manifest would; the app is not installed as one."""
    manager.register_from_manifest(ComponentManifest("icp-view", "1", [ComponentConfig("into", "page")]), FOLDER)
    return st.components.v2.component("icp-view.into", js="into_view.js")
