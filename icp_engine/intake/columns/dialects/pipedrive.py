"""Pipedrive: every header names its object first (“Deal - Won time”), the status says won or lost."""

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
    "Pipedrive",
    (
        "Deals, list view: filter “All deals” (open, won, lost), all pipelines; the default shows open ones only.",
        "Choose the listed columns with the gear at the right; “Status” says won or lost, the stage does not.",
        "The three dots, Export filter results, CSV. Deleted deals stay out.",
        "Organizations, list view: the same, with the columns listed for accounts.",
        "Keep “Organization ID” in both files; a name that was changed would no longer join.",
    ),
    (
        "Organization - ID",
        "Organization - Name",
        "Organization - Website",
        "Organization - Industry",
        "Organization - Number of employees",
        "Organization - Annual revenue",
        "Organization - Country of Address",
        "Organization - Label",
    ),
    (
        "Deal - ID",
        "Deal - Title",
        "Deal - Organization",
        "Deal - Organization ID",
        "Deal - Pipeline",
        "Deal - Stage",
        "Deal - Status",
        "Deal - Value",
        "Deal - Currency of Value",
        "Deal - Deal created",
        "Deal - Won time",
        "Deal - Lost time",
        "Deal - Lost reason",
    ),
    ("Person - ID", "Person - Job title", "Person - Organization ID"),
)

PIPEDRIVE = Dialect(
    crm="Pipedrive",
    headers=(
        Spelling("account_id", "org_id.value", score=0.907),
        Spelling("account_id", "System ID|Pipedrive System ID", ACCOUNTS, 0.897),
        Spelling("account_name", "org_id.name|org_name", score=0.923),
        Spelling("owner", "user_id.name|owner_id.name", score=0.845),
        Spelling("deal_id", "System ID", DEALS, 0.945),
        Spelling("currency", "Deal - Currency of Value", ANY_AMOUNTS, 0.895),
        Spelling("stage", "Deal - Stage (pipeline)", DEALS, 0.939),
        Spelling("created_date", "Deal - Deal created", DEALS, 0.897),
        Spelling("created_date", "add_time", DEALS, 0.851),
        Spelling("closed_date", "Deal - Deal closed on", DEALS, 0.945),
        Spelling("closed_date", "close_time|Deal - Won time|Deal - Lost time", DEALS, 0.923),
        Spelling(
            "lead_source", "Deal - Source origin|Deal - Source channel", (*ACCOUNTS, *DEALS), 0.887
        ),
    ),
    around=(r"(?<=[a-z]) of address$",),
    record_keys=("system id", "pipedrive system id"),
    system_fields=r"visible to",
    stages={
        "won": "won",
        "lost": "lost",
        "open": "open|Qualified|Contact Made|Demo Scheduled|Proposal Made|Negotiations Started",
        "deleted": "deleted",
    },
    guide=GUIDE,
)
