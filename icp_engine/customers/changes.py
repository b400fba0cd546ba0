"""Who enters and who leaves the best customers when weights, size or conditions move.

Comes in: two `Best`. Goes out: `SetChange`. Separate because it compares two results and computes
neither.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from icp_engine.customers.model import Best
from icp_engine.types import Frame, Index
from icp_engine.wording.numbers import count

CHANGE_COLUMNS = ("change", "rank_before", "rank_now", "metric", "points")


@dataclass(frozen=True)
class SetChange:
    """Two sets of best customers side by side.

    entered, left: account_ids; stayed: how many are in both. table: one row an account that entered
    (first) or left, by account_id: change (“enters” | “leaves”), rank_before and rank_now among the
    judged customers (1 is best; NaN where not judged), metric whose part of the score moved most
    the same way (“” where none did), points: by how much, in points of 100.
    """

    entered: Index
    left: Index
    stayed: int
    table: Frame

    def sentence(self, against: str) -> str:
        """“4 customers enter and 4 leave compared with …; 94 stay.”"""
        if not len(self.entered) and not len(self.left):
            return f"The same customers are best as with {against}."
        enter = f"{count(len(self.entered))} {'customer enters' if len(self.entered) == 1 else 'customers enter'}"
        leave = f"{count(len(self.left))} {'leaves' if len(self.left) == 1 else 'leave'}"
        return f"{enter} and {leave} compared with {against}; {count(self.stayed)} stay."


def compare_best(before: Best, now: Best) -> SetChange:
    """What changed from one set of best customers to another of the same study."""
    entered = now.accounts.difference(before.accounts, sort=False)
    left = before.accounts.difference(now.accounts, sort=False)
    moved = [
        (ids, word, sign)
        for ids, word, sign in ((entered, "enters", 1.0), (left, "leaves", -1.0))
        if len(ids)
    ]
    parts = [_describe(before, now, ids, word, sign) for ids, word, sign in moved]
    table = pd.concat(parts) if parts else pd.DataFrame(columns=list(CHANGE_COLUMNS))
    return SetChange(
        entered, left, len(now.accounts) - len(entered), table.rename_axis("account_id")
    )


def _describe(before: Best, now: Best, ids: Index, word: str, sign: float) -> Frame:
    ranks = [
        best.scores.rank(ascending=False, method="min").reindex(ids).to_numpy(float)
        for best in (before, now)
    ]
    metric, points = _moved_most(before, now, ids, sign)
    table = pd.DataFrame(
        {
            "change": word,
            "rank_before": ranks[0],
            "rank_now": ranks[1],
            "metric": metric,
            "points": points,
        },
        index=ids,
    )
    return table.sort_values("rank_now", kind="stable")


def _moved_most(before: Best, now: Best, ids: Index, sign: float) -> tuple[list[str], list[float]]:
    """The metric that lifted (sign 1) or lowered (−1) each account's score most, and by how many
    points of 100.
    """
    names = [metric.label for metric in now.metrics]
    keys = [metric.name for metric in now.metrics]
    if not keys:
        return [""] * len(ids), [0.0] * len(ids)
    difference = (_parts(now, ids, keys) - _parts(before, ids, keys)) * sign
    place = difference.argmax(axis=1)
    size = difference[np.arange(len(ids)), place]
    return (
        [names[at] if moved > 0 else "" for at, moved in zip(place, size, strict=True)],
        [float(sign * moved) if moved > 0 else 0.0 for moved in size],
    )


def _parts(best: Best, ids: Index, keys: list[str]) -> np.ndarray:
    known = best.contributions.reindex(index=ids, columns=keys).fillna(0.0)
    return 100.0 * known.to_numpy(float)
