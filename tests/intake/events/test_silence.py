"""Who fell silent for longer than usual left: an estimate that is tried, told and can be refused."""

import numpy as np
import pandas as pd

from icp_engine.intake.build import understand
from icp_engine.intake.events.silence import find_silent, try_rule
from icp_engine.settings import Settings

AS_OF = pd.Timestamp("2025-01-01")


def orders(*customers):
    """Orders of (name, first day, days between, how many)."""
    rows = [
        (name, pd.Timestamp(first) + pd.Timedelta(days=gap * n))
        for name, first, gap, count in customers
        for n in range(count)
    ]
    return pd.DataFrame(rows, columns=["account_id", "date"])


def shop(leavers=40, stayers=40):
    """Monthly customers; the leavers' last order is in spring 2024."""
    rng = np.random.default_rng(3)
    people = [(f"L{n}", "2023-01-01", 30 + int(rng.integers(-5, 6)), 14) for n in range(leavers)]
    people += [(f"S{n}", "2023-01-01", 30 + int(rng.integers(-3, 3)), 25) for n in range(stayers)]
    frame = orders(*people)
    return as_table(frame[frame["date"] <= AS_OF])


def as_table(frame):
    return frame.rename(columns={"account_id": "Customer ID", "date": "Order date"}).assign(
        Amount=5.0
    )


def test_silence_counts_against_the_customers_own_rhythm():
    found = find_silent(
        orders(("weekly", "2024-01-01", 7, 30), ("yearly", "2021-01-01", 365, 4)), AS_OF
    )
    assert found["churned"].tolist() == [True, False]


def test_the_market_speaks_for_who_ordered_once():
    found = find_silent(
        orders(("often", "2023-01-01", 10, 70), ("once", "2024-06-01", 1, 1)), AS_OF
    )
    assert found.loc["once", "churn_date"] == pd.Timestamp("2024-06-01") + pd.Timedelta(days=40)


def test_nobody_left_where_nobody_came_twice():
    assert not find_silent(orders(("a", "2020-01-01", 1, 1), ("b", "2024-01-01", 1, 1)), AS_OF)[
        "churned"
    ].any()


def test_the_rule_is_tried_on_the_past_before_it_is_used():
    frame = shop().rename(columns={"Customer ID": "account_id", "Order date": "date"})
    trial = try_rule(frame, AS_OF)
    assert trial.days_after == 180 and trial.day == AS_OF - pd.Timedelta(days=180)
    assert 0 <= trial.silent <= trial.called


def test_the_estimate_is_told_and_asked_about():
    intake = understand({"orders": shop()}, Settings())
    problem = next(problem for problem in intake.problems if problem.code == "churn-estimated")
    assert intake.churn_basis == "estimate" and "4 times their usual gap" in intake.churn_rule
    assert problem.severity == "note" and "Confirm it" in problem.advice
    left = intake.accounts["churned"]
    assert left.filter(like="L").all() and not left.filter(like="S").any()


def test_a_person_may_confirm_or_refuse_it():
    confirmed = understand({"orders": shop()}, Settings(churn_from_silence=True))
    assert confirmed.churn_basis == "estimate"
    assert "churn-estimated" not in {problem.code for problem in confirmed.problems}
    refused = understand({"orders": shop()}, Settings(churn_from_silence=False))
    assert refused.churn_basis == "" and "churned" not in refused.accounts


def test_a_rule_that_fails_on_the_past_is_not_used():
    early = [(f"C{n}", "2022-01-01", 7, 10) for n in range(40)]
    again = [(f"C{n}", "2024-11-01", 7, 5) for n in range(40)]
    frame = as_table(orders(*early, *again))
    late = pd.DataFrame({"Customer ID": ["X"], "Order date": [AS_OF], "Amount": [1.0]})
    assert understand({"orders": pd.concat([frame, late])}, Settings()).churn_basis == ""


def test_recorded_churn_leaves_no_room_for_an_estimate():
    accounts = pd.DataFrame(
        {"Customer ID": ["L0", "S0"], "Industry": ["a", "b"], "Churned": ["No", "Yes"]}
    )
    intake = understand({"accounts": accounts, "orders": shop()}, Settings())
    assert intake.churn_basis == "recorded" and intake.accounts["churned"].sum() == 1
