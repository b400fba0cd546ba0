"""Who counts as a customer: each wrong guess here would reverse results."""

import pandas as pd
import pytest

import icp_engine as icp


def open_study(accounts: dict, deals: dict | None = None, **settings):
    tables = {"accounts": pd.DataFrame(accounts)}
    if deals is not None:
        tables["deals"] = pd.DataFrame(deals)
    return icp.Study.open(tables, settings=icp.Settings(as_of="2026-09-30", **settings))


ACCOUNTS = {
    "account_id": ["a1", "a2", "a3", "a4", "a5"],
    "account_type": ["Customer", "Prospect", "Partner", "Competitor", "Customer"],
    "industry": ["Retail", "Retail", "Media", "Media", "Retail"],
    "customer_since": ["2024-01-10", None, "2023-05-01", None, "2026-08-01"],
}
DEALS = {
    "deal_id": ["d1", "d2", "d3", "d4", "d5"],
    "account_id": ["a1", "a1", "a2", "a3", "a5"],
    "stage": ["Closed Won", "Closed Lost", "Closed Lost", "Closed Won", "Closed Won"],
    "amount": [1000, 500, 700, 900, 400],
    "created_date": ["2023-11-01", "2025-02-01", "2025-01-01", "2023-02-01", "2026-06-01"],
    "closed_date": ["2024-01-10", "2025-03-01", "2025-04-01", "2023-05-01", "2026-08-01"],
}


@pytest.fixture
def study():
    return open_study(ACCOUNTS, DEALS)


def test_partners_and_competitors_are_no_customers_and_are_counted(study):
    assert study.customers.is_customer[["a1", "a2", "a3", "a4", "a5"]].tolist() == [
        True,
        False,
        False,
        False,
        True,
    ]
    assert sorted(study.customers.left_out.index) == ["a3", "a4"]


def test_deals_of_left_out_accounts_do_not_count(study):
    assert "d4" not in study.deals.index


def test_a_customer_of_two_months_is_too_young_to_judge(study):
    assert list(study.customers.too_young) == ["a5"]


def test_a_deal_after_the_first_win_is_an_upsell_where_no_type_is_recorded(study):
    assert study.deals["deal_type"].to_dict() == {
        "d1": "new",
        "d2": "upsell",
        "d3": "new",
        "d5": "new",
    }


def test_a_recorded_deal_type_beats_the_guess():
    typed = {
        **DEALS,
        "deal_type": ["New Business", "New Business", "New Business", "New Business", "Renewal"],
    }
    assert open_study(ACCOUNTS, typed).deals["deal_type"]["d2"] == "new"
    assert not open_study(ACCOUNTS, typed).deals["new_business"]["d5"]


def test_an_exclusion_takes_its_reason_along():
    study = open_study(ACCOUNTS, DEALS, exclusions={"a1": "our own subsidiary"})
    assert study.customers.left_out["a1"] == "left out by hand: our own subsidiary"


def test_a_pinned_customer_is_never_too_young():
    assert not len(open_study(ACCOUNTS, DEALS, pins={"a5": "reference"}).customers.too_young)
