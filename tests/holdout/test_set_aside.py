"""The hold-out: newest accounts, whole, before anything."""

import numpy as np
import pandas as pd

from icp_engine.holdout.set_aside import account_outcomes, closed_new_business, set_aside
from icp_engine.settings import Settings


def make_deals(n: int, won_share: float = 0.4, seed: int = 0, deals_each: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    accounts = np.repeat([f"a{i:04d}" for i in range(n)], deals_each)
    closed = pd.Timestamp("2026-09-30") - pd.to_timedelta(rng.permutation(len(accounts)), unit="D")
    return pd.DataFrame(
        {
            "account_id": accounts,
            "won": pd.array(rng.random(len(accounts)) < won_share, dtype="boolean"),
            "new_business": True,
            "closed_date": closed,
            "created_date": closed - pd.Timedelta(days=60),
            "amount": 1.0,
        },
        index=pd.Index([f"d{i}" for i in range(len(accounts))], name="deal_id"),
    )


def test_the_newest_accounts_are_set_aside_whole():
    deals = make_deals(600, deals_each=2)
    holdout = set_aside(deals, Settings())
    outcomes = account_outcomes(deals)
    assert holdout.method == "held_out"
    assert (
        outcomes["first_closed"][holdout.accounts].min()
        > outcomes["first_closed"].drop(holdout.accounts).max()
    )
    assert set(deals.loc[holdout.deals, "account_id"]) == set(holdout.accounts)


def test_nothing_closed_after_the_cut_teaches_anything():
    deals = make_deals(600, deals_each=3)
    holdout = set_aside(deals, Settings())
    assert (deals.loc[holdout.derivation_deals, "closed_date"] < holdout.cut).all()
    assert not set(holdout.derivation_deals) & set(holdout.deals)


def test_at_most_fifteen_percent_are_taken():
    holdout = set_aside(make_deals(500), Settings())
    assert holdout.method == "held_out"
    assert min(holdout.won, holdout.lost) >= 10
    assert len(holdout.accounts) <= 0.15 * 500 + 1


def test_sixty_of_each_are_enough():
    holdout = set_aside(make_deals(3000), Settings())
    assert min(holdout.won, holdout.lost) == 60


def test_few_accounts_are_cross_checked():
    assert set_aside(make_deals(60), Settings()).method == "cross_checked"


def test_fewer_than_ten_of_each_are_too_little():
    holdout = set_aside(make_deals(30, won_share=0.2), Settings())
    assert holdout.method == "too_little"
    assert "it takes 10 of each" in holdout.sentence


def test_an_account_with_many_deals_is_one_account():
    deals = make_deals(40, won_share=0.5, deals_each=20)
    outcomes = account_outcomes(deals)
    assert len(outcomes) == 40
    assert np.allclose(outcomes["won"] + outcomes["lost"], 1.0)


def test_deals_without_dates_are_cross_checked_and_it_says_why():
    deals = make_deals(500).assign(closed_date=pd.NaT, created_date=pd.NaT)
    holdout = set_aside(deals, Settings())
    assert holdout.method == "cross_checked"
    assert "no closing date" in holdout.sentence


def test_closed_new_business_leaves_out_renewals_and_open_deals():
    deals = pd.DataFrame(
        {
            "won": pd.array([True, False, None, True], dtype="boolean"),
            "new_business": [True, True, True, False],
            "account_id": ["x", "x", "y", "z"],
        },
        index=["a", "b", "c", "d"],
    )
    assert closed_new_business(deals)["won"].to_dict() == {"a": True, "b": False}
    untold = closed_new_business(deals.drop(columns="new_business"))
    assert untold["won"].to_dict() == {"a": True, "b": False, "d": True}
    assert untold["won"].dtype == bool


def test_without_deals_nothing_is_closed():
    assert closed_new_business(pd.DataFrame({"account_id": []})).columns.tolist() == [
        "account_id",
        "won",
    ]
