"""Corrections for having looked at many things.

Comes in: p-values, or how many of them were selected. Goes out: q-values, and the level an interval
needs when it is shown because its trait was selected. Separate because every family of comparisons
uses both rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from icp_engine.types import Floats


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """q-values 0–1: the smallest false-discovery rate at which each p of the family would be
    selected.

    Order is kept; nan counts as 1. Source: Benjamini & Hochberg 1995.
    """
    values = np.nan_to_num(np.asarray(p, dtype=float), nan=1.0)
    order = np.argsort(values, kind="stable")
    scaled = values[order] * len(values) / np.arange(1, len(values) + 1)
    q = np.empty_like(values)
    q[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return np.clip(q, 0.0, 1.0)


def selected_level(n_selected: int, n_tried: int, rate: float) -> float:
    """Confidence level for intervals of `n_selected` out of `n_tried` traits: 1 − selected · rate /
    tried.

    With nothing selected the level of a single selection.
    Source: Benjamini & Yekutieli 2005 (false coverage rate).
    """
    if n_tried <= 0:
        return 1 - rate
    return 1 - min(max(n_selected, 1), n_tried) * rate / n_tried
