"""Zoho CRM: headers much like Salesforce's, times instead of dates. Nobody has written down how to export."""

from __future__ import annotations

from icp_engine.intake.columns.dialects.model import DEALS, Dialect, Spelling

ZOHO = Dialect(
    crm="Zoho",
    headers=(
        Spelling("created_date", "Created Time", DEALS, 0.889),
        Spelling("closed_date", "Closing Date", DEALS, 0.947),
        Spelling("lost_reason", "Reason For Loss", score=0.945),
    ),
)
