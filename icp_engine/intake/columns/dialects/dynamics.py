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
        ("deals", r"^topic$", 2),
        ("deals", r"^potential customer$", 3),
        ("deals", r"^est revenue$", 2),
    ),
    system_fields=r"do not modify (row|modified)",
)
