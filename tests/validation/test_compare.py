"""Two scores on the same deals: the difference is paired, and neither is judged on easier accounts."""

import numpy as np
import pandas as pd
import pytest

from icp_engine.validation.compare import baseline_table, compare_scores
from icp_engine.validation.measure import collect_outcomes, judge
from tests.validation.validation_cases import deal_frame, market, score_frame


def judged_market(**options):
    scores, deals = market(200, **options)
    return scores, judge(scores, collect_outcomes(deals))


def test_a_score_beside_itself_differs_by_nothing():
    scores, judged = judged_market()
    result = compare_scores(judged, scores["score"] / 10, "today's")
    assert (result.difference.value, result.difference.low, result.difference.high) == (0, 0, 0)
    assert result.table["wins_in_top"].nunique() == 1


def test_a_better_score_is_said_to_be_better():
    scores, judged = judged_market(strength=3)
    noise = pd.Series(np.random.default_rng(7).normal(size=len(scores)), index=scores.index)
    result = compare_scores(judged, noise, "today's")
    assert result.difference.low > 0 and "ours is better by more than chance" in result.sentence
    assert (
        "ours is worse"
        in compare_scores(judge(score_frame(noise), judged.outcomes), scores["score"], "b").sentence
    )


def test_noise_beside_noise_may_be_chance():
    scores, judged = judged_market(strength=0)
    noise = pd.Series(np.random.default_rng(2).normal(size=len(scores)), index=scores.index)
    assert "which may be chance" in compare_scores(judged, noise, "b").sentence


def test_accounts_without_the_other_score_leave_both():
    judged = judge(
        score_frame([90, 80, 20, 10]), collect_outcomes(deal_frame([True, False, True, False]))
    )
    result = compare_scores(judged, pd.Series({"a0": 1.0, "a3": 0.0}), "b")
    assert result.only_accounts == 2 and result.auc_ours.value == 1


def test_wins_in_top_takes_as_many_accounts_as_are_green():
    judged = judge(
        score_frame([90, 85, 50, 40]), collect_outcomes(deal_frame([True, False, True, False]))
    )
    table = compare_scores(
        judged, pd.Series({"a0": 9, "a1": 1, "a2": 9, "a3": 1}, dtype=float), "b"
    ).table
    assert table["wins_in_top"].tolist() == [0.5, 1.0]


def test_nothing_in_common_says_so():
    _, judged = judged_market()
    result = compare_scores(judged, pd.Series(dtype=float), "b")
    assert result.difference.value is None and "cannot be compared" in result.sentence


def test_baselines_start_with_ours_and_no_score():
    scores, judged = judged_market()
    table = baseline_table(judged, {"Half": scores["score"].round(-1)})
    assert table["baseline"].tolist() == ["Ours", "No score at all", "Half"]
    assert table.loc[1, "ours_less"] == pytest.approx(table.loc[0, "auc"] - 0.5)
