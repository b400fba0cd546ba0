"""What is asked about is not sure, nor is what rests on it."""

import pandas as pd

import icp_engine as icp


def deals(states):
    rows = range(90)
    return pd.DataFrame(
        {
            "Deal ID": [f"D{row}" for row in rows],
            "Company": [f"Firm {row % 30} Ltd" for row in rows],
            "Landing": [states[row % len(states)] for row in rows],
            "Amount": [1_000 + row for row in rows],
            "Created": pd.date_range("2025-01-01", periods=90).strftime("%Y-%m-%d"),
            "Close Date": pd.date_range("2025-03-01", periods=90).strftime("%Y-%m-%d"),
        }
    )


def test_an_outcome_that_is_asked_about_leaves_nothing_sure_that_rests_on_it():
    facts = icp.Study.open({"deals": deals(["zork", "plim"])}).facts
    assert all(
        facts[name].sure <= 0.5 for name in ("won", "lost", "open", "won_amount", "customers")
    )
    assert facts["deals"].sure > 0.8 and facts["tables"].sure > 0.7


def test_an_outcome_in_plain_words_is_sure():
    facts = icp.Study.open({"deals": deals(["Closed Won", "Closed Lost"])}).facts
    assert min(facts["won"].sure, facts["lost"].sure) > 0.7


def test_what_no_column_says_is_not_sure():
    assert icp.Study.open({"deals": deals(["Won", "Lost"])}).facts["left"].sure < 0.95
