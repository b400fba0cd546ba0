"""Runs of the real app: each test gets a store of its own; the sample is opened once per process."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from icp_engine.intake.reading.read import read_sources
from icp_engine.settings import Settings
from icp_engine.store.studies import StudyStore
from ui.answers.steps import step
from ui.home import loading
from ui.state import open_study

MAIN = Path(__file__).resolve().parents[2] / "ui" / "main.py"
TIMEOUT = 120


@pytest.fixture(scope="session")
def home_folder(tmp_path_factory):
    """One store for the session, so that a study opened once stays in memory for all pages."""
    return tmp_path_factory.mktemp("icp")


@pytest.fixture(autouse=True)
def own_store(home_folder, monkeypatch):
    monkeypatch.setenv("ICP_HOME", str(home_folder))


@pytest.fixture(scope="session")
def sample_tables():
    tables, _problems = read_sources(*loading.sample_files())
    return tables


@pytest.fixture(scope="session")
def save(home_folder):
    """Save raw tables as a study and give its id."""

    def save_study(tables, **settings):
        return StudyStore(home_folder).create(tables, Settings(**settings)).id

    return save_study


@pytest.fixture(scope="session")
def sample_study(save, sample_tables):
    """The id of the saved sample."""
    return save(sample_tables, title="Sample")


@pytest.fixture
def fresh_sample(sample_study, home_folder):
    """The sample with its first settings, whatever another test changed; its results stay in
    memory.
    """
    StudyStore(home_folder).save(sample_study, Settings(title="Sample"), "as at first")
    return sample_study


@pytest.fixture
def study(fresh_sample):
    """The study a test is about; a file with data of its own has its own."""
    return fresh_sample


@pytest.fixture
def settings(home_folder, study):
    """The settings of that study as saved last, read anew at each call."""
    return lambda: StudyStore(home_folder).load(study).settings


@pytest.fixture
def visit():
    """Open a page as a fresh browser would, at an address with or without a study."""

    def open_page(key, study=None):
        at = AppTest.from_file(str(MAIN), default_timeout=TIMEOUT)
        if study:
            at.query_params[open_study.PARAMETER] = study
        at.switch_page(f"../pages/{key}.py")
        # before a first run AppTest knows files only, not addresses
        at._page_hash = calc_hash(step(key).url_path)
        return at.run()

    return open_page


@pytest.fixture
def open_tab(visit, study):
    """A page with one of its tabs open, and some of the tab's folded parts (by their keys)."""

    def open_at(page, tab, *unfolded, of=None):
        at = visit(page, of or study)
        at.session_state[f"tabs_{page}"] = tab
        for key in unfolded:
            at.session_state[f"fold_{key}"] = True
        at.run()
        assert not at.exception
        return at

    return open_at


@pytest.fixture
def words():
    """All text of a page, for looking something up in it."""

    def of(at):
        return "\n".join(
            str(element.value) for element in (*at.title, *at.subheader, *at.markdown, *at.caption)
        )

    return of
