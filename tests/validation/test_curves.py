"""Gain, calibration, confusion and average precision against counts made by hand."""

import numpy as np
import pytest

from icp_engine.validation.curves import average_precision, calibration, confusion, gain_curve
from icp_engine.validation.measure import collect_outcomes, judge
from tests.validation.validation_cases import deal_frame, market, run, score_frame


def judged(scores, won):
    return judge(score_frame(scores), collect_outcomes(deal_frame(won)))


FOUR = judged([90, 70, 50, 30], [True, False, True, False])


def test_average_precision_is_the_mean_precision_at_each_win():
    assert average_precision(FOUR).value == pytest.approx((1 / 1 + 2 / 3) / 2)


def test_equal_scores_are_worked_together():
    tied = judged([50, 50, 50, 50], [True, False, True, False])
    assert average_precision(tied).value == pytest.approx(0.5)
    assert gain_curve(tied)[["accounts", "share_of_wins", "lift"]].to_numpy().tolist() == [
        [4, 1, 1]
    ]


def test_average_precision_holds_the_truth():
    """AUC 0.70 at one win in five: 0.374 in the long run; it runs high in small samples, so its
    limits are wide.
    """
    generator, held = np.random.default_rng(8), 0
    for _ in range(300):
        won = np.repeat([True, False], [20, 80])
        one = average_precision(judged(generator.normal(size=100) + 0.7416 * won, won))
        held += one.low <= 0.374 <= one.high
    assert held / 300 >= 0.92


def test_gain_counts_wins_from_the_top():
    table = gain_curve(FOUR)
    assert table["share_of_wins"].tolist() == [0.5, 0.5, 1, 1]
    assert table["lift"].tolist() == [2, 1, pytest.approx(4 / 3), 1]
    assert (table["wins_low"] <= table["share_of_wins"]).all() and (
        table["share_of_wins"] <= table["wins_high"]
    ).all()


def test_a_long_gain_curve_is_thinned_and_ends_at_all_wins():
    scores, deals = market(5000)
    table = gain_curve(judge(scores, collect_outcomes(deals)))
    assert len(table) <= 100 and table["share_of_wins"].iloc[-1] == 1
    assert table["share_of_wins"].is_monotonic_increasing


def test_calibration_compares_with_earlier_accounts_of_the_same_scores():
    scores = np.repeat([10.0, 30, 50, 70, 90], 20)
    won = np.tile(np.arange(20), 5) < np.repeat([2, 4, 8, 12, 18], 20)
    earlier = (scores, np.tile(np.arange(20), 5) < np.repeat([2, 4, 8, 12, 2], 20))
    table = calibration(judged(scores, won), earlier)
    assert table["win_rate"].tolist() == [0.1, 0.2, 0.4, 0.6, 0.9]
    assert table["agrees"].tolist() == [True, True, True, True, False]
    assert table["from_score"].tolist() == [10, 30, 50, 70, 90]


def test_calibration_without_earlier_accounts_agrees_with_nothing():
    table = calibration(FOUR)
    assert table["agrees"].isna().all() and table["accounts"].sum() == 4


def test_confusion_counts_deals():
    table = confusion(judged([90, 90, 70, 65, 10], [True, False, True, False, True])).set_index(
        "worked"
    )
    counts = ["won_inside", "lost_inside", "won_outside", "lost_outside"]
    assert table.loc["Green", counts].tolist() == [1, 1, 2, 1]
    assert table.loc["Green + Yellow", counts].tolist() == [2, 2, 1, 0]
    assert table.loc["Green + Yellow", "recall"] == pytest.approx(2 / 3)


def test_scores_fitted_on_the_judged_deals_draw_no_curve():
    result = run(*market(), method="cross_checked")
    assert result.gain.empty and result.calibration.empty and result.confusion.empty
    assert result.metrics["average_precision"].value is None


def test_a_list_balanced_by_hand_draws_no_curve():
    result = run(
        score_frame([90] * 20 + [30] * 20), deal_frame([True] * 20 + [False] * 20), own_list=True
    )
    assert result.gain.empty and result.metrics["average_precision"].value is None
    assert result.metrics["auc"].value == 1
