"""Scores by rubrics that did not see the account.

Comes in: a `Derivation` and rubrics. Goes out: scores, and how honest they are. Separate because
proof must not rest on what was learned from.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from icp_engine.crossfit.relearned import LEARN_MOST, relearned_folds
from icp_engine.learning.derivation import compared_accounts, lessons
from icp_engine.learning.rows import FOLDS
from icp_engine.learning.suggest import Lessons, suggest
from icp_engine.learning.thresholds import without_thresholds
from icp_engine.rubric.model import Rubric
from icp_engine.rubric.scoring import Fits, find_fits, fit_key, score_fits
from icp_engine.types import Frame, Index, Series
from icp_engine.validation.refit import carry_over, why_not_refitted

if TYPE_CHECKING:
    from icp_engine.study.study import Study
    from icp_engine.types import Floats


@dataclass(frozen=True)
class Unseen:
    """Scores of the derivation accounts by rubrics that did not see them; None with the reason
    where there are none.

    `carried`: the person's changes were carried over to each fold's suggestion.
    """

    scores: Frame | None
    carried: bool = False
    reason: str = ""


def fold_rubrics(study: Study) -> list[tuple[Index, Rubric]]:
    """For each of five folds of the compared accounts: its accounts, and the suggestion made
    without them.
    """
    accounts, learned = compared_accounts(study), lessons(study)
    rng = np.random.default_rng(study.settings.seed + 1)
    fold = rng.permutation(len(accounts)) % FOLDS
    rubrics = []
    for number in range(FOLDS):
        others = np.flatnonzero(fold != number)
        if len(others) > LEARN_MOST:
            others = np.sort(rng.choice(others, LEARN_MOST, replace=False))
        seen = accounts.iloc[others]
        one = suggest(
            seen,
            study.attributes.attributes,
            _only(learned, seen.index),
            without_thresholds(study.settings),
            assess=False,
        )
        rubrics.append((accounts.index[fold == number], one))
    return rubrics


def _only(learned: Lessons, index: Index) -> Lessons:
    return Lessons(
        learned.won[learned.won.index.isin(index)],
        learned.lost[learned.lost.index.isin(index)],
        learned.best.intersection(index),
        learned.worst.intersection(index),
    )


def unseen_scores(study: Study) -> Unseen:
    """Out-of-fold scores under the rubric in force.

    The suggestion: by each fold's own. A rubric typed in without the data: its own scores. A
    suggestion that a person changed: the same changes on each fold's suggestion, where that can be
    said.
    """
    changed = study.settings.rubric
    if changed is None and study.suggestion.criteria:
        return Unseen(study.cross_scores)
    if changed is None or not changed.learned_from:
        return Unseen(study.scores.loc[compared_accounts(study).index])
    suggestion = study.suggestion
    if reason := why_not_refitted(changed, suggestion):
        return Unseen(None, reason=reason)
    relearned = relearned_folds(study)
    if relearned is None:
        return Unseen(study.cross_scores)
    carried = [
        carry_over(changed, suggestion, theirs, fresh)
        for (_, theirs), fresh in zip(study.fold_rubrics, relearned.rubrics, strict=True)
    ]
    return Unseen(score_folds(study, carried), True)


def score_folds(study: Study, rubrics: list[Rubric]) -> Frame:
    """Scores of the compared accounts, each fold by its rubric; fits are kept while only weights
    move.
    """
    parts, known = [], study._key("suggestion")
    for number, rubric in enumerate(rubrics):
        key = ("fold_fits", number, known, fit_key(rubric))
        parts.append(
            score_fits(rubric, study._memo.get(key, partial(_fold_fits, study, number, rubric)))
        )
    places = study._memo.get(
        ("fold_order", known),
        lambda: np.concatenate(
            [study.accounts.index.get_indexer(index) for index, _ in study.fold_rubrics]
        ),
    )
    return pd.concat(parts).iloc[np.argsort(places)]


def _fold_fits(study: Study, number: int, rubric: Rubric) -> Fits:
    return find_fits(rubric, study.accounts.loc[study.fold_rubrics[number][0]], clean=True)


@dataclass(frozen=True)
class Tested:
    """What the rubric in force is judged by: scores of all accounts, the deals, and how honest that
    is.

    `fresh`: no judged deal helped to make the score that judges it, unless `flattered`: a rubric
    that learned from these deals, was changed, and cannot be scored out of fold.
    """

    scores: Frame
    deals: Frame
    fresh: bool
    flattered: bool = False

    @property
    def comparable(self) -> bool:
        """Whether its AUC may stand beside another's."""
        return self.fresh and not self.flattered and len(self.deals) > 0


def tested(study: Study) -> Tested:
    """Held-out deals with the delivered rubric; else all closed deals with out-of-fold scores,
    where there are any.
    """
    holdout = study.holdout
    if holdout.method == "held_out":
        return Tested(study.scores, study.deals.loc[holdout.deals], True)
    deals = study.deals.loc[holdout.derivation_deals]
    if holdout.method == "cross_checked":
        unseen = unseen_scores(study)
        if unseen.scores is not None:
            return Tested(everyone(study, unseen.scores), deals, True)
    rubric = study.settings.rubric
    return Tested(
        study.scores, deals, rubric is not None, rubric is not None and bool(rubric.learned_from)
    )


def everyone(study: Study, unseen: Frame | None) -> Frame:
    """Scores of all accounts: out of fold where there are such, else the rubric in force."""
    if unseen is None:
        return study.scores
    rest = np.ones(len(study.scores), dtype=bool)
    # isin takes ten times as long on text
    rest[study.scores.index.get_indexer(unseen.index)] = False
    joined = pd.concat([unseen, study.scores[rest]])
    joined.attrs["missing_columns"] = study.scores.attrs.get("missing_columns", [])
    return joined


def value_scores(study: Study, unseen: Unseen) -> tuple[tuple[Series, Series] | None, str]:
    """Scores of (best customers, the rest and worst) by rubrics that did not see them; else None
    and why.
    """
    best = study.best
    if best.basis != "value":
        return None, "best customers are those that bought, as no value is recorded"
    if not len(best.accounts) or not len(best.rest):
        return None, "there are too few customers to compare"
    if unseen.scores is None:
        return None, unseen.reason
    score, others = unseen.scores["score"], best.rest.union(best.worst)
    return (score.reindex(best.accounts).dropna(), score.reindex(others).dropna()), ""


def earlier_outcomes(study: Study, unseen: Unseen) -> tuple[Floats, Floats] | None:
    """Out-of-fold scores and won weight of the accounts the rubric was made from; None where
    nothing was held out.
    """
    if study.holdout.method != "held_out" or unseen.scores is None:
        return None
    index = study.outcomes.index.intersection(unseen.scores.index)
    score, won = unseen.scores.loc[index, "score"], study.outcomes.loc[index, "won"]
    return score.to_numpy(dtype=float), won.to_numpy(dtype=float)
