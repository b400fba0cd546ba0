"""The band table counts what is there, and impact says what is given up."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icp_engine.rubric.model import BANDS
from icp_engine.validation.bands import (
    band_metrics,
    band_table,
    open_deals_by_band,
    pipeline_given_up,
    score_histogram,
    withhold_rates,
)
from icp_engine.validation.measure import collect_outcomes, judge
from tests.validation.validation_cases import deal_frame, score_frame


def judged_case(scores, won, **columns):
    return judge(score_frame(scores), collect_outcomes(deal_frame(won, **columns)))


def test_bands_stand_in_order_with_their_counts():
    table = band_table(judged_case([90, 85, 70, 10, 20], [True, False, True, False, False]))
    assert table["band"].tolist() == list(BANDS)
    assert table["deals"].tolist() == [2, 1, 2, 0]
    assert table["won"].tolist() == [1, 1, 0, 0]
    assert table["win_rate"].tolist()[:3] == [0.5, 1.0, 0.0]
    assert np.isnan(table.loc[3, ["win_rate", "low", "high"]].astype(float)).all()


def test_rates_stand_at_the_window_s_own_win_rate():
    metrics = band_metrics(
        judged_case([90] * 10 + [10] * 90, [True] * 5 + [False] * 5 + [True] * 5 + [False] * 85)
    )
    assert metrics["win_rate"].value == pytest.approx(0.10)
    assert metrics["deals_per_win"].value == pytest.approx(10)
    assert metrics["deals_per_win_green_yellow"].value == pytest.approx(2)
    assert metrics["wins_given_up"].value == pytest.approx(0.5)


def test_precision_and_recall_are_rates_by_their_other_names():
    metrics = band_metrics(judged_case([90, 90, 10, 70], [True, False, True, True]))
    assert metrics["precision_green"] == metrics["win_rate_green"]
    assert metrics["recall_green"] == metrics["wins_in_green"]
    assert metrics["recall_green"].value == pytest.approx(1 / 3)


def test_revenue_given_up_counts_money_not_deals():
    metrics = band_metrics(judged_case([90, 10], [True, True], amount=[100.0, 300.0]))
    assert metrics["revenue_given_up"].value == pytest.approx(0.75)
    assert metrics["wins_given_up"].value == pytest.approx(0.5)


def test_days_to_close_are_those_of_won_deals():
    created = pd.to_datetime(["2026-01-01"] * 3)
    closed = pd.to_datetime(["2026-01-11", "2026-01-21", "2026-12-01"])
    metrics = band_metrics(
        judged_case([90, 10, 10], [True, True, False], created_date=created, closed_date=closed)
    )
    assert metrics["days_to_close"].value == pytest.approx(15)
    assert metrics["days_to_close_green_yellow"].value == pytest.approx(10)


def test_no_wins_means_no_deals_per_win():
    metrics = band_metrics(judged_case([90, 10], [False, False]))
    assert metrics["deals_per_win"].value is None
    assert metrics["wins_in_green"].value is None


def test_a_hundred_points_fall_into_the_last_bin():
    table = score_histogram(judged_case([100, 0, 4.9, 5], [True, False, True, False]))
    assert table["won"].sum() == 2 and table["lost"].sum() == 2
    assert table.loc[table["score"] == 95, "won"].item() == 1
    assert table.loc[table["score"] == 0, ["won", "lost"]].to_numpy().tolist() == [[1, 1]]


def test_open_deals_are_summed_by_band():
    open_deals = deal_frame(
        [None] * 4, ["a0", "a0", "a1", "nobody"], amount=[10.0, np.nan, 30.0, 5.0]
    )
    table = open_deals_by_band(open_deals, score_frame([90, 10]))
    assert table["deals"].tolist() == [2, 0, 1, 1]
    assert table["amount"].tolist() == [10, 0, 30, 5]
    assert pipeline_given_up(table).value == pytest.approx(35 / 45)


def test_a_list_balanced_by_hand_keeps_recall_and_loses_rates():
    kept = withhold_rates(band_metrics(judged_case([90, 10], [True, False])))
    assert kept["win_rate_green"].value is None and kept["share_green"].value is None
    assert kept["deals_per_win"].value is None and kept["precision_green"].value is None
    assert kept["wins_in_green"].value == 1.0


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 1000), st.booleans(), st.integers(0, 9)), min_size=1, max_size=60
    )
)
def test_counts_add_up_and_limits_hold_the_figure(rows):
    scores = score_frame([score / 10 for score, _, _ in rows[:10]] + [50.0] * 10)
    judged = judge(
        scores,
        collect_outcomes(deal_frame([won for _, won, _ in rows], [f"a{a}" for _, _, a in rows])),
    )
    table = band_table(judged)
    assert table["deals"].sum() == len(rows) and table["won"].sum() == sum(
        won for _, won, _ in rows
    )
    for estimate in band_metrics(judged).values():
        if None not in (estimate.value, estimate.low, estimate.high):
            assert estimate.low - 1e-12 <= estimate.value <= estimate.high + 1e-12
