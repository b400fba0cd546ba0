"""Accounts are called by name, and by id only where a name does not tell them apart."""

import pandas as pd
import pytest

from icp_engine import Study
from ui.answers.account_names import all_named, ask_for, find_accounts, name_rows, told_apart


@pytest.fixture(scope="module")
def study():
    names = ["Acme", "ACME ", "Birch", None]
    return Study.open(
        {
            "accounts": pd.DataFrame(
                {"account_id": ["a1", "a2", "b1", "c1"], "account_name": names, "ltv": [1, 2, 3, 4]}
            )
        }
    )


def test_a_name_that_one_account_has_finds_it_and_a_shared_one_asks_by_id(study):
    assert [ask_for(study, account) for account in study.accounts.index] == [
        "a1",
        "a2",
        "Birch",
        "c1",
    ]
    assert all(
        find_accounts(study, ask_for(study, account)) == [account]
        for account in study.accounts.index
    )


def test_ids_stand_beside_shared_names_only(study):
    told = told_apart(study)
    assert told["b1"] == "Birch" and told["a1"] == "Acme (a1)" and pd.isna(told["c1"])
    rows = name_rows(study, pd.DataFrame({"Score": 1}, index=["a1", "b1", "c1"]))
    assert all_named(rows[:2]) and not all_named(rows)
