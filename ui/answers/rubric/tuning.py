"""Bounds of weights, and how firm the choice of criteria is, as tables.

Comes in: a rubric, redraws. Goes out: frames.
Separate from the tab, which fits.
"""

from __future__ import annotations

import pandas as pd

from icp_engine import Rubric
from icp_engine.types import Frame

LEARNED = {
    "won": "won against lost accounts",
    "best": "best against worst customers",
    "both": "won against lost accounts and best against worst customers, weighted alike",
}


def bound_rows(rubric: Rubric) -> Frame:
    """One row a criterion; at first every weight may move by 15 points."""
    return pd.DataFrame(
        [
            {
                "Criterion": c.name,
                "Now": c.weight,
                "Lowest": max(0, c.weight - 15),
                "Highest": min(100, c.weight + 15),
            }
            for c in rubric.criteria
        ]
    )


def stability_table(table: Frame) -> Frame:
    """How often each criterion is chosen, and its weight where it was."""
    return pd.DataFrame(
        {
            "Criterion": table["criterion"],
            "Suggested weight": table["weight"],
            "Chosen in, of 100 draws": (100 * table["chosen_share"]).round(),
            "Median weight": table["weight_median"],
            "from": table["weight_low"],
            "to": table["weight_high"],
        }
    )
