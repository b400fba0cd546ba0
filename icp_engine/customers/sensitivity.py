"""How stable the best set is when metric weights move.

Comes in: customers, the chosen set, settings. Goes out: one row a metric and move. Separate because
it is slow and asked for on demand.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from icp_engine.customers.best import (
    find_candidates,
    judged_customers,
    rank_metrics,
    take_best,
    weigh_values,
)
from icp_engine.customers.model import Best, Customers
from icp_engine.settings import Settings
from icp_engine.types import Frame, Index

MOVES = (-0.25, 0.25)


def move_weights(
    customers: Customers, best: Best, held_out: Index, as_of: pd.Timestamp, settings: Settings
) -> Frame:
    """One row a metric and move of its weight: metric, change (share), stay (best that stay), of
    (best customers).
    """
    columns = ["metric", "change", "stay", "of"]
    if not best.metrics:
        return pd.DataFrame(columns=columns)
    seen = judged_customers(customers).difference(held_out)
    ranks = rank_metrics(customers, best.metrics, seen, as_of).to_numpy()
    candidates, weights = (
        find_candidates(customers, seen, settings),
        np.array([m.weight for m in best.metrics]),
    )
    was = seen.isin(best.accounts)
    rows = []
    for position, metric in enumerate(best.metrics):
        for move in MOVES:
            moved = weights * np.where(np.arange(len(weights)) == position, 1 + move, 1.0)
            scores = weigh_values(ranks, moved, settings.min_metrics_share).sum(axis=1)
            stay = int(was[take_best(scores, candidates, settings)].sum())
            rows.append(
                {"metric": metric.name, "change": move, "stay": stay, "of": len(best.accounts)}
            )
    return pd.DataFrame(rows, columns=columns)
