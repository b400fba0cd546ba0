"""Imports go one way: app and pages, then ui, then the engine; inside the engine along one list."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ENGINE = ROOT / "icp_engine"
# A room imports itself and what stands before it, inside functions and for types too.
ORDER = (
    *("version", "one_thread", "types", "wording", "problems", "stats", "values", "rubric"),
    *("settings", "holdout", "intake", "customers", "facts"),
    *("attributes", "segments", "traits"),
    *("learning", "validation", "crossfit", "whatif", "results", "profile", "activate"),
    *("charts", "share", "store", "study", "inputs", "cli"),
)
# The two doors of a rubric: its public methods `score` and `with_weights` are made by these.
DOORS = {
    ("rubric/model.py", "rubric/scoring.py"),
    ("rubric/model.py", "rubric/weights.py"),
}
MOST_FILES = 20


def imported_modules(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def engine_files():
    return sorted(ENGINE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(ENGINE).parts[0].removesuffix(".py")


def find_imports(path: Path) -> set[Path]:
    """The files of the engine that a file imports; a package stands for its `__init__`."""
    found = set()
    for name in imported_modules(path):
        place = ROOT / name.replace(".", "/")
        for file in (place.with_suffix(".py"), place / "__init__.py"):
            if file.is_relative_to(ENGINE) and file.exists():
                found.add(file)
    return found - {path, ENGINE / "__init__.py"}


def name_of(path: Path) -> str:
    return path.relative_to(ENGINE).as_posix()


@pytest.mark.parametrize("path", engine_files(), ids=name_of)
def test_the_engine_knows_no_page_and_no_streamlit(path):
    tops = {name.split(".")[0] for name in imported_modules(path)}
    assert not tops & {"streamlit", "ui", "pages", "app"}


def test_every_room_has_its_place_in_the_order():
    assert {room(path) for path in engine_files()} - {"__init__"} == set(ORDER)


@pytest.mark.parametrize("path", engine_files(), ids=name_of)
def test_a_room_imports_only_what_stands_before_it(path):
    if path == ENGINE / "__init__.py":  # the package's own door: names only, loaded when used
        return
    allowed = {*ORDER[: ORDER.index(room(path)) + 1]}
    above = {name_of(other) for other in find_imports(path) if room(other) not in allowed}
    assert not above, f"{name_of(path)} imports {sorted(above)}"


def test_no_two_files_need_each_other_but_through_a_rubrics_two_doors():
    needs = {
        path: {
            other
            for other in find_imports(path)
            if (name_of(path), name_of(other)) not in DOORS and other.name != "__init__.py"
        }
        for path in engine_files()
    }
    try:
        list(TopologicalSorter(needs).static_order())
    except CycleError as circle:
        pytest.fail(" → ".join(name_of(path) for path in circle.args[1]))


def test_no_folder_is_too_full_to_read_at_a_glance():
    folders = {path.parent for path in engine_files()}
    full = {name_of(folder): len(list(folder.glob("*.py"))) for folder in folders}
    assert {name: files for name, files in full.items() if files > MOST_FILES} == {}


def test_pages_reach_the_engine_but_the_ui_never_imports_pages():
    for path in sorted((ROOT / "ui").rglob("*.py")):
        assert not {name for name in imported_modules(path) if name.split(".")[0] == "pages"}, path
