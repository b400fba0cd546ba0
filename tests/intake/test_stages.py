"""Roles of accounts alone are told before accounts are built, and are the same afterwards."""

import pandas as pd
import pytest

import icp_engine as icp

ACCOUNTS = pd.DataFrame(
    {
        "Account ID": [f"a{n}" for n in range(30)],
        "Industry": ["Retail", "Media"] * 15,
        "LTV": range(30),
    }
)
CHURN = pd.DataFrame({"churn_event_id": ["1"], "account_id": ["a1"], "churn_date": ["2024-03-01"]})


@pytest.mark.parametrize(
    "tables", [{"accounts": ACCOUNTS}, {"accounts": ACCOUNTS.assign(churned="No"), "churn": CHURN}]
)
def test_roles_are_those_of_the_intake(tables):
    study = icp.Study.open(tables)
    roles = study.roles
    assert roles == study.intake.roles


def test_a_setting_that_says_nothing_of_columns_leaves_them_understood():
    study = icp.Study.open({"accounts": ACCOUNTS})
    assert study.replace(as_of="2026-01-01")._tables is study._tables
    assert study.replace(merges={"Industry": {"Media": "Press"}})._tables is not study._tables
