import numpy as np
import pandas as pd
import pytest

from icp_engine.traits.deal_watch import (
    WATCH_COLUMNS,
    join_signs,
    name_signs,
    split_common,
    watch_deals,
)

AS_OF = pd.Timestamp("2026-01-01")


def deal_table(lengths, open_days, won=True):
    """Closed deals of the given lengths, won or lost, and open ones created so many days ago."""
    created = [AS_OF - pd.Timedelta(days=500)] * len(lengths) + [
        AS_OF - pd.Timedelta(days=int(d)) for d in open_days
    ]
    frame = pd.DataFrame(
        {
            "account_id": [f"a{i}" for i in range(len(created))],
            "new_business": True,
            "won": pd.array(
                list(np.broadcast_to(won, len(lengths))) + [pd.NA] * len(open_days), dtype="boolean"
            ),
            "created_date": created,
            "closed_date": pd.NaT,
        },
        index=[f"d{i}" for i in range(len(created))],
    )
    frame.loc[frame.index[: len(lengths)], "closed_date"] = [
        created[0] + pd.Timedelta(days=int(length)) for length in lengths
    ]
    return frame.astype({"closed_date": "datetime64[ns]", "created_date": "datetime64[ns]"})


def people(*rows):
    return pd.DataFrame(rows, columns=["account_id", "job_title"], dtype="str")


def watch(deals, contacts=None):
    closed = deals.index[deals["won"].notna()]
    return watch_deals(deals, closed, people() if contacts is None else contacts, AS_OF)


def test_a_deal_open_longer_than_nine_in_ten_won_ones_is_told():
    table = watch(deal_table(np.arange(10, 110, 10), [95, 80]))
    assert table.index.tolist() == ["d10", "d11"] and table["won_within_days"].tolist() == [91, 91]
    assert (
        table["caution"]
        .tolist()[0]
        .startswith("Open for 95 days; nine in ten won deals closed within 91 days.")
    )
    assert table["caution"].tolist()[1] == "" and table["cautions"].tolist() == [1, 0]


def test_deals_of_an_age_are_those_still_open_then():
    lengths, won = [20] * 30 + [100] * 12, [True] * 30 + [True] * 3 + [False] * 9
    row = watch(deal_table(lengths, [130], won)).iloc[0]
    assert (row["age"], row["deals_of_age"], row["won_of_age"]) == (90, 12, 3)
    assert "Of 12 deals still open after 90 days, 3 were won." in row["caution"]


@pytest.mark.parametrize("lengths", [[], [30] * 9])
def test_few_won_deals_set_no_limit(lengths):
    assert watch(deal_table(lengths, [400]))["caution"].tolist() == [""]


def test_missing_people_are_told_where_contacts_are_known():
    deals = deal_table([], [10, 9, 8, 7])
    contacts = people(("a0", "CTO"), ("a1", "Head of Sales"), ("a2", None))
    table = watch(deals, contacts)
    assert table["caution"].tolist() == [
        "",
        "No technical contact is on record.",
        "",
        "No contact is on record.",
    ]
    assert table["technical_contact"].isna().tolist() == [False, False, True, True]
    # no contacts table: nothing is known to be missing
    assert (watch(deals)["caution"] == "").all()


@pytest.mark.parametrize(
    ("title", "technical", "budget"),
    [
        ("IT Manager", True, False),
        ("Leiter Einkauf", False, True),
        ("VP Engineering", True, True),
        ("Directrice financière", False, True),
        ("Office Manager", False, False),
    ],
)
def test_job_titles(title, technical, budget):
    row = watch(deal_table([], [5]), people(("a0", title))).iloc[0]
    assert (row["technical_contact"], row["budget_contact"]) == (technical, budget)


def test_without_deals_there_is_nothing_to_watch():
    table = watch(deal_table([], []))
    assert table.empty and list(table.columns) == list(WATCH_COLUMNS)


def test_the_sample_watches_its_open_new_business(sample_study):
    table, deals = sample_study.deal_watch, sample_study.deals
    assert set(table.index) == set(deals.index[deals["won"].isna() & deals["new_business"]])
    assert (table["cautions"] > 0).any() and (table["cautions"] == 0).any()


def test_what_most_open_deals_show_is_split_from_what_tells_them_apart():
    deals = deal_table(np.arange(10, 110, 10), [*[300] * 8, 20, 20])
    signs = name_signs(watch(deals, people(("a10", "Head of Sales"))), any_contacts=True)
    telling, often = split_common(signs)
    assert often == {"long open": 8, "no contact": 9}
    assert join_signs(telling)["cautions"].sum() == (telling != "").sum().sum() == 1
    assert split_common(signs.head(9))[1] == {}  # few deals: every sign stands in its row
