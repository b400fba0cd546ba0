"""The script that Streamlit reruns: navigation, shell, then the page.

Comes in: a rerun. Goes out: the page, or a card that says why not. Separate from `app.py`, which
runs once, and from `pages/`, which must not lie beside the main script
(docs/streamlit.md#skeleton).
"""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

PROJECT = Path(__file__).resolve().parents[1]
if str(PROJECT) not in sys.path:
    sys.path.insert(0, str(PROJECT))

from ui.answers.steps import STEPS, step_at  # noqa: E402
from ui.frame import shell  # noqa: E402
from ui.frame.cards import guarded  # noqa: E402
from ui.frame.layout import use_look  # noqa: E402
from ui.frame.progress import begin_run  # noqa: E402
from ui.frame.scrolling import begin_at_top  # noqa: E402
from ui.sharing.dialog import show_share_button  # noqa: E402
from ui.state import open_study  # noqa: E402
from ui.state.kept_values import keep_values  # noqa: E402


def run_owner() -> None:
    """The owner's navigation, shell and page."""
    # No icon on a page: Streamlit would fetch it from the internet as the browser tab's picture.
    page = st.navigation(
        [
            st.Page(step.file, title=step.title, url_path=step.url_path, default=step.key == "home")
            for step in STEPS
        ],
        position="hidden",
    )
    st.set_page_config(
        page_title=f"{page.title} · ICP Workbench", page_icon=shell.PICTURE, layout="wide"
    )
    use_look()
    begin_run(str(step_at(page.url_path).file))
    keep_values(open_study.study_id())
    begin_at_top(f"{page.url_path} {open_study.study_id()}")
    guarded(shell.open_shell)(show_share_button)
    guarded(page.run)()


visit = open_study.visit()
if visit is None:
    run_owner()
else:
    from ui.sharing.guest_pages import run_visit  # the owner's pages need none of it

    run_visit(visit)
