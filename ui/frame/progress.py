"""Progress in the user's terms while something takes long, and the way to stop it.

Comes in: what the engine is doing and the share done. Goes out: a bar on the page of whoever waits,
after some seconds with a link to stop. Separate because a study is shared by sessions and must not
hold on to the page of the one that opened it.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from icp_engine.types import Progress
from ui.answers.markdown import plain
from ui.state.waiting import _waiting

PATIENCE = 3.0  # seconds until stopping is offered
STOP = "stop"  # in the address, for a moment: what to stop, and a sign that counts once
HERE, STOPPED, SEEN = "progress_page", "progress_stopped", "progress_seen"  # in the session


@contextmanager
def working(label: str) -> Iterator[Progress]:
    """A bar while the block runs, gone when it is done; the engine's own progress shows in it too.

    Where it takes long, a link stops it at the engine's next report; the page then ends here until
    one goes on.
    """
    name = _name(label)
    if st.session_state.get(STOPPED) == name:
        _show_stopped(label)
        st.stop()
    place = st.empty()
    with place.container(horizontal=True, vertical_alignment="center", gap="small"):
        bar, link = st.progress(0.0, text=plain(label)), st.empty()
    offer_at = time.monotonic() + PATIENCE

    def report(what: str, share: float) -> None:
        nonlocal offer_at
        bar.progress(min(max(share, 0.0), 1.0), text=plain(what))
        if time.monotonic() >= offer_at and HERE in st.session_state:
            offer_at = float("inf")
            _offer_stop(link, name)

    token = _waiting.set(report)
    try:
        yield report
    finally:
        _waiting.reset(token)
        place.empty()


def begin_run(page: Any) -> None:
    """At the start of every run of a whole page: whether it was asked to stop something. page:
    itself, or its file.
    """
    asked = st.query_params.get(STOP, "")
    seen = st.session_state.setdefault(SEEN, set())
    st.session_state[HERE] = page
    st.session_state[STOPPED] = "" if asked in seen else asked.partition("-")[0]
    if asked:  # else the browser's back button would stop it again
        seen.add(asked)
        st.query_params.pop(STOP, None)


def _offer_stop(place: st.delta_generator.DeltaGenerator, name: str) -> None:
    """A link to this very page: unlike a button's, its run takes the place of one under way in a
    fragment too.
    """
    parameters = {key: value for key, value in st.query_params.items() if key != STOP}
    parameters[STOP] = f"{name}-{secrets.token_hex(3)}"
    place.page_link(
        st.session_state[HERE], label="Stop", icon=":material/stop_circle:", query_params=parameters
    )


def _show_stopped(label: str) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**Stopped:** {plain(label)}", width="stretch")
        st.button("Go on", key="go_on", type="primary", on_click=_go_on)


def _go_on() -> None:
    st.session_state[STOPPED] = ""


def _name(label: str) -> str:
    return hashlib.sha256(label.encode()).hexdigest()[:6]
