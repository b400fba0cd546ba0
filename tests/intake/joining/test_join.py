"""Rows of other tables find their account by id, name or domain."""

import pandas as pd

from icp_engine.intake.joining.join import Accounts, add_accounts, match_accounts, merge_duplicates

ACCOUNTS = pd.DataFrame(
    {
        "account_name": ["Acme GmbH", "Beta, Inc.", "Gamma"],
        "domain": ["acme.com", "gmail.com", "gamma.io"],
    },
    index=pd.Index(["1", "2", "3"], dtype="str", name="account_id"),
)


def keys(ids=None, names=None, domains=None, rows=1):
    empty = [None] * rows
    return pd.DataFrame(
        {"account_id": ids or empty, "account_name": names or empty, "domain": domains or empty},
        dtype="str",
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
    frame = pd.DataFrame(
        {"id": ["a", "b", "a"], "x": [None, "q", "p"], "n": [1.0, 2.0, 3.0]}, index=[2, 3, 4]
    )
    merged, rows = merge_duplicates(frame, "id")
    assert merged.loc["a"].tolist() == ["p", 1.0]
    assert rows == [4]


def test_every_table_reports_how_it_joined_and_what_it_could_not_find():
    accounts, _, _ = add_accounts(
        Accounts(ACCOUNTS),
        keys(["1", "2", None, None], ["x", "x", "Gamma", "Omega"], rows=4),
        "deals",
    )
    join = accounts.joins[0]
    assert (join.named, join.matched, join.by) == (4, 3, {"id": 2, "name": 1})
    assert [(lost.key, lost.rows, lost.first_rows) for lost in join.unmatched] == [
        ("Omega", 1, (3,))
    ]
    assert join.sentence == "All 4 rows name an account; 3 found it: 2 by id, 1 by name."


def test_a_key_joined_by_hand_beats_every_guess():
    accounts = Accounts(
        ACCOUNTS, chosen={"deals": {"ACME Holding": "1", "Gamma": "2", "gone": "99"}}
    )
    _, ids, _ = add_accounts(
        accounts, keys(names=["acme holding", "Gamma", "gone"], rows=3), "deals"
    )
    assert ids.tolist() == ["1", "2", "gone"]


def test_a_persons_mail_address_joins_by_its_domain_but_makes_no_account():
    mails = keys(rows=3).assign(
        mail_domain=pd.Series(["gamma.io", "gmail.com", "unknown.io"], dtype="str")
    )
    accounts, ids, _ = add_accounts(Accounts(ACCOUNTS), mails, "contacts")
    assert ids[0] == "3" and ids[1:].isna().all() and len(accounts.frame) == 3


def test_merged_accounts_are_found_by_every_key_they_had():
    gone = pd.DataFrame(
        {"account_name": ["Acme US"], "domain": ["acme.us"], "into": ["1"]},
        index=["7"],
        dtype="str",
    )
    accounts = Accounts(ACCOUNTS, merged=gone)
    named = keys(["7", None, None], [None, "ACME us", None], [None, None, "acme.us"], 3)
    _, ids, _ = add_accounts(accounts, named, "t")
    assert ids.tolist() == ["1"] * 3


def test_the_row_changed_last_leads_when_duplicates_merge():
    frame = pd.DataFrame(
        {"id": ["a", "b", "a"], "x": ["old", "q", None], "n": [1.0, 2.0, 3.0]}, index=[2, 3, 4]
    )
    newest = pd.Series(pd.to_datetime(["2024-01-01", "2024-01-01", "2025-01-01"]), index=[2, 3, 4])
    merged, _ = merge_duplicates(frame, "id", newest)
    assert list(merged.index) == ["a", "b"] and merged.loc["a"].tolist() == ["old", 3.0]
