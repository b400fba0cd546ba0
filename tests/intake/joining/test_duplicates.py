"""What stands twice becomes one by a stated rule, unless a person says otherwise."""

import pandas as pd

from icp_engine.intake.build import understand
from icp_engine.settings import Settings


def accounts(**columns):
    base = {
        "Account ID": ["1", "1", "2"],
        "Account Name": ["A", "A", "B"],
        "Industry": ["x", "y", "z"],
    }
    return pd.DataFrame({**base, **columns})


def find(intake, code):
    return next(problem for problem in intake.problems if problem.code == code)


def test_repeated_accounts_keep_the_first_value_and_say_so():
    intake = understand({"accounts": accounts()}, Settings())
    problem = find(intake, "id-duplicate")
    assert intake.accounts.loc["1", "Industry"] == "x"
    assert problem.rows == (3,) and "first non-empty value of each column." in problem.message


def test_the_newest_row_leads_where_the_file_says_which_it_is():
    frame = accounts(**{"Last Modified Date": ["2024-01-01", "2025-03-01", "2024-01-01"]})
    intake = understand({"accounts": frame}, Settings())
    assert intake.accounts.loc["1", "Industry"] == "y"
    assert "newest row first (by “Last Modified Date”)" in find(intake, "id-duplicate").message


def test_names_without_ids_are_one_account_in_any_spelling():
    frame = pd.DataFrame(
        {"Company name": ["Acme", "ACME ", "Beta"], "Industry": ["x", "y", "z"], "LTV": [1, 2, 3]}
    )
    intake = understand({"accounts": frame}, Settings())
    assert list(intake.accounts.index) == ["Acme", "Beta"]
    assert find(intake, "id-duplicate").column == "Company name"


def test_equal_deals_stay_when_a_person_keeps_them():
    frame = pd.DataFrame({f"q{n}": list("abcdefghij") * 6 for n in range(12)}).assign(
        Status=["Won", "Lost"] * 30
    )
    doubled = pd.concat([frame.iloc[:10], frame.iloc[:10]], ignore_index=True)
    assert len(understand({"deals": doubled}, Settings()).deals) == 10
    kept = understand({"deals": doubled}, Settings(keep_duplicates=("deals",)))
    assert len(kept.deals) == 20 and "rows-duplicate" not in {
        problem.code for problem in kept.problems
    }


def test_accounts_merged_by_hand_fill_each_others_gaps_and_take_the_deals_along():
    frame = pd.DataFrame(
        {
            "Account ID": ["1", "2", "3"],
            "Account Name": ["Acme", "Acme Germany", "Beta"],
            "Industry": [None, "Steel", "Food"],
            "Employees": ["10", "20", "30"],
        }
    )
    deals = pd.DataFrame(
        {
            "Deal ID": ["d1", "d2"],
            "Account Name": ["Acme Germany", "Beta"],
            "Stage": ["Closed Won", "Closed Lost"],
        }
    )
    intake = understand(
        {"accounts": frame, "deals": deals}, Settings(merge_accounts={"2": "1", "9": "1", "3": "8"})
    )
    assert list(intake.accounts.index) == ["1", "3"]
    assert intake.accounts.loc["1", ["Industry", "Employees"]].tolist() == ["Steel", 10.0]
    assert intake.deals["account_id"].tolist() == ["1", "3"]
    assert find(intake, "join-chosen-unknown").message.startswith("The settings join “3” to “8”")
