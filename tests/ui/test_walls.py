"""The rooms of ui: which there are, how large, and that imports go one way through them."""

from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.test_import_direction import imported_modules

ROOT = Path(__file__).parents[2]
UI = ROOT / "ui"
# A room imports itself and rooms to its left, nothing else.
ORDER = (
    "answers",
    "state",
    "frame",
    "home",
    "data",
    "best_customers",
    "segments",
    "anti_icp",
    "rubric",
    "validation",
    "activate",
    "sharing",
    "server",
    "main",
)
MOST_FILES = 14


def find_imports(path: Path) -> set[Path]:
    """The files of ui that a file imports, inside functions too."""
    files = [ROOT / f"{name.replace('.', '/')}.py" for name in imported_modules(path)]
    return {file for file in files if file.is_relative_to(UI) and file.exists()}


def room(path: Path) -> str:
    return path.relative_to(UI).parts[0].removesuffix(".py")


def modules():
    return [path for path in sorted(UI.rglob("*.py")) if path != UI / "__init__.py"]


def test_every_room_is_in_the_order_and_nothing_else_lies_about():
    rooms = {path.name for path in UI.iterdir() if path.name != "__pycache__"}
    assert rooms == {*ORDER[:-1], "main.py", "__init__.py", "look.css", "components"}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(UI)))
def test_a_room_imports_only_rooms_to_its_left(path):
    allowed = ORDER[: ORDER.index(room(path)) + 1]
    assert {room(other) for other in find_imports(path)} <= {*allowed}


def test_no_two_files_need_each_other():
    order = TopologicalSorter({path: find_imports(path) for path in modules()})
    assert len(list(order.static_order())) == len(modules())  # a circle raises


@pytest.mark.parametrize(
    "folder",
    sorted({path.parent for path in modules()}),
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_no_room_is_too_full(folder):
    assert len(list(folder.glob("*.py"))) <= MOST_FILES
