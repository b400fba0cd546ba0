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

from icp_engine import derive, proving
from icp_engine.attributes.labels import show_step
from icp_engine.intake.model import ColumnRule
from icp_engine.relearning import Relearned, candidate_name, relearned_folds, targets
from icp_engine.rubric.bins import Binned, bin_attributes
from icp_engine.rubric.edit import ADDED
from icp_engine.rubric.fit import stack_targets
from icp_engine.rubric.lift import lift_to_next_band
from icp_engine.rubric.model import FIT_UNITS, Criterion, Rubric
from icp_engine.rubric.relearn import learn_criterion
from icp_engine.rubric.scoring import Fits, add_up, earned_fits, find_fits, tenths
from icp_engine.rubric.sensitivity import find_flips, move_weights
from icp_engine.rubric.stability import selection_frequency
from icp_engine.rubric.tune import (
    Bounds,
    Limits,
    Tuning,
    fit_within,
    read_bounds,
    whole_weights,
    with_whole_weights,
)
from icp_engine.rubric.weights import CLASSIC_TOTALS, with_group_totals
from icp_engine.stats.auc import weighted_auc
from icp_engine.stats.paired import paired_auc_difference
from icp_engine.types import Estimate, Frame
from icp_engine.validation.refit import why_not_refitted
from icp_engine.whatif import Basis, what_if_rows

if TYPE_CHECKING:
    from icp_engine.study import Study
    from icp_engine.types import Floats

    Pair = tuple[Floats, Floats]

# an account does not change its industry to please us
FIXED_KINDS = ("firmographic", "demographic")
NOTHING = Estimate(None, None, None, 0)


# ---------------------------------------------------------------------- what scores may be compared


def gain(first: Floats, second: Floats, pair: Pair) -> Estimate:
    """AUC of `first` less AUC of `second` on the same accounts, paired."""
    value, low, high = paired_auc_difference(first, second, *pair)
    return (
        Estimate(value, low, high, float((pair[0] + pair[1] > 0).sum()))
        if np.isfinite(value)
        else NOTHING
    )


# ---------------------------------------------------------------------- stability, lift, sensitivit


def stability(study: Study) -> Frame:
    """How often each criterion is chosen over bootstrap refits; see
    `rubric.stability.selection_frequency`.
    """
    return selection_frequency(
        derive.compared_accounts(study),
        study.attributes.attributes,
        derive.lessons(study),
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


def flips(study: Study, criterion: str, weight: int) -> Frame:
    """Accounts whose band changes when one weight is set; see `rubric.sensitivity.find_flips`."""
    return find_flips(study.rubric, study.fits, criterion, weight)


# ---------------------------------------------------------------------- other criteria


def criterion_candidates(study: Study) -> list[str]:
    """Names of what could become one more criterion: attributes that may score, and tags, that the
    rubric lacks.
    """
    used = {candidate_name(study.rubric, c) for c in study.rubric.criteria}
    return [binned.name for binned in _candidates(study) if binned.name not in used]


def learned_criterion(
    study: Study, name: str, weight: int
) -> tuple[Criterion, dict[str, ColumnRule]]:
    """A candidate as a criterion with the levels the derivation accounts suggest, and how its
    column is read.

    Raises ValueError for an unknown name, and where there are too few outcomes to learn from.
    """
    binned = next((one for one in _candidates(study) if one.name == name), None)
    found = targets(study)
    if binned is None or not found:
        raise ValueError(f"levels of “{name}” cannot be learned from these accounts")
    criterion = learn_criterion(binned, stack_targets(found, study.settings.seed), weight)
    rules = {attribute.name: attribute.rule for attribute in binned.attributes}
    return criterion.model_copy(update={"why": ADDED}), rules


def _candidates(study: Study) -> list[Binned]:
    return study._memo.get(
        ("criterion_candidates", study._key("suggestion")),
        lambda: bin_attributes(
            derive.compared_accounts(study), study.attributes.attributes, study.settings
        ),
    )


# ---------------------------------------------------------------------- other weights


def compare_weights(study: Study, other: Study, basis: Basis | None = None) -> Estimate:
    """AUC of `study`'s rubric less that of `other`'s on the derivation accounts, out of fold,
    paired; free of looks.

    Two states of one study, so that the accounts are the same. basis: won above lost deals
    (“deals”), best above other customers (“value”); None: deals where there are any. None where
    nothing can be compared.
    """
    rows, theirs = what_if_rows(study), what_if_rows(other)
    if rows is None or theirs is None or not rows.index.equals(theirs.index):
        return NOTHING
    basis = basis or next(iter(rows.good))
    if basis not in rows.good or basis not in theirs.good:
        return NOTHING
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
        return classic, NOTHING
    if study.settings.rubric is None:
        folds = [rubric for _, rubric in study.fold_rubrics]
        others = [with_group_totals(one, CLASSIC_TOTALS) for one in folds]
        return classic, gain(_fold_scores(study, others), _fold_scores(study, folds), found[0])
    relearned = relearned_folds(study)
    if relearned is None:
        return classic, NOTHING
    return classic, gain(_scores(classic, relearned), _scores(study.rubric, relearned), found[0])


def _fold_scores(study: Study, rubrics: list[Rubric]) -> Floats:
    return np.asarray(proving.score_folds(study, rubrics)["score"], dtype=np.float64)


def tune_within(study: Study, bounds: Bounds) -> Tuning:
    """Better weights within bounds (criterion name → (lowest, highest), whole, of 100), proposed
    only when proven.

    Held-out accounts take no part. Each of five folds of the derivation accounts is scored by
    weights tuned without it, beside the weights in force, both on levels learned without it; the
    gain is paired, on won against lost where both exist, else best against worst. Raises ValueError
    for unknown criteria and for bounds that cannot hold.
    """
    rubric = study.rubric
    if not rubric.criteria:
        if bounds:
            read_bounds(rubric, bounds)
        return Tuning(rubric, NOTHING, False, "There are no criteria whose weights could be tuned.")
    limits, found = read_bounds(rubric, bounds), targets(study)
    if not found:
        return Tuning(
            rubric,
            NOTHING,
            False,
            "There are too few outcomes to tune by: it takes five won and five lost "
            "accounts, or five best and five worst customers.",
        )
    fits = find_fits(rubric, derive.compared_accounts(study), clean=True)
    weights = _fit(study, rubric, fits, found, limits)
    tuned = with_whole_weights(rubric, whole_weights(rubric, weights, limits))
    relearned = relearned_folds(study)
    if relearned is None:
        reason = why_not_refitted(rubric, study.suggestion)
        return Tuning(
            tuned,
            NOTHING,
            False,
            f"Whether other weights would be better cannot be tested: {reason}.",
        )
    scores = _tuned_scores(study, relearned, found, limits), _scores(rubric, relearned)
    return _judge(rubric, tuned, [gain(*scores, pair) for pair in found])


def _fit(study: Study, rubric: Rubric, fits: Fits, found: list[Pair], limits: Limits) -> Floats:
    now = np.array([criterion.weight for criterion in rubric.criteria], dtype=np.float64)
    return fit_within(
        earned_levels(rubric, fits), stack_targets(found, study.settings.seed), now, limits
    )


def earned_levels(rubric: Rubric, fits: Fits) -> Floats:
    """Levels 0–1, unknown ones as the policy has them; where they are left out, the average stands
    in for the fit.
    """
    policy = "average" if rubric.missing_policy == "leave_out" else rubric.missing_policy
    return earned_fits(rubric.model_copy(update={"missing_policy": policy}), fits) / FIT_UNITS


def _tuned_scores(study: Study, relearned: Relearned, found: list[Pair], limits: Limits) -> Floats:
    """Out-of-fold scores: each fold by weights tuned, and levels learned, without it."""
    score = np.zeros(len(relearned.fold))
    for number, one in enumerate(relearned.rubrics):
        inside = relearned.fold == number
        others = [(good * ~inside, bad * ~inside) for good, bad in found]
        rubric = one
        if all(side.any() for pair in others for side in pair):
            weights = _fit(
                study,
                one,
                find_fits(one, derive.compared_accounts(study), clean=True),
                others,
                limits,
            )
            rubric = with_whole_weights(one, whole_weights(one, weights, limits))
        score[inside] = _scores(rubric, relearned)[inside]
    return score


def _judge(rubric: Rubric, tuned: Rubric, gains: list[Estimate]) -> Tuning:
    """Proposed when the first target is surely ranked better and no other surely worse."""
    first = gains[0]
    if first.value is None or first.low is None or first.high is None:
        return Tuning(
            tuned,
            first,
            False,
            "Whether other weights would be better cannot be tested on these accounts.",
        )
    steps = [show_step(100 * value) for value in (first.value, first.low, first.high)]
    points = f"{steps[0]} points of ranking ({steps[1]} to {steps[2]})"
    moved = [
        c.name
        for c, other in zip(rubric.criteria, tuned.criteria, strict=True)
        if c.weight != other.weight
    ]
    if not moved:
        return Tuning(
            tuned, first, False, "Within these bounds the weights in force already fit best."
        )
    if first.low <= 0:
        return Tuning(
            tuned,
            first,
            False,
            f"Not proposed: within these bounds other weights would bring {points}, "
            "cross-checked, which may be chance.",
        )
    if any(other.high is not None and other.high < 0 for other in gains[1:]):
        return Tuning(
            tuned,
            first,
            False,
            f"Not proposed: other weights rank won deals better, {points}, but best "
            "customers worse.",
        )
    return Tuning(
        tuned,
        first,
        True,
        f"Proposed: {points}, cross-checked on the accounts the rubric was made from; "
        f"{_changes(rubric, tuned)}.",
    )


def _changes(rubric: Rubric, tuned: Rubric) -> str:
    """The three weights that move most, from → to."""
    pairs = [
        (c.name, c.weight, other.weight)
        for c, other in zip(rubric.criteria, tuned.criteria, strict=True)
    ]
    largest = sorted(pairs, key=lambda pair: -abs(pair[2] - pair[1]))[:3]
    return ", ".join(
        f"{name} {before} → {after}" for name, before, after in largest if before != after
    )
