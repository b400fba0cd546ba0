"""Other weights of the same rubric: what they move, and how they rank beside those in force.

Comes in: a rubric and what it is judged on. Goes out: tables and estimates. Separate because asking
costs no look at held-out deals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from icp_engine.learning.weight_moves import move_weights
from icp_engine.rubric.scoring import add_up, tenths
from icp_engine.stats.auc import weighted_auc
from icp_engine.stats.paired import paired_auc_difference
from icp_engine.types import NOT_APPLICABLE, Estimate, Frame
from icp_engine.whatif.step import Basis, WhatIfRows

if TYPE_CHECKING:
    from icp_engine.attributes.model import Attribute
    from icp_engine.crossfit.relearned import Relearned
    from icp_engine.rubric.model import Rubric
    from icp_engine.rubric.scoring import Fits
    from icp_engine.types import Floats, Pair

# an account does not change its industry to please us
FIXED_KINDS = ("firmographic", "demographic")


def gain(first: Floats, second: Floats, pair: Pair) -> Estimate:
    """AUC of `first` less AUC of `second` on the same accounts, paired."""
    value, low, high = paired_auc_difference(first, second, *pair)
    if not np.isfinite(value):
        return NOT_APPLICABLE
    return Estimate(value, low, high, float((pair[0] + pair[1] > 0).sum()))


def unseen_ranking(rubric: Rubric, relearned: Relearned) -> Floats:
    """Scores in tenths of the derivation accounts, by levels that did not see them."""
    return np.asarray(tenths(add_up(rubric, relearned.fits)), dtype=np.float64)


def fixed_criteria(rubric: Rubric, attributes: tuple[Attribute, ...]) -> set[str]:
    """Names of criteria that an account cannot change: what it is, not what it does."""
    kinds = {attribute.name: attribute.kind for attribute in attributes}
    return {
        c.name
        for c in rubric.criteria
        if any(kinds.get(name) in FIXED_KINDS for name in c.attributes)
    }


def sensitivity(
    rubric: Rubric, fits: Fits, targets: list[Pair], relearned: Relearned | None
) -> Frame:
    """What ± 25 % of each weight changes, by all accounts; AUC on derivation accounts, NaN where it
    cannot be told.

    fits: of all accounts. AUC: of these very weights on levels learned without the account's fold.
    """
    if not targets or relearned is None or not rubric.criteria:
        return move_weights(rubric, fits, np.nan, lambda moved: (np.nan,) * 4)
    base = unseen_ranking(rubric, relearned)

    def rank(moved: Rubric) -> tuple[float, float, float, float]:
        score = unseen_ranking(moved, relearned)
        return float(weighted_auc(score, *targets[0])), *paired_auc_difference(
            score, base, *targets[0]
        )

    return move_weights(rubric, fits, float(weighted_auc(base, *targets[0])), rank)


def compare_weights(
    ours: tuple[Rubric, WhatIfRows | None],
    theirs: tuple[Rubric, WhatIfRows | None],
    basis: Basis | None = None,
) -> Estimate:
    """AUC of one rubric less that of another on the derivation accounts, out of fold, paired; free
    of looks.

    Two states of one study, so that the accounts are the same. basis: won above lost deals
    (“deals”), best above other customers (“value”); None: deals where there are any. None where
    nothing can be compared.
    """
    rubric, rows = ours
    other, others = theirs
    if rows is None or others is None or not rows.index.equals(others.index):
        return NOT_APPLICABLE
    basis = basis or next(iter(rows.good))
    if basis not in rows.good or basis not in others.good:
        return NOT_APPLICABLE
    won = rows.good[basis] / np.maximum(rows.all[basis], 1)
    lost = (rows.all[basis] > 0) - won
    first, second = (
        some.tenths(one).astype("float64") for one, some in ((rubric, rows), (other, others))
    )
    return gain(first, second, (won, lost))
