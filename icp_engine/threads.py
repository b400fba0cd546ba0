"""One thread for small linear algebra.

Comes in: nothing. Goes out: a context manager. Separate because many small products are several times slower when
BLAS threads wait for each other, most of all where several people share two cores (5 ms against 0.1 ms a step).
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from threadpoolctl import ThreadpoolController


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


def one_thread() -> AbstractContextManager[Any]:
    """Hold BLAS and OpenMP at one thread while the block runs."""
    return _controller().limit(limits=1)
