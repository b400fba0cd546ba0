"""Metrics weigh accounts, not deals, and their intervals hold what they promise."""

import numpy as np
import pandas as pd
import pytest

from icp_engine.validation.bands import band_metrics
from icp_engine.validation.measure import (
    collect_outcomes,
    estimate_auc,
    estimate_median,
    estimate_share,
    estimate_value_auc,
    judge,
    score_bins,
)
from tests.validation.validation_cases import deal_frame, score_frame


def test_auc_is_the_share_of_won_lost_pairs_in_the_right_order():
    judged = judge(
        score_frame([90, 50, 50, 10]), collect_outcomes(deal_frame([True, True, False, False]))
    )
    assert estimate_auc(judged.score, judged.won, judged.lost).value == pytest.approx(
        (1 + 1 + 0.5 + 1) / 4
    )


def test_an_account_with_forty_deals_weighs_as_much_as_one_with_one():
    scores = score_frame([90, 20, 30, 95])
    single = deal_frame([True, False, True, False])
    crowded = deal_frame([True, False, True] + [False] * 40, ["a0", "a1", "a2"] + ["a3"] * 40)
    one, many = (judge(scores, collect_outcomes(deals)) for deals in (single, crowded))
    assert estimate_auc(one.score, one.won, one.lost) == estimate_auc(
        many.score, many.won, many.lost
    )
    assert band_metrics(one)["win_rate"] == band_metrics(many)["win_rate"]


def test_a_mixed_account_is_won_in_part():
    outcomes = collect_outcomes(deal_frame([True, False, False, True], ["x", "x", "x", "y"]))
    assert dict(zip(outcomes.accounts, outcomes.won, strict=True)) == {
        "x": pytest.approx(1 / 3),
        "y": 1.0,
    }
    assert outcomes.won_deals.tolist() == [1, 1]


def test_open_deals_take_no_part():
    assert collect_outcomes(deal_frame([True, None, False])).accounts.tolist() == ["a0", "a2"]


def test_an_account_without_a_score_is_not_rated_and_neither_high_nor_low():
    judged = judge(score_frame([90.0]), collect_outcomes(deal_frame([True, False])))
    assert judged.score.tolist() == [90.0, 50.0]
    assert judged.band.tolist() == [0, 3]


def test_bins_keep_the_order_of_any_scores():
    generator = np.random.default_rng(3)
    for scores in (np.round(generator.uniform(0, 100, 500), 1), generator.normal(size=500)):
        assert (
            np.argsort(scores, kind="stable") == np.argsort(score_bins(scores), kind="stable")
        ).all()


def test_no_estimate_without_both_outcomes():
    judged = judge(score_frame([1, 2]), collect_outcomes(deal_frame([True, True])))
    assert estimate_auc(judged.score, judged.won, judged.lost).value is None
    assert estimate_share(np.zeros(2), np.ones(2)).value is None


def test_value_auc_ignores_unknown_scores():
    best, rest = pd.Series([80.0, 70.0, np.nan]), pd.Series([10.0, 75.0])
    assert estimate_value_auc((best, rest)).value == pytest.approx(3 / 4)
    assert estimate_value_auc(None).value is None


def test_median_interval_holds_the_median_in_about_95_of_100_samples():
    generator = np.random.default_rng(4)
    drawn = [estimate_median(generator.exponential(size=40)) for _ in range(600)]
    held = np.mean([one.low <= np.log(2) <= one.high for one in drawn])
    assert 0.92 <= held <= 0.99


@pytest.mark.parametrize("each", [10, 20, 100])
def test_auc_interval_with_mixed_accounts_holds_the_truth(each):
    """Some accounts have several deals of either outcome; the truth is the AUC of two normals, d' =
    1.
    """
    generator, truth, held = np.random.default_rng(each), 0.7602, []
    for _ in range(400):
        score = np.r_[generator.normal(1, 1, each), generator.normal(0, 1, each)]
        outcome = np.repeat([True, False], each)
        repeats = generator.choice([1, 1, 1, 5], 2 * each)
        names = np.repeat([f"a{i}" for i in range(2 * each)], repeats)
        deals = deal_frame(np.repeat(outcome, repeats), names)
        judged = judge(score_frame(score, bands="Red"), collect_outcomes(deals))
        estimate = estimate_auc(judged.score, judged.won, judged.lost)
        held.append(estimate.low <= truth <= estimate.high)
    assert 0.92 <= np.mean(held) <= 0.995
