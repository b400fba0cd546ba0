"""Whose turn it is to compute: who lets a weight go comes first, what follows weights at rest is
drawn in between.

Comes in: when a release begins and ends, when a part of a page begins. Goes out: nothing but
waiting. Separate because one process computes on one core however many people ask: answers given
one after the other come sooner, the last one too, than answers that share the core, and every page
with a live control must give way alike.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType

RESTED = "whatif_rested"  # in the session: this run was asked for by weights that came to rest
# seconds one turn lasts at most: who failed on the way, or computes for long, does not stop others
LONGEST = 0.25
PATIENCE = 10.0  # seconds until lists are drawn though others move weights without a pause
REST, CROWDED_REST = 0.9, 4.0  # seconds without a move until lists follow; where many move at once
CROWD, WITHIN = 8, 2.0  # as many releases within so many seconds are many
NAP = 0.01  # seconds between two looks whether this person asked for something else meanwhile
Asked = Callable[[], bool]


class Turns:
    """One thread at a time: releases in the order they came, then those who draw."""

    def __init__(self, longest: float = LONGEST, patience: float = PATIENCE) -> None:
        self._longest, self._patience = longest, patience
        self._changed = threading.Condition()
        self._releases: list[int] = []  # threads that wait to answer a release
        self._drawers: list[int] = []
        self._holder, self._since = 0, 0.0  # thread whose turn it is, 0 nobody's; since when
        self._answers = False  # whether it answers a release
        self._came: deque[float] = deque(maxlen=CROWD)  # when the last releases came

    def begin_release(self) -> None:
        """Wait for this thread's turn to answer a release."""
        self._came.append(time.monotonic())
        self._take(self._releases, len(self._releases), self._longest, _never)

    def pause(self) -> float:
        """Seconds without a move until a person's lists may follow: drawing them for many would
        delay all answers.
        """
        crowded = len(self._came) == CROWD and time.monotonic() - self._came[0] < WITHIN
        return CROWDED_REST if crowded else REST

    def end_release(self) -> None:
        """The release is answered; nothing in a thread that answers none, or whose turn was over
        before.
        """
        if self._answers:  # of another thread perhaps: `_end` looks
            self._end()

    @contextmanager
    def drawing(self, asked: Asked) -> Iterator[None]:
        """Draw when nobody answers a release; waiting ends once this person `asked` for something
        else.
        """
        self._take(self._drawers, len(self._drawers), self._patience, asked)
        try:
            yield
        finally:
            self._end()

    def give_way(self, asked: Asked) -> None:
        """Let releases that wait go first; at once for a thread that does not draw."""
        if self._releases and self._holder == threading.get_ident():
            self._end()
            self._take(self._drawers, 0, self._patience, asked)

    def _end(self) -> None:
        with self._changed:
            if self._holder == threading.get_ident():
                self._holder, self._answers = 0, False
                self._changed.notify_all()

    def _take(self, queue: list[int], place: int, most: float, asked: Asked) -> None:
        thread, until = threading.get_ident(), time.monotonic() + most
        with self._changed:
            queue.insert(place, thread)
            try:
                while not self._is_next(thread):
                    if time.monotonic() >= until or asked():
                        return
                    self._changed.wait(NAP)
                self._holder, self._since, self._answers = (
                    thread,
                    time.monotonic(),
                    queue is self._releases,
                )
            finally:
                queue.remove(thread)

    def _is_next(self, thread: int) -> bool:
        free = self._holder in (0, thread) or time.monotonic() - self._since > self._longest
        return free and (self._releases or self._drawers)[0] == thread


def _never() -> bool:
    """Who answers a release waits for nothing else."""
    return False


TURNS = Turns()  # the process's one


@contextmanager
def in_turn() -> Iterator[None]:
    """Draw what follows weights at rest for one person at a time, and after releases; any other run
    at once.
    """
    if st.session_state.pop(RESTED, False):
        with TURNS.drawing(_is_asked):
            yield
    else:
        yield


def give_way() -> None:
    """Between two parts of what follows weights at rest: let releases go first, this person's own
    too.
    """
    TURNS.give_way(_is_asked)


def _is_asked() -> bool:
    """Whether this session's next run waits already: a release, which Streamlit begins when this
    run has ended.
    """
    context = get_script_run_ctx(suppress_warning=True)
    requests = context.script_requests if context is not None else None
    return requests is not None and requests._state is not ScriptRequestType.CONTINUE
