"""What a page says can be said anywhere: no Streamlit behind it, however deep one follows imports."""

from pathlib import Path

import pytest

from tests.test_import_direction import imported_modules
from tests.ui.test_walls import ROOT, find_imports

ANSWERS = sorted((ROOT / "ui" / "answers").rglob("*.py"))


def reached(path: Path, seen: set[Path]) -> set[Path]:
    """The file and every file of ui that importing it loads."""
    if path not in seen:
        seen.add(path)
        for other in find_imports(path):
            reached(other, seen)
    return seen


def imports_streamlit(path: Path) -> bool:
    return "streamlit" in {name.split(".")[0] for name in imported_modules(path)}


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_an_answer_loads_no_streamlit(path):
    assert [
        str(one.relative_to(ROOT)) for one in reached(path, set()) if imports_streamlit(one)
    ] == []


def test_a_widget_would_be_found():
    assert imports_streamlit(ROOT / "ui" / "frame" / "cards.py")
    assert ROOT / "ui" / "state" / "open_study.py" in reached(ROOT / "ui" / "main.py", set())
