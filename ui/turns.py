"""Whose turn it is: what answers a hand goes before what stands below it, whose hand it may be.

Comes in: runs of all sessions. Goes out: an order among them. Separate because it is about the process, not a page:
thirty people who move weights on two cores are answered in time only if tables they do not look at yet wait.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

LONGEST = 2.0  # seconds that the rest of a page waits for others' answers at most
LOOK = 0.02  # seconds between looks whether this run was overtaken by its own session's next one


class Turns:
    """Answers under way, and one turn at a time for the rest."""

    def __init__(self) -> None:
        self._answering = 0
        self._guard = threading.Lock()
        self._rest = threading.Lock()

    @contextmanager
    def answer(self) -> Iterator[None]:
        """Around what answers a hand: never waits."""
        with self._guard:
            self._answering += 1
        try:
            yield
        finally:
            with self._guard:
                self._answering -= 1

    @contextmanager
    def rest(self) -> Iterator[None]:
        """Around what may come later: one session at a time, and after the answers under way, `LONGEST` at most."""
        until = time.monotonic() + LONGEST
        while self._answering and time.monotonic() < until:
            let_next_run_in()
            time.sleep(LOOK)
        held = False
        while not held and time.monotonic() < until:
            let_next_run_in()
            held = self._rest.acquire(timeout=LOOK)
        try:
            yield
        finally:
            if held:
                self._rest.release()


def let_next_run_in() -> None:
    """End this run here if its session asked for another meanwhile: Streamlit looks whenever the session is read."""
    st.session_state.get("turn")


@st.cache_resource
def turns() -> Turns:
    """The process's one order."""
    return Turns()
