"""Rows of other tables find their account by id, name or domain."""

import pandas as pd

from icp_engine.intake.join import Accounts, add_accounts, match_accounts, merge_duplicates

ACCOUNTS = pd.DataFrame(
    {"account_name": ["Acme GmbH", "Beta, Inc.", "Gamma"], "domain": ["acme.com", "gmail.com", "gamma.io"]},
    index=pd.Index(["1", "2", "3"], dtype="str", name="account_id"),
)


def keys(ids=None, names=None, domains=None, rows=1):
    empty = [None] * rows
    return pd.DataFrame(
        {"account_id": ids or empty, "account_name": names or empty, "domain": domains or empty}, dtype="str"
    )


def test_an_id_beats_a_name():
    assert match_accounts(keys(["2"], ["Acme GmbH"]), ACCOUNTS).tolist() == ["2"]


def test_names_match_in_any_spelling():
    assert match_accounts(keys(names=["ACME gmbh "]), ACCOUNTS).tolist() == ["1"]


def test_an_id_column_may_hold_names_and_several_ids():
    assert match_accounts(keys(["beta inc", "3;1"], rows=2), ACCOUNTS).tolist() == ["2", "3"]


def test_a_mail_provider_joins_nobody():
    matched = match_accounts(keys(domains=["gmail.com", "gamma.io"], rows=2), ACCOUNTS)
    assert pd.isna(matched[0]) and matched[1] == "3"


def test_unmatched_rows_become_accounts_with_a_problem():
    accounts, ids, problems = add_accounts(
        Accounts(ACCOUNTS), keys(names=["Delta", "delta ", "Gamma"], rows=3), "deals"
    )
    assert ids.tolist() == ["Delta", "Delta", "3"]
    assert list(accounts.frame.index) == ["1", "2", "3", "Delta"]
    assert [problem.code for problem in problems] == ["join-unmatched"]


def test_duplicates_merge_to_the_first_non_empty_value():
    frame = pd.DataFrame({"id": ["a", "b", "a"], "x": [None, "q", "p"], "n": [1.0, 2.0, 3.0]}, index=[2, 3, 4])
    merged, rows = merge_duplicates(frame, "id")
    assert merged.loc["a"].tolist() == ["p", 1.0]
    assert rows == [4]
