"""Rows to fit on: targets stacked, folds, balance.

Comes in: good and bad weights by account. Goes out: `Rows`. Separate because fit, pairs and joint
criteria share them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from icp_engine.types import Bools, Floats, Ints


FOLDS = 5


@dataclass(frozen=True)
class Rows:
    """Outcome rows: `row` position of the account, `y` 1 or 0, `w` weight, `target` number, `fold`
    by account.
    """

    row: Ints
    y: Floats
    w: Floats
    target: Ints
    fold: Ints

    def take(self, mask: Bools) -> Rows:
        """The rows of a mask."""
        return Rows(self.row[mask], self.y[mask], self.w[mask], self.target[mask], self.fold[mask])


def stack_targets(targets: list[tuple[Floats, Floats]], seed: int) -> Rows:
    """Rows from (positive, negative) weights by account, one pair a target; accounts of no target
    give no row.
    """
    accounts = len(targets[0][0]) if targets else 0
    fold = np.random.default_rng(seed).permutation(accounts) % FOLDS
    parts = []
    for number, (positive, negative) in enumerate(targets):
        parts += [_side(positive, 1.0, number, fold), _side(negative, 0.0, number, fold)]
    row, y, w, target, folds = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Rows(row, y, _balanced(y, w, target, len(targets)), target, folds)


def _side(
    weight: Floats, y: float, number: int, fold: Ints
) -> tuple[Ints, Floats, Floats, Ints, Ints]:
    row = np.flatnonzero(weight > 0)
    return row, np.full(len(row), y), weight[row], np.full(len(row), number), fold[row]


def _balanced(y: Floats, w: Floats, target: Ints, targets: int) -> Floats:
    """Both outcomes of a target weigh half its information 4·n₁n₀/(n₁+n₀); targets weigh the same."""
    information = []
    for number in range(targets):
        n1, n0 = w[(target == number) & (y > 0)].sum(), w[(target == number) & (y == 0)].sum()
        information.append(4 * n1 * n0 / max(n1 + n0, 1e-9))
    each = float(np.mean(information))
    balanced = w.astype("float64").copy()
    for number in range(targets):
        for outcome in (0.0, 1.0):
            side = (target == number) & (y == outcome)
            balanced[side] *= 0.5 * each / max(w[side].sum(), 1e-9)
    return balanced
