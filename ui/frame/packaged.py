"""Components of the app's own, declared to Streamlit as an installed package's would be.

Comes in: where a component's files lie. Goes out: what puts it on a page. Separate because the app
is not installed, and every component needs the same manifest.
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

FOLDER = Path(__file__).parents[1] / "components"
DECLARED = 8  # components kept declared; as many as there are in one process, and some


def packaged(name: str, folder: str, *, js: str, css: str | None = None) -> Callable[..., Any]:
    """What puts a component on a page. name: “package.component”; folder: in `ui/components`, with
    its files.
    """
    return _declare(get_bidi_component_manager(), name, folder, js, css)


@lru_cache(maxsize=DECLARED)
def _declare(
    manager: BidiComponentManager, name: str, folder: str, js: str, css: str | None
) -> Callable[..., Any]:
    package, component = name.split(".")
    manager.register_from_manifest(
        ComponentManifest(package, "1", [ComponentConfig(component, folder)]), FOLDER
    )
    return st.components.v2.component(name, css=css, js=js)
