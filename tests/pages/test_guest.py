"""A guest scores and keeps scenarios for themselves; nobody's customers are told, nothing of the
study changes.
"""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from icp_engine.store.studies import StudyStore
from ui.activate.score_list import HELD
from ui.state import open_study, visit

MAIN = Path(__file__).resolve().parents[2] / "ui" / "main.py"
LIST = "Company,Sector,Headcount\nVale Ltd,FinTech,320\nNord AS,healthcare,51-200\n"


@pytest.fixture
def open_as_guest(fresh_sample, home_folder, monkeypatch):
    """A page of the sample as a guest sees it, at one of its tabs. names: whether the link shows
    account names.
    """

    def open_page(key, tab, *, names):
        store = StudyStore(home_folder)
        saved = store.load(fresh_sample)
        _link, token = store.links.create(
            saved, "", page="rubric", name="", scope="what_if", names=names
        )
        monkeypatch.setattr(open_study, "visit", lambda: visit.Visit(*store.links.find(token)))
        at = AppTest.from_file(str(MAIN), default_timeout=120)
        at._page_hash = calc_hash(key)
        at.session_state[f"tabs_guest_{key}"] = tab
        at.run()
        assert not at.exception
        return at

    return open_page


@pytest.mark.parametrize("names", [True, False])
def test_a_guests_list_tells_who_is_a_customer_only_where_names_are_shown(
    open_as_guest, words, names
):
    at = open_as_guest("activate", "Score a list", names=names)
    at.file_uploader(key="list_file").upload("prospects.csv", LIST.encode(), "text/csv").run()
    assert not at.exception and "2 rows" in words(at)
    held = at.session_state[HELD]
    assert ("Existing customer" in held.scored.frame) is names
    assert any(metric.label == "Customers already" for metric in at.metric) is names


def test_a_guests_scenario_stays_in_the_guests_window(open_as_guest, fresh_sample, home_folder):
    at = open_as_guest("rubric", "Scenarios", names=False)
    at.text_input(key="scenario_name").input("Mine").run()
    at.button(key="scenario_keep").click().run()
    assert not at.exception
    assert (
        at.selectbox(key="scenario_open").options == ["Mine"] and "scenario" not in at.query_params
    )
    assert StudyStore(home_folder).load(fresh_sample).settings.scenarios == {}


def test_a_closed_link_says_so_on_every_page_it_had(open_as_guest, words, monkeypatch):
    at = open_as_guest("rubric", "Scenarios", names=False)
    monkeypatch.setattr(open_study, "visit", lambda: visit.Visit(None, None))
    at.run()
    assert not at.exception and at.title[0].value == "This link is not open"
