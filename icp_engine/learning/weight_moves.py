"""Which weight changes flip which accounts.

Comes in: a rubric and fits. Goes out: one row a criterion and move, or the accounts that flip.
Separate because it asks what a rubric would do, and changes none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from icp_engine.rubric.model import NOT_RATED, RATED_BANDS, Rubric
from icp_engine.rubric.scoring import Fits, score_fits
from icp_engine.types import Frame, Series

if TYPE_CHECKING:
    from icp_engine.types import Ints

MOVE = 0.25
MOVE_COLUMNS = (
    "criterion",
    "move",
    "weight",
    "weight_moved",
    "accounts",
    "changed",
    "up",
    "down",
    "auc",
    "auc_moved",
    "auc_change",
    "change_low",
    "change_high",
)
FLIP_COLUMNS = ("band", "band_moved", "score", "score_moved", "moved")

# AUC of a moved rubric, its change, low, high
Ranked = Callable[[Rubric], tuple[float, float, float, float]]


def list_moves(rubric: Rubric) -> list[tuple[str, float, Rubric]]:
    """(criterion, +0.25 or −0.25, the rubric with that weight moved), the others in proportion as
    for a slider.

    A weight moves by at least one point, between 0 and 100; none for a rubric of one criterion.
    """
    moves = []
    for criterion in rubric.criteria if len(rubric.criteria) > 1 else ():
        step = max(1, int(MOVE * criterion.weight + 0.5))
        for share in (MOVE, -MOVE):
            weight = min(100, max(0, criterion.weight + (step if share > 0 else -step)))
            if weight != criterion.weight:
                moves.append((criterion.name, share, rubric.with_weights({criterion.name: weight})))
    return moves


def move_weights(rubric: Rubric, fits: Fits, auc: float, rank: Ranked) -> Frame:
    """What each move of ± 25 % of a criterion's weight changes; columns MOVE_COLUMNS.

    accounts: all with fits. changed: how many change band; up and down: how many of these rise or
    fall among Red, Yellow and Green (the rest gain or lose their rating). auc: of the rubric as it
    is; auc_moved, auc_change and its 95 % limits: from `rank` (NaN where nothing can be ranked).
    """
    before = band_order(score_fits(rubric, fits)["band"])
    rows = []
    for name, share, moved in list_moves(rubric):
        step = _step(before, band_order(score_fits(moved, fits)["band"]))
        weights = [
            next(c.weight for c in one.criteria if c.name == name) for one in (rubric, moved)
        ]
        counts = (
            len(before),
            int((step != 0).sum()),
            int((step == 1).sum()),
            int((step == -1).sum()),
        )
        rows.append((name, share, *weights, *counts, auc, *rank(moved)))
    return pd.DataFrame(rows, columns=list(MOVE_COLUMNS))


def find_flips(rubric: Rubric, fits: Fits, criterion: str, weight: int) -> Frame:
    """Accounts whose band changes when one weight is set and the others follow, by account_id;
    columns FLIP_COLUMNS.

    moved: “up”, “down”, or “rated” and “not rated” where the known weight crosses the coverage
    floor. Largest change of score first. Raises ValueError for an unknown criterion or a weight
    that cannot be set.
    """
    before, after = (
        score_fits(rubric, fits),
        score_fits(rubric.with_weights({criterion: weight}), fits),
    )
    order = [band_order(one["band"]) for one in (before, after)]
    step = _step(*order)
    rated = np.where(order[0] < 0, "rated", "not rated")
    moved = np.where(step == 1, "up", np.where(step == -1, "down", rated)).astype(object)
    table = pd.DataFrame(
        {
            "band": before["band"],
            "band_moved": after["band"],
            "score": before["score"],
            "score_moved": after["score"],
            "moved": pd.Series(moved, index=fits.index, dtype="str"),
        }
    )[step != 0]
    largest = (table["score_moved"] - table["score"]).abs().to_numpy()
    return table.iloc[np.argsort(-largest, kind="stable")]


def band_order(band: Series) -> Ints:
    """0 Red, 1 Yellow, 2 Green, −1 not rated."""
    places = {name: place for place, name in enumerate(reversed(RATED_BANDS))} | {NOT_RATED: -1}
    return np.asarray(band.map(places).to_numpy(), dtype=np.int64)


def _step(before: Ints, after: Ints) -> Ints:
    """1 up, −1 down, 0 the same, 2 a rating gained or lost."""
    step = np.sign(after - before)
    return np.where((step != 0) & (np.minimum(before, after) < 0), 2, step)
