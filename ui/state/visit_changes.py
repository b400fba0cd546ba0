"""What guests changed, for as long as their browser stays open: a reload takes it up again.

Comes in: a guest's steps under a key that only this guest's cookies make. Goes out: the same steps.
Separate because it outlives sessions; it is bounded, lies in memory only, and holds settings, never
data.
"""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from functools import lru_cache
from threading import Lock

from icp_engine import Settings

MOST_GUESTS = 200  # the guest idle for longest goes first
KEPT_STEPS = 20  # of undo, a guest
LONGEST = 12 * 3600  # seconds, as long as a visit lasts

Steps = tuple[tuple[str, Settings], ...]


class GuestMemory:
    """The latest steps of guests, and at which of them each stands."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[str, tuple[Steps, int, float]] = OrderedDict()

    def recall(self, key: str) -> tuple[Steps, int]:
        """Steps and place kept under `key`; none where nothing is kept, or not any more."""
        with self._lock:
            steps, at, kept_at = self._kept.get(key, ((), 0, 0.0))
        return (steps, at) if time.monotonic() - kept_at < LONGEST else ((), 0)

    def keep(self, key: str, steps: Steps, at: int) -> None:
        """Keep the steps around the present one."""
        begin = max(0, min(len(steps) - KEPT_STEPS, at - 1))
        with self._lock:
            self._kept[key] = (steps[begin : begin + KEPT_STEPS], at - begin, time.monotonic())
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_GUESTS:
                self._kept.popitem(last=False)

    def forget(self, key: str) -> None:
        """Nothing is kept under `key` any more."""
        with self._lock:
            self._kept.pop(key, None)


@lru_cache(maxsize=1)
def memory() -> GuestMemory:
    """The process's one memory of guests."""
    return GuestMemory()


def key_of(token: str, browser: str) -> str:
    """One guest's key: the link's token and the browser's random cookie; neither can be told from
    it.
    """
    return hashlib.sha256(f"{token} {browser}".encode("utf-8", "replace")).hexdigest()
