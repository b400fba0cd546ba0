"""The generated pages of docs say what the code says."""

import pytest

from docs.write_catalogues import DOCS, PAGES, setting_groups, write_checks, write_problems
from icp_engine.attributes.checks import TEXTS
from icp_engine.cli import make_parser
from icp_engine.problems import CATALOGUE
from icp_engine.settings import Condition, Filter, Settings
from icp_engine.validation.checks import RULES


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_current(name):
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run make docs"


def test_every_problem_has_an_entry_with_advice():
    page = write_problems()
    assert all(f"(`{code}`)\n\n- Says: " in page for code in CATALOGUE)


def test_every_check_of_both_catalogues_has_an_entry():
    page = write_checks()
    assert all(f"### {code}\n" in page for code in TEXTS)
    assert all(f"(`{rule.code}`)\n" in page for rule in RULES)


def test_every_setting_stands_in_exactly_one_group():
    listed = [name for names in setting_groups().values() for name in names]
    assert sorted(listed) == sorted(Settings.model_fields)


@pytest.mark.parametrize("model", [Settings, Filter, Condition])
def test_every_setting_says_its_unit_and_reason(model):
    assert not [name for name, field in model.model_fields.items() if not field.description]


def test_every_argument_of_the_command_line_is_explained():
    page = PAGES["cli.md"]()
    for command in ("define", "score", "validate", "app"):
        assert f"## icp {command}\n" in page
    assert "|  |\n" not in page and make_parser().prog == "icp"
