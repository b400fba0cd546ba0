"""Ratios: “2.4 ×”.

Comes in: a ratio. Goes out: text. Separate because lifts are no shares.
"""

from __future__ import annotations

import numpy as np


def number(value: float) -> str:
    """Two significant digits, no exponent: 3.1, 12, 0.35, 1 200 with a thin space."""
    if value >= 100:
        return f"{round(value, -int(np.floor(np.log10(value))) + 1):,.0f}".replace(",", "\u2009")
    if value >= 9.95:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 0.95 else f"{value:.2g}" if value >= 0.01 else "under 0.01"


def times(ratio: float, low: float, high: float) -> str:
    """“3.1 × (2.0–4.8)”; an open interval reads “(2.0 or more)”."""
    limits = f"{number(low)}–{number(high)}" if np.isfinite(high) else f"{number(low)} or more"
    return f"{number(ratio)}\u2009× ({limits})"
