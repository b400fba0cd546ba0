"""Every page begins at its top.

Comes in: the name of the page about to run. Goes out: an element without size whose script scrolls up when that name
is another one. Separate because Streamlit keeps the scroll position where it draws the next page fast enough.
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


def begin_at_top(page: str) -> None:
    """Scroll up where `page` is another one than on the run before; a rerun of the same page stays where it is."""
    with st.container(key="page_top"):
        _declare(get_bidi_component_manager())(data=page, key="page_top_script")


@lru_cache(maxsize=1)
def _declare(manager: BidiComponentManager) -> Callable[..., Any]:
    """Tell Streamlit where the script lies, as a package's manifest would; the app is not installed as one."""
    manager.register_from_manifest(ComponentManifest("icp-page", "1", [ComponentConfig("top", "page")]), FOLDER)
    return st.components.v2.component("icp-page.top", js="top.js")
