"""What a study can be narrowed to, and that each choice, applied, keeps the rows it names."""

import pandas as pd
import pytest

from icp_engine import Settings, Study
from icp_engine.intake.advice.scope_choices import find_scope_choices
from icp_engine.profile.from_choices import scope_sentence
from icp_engine.settings import Filter

DEALS = pd.DataFrame(
    {
        "Deal ID": [f"d{i}" for i in range(60)],
        "Account": [f"a{i % 30}" for i in range(60)],
        "Pipeline": ["New", "Renewals", "New"] * 20,
        "Stage": ["Closed Won", "Closed Lost", "Proposal"] * 20,
        "Closed Lost Reason": ["", "Price", ""] * 20,
        "Amount": [f"{100 + i}" for i in range(60)],
        "Create Date": [f"2025-{1 + i % 12:02d}-10" for i in range(60)],
    }
)
ACCOUNTS = pd.DataFrame(
    {
        "Account": [f"a{i}" for i in range(30)],
        "Region": ["North", "South", "West"] * 10,
        "Type": ["Customer", "Prospect", "Customer"] * 10,
        "Industry": ["Food", "Tech"] * 15,
    }
)


@pytest.fixture(scope="module")
def study():
    return Study.open({"deals": DEALS, "accounts": ACCOUNTS})


def choice(study, column):
    return next(found for found in find_scope_choices(study.intake) if found.column == column)


def scoped(study, **rule):
    return study.replace(scope=(Filter(**rule),)).intake


@pytest.mark.parametrize(
    "column", ["Pipeline", "Closed Lost Reason", "Create Date", "Region", "Type", "Industry"]
)
def test_what_the_field_filters_by_is_offered_under_its_own_name(study, column):
    assert choice(study, column).column == column


def test_values_come_with_their_rows(study):
    assert choice(study, "Pipeline").values == (("New", 40), ("Renewals", 20))


def test_keeping_one_value_keeps_its_rows(study):
    found = scoped(study, table="deals", column="Pipeline", values=("New",))
    assert len(found.deals) == 40
    assert set(found.deals["pipeline"]) == {"New"}


def test_leaving_out_a_lost_reason_keeps_deals_without_one(study):
    found = scoped(study, table="deals", column="Closed Lost Reason", exclude=("Price",))
    assert len(found.deals) == 40


def test_a_filter_on_accounts_takes_their_deals_along(study):
    found = scoped(study, table="accounts", column="Region", values=("North",))
    assert len(found.accounts) == 10
    assert set(found.deals["account_id"]) <= set(found.accounts.index)


def test_days_are_offered_from_first_to_last_and_both_count(study):
    dates = choice(study, "Create Date")
    assert (dates.low, dates.high) == ("2025-01-10", "2025-12-10")
    assert (
        len(
            scoped(
                study, table="deals", column="Create Date", low="2025-03-10", high="2025-03-10"
            ).deals
        )
        == 5
    )


def test_the_scope_reads_as_a_sentence():
    rules = (
        Filter(column="Pipeline", exclude=("Renewals",)),
        Filter(column="Create Date", low="2025-03-10"),
    )
    assert scope_sentence(Settings(scope=rules)) == (
        "Scope: deals whose “Pipeline” is not “Renewals”; deals whose “Create Date” is from 10 Mar 2025."
    )


@pytest.fixture(scope="module")
def closing():
    dates = [f"2025-{1 + i % 12:02d}-15 16:30" if i % 3 else "" for i in range(60)]
    stages = ["Proposal", "Closed Won", "Closed Lost"] * 20
    return Study.open(
        {"deals": DEALS.assign(**{"Close Date": dates, "Stage": stages}), "accounts": ACCOUNTS}
    )


def test_open_deals_stay_under_a_filter_by_the_day_of_closing(closing):
    rule = {"column": "Close Date", "low": "2025-05-01"}
    assert (
        choice(closing, "Close Date").open_deals == 20
        and choice(closing, "Create Date").open_deals == 0
    )
    kept = scoped(closing, **rule).deals
    assert kept["won"].isna().sum() == 20 and kept["closed_date"].min() >= pd.Timestamp(
        "2025-05-01"
    )
    assert not scoped(closing, **rule, keep_open=False).deals["won"].isna().any()


def test_the_sentence_says_what_becomes_of_open_deals(closing):
    rule = Filter(column="Close Date", high="2025-05-01")
    assert scope_sentence(Settings(scope=(rule,))).endswith(
        "up to 1 May 2025, open deals included."
    )
    dropped = rule.model_copy(update={"keep_open": False})
    assert scope_sentence(Settings(scope=(dropped,))).endswith("open deals left out.")


def test_the_last_day_counts_whole(closing):
    deals = scoped(
        closing, column="Close Date", low="2025-05-15", high="2025-05-15", keep_open=False
    ).deals
    assert len(deals) == 5
