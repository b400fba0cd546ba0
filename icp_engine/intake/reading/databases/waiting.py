"""Wait for a database without losing hold: progress goes on, a cancel gets through, and time runs
out.

Comes in: one blocking call and a way to break it off. Goes out: its result. Separate because a
driver waits inside C, where neither a clock nor a user reaches it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from concurrent.futures import TimeoutError as NotYet
from types import TracebackType
from typing import TypeVar

from icp_engine.intake.reading.databases.model import DatabaseRefused

T = TypeVar("T")
LOOK = 0.25  # seconds between two looks at the clock
BREAK_OFF = 5.0  # seconds a database gets to let go


class Patience:
    """At most `seconds` for all calls together; `stop` breaks off the one under way from another
    thread.
    """

    def __init__(self, seconds: float, stop: Callable[[], None], tell: Callable[[], None]) -> None:
        self._end = time.monotonic() + seconds
        self._stop, self._tell = stop, tell
        self._worker = ThreadPoolExecutor(1, "icp-database")

    def __enter__(self) -> Patience:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._worker.shutdown(wait=False, cancel_futures=True)

    def wait_for(self, call: Callable[[], T]) -> T:
        """The call's result. Raises DatabaseRefused “source-slow” when time is up, and whatever
        `tell` raises.
        """
        under_way = self._worker.submit(call)
        try:
            while True:
                try:
                    return under_way.result(LOOK)
                except NotYet:
                    if under_way.done():
                        raise
                    self._tell()
                    if time.monotonic() > self._end:
                        raise DatabaseRefused("source-slow") from None
        except BaseException:
            self._break_off(under_way)
            raise

    def check(self) -> None:
        """Raise where time is up between two calls."""
        if time.monotonic() > self._end:
            raise DatabaseRefused("source-slow")

    def _break_off(self, under_way: Future[T]) -> None:
        if not under_way.done():
            self._stop()
            wait([under_way], BREAK_OFF)
