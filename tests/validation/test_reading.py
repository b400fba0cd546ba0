"""Lists to read: what the bands got wrong, and the last deals."""

import pandas as pd

from icp_engine.validation.reading import list_recent
from tests.validation.validation_cases import deal_frame, run, score_frame

DATES = pd.date_range("2026-01-01", periods=6)


def result():
    deals = deal_frame(
        [True, True, False, False, True, False], closed_date=DATES, amount=[1.0, 9, 5, 7, 2, 3]
    )
    explain = lambda accounts: pd.Series([f"because of {a}" for a in accounts], index=accounts)  # noqa: E731
    return run(score_frame([10, 20, 90, 95, 90, 10]), deals, explain=explain)


def test_won_but_red_and_lost_but_green_are_named_with_reasons():
    missed = result().missed
    assert missed["deal_id"].tolist() == ["d1", "d0", "d3", "d2"]
    assert missed["outcome"].tolist() == ["won although Red"] * 2 + ["lost although Green"] * 2
    assert missed["reason"].tolist()[0] == "because of a1"
    assert result().missed_counts == {"won although Red": 2, "lost although Green": 2}


def test_nothing_missed_is_an_empty_list():
    assert run(score_frame([90, 10]), deal_frame([True, False])).missed.empty


def test_the_last_twenty_of_each_outcome_newest_first():
    closed = pd.DataFrame(
        {
            "deal_id": [f"d{i}" for i in range(90)],
            "won": [i < 60 for i in range(90)],
            "closed_date": pd.date_range("2026-01-01", periods=90),
        }
    )
    recent = list_recent(closed, pd.Index(["d59", "d89"]))
    assert recent["won"].sum() == 20 and len(recent) == 40
    assert recent["deal_id"].iloc[0] == "d89" and recent["closed_date"].is_monotonic_decreasing
    assert recent.loc[recent["held_out"], "deal_id"].tolist() == ["d89", "d59"]
