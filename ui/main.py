"""The script that Streamlit reruns: navigation, shell, then the page.

Comes in: a rerun. Goes out: the page, or a card that says why not. Separate from `app.py`, which runs once, and from
`pages/`, which must not lie beside the main script (STREAMLIT.md, skeleton).
"""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

PROJECT = Path(__file__).resolve().parents[1]
if str(PROJECT) not in sys.path:
    sys.path.insert(0, str(PROJECT))

from ui import shell  # noqa: E402
from ui.cards import guarded  # noqa: E402
from ui.steps import STEPS  # noqa: E402

# No icon on a page: Streamlit would fetch it from the internet as the browser tab's picture.
page = st.navigation(
    [st.Page(step.file, title=step.title, url_path=step.url_path, default=step.key == "home") for step in STEPS],
    position="hidden",
)
picture = str(PROJECT / "ui" / "icon.png")
st.set_page_config(page_title=f"{page.title} · ICP Workbench", page_icon=picture, layout="wide")
guarded(shell.open_shell)()
guarded(page.run)()
