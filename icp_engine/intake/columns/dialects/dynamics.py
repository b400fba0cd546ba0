"""Microsoft Dynamics 365: display names; a deal is an opportunity with a “Topic”. Nobody has written down how to export."""

# ruff: noqa: E501 - one line of words reads best whole

from __future__ import annotations

from icp_engine.intake.columns.dialects.model import (
    ACCOUNTS,
    ANY_AMOUNTS,
    CONTACTS,
    DEALS,
    Dialect,
    Spelling,
)

DYNAMICS = Dialect(
    crm="Dynamics",
    headers=(
        Spelling("account_id", "(Do Not Modify) Account", score=0.907),
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
)
