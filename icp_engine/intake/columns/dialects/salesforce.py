"""Salesforce: reports name labels, Data Loader and the API field names (“StageName”, “ICP_Tier__c”)."""

from __future__ import annotations

from icp_engine.intake.columns.dialects.model import (
    ACCOUNTS,
    ANY_AMOUNTS,
    DEALS,
    Dialect,
    Guide,
    Spelling,
)

GUIDE = Guide(
    "Salesforce",
    (
        "Reports, New Report, type “Accounts”: show “All accounts”, date range “All Time”, add the listed columns.",
        "A second report of type “Opportunities”: show “All opportunities”, status “Any”, “All Time”.",
        "Add “Account ID” and “Opportunity ID” to both; names alone join less well.",
        "Export each as “Details Only”, format CSV, encoding UTF-8; “Formatted Report” also works.",
        "With several currencies keep the column “Amount Currency” beside “Amount”; rates are asked for later.",
    ),
    (
        "Account ID",
        "Account Name",
        "Website",
        "Type",
        "Industry",
        "Employees",
        "Annual Revenue",
        "Billing Country",
        "Created Date",
    ),
    (
        "Opportunity ID",
        "Opportunity Name",
        "Account ID",
        "Account Name",
        "Stage",
        "Type",
        "Amount",
        "Created Date",
        "Close Date",
        "Lead Source",
        "Loss Reason",
    ),
    ("Contact ID", "Title", "Account ID"),
)

SALESFORCE = Dialect(
    crm="Salesforce",
    headers=(
        Spelling("account_id", "ConvertedAccountId", score=0.907),
        Spelling("deal_id", "Opportunity Record ID", DEALS, 0.947),
        Spelling("deal_type", "Opportunity Record Type", DEALS, 0.881),
        Spelling("currency", "Amount Currency", ANY_AMOUNTS, 0.897),
        Spelling("currency", "CurrencyIsoCode", ANY_AMOUNTS, 0.895),
        Spelling("won", "Is Won", DEALS, 0.951),
        Spelling("won", "IsConverted", DEALS, 0.945),
        Spelling("stage", "StageName", DEALS, 0.947),
        Spelling("amount", "Amount (converted)", DEALS, 0.897),
        Spelling("closed_date", "ConvertedDate", DEALS, 0.933),
        Spelling("lead_source", "Account Source", (*ACCOUNTS, *DEALS), 0.897),
        Spelling("existing_score", "pi__score__c|pi__grade__c", score=0.881),
    ),
    after=(r"(?<!_)_++c",),
    signs=(("deals", r"^(is )?converted$|^converted (date|opportunity id)$", 12),),
    system_fields=r"modstamp|is deleted|master record|record type id|jigsaw|geocode|lid linked in",
    user_fields=r"user role id|profile id|username|user type|locale sid key",
    stages={
        "won": "Closed Won|Closed/Won",
        "lost": "Closed Lost|Closed/Lost",
        "open": "Prospecting|Qualification|Needs Analysis|Value Proposition|Id. Decision Makers|Perception Analysis"
        "|Proposal/Price Quote|Negotiation/Review",
    },
    guide=GUIDE,
)
