"""The rubric: suggested, in force, its fits and scores, and scores that did not see the account.

Comes in: a `Derivation` and bad-fit traits. Goes out: rubric, scores, what-ifs. Separate because
all of it is free to look at: no held-out deal is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from icp_engine.crossfit.relearned import (
    Relearned,
    learned_names,
    relearn_in_folds,
    with_policy,
)
from icp_engine.crossfit.unseen import (
    Fold,
    FoldFits,
    Unseen,
    find_fold_fits,
    score_folds,
    suggest_in_folds,
)
from icp_engine.learning.candidates import Binned, bin_attributes
from icp_engine.learning.fit_within_bounds import Tuning
from icp_engine.learning.flags import find_flags
from icp_engine.learning.how_firm import selection_frequency
from icp_engine.learning.suggest import suggest
from icp_engine.learning.thresholds import with_thresholds
from icp_engine.learning.weight_moves import find_flips
from icp_engine.rubric.explain import explain_rows
from icp_engine.rubric.lift import lift_to_next_band
from icp_engine.rubric.model import Criterion, Rubric
from icp_engine.rubric.scoring import Fits, contributions, find_fits, fit_key, score_fits
from icp_engine.rubric.weights import CLASSIC_TOTALS, with_group_totals
from icp_engine.study.derived import Derived
from icp_engine.study.stages import stage
from icp_engine.types import NOT_APPLICABLE, Estimate, Frame, Pair, Series
from icp_engine.validation.refit import carry_over, why_not_refitted
from icp_engine.values.rule import ColumnRule
from icp_engine.whatif import level_outcomes, other_criteria, other_weights, tuning
from icp_engine.whatif.level_outcomes import BestSplit, LevelOutcome
from icp_engine.whatif.step import (
    ROWS_MOST,
    Basis,
    Levels,
    WhatIfRows,
    collect_rows,
    count_outcomes,
)

LEARNING_SETTINGS = (
    *("learn_from", "criteria_max", "missing_policy", "coverage_floor", "seed", "empty_means_no"),
)
# what a rubric's fits rest on: levels, not weights
BY_FITS = {"rubric": "_fits_part"}
BY_LEVELS = {"rubric": "_levels_part"}


class Learned(Derived):
    """Stages from a derivation to a rubric and its scores."""

    @property
    @stage(settings=LEARNING_SETTINGS, results=("derivation", "indicators", "traits"))
    def suggestion(self) -> Rubric:
        """The rubric the data suggests, with its own thresholds."""
        self.tell("Fitting the rubric", 0.7)
        flags = find_flags(self.indicators, self.traits)
        return suggest(self.derivation, self.settings, flags)

    @property
    @stage(settings=("rubric", "green", "yellow"), results=("suggestion",))
    def rubric(self) -> Rubric:
        """The rubric in force: the settings' own, else the suggestion with a person's
        thresholds.
        """
        return self.settings.rubric or with_thresholds(self.suggestion, self.settings)

    # ------------------------------------------------------------------ fits and scores

    @property
    def _fits_part(self) -> str:
        """All of the rubric in force that decides fits."""
        return fit_key(self.rubric)

    @property
    def _levels_part(self) -> str:
        """All of it that decides what its levels are when learned anew, and what they give where a
        value is unknown.
        """
        rubric = self.rubric
        unknown = [criterion.unknown_fit for criterion in rubric.criteria]
        learned = learned_names(rubric, self.suggestion)
        refused = self.why_not_relearned
        return repr((self._part("_fits_part"), unknown, rubric.learned_from, learned, refused))

    @property
    @stage(results=("customers",), parts=BY_FITS)
    def fits(self) -> Fits:
        """Fit of every account on every criterion; kept while only weights or thresholds move."""
        return find_fits(self.rubric, self.accounts, clean=True)

    @property
    @stage(results=("rubric", "fits"))
    def scores(self) -> Frame:
        """By account_id, all accounts: score, band, disqualified, coverage."""
        return score_fits(self.rubric, self.fits)

    @property
    def contributions(self) -> Frame:
        """One column a criterion; rows sum to the score."""
        return contributions(self.rubric, self.fits)

    def explain(self, ids: Any) -> Series:
        """One sentence an account, for the account_ids asked for (unknown ids are left out)."""
        wanted = self.accounts.index.isin(pd.Index(ids).astype("str"))
        return explain_rows(self.rubric, self.fits.take(wanted))

    def what_would_lift(self, ids: Any) -> Frame:
        """By account_id: the fewest changes that would reach the next band, with a sentence."""
        rows = self.accounts.loc[self.accounts.index.isin(pd.Index(ids).astype("str"))]
        fixed = other_weights.fixed_criteria(self.rubric, self.attributes.attributes)
        return lift_to_next_band(self.rubric, find_fits(self.rubric, rows, clean=True), fixed)

    # ------------------------------------------------------------------ scores that did not see

    @property
    @stage(settings=LEARNING_SETTINGS, results=("derivation",))
    def fold_rubrics(self) -> list[Fold]:
        """For each of five folds: its accounts, and the rubric suggested without them."""
        return suggest_in_folds(self.derivation, self.settings)

    @property
    @stage(results=("customers", "fold_rubrics"))
    def _fold_fits(self) -> FoldFits:
        rubrics = [rubric for _, rubric in self.fold_rubrics]
        return find_fold_fits(self.fold_rubrics, rubrics, self.accounts)

    @property
    @stage(settings=("green", "yellow"), results=("fold_rubrics", "_fold_fits"))
    def cross_scores(self) -> Frame:
        """Out-of-fold scores of derivation accounts: each by a rubric suggested without its
        fold.
        """
        rubrics = [with_thresholds(rubric, self.settings) for _, rubric in self.fold_rubrics]
        return score_folds(rubrics, self._fold_fits)

    @property
    def why_not_relearned(self) -> str:
        """Why the levels of the rubric in force cannot be learned without a fold; “” where they
        can.
        """
        rubric = self.rubric
        return why_not_refitted(rubric, self.suggestion) if rubric.learned_from else ""

    @property
    @stage(
        settings=("seed", "learn_from", "empty_means_no"),
        results=("derivation", "fold_rubrics", "suggestion"),
        parts=BY_LEVELS,
    )
    def _relearned_levels(self) -> Relearned:
        return relearn_in_folds(
            self.rubric,
            learned_names(self.rubric, self.suggestion),
            self.derivation,
            [index for index, _ in self.fold_rubrics],
            self.settings,
        )

    @property
    def relearned(self) -> Relearned | None:
        """The rubric in force with levels relearned in five folds; None where nobody knows how
        (levels edited by hand).
        """
        if self.why_not_relearned:
            return None
        return with_policy(self._relearned_levels, self.rubric)

    def _carried(self) -> list[Rubric] | None:
        """Each fold's suggestion with the changes that made the rubric in force of ours; None where
        nobody knows how.
        """
        relearned = self.relearned
        if relearned is None:
            return None
        return [
            carry_over(self.rubric, self.suggestion, theirs, fresh)
            for (_, theirs), fresh in zip(self.fold_rubrics, relearned.rubrics, strict=True)
        ]

    @property
    @stage(
        results=("customers", "suggestion", "fold_rubrics", "_relearned_levels"), parts=BY_LEVELS
    )
    def _carried_fits(self) -> FoldFits | None:
        carried = self._carried()
        if carried is None:
            return None
        return find_fold_fits(self.fold_rubrics, carried, self.accounts)

    @property
    @stage(
        settings=("rubric",),
        results=(
            *("derivation", "suggestion", "rubric", "scores", "cross_scores"),
            *("fold_rubrics", "_relearned_levels", "_carried_fits"),
        ),
    )
    def unseen(self) -> Unseen:
        """Out-of-fold scores under the rubric in force.

        The suggestion: by each fold's own. A rubric typed in without the data: its own scores. A
        suggestion that a person changed: the same changes on each fold's suggestion, where that can
        be said.
        """
        changed = self.settings.rubric
        if changed is None and self.suggestion.criteria:
            return Unseen(self.cross_scores)
        if changed is None or not changed.learned_from:
            return Unseen(self.scores.loc[self.derivation.accounts.index])
        carried, fits = self._carried(), self._carried_fits
        if carried is None or fits is None:
            return Unseen(None, reason=self.why_not_relearned)
        return Unseen(score_folds(carried, fits), carried=True)

    # ------------------------------------------------------------------ what if

    @property
    def targets(self) -> list[Pair]:
        """(good, bad) weights by derivation account: won and lost first, then best and worst."""
        return self.derivation.targets(self.settings.learn_from)

    @stage(
        settings=("seed",),
        results=(
            *("_everyone", "holdout", "best", "derivation", "customers", "fits", "suggestion"),
            "_relearned_levels",
        ),
        parts=BY_LEVELS,
    )
    def what_if_rows(self, most: int = ROWS_MOST) -> WhatIfRows | None:
        """The accounts a what-if is tried on, at most `most`; None without criteria or without any
        outcome. Kept while only weights, thresholds or the missing policy move.
        """
        rubric, accounts = self.rubric, self.derivation.accounts.index
        if not rubric.criteria:
            return None
        places = self.accounts.index.get_indexer(accounts)
        cap = np.where(self.fits.disqualified, 2, np.where(self.fits.warned, 1, 0))[places]
        if self.why_not_relearned:
            unknown = np.array([c.unknown_fit for c in rubric.criteria], dtype=np.int64)
            average = np.tile(unknown, (len(accounts), 1))
            levels = Levels(self.fits.fits[places], average, out_of_fold=False)
        else:
            relearned = self._relearned_levels
            levels = Levels(relearned.known.fits, relearned.average, out_of_fold=True)
        deals = self.deals.loc[self.holdout.derivation_deals] if len(self.deals) else self.deals
        counts = count_outcomes(accounts, deals, self.best)
        return collect_rows(accounts, levels, cap, counts, self.settings.seed, most)

    def compare_weights(self, other: Learned, basis: Basis | None = None) -> Estimate:
        """AUC of this state's rubric less that of another state's, out of fold, paired; see
        `whatif.other_weights.compare_weights`.
        """
        ours, theirs = (self.rubric, self.what_if_rows()), (other.rubric, other.what_if_rows())
        return other_weights.compare_weights(ours, theirs, basis)

    @property
    @stage(
        results=("customers", "fits", "what_if_rows"),
        parts=BY_LEVELS,
    )
    def split_by_best(self) -> tuple[dict[Basis, BestSplit], ...]:
        """For each criterion, in its order: what became of its best level, by basis."""
        rows = self.what_if_rows()
        index = self.accounts.index[:0] if rows is None else rows.index
        fits = self.fits.fits[self.accounts.index.get_indexer(index)]
        return level_outcomes.split_by_best(self.rubric, rows, fits)

    def count_alike(self, account: str) -> dict[str, LevelOutcome]:
        """Criterion → what became of accounts like this one on it. KeyError for an unknown one."""
        return level_outcomes.count_alike(
            self.rubric, self.what_if_rows(), self.accounts, self.fits, account
        )

    def flips(self, criterion: str, weight: int) -> Frame:
        """Accounts whose band changes when one weight is set and the others follow."""
        return find_flips(self.rubric, self.fits, criterion, weight)

    @property
    @stage(
        settings=("learn_from", "criteria_max", "seed", "empty_means_no"),
        results=("derivation", "suggestion"),
    )
    def rubric_stability(self) -> Frame:
        """One row a criterion: chosen_share (0–1 of 50 bootstrap refits), weight_median,
        weight_low, weight_high.
        """
        return selection_frequency(self.derivation, self.suggestion, self.settings, self.progress)

    @property
    @stage(
        settings=("learn_from",),
        results=(
            *("derivation", "suggestion", "rubric", "fits"),
            "_relearned_levels",
        ),
    )
    def rubric_sensitivity(self) -> Frame:
        """One row a criterion and move of ± 25 % of its weight: accounts that change band, AUC
        before and after.
        """
        return other_weights.sensitivity(self.rubric, self.fits, self.targets, self.relearned)

    @property
    @stage(
        settings=("rubric", "learn_from"),
        results=(
            *("derivation", "suggestion", "fold_rubrics", "_fold_fits", "rubric"),
            "_relearned_levels",
        ),
    )
    def classic_split(self) -> tuple[Rubric, Estimate]:
        """The rubric in force with group totals 40/30/30, and its AUC less ours, out of fold on
        derivation accounts.

        Negative: what the classic split costs. The suggestion: each fold's own, so that neither saw
        the fold; a rubric a person changed: its weights on relearned levels. None where no
        derivation account can test it.
        """
        rubric, targets = self.rubric, self.targets
        classic = with_group_totals(rubric, CLASSIC_TOTALS)
        if not rubric.criteria or not targets:
            return classic, NOT_APPLICABLE
        if self.settings.rubric is None:
            folds = [one for _, one in self.fold_rubrics]
            others = [with_group_totals(one, CLASSIC_TOTALS) for one in folds]
            split, own = (
                score_folds(some, self._fold_fits)["score"].to_numpy("float64")
                for some in (others, folds)
            )
            return classic, other_weights.gain(split, own, targets[0])
        relearned = self.relearned
        if relearned is None:
            return classic, NOT_APPLICABLE
        ranks = [other_weights.unseen_ranking(some, relearned) for some in (classic, rubric)]
        return classic, other_weights.gain(ranks[0], ranks[1], targets[0])

    @property
    @stage(settings=("empty_means_no",), results=("derivation",))
    def _candidates(self) -> list[Binned]:
        derivation = self.derivation
        return bin_attributes(derivation.accounts, derivation.attributes, self.settings)

    @property
    def criterion_candidates(self) -> list[str]:
        """Names of what could become one more criterion: attributes that may score, and tags, that
        the rubric lacks.
        """
        return other_criteria.name_candidates(self.rubric, self._candidates)

    def learned_criterion(self, name: str, weight: int) -> tuple[Criterion, dict[str, ColumnRule]]:
        """A candidate as a criterion with learned levels, and how its column is read; see
        `whatif.other_criteria.learned_criterion`.
        """
        seed = self.settings.seed
        return other_criteria.learned_criterion(name, weight, self._candidates, self.targets, seed)

    def tune_within(self, bounds: Mapping[str, tuple[int, int]]) -> Tuning:
        """Better weights within bounds, cross-checked on derivation accounts; proposed only when
        proven.
        """
        learned = tuning.Learned(
            self.derivation.accounts,
            self.targets,
            self.relearned,
            self.why_not_relearned,
            self.settings.seed,
        )
        return tuning.tune_within(self.rubric, bounds, learned)
