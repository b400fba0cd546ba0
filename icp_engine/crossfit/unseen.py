"""Scores by rubrics that did not see the account.

Comes in: a `Derivation` and rubrics. Goes out: scores, and how honest they are. Separate because
proof must not rest on what was learned from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd

from icp_engine.crossfit.relearned import LEARN_MOST
from icp_engine.customers.model import Best
from icp_engine.learning.derivation import Derivation
from icp_engine.learning.rows import FOLDS
from icp_engine.learning.suggest import suggest
from icp_engine.rubric.model import Rubric
from icp_engine.rubric.scoring import Fits, find_fits, score_fits
from icp_engine.settings import Settings
from icp_engine.types import Frame, Index, Series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from icp_engine.types import Floats, Ints

Fold: TypeAlias = tuple[Index, Rubric]  # accounts of a fold, the rubric suggested without them


@dataclass(frozen=True)
class Unseen:
    """Scores of the derivation accounts by rubrics that did not see them; None with the reason
    where there are none.
    """

    scores: Frame | None
    carried: bool = False
    """The person's changes were carried over to each fold's suggestion."""
    reason: str = ""


@dataclass(frozen=True)
class FoldFits:
    """Fits of every derivation account on its fold's rubric; `order` puts the folds' rows back into
    the order of the accounts table.
    """

    fits: tuple[Fits, ...]
    order: Ints


@dataclass(frozen=True)
class Tested:
    """What the rubric in force is judged by: scores of all accounts, the deals, and how honest that
    is.
    """

    scores: Frame
    deals: Frame
    fresh: bool
    """No judged deal helped to make the score that judges it, unless `flattered`."""
    flattered: bool = False
    """The rubric learned from these deals, was changed, and cannot be scored out of fold."""

    @property
    def comparable(self) -> bool:
        """Whether its AUC may stand beside another's."""
        return self.fresh and not self.flattered and len(self.deals) > 0


def suggest_in_folds(derivation: Derivation, settings: Settings) -> list[Fold]:
    """For each of five folds of the derivation accounts: its accounts, and the suggestion made
    without them.
    """
    accounts = derivation.accounts
    rng = np.random.default_rng(settings.seed + 1)
    fold = rng.permutation(len(accounts)) % FOLDS
    rubrics = []
    for number in range(FOLDS):
        others = np.flatnonzero(fold != number)
        if len(others) > LEARN_MOST:
            others = np.sort(rng.choice(others, LEARN_MOST, replace=False))
        one = suggest(derivation.take(others), settings, assess=False)
        rubrics.append((accounts.index[fold == number], one))
    return rubrics


def find_fold_fits(folds: list[Fold], rubrics: Sequence[Rubric], accounts: Frame) -> FoldFits:
    """Fits of each fold's accounts on its rubric; `accounts`: all of them, in their order."""
    fits = tuple(
        find_fits(rubric, accounts.loc[index], clean=True)
        for (index, _), rubric in zip(folds, rubrics, strict=True)
    )
    places = np.concatenate([accounts.index.get_indexer(index) for index, _ in folds])
    return FoldFits(fits, np.argsort(places))


def score_folds(rubrics: Sequence[Rubric], found: FoldFits) -> Frame:
    """Scores of the derivation accounts, each fold by its rubric; weights may differ from those the
    fits were found with.
    """
    parts = [score_fits(rubric, fits) for rubric, fits in zip(rubrics, found.fits, strict=True)]
    return pd.concat(parts).iloc[found.order]


def score_everyone(scores: Frame, unseen: Frame | None) -> Frame:
    """Scores of all accounts: out of fold where there are such, else those of the rubric in
    force.
    """
    if unseen is None:
        return scores
    rest = np.ones(len(scores), dtype=bool)
    rest[scores.index.get_indexer(unseen.index)] = False  # isin takes ten times as long on text
    joined = pd.concat([unseen, scores[rest]])
    joined.attrs["missing_columns"] = scores.attrs.get("missing_columns", [])
    return joined


def value_scores(best: Best, unseen: Unseen) -> tuple[tuple[Series, Series] | None, str]:
    """Scores of (best customers, the rest and worst) by rubrics that did not see them; else None
    and why.
    """
    if best.basis != "value":
        return None, "best customers are those that bought, as no value is recorded"
    if not len(best.accounts) or not len(best.rest):
        return None, "there are too few customers to compare"
    if unseen.scores is None:
        return None, unseen.reason
    score, others = unseen.scores["score"], best.rest.union(best.worst)
    return (score.reindex(best.accounts).dropna(), score.reindex(others).dropna()), ""


def earlier_outcomes(outcomes: Frame, unseen: Unseen) -> tuple[Floats, Floats] | None:
    """Out-of-fold scores and won weight of the accounts the rubric was made from; None where none
    were scored so.
    """
    if unseen.scores is None:
        return None
    index = outcomes.index.intersection(unseen.scores.index)
    score, won = unseen.scores.loc[index, "score"], outcomes.loc[index, "won"]
    return score.to_numpy(dtype=float), won.to_numpy(dtype=float)
