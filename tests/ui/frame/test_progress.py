"""What takes long can be stopped: offered late, ends the page there, counts once, and one may go
on.
"""

import pytest
from streamlit.testing.v1 import AppTest

from ui.frame import progress

SCRIPT = """
import streamlit as st
from ui.frame.progress import begin_run, working

begin_run("pages/rubric.py")
with working("Counting") as report:
    report("Counting, 3 left", 0.5)
    st.markdown("counted")
"""
ASKED = f"{progress._name('Counting')}-1"


@pytest.fixture
def app():
    return AppTest.from_string(SCRIPT)


def said(at):
    assert not at.exception
    return [block.value for block in at.markdown]


def test_what_was_asked_to_stop_stops_until_one_goes_on(app):
    app.query_params[progress.STOP] = ASKED
    assert said(app.run()) == ["**Stopped:** Counting"]
    assert progress.STOP not in app.query_params
    assert said(app.button(key="go_on").click().run()) == ["counted"]


def test_an_address_stops_once(app):
    for shown in ("**Stopped:** Counting", "counted"):
        app.query_params[progress.STOP] = ASKED
        assert said(app.run()) == [shown]


def test_something_else_is_not_stopped(app):
    app.query_params[progress.STOP] = "another-1"
    assert said(app.run()) == ["counted"]


@pytest.mark.parametrize(("patience", "offers"), [(0.0, 1), (60.0, 0)])
def test_stopping_is_offered_once_it_takes_long(app, monkeypatch, patience, offers):
    offered = []
    monkeypatch.setattr(progress, "PATIENCE", patience)
    monkeypatch.setattr(progress, "_offer_stop", lambda place, name: offered.append(name))
    assert said(app.run()) == ["counted"] and len(offered) == offers
