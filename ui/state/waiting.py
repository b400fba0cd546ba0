"""What is told while something is computed.

Comes in: words and a share. Goes out: the line on the page. Separate because state computes and
only the frame draws.
"""

from __future__ import annotations

from contextvars import ContextVar

from icp_engine.types import Progress

_waiting: ContextVar[Progress | None] = ContextVar("waiting", default=None)


def tell(what: str, share: float) -> None:
    """Pass progress on to the page that waits in this run, if one does. Given to every study as its
    callback.
    """
    report = _waiting.get()
    if report is not None:
        report(what, share)
