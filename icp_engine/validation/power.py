"""Power: how many won and lost accounts it takes to show a given AUC.

Comes in: won and lost accounts there are. Goes out: one row an AUC. Separate because it needs no
score: it says what a test could have shown before one looks at what it did show.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from icp_engine.stats.auc import auc_variance, newcombe_interval
from icp_engine.stats.proportions import critical_value
from icp_engine.types import Floats, Frame

AUCS: tuple[float, ...] = (0.55, 0.60, 0.65, 0.70, 0.75, 0.80, 0.85)
THRESHOLDS: dict[str, float] = {"weak": 0.50, "moderate": 0.55, "strong": 0.65}
POWER = 0.80
GROWTH = 1.05 ** np.arange(200)  # multiples of the smallest sample that are tried


def power_table(won: int, lost: int) -> Frame:
    """One row an AUC of the market and a level: the accounts with which 80 % of samples earn that
    level.

    Columns: auc (the truth), level (“weak”, “moderate”, “strong”), won, lost (accounts needed at
    today's mix of won and lost; at least ten of each), enough (whether there are so many). Levels
    an AUC cannot earn are left out. The sample's AUC is taken as normal with the Hanley–McNeil
    variance; the level is earned when the lower limit (Newcombe's method 5) passes its threshold.
    """
    return pd.DataFrame(
        [
            {**row, "enough": won >= row["won"] and lost >= row["lost"]}
            for row in _needed(_won_share(won, lost))
        ]
    )


def _won_share(won: int, lost: int) -> float:
    """Today's share of won accounts in steps of 5 %; a half without any."""
    return float(np.clip(round(20 * won / (won + lost)) / 20, 0.05, 0.95)) if won + lost else 0.5


@lru_cache(maxsize=32)
def _needed(share: float) -> tuple[dict[str, Any], ...]:
    least = 10 / min(share, 1 - share)
    numbers = np.ceil(least * GROWTH * share), np.ceil(least * GROWTH * (1 - share))
    rows: list[dict[str, Any]] = []
    for auc in AUCS:
        reached = _lower_limit_reached(auc, *numbers)
        for level, threshold in THRESHOLDS.items():
            passes = reached > threshold if level == "weak" else reached >= threshold
            if passes.any():
                first = int(passes.argmax())
                rows.append(
                    {
                        "auc": auc,
                        "level": level,
                        "won": int(numbers[0][first]),
                        "lost": int(numbers[1][first]),
                    }
                )
    return tuple(rows)


def _lower_limit_reached(auc: float, won: Floats, lost: Floats) -> Floats:
    """The lower limit that 80 % of samples reach."""
    z = float(critical_value(2 * POWER - 1))
    worse = np.clip(auc - z * np.sqrt(auc_variance(np.full_like(won, auc), won, lost)), 0.0, 1.0)
    return newcombe_interval(worse, won, lost)[0]
