"""A fault shows words and a reference, a refusal shows advice, and neither shows data or a
traceback.
"""

import logging

from streamlit.testing.v1 import AppTest


def run(body):
    at = AppTest.from_string("from ui.frame import cards\n" + body).run()
    assert not at.exception
    return at


def text(at):
    return "\n".join(element.value for element in (*at.markdown, *at.caption))


FAILING = """
@cards.guarded
def fail():
    raise ValueError("secret row 42")
fail()
import streamlit as st
st.markdown("the rest stays")
"""


def test_a_failure_shows_a_reference_and_the_rest_of_the_page(caplog):
    with caplog.at_level(logging.ERROR, logger="icp.ui"):
        said = text(run(FAILING))
    assert "reference" in said
    assert "the rest stays" in said
    assert "secret" not in said


def test_the_log_names_the_place_and_never_the_data(caplog):
    with caplog.at_level(logging.ERROR, logger="icp.ui"):
        run(FAILING)
    assert "ValueError at" in caplog.text
    assert "secret" not in caplog.text


def test_a_refusal_shows_message_and_advice():
    said = text(
        run("""
from icp_engine.problems import make_problem, InputRefused
cards.show_problems([make_problem("customers-none")])
""")
    )
    assert "No account counts as a customer" in said
    assert "check the roles" in said


def test_problems_are_ordered_by_gravity_and_notes_are_folded():
    at = run("""
from icp_engine.problems import make_problem
cards.show_problems([make_problem("role-unsure", column="x", found="y"), make_problem("customers-none")])
""")
    assert [expander.label for expander in at.expander] == ["For your information (1)"]
    assert text(at).index("To fix first") < text(at).index("was read as y")


def test_text_from_files_never_acts_as_markdown():
    said = text(
        run("""
from icp_engine.problems import make_problem
cards.show_problems([make_problem("file-empty", table="![x](http://e.example/i.png)")])
cards.show_title("[a](b)", "**bold**")
""")
    )
    assert "![x](" not in said
    assert "**bold**" not in said


def test_a_figure_carries_its_interval_and_denominator():
    metric = run("""
cards.show_figures([cards.Figure("Win rate", "63 %", interval="41–78 %", of="11 of 15 deals")])
""").metric[0]
    assert metric.delta == "41–78 % · 11 of 15 deals"


def test_a_verdict_names_its_level_in_words():
    at = run("""
from icp_engine.types import Verdict
cards.show_verdict(Verdict("too_little_data", "12 more lost deals are needed.", ("8 lost",)))
""")
    assert "too little data" in text(at)
    assert "12 more lost deals are needed" in text(at)


def test_open_points_are_counted_in_words():
    from icp_engine.problems import make_problem
    from ui.frame.cards import how_many

    problems = [make_problem("customers-none"), make_problem("role-unsure", column="x", found="y")]
    assert how_many(problems) == "1 point to fix first"
    assert how_many([]) == ""
