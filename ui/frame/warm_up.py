"""Imports everything a page may need, once, before the first visitor.

Comes in: nothing. Goes out: a warm process whose garbage collection looks at what is new only.
Separate because it runs once per process, while `ui/main.py` runs on every click.
"""

from __future__ import annotations

import gc
import importlib
import logging
import pkgutil
import sys
import time

LOG = logging.getLogger("icp.warm")
HEAVY = (
    "altair",
    "hdbscan",
    "numpy",
    "pandas",
    "pyarrow.parquet",
    "scipy.stats",
    "sklearn.cluster",
    "sklearn.linear_model",
    "sqlalchemy.orm",
)
PACKAGES = ("icp_engine", "streamlit.elements", "ui")
THOROUGH_SECONDS = 60.0  # between collections that look at everything, some 0.2 s each
# a release gives up its turn at every read of the store; by default it waits 5 ms for the next
TURN_SECONDS = 0.001
OLDEST = 2  # the generation Streamlit collects


def warm_up() -> None:
    """Import the stack, then move it out of the garbage collector's sight, and keep it tended.

    Streamlit collects garbage after every rerun; walking these libraries each time costs about 100
    ms (docs/streamlit.md#garbage-collection).
    """
    for name in (*HEAVY, *_modules_of(PACKAGES)):
        _import_if_possible(name)
    gc.collect()
    gc.freeze()
    gc.callbacks.append(GarbageKeeper())
    sys.setswitchinterval(TURN_SECONDS)


class GarbageKeeper:
    """What survived a collection is not walked again by the next one, except once a minute.

    Open studies and sessions survive thousands of reruns; walking them after each costs 20 ms.
    Called by the collector itself, so no collection runs in between.
    """

    def __init__(self, seconds: float = THOROUGH_SECONDS) -> None:
        self._seconds, self._thorough = seconds, time.monotonic()

    def __call__(self, phase: str, info: dict[str, int]) -> None:
        """Before a full collection: bring back everything when it is time. After it: put aside what
        is left.
        """
        if info["generation"] != OLDEST:
            return
        if phase == "stop":
            gc.freeze()
        elif time.monotonic() - self._thorough >= self._seconds:
            self._thorough = time.monotonic()
            gc.unfreeze()


def _modules_of(packages: tuple[str, ...]) -> list[str]:
    names = []
    for package in packages:
        paths = importlib.import_module(package).__path__
        names += [
            module.name
            for module in pkgutil.walk_packages(paths, f"{package}.", onerror=lambda _name: None)
        ]
    return [name for name in names if name != "ui.main" and not name.endswith("__main__")]


def _import_if_possible(name: str) -> None:
    try:
        importlib.import_module(name)
    except ImportError as error:  # an optional library that is not installed only costs warmth
        LOG.info("not warmed: %s (%s)", name, type(error).__name__)
