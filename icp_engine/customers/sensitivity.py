"""How stable the best set is when metric weights move.

Comes in: customers, the chosen set, settings. Goes out: one row a metric and move. Separate because it is slow and
asked for on demand.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from icp_engine.customers.best import choose_best
from icp_engine.customers.model import Best, Customers
from icp_engine.settings import Settings
from icp_engine.types import Frame, Index

MOVES = (-0.25, 0.25)


def move_weights(
    customers: Customers, best: Best, held_out: Index, outcomes: Frame, as_of: pd.Timestamp, settings: Settings
) -> Frame:
    """One row a metric and move of its weight: metric, change (share), stay (best accounts that stay), of (best accounts)."""
    rows = []
    for metric in best.metrics:
        for move in MOVES:
            metrics = tuple(replace(m, weight=m.weight * (1 + move)) if m.name == metric.name else m for m in customers.metrics)
            moved = choose_best(replace(customers, metrics=metrics), held_out, outcomes, as_of, settings)
            stay = len(moved.accounts.intersection(best.accounts))
            rows.append({"metric": metric.name, "change": move, "stay": stay, "of": len(best.accounts)})
    return pd.DataFrame(rows, columns=["metric", "change", "stay", "of"])
