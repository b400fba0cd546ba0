"""Worst customers: who left soonest first, then low value, low satisfaction, heavy support, long
cycles for little.
"""

import numpy as np
import pandas as pd

import icp_engine as icp


def frame(n: int = 300, seed: int = 0, **columns) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "account_id": [f"a{row:04d}" for row in range(n)],
            "customer_since": pd.Timestamp("2024-01-15"),
            "industry": rng.choice(["Retail", "Media"], n),
            "ltv": rng.lognormal(9, 1, n).round(),
            "nps": rng.integers(-100, 100, n),
            **columns,
        }
    )


def best_of(accounts: pd.DataFrame, deals: pd.DataFrame | None = None, **settings):
    tables = {"accounts": accounts} if deals is None else {"accounts": accounts, "deals": deals}
    return icp.Study.open(tables, settings=icp.Settings(as_of="2026-09-30", **settings)).best


def test_who_left_soonest_is_worst():
    days = np.where(np.arange(300) < 80, 30 + 5 * np.arange(300), np.nan)
    left = pd.Timestamp("2024-01-15") + pd.to_timedelta(days, unit="D")
    best = best_of(frame(churned=np.where(np.arange(300) < 80, "yes", "no"), churn_date=left))
    assert [f"a{row:04d}" for row in range(10)] == best.worst[:10].tolist()
    assert best.worst_basis.startswith("80 of 80 churned")


def test_without_churn_the_evidence_is_called_weaker():
    best = best_of(frame())
    assert "weaker evidence" in best.worst_basis
    assert "low satisfaction" in best.worst_basis


def test_heavy_support_makes_worst_only_where_the_value_does_not_pay_for_it():
    tickets = np.r_[np.full(60, 50.0), np.random.default_rng(1).integers(0, 10, 240)]
    low = np.full(30, 6500.0)
    ltv = np.r_[
        np.full(30, 90000.0), low, low, np.random.default_rng(2).lognormal(9, 0.3, 210).round()
    ]
    worst = best_of(frame(ltv=ltv, nps=50, **{"support tickets (12 months)": tickets})).worst
    rich, poor, quiet = (
        np.mean([f"a{row:04d}" in worst for row in range(start, start + 30)])
        for start in (0, 30, 60)
    )
    assert rich == 0
    assert poor > quiet + 0.5


def test_long_cycles_that_pay_off_are_not_held_against_a_customer():
    cycle = np.r_[np.full(60, 400.0), np.random.default_rng(1).integers(20, 90, 240)]
    ltv = np.r_[
        np.full(30, 90000.0),
        np.full(30, 3000.0),
        np.random.default_rng(2).lognormal(9, 0.3, 240).round(),
    ]
    worst = best_of(frame(ltv=ltv, nps=50, **{"sales cycle": cycle})).worst
    assert {f"a{row:04d}" for row in range(30, 60)} <= set(worst)
    assert not {f"a{row:04d}" for row in range(30)} & set(worst)


def test_a_small_set_does_not_claim_to_compare_ages():
    accounts = frame(n=30, churned=["yes", "no", "no"] * 10)
    assert best_of(accounts).worst_basis.startswith(
        "10 of 10 churned, those who left soonest first"
    )


def test_lost_deals_count_where_no_churn_is_recorded():
    accounts = frame(nps=50)
    rows = [
        (
            f"d{i}{k}",
            f"a{i:04d}",
            "Closed Lost" if k and i < 40 else "Closed Won",
            "New Business",
            "2023-06-01",
            f"2024-01-{1 + k:02d}",
        )
        for i in range(300)
        for k in range(3)
    ]
    deals = pd.DataFrame(
        rows, columns=["deal_id", "account_id", "stage", "deal_type", "created_date", "closed_date"]
    )
    best = best_of(accounts, deals, final=True)
    assert "deals lost to it" in best.worst_basis
    share = np.mean([int(name[1:]) < 40 for name in best.worst])
    assert share > 2 * 40 / 300


def test_best_and_worst_do_not_depend_on_the_order_of_rows():
    accounts = frame(nps=np.repeat([10, 20, 30], 100), ltv=np.tile([100.0, 200.0], 150))
    one, other = best_of(accounts), best_of(accounts.sample(frac=1, random_state=3))
    assert set(one.accounts) == set(other.accounts)
    assert set(one.worst) == set(other.worst)
