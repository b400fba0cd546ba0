"""The public data sets open to the right kinds, roles and joins (skipped where the data are not
present).
"""

from pathlib import Path

import pytest

from icp_engine.intake.build import understand
from icp_engine.intake.reading.read import read_sources
from icp_engine.settings import Settings

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the public data sets are not on this machine"
)


def opened(*patterns):
    paths = [path for pattern in patterns for path in sorted(DATA.glob(pattern))]
    raw, problems = read_sources(*paths)
    return understand(raw, Settings(), problems)


def test_salvirt_deals_alone():
    intake = opened("salvirt_b2b/*.csv")
    assert intake.deal_is_account and len(intake.deals) == 448 - 83
    assert intake.deals["won"].sum() == 173 and intake.deals["won"].notna().all()
    columns = {name: str(column.role) for name, column in intake.deal_columns.items()}
    assert columns["Client"] == columns["Deal_type"] == columns["Comp_size"] == "attribute"
    assert columns["Up_sale"] == "known_after"
    assert {"rows-duplicate", "deal-is-account"} <= {problem.code for problem in intake.problems}


def test_maven_accounts_and_pipeline():
    intake = opened("maven_crm/*.csv")
    assert (intake.kinds["accounts"], intake.kinds["sales_pipeline"], intake.kinds["products"]) == (
        "accounts",
        "deals",
        "unknown",
    )
    assert intake.deals["won"].value_counts().to_dict() == {True: 4238, False: 2473}
    named = intake.accounts["sector"].notna()
    assert (
        named.sum() == 85
        and intake.deals["account_id"].isin(intake.accounts.index[named]).sum() == 8800 - 1425
    )
    assert (
        intake.columns["revenue"].role == "attribute"
        and intake.columns["revenue"].role.kind == "firmographic"
    )


def test_ravenstack_five_tables():
    intake = opened("ravenstack/*.csv")
    assert sorted(intake.kinds.values()) == [
        "accounts",
        "churn",
        "subscriptions",
        "tickets",
        "usage",
    ]
    assert len(intake.accounts) == 500
    assert {"mrr", "ltv", "support_tickets", "satisfaction", "usage_count"} <= set(intake.columns)
    assert intake.columns["usage_count"].role == intake.columns["churn_flag"].role == "known_after"
    assert intake.accounts["churned"].notna().all() and 0 < intake.accounts["churned"].mean() < 0.5


def test_cdnow_transactions_alone():
    intake = opened("cdnow/CDNOW_master.txt")
    assert len(intake.accounts) == 23570 and intake.accounts["orders"].sum() == 69659
    assert intake.accounts["ltv"].sum() == pytest.approx(2500315.63, rel=1e-6)
    assert {str(intake.columns[name].role) for name in ("ltv", "aov", "repeat_rate")} == {
        "value_metric"
    }


@pytest.mark.parametrize("folder", ["olist_funnel", "olist_funnel_clean"])
def test_olist_leads_join_their_closed_deals(folder):
    intake = opened(f"{folder}/*.csv")
    assert len(intake.deals) == 8000 and intake.deals["won"].sum() == 842
    assert intake.deal_columns["origin"].role == "attribute"


def test_telco_customers():
    intake = opened("telco_cltv/*.xlsx")
    roles = intake.roles["Telco_customer_churn"]
    assert (roles["CustomerID"], roles["CLTV"], roles["Churn Value"]) == (
        "account_id",
        "value_metric",
        "churned",
    )
    assert roles["Churn Score"] == roles["Churn Reason"] == roles["Churn Label"] == "known_after"
    assert intake.unit == "person" and intake.accounts["churned"].sum() == 1869


def test_northwind_opens_although_broken():
    intake = opened("northwind_broken/*.csv")
    assert (
        intake.kinds == {"customers": "accounts", "orders": "orders"} and len(intake.accounts) == 91
    )
    # no cell of a row is shifted
    assert intake.raw["orders"]["shipCountry"].str.fullmatch(r"[A-Z][A-Za-z]+").all()


def test_glassdoor_describes_firms():
    intake = opened("glassdoor_firms/*.csv")
    assert intake.kinds == {"Uncleaned_DS_jobs": "accounts"}
    assert {"Size", "Revenue", "Industry", "Sector"} <= set(intake.columns)


KINDS = {
    "hubspot": {
        "company_data": "accounts",
        "contact_data": "contacts",
        "deal_data": "deals",
        "deal_stage_data": "unknown",
    },
    "salesforce": {
        "sf_account_data": "accounts",
        "sf_lead_data": "leads",
        "sf_opportunity_data": "deals",
    },
    "salesforce_mock": {"accounts": "accounts", "contacts": "contacts", "opportunities": "deals"},
    "dynamics_cloudlabs": {"accounts": "accounts", "opportunities": "deals"},
}


@pytest.mark.parametrize(("crm", "kinds"), KINDS.items())
def test_crm_headers_are_understood(crm, kinds):
    intake = opened(*(f"crm_headers/{crm}/{table}.csv" for table in kinds))
    assert {table: intake.kinds[table] for table in kinds} == kinds
    for table, kind in kinds.items():
        wanted = {
            "accounts": {"account_name"},
            "deals": {"deal_id"} if crm != "dynamics_cloudlabs" else {"amount"},
        }.get(kind, set())
        assert wanted <= set(intake.roles[table].values())
