"""CRM dialects: what each file says is read so, and nothing of a CRM stands elsewhere."""

import ast
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest

from icp_engine.intake.columns.column_types import infer_rule
from icp_engine.intake.columns.dialects import DIALECTS
from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.outcomes import read_outcome, says_deleted
from icp_engine.intake.columns.role import ROLES, TableKind
from icp_engine.intake.columns.roles import infer_roles
from tests.intake.crm_headers import values_of

INTAKE = Path(__file__).parents[4] / "icp_engine" / "intake"
HEADERS = [
    (header, spelling.role, kind)
    for crm in DIALECTS
    for spelling in crm.headers
    for header in spelling.headers.split("|")
    for kind in spelling.kinds or ("deals",)
]


@pytest.mark.parametrize("crm", DIALECTS, ids=lambda crm: crm.crm)
def test_a_dialect_speaks_of_roles_and_kinds_that_exist(crm):
    assert {spelling.role for spelling in crm.headers} <= set(ROLES)
    assert {kind for kind, _, _ in crm.signs} <= set(get_args(TableKind))
    assert set(crm.stages) <= {"won", "lost", "open", "deleted"}


@pytest.mark.parametrize(("header", "role", "kind"), HEADERS)
def test_a_header_only_one_crm_writes_is_read_as_it_means_it(header, role, kind):
    values = {
        "churned": ["Churned", "Active"] * 20,
        "stage": ["Prospecting", "Closed Won", "Closed Lost", "Open"] * 10,
        "account_type": ["Customer", "Prospect"] * 20,
    }.get(role, values_of("", role))
    rules = {header: infer_rule(pd.Series(values), header)[0]}
    assert infer_roles(pd.DataFrame({header: values}), rules, kind)[header] == role


@pytest.mark.parametrize("crm", DIALECTS, ids=lambda crm: crm.crm)
def test_the_stages_a_crm_comes_with_are_won_lost_open_or_deleted(crm):
    for meaning, stages in crm.stages.items():
        said = pd.Series(stages.split("|"))
        won = read_outcome(pd.concat([said, said.str.upper()]))
        assert won.isna().all() == (meaning not in ("won", "lost"))
        assert (won == (meaning == "won")).fillna(True).all()
        assert says_deleted(said).all() == (meaning == "deleted")


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("property_hs_analytics_source", "analytics source"),
        ("properties.amount", "amount"),
        ("ICP_Tier__c", "icp tier"),
        ("Address 1: City", "city"),
        ("Organization - Country of Address", "country"),
    ],
)
def test_what_a_crm_writes_around_a_name_is_no_part_of_it(header, words):
    assert split_header(header)[1] == words


def test_no_other_file_of_intake_names_a_crm():
    names = ("hubspot", "salesforce", "pipedrive", "zoho crm", "dynamics")
    examples = {"template.py", "shared_domains.py"}  # of tools a company uses, of mail providers
    for path in INTAKE.rglob("*.py"):
        if "dialects" in path.parts or path.name in examples:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef))
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        texts = [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in told
        ]
        assert not [text for text in texts if any(name in text.lower() for name in names)], path


NEW_DIALECT = """
import icp_engine.intake.columns.dialects as dialects
from icp_engine.intake.columns.dialects.model import DEALS, Dialect, Spelling

dialects.DIALECTS = (*dialects.DIALECTS, Dialect(
    crm="Harbour", headers=(Spelling("amount", "Cargo worth", DEALS),), before=("hb::",),
    signs=(("deals", "^berth no$", 9),), system_fields="tide mark",
    stages={"won": "Moored", "lost": "Adrift"}))

import pandas as pd
from icp_engine.intake.columns.understand import understand_tables
from icp_engine.intake.joining.deals import read_won
from icp_engine.settings import Settings

frame = pd.DataFrame({"hb::Berth no": range(8), "hb::Cargo worth": [1.5] * 8,
    "hb::Tide mark": ["a", "b"] * 4, "hb::Stage": ["Moored", "Adrift"] * 4}).astype(str)
table = understand_tables({"t": frame}, Settings())[0]["t"]
print(table.kind, *table.roles.values(), *read_won(table)[:2])
"""


def test_a_new_dialect_is_one_file_and_its_name_in_the_list():
    said = subprocess.run(
        [sys.executable, "-c", NEW_DIALECT],
        capture_output=True,
        text=True,
        check=True,
        cwd=INTAKE.parents[1],
        timeout=120,
    )
    assert said.stdout.split()[0] == "deals"
    assert said.stdout.split()[2:] == ["amount", "ignore", "stage", "True", "False"]
