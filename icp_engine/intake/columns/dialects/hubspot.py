"""HubSpot: exports name the property's label, the API its internal name (“property_dealname”)."""

# ruff: noqa: E501 - one line of words reads best whole

from __future__ import annotations

from icp_engine.intake.columns.dialects.model import (
    ACCOUNTS,
    CONTACTS,
    DEALS,
    Dialect,
    Guide,
    Spelling,
)

GUIDE = Guide(
    "HubSpot",
    (
        "CRM, Companies, view “All companies”: choose Edit columns and add the columns listed for accounts.",
        "Export the view as CSV with the properties of the view; the file comes by e-mail.",
        "CRM, Deals, view “All deals”: all pipelines, not the board of one, with the columns listed for deals.",
        "In the deal export include the associated company, so that “Associated Company IDs” stands in the file.",
        "Leave every filter off: lost deals, old deals and companies without deals are what a profile learns from.",
    ),
    (
        "Record ID",
        "Company name",
        "Company Domain Name",
        "Industry",
        "Number of Employees",
        "Annual Revenue",
        "Country/Region",
        "Type",
        "Create Date",
    ),
    (
        "Record ID",
        "Deal Name",
        "Pipeline",
        "Deal Stage",
        "Deal Type",
        "Amount",
        "Create Date",
        "Close Date",
        "Closed Lost Reason",
        "Associated Company",
        "Associated Company IDs",
    ),
    ("Record ID", "Job Title", "Associated Company IDs"),
)

HUBSPOT = Dialect(
    crm="HubSpot",
    headers=(
        Spelling(
            "account_id",
            "Associated Company IDs|Associated Company ID|Primary Associated Company ID",
            score=0.957,
        ),
        Spelling(
            "account_id", "associations.companies|associations.companies.results", score=0.907
        ),
        Spelling("account_name", "Associated Company", score=0.923),
        Spelling("account_name", "Associated Companies", score=0.817),
        Spelling("domain", "Company Domain Name", score=0.899),
        Spelling("account_type", "Lifecycle Stage", (*ACCOUNTS, *CONTACTS), 0.895),
        Spelling("churned", "Lifecycle Stage", ACCOUNTS, 0.867),
        Spelling("stage", "deal_pipeline_stage_id", DEALS, 0.939),
        Spelling("stage", "Lifecycle Stage", DEALS, 0.927),
        Spelling("owner", "hubspot_owner_id", score=0.849),
        Spelling("pipeline", "deal_pipeline_id|pipeline_id", DEALS, 0.893),
        Spelling("won", "Is Closed Won", DEALS, 0.949),
        Spelling("amount", "Amount in company currency|Amount in home currency", DEALS, 0.933),
        Spelling("amount", "Total contract value (TCV)", DEALS, 0.931),
        Spelling("amount", "Annual contract value (ACV)", DEALS, 0.927),
        Spelling(
            "amount", "Annual recurring revenue (ARR)|Monthly recurring revenue (MRR)", DEALS, 0.901
        ),
        Spelling("lost_reason", "Closed Lost Reason", score=0.949),
        Spelling(
            "lead_source", "Original Source|Original Traffic Source", (*ACCOUNTS, *DEALS), 0.899
        ),
        Spelling("customer_since", "Became a Customer Date", ACCOUNTS, 0.881),
        Spelling("customer_since", "First Closed Won Date", ACCOUNTS, 0.849),
        Spelling("contact_job_title", "Buying Role", CONTACTS, 0.897),
        Spelling("existing_score", "Ideal Customer Profile Tier", score=0.885),
        Spelling("existing_score", "HubSpot Score|HubScore", score=0.881),
    ),
    before=(r"property_", r"properties\.", r"hs_"),
    signs=(
        ("deals", r"^dealname$", 2),
        ("accounts", r"^lifecycle stage$", 2),
        ("contacts", r"^buying role$|^persona$", 1),
    ),
    system_fields=r"portal id|merged object",
    stages={
        "won": "Closed Won|closedwon",
        "lost": "Closed Lost|closedlost",
        "open": "Appointment Scheduled|appointmentscheduled|Qualified to Buy|qualifiedtobuy|Presentation Scheduled|presentationscheduled"
        "|Decision Maker Bought-In|decisionmakerboughtin|Contract Sent|contractsent",
    },
    guide=GUIDE,
)
