"""Imports go one way: app and pages, then ui, then the engine; inside the engine from right to left
of the picture.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BASE = ("__version__", "types", "wording", "problems", "threads", "settings", "stats")
ORDER = (
    "intake",
    "customers",
    "attributes",
    "segments",
    "traits",
    "rubric",
    "validation",
    "profile",
    "activate",
    "charts",
    "store",
    "share",
)
SIDE_BY_SIDE = {
    ("segments", "traits"),
    ("traits", "segments"),
    ("charts", "store"),
    ("store", "charts"),
    ("activate", "store"),
    ("store", "activate"),
}


def imported_modules(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def engine_files():
    return sorted((ROOT / "icp_engine").rglob("*.py"))


@pytest.mark.parametrize("path", engine_files(), ids=lambda p: str(p.relative_to(ROOT)))
def test_the_engine_knows_no_page_and_no_streamlit(path):
    tops = {name.split(".")[0] for name in imported_modules(path)}
    assert not tops & {"streamlit", "ui", "pages", "app"}


@pytest.mark.parametrize("stage", ORDER)
def test_a_stage_imports_only_stages_to_its_left(stage):
    allowed = {*BASE, *ORDER[: ORDER.index(stage) + 1]} | {
        right for left, right in SIDE_BY_SIDE if left == stage
    }
    for path in sorted((ROOT / "icp_engine" / stage).rglob("*.py")):
        for name in imported_modules(path):
            parts = name.split(".")
            # holdout's result is defined with validation; definitions may be shared, computations
            # may not
            if (
                parts[0] == "icp_engine"
                and len(parts) > 1
                and not (len(parts) > 2 and parts[2] == "model")
            ):
                assert parts[1] in allowed, f"{path.relative_to(ROOT)} imports {name}"


def test_pages_reach_the_engine_but_the_ui_never_imports_pages():
    for path in sorted((ROOT / "ui").rglob("*.py")):
        assert not {name for name in imported_modules(path) if name.split(".")[0] == "pages"}, path
