"""Time is not merit: fair ranks, and a check that sees age where it passes for merit."""

import numpy as np
import pandas as pd
import pytest

import icp_engine as icp
from icp_engine.customers.age import comparable, compare_ages, mid_rank, per_year

AS_OF = pd.Timestamp("2026-09-30")


def since(days) -> pd.Series:
    return pd.Series(AS_OF - pd.to_timedelta(np.asarray(days), unit="D"))


def test_ties_share_their_mean_rank_and_unknown_stays_unknown():
    assert mid_rank(pd.Series([1.0, 2, 2, 9e9, np.nan])).tolist()[:4] == [0.125, 0.5, 0.5, 0.875]
    assert np.isnan(mid_rank(pd.Series([1.0, np.nan]))[1])


def test_a_huge_value_ranks_no_higher_than_the_next_one_would():
    assert mid_rank(pd.Series([1.0, 2, 3])).equals(mid_rank(pd.Series([1.0, 2, 1e12])))


def test_a_tenure_of_a_month_counts_as_half_a_year():
    assert per_year(pd.Series([10.0, 10.0]), since([30, 365]), AS_OF).round(2).tolist() == [
        20.0,
        10.01,
    ]


def test_a_wide_cohort_counts_per_year_and_a_narrow_one_as_it_is():
    dates, cohort = since([1000, 400, 100, 90]), pd.Series([0.0, 0, 1, 1])
    found = comparable(pd.Series([10.0, 10, 10, 10]), cohort, dates, AS_OF)
    assert found[0] < found[1] < 10
    assert found[2:].tolist() == [10.0, 10.0]


def test_the_age_check_sees_old_customers_among_the_best_and_acquits_equal_ones():
    rng = np.random.default_rng(3)
    days = since(rng.integers(200, 1500, 400))
    old = (AS_OF - days).dt.days.nlargest(80).index
    assert compare_ages(days, old, days.index.difference(old), AS_OF).matters
    equal = compare_ages(days, days.index[:80], days.index[80:], AS_OF)
    assert not equal.matters
    assert equal.low < 0 < equal.high


def test_the_age_interval_holds_the_true_difference():
    rng = np.random.default_rng(4)
    holds = []
    for _ in range(400):
        days = np.concatenate(
            [rng.exponential(600, 40) + 200 * np.log(2), rng.exponential(600, 90)]
        )
        found = compare_ages(since(days.round()), pd.RangeIndex(40), pd.RangeIndex(40, 130), AS_OF)
        holds.append(found.low <= 200 * np.log(2) <= found.high)
    assert 0.92 <= np.mean(holds) <= 0.985


def test_too_few_dates_give_no_age_check():
    assert compare_ages(since([1, 2, 3, 4]), pd.Index([0, 1]), pd.Index([2, 3]), AS_OF) is None


def market(seed: int, accounts: int, churn: bool) -> pd.DataFrame:
    """Value and churn are luck, but LTV grows with time, and whoever signed early shows the level
    “early”.
    """
    rng = np.random.default_rng(seed)
    early = rng.random(accounts) < 0.5
    years = np.where(early, rng.uniform(2.2, 4.4, accounts), rng.uniform(0.55, 2.4, accounts))
    left = rng.exponential(8, accounts) if churn else np.full(accounts, 1e3)
    start = AS_OF - pd.to_timedelta((365 * years).round(), unit="D")
    end = start + pd.to_timedelta((365 * np.minimum(left, years)).round(), unit="D")
    return pd.DataFrame(
        {
            "account_id": [f"a{row:05d}" for row in range(accounts)],
            "customer_since": start,
            "wave": np.where(early, "early", "late"),
            "industry": rng.choice(list("ABCDEF"), accounts),
            "ltv": (rng.lognormal(9, 0.8, accounts) * np.minimum(left, years)).round(),
            "nps": rng.integers(-100, 100, accounts),
            "churned": np.where(left < years, "yes", "no"),
            "churn_date": pd.Series(end).where(left < years),
        }
    )


def test_a_level_whose_accounts_signed_earlier_is_not_flagged_in_twenty_of_twenty_markets():
    for seed in range(20):
        accounts = market(seed, 500, churn=seed % 2 == 0)
        table = icp.Study.open(
            {"accounts": accounts}, settings=icp.Settings(as_of="2026-09-30")
        ).traits.table
        assert (table.loc[table["attribute"] == "wave", "direction"] == "none").all(), seed


def test_worst_customers_are_not_simply_the_old_ones():
    frame = market(1, 4000, churn=True)
    study = icp.Study.open({"accounts": frame}, settings=icp.Settings(as_of="2026-09-30"))
    early = frame.set_index("account_id")["wave"] == "early"
    # twice the late ones' share
    assert frame.set_index("account_id").loc[early, "churned"].eq("yes").mean() > 0.28
    assert early[study.best.worst].mean() == pytest.approx(early.mean(), abs=0.05)


def test_recorded_tenure_stands_in_for_a_missing_date():
    rng = np.random.default_rng(8)
    months = rng.integers(7, 60, 600)
    frame = pd.DataFrame(
        {
            "account_id": [f"a{row:04d}" for row in range(600)],
            "account_type": "Customer",
            "tenure": months,
            "ltv": (months * rng.lognormal(5, 0.7, 600)).round(2),
            "industry": rng.choice(["Retail", "Media"], 600),
        }
    )
    best = icp.Study.open({"accounts": frame}, settings=icp.Settings(as_of="2026-09-30")).best
    assert best.age is not None
    assert not best.age.matters


def test_a_recorded_tenure_without_any_date_is_no_crash():
    rng = np.random.default_rng(3)
    accounts = pd.DataFrame(
        {
            "account_id": [f"a{i}" for i in range(120)],
            "industry": rng.choice(["Retail", "Media"], 120),
            "Tenure Months": rng.integers(1, 70, 120),
            "LTV": rng.integers(100, 9000, 120),
        }
    )
    assert len(icp.Study.open({"accounts": accounts}).best.accounts) == 24
