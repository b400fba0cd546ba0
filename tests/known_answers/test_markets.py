"""The generated markets hold what they claim: signal where it is planted, none where it is not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.metrics import roc_auc_score

from sample_data.markets import AS_OF, NOT_ATTRIBUTES, Market, null_market, planted_market, shrink


@pytest.fixture(scope="module")
def market() -> Market:
    return planted_market(seed=1)


def closed_new_business(market: Market) -> pd.DataFrame:
    deals = market.deals
    closed = deals["stage"].isin(["Closed Won", "Closed Lost"])
    return deals[closed & (deals["deal_type"] == "New business")]


def share(market: Market, ids: pd.Index, attribute: str, value: str) -> float:
    column = market.accounts.set_index("account_id")[attribute].reindex(ids).fillna("")
    held = column.str.split("; ").map(lambda tags: value in tags)
    return float(held.mean())


def test_same_seed_same_market(market: Market) -> None:
    again = planted_market(seed=1)
    pd.testing.assert_frame_equal(market.accounts, again.accounts)
    pd.testing.assert_frame_equal(market.deals, again.deals)


def test_accounts_counts_customers_and_ids_are_unique(market: Market) -> None:
    assert len(market.customers) == 1500
    assert market.accounts["account_id"].is_unique
    assert market.deals["deal_id"].is_unique
    assert market.deals["account_id"].isin(market.accounts["account_id"]).all()


def test_every_customer_won_new_business_and_no_prospect_did(market: Market) -> None:
    deals = closed_new_business(market)
    winners = set(deals.loc[deals["stage"] == "Closed Won", "account_id"])
    assert winners == set(market.customers)


def test_every_customer_is_old_enough_to_judge(market: Market) -> None:
    since = market.accounts["customer_since"].dropna()
    assert (AS_OF - since).dt.days.min() >= 180


def test_planted_win_probability_ranks_deals_at_about_0_81(market: Market) -> None:
    deals = closed_new_business(market)
    auc = roc_auc_score(
        deals["stage"] == "Closed Won", market.win_probability.loc[deals["deal_id"]]
    )
    assert 0.78 <= auc <= 0.84


def test_win_rate_matches_planted_probability(market: Market) -> None:
    deals = closed_new_business(market)
    chance = market.win_probability.loc[deals["deal_id"]]
    assert (deals["stage"] == "Closed Won").mean() == pytest.approx(chance.mean(), abs=0.025)


def test_most_members_are_best_and_best_holds_others_too(market: Market) -> None:
    best = market.best_fifth()
    members = market.segment.loc[market.customers]
    assert (members[members >= 0].index.isin(best)).mean() > 0.85
    assert 0.5 < (market.segment.loc[best] >= 0).mean() < 0.85


@pytest.mark.parametrize("overlap", [0.1, 0.35, 0.6])
def test_members_keep_their_profile_as_often_as_overlap_says(overlap: float) -> None:
    market = planted_market(seed=3, overlap=overlap, missing=0)
    fintech = market.segment.index[market.segment == 0]
    assert share(market, fintech, "industry", "FinTech") == pytest.approx(
        1 - overlap + overlap * 0.1, abs=0.1
    )


def test_every_planted_trait_tells_best_from_the_others_or_worst_from_best() -> None:
    market = planted_market(seed=2, accounts=4000)
    best = market.best_fifth()
    others = market.customers.difference(best)
    for attribute, value, direction in market.traits:
        ratio = share(market, best, attribute, value) / share(market, others, attribute, value)
        assert ratio > 1.35 if direction == "icp" else ratio < 0.95, (
            attribute,
            value,
            direction,
            ratio,
        )


def test_no_single_level_separates_a_segment(market: Market) -> None:
    best = market.best_fifth()
    for label, profile in enumerate(
        [("industry", "FinTech"), ("industry", "Retail"), ("industry", "Healthcare")]
    ):
        members = best[market.segment.loc[best] == label]
        assert share(market, members, *profile) < 0.85
        assert share(market, best.difference(members), *profile) > 0.03


def test_noise_attributes_are_alike_in_best_and_others() -> None:
    market = planted_market(seed=5, accounts=4000)
    accounts = market.accounts.set_index("account_id").loc[market.customers]
    is_best = accounts.index.isin(market.best_fifth())
    for attribute in ("region", "sales_motion", "public_api"):
        p_value = stats.chi2_contingency(pd.crosstab(accounts[attribute], is_best))[1]
        assert p_value > 0.001, attribute


def test_without_deals_there_are_customers_only() -> None:
    market = planted_market(seed=1, accounts=300, deals=False)
    assert market.deals.empty
    assert set(market.accounts["account_type"]) == {"Customer"}
    assert len(market.accounts) == 300


def first_deal_p_values(seed: int) -> list[float]:
    """p of won against lost by account, for each category attribute of a null market."""
    market = null_market(seed)
    first = (
        closed_new_business(market).drop_duplicates("account_id").set_index("account_id")["stage"]
    )
    accounts = market.accounts.set_index("account_id").reindex(first.index)
    names = [name for name in market.attributes if pd.api.types.is_string_dtype(accounts[name])]
    return [
        float(stats.chi2_contingency(pd.crosstab(accounts[name], first.to_numpy()))[1])
        for name in names
        if name != "tech_stack"
    ]


def test_null_market_has_no_attribute_that_tells_won_from_lost() -> None:
    p_values = np.array([p for seed in range(12) for p in first_deal_p_values(seed)])
    assert (p_values < 0.05).mean() <= 0.12
    assert p_values.min() > 0.05 / len(p_values) / 20


def test_null_market_has_luck_that_stays_with_the_account() -> None:
    deals = closed_new_business(null_market(seed=4))
    heavy = deals["account_id"].value_counts().head(5)
    assert (heavy > 30).all()
    rates = (
        deals[deals["account_id"].isin(heavy.index)]
        .groupby("account_id")["stage"]
        .agg(lambda stage: (stage == "Closed Won").mean())
    )
    assert rates.max() - rates.min() > 0.15


def test_null_market_leaks_are_filled_by_the_outcome_only() -> None:
    market = null_market(seed=4)
    won = market.deals["stage"] == "Closed Won"
    assert (market.deals["handover_complete"].notna() == won).all()
    plans = market.accounts.set_index("account_id")["onboarding_plan"].notna()
    assert set(plans.index[plans]) == set(market.customers)


def test_null_market_ages_differ_by_region_and_ltv_with_them() -> None:
    accounts = null_market(seed=4).accounts.dropna(subset=["customer_since"])
    late = accounts["region"] == "APAC"
    assert (
        accounts.loc[late, "customer_since"].median()
        > accounts.loc[~late, "customer_since"].median()
    )
    assert accounts.loc[late, "ltv"].median() < 0.7 * accounts.loc[~late, "ltv"].median()


@pytest.mark.parametrize("n", [8, 35, 200])
def test_shrink_keeps_n_customers_with_all_their_deals(market: Market, n: int) -> None:
    small = shrink(market, n)
    assert len(small.customers) == n
    kept = market.deals["account_id"].isin(small.accounts["account_id"])
    assert len(small.deals) == kept.sum()
    assert set(small.win_probability.index) <= set(small.deals["deal_id"])
    assert list(small.segment.index) == list(small.accounts["account_id"])


def test_shrink_refuses_more_customers_than_there_are(market: Market) -> None:
    with pytest.raises(ValueError, match="1500"):
        shrink(market, 1501)


def test_attributes_hold_no_metric_and_no_outcome(market: Market) -> None:
    assert not set(market.attributes) & set(NOT_ATTRIBUTES)
    assert len(market.attributes) >= 12
