"""Studies share table files: whatever is deleted, killed or damaged meanwhile, no study loses one."""

import os
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from icp_engine.settings import Settings
from icp_engine.store.studies import StudyStore

ROOT = Path(__file__).parents[2]
BUSY = """
import random, sys
import numpy as np, pandas as pd
from pathlib import Path
from icp_engine.settings import Settings
from icp_engine.store.studies import StudyStore

store, draw, mine = StudyStore(Path(sys.argv[1])), random.Random(int(sys.argv[2])), []
numbers = np.random.default_rng(draw.randrange(99))
shared = {f"t{n}": pd.DataFrame({"n": np.arange(100) * (n + 1)}) for n in range(3)}
for _ in range(int(sys.argv[3])):
    if len(mine) > draw.randrange(3):
        store.delete(mine.pop())
    else:
        tables = {name: shared[name] for name in draw.sample(sorted(shared), 2)}
        tables["own"] = pd.DataFrame(numbers.random((8_000, 2)))
        saved = store.create(tables, Settings())
        assert store.tables(saved).keys() == tables.keys()
        mine.append(saved.id)
store.create(shared, Settings())
"""
KILLED = """
import os, signal, sys
import pandas as pd
from pathlib import Path
from icp_engine.settings import Settings
from icp_engine.store import studies, tables

def die(*_anything, **_named):
    os.kill(os.getpid(), signal.SIGKILL)

frame = pd.DataFrame({"n": [1, 2, 3]})
for home in sys.argv[1:]:
    if os.fork() == 0:
        store = studies.StudyStore(Path(home))
        first = store.create({"t": frame}, Settings())
        match Path(home).name:
            case "file half written":
                tables.Path.replace = die
                store.create({"t": frame, "u": frame * 2}, Settings())
            case "row not saved":
                studies._step = die
                store.create({"t": frame, "u": frame * 2}, Settings())
            case "newer tables not saved":
                studies.DataRow = die
                store.save_tables(first.id, {"t": frame * 3}, Settings(), "x")
            case "files not removed":
                studies.remove_unused = die
                store.delete(first.id)
        os._exit(0)
for _ in sys.argv[1:]:
    assert os.waitstatus_to_exitcode(os.wait()[1]) == -signal.SIGKILL
"""
STUDIES_AFTER = {  # the step at which a process is killed, and what is left
    "file half written": 1,
    "row not saved": 1,
    "newer tables not saved": 1,
    "files not removed": 0,
}


@pytest.fixture
def store(tmp_path):
    return StudyStore(tmp_path / "home")


def accounts():
    return pd.DataFrame({"account_id": ["a", "b"], "ltv": [1.5, 2.5]})


def run_python(code, *arguments):
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})


def assert_whole(home):
    """Every study opens with all its tables, and no file is left that none stands on."""
    store = StudyStore(home)
    studies = [store.load(card.id) for card in store.recent(100_000)]
    assert all(store.tables(study).keys() == study.tables.keys() for study in studies)
    used = {f"{content}.parquet" for study in studies for content in study.tables.values()}
    assert {file.name for file in store.tables_folder.iterdir()} == used
    return studies


class Overtaken(StudyStore):
    """A store that something overtakes just before its next change."""

    overtake = staticmethod(lambda: None)

    @contextmanager
    def _write(self):
        self.overtake()
        self.overtake = lambda: None
        with super()._write() as session:
            yield session


@pytest.mark.parametrize("way", ["create", "save_tables"])
def test_a_study_deleted_between_tables_and_row_takes_none_of_them(store, way):
    last_quarter = store.create({"accounts": accounts()}, Settings())
    other = store.create({}, Settings())
    slow = Overtaken(store.home)
    slow.overtake = lambda: store.delete(last_quarter.id)
    if way == "create":
        saved = slow.create({"accounts": accounts()}, Settings())
    else:
        saved = slow.save_tables(other.id, {"accounts": accounts()}, Settings(), "Newer files")
    pd.testing.assert_frame_equal(store.tables(saved)["accounts"], accounts())
    assert_whole(store.home)


def test_a_study_saved_while_another_is_removed_keeps_its_tables(store, monkeypatch):
    old, saved = store.create({"accounts": accounts()}, Settings()), []
    elsewhere, unlink = StudyStore(store.home), Path.unlink
    saving = threading.Thread(
        target=lambda: saved.append(elsewhere.create({"accounts": accounts()}, Settings()))
    )

    def unlink_slowly(path, **how):
        if path.suffix == ".parquet" and saving.ident is None:
            saving.start()
            saving.join(timeout=0.5)
        unlink(path, **how)

    monkeypatch.setattr(Path, "unlink", unlink_slowly)
    store.delete(old.id)
    saving.join()
    pd.testing.assert_frame_equal(store.tables(saved[0])["accounts"], accounts())
    assert_whole(store.home)


def test_a_link_to_tables_that_were_dropped_meanwhile_is_not_made(store):
    study = store.create({"accounts": accounts()}, Settings())
    shown = store.save_tables(study.id, {"accounts": accounts() * 2}, Settings(), "Newer files")
    store.undo(study.id)
    store.save(study.id, Settings(title="other way"), "Name")
    with pytest.raises(KeyError):
        store.links.create(shown, "", page="rubric", name="", scope="what_if")
    assert store.links.live(study.id) == []


@pytest.mark.parametrize("damage", [b"", b"PAR1", None])
def test_a_damaged_table_is_written_anew_by_the_next_upload(store, damage):
    frame = pd.DataFrame({"n": np.arange(5.0)})
    first = store.create({"t": frame}, Settings())
    (file,) = store.tables_folder.iterdir()
    file.write_bytes(file.read_bytes()[::-1] if damage is None else damage)
    again = store.create({"t": frame}, Settings())
    for study in (first, again):
        pd.testing.assert_frame_equal(store.tables(study)["t"], frame)


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    homes = [tmp_path_factory.mktemp("killed") / step for step in STUDIES_AFTER]
    assert run_python(KILLED, *homes).wait(60) == 0
    return {home.name: home for home in homes}


@pytest.mark.parametrize("step", STUDIES_AFTER)
def test_a_process_killed_leaves_no_study_without_its_tables_and_nothing_for_good(killed, step):
    left = {file.suffix for file in (killed[step] / "tables").iterdir()}
    assert left == ({".parquet", ".part"} if step == "file half written" else {".parquet"})
    assert len(assert_whole(killed[step])) == STUDIES_AFTER[step]


def test_tables_beside_a_lost_database_are_left_alone(store, tmp_path):
    store.create({"accounts": accounts()}, Settings())
    tables = shutil.copytree(store.tables_folder, tmp_path / "lost" / "tables")
    (tmp_path / "lost" / "studies.sqlite").touch()
    StudyStore(tmp_path / "lost")
    assert len(list(tables.iterdir())) == 1


def test_two_processes_that_create_and_delete_lose_no_table_and_leave_none(store):
    children = [run_python(BUSY, store.home, seed, 100) for seed in (1, 2)]
    assert [child.wait(120) for child in children] == [0, 0]
    assert len(assert_whole(store.home)) > 0
