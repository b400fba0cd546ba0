"""Imports everything a page may need, once, before the first visitor.

Comes in: nothing. Goes out: a warm process with frozen garbage collection. Separate because it runs once per process,
while `ui/main.py` runs on every click.
"""

from __future__ import annotations

import gc
import importlib
import logging
import pkgutil

LOG = logging.getLogger("icp.warm")
HEAVY = (
    "altair", "hdbscan", "numpy", "pandas", "pyarrow.parquet", "scipy.stats", "sklearn.cluster",
    "sklearn.linear_model", "sqlalchemy.orm",
)
PACKAGES = ("icp_engine", "streamlit.elements", "ui")


def warm_up() -> None:
    """Import the stack, then move it out of the garbage collector's sight.

    Streamlit collects garbage after every rerun; walking these libraries each time costs about 100 ms (STREAMLIT.md).
    """
    for name in (*HEAVY, *_modules_of(PACKAGES)):
        _import_if_possible(name)
    gc.collect()
    gc.freeze()


def _modules_of(packages: tuple[str, ...]) -> list[str]:
    names = []
    for package in packages:
        paths = importlib.import_module(package).__path__
        names += [module.name for module in pkgutil.walk_packages(paths, f"{package}.", onerror=lambda _name: None)]
    return [name for name in names if name != "ui.main" and not name.endswith("__main__")]


def _import_if_possible(name: str) -> None:
    try:
        importlib.import_module(name)
    except ImportError as error:  # an optional library that is not installed only costs warmth
        LOG.info("not warmed: %s (%s)", name, type(error).__name__)
