"""What a study can say of its weights: how stable, what they move, what better ones within bounds
would gain.

Comes in: a study. Goes out: results of `rubric.stability`, `lift`, `sensitivity` and `tune`.
Separate from `proving`: all of it rests on derivation accounts alone, so asking never counts as a
look at held-out deals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from icp_engine.crossfit.relearned import Relearned, relearned_folds, targets
from icp_engine.crossfit.unseen import score_folds
from icp_engine.learning.derivation import compared_accounts, lessons
from icp_engine.learning.how_firm import selection_frequency
from icp_engine.learning.weight_moves import find_flips, move_weights
from icp_engine.rubric.lift import lift_to_next_band
from icp_engine.rubric.model import Rubric
from icp_engine.rubric.scoring import add_up, find_fits, tenths
from icp_engine.rubric.weights import CLASSIC_TOTALS, with_group_totals
from icp_engine.stats.auc import weighted_auc
from icp_engine.stats.paired import paired_auc_difference
from icp_engine.types import NOT_APPLICABLE, Estimate, Frame
from icp_engine.whatif.step import Basis, what_if_rows

if TYPE_CHECKING:
    from icp_engine.study.study import Study
    from icp_engine.types import Floats

    Pair = tuple[Floats, Floats]

# an account does not change its industry to please us
FIXED_KINDS = ("firmographic", "demographic")


# ---------------------------------------------------------------------- what scores may be compared


# ---------------------------------------------------------------------- stability, lift, sensitivit


def stability(study: Study) -> Frame:
    """How often each criterion is chosen over bootstrap refits; see
    `rubric.stability.selection_frequency`.
    """
    return selection_frequency(
        compared_accounts(study),
        study.attributes.attributes,
        lessons(study),
        study.suggestion,
        study.settings,
        study.progress,
    )


def what_would_lift(study: Study, ids: Any) -> Frame:
    """What would lift the accounts asked for to the next band; unknown ids are left out."""
    rows = study.accounts.loc[study.accounts.index.isin(pd.Index(ids).astype("str"))]
    kinds = {attribute.name: attribute.kind for attribute in study.attributes.attributes}
    fixed = {
        c.name
        for c in study.rubric.criteria
        if any(kinds.get(name) in FIXED_KINDS for name in c.attributes)
    }
    return lift_to_next_band(study.rubric, find_fits(study.rubric, rows, clean=True), fixed)


def flips(study: Study, criterion: str, weight: int) -> Frame:
    """Accounts whose band changes when one weight is set; see `rubric.sensitivity.find_flips`."""
    return find_flips(study.rubric, study.fits, criterion, weight)


# ---------------------------------------------------------------------- other criteria


# ---------------------------------------------------------------------- other weights


def gain(first: Floats, second: Floats, pair: Pair) -> Estimate:
    """AUC of `first` less AUC of `second` on the same accounts, paired."""
    value, low, high = paired_auc_difference(first, second, *pair)
    return (
        Estimate(value, low, high, float((pair[0] + pair[1] > 0).sum()))
        if np.isfinite(value)
        else NOT_APPLICABLE
    )


def sensitivity(study: Study) -> Frame:
    """What ± 25 % of each weight changes, by all accounts; AUC on derivation accounts, NaN where it
    cannot be told.

    AUC: of these very weights on levels learned without the account's fold.
    """
    found, relearned = targets(study), relearned_folds(study)
    if not found or relearned is None or not study.rubric.criteria:
        return move_weights(study.rubric, study.fits, np.nan, lambda moved: (np.nan,) * 4)
    base = _scores(study.rubric, relearned)

    def rank(moved: Rubric) -> tuple[float, float, float, float]:
        score = _scores(moved, relearned)
        return float(weighted_auc(score, *found[0])), *paired_auc_difference(score, base, *found[0])

    return move_weights(study.rubric, study.fits, float(weighted_auc(base, *found[0])), rank)


def _scores(rubric: Rubric, relearned: Relearned) -> Floats:
    return np.asarray(tenths(add_up(rubric, relearned.fits)), dtype=np.float64)


def compare_weights(study: Study, other: Study, basis: Basis | None = None) -> Estimate:
    """AUC of `study`'s rubric less that of `other`'s on the derivation accounts, out of fold,
    paired; free of looks.

    Two states of one study, so that the accounts are the same. basis: won above lost deals
    (“deals”), best above other customers (“value”); None: deals where there are any. None where
    nothing can be compared.
    """
    rows, theirs = what_if_rows(study), what_if_rows(other)
    if rows is None or theirs is None or not rows.index.equals(theirs.index):
        return NOT_APPLICABLE
    basis = basis or next(iter(rows.good))
    if basis not in rows.good or basis not in theirs.good:
        return NOT_APPLICABLE
    won = rows.good[basis] / np.maximum(rows.all[basis], 1)
    lost = (rows.all[basis] > 0) - won
    ours, others = (
        some.tenths(one.rubric).astype("float64") for one, some in ((study, rows), (other, theirs))
    )
    return gain(ours, others, (won, lost))


def classic_split(study: Study) -> tuple[Rubric, Estimate]:
    """The rubric in force with group totals 40/30/30, and its AUC less that of the rubric in force,
    out of fold.

    Negative: what the classic split costs. The suggestion: each fold's own, so that neither saw the
    fold; a rubric a person changed: its weights on relearned levels. None where no derivation
    account can test it.
    """
    classic, found = with_group_totals(study.rubric, CLASSIC_TOTALS), targets(study)
    if not study.rubric.criteria or not found:
        return classic, NOT_APPLICABLE
    if study.settings.rubric is None:
        folds = [rubric for _, rubric in study.fold_rubrics]
        others = [with_group_totals(one, CLASSIC_TOTALS) for one in folds]
        return classic, gain(_fold_scores(study, others), _fold_scores(study, folds), found[0])
    relearned = relearned_folds(study)
    if relearned is None:
        return classic, NOT_APPLICABLE
    return classic, gain(_scores(classic, relearned), _scores(study.rubric, relearned), found[0])


def _fold_scores(study: Study, rubrics: list[Rubric]) -> Floats:
    return np.asarray(score_folds(study, rubrics)["score"], dtype=np.float64)
