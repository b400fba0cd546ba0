"""Help texts that name a term of the app lead to how it is computed, and stay short."""

import ast
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]
NAMES = re.compile(
    r"\b(AUC|held out|cross-checked|value metrics?|value score|segments?|traits?|disqualifier|worst|"
    r"best customers?|win rates?|drawn at random|bands?|looks? at these deals|never change a score)\b",
    re.IGNORECASE,
)


def helps():
    """(file and line, the help as a syntax tree) of every `help=` of pages and their parts."""
    for file in sorted([*(PROJECT / "pages").glob("*.py"), *(PROJECT / "ui").rglob("*.py")]):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "help":
                yield f"{file.name}:{node.value.lineno}", node.value


HELPS = dict(helps())


def text_of(tree):
    """Literal text of an expression."""
    parts = (part.value for part in ast.walk(tree) if isinstance(part, ast.Constant))
    return "".join(part for part in parts if isinstance(part, str))


def leads_somewhere(tree):
    calls = {
        call.func.id
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
    }
    return bool(calls & {"explain", "linked", "link_to"})


@pytest.mark.parametrize("place", HELPS)
def test_a_help_that_names_a_term_leads_to_how_it_is_computed(place):
    assert leads_somewhere(HELPS[place]) or not NAMES.search(text_of(HELPS[place]))


@pytest.mark.parametrize("place", HELPS)
def test_a_help_is_two_sentences_at_most(place):
    assert len(re.findall(r"[.!?](?:\s|$)", text_of(HELPS[place]))) <= 2
