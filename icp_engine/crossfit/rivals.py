"""Other scores on the same judged deals: today's, another rubric's, one trait's.

Comes in: scores and deals. Goes out: comparisons. Separate because none of it enters a derivation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from icp_engine.crossfit.unseen import tested, unseen_scores
from icp_engine.learning.flags import _test
from icp_engine.rubric.model import Rubric
from icp_engine.rubric.scoring import meets_test
from icp_engine.traits.sentences import name_trait
from icp_engine.types import Frame, Series
from icp_engine.validation.compare import baseline_table
from icp_engine.validation.measure import Judged, collect_outcomes, judge
from icp_engine.values.levels import as_levels

if TYPE_CHECKING:
    from icp_engine.study.study import Study
    from icp_engine.types import Floats


GRADES: tuple[tuple[str, ...], ...] = (  # best first
    ("a+", "a", "a-", "b+", "b", "b-", "c+", "c", "c-", "d", "e", "f"),
    ("hot", "warm", "cold"),
    ("very high", "high", "medium", "low", "very low"),
    ("strong", "moderate", "weak"),
    ("tier 1", "tier 2", "tier 3", "tier 4"),
)


def _other_score(study: Study, other: Rubric | str | Series) -> tuple[Series | None, str]:
    if isinstance(other, str):
        score = as_score(study.accounts[other])
        return (
            score,
            ""
            if score is not None
            else "its values are neither numbers nor grades that have an order",
        )
    if not isinstance(other, Rubric):
        return other, ""
    theirs = study.replace(rubric=other)
    result = tested(theirs)
    if result.flattered:
        return None, unseen_scores(theirs).reason or "it learned from these same deals"
    return result.scores["score"], ""


def as_score(column: Series) -> Series | None:
    """A column as numbers, higher is better; grades by their order; None where the values have
    none.
    """
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_numeric_dtype(column):
        return column.astype("Float64").astype("float64")
    words = column.astype("str").str.strip().str.lower().where(column.notna())
    for grades in GRADES:
        order = {grade: float(len(grades) - place) for place, grade in enumerate(grades)}
        if words.dropna().isin(order).all() and words.notna().any():
            return words.map(order).astype("float64")
    return None


def baselines(study: Study) -> Frame:
    """Ours beside no score, today's score and the best single trait; see
    `validation.compare.baseline_table`.

    Empty where no fresh deals can be judged. Gradient boosting is `study.ceiling`.
    """
    ours = tested(study)
    if not ours.comparable:
        return baseline_table(judge(ours.scores, collect_outcomes(ours.deals.head(0))), {}).head(0)
    judged = judge(ours.scores, collect_outcomes(ours.deals))
    return baseline_table(judged, {**existing_scores(study), **single_trait(study, judged)})


def existing_scores(study: Study) -> dict[str, Series]:
    """Columns with the role existing_score that can be read as a score."""
    names = [
        name for name, column in study.customers.columns.items() if column.role == "existing_score"
    ]
    found = {name: as_score(study.accounts[name]) for name in names if name in study.accounts}
    return {f"Today's score: {name}": score for name, score in found.items() if score is not None}


def single_trait(study: Study, judged: Judged) -> dict[str, Series]:
    """The one trait that ranks derivation deals best, as a score of the judged accounts; chosen
    anew in each fold.
    """
    indicators = study.indicators
    usable = [j for j, item in enumerate(indicators.items) if item.value != "Other"]
    if not usable:
        return {}
    outcomes = study.outcomes.reindex(indicators.index)
    won, lost = (outcomes[side].fillna(0.0).to_numpy() for side in ("won", "lost"))
    placed = np.where(indicators.known, np.where(indicators.held, 1.0, 0.0), 0.5)[:, usable]
    if study.holdout.method == "held_out":
        best, sign = _strongest(placed, won, lost)
        item = indicators.items[usable[best]]
        rows = study.accounts.reindex(judged.outcomes.accounts)
        return {f"Best single trait: {name_trait(item)}": sign * _holds(study, item, rows)}
    score = np.full(len(indicators.index), np.nan)
    for index, _ in study.fold_rubrics:
        inside = indicators.index.isin(index)
        best, sign = _strongest(placed[~inside], won[~inside], lost[~inside])
        score[inside] = sign * placed[inside, best]
    return {"Best single trait, chosen anew in each fold": pd.Series(score, index=indicators.index)}


def _strongest(placed: Floats, won: Floats, lost: Floats) -> tuple[int, float]:
    """Column with the AUC farthest from ½ (levels 0, ½ unknown, 1), and whether more or less of it
    is better.
    """
    shares = [
        np.stack([weight @ (placed == level) for level in (0.0, 0.5, 1.0)])
        for weight in (won, lost)
    ]
    below = np.cumsum(shares[1], axis=0) - shares[1] / 2
    auc = (shares[0] * below).sum(axis=0) / max(won.sum() * lost.sum(), 1e-12)
    best = int(np.argmax(np.abs(auc - 0.5)))
    return best, 1.0 if auc[best] >= 0.5 else -1.0


def _holds(study: Study, item: Any, rows: Frame) -> Series:
    column = rows[item.attribute]
    column = as_levels(column) if pd.api.types.is_bool_dtype(column) else column
    tags = any(
        a.name == item.attribute and a.measure == "tags" for a in study.attributes.attributes
    )
    held = meets_test(_test(item), column, tags=tags)
    return pd.Series(np.where(column.notna(), held.astype(float), 0.5), index=rows.index)
