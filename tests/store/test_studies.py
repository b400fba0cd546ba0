"""A saved study comes back equal, its history moves both ways, and deleting leaves nothing behind."""

import datetime
import json
import threading

import pandas as pd
import pytest
from sqlalchemy.orm import Session

from icp_engine.problems import make_problem
from icp_engine.settings import Settings
from icp_engine.store.model import StepRow
from icp_engine.store.studies import STEPS_KEPT, StudyStore


@pytest.fixture
def store(tmp_path):
    return StudyStore(tmp_path / "home")


def accounts():
    return pd.DataFrame({"account_id": ["a", "b"], "ltv": [1.5, 2.5]}, index=[2, 3])


def test_tables_settings_and_problems_come_back(store):
    problem = make_problem("file-empty", table="notes", rows=[3, 4])
    saved = store.create({"accounts": accounts()}, Settings(title="A"), [problem])
    again = StudyStore(store.home).load(saved.id)
    assert again == saved
    assert again.problems == (problem,)
    pd.testing.assert_frame_equal(store.tables(again)["accounts"], accounts())


def test_a_column_of_mixed_cells_is_kept_as_text(store):
    mixed = pd.DataFrame(
        {"size": ["51-200", 12.0, 1.5, None, datetime.date(2026, 1, 5)]}, dtype=object
    )
    saved = store.create({"t": mixed}, Settings())
    column = store.tables(saved)["t"]["size"]
    assert column.dropna().tolist() == ["51-200", "12", "1.5", "2026-01-05"]
    assert column.isna().tolist() == [False, False, False, True, False]


def test_an_unknown_id_is_none_and_never_an_error(store):
    assert store.load("nobody") is None
    assert store.load("' OR 1=1 --") is None


def test_undo_and_redo_walk_the_settings(store):
    study = store.create({"accounts": accounts()}, Settings(title="first"))
    store.save(study.id, Settings(title="second"), "Name changed")
    back = store.undo(study.id)
    assert (back.settings.title, back.undo, back.redo) == ("first", "", "Name changed")
    forward = store.redo(study.id)
    assert (forward.settings.title, forward.undo, forward.redo) == ("second", "Name changed", "")


def test_undo_at_the_start_and_redo_at_the_end_change_nothing(store):
    study = store.create({"accounts": accounts()}, Settings(title="only"))
    assert store.undo(study.id).settings.title == "only"
    assert store.redo(study.id).settings.title == "only"


def test_a_new_change_drops_what_was_undone(store):
    study = store.create({"accounts": accounts()}, Settings(title="1"))
    store.save(study.id, Settings(title="2"), "two")
    store.undo(study.id)
    changed = store.save(study.id, Settings(title="3"), "three")
    assert changed.redo == ""
    assert store.undo(study.id).settings.title == "1"


def test_history_is_bounded(store):
    study = store.create({"accounts": accounts()}, Settings())
    for number in range(STEPS_KEPT + 5):
        store.save(study.id, Settings(seed=number), "seed")
    undone = 0
    while store.load(study.id).undo:
        store.undo(study.id)
        undone += 1
    assert undone <= STEPS_KEPT


def test_recent_lists_the_newest_change_first(store):
    first = store.create({"accounts": accounts()}, Settings(title="first"))
    store.create({"accounts": accounts()}, Settings(title="second"))
    store.save(first.id, Settings(title="renamed"), "Name changed")
    assert [card.title for card in store.recent()] == ["renamed", "second"]
    assert store.recent()[0].row_counts == {"accounts": 2}


def test_deleting_takes_files_unless_another_study_stands_on_them(store):
    first = store.create({"accounts": accounts()}, Settings())
    second = store.create({"accounts": accounts()}, Settings())
    store.delete(first.id)
    assert store.load(first.id) is None
    assert list(store.tables(second)) == ["accounts"]
    store.delete(second.id)
    assert list(store.tables_folder.iterdir()) == []


def test_saving_into_a_study_that_is_gone_is_a_key_error(store):
    with pytest.raises(KeyError):
        store.save("gone", Settings(), "x")


def test_the_folder_is_the_owners(store):
    assert store.home.stat().st_mode & 0o077 == 0


def test_equal_tables_have_equal_hashes_in_any_order(store):
    one = store.create({"a": accounts(), "b": accounts().head(1)}, Settings())
    two = store.create({"b": accounts().head(1), "a": accounts()}, Settings())
    assert one.dataset == two.dataset


def test_settings_of_another_version_open_with_what_is_still_known(store, caplog):
    study = store.create({"accounts": accounts()}, Settings(title="kept", seed=7))
    with Session(store._engine) as session, session.begin():
        step = session.get_one(StepRow, (study.id, 0))
        step.settings = json.dumps(
            {**json.loads(step.settings), "top_share": 9, "of_the_future": 1}
        )
    settings = store.load(study.id).settings
    assert (settings.title, settings.seed, settings.top_share) == ("kept", 7, Settings().top_share)
    assert "of_the_future, top_share" in caplog.text
    assert store.recent()[0].title == "kept"


def newer():
    return pd.DataFrame({"account_id": ["a", "b", "c"], "ltv": [2.5, 3.5, 1.0]}, index=[2, 3, 4])


def test_newer_tables_are_a_step_that_undo_takes_back_and_redo_brings_again(store):
    study = store.create({"accounts": accounts()}, Settings(title="q2"))
    later = store.save_tables(study.id, {"accounts": newer()}, Settings(title="q3"), "Newer files")
    assert later.tables != study.tables and later.undo == "Newer files"
    back = store.undo(study.id)
    assert (back.tables, back.dataset, back.settings.title) == (study.tables, study.dataset, "q2")
    pd.testing.assert_frame_equal(store.tables(back)["accounts"], accounts())
    pd.testing.assert_frame_equal(store.tables(store.redo(study.id))["accounts"], newer())
    assert store.recent()[0].row_counts == {"accounts": 3}


def test_steps_after_newer_tables_stand_on_them(store):
    study = store.create({"accounts": accounts()}, Settings())
    later = store.save_tables(study.id, {"accounts": newer()}, Settings(), "Newer files")
    assert store.save(study.id, Settings(title="x"), "Name").tables == later.tables
    assert store.load(study.id).tables == later.tables


def test_files_that_only_an_undone_step_stood_on_are_removed(store):
    study = store.create({"accounts": accounts()}, Settings())
    store.save_tables(study.id, {"accounts": newer()}, Settings(), "Newer files")
    store.undo(study.id)
    store.save(study.id, Settings(title="other way"), "Name")
    assert len(list(store.tables_folder.iterdir())) == 1
    store.delete(study.id)
    assert list(store.tables_folder.iterdir()) == []


def test_a_look_at_held_out_deals_cannot_be_taken_back(tmp_path):
    store = StudyStore(tmp_path)
    saved = store.create({}, Settings())
    store.save(saved.id, Settings(green=70), "Green from 70")
    store.save(saved.id, Settings(green=70, looks=1, looked_at=("abc",)), "Checked")
    for _ in range(2):
        undone = store.undo(saved.id)
    assert undone.settings == Settings(looks=1, looked_at=("abc",))


def test_what_another_process_saved_is_read_anew(tmp_path):
    here, elsewhere = StudyStore(tmp_path), StudyStore(tmp_path)
    saved = here.create({}, Settings(title="first"))
    assert here.load(saved.id) is here.load(saved.id)
    elsewhere.save(saved.id, Settings(title="second"), "Name")
    assert here.load(saved.id).settings.title == "second"
    elsewhere.delete(saved.id)
    assert here.load(saved.id) is None


def test_changes_made_at_once_drop_none(tmp_path):
    stores = [StudyStore(tmp_path), StudyStore(tmp_path)]
    study = stores[0].create({}, Settings()).id

    def change(number):
        for step in range(5):
            stores[number % 2].save(study, Settings(title=f"{number} {step}"), "Name")

    threads = [threading.Thread(target=change, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stores[0].load(study).step == 30
