"""The methods page: every term leads to a place that exists, nothing runs, and nothing is loaded
from elsewhere.
"""

import re

import pytest

from icp_engine.share.markdown import anchor_of, render_markdown
from ui.answers.terms import TERMS, explain
from ui.server.methods_page import DOCS, ORDER, methods_page

ANCHORS = set(re.findall(r' id="([^"]+)"', methods_page()))


@pytest.mark.parametrize("term", TERMS)
def test_every_term_leads_to_a_place_that_exists_in_one_line(term):
    assert TERMS[term].anchor in ANCHORS
    assert len(TERMS[term].line) <= 120 and "\n" not in TERMS[term].line
    assert explain(term).endswith(f"(methods#{TERMS[term].anchor})")


def test_every_link_of_the_page_leads_to_a_place_in_it():
    targets = set(re.findall(r'href="([^"]*)"', methods_page()))
    assert targets and {target.removeprefix("#") for target in targets} <= ANCHORS


def test_no_anchor_stands_twice():
    every = re.findall(r' id="([^"]+)"', methods_page())
    assert len(every) == len(set(every))


def test_every_file_of_methods_is_served():
    assert {file.stem for file in (DOCS / "methods").glob("*.md")} == set(ORDER)


def test_the_page_runs_nothing_and_asks_nobody():
    page = methods_page()
    assert "<script" not in page and "http" not in page.replace("http-equiv", "")


def test_what_stands_in_the_text_is_escaped():
    shown = render_markdown(
        '# A <b>\n\n**On "x".** n < 5 & `a<b>` [*y*](other.md)\n\n| a | b |\n|--|--|\n| <i> | 2 |',
        "page",
        lambda target: f"#{target}",
    )
    assert '<h2 id="page">A &lt;b&gt;</h2>' in shown and "<code>a&lt;b&gt;</code>" in shown
    assert '<p id="page-on-x">' in shown and '<a href="#other.md"><i>y</i></a>' in shown
    assert "<td>&lt;i&gt;</td>" in shown


def test_an_anchor_is_the_file_and_the_words():
    assert anchor_of("validation", "Ranking: AUC") == "validation-ranking-auc"
