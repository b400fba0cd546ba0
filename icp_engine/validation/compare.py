"""Our score beside another on the same judged deals: today's score, a typed-in rubric, a single
trait.

Comes in: judged accounts and a second score by account_id. Goes out: `Comparison`. Separate because
both meet the same accounts, so the interval of the difference is a paired one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from icp_engine.rubric.model import BANDS
from icp_engine.stats.paired import paired_auc_difference
from icp_engine.types import NOT_APPLICABLE, Estimate, Frame, Series
from icp_engine.validation.measure import Judged, estimate_auc, estimate_share
from icp_engine.validation.model import Comparison
from icp_engine.validation.verdict import in_points
from icp_engine.wording.shares import times_in_hundred

if TYPE_CHECKING:
    from icp_engine.types import Floats


def compare_scores(judged: Judged, other: Series, name: str) -> Comparison:
    """Compare on the judged accounts for which `other` (any numbers, higher is better) is known.

    An account without the other score is left out for both, so that neither is judged on easier
    accounts.
    """
    theirs = other.reindex(judged.outcomes.accounts).to_numpy(dtype=float, na_value=np.nan)
    known = np.isfinite(theirs)
    won, lost = judged.won[known], judged.lost[known]
    ours, theirs = judged.score[known], theirs[known]
    auc_ours, auc_other = estimate_auc(ours, won, lost), estimate_auc(theirs, won, lost)
    difference = _difference(ours, theirs, won, lost)
    green = int((judged.band[known] == BANDS.index("Green")).sum())
    table = pd.DataFrame(
        [
            {
                "score": who,
                "auc": auc.value,
                "low": auc.low,
                "high": auc.high,
                **_top(score, won, green),
            }
            for who, auc, score in (("ours", auc_ours, ours), (name, auc_other, theirs))
        ]
    )
    sentence = _sentence(name, auc_ours, auc_other, difference)
    return Comparison(name, auc_ours, auc_other, difference, table, int(known.sum()), sentence)


def _difference(ours: Floats, theirs: Floats, won: Floats, lost: Floats) -> Estimate:
    value, low, high = paired_auc_difference(ours, theirs, won, lost)
    return Estimate(value, low, high, float(len(ours))) if np.isfinite(value) else NOT_APPLICABLE


def _top(score: Floats, won: Floats, size: int) -> dict[str, float | None]:
    """Share of the wins among the `size` highest scores; of those that tie at the border a part
    counts.
    """
    if not size or not len(score):
        return {"wins_in_top": None, "top_low": None, "top_high": None}
    border = np.sort(score)[::-1][size - 1]
    above, at = score > border, score == border
    inside = above + at * ((size - above.sum()) / at.sum())
    share = estimate_share(won, inside)
    return {"wins_in_top": share.value, "top_low": share.low, "top_high": share.high}


def _sentence(name: str, ours: Estimate, other: Estimate, difference: Estimate) -> str:
    if difference.value is None or difference.low is None or difference.high is None:
        return f"{name} cannot be compared: no won and lost accounts that both score."
    points = in_points(difference.value, difference.low, difference.high)
    settled = "better" if difference.low > 0 else "worse" if difference.high < 0 else ""
    ends = f"ours is {settled} by more than chance" if settled else "which may be chance"
    return (
        f"Ours ranks a won deal above a lost one {times_in_hundred(ours)}, {name} {times_in_hundred(other)}: "
        f"difference {points[0]} ({points[1]} to {points[2]}), {ends}."
    )


def baseline_table(judged: Judged, others: dict[str, Series]) -> Frame:
    """Baselines beside ours, one row each: baseline, auc, low, high, accounts, ours_less, less_low,
    less_high.

    “Ours” first, then “No score at all” (every account alike: AUC ½ by definition), then each of
    `others`. `ours_less`: our AUC less the baseline's on the accounts both score, paired.
    """
    ours = estimate_auc(judged.score, judged.won, judged.lost)
    alike = _difference(judged.score, np.zeros(len(judged.score)), judged.won, judged.lost)
    rows = [
        {"baseline": "Ours", **_numbers(ours, NOT_APPLICABLE)},
        {"baseline": "No score at all", **_numbers(Estimate(0.5, None, None, ours.n), alike)},
    ]
    for name, score in others.items():
        one = compare_scores(judged, score, name)
        rows.append({"baseline": name, **_numbers(one.auc_other, one.difference)})
    return pd.DataFrame(rows)


def _numbers(auc: Estimate, difference: Estimate) -> dict[str, float | None]:
    return {
        "auc": auc.value,
        "low": auc.low,
        "high": auc.high,
        "accounts": auc.n,
        "ours_less": difference.value,
        "less_low": difference.low,
        "less_high": difference.high,
    }
