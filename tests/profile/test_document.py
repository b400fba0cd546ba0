"""The document's renderings: the same words everywhere, escaped for each target."""

import json
import re

import pytest

from icp_engine.profile.document import Profile, escape_markdown
from icp_engine.profile.model import Section, Statement, Table

HOSTILE = '<script>alert(1)</script> | *bold* _x_ `code` # [a](http://b) "q"\n- next'


def profile_of(text: str = "Plain.", table: Table | None = None, **changes: object) -> Profile:
    section = Section(
        "goals", "Goals", "What do they want?", (Statement(text, "data", text),), table, **changes
    )
    return Profile(
        text, "30 Sep 2026", "Made to: convert.", "Scope: all.", "weak", text, (section,)
    )


def test_html_shows_hostile_text_and_runs_none_of_it():
    html = profile_of(HOSTILE, Table((HOSTILE,), ((HOSTILE,),))).to_html()
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 7


def test_html_stands_alone():
    html = profile_of().to_html()
    assert not re.search(r"(?:src|href)=[\"'](?!#)", html)
    assert "default-src 'none'" in html
    assert "@media print" in html


def test_html_cannot_be_left_through_an_attribute():
    html = profile_of('" onmouseover="alert(1)').to_html()
    assert 'onmouseover="alert' not in html


def test_markdown_keeps_a_value_on_its_line_and_in_its_cell():
    markdown = profile_of(HOSTILE, Table(("Band",), (("a | b\nc",),))).to_markdown()
    assert "<script" not in markdown.replace("\\<script", "")
    row = [line for line in markdown.splitlines() if "a \\| b c" in line]
    assert row == ["| a \\| b c |"]


@pytest.mark.parametrize(
    "text",
    [
        "- item",
        "+ item",
        "# head",
        "> quote",
        "1. item",
        "10) item",
        "=====",
        "* item",
        "| a | b |",
        "```",
        "&copy;",
        "a\n- b",
        "  - c",
        "~~~",
    ],
)
def test_markdown_text_starts_no_block(text):
    assert not re.match(r"(?:[-+*#>|=`~&]|\d+[.)])", escape_markdown(text))


def test_markdown_leaves_plain_words_alone():
    assert escape_markdown("0.81") == "0.81"
    assert escape_markdown("Industry = FinTech: 41 of 96 best (38–49 %).") == (
        "Industry = FinTech: 41 of 96 best (38–49 %)."
    )


def test_markdown_tables_hang_together():
    markdown = profile_of(
        table=Table(("Band", "Won"), (("Green", "11"), ("Red", "2")))
    ).to_markdown()
    assert "| Band | Won |\n| --- | --- |\n| Green | 11 |\n| Red | 2 |\n" in markdown


def test_json_has_sorted_keys_and_the_same_words():
    text = profile_of(HOSTILE).to_json()
    content = json.loads(text)
    assert list(content) == sorted(content)
    assert content["sections"][0]["statements"][0]["text"] == HOSTILE
    assert profile_of(HOSTILE).to_json() == text


def test_a_section_a_person_rewrote_says_so_and_keeps_what_the_data_say():
    profile = profile_of("Mine.", edited=True, suggested=(Statement("Counted.", "data"),))
    assert "edited by a person" in profile.to_html()
    assert "Counted." in profile.to_html()
    assert "Edited by a person." in profile.to_markdown()


def test_a_section_is_found_by_its_key():
    assert profile_of().section("goals").title == "Goals"
    with pytest.raises(KeyError):
        profile_of().section("nothing")


def test_what_is_not_recorded_stands_in_one_list_at_the_end():
    ask = Statement("Not recorded: ask the boss.", "assumption", to_ask=True)
    proof = (Statement("Tested.", "data"), ask)
    sections = (Section("goals", "Goals", "", (ask,)), Section("proof", "Proof", "", proof))
    profile = Profile("ICP", "today", "", "", "weak", "", sections)
    html, markdown = profile.to_html(), profile.to_markdown()
    assert '<section id="goals">' not in html and '<section id="proof">' in html
    assert (
        html.index("Tested.")
        < html.index("Not in your files</h2>")
        < html.index("<b>Goals</b>: Ask the boss.")
    )
    assert "- **Goals**: Ask the boss.\n- **Proof**: Ask the boss.\n" in markdown
    assert "Not recorded" not in html + markdown


def test_a_document_that_lacks_nothing_has_no_such_list():
    assert "Not in your files" not in profile_of().to_html() + profile_of().to_markdown()
