"""Best customers: several metrics, ranked so that time is not merit."""

import numpy as np
import pandas as pd
import pytest

import icp_engine as icp
from icp_engine.customers.best import age_cohorts, group_size


def make_accounts(n: int, seed: int = 0, **columns) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    since = pd.Timestamp("2026-01-01") - pd.to_timedelta(rng.integers(30, 1600, n), unit="D")
    return pd.DataFrame(
        {
            "account_id": [f"a{i:04d}" for i in range(n)],
            "industry": rng.choice(["Retail", "Media", "FinTech"], n),
            "customer_since": since,
            "ltv": rng.lognormal(9, 1, n).round(),
            "nps": rng.integers(-100, 100, n),
            "churned": rng.choice(["yes", "no"], n, p=[0.15, 0.85]),
            **columns,
        }
    )


def open_study(accounts: pd.DataFrame, **settings):
    return icp.Study.open(
        {"accounts": accounts}, settings=icp.Settings(as_of="2026-09-30", **settings)
    )


@pytest.fixture(scope="module")
def study():
    return open_study(make_accounts(400))


def test_groups_are_disjoint_and_hold_every_judged_customer(study):
    best = study.best
    groups = [best.accounts, best.worst, best.rest]
    together = pd.Index(np.concatenate(groups))
    assert together.is_unique
    assert set(together) == set(best.scores.index)
    assert not set(together) & set(best.too_young)


def test_contributions_add_up_to_the_score(study):
    assert np.allclose(study.best.contributions.sum(axis=1), study.best.scores)
    assert study.best.scores.between(0, 1).all()


def test_a_churned_account_is_never_best_and_leads_the_worst(study):
    churned = study.accounts["churned"].fillna(False).astype(bool)
    assert not churned[study.best.accounts].any()
    assert churned[study.best.worst].mean() > 0.7


@pytest.mark.parametrize(("judged", "expected"), [(8, 2), (20, 6), (35, 10), (60, 12), (1000, 200)])
def test_the_best_are_a_fifth_at_least_ten_at_most_a_third(judged, expected):
    assert group_size(judged, 0.2, None, 10) == expected


def test_a_metric_that_grows_with_time_does_not_favour_old_customers():
    accounts = make_accounts(900, seed=4, nps=50)
    years = (pd.Timestamp("2026-09-30") - accounts["customer_since"]).dt.days / 365
    accounts["ltv"] = (years * np.random.default_rng(1).lognormal(8, 0.6, 900)).round()
    best = open_study(accounts).best
    age = years.set_axis(accounts["account_id"])
    assert abs(age[best.accounts].mean() - age[best.rest].mean()) < 0.25


def test_cohorts_hold_at_least_thirty_customers():
    since = pd.Series(pd.date_range("2020-01-01", periods=400, freq="5D"))
    assert age_cohorts(since).value_counts().min() >= 30
    assert age_cohorts(since.head(40)) is None


def test_a_pin_makes_best_and_an_exclusion_leaves_out(study):
    last = study.best.scores.drop(study.best.worst).idxmin()
    moved = study.replace(pins={last: "lighthouse"}, exclusions={study.best.accounts[0]: "ours"})
    assert last in moved.best.accounts
    assert study.best.accounts[0] not in moved.best.scores.index


def test_a_condition_is_kept_by_every_best_customer():
    condition = {"metric": "nps", "at_least": 40.0}
    study = open_study(make_accounts(400), conditions=(condition,))
    assert (study.accounts.loc[study.best.accounts, "nps"] >= 40).all()


def test_a_metric_of_weight_zero_plays_no_part(study):
    only = study.replace(metric_weights={"ltv": 1.0})
    assert [metric.name for metric in only.best.metrics] == ["ltv"]


def test_without_value_best_means_won_and_the_sentence_says_so():
    rng = np.random.default_rng(2)
    deals = pd.DataFrame(
        {
            "deal_id": [f"d{i}" for i in range(80)],
            "stage": rng.choice(["Won", "Lost"], 80),
            "size": rng.choice(["small", "large"], 80),
        }
    )
    best = icp.Study.open({"deals": deals}).best
    assert best.basis == "won"
    assert "“best” means" in best.sentence
    assert len(best.accounts) == (deals["stage"] == "Won").sum()


def test_the_sentence_names_metrics_by_weight_and_money_first(study):
    assert study.best.sentence.endswith("are your best, by ltv, nps.")
    satisfied = study.replace(metric_weights={"ltv": 1.0, "nps": 3.0})
    assert satisfied.best.sentence.endswith("are your best, by nps, ltv.")
    even = study.replace(metric_weights={"nps": 1.0, "ltv": 1.0})
    assert even.best.sentence.endswith("are your best, by ltv, nps.")


def test_weights_that_fit_no_metric_are_not_taken_for_missing_value(study):
    assert study.replace(metric_weights={"gone": 1.0}).best.sentence.startswith(
        "No value metric with weight"
    )


def test_contributions_add_up_where_values_are_missing():
    accounts = make_accounts(200)
    accounts.loc[::3, "nps"] = np.nan
    best = open_study(accounts).best
    assert (best.contributions["nps"] == 0).sum() > 40
    assert np.allclose(best.contributions.sum(axis=1), best.scores)
    assert not best.contributions.isna().any().any()


def test_too_few_known_metrics_leave_a_customer_unjudged():
    accounts = make_accounts(200)
    accounts.loc[:49, "ltv"] = np.nan
    best = open_study(accounts, metric_weights={"ltv": 3.0, "nps": 1.0}).best
    assert not set(accounts["account_id"][:50]) & set(best.scores.index)
    assert any("too few value metrics" in note for note in best.notes)


def test_held_out_accounts_do_not_move_the_ranks_of_the_others():
    accounts = make_accounts(300)
    won = pd.DataFrame(
        {
            "deal_id": [f"w{i}" for i in range(300)],
            "account_id": accounts["account_id"],
            "stage": "Won",
            "closed_date": accounts["customer_since"],
        }
    )
    lost = pd.DataFrame(
        {
            "deal_id": [f"l{i}" for i in range(300)],
            "account_id": [f"x{i}" for i in range(300)],
            "stage": "Lost",
            "closed_date": accounts["customer_since"],
        }
    )
    deals = pd.concat([won, lost])

    def scores_of(frame):
        study = icp.Study.open(
            {"accounts": frame, "deals": deals}, settings=icp.Settings(as_of="2026-09-30")
        )
        return study.holdout.accounts, study.best.scores

    held_out, before = scores_of(accounts)
    richer = accounts.assign(ltv=accounts["ltv"].where(~accounts["account_id"].isin(held_out), 1e9))
    assert accounts["account_id"].isin(held_out).any()
    assert scores_of(richer)[1].equals(before)
