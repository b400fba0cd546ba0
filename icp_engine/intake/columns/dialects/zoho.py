"""Zoho CRM: headers much like Salesforce's, times instead of dates; a field that names another record is
followed by that record's id (“Account Name.id”)."""

from __future__ import annotations

from icp_engine.intake.columns.dialects.model import DEALS, Dialect, Guide, Spelling

GUIDE = Guide(
    "Zoho",
    (
        "Setup, Data Administration, Export: module “Accounts”, all fields or those listed, no criteria.",
        "The same for the module “Deals”: every pipeline and stage, closed ones too.",
        "Keep “Record Id” and “Account Name.id”; names alone join less well.",
        "More than 3,000 records arrive as a ZIP by e-mail; it can be read as it is.",
        "Leave junk and converted leads out of the deals; the module “Leads” is a file of its own.",
    ),
    (
        "Record Id",
        "Account Name",
        "Website",
        "Account Type",
        "Industry",
        "Employees",
        "Annual Revenue",
        "Billing Country",
        "Created Time",
    ),
    (
        "Record Id",
        "Deal Name",
        "Account Name.id",
        "Account Name",
        "Stage",
        "Type",
        "Amount",
        "Created Time",
        "Closing Date",
        "Lead Source",
        "Reason For Loss",
    ),
    ("Record Id", "Title", "Account Name.id"),
)

ZOHO = Dialect(
    crm="Zoho",
    headers=(
        Spelling("account_id", "Account Name.id", score=0.93),
        Spelling("created_date", "Created Time", DEALS, 0.889),
        Spelling("closed_date", "Closing Date", DEALS, 0.947),
        Spelling("lost_reason", "Reason For Loss", score=0.945),
    ),
    guide=GUIDE,
)
