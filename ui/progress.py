"""Progress in the user's terms while something takes long.

Comes in: what the engine is doing and the share done. Goes out: a bar on the page of whoever waits. Separate because a
study is shared by sessions and must not hold on to the page of the one that opened it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st

from icp_engine.types import Progress
from ui.words import plain

_waiting: ContextVar[Progress | None] = ContextVar("waiting", default=None)


def tell(what: str, share: float) -> None:
    """Pass progress on to the page that waits in this run, if one does. Given to every study as its callback."""
    report = _waiting.get()
    if report is not None:
        report(what, share)


@contextmanager
def working(label: str) -> Iterator[Progress]:
    """A bar while the block runs, gone when it is done; the engine's own progress shows in it too."""
    place = st.empty()
    bar = place.progress(0.0, text=plain(label))

    def report(what: str, share: float) -> None:
        bar.progress(min(max(share, 0.0), 1.0), text=plain(what))

    token = _waiting.set(report)
    try:
        yield report
    finally:
        _waiting.reset(token)
        place.empty()
