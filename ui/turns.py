"""Whose turn it is to compute: who lets a weight go comes first, what follows weights at rest is drawn in between.

Comes in: when a release begins and ends, when a part of a page begins. Goes out: nothing but waiting. Separate because
one process computes on one core however many people ask: answers given one after the other come sooner, the last one
too, than answers that share the core, and every page with a live control must give way alike.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

RESTED = "whatif_rested"  # in the session: this run was asked for by weights that came to rest
LONGEST = 0.25  # seconds one turn lasts at most: who failed on the way, or computes for long, does not stop others
PATIENCE = 10.0  # seconds until lists are drawn though others move weights without a pause
NAP = 0.01  # seconds between two looks whether this person asked for something else meanwhile
Ask = Callable[[], object]


class Turns:
    """One thread at a time: releases in the order they came, then those who draw."""

    def __init__(self, longest: float = LONGEST, patience: float = PATIENCE) -> None:
        self._longest, self._patience = longest, patience
        self._changed = threading.Condition()
        self._releases: list[int] = []  # threads that wait to answer a release
        self._drawers: list[int] = []
        self._holder, self._since = 0, 0.0  # thread whose turn it is, 0 nobody's; since when
        self._answers = False  # whether it answers a release

    def begin_release(self) -> None:
        """Wait for this thread's turn to answer a release."""
        self._take(self._releases, len(self._releases), self._longest, _go_on)

    def end_release(self) -> None:
        """The release is answered; nothing in a thread that answers none, or whose turn was over before."""
        if self._answers:  # of another thread perhaps: `_end` looks
            self._end()

    @contextmanager
    def drawing(self, ask: Ask) -> Iterator[None]:
        """Draw when nobody answers a release; `ask` is called while waiting and may raise to leave."""
        self._take(self._drawers, len(self._drawers), self._patience, ask)
        try:
            yield
        finally:
            self._end()

    def give_way(self, ask: Ask) -> None:
        """Let releases that wait go first; at once for a thread that does not draw."""
        if self._releases and self._holder == threading.get_ident():
            self._end()
            self._take(self._drawers, 0, self._patience, ask)

    def _end(self) -> None:
        with self._changed:
            if self._holder == threading.get_ident():
                self._holder, self._answers = 0, False
                self._changed.notify_all()

    def _take(self, queue: list[int], place: int, most: float, ask: Ask) -> None:
        thread, until = threading.get_ident(), time.monotonic() + most
        with self._changed:
            queue.insert(place, thread)
            try:
                while not self._is_next(thread) and time.monotonic() < until:
                    self._changed.wait(NAP)
                    ask()
                self._holder, self._since, self._answers = thread, time.monotonic(), queue is self._releases
            finally:
                queue.remove(thread)

    def _is_next(self, thread: int) -> bool:
        free = self._holder in (0, thread) or time.monotonic() - self._since > self._longest
        return free and (self._releases or self._drawers)[0] == thread


def _go_on() -> None:
    """Who answers a release is not asked whether it would rather leave."""


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
