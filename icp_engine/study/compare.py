"""The rubric in force beside another score, paired.

Comes in: a study and a rival. Goes out: a `Comparison`. Separate because it takes two studies.
"""

from __future__ import annotations

import pandas as pd

from icp_engine.crossfit.rivals import as_score
from icp_engine.rubric.model import Rubric
from icp_engine.study.proven import Proven
from icp_engine.types import Series
from icp_engine.validation.compare import compare_scores
from icp_engine.validation.measure import collect_outcomes, judge
from icp_engine.validation.model import Comparison


def compare_rubrics(study: Proven, other: Rubric | str | Series) -> Comparison:
    """The rubric in force beside another score on the same judged deals, paired:
    `icp.compare_rubrics`.

    other: a rubric, the name of a column with today's score (numbers, or grades such as A–F), or a
    Series by account_id. A rubric that learned from the judged accounts is scored out of fold, as
    ours is. Where nothing can be judged, or the other cannot be scored fairly, the figures are None
    and the sentence says why. KeyError for an unknown column.
    """
    ours = study.tested
    name = (
        other if isinstance(other, str) else str(getattr(other, "name", "") or "the other rubric")
    )
    score, reason = _other_score(study, other)
    judged = judge(ours.scores, collect_outcomes(ours.deals))
    if not ours.comparable:
        score, reason = None, "there are no deals that the rubric has not seen"
    if score is None:
        empty = compare_scores(judged, pd.Series(dtype=float), name)
        return Comparison(
            name,
            empty.auc_ours,
            empty.auc_other,
            empty.difference,
            empty.table,
            0,
            f"{name} cannot be compared: {reason}.",
        )
    return compare_scores(judged, score, name)


def _other_score(study: Proven, other: Rubric | str | Series) -> tuple[Series | None, str]:
    """(the rival's score by account_id, why there is none)."""
    if isinstance(other, str):
        score = as_score(study.accounts[other])
        none = "its values are neither numbers nor grades that have an order"
        return score, "" if score is not None else none
    if not isinstance(other, Rubric):
        return other, ""
    theirs = study.replace(rubric=other)
    if theirs.tested.flattered:
        return None, theirs.unseen.reason or "it learned from these same deals"
    return theirs.tested.scores["score"], ""
