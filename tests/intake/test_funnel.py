"""Leads, the deals won from them and what the winners brought: three tables, one funnel."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from icp_engine import Study

RNG = np.random.default_rng(4)
DATA = Path(__file__).parents[3] / "shared" / "data"
LEADS = pd.DataFrame(
    {
        "mql_id": [f"L{n}" for n in range(400)],
        "first_contact_date": pd.date_range("2024-01-01", periods=400, freq="12h").strftime(
            "%Y-%m-%d"
        ),
        "origin": RNG.choice(["ads", "mail", "event"], 400),
    }
)
WON = RNG.choice(400, 120, replace=False)
CLOSED = pd.DataFrame(
    {
        "mql_id": [f"L{n}" for n in WON],
        "seller_id": [f"S{n}" for n in WON],
        "won_date": pd.date_range("2024-08-01", periods=120).strftime("%Y-%m-%d"),
        "business_segment": RNG.choice(["pet", "home"], 120),
    }
)
REVENUE = pd.DataFrame(
    {
        "seller_id": [f"S{n}" for n in WON[:90]],
        "gross_revenue": RNG.gamma(2, 500, 90).round(2),
        "orders_count": range(90),
    }
)


def assert_funnel(study, won, revenue, only_winners):
    intake = study.intake
    assert intake.deals["won"].sum() == won and intake.deals["won"].notna().all()
    assert intake.accounts["gross_revenue"].notna().sum() >= revenue
    withheld = {column.attribute: column.code for column in study.attributes.withheld}
    assert all(withheld[name] in ("rarely-filled", "leak-filled") for name in only_winners)
    assert [attribute.name for attribute in study.attributes.attributes] == ["origin"]


def test_attributes_of_winners_only_are_withheld_and_revenue_reaches_the_lead():
    study = Study.open({"leads": LEADS, "closed": CLOSED, "performance": REVENUE})
    assert_funnel(study, 120, 90, ["business_segment"])
    join = next(join for join in study.intake.joins if join.table == "closed")
    assert (join.rows, join.named, join.matched, len(join.unmatched)) == (120, 120, 90, 30)


@pytest.mark.skipif(not DATA.is_dir(), reason="the public data sets are not on this machine")
def test_olists_three_tables_are_one_funnel():
    names = ("olist_closed_deals_dataset.csv", "olist_marketing_qualified_leads_dataset.csv")
    files = [DATA / "olist_funnel_clean" / name for name in names]
    study = Study.open(*files, DATA / "olist_seller_value" / "seller_performance_a.csv")
    only_winners = ["business_segment", "lead_type", "lead_behaviour_profile", "business_type"]
    assert_funnel(study, 842, 380, only_winners)
