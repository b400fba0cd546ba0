"""Workbooks to fill in by hand: the columns a profile uses, each explained, with example rows.

Comes in: the name of a table. Goes out: the bytes of an XLSX file. Separate because it is written,
never read here; a test reads it back and expects every role without a problem.
"""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class TemplateColumn:
    """One column: its header, what to enter, and a value for each of the example rows."""

    header: str
    about: str
    examples: tuple[Any, ...]


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


# Columns a profile uses, in the order in which people fill them in; the first is the key
TEMPLATES: dict[str, tuple[TemplateColumn, ...]] = {
    "accounts": (
        TemplateColumn(
            "Account ID",
            "A key of your own, the same in every file.",
            ("A-1", "A-2", "A-3", "A-4", "A-5"),
        ),
        TemplateColumn(
            "Account name",
            "The company's name.",
            ("Alder Labs", "Birch Retail", "Cedar Bank", "Dogwood Clinic", "Elm Freight"),
        ),
        TemplateColumn(
            "Domain",
            "Its web address; joins files that have no id.",
            ("alder.example", "birch.example", "cedar.example", "dogwood.example", "elm.example"),
        ),
        TemplateColumn(
            "Account type",
            "Customer, Prospect, Partner or Competitor.",
            ("Customer", "Customer", "Prospect", "Customer", "Prospect"),
        ),
        TemplateColumn(
            "Industry",
            "One word or two, always spelled alike.",
            ("Software", "Retail", "Finance", "Healthcare", "Logistics"),
        ),
        TemplateColumn(
            "Employees", "A number or a range such as 51-200.", (120, 2400, 860, 45, 310)
        ),
        TemplateColumn(
            "Country", "Name or two letters.", ("Germany", "France", "Germany", "Spain", "France")
        ),
        TemplateColumn(
            "Tech stack",
            "Several values are separated by ;",
            ("AWS;Salesforce", "SAP", "Azure;SAP", "AWS", "Azure;Salesforce"),
        ),
        TemplateColumn(
            "Customer since",
            "The day the first contract began; empty for prospects.",
            (_day("2022-03-14"), _day("2021-07-01"), None, _day("2024-01-10"), None),
        ),
        TemplateColumn(
            "ARR",
            "What the customer pays a year, in one currency.",
            (48000, 210000, None, 12500, None),
        ),
        TemplateColumn(
            "Churned",
            "Yes when the customer has left, else No; empty for prospects.",
            ("No", "No", None, "Yes", None),
        ),
        TemplateColumn(
            "Churn date", "The day it left.", (None, None, None, _day("2025-02-28"), None)
        ),
    ),
    "deals": (
        TemplateColumn("Deal ID", "A key of your own.", ("D-1", "D-2", "D-3", "D-4", "D-5")),
        TemplateColumn(
            "Account ID", "As in the accounts file.", ("A-1", "A-2", "A-3", "A-4", "A-5")
        ),
        TemplateColumn(
            "Deal stage",
            "Closed won, Closed lost, or the stage it is in.",
            ("Closed won", "Closed won", "Closed lost", "Closed won", "Proposal"),
        ),
        TemplateColumn(
            "Deal type",
            "New business, Renewal or Upsell.",
            ("New business", "New business", "New business", "New business", "New business"),
        ),
        TemplateColumn(
            "Amount", "The deal's value, in one currency.", (48000, 190000, 75000, 12500, 30000)
        ),
        TemplateColumn(
            "Created date",
            "The day the deal was opened.",
            (
                _day("2022-01-20"),
                _day("2021-03-02"),
                _day("2025-05-05"),
                _day("2023-11-15"),
                _day("2026-06-01"),
            ),
        ),
        TemplateColumn(
            "Close date",
            "The day it was won or lost; empty while open.",
            (_day("2022-03-14"), _day("2021-06-28"), _day("2025-08-21"), _day("2024-01-10"), None),
        ),
        TemplateColumn(
            "Lost reason", "Why it was lost, in a few words.", (None, None, "Price", None, None)
        ),
        TemplateColumn(
            "Lead source",
            "Where the deal came from.",
            ("Event", "Referral", "Outbound", "Website", "Referral"),
        ),
        TemplateColumn(
            "Pipeline", "If you have several.", ("Direct", "Direct", "Direct", "Partner", "Partner")
        ),
    ),
    "contacts": (
        TemplateColumn("Contact ID", "A key of your own.", ("C-1", "C-2", "C-3", "C-4", "C-5")),
        TemplateColumn(
            "Account ID", "As in the accounts file.", ("A-1", "A-1", "A-2", "A-3", "A-4")
        ),
        TemplateColumn(
            "Job title",
            "What the person does. Names are not needed.",
            (
                "CTO",
                "Head of Operations",
                "Chief Financial Officer",
                "IT Manager",
                "Practice Manager",
            ),
        ),
    ),
    "notes": (
        TemplateColumn(
            "Account ID",
            "As in the accounts file; empty when the team says it of everybody.",
            ("A-1", "A-2", "A-3", "A-4", "A-5"),
        ),
        TemplateColumn(
            "Date",
            "The day it was said.",
            (
                _day("2025-04-02"),
                _day("2025-05-12"),
                _day("2025-08-25"),
                _day("2025-03-03"),
                _day("2026-06-20"),
            ),
        ),
        TemplateColumn(
            "Source",
            "Interview, survey, loss review, …",
            ("Interview", "Interview", "Loss review", "Survey", "Interview"),
        ),
        TemplateColumn(
            "Note",
            "In the words it was said.",
            (
                "They wanted the reports that used to take two days.",
                "The rollout in the shops went faster than planned.",
                "Security review took longer than the budget year.",
                "Nobody had time to learn another tool.",
                "They compare us with doing nothing at all.",
            ),
        ),
    ),
}


def write_template(table: str) -> bytes:
    """The XLSX workbook to fill in for one of `TEMPLATES`: header with notes, grey example rows to
    write over.

    Raises KeyError for a table it does not know. Text is never taken for a formula or a link.
    """
    # loaded when asked for: start-up stays light
    import xlsxwriter

    columns = TEMPLATES[table]
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        sheet = workbook.add_worksheet(table.capitalize())
        head = workbook.add_format({"bold": True, "bottom": 1})
        example = {"font_color": "#6B7280", "italic": True}
        plain, day = (
            workbook.add_format(example),
            workbook.add_format({**example, "num_format": "yyyy-mm-dd"}),
        )
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.header, head)
            sheet.write_comment(0, place, _note(column, place))
            _write_examples(sheet, place, column, plain, day)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, 18)
    return buffer.getvalue()


def _note(column: TemplateColumn, place: int) -> str:
    return column.about + (" The grey rows are examples: write over them." if place == 0 else "")


def _write_examples(sheet: Any, place: int, column: TemplateColumn, plain: Any, day: Any) -> None:
    for row, value in enumerate(column.examples, 1):
        if isinstance(value, datetime.date):
            sheet.write_datetime(row, place, datetime.datetime.combine(value, datetime.time()), day)
        elif isinstance(value, int):
            sheet.write_number(row, place, value, plain)
        elif value is not None:
            sheet.write_string(row, place, value, plain)
