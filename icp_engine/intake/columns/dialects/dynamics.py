"""Microsoft Dynamics 365: display names; a deal is an opportunity with a “Topic”."""

from __future__ import annotations

from icp_engine.intake.columns.dialects.model import (
    ACCOUNTS,
    ANY_AMOUNTS,
    CONTACTS,
    DEALS,
    Dialect,
    Guide,
    Spelling,
)

GUIDE = Guide(
    "Dynamics",
    (
        "Sales Hub, Accounts, view “All Accounts”, not “My Active Accounts”; with Edit columns add the listed ones.",
        "Opportunities, view “All Opportunities”: the open view leaves out every deal that was won or lost.",
        "Edit columns, Related, “Account (Account)”: add “Account Number”; names alone join less well.",
        "Export to Excel, “Static Worksheet (All Pages)”; the hidden columns hold the ids, keep them.",
        "“Status” says won or lost, “Status Reason” why; a custom outcome field may come along.",
    ),
    (
        "(Do Not Modify) Account",
        "Account Name",
        "Account Number",
        "Website",
        "Relationship Type",
        "Industry",
        "Number of Employees",
        "Annual Revenue",
        "Address 1: Country/Region",
        "Created On",
    ),
    (
        "(Do Not Modify) Opportunity",
        "Topic",
        "Account",
        "Account Number (Account)",
        "Status",
        "Status Reason",
        "Actual Revenue",
        "Created On",
        "Actual Close Date",
    ),
    ("(Do Not Modify) Contact", "Job Title", "Company Name"),
)

DYNAMICS = Dialect(
    crm="Dynamics",
    headers=(
        Spelling("account_id", "(Do Not Modify) Account", score=0.907),
        Spelling("account_id", "Account Number (Account)", (*DEALS, *CONTACTS), 0.9),
        # as the Web API and Power Query name fields
        Spelling(
            "account_id", "_parentaccountid_value|_accountid_value|parentaccountid", DEALS, 0.93
        ),
        Spelling("account_id", "accountid", (*ACCOUNTS, *CONTACTS), 0.93),
        Spelling("deal_id", "opportunityid", DEALS, 0.94),
        Spelling("deal_name", "name", DEALS, 0.7),
        Spelling("won", "statecode", DEALS, 0.9),
        Spelling("amount", "actualvalue|estimatedvalue", DEALS, 0.93),
        Spelling("created_date", "createdon", DEALS, 0.93),
        Spelling("closed_date", "actualclosedate", DEALS, 0.95),
        Spelling("owner", "_ownerid_value|ownerid", (*ACCOUNTS, *DEALS, *CONTACTS), 0.93),
        Spelling(
            "account_name", "Potential Customer|Parent Customer|Account Name (Account)", score=0.923
        ),
        Spelling("account_type", "Relationship Type", (*ACCOUNTS, *CONTACTS), 0.895),
        Spelling("deal_id", "(Do Not Modify) Opportunity", DEALS, 0.943),
        Spelling("deal_name", "Topic", DEALS, 0.893),
        Spelling("currency", "Transaction Currency", ANY_AMOUNTS, 0.887),
        Spelling("amount", "Actual Revenue|Est. Revenue|Estimated Revenue", DEALS, 0.933),
        Spelling("created_date", "Created On", DEALS, 0.887),
        Spelling("closed_date", "Actual Close Date", DEALS, 0.941),
        Spelling("lost_reason", "Status Reason", DEALS, 0.9),
    ),
    around=(r"^address \d (?=[a-z])",),
    signs=(
        ("deals", r"^opportunityid$", 3),
        ("deals", r"^(estimated|actual)closedate$", 3),
        ("deals", r"^topic$", 2),
        ("deals", r"^potential customer$", 3),
        ("deals", r"^est revenue$", 2),
    ),
    system_fields=r"do not modify (row|modified)",
    guide=GUIDE,
)
