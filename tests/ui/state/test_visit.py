"""A guest gets the shared study, keeps changes for themselves, and can neither save, start nor
delete.
"""

from types import SimpleNamespace

import pandas as pd
import pytest

from icp_engine import Rubric
from icp_engine.settings import Settings
from icp_engine.store.studies import StudyStore
from ui.sharing import dialog
from ui.state import open_study, visit
from ui.state.visit_changes import KEPT_STEPS, MOST_GUESTS, GuestMemory, memory


@pytest.fixture
def window(monkeypatch, tmp_path):
    """A window without a browser: its cookies, address and session are plain dicts."""
    window = SimpleNamespace(
        context=SimpleNamespace(cookies={}, url="http://127.0.0.1:8501/x"),
        session_state={},
        query_params={},
    )
    window.store = StudyStore(tmp_path / "home")
    memory.cache_clear()
    for module in (visit, open_study):
        monkeypatch.setattr(module, "st", window)
    monkeypatch.setattr(open_study, "store", lambda: window.store)
    return window


@pytest.fixture
def saved(window):
    return window.store.create(
        {"accounts": pd.DataFrame({"account_id": ["a"]})}, Settings(title="shared")
    )


def become_guest(window, saved, **how):
    link, token = window.store.links.create(
        saved, "", page="rubric", name="", **{"scope": "what_if", **how}
    )
    window.context.cookies[visit.COOKIE] = token
    return link


def test_without_a_cookie_the_owner_looks(window, saved):
    window.query_params["study"] = saved.id
    assert open_study.visit() is None
    assert open_study.saved_study() == saved


def test_a_guest_gets_the_shared_study_whatever_the_address_asks(window, saved):
    become_guest(window, saved)
    other = window.store.create(
        {"accounts": pd.DataFrame({"account_id": ["b"]})}, Settings(title="other")
    )
    window.query_params["study"] = other.id
    found = open_study.saved_study()
    assert found.settings.title == "shared"
    assert saved.id not in (found.id, open_study.study_id())


def test_a_guest_sees_what_was_shared_not_what_came_later(window, saved):
    become_guest(window, saved)
    window.store.save(saved.id, Settings(title="later"), "renamed")
    assert open_study.saved_study().settings.title == "shared"


def test_a_guests_changes_are_undone_and_redone_and_never_saved(window, saved):
    become_guest(window, saved)
    open_study.change("Green from 70", green=70)
    open_study.change("Green from 75", green=75)
    assert (
        open_study.saved_study().settings.green,
        open_study.undo(),
        open_study.saved_study().settings.green,
    ) == (75, "Green from 75", 70)
    assert (open_study.redo(), open_study.saved_study().settings.green) == ("Green from 75", 75)
    assert window.store.load(saved.id) == saved


@pytest.mark.parametrize("names", [True, False])
def test_the_owners_scenarios_come_along_only_where_names_may(window, names):
    saved = window.store.create(
        {"accounts": pd.DataFrame({"account_id": ["a"]})},
        Settings(scenarios={"For Acme": Rubric()}, scenario="For Acme"),
    )
    become_guest(window, saved, names=names)
    assert list(open_study.saved_study().settings.scenarios) == ["For Acme"] * names
    open_study.change(
        "Scenario mine kept",
        scenarios={**open_study.saved_study().settings.scenarios, "Mine": Rubric()},
    )
    assert "Mine" in open_study.saved_study().settings.scenarios
    assert list(window.store.load(saved.id).settings.scenarios) == ["For Acme"]


def test_a_new_change_of_a_guest_drops_what_was_undone(window, saved):
    become_guest(window, saved)
    open_study.change("a", green=70)
    open_study.undo()
    open_study.change("b", green=71)
    assert (open_study.redo(), open_study.undo(), open_study.undo()) == ("", "b", "")


def test_a_guest_can_neither_start_nor_delete_a_study(window, saved):
    become_guest(window, saved)
    with pytest.raises(visit.GuestRefusedError):
        open_study.start_study({}, Settings())
    with pytest.raises(visit.GuestRefusedError):
        open_study.delete_study(saved.id)
    assert window.store.load(saved.id) == saved


def test_a_guest_cannot_share_on_nor_revoke(window, saved, monkeypatch):
    link = become_guest(window, saved)
    monkeypatch.setattr(dialog, "st", window)
    dialog.create_link(None, "rubric")
    dialog._revoke(saved.id, link.id)
    assert [known.id for known in window.store.links.live(saved.id)] == [link.id]


def test_a_revoked_link_shows_nothing_and_never_makes_an_owner(window, saved):
    link = become_guest(window, saved)
    assert open_study.saved_study() is not None
    window.store.links.revoke(saved.id, link.id)
    window.query_params["study"] = saved.id
    assert open_study.visit() == visit.Visit(None, None)
    assert open_study.saved_study() is None
    open_study.change("nothing", green=70)


def test_a_guests_session_stays_one_while_its_cookie_cannot_be_read(window, saved):
    become_guest(window, saved)
    assert open_study.visit() is not None
    window.context.cookies.clear()
    assert open_study.visit() is not None


@pytest.mark.parametrize("token", ["", "made up"])
def test_a_made_up_cookie_opens_nothing(window, saved, token):
    window.context.cookies[visit.COOKIE] = token
    window.query_params["study"] = saved.id
    found = open_study.visit()
    assert found is None if not token else found == visit.Visit(None, None)


def test_a_link_to_read_opens_no_study(window, saved):
    become_guest(window, saved, scope="view")
    assert open_study.saved_study() is None


def test_another_links_changes_are_not_carried_over(window, saved):
    become_guest(window, saved)
    open_study.change("a", green=70)
    become_guest(window, saved)
    assert open_study.saved_study().settings.green is None


def try_own_link(window, saved):
    """What the server leaves behind when an owner opens their own link: a cookie that counts with
    its address only.
    """
    link, token = window.store.links.create(saved, "", page="rubric", name="", scope="what_if")
    window.context.cookies[f"{visit.TAB_COOKIE}{link.id}"] = token
    return link


def test_an_owner_who_tries_their_link_is_a_guest_in_that_window_only(window, saved):
    link = try_own_link(window, saved)
    window.query_params["study"] = saved.id
    assert open_study.visit() is None
    window.query_params["visit"] = link.id
    assert open_study.visit().tab == link.id and open_study.study_id() == f"shared-{link.id}"
    window.query_params.pop("visit")  # as when a link to another page clears the address
    assert open_study.visit().tab == link.id


@pytest.mark.parametrize("asked", ["0123456789ab", "no id", "<script>", "A" * 5000])
def test_an_address_that_names_a_visit_opens_nothing_without_its_cookie(window, saved, asked):
    window.query_params.update(study=saved.id, visit=asked)
    found = open_study.visit()
    assert (found.link, found.frozen) == (None, None) and found.tab in ("", "0123456789ab")
    assert open_study.saved_study() is None


def test_a_guests_browser_stays_one_whatever_visit_the_address_names(window, saved):
    become_guest(window, saved)
    window.query_params["visit"] = try_own_link(window, saved).id
    assert open_study.visit().tab == ""


def test_a_reload_brings_a_guests_changes_back_to_this_browser_and_no_other(window, saved):
    become_guest(window, saved)
    window.context.cookies[visit.BROWSER] = "mine"
    open_study.change("Green from 70", green=70)
    open_study.change("Green from 75", green=75)
    open_study.undo()
    window.session_state.clear()
    assert (open_study.saved_study().settings.green, open_study.saved_study().redo) == (
        70,
        "Green from 75",
    )
    window.session_state.clear()
    window.context.cookies[visit.BROWSER] = "another's"
    assert open_study.saved_study().settings.green is None


def test_the_memory_of_guests_is_bounded():
    held, steps = GuestMemory(), tuple((str(step), Settings()) for step in range(50))
    for guest_ in range(MOST_GUESTS + 1):
        held.keep(str(guest_), steps, 30)
    kept, at = held.recall("1")
    assert held.recall("0") == ((), 0) and len(kept) == KEPT_STEPS and kept[at - 1][0] == "29"
    held.forget("1")
    assert held.recall("1") == ((), 0)


def test_a_window_notices_what_another_one_changed(window, saved):
    window.query_params["study"] = saved.id
    open_study.note_seen(saved)
    open_study.change("mine", green=70)
    assert not open_study.moved_elsewhere(open_study.saved_study())
    window.store.save(saved.id, Settings(green=75), "theirs")
    assert open_study.moved_elsewhere(open_study.saved_study())


@pytest.mark.parametrize(
    ("where", "local"),
    [
        ("http://127.0.0.1:8501", True),
        ("http://localhost:8501", True),
        ("http://[::1]:8501", True),
        ("https://icp.example", False),
        ("http://192.168.1.4:8501", False),
    ],
)
def test_only_this_machines_own_address_is_local(where, local):
    assert dialog.is_local(where) is local
