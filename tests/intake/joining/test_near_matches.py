"""Keys and accounts that belong together are proposed with evidence; what tells firms apart is
respected.
"""

import pandas as pd
import pytest

from icp_engine import Settings, Study
from icp_engine.values.name_likeness import compare_domains, compare_names

ACCOUNTS = pd.DataFrame(
    {
        "Account ID": ["1", "2", "3", "4", "5", "6"],
        "Account Name": [
            "Acme Inc.",
            "Acme Germany",
            "Northwind Traders",
            "Zeta Labs",
            "ACME GmbH & Co. KG",
            "Beta",
        ],
        "Website": ["acme.com", "acme.de", "northwind.com", "gmail.com", None, "gmail.com"],
        "Parent Account": [None, None, None, "Northwind Traders", None, None],
        "Industry": ["a", "b", "c", "d", "e", "f"],
    }
)
DEALS = pd.DataFrame(
    {
        "Deal ID": ["1", "2", "3", "4"],
        "Account Name": [
            "Northwind Trader",
            "Northwind Traders",
            "Northwind Trader",
            "Somebody Else",
        ],
        "Stage": ["Won", "Lost", "Won", "Lost"],
    }
)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Acme Inc.", "ACME GmbH & Co"),
        ("Acme", "The Acme Company, LLC"),
        ("GTXPro", "GTX Pro"),
        ("Müller & Söhne AG", "Muller Sohne"),
        ("Acme", "Acme Germany"),
        ("Foo Sp. z o.o.", "Foo"),
        ("Northwind Traders", "Northwind Trader"),
        ("Contoso Pharmaceuticals", "Contoso Pharmacueticals"),
    ],
)
def test_names_of_one_firm_are_alike(first, second):
    assert compare_names(first, second).score >= 85


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Company_1", "Company_10"),
        ("Firm 12", "Firm 13"),
        ("Series A Partners", "Series B Partners"),
        ("North Steel Works", "South Steel Works"),
        ("Acme Germany", "Acme France"),
        ("Beta", "Meta"),
        ("Alpha Systems", "Omega Systems"),
        ("Acme", "Acme Brick Furniture"),
        ("SE Consulting GmbH", "Consulting AG"),
        ("", "Inc."),
    ],
)
def test_names_that_tell_firms_apart_are_not(first, second):
    assert compare_names(first, second) is None


def test_addresses_are_alike_by_their_root_only():
    assert compare_domains("shop.acme.com", "acme.com").score == 92.0
    assert compare_domains("acme.co.uk", "acme.com").part
    assert (
        compare_domains("acme.com", "acne.com") is None
        and compare_domains("abc.de", "abc.com") is None
    )


def test_an_unmatched_key_is_proposed_with_evidence_and_joined_only_by_the_setting():
    study = Study.open({"accounts": ACCOUNTS, "deals": DEALS})
    (match,) = study.near_matches
    assert (match.table, match.key, match.rows, match.account_id) == (
        "deals",
        "Northwind Trader",
        2,
        "3",
    )
    assert "one letter differs" in match.evidence
    assert study.intake.deals.loc["1", "account_id"] == "Northwind Trader"
    joined = study.replace(joins={"deals": {"Northwind Trader": "3"}})
    assert joined.intake.deals["account_id"].tolist() == ["3", "3", "3", "Somebody Else"]
    assert [(m.key, m.applied) for m in joined.near_matches] == [("Northwind Trader", True)]


def test_duplicates_and_subsidiaries_are_offered_never_merged():
    study = Study.open({"accounts": ACCOUNTS, "deals": DEALS})
    links = {(link.account_id, link.into_id): link for link in study.account_links}
    assert links[("5", "1")].kind == "duplicate" and links[("2", "1")].kind == "subsidiary"
    assert "Parent Account" in links[("4", "3")].evidence
    assert not any({"4", "6"} == {link.account_id, link.into_id} for link in links.values())
    assert len(study.intake.accounts) == 8


def test_people_of_one_name_are_not_offered():
    people = pd.DataFrame(
        {"customer_id": ["1", "2"], "Name": ["Ann Lee"] * 2, "Age": [30, 60], "CLTV": [1, 2]}
    )
    assert Study.open({"people": people}, settings=Settings(unit="person")).account_links == ()


def test_names_a_letter_apart_are_two_firms_where_each_has_its_own_address():
    accounts = pd.DataFrame(
        {
            "Account ID": [f"a{i}" for i in range(20)],
            "Account name": ["Mintway AB", "Mintbay AB", *OTHERS[:18]],
            "Industry": ["Food", "Tech"] * 10,
        }
    )
    apart = accounts.assign(Domain=[f"firm{i}.example" for i in range(20)])
    assert [link.name for link in Study.open({"accounts": accounts}).account_links] != []
    assert Study.open({"accounts": apart}).account_links == ()


OTHERS = [
    "Alder Labs",
    "Birch Retail",
    "Cedar Bank",
    "Dogwood Clinic",
    "Elm Freight",
    "Fir Energy",
    "Gum Studios",
    "Hazel Foods",
    "Ivy Telecom",
    "Juniper Parts",
    "Kauri Media",
    "Larch Logistics",
    "Oak Mutual",
    "Pine Robotics",
    "Quince Travel",
    "Rowan Steel",
    "Spruce Games",
    "Teak Textiles",
]
