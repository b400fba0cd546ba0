"""Curves, rules of thumb and lists to read: intervals stay beside their points, unknown stays
unknown.
"""

from dataclasses import fields

import numpy as np
import pandas as pd

from icp_engine.charts import curves, past, proof
from icp_engine.types import Estimate
from icp_engine.validation.model import RuleOfThumb, Validation


def validation(**known):
    empty = dict.fromkeys((field.name for field in fields(Validation)), pd.DataFrame())
    return Validation(**{**empty, **known})


def gain():
    return pd.DataFrame(
        {
            "score": [90.0, 50.0, 10.0],
            "accounts": [1, 2, 4],
            "share_of_accounts": [0.25, 0.5, 1.0],
            "share_of_wins": [0.4, 0.8, 1.0],
            "wins_low": [0.2, 0.6, 0.9],
            "wins_high": [0.6, 0.9, 1.0],
            "win_rate": 0.5,
            "lift": [1.6, 1.6, 1.0],
            "lift_low": 1.0,
            "lift_high": 2.0,
        }
    )


def test_the_gain_curve_begins_at_nothing_and_says_what_the_better_half_holds():
    chart = curves.gain_chart(validation(gain=gain()))
    assert chart.data.iloc[0][["share_of_accounts", "share_of_wins"]].tolist() == [0.0, 0.0]
    assert (
        chart.title
        == "The 50\u202f% of accounts with the highest scores hold 80\u202f% of the wins (60–90\u202f%)"
    )
    assert curves.gain_chart(validation()) is None


def test_calibration_counts_ranges_that_kept_their_promise():
    table = pd.DataFrame(
        {
            "from_score": [10.0, 50.0],
            "to_score": [49.0, 99.0],
            "accounts": [9, 9],
            "win_rate": [0.1, 0.8],
            "low": [0.0, 0.5],
            "high": [0.4, 0.9],
            "earlier_accounts": [50, 0],
            "earlier_win_rate": [0.6, np.nan],
            "agrees": pd.array([False, pd.NA], dtype="boolean"),
        }
    )
    chart = curves.calibration_chart(validation(calibration=table))
    assert chart.title.startswith("In 0 of 1 ranges")
    assert chart.data["range"].tolist() == ["10–49", "50–99"]
    assert chart.table["Their win rate"].tolist() == ["60\u202f%", "not known"]


def test_equal_scores_have_no_order_to_draw():
    assert curves.gain_chart(validation(gain=gain().tail(1))) is None


def test_days_over_a_hundred_are_written_out():
    assert proof.say(Estimate(71.0, 59.0, 140.0, 20), "number") == "71 (59–140)"
    assert proof.say(Estimate(1.31, 1.06, 1.5, 20), "number") == "1.3 (1.1–1.5)"


def backtest(low):
    return pd.DataFrame(
        {
            "quarter": ["2025Q1", "2025Q1"],
            "ahead": [1, 2],
            "scored_quarter": ["2025Q2", "2025Q3"],
            "learned": 80,
            "won": 9.5,
            "lost": 8.0,
            "auc": [0.7, 0.64],
            "low": low,
            "high": 0.9,
        }
    )


def test_past_quarters_name_the_range_of_their_rankings():
    chart = past.backtest_chart(backtest(0.55))
    assert "ranked a won deal above a lost one 64 to 70 times in 100" in chart.title
    assert chart.data["quarter"].unique().tolist() == ["2025 Q1"]
    assert past.backtest_chart(backtest(np.nan)) is None


def rule(value, outcome="below the rule of thumb", code="green-deals", chance=True):
    return RuleOfThumb(code, "15–35 % of deals are Green", value, outcome, chance)


def test_a_rule_of_thumb_is_below_never_failed_and_says_how_sure():
    table = proof.rule_table(
        (
            rule(Estimate(0.06, 0.03, 0.16, 99)),
            rule(Estimate(None, 4.0, None, 9), "met", "green-over-red", False),
            rule(Estimate(None, None, None, 0), "cannot tell", chance=False),
        )
    )
    assert table["Outcome"].tolist() == ["below the rule of thumb", "met", "cannot tell"]
    assert table["Measured"].tolist() == [
        "6\u202f% (3–16\u202f%)",
        "4.0\u202f× or more",
        "not known",
    ]
    assert table["How sure"].tolist() == ["may be chance", "more than chance", ""]


def test_customers_by_band_leave_out_what_nobody_recorded():
    row = {
        "band": "Green",
        "customers": 20,
        "value": 5000.0,
        "value_low": 4000.0,
        "value_high": np.nan,
        "value_of": 20,
        "days_to_close_of": 0,
        "cost_of": 0,
        "retention": 0.9,
        "retention_low": 0.7,
        "retention_high": 0.97,
        "stayed_of": 20,
    }
    table = proof.band_customer_table(
        pd.DataFrame([row, {**row, "band": "Red", "customers": 0}]), "EUR"
    )
    assert table.columns.tolist() == ["Band", "Customers", "Value, median EUR", "Stayed"]
    assert table.iloc[0, 2:].tolist() == ["5,000, of 20", "90\u202f% (70–97\u202f%), of 20"]


def test_ours_has_no_difference_from_itself():
    table = proof.baseline_table(
        pd.DataFrame(
            {
                "baseline": ["Ours", "No score at all"],
                "auc": [0.8, 0.5],
                "low": [0.7, np.nan],
                "high": [0.9, np.nan],
                "accounts": 90.0,
                "ours_less": [np.nan, 0.3],
                "less_low": [np.nan, 0.2],
                "less_high": [np.nan, 0.4],
            }
        )
    )
    assert table.iloc[:, 1].tolist() == ["80 (70–90)", "50"]
    assert table.iloc[:, 2].tolist() == ["", "+30 (+20 to +40)"]


def test_a_deal_in_the_list_says_whether_it_was_held_out():
    recent = pd.DataFrame(
        {
            "deal_id": ["d1", "d2"],
            "account_id": ["a", "b"],
            "score": 50.0,
            "band": "Red",
            "closed_date": pd.Timestamp("2026-01-01"),
            "amount": 1.0,
            "held_out": [True, False],
        }
    )
    names = pd.DataFrame({"deal_name": ["One", None]}, index=["d1", "d2"])
    table = proof.recent_table(recent, names, None, pd.Series({"b": "because", "a": "since"}))
    assert table["Judged"].tolist() == ["held out", "cross-checked"]
    assert table["Why"].tolist() == ["since", "because"]
    assert table["Deal"].tolist() == ["One", "d2"]
