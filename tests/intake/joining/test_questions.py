"""What only a person can settle is asked with the values as they stand in the file."""

import pandas as pd

from icp_engine import Study

ACCOUNTS = pd.DataFrame(
    {
        "Account ID": [f"a{place}" for place in range(24)],
        "Company": [f"Firm {place}" for place in range(24)],
        "Industry": ["Media", "Retail", "Bank"] * 8,
        "Data volume": [7.7, 97.8] * 12,
    }
)


def test_numbers_in_a_column_that_says_who_left_are_asked_about_like_words():
    study = Study.open({"accounts": ACCOUNTS}, roles={"accounts": {"Data volume": "churned"}})
    (asked,) = (p for p in study.problems if p.code == "churn-unsure")
    assert "“7.7” (12)" in asked.message and asked.column == "Data volume"
