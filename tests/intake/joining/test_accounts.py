"""Accounts from one table: what their relationship column says."""

import pandas as pd

from icp_engine import Study


def test_a_type_of_account_that_says_who_left_is_read_for_that_too():
    states = ["Customer", "Churned", "Prospect", "Former customer", "Prospect", "Prospect"]
    frame = pd.DataFrame(
        {
            "Company ID": [f"c{n}" for n in range(60)],
            "Status": states * 10,
            "Industry": ["x", "y"] * 30,
            "Employees": range(10, 70),
            "ARR": range(100, 160),
        }
    )
    accounts = Study.open({"companies": frame}).intake.accounts.head(6)
    types = ["customer", "customer", "prospect", "customer", "prospect", "prospect"]
    assert accounts["account_type"].fillna("").tolist() == types
    assert accounts["churned"].astype(object).where(accounts["churned"].notna(), None).tolist() == [
        False,
        True,
        None,
        True,
        None,
        None,
    ]
