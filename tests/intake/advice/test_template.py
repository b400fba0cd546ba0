"""The template, filled in as its examples are, reads back with every role right and without a
problem.
"""

import io
import zipfile

import pandas as pd
import pytest

from icp_engine import Study
from icp_engine.intake.advice.template import TEMPLATES, write_template
from icp_engine.intake.columns.dialects import GUIDES

EXPECTED = {
    "accounts": [
        "account_id",
        "account_name",
        "domain",
        "account_type",
        "attribute",
        "attribute",
        "attribute",
        "attribute",
        "customer_since",
        "value_metric",
        "churned",
        "churn_date",
    ],
    "deals": [
        "deal_id",
        "account_id",
        "stage",
        "deal_type",
        "amount",
        "created_date",
        "closed_date",
        "lost_reason",
        "lead_source",
        "pipeline",
    ],
}


class Named(io.BytesIO):
    name = ""


def workbook(table):
    file = Named(write_template(table))
    file.name = f"{table}.xlsx"
    return file


@pytest.fixture(scope="module")
def study():
    return Study.open(*(workbook(table) for table in TEMPLATES))


@pytest.mark.parametrize("table", EXPECTED)
def test_every_column_is_taken_for_what_it_is(study, table):
    assert [str(role) for role in study.roles[table].values()] == EXPECTED[table]


def test_it_reads_back_without_a_problem(study):
    assert [problem.code for problem in study.problems] == []
    assert study.intake.kinds == {
        "accounts": "accounts",
        "deals": "deals",
        "contacts": "contacts",
        "notes": "notes",
    }


def test_the_files_join(study):
    assert len(study.intake.accounts) == 5
    assert study.intake.deals["account_id"].tolist() == ["A-1", "A-2", "A-3", "A-4", "A-5"]
    assert study.intake.contacts["job_title"].notna().sum() == 5


def test_nothing_in_it_is_a_formula_and_every_header_is_explained():
    with zipfile.ZipFile(io.BytesIO(write_template("accounts"))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        notes = archive.read("xl/comments1.xml").decode()
    assert "<f>" not in sheet
    assert all(column.about.split(".")[0] in notes for column in TEMPLATES["accounts"])


def test_every_template_has_five_rows_of_examples():
    assert {len(column.examples) for columns in TEMPLATES.values() for column in columns} == {5}


ROWS = 60
VALUES = (  # (a word of the header, values such a column holds)
    ("currency", ["EUR"] * ROWS),
    ("reason", ["", "Price", ""] * 20),
    ("status", ["won", "lost", "open"] * 20),
    ("won time", ["2025-05-05", "", ""] * 20),
    ("lost time", ["", "2025-06-05", ""] * 20),
    ("stage", ["Closed Won", "Closed Lost", "Proposal"] * 20),
    ("creat", [f"2025-{1 + i % 4:02d}-02" for i in range(ROWS)]),
    ("date", ["2025-05-09", "2025-06-08", ""] * 20),
    ("amount", [str(100 + i) for i in range(ROWS)]),
    ("value", [str(100 + i) for i in range(ROWS)]),
    ("actual revenue", [str(100 + i) for i in range(ROWS)]),
    ("pipeline", ["New", "Old"] * 30),
    ("type", ["New Business", "Renewal"] * 30),
    ("source", ["Event", "Web"] * 30),
    ("organization", [f"Firm {i}" for i in range(ROWS)]),
    ("", [f"x{i}" for i in range(ROWS)]),
)


def export(headers):
    def values(header):
        return next(values for word, values in VALUES if word in header.lower())

    return pd.DataFrame({header: values(header) for header in headers})


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.crm)
def test_the_columns_a_guide_names_are_all_a_profile_of_deals_needs(guide):
    study = Study.open({"deals": export(guide.deals)})
    roles = {str(role) for role in study.roles["deals"].values()}
    assert {
        "deal_id",
        "account_id",
        "amount",
        "created_date",
        "closed_date",
        "lost_reason",
    } <= roles
    assert study.intake.deals["won"].value_counts().to_dict() == {True: 20, False: 20}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.crm)
def test_a_guide_is_five_lines(guide):
    assert len(guide.lines) == 5
    assert all(len(line) <= 130 for line in guide.lines)
