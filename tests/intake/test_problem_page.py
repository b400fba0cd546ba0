"""docs/problems.md says what the catalogue says."""

import importlib.util
from pathlib import Path

from icp_engine.problems import CATALOGUE

DOCS = Path(__file__).parents[2] / "docs"


def written():
    spec = importlib.util.spec_from_file_location("write_problems", DOCS / "write_problems.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.write_page()


def test_the_page_of_problems_is_current():
    assert (DOCS / "problems.md").read_text(encoding="utf-8") == written(), "run make docs"


def test_every_problem_has_an_entry_with_advice():
    page = written()
    assert all(f"(`{code}`)\n\n- Says: " in page for code in CATALOGUE)
