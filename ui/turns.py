"""Whose turn it is: who lets a weight go is answered first, what follows weights at rest is drawn in between.

Comes in: when a release begins and ends, when a part of a page begins. Goes out: nothing but waiting. Separate because
one process computes on one core however many people ask, and every page with a live control must give way alike.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

LONGEST = 0.25  # seconds a release is waited for: one that failed on its way must not stop others
PATIENCE = 1.0  # seconds that drawing one person's lists waits in all, for its turn and for releases
NAP = 0.004  # seconds between two looks whether it may go on
RESTED = "whatif_rested"  # in the session: this run was asked for by weights that came to rest
Ask = Callable[[], object]


class Turns:
    """Releases under way, by thread, and the one thread that may draw what follows weights at rest."""

    def __init__(self, patience: float = PATIENCE, longest: float = LONGEST) -> None:
        self._releases: dict[int, float] = {}  # thread → when its release began
        self._drawing = threading.Lock()
        self._waits: dict[int, float] = {}  # thread that draws → until when it gives way
        self._patience, self._longest = patience, longest

    def begin_release(self) -> None:
        """This thread answers a release from now on."""
        self._releases[threading.get_ident()] = time.monotonic()

    def end_release(self) -> None:
        """This thread's release is answered; nothing where it answered none."""
        self._releases.pop(threading.get_ident(), None)

    @contextmanager
    def drawing(self, ask: Ask) -> Iterator[None]:
        """Draw in turn, one thread at a time, after releases; `ask` is called while waiting and may raise to leave."""
        thread, until = threading.get_ident(), time.monotonic() + self._patience
        self._waits[thread] = until
        got = False
        try:
            while not (got := self._drawing.acquire(timeout=NAP)) and time.monotonic() < until:
                ask()
            self.give_way(ask)
            yield
        finally:
            self._waits.pop(thread, None)
            if got:
                self._drawing.release()

    def give_way(self, ask: Ask) -> None:
        """Wait while a release is under way, as long as patience lasts; at once for a thread that does not draw."""
        until = self._waits.get(threading.get_ident(), 0.0)
        while self._is_releasing() and time.monotonic() < until:
            ask()
            time.sleep(NAP)

    def _is_releasing(self) -> bool:
        oldest = time.monotonic() - self._longest
        return any(began > oldest for began in list(self._releases.values()))


TURNS = Turns()  # the process's one


@contextmanager
def in_turn() -> Iterator[None]:
    """Draw what follows weights at rest for one person at a time, and after releases; any other run at once."""
    if st.session_state.pop(RESTED, False):
        with TURNS.drawing(_leave_if_asked):
            yield
    else:
        yield


def give_way() -> None:
    """Between two parts of what follows weights at rest: let releases go first, this person's own too."""
    TURNS.give_way(_leave_if_asked)


def _leave_if_asked() -> None:
    st.session_state.get(RESTED)  # Streamlit ends a run here when the next one is asked for
