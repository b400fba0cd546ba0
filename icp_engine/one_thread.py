"""One thread for small linear algebra.

Comes in: nothing. Goes out: a context manager. Separate because many small products are several
times slower when BLAS threads wait for each other, most of all where several people share two cores
(5 ms against 0.1 ms a step).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from threadpoolctl import ThreadpoolController


class _Hold:
    """The limit of the whole process: the first who asks sets it, the last who leaves lifts it.

    Each lifting its own would free the threads under whoever still computes.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._controller = ThreadpoolController()  # finding the libraries takes 25 ms
        self._users = 0
        self._limit: Any = None

    def take(self) -> None:
        with self._lock:
            if not self._users:
                self._limit = self._controller.limit(limits=1)
            self._users += 1

    def leave(self) -> None:
        with self._lock:
            self._users -= 1
            if not self._users:
                self._limit.restore_original_limits()


@cache
def _hold() -> _Hold:
    return _Hold()


@contextmanager
def one_thread() -> Iterator[None]:
    """Hold BLAS and OpenMP at one thread while the block runs, in this and every other session of
    the process.
    """
    _hold().take()
    try:
        yield
    finally:
        _hold().leave()
