"""What deals and contacts say: counts with their denominators, and silence where there is nothing."""

import pandas as pd
import pytest

from icp_engine.customers.model import Best, Metric
from icp_engine.profile.from_deals import (
    committee,
    objections,
    products,
    sales_cycle,
    sources,
    success_metrics,
)

BEST = pd.Index(["a1", "a2", "a3"])


def texts(statements):
    return [statement.text for statement in statements]


@pytest.fixture
def deals():
    rows = [
        (f"a{i}", won, new, reason, source)
        for i, (won, new, reason, source) in enumerate(
            [
                (True, True, None, "Referral"),
                (True, True, None, "Referral"),
                (True, True, None, "referral "),
                (True, True, None, "Fair"),
                (False, True, "Price", "Referral"),
                (False, True, "price ", "Fair"),
                (False, True, None, "Referral"),
                (False, False, "Merged", "Fair"),
                (pd.NA, True, "Price", "Fair"),
            ],
            start=1,
        )
    ]
    frame = pd.DataFrame(
        rows, columns=["account_id", "won", "new_business", "lost_reason", "lead_source"]
    )
    frame["won"] = frame["won"].astype("boolean")
    frame["created_date"] = pd.Timestamp("2026-01-01")
    frame["closed_date"] = frame["created_date"] + pd.to_timedelta(
        [10, 20, 30, 40, 5, 5, 5, 5, 5], unit="D"
    )
    return frame.rename_axis("deal_id")


def test_lost_reasons_count_lost_new_business_with_a_reason_and_say_how_many_have_none(deals):
    said = texts(objections(deals))
    assert (
        said[0]
        == "“Price”: 2 of 2 lost new-business deals with a reason (3 lost in all), 100\u202f%."
    )
    assert not any("Merged" in text for text in said)


def test_each_common_objection_asks_for_its_answer_as_an_assumption(deals):
    asked = [statement for statement in objections(deals) if statement.evidence == "assumption"]
    assert len(asked) == 1
    assert "“Price”" in asked[0].text


def test_no_reasons_no_sentence(deals):
    assert objections(deals.drop(columns="lost_reason")) == ()
    assert objections(deals.assign(lost_reason=None)) == ()
    assert objections(pd.DataFrame()) == ()


def test_sales_cycle_sets_best_beside_others_and_drops_a_side_of_under_three(deals):
    assert texts(sales_cycle(deals, BEST)) == [
        "From first record to signature: best customers 20 days in the middle, half between 15 and 25 (3 deals)."
    ]


def test_lead_sources_join_spellings_and_state_both_denominators(deals):
    said = texts(sources(deals, BEST))
    assert said == [
        "“Referral”: 3 of 3 best customers; won 3 of 5 closed new-business deals (60\u202f%)."
    ]


def test_job_titles_count_accounts_not_contacts():
    contacts = pd.DataFrame(
        {
            "account_id": ["a1", "a1", "a2", "a3", "z"],
            "job_title": ["CFO", "cfo", "CFO", "CFO", "CEO"],
        }
    )
    said = texts(committee(contacts, BEST))
    assert said[0].endswith("(3 of 3 best customers have any).")
    assert said[1:] == ["“CFO”: on record at 3 of 3 best customers with contacts."]


def test_two_accounts_with_contacts_tell_nothing():
    assert (
        committee(pd.DataFrame({"account_id": ["a1", "a2"], "job_title": ["CFO", "CFO"]}), BEST)
        == ()
    )
    assert committee(pd.DataFrame(), BEST) == ()


def test_products_count_best_customers(deals):
    assert texts(products(deals.assign(product="Core"), BEST)) == [
        "“Core”: bought by 3 of 3 best customers and 1 of 1 others."
    ]
    assert products(deals, BEST) == ()


def test_success_metrics_put_medians_side_by_side_with_their_units():
    accounts = pd.DataFrame(
        {"ltv": [10.0, 20.0, 30.0, 1.0, 2.0, 3.0]}, index=["a1", "a2", "a3", "r1", "r2", "r3"]
    )
    metric = Metric("ltv", "Lifetime value", "more", "$", 1.0, True, False)
    none = pd.Index([])
    best = Best(
        BEST,
        none,
        pd.Index(["r1", "r2", "r3"]),
        none,
        none,
        pd.Series(dtype=float),
        pd.DataFrame(),
        (metric,),
        "value",
        "",
        "",
    )
    assert texts(success_metrics(accounts, best, "EUR")) == [
        "Lifetime value: €20 in the middle of 3 best customers, €2 of 3 others (more is better)."
    ]
    assert success_metrics(accounts.assign(ltv=None), best) == ()
