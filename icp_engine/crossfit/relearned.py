"""The rubric in force with levels that did not see the account: what changed weights may fairly be
judged on.

Comes in: a rubric and a `Derivation`. Goes out: `Relearned`. Separate because proof, tuning and the
what-if all need it, and none should know how a fold is learned from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from icp_engine.learning.derivation import Derivation
from icp_engine.learning.relearn_levels import relearn_levels
from icp_engine.rubric.model import Criterion, Rubric
from icp_engine.rubric.scoring import UNKNOWN, Fits, find_fits
from icp_engine.settings import Settings
from icp_engine.validation.refit import is_learned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from icp_engine.types import Index, Ints

# accounts a fold's rubric learns from; more change neither criteria nor weights visibly
LEARN_MOST = 20_000


@dataclass(frozen=True)
class Relearned:
    """Fits of the derivation accounts on the rubric in force, each by levels learned without the
    account's own fold.
    """

    known: Fits
    """Twentieths 0–20, −1 where the value is unknown."""
    average: Ints
    """What an unknown value earns on average in the account's fold, twentieths, accounts × criteria."""
    fits: Fits
    """`known` with that average filled in where the policy says so."""
    fold: Ints
    """Number of the fold, by account."""
    rubrics: list[Rubric]
    """One a fold."""


def learned_names(rubric: Rubric, suggestion: Rubric) -> dict[str, str]:
    """Criterion → the name it was suggested under, for criteria whose levels were learned."""
    if not rubric.learned_from:
        return {}
    learned = [c for c in rubric.criteria if is_learned(c, suggestion)]
    twins = ((c, suggestion.twin_of(c)) for c in learned)
    return {
        c.name: twin.name if twin is not None else candidate_name(rubric, c) for c, twin in twins
    }


def candidate_name(rubric: Rubric, criterion: Criterion) -> str:
    """The name of the candidate a criterion was learned as: its column, with the tag where the
    column holds tags.
    """
    column = criterion.attributes[0] if criterion.attributes else criterion.name
    tags = [value for level in criterion.levels for test in level.tests for value in test.values]
    rule = rubric.rules.get(column)
    return f"{column}: {tags[0]}" if rule is not None and rule.type == "tags" and tags else column


def relearn_in_folds(
    rubric: Rubric,
    learned: dict[str, str],
    derivation: Derivation,
    folds: Sequence[Index],
    settings: Settings,
) -> Relearned:
    """The rubric's levels learned anew without each fold; weights and policy are as given.

    learned: see `learned_names`. folds: account_ids, which together are the derivation's.
    """
    accounts, found = derivation.accounts, derivation.targets(settings.learn_from)
    shape = len(accounts), len(rubric.criteria)
    fold = np.zeros(len(accounts), dtype=np.int64)
    known, average = np.full(shape, UNKNOWN, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    rubrics = []
    for number, index in enumerate(folds):
        inside = accounts.index.isin(index)
        seen = _at_most(np.flatnonzero(~inside), settings.seed + number)
        pairs = [(good[seen], bad[seen]) for good, bad in found]
        one = rubric
        if pairs and learned:
            taught = accounts.iloc[seen]
            one = relearn_levels(rubric, learned, taught, derivation.attributes, pairs, settings)
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


def with_policy(found: Relearned, rubric: Rubric) -> Relearned:
    """Weights and missing policy of the rubric in force; levels and averages are the folds' own."""
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
