"""Whoever follows a page named in code, config or docs finds it: file, link, anchor and path."""

import ast
import io
import re
import tokenize

import pytest

from docs.write_catalogues import anchor_in_repository, headings
from icp_engine.charts.theme import BAND_COLOURS, GROUPS, NOISE, OUTCOMES, SEGMENTS
from tests.project_files import ROOT, project_files

PAGE = re.compile(r"(?<![\w./-])((?:\.\./)*[\w][\w./-]*\.md)\b(?!\.)(#[\w-]+)?")
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s#]*)(#[^)\s]+)?\)")
PATH = re.compile(
    r"`((?:icp_engine|ui|pages|tests|benchmarks|docs|sample_data|\.streamlit)/[\w./-]*)`"
)
WRITTEN_BY_US = {"icp.md"}  # a file that `icp define` writes, no page of ours


# named by recipes before the branches that make them are merged; delete a line once its file exists
def shown(path):
    return str(path.relative_to(ROOT))


PAGES = list(project_files(".md"))
SOURCES = [*project_files(".py", ".toml", ".css", ".js", ".jinja", ".yml"), ROOT / "Makefile"]
DECISION = re.compile(r"\bdecisions?[ /](\d{4})\b")


def naming(pattern, paths):
    """The files in which there is anything to follow."""
    return [path for path in paths if pattern.search(path.read_text(encoding="utf-8"))]


def said(path):
    """What a file says to its reader: comments, docstrings and paths into docs of Python, else all."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return text
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    comments = [token.string for token in tokens if token.type == tokenize.COMMENT]
    heads = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, heads)]
    heads_say = [ast.get_docstring(node) or "" for node in nodes]
    return "\n".join([*comments, *heads_say, *re.findall(r"docs/[\w./-]+\.md", text)])


def leads_nowhere(page, anchor, folders):
    """Why a citation cannot be followed; “” when it can."""
    found = next((folder / page for folder in folders if (folder / page).is_file()), None)
    if found is None:
        return f"{page}: no such page"
    there = {f"#{anchor_in_repository(title)}" for title in headings(found)}
    return f"{page}{anchor}: no such heading" if anchor and anchor not in there else ""


def lost(pattern, text, folders):
    found = (leads_nowhere(page, anchor, folders) for page, anchor in pattern.findall(text))
    return [why for why in found if why and why.partition(":")[0] not in WRITTEN_BY_US]


@pytest.mark.parametrize("path", naming(PAGE, SOURCES), ids=shown)
def test_a_page_named_in_code_or_config_exists(path):
    assert not lost(PAGE, said(path), [ROOT])


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_a_page_named_on_a_page_exists(path):
    prose = LINK.sub("", path.read_text(encoding="utf-8"))
    assert not lost(PAGE, prose, [ROOT, path.parent])


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_every_link_of_a_page_leads_to_a_file_and_a_heading(path):
    text = re.sub(r"`[^`]*`", "", path.read_text(encoding="utf-8"))
    for target, anchor in LINK.findall(text):
        place = (path.parent / target).resolve() if target else path
        assert place.exists(), f"{target}: no such file"
        if anchor and place.suffix == ".md":
            assert not leads_nowhere(place.name, anchor, [place.parent])


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_every_path_of_the_project_that_a_page_names_exists(path):
    named = set(PATH.findall(path.read_text(encoding="utf-8")))
    assert not [name for name in named if not (ROOT / name).exists()]


@pytest.mark.parametrize("path", naming(DECISION, [*SOURCES, *PAGES]), ids=shown)
def test_a_decision_that_is_named_by_its_number_exists(path):
    named = DECISION.findall(path.read_text(encoding="utf-8"))
    assert all(list((ROOT / "docs" / "decisions").glob(f"{number}-*.md")) for number in named)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("see LOOK.md, theme", ["LOOK.md: no such page"]),
        ("docs/look.md#no-such-place", ["docs/look.md#no-such-place: no such heading"]),
        ("docs/look.md#theme, primary", []),
    ],
)
def test_a_citation_that_leads_nowhere_is_found(text, why):
    assert lost(PAGE, text, [ROOT]) == why


def test_the_colours_of_the_look_are_those_of_the_theme():
    page = (ROOT / "docs" / "look.md").read_text(encoding="utf-8")
    table = page.partition("## Colours")[2].partition("## Theme")[0]
    meant = {*BAND_COLOURS.values(), *OUTCOMES.values(), *GROUPS.values(), *SEGMENTS[:5], NOISE}
    assert set(re.findall(r"#[0-9A-F]{6}", table)) == meant


@pytest.mark.parametrize(
    "place",
    ["ui/components/whatif/whatif.css", "icp_engine/profile/templates/profile.html.jinja"],
)
def test_what_cannot_import_the_bands_repeats_them(place):
    text = (ROOT / place).read_text(encoding="utf-8")
    assert all(BAND_COLOURS[band] in text for band in ("Green", "Yellow", "Red"))
