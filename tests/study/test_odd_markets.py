"""Markets that no export should hold and some do: every result is there or refused, and nothing
else is raised.
"""

import numpy as np
import pandas as pd
import pytest

import icp_engine as icp

ROWS = 60
DRAW = np.random.default_rng(5)
ACCOUNTS = pd.DataFrame(
    {
        "account_id": [f"a{n}" for n in range(ROWS)],
        "industry": DRAW.choice(["Retail", "Media", "Energy"], ROWS),
        "employees": DRAW.choice(["1-10", "11-50", "51-200"], ROWS),
        "ltv": DRAW.integers(100, 9000, ROWS),
        "customer_since": "2022-03-01",
        "churned": DRAW.choice(["yes", "no"], ROWS),
        "churn_date": "",
    }
)
DEALS = pd.DataFrame(
    {
        "deal_id": [f"d{n}" for n in range(2 * ROWS)],
        "account_id": [f"a{n % ROWS}" for n in range(2 * ROWS)],
        "stage": DRAW.choice(["Closed Won", "Closed Lost"], 2 * ROWS),
        "amount": DRAW.integers(100, 9000, 2 * ROWS),
        "close_date": pd.date_range("2023-01-01", periods=2 * ROWS).strftime("%Y-%m-%d"),
    }
)
STAGES = ("best", "segments", "traits", "rubric", "scores", "validation", "ceiling")
MARKETS = {
    "every deal lost": {"accounts": ACCOUNTS, "deals": DEALS.assign(stage="Closed Lost")},
    "every deal won, alone": {"deals": DEALS.assign(stage="Closed Won")},
    "every deal open": {"accounts": ACCOUNTS, "deals": DEALS.assign(stage="Proposal")},
    "one account for all deals": {"accounts": ACCOUNTS.iloc[:1], "deals": DEALS},
    "amounts beyond sense": {
        "accounts": ACCOUNTS.assign(ltv=["-1e308", "1e308"] * 30),
        "deals": DEALS.assign(amount="1e308"),
    },
    "dates before calendars": {
        "accounts": ACCOUNTS.assign(customer_since="0999-01-01"),
        "deals": DEALS.assign(close_date="1850-01-01"),
    },
    "an attribute nobody with a deal has": {
        "accounts": ACCOUNTS.assign(crm=["x", "y"] * 10 + [""] * 40),
        "deals": DEALS.assign(account_id=[f"a{20 + n % 40}" for n in range(120)]),
    },
}


@pytest.mark.parametrize("name", MARKETS)
def test_every_stage_gives_its_result_or_refuses(name):
    study = icp.Study.open(MARKETS[name], settings=icp.Settings(resamples=5))
    for stage in STAGES:
        try:
            getattr(study, stage)
        except icp.InputRefused as refused:
            assert refused.problems
    assert study.profile.to_html().startswith("<!")


def test_columns_without_a_value_keep_the_type_of_their_role():
    study = icp.Study.open({"accounts": ACCOUNTS.iloc[:1], "deals": DEALS})
    dates = study.intake.accounts[["customer_since", "churn_date"]]
    assert all(pd.api.types.is_datetime64_any_dtype(dates[name]) for name in dates)


def test_a_hundred_attributes_in_two_tables_are_put_together():
    names = [f"attribute_{n}" for n in range(102)]
    wide = pd.DataFrame(DRAW.choice(["p", "q", "r"], (ROWS, len(names))), columns=names)
    half = pd.concat([ACCOUNTS, wide.iloc[:, :5]], axis=1).iloc[:30]
    study = icp.Study.open(
        {"accounts": half, "more": pd.concat([ACCOUNTS["account_id"], wide], axis=1)}
    )
    assert study.intake.accounts.shape[0] == ROWS and set(names) <= set(study.intake.accounts)
