"""What to export from which CRM: the view, the columns, the traps, as data.

Comes in: nothing. Goes out: `GUIDES`. Separate because the page and its tests read the same lists,
and a CRM that renames a column is one line here. Column names as they stand in exports of
2022–2026.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Guide:
    """How to export from one CRM: five lines, and the columns wanted of accounts and of deals as
    the CRM names them.
    """

    crm: str
    lines: tuple[str, ...]
    accounts: tuple[str, ...]
    deals: tuple[str, ...]
    contacts: tuple[str, ...]


GUIDES: tuple[Guide, ...] = (
    Guide(
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
    ),
    Guide(
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
    ),
    Guide(
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
    ),
)
