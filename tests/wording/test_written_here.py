"""Numbers, shares and dates are written in `wording/` and nowhere else."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# reading digits means knowing every sign that people put between them
READERS = {Path("icp_engine/values/numbers.py")}
THIN_SIGNS = ("\u2009", "\u202f")


def written_elsewhere():
    """Every source file outside `wording/`."""
    files = (path for top in ("icp_engine", "ui", "pages") for path in (ROOT / top).rglob("*.py"))
    paths = (path.relative_to(ROOT) for path in files)
    return sorted(path for path in paths if path.parts[:2] != ("icp_engine", "wording"))


def grouped(tree):
    """The lines of f-strings whose format groups thousands, makes percentages or words dates."""
    specs = (
        (node.lineno, ast.unparse(node.format_spec))
        for node in ast.walk(tree)
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None
    )
    return [line for line, spec in specs if "," in spec or "%" in spec]


def thin_signs(tree):
    """The lines of texts that hold a thin space of their own."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and any(sign in node.value for sign in THIN_SIGNS)
    ]


@pytest.mark.parametrize("path", written_elsewhere(), ids=str)
def test_no_other_file_writes_a_number_a_share_or_a_date(path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert grouped(tree) == []
    assert path in READERS or thin_signs(tree) == []


@pytest.mark.parametrize(
    "source", ['f"{rows:,}"', 'f"{share:.0%}"', 'f"{day:%d %b}"', 'f"{x:,.{digits}f}"']
)
def test_formats_of_wording_are_recognised(source):
    assert grouped(ast.parse(source)) == [1]


@pytest.mark.parametrize("source", [r'"95\u202f%"', r'f"{x}\u2009×"', r'"\N{THIN SPACE}"'])
def test_thin_spaces_are_recognised_however_they_are_spelled(source):
    assert thin_signs(ast.parse(source)) == [1]


def test_the_space_that_breaks_stands_nowhere():
    texts = {
        path: path.read_text(encoding="utf-8")
        for path in (ROOT / "icp_engine/wording").glob("*.py")
    }
    assert [path for path, text in texts.items() if "u2009" in text or "\u2009" in text] == []
