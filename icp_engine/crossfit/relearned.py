"""The rubric in force with levels that did not see the account: what changed weights may fairly be
judged on.

Comes in: a study. Goes out: `Relearned`. Separate because proof, tuning and the what-if all need
it, and none should know how a fold is learned from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from icp_engine.learning.derivation import compared_accounts, lessons
from icp_engine.learning.relearn_levels import relearn_levels
from icp_engine.rubric.model import Criterion, Rubric
from icp_engine.rubric.scoring import UNKNOWN, Fits, find_fits, fit_key
from icp_engine.validation.refit import is_learned, why_not_refitted

if TYPE_CHECKING:
    from icp_engine.study.study import Study
    from icp_engine.types import Floats, Ints

    Pair = tuple[Floats, Floats]

# accounts a fold's rubric learns from; more change neither criteria nor weights visibly
LEARN_MOST = 20_000


@dataclass(frozen=True)
class Relearned:
    """Fits of the compared accounts on the rubric in force, each by levels learned without the
    account's own fold.

    `known`: fits with −1 for unknown values. `average`: what an unknown value earns on average in
    the account's fold, in twentieths, accounts × criteria. `fits`: `known` with that average filled
    in where the policy says so. `fold` by account; `rubrics` one a fold.
    """

    known: Fits
    average: Ints
    fits: Fits
    fold: Ints
    rubrics: list[Rubric]


def targets(study: Study) -> list[Pair]:
    """(good, bad) weights by compared account, as the rubric learns: won and lost first, then best
    and worst.
    """
    accounts = compared_accounts(study)
    return lessons(study).targets(accounts.index, study.settings.learn_from)[0]


def relearned_folds(study: Study) -> Relearned | None:
    """The rubric in force with levels relearned in five folds; None where nobody knows how (levels
    edited by hand).
    """
    rubric, suggestion = study.rubric, study.suggestion
    if rubric.learned_from and why_not_refitted(rubric, suggestion):
        return None
    learned = _learned_names(rubric, suggestion)
    key = ("relearned", study._key("suggestion"), fit_key(rubric), repr(learned))
    found: Relearned = study._memo.get(key, lambda: _relearn(study, rubric, learned))
    return _with_policy(found, rubric)


def _learned_names(rubric: Rubric, suggestion: Rubric) -> dict[str, str]:
    """Criterion → the name it was suggested under, for criteria whose levels were learned."""
    if not rubric.learned_from:
        return {}
    names = {(c.attributes, c.levels): c.name for c in suggestion.criteria}
    return {
        c.name: names.get((c.attributes, c.levels)) or candidate_name(rubric, c)
        for c in rubric.criteria
        if is_learned(c, suggestion)
    }


def learning_key(study: Study) -> str:
    """Which criteria had their levels learned here, as text: equal levels typed in by hand never
    saw an outcome.
    """
    return repr((study.rubric.learned_from, _learned_names(study.rubric, study.suggestion)))


def candidate_name(rubric: Rubric, criterion: Criterion) -> str:
    """The name of the candidate a criterion was learned as: its column, with the tag where the
    column holds tags.
    """
    column = criterion.attributes[0] if criterion.attributes else criterion.name
    tags = [value for level in criterion.levels for test in level.tests for value in test.values]
    rule = rubric.rules.get(column)
    return f"{column}: {tags[0]}" if rule is not None and rule.type == "tags" and tags else column


def _relearn(study: Study, rubric: Rubric, learned: dict[str, str]) -> Relearned:
    accounts, found = compared_accounts(study), targets(study)
    shape = len(accounts), len(rubric.criteria)
    fold = np.zeros(len(accounts), dtype=np.int64)
    known, average = np.full(shape, UNKNOWN, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    rubrics = []
    for number, (index, _) in enumerate(study.fold_rubrics):
        inside = accounts.index.isin(index)
        seen = _at_most(np.flatnonzero(~inside), study.settings.seed + number)
        pairs = [(good[seen], bad[seen]) for good, bad in found]
        one = (
            relearn_levels(
                rubric,
                learned,
                accounts.iloc[seen],
                study.attributes.attributes,
                pairs,
                study.settings,
            )
            if pairs and learned
            else rubric
        )
        fold[inside] = number
        known[inside] = find_fits(one, accounts[inside], clean=True).fits
        average[inside] = [criterion.unknown_fit for criterion in one.criteria]
        rubrics.append(one)
    none = np.zeros(len(accounts), dtype=bool)
    fits = Fits(accounts.index, known, none, none, ())
    return Relearned(fits, average, fits, fold, rubrics)


def _at_most(rows: Ints, seed: int) -> Ints:
    return (
        rows
        if len(rows) <= LEARN_MOST
        else np.sort(np.random.default_rng(seed).choice(rows, LEARN_MOST, False))
    )


def _with_policy(found: Relearned, rubric: Rubric) -> Relearned:
    """Everything as in the rubric in force; only levels and averages are the folds' own."""
    rubrics = [
        rubric.model_copy(
            update={
                "criteria": tuple(
                    mine.model_copy(
                        update={"levels": theirs.levels, "unknown_fit": theirs.unknown_fit}
                    )
                    for mine, theirs in zip(rubric.criteria, one.criteria, strict=True)
                )
            }
        )
        for one in found.rubrics
    ]
    fits = found.known
    if rubric.missing_policy == "average":
        fits = replace(fits, fits=np.where(fits.fits >= 0, fits.fits, found.average))
    return replace(found, fits=fits, rubrics=rubrics)
