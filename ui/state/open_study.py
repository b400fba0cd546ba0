"""Which study is open, kept so that reload, deep link and page switch find it again.

Comes in: the address (`?study=<id>`), the store, a change. Goes out: the `Study`, one per data and
settings for the whole process. Separate because every page asks for the study and none should know
where it is kept.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from icp_engine import InputRefused, Problem, Rubric, Settings, Study
from icp_engine.intake.advice.personal import Unit
from icp_engine.problems import make_problem
from icp_engine.store.model import SavedStudy
from icp_engine.store.studies import StudyStore
from icp_engine.study import looks
from icp_engine.types import Frame
from ui.answers.made import made_before as made_before
from ui.answers.made import made_of as made_of
from ui.answers.made import made_once as made_once
from ui.state import visit as guest
from ui.state.study_cache import Key, StudyCache
from ui.state.waiting import tell

PROJECT = Path(__file__).resolve().parents[2]
PARAMETER = "study"
CHECKED, COMPARED, RENEWED = (
    "Checked on held-out deals",
    "Compared on held-out deals",
    "Held-out deals asked again",
)
LOOKS = (CHECKED, COMPARED, RENEWED)  # changes that only count a look
SEEN = "seen_state"  # in the session: (study id, step, time) of the state this window shows


@st.cache_resource
def study_cache() -> StudyCache:
    """The process's one cache of studies."""
    return StudyCache()


# asked for at every step of a run: Streamlit's own cache hashes its arguments each time
@lru_cache(maxsize=8)
def _store_at(folder: str) -> StudyStore:
    return StudyStore(Path(folder))


def home_folder() -> str:
    """Where studies are saved: `ICP_HOME`, or `.icp` in the project's folder."""
    return os.environ.get("ICP_HOME") or str(PROJECT / ".icp")


def store() -> StudyStore:
    """The saved studies."""
    return _store_at(home_folder())


def visit() -> guest.Visit | None:
    """The guest's visit; None when the owner looks."""
    return guest.find_visit(store().links)


def study_id() -> str | None:
    """The id in the address, else the one this session had open; kept in both. A guest's is that of
    the link.
    """
    visiting = visit()
    if visiting is not None:
        return f"shared-{visiting.link.id}" if visiting.link else None
    return _owners_study()


def _owners_study() -> str | None:
    asked = st.query_params.get(PARAMETER) or st.session_state.get("study_id")
    if asked:
        remember(asked)
    return asked


def remember(asked: str) -> None:
    """Make this id the open study of the session and of the address."""
    st.session_state["study_id"] = asked
    if st.query_params.get(PARAMETER) != asked:
        st.query_params[PARAMETER] = asked


def close_study() -> None:
    """Leave the study: neither the session nor the address names one."""
    st.session_state.pop("study_id", None)
    st.query_params.pop(PARAMETER, None)


def saved_study() -> SavedStudy | None:
    """The open study as saved; None when none is open or the id is unknown. A guest gets the shared
    one only.
    """
    visiting = visit()
    if visiting is not None:
        return _shared_study(visiting)
    asked = _owners_study()
    return store().load(asked) if asked else None


def _shared_study(visiting: guest.Visit) -> SavedStudy | None:
    """The study of a link as it was shared, with the guest's own changes; its id is not told to
    guests.
    """
    if visiting.link is None or visiting.frozen is None:
        return None
    given = visiting.frozen.settings
    # their names are a person's own words and may name an account
    if given.scenarios and not visiting.names:
        given = given.merged(scenarios={}, scenario="")
    own = guest.own_copy(given)
    return replace(
        visiting.frozen,
        id=f"shared-{visiting.link.id}",
        settings=own.settings,
        undo=own.undo,
        redo=own.redo,
        step=own.step,
    )


def _refuse_guests() -> None:
    if visit() is not None:
        raise guest.GuestRefusedError


def open_study() -> Study | None:
    """The open study with every result computed so far; None when none is open."""
    saved = saved_study()
    if saved is None:
        return None
    return study_cache().get(_key(saved), lambda relative: _build(saved, relative))


def leave_if_closed() -> None:
    """For a fragment: run the whole page anew once the study is no longer open, as when a guest's
    link is revoked.
    """
    if saved_study() is None:
        st.rerun()


def start_without_people(
    cleaned: dict[str, Frame], problems: tuple[Problem, ...], unit: Unit
) -> None:
    """Make the open study anew on tables without people, and delete it as it was, with its history
    and its links.

    unit: what an account is; the headers that told it are gone.
    """
    saved = saved_study()
    if saved is not None:
        start_study(
            cleaned, saved.settings.model_copy(update={"unit": unit}), (*saved.problems, *problems)
        )
        delete_study(saved.id)


def is_in_memory() -> bool:
    """Whether the open study needs no reading from disk."""
    saved = saved_study()
    return saved is not None and study_cache().holds(_key(saved))


def start_study(
    tables: dict[str, Frame], settings: Settings, problems: tuple[Problem, ...] = ()
) -> SavedStudy:
    """Save raw tables as a new study and make it the open one."""
    _refuse_guests()
    saved = store().create(tables, settings, problems)
    remember(saved.id)
    return saved


def use_tables(
    tables: dict[str, Frame], settings: Settings, what: str, problems: tuple[Problem, ...] = ()
) -> None:
    """Put other raw tables under the open study, as one step that undo takes back."""
    _refuse_guests()
    saved = saved_study()
    if saved is not None:
        note_seen(store().save_tables(saved.id, tables, settings, what, problems))


def change(what: str, **settings: Any) -> None:
    """Replace some settings, save, and name the step for undo. Equal settings make no step."""
    saved = saved_study()
    if saved is None:
        return
    wanted = saved.settings.merged(**settings)
    if wanted != saved.settings:
        study = study_cache().peek(_key(saved))
        if study is not None:  # else nobody saw anything of it lately
            wanted = looks.leave(study, wanted)
        if visit() is not None:
            guest.keep(what, wanted)
        else:
            note_seen(store().save(saved.id, wanted, what))


def change_rubric(rubric: Rubric | None, what: str = "Rubric changed") -> None:
    """Set a rubric made by hand; None returns to the suggestion."""
    change(what, rubric=rubric)


def undo() -> str:
    """Return to the settings before the last change; says which change was taken back, “” when
    there is none.

    A look at held-out deals cannot be taken back, so what was changed before it is.
    """
    taken = _step_back()
    while taken.startswith(LOOKS) and (before := _step_back()):
        taken = before
    return taken


def _step_back() -> str:
    saved = saved_study()
    if saved is None or not saved.undo:
        return ""
    if visit() is not None:
        guest.move(-1)
    else:
        note_seen(store().undo(saved.id))
    return saved.undo


def redo() -> str:
    """Make the change again that was taken back; says which, “” when there is none."""
    saved = saved_study()
    if saved is None or not saved.redo:
        return ""
    if visit() is not None:
        guest.move(+1)
    else:
        note_seen(store().redo(saved.id))
    return saved.redo


def delete_study(asked: str) -> None:
    """Delete a study with its data, and leave it when it is the open one."""
    _refuse_guests()
    home_store = store()
    home_store.delete(asked)
    study_cache().forget(str(home_store.home), asked)
    if study_id() == asked:
        close_study()


def note_seen(saved: SavedStudy) -> None:
    """Remember which state of the study this window shows."""
    st.session_state[SEEN] = (saved.id, saved.step, saved.changed_at)


def moved_elsewhere(saved: SavedStudy) -> bool:
    """Whether the study was changed since this window last showed or changed it: by another window,
    or a colleague.
    """
    seen = st.session_state.get(SEEN)
    return seen is not None and seen[0] == saved.id and seen[1:] != (saved.step, saved.changed_at)


def stamp() -> str:
    """Eight signs that name the open study's data and settings, for the names of downloads."""
    saved = saved_study()
    return hashlib.sha256(repr(_key(saved)).encode()).hexdigest()[:8] if saved else "none"


def _key(saved: SavedStudy) -> Key:
    # a guest's study is computed from the owner's results, as far as settings agree
    visiting = visit()
    owned = (
        visiting.link.study_id if visiting is not None and visiting.link is not None else saved.id
    )
    return str(store().home), owned, saved.dataset, saved.settings_hash


def _build(saved: SavedStudy, relative: Study | None) -> Study:
    if relative is not None:
        # A rubric survives `replace`; undo and “back to the suggestion” must be able to take it
        # away.
        return relative.replace(settings=saved.settings, rubric=saved.settings.rubric)
    return Study(_read_tables(saved), saved.settings, saved.problems, progress=tell)


def _read_tables(saved: SavedStudy) -> dict[str, Frame]:
    try:
        return store().tables(saved)
    except FileNotFoundError as error:
        gone = "its data were removed from the folder of saved studies"
        problem = make_problem(
            "file-missing", table=saved.settings.title or "The study", found=gone
        )
        raise InputRefused([problem]) from error
