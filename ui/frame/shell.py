"""The frame around every page: steps, what is still missing, the study's name, undo, and the way
onwards.

Comes in: the open study and the page about to run. Goes out: the sidebar and the links between
pages. Separate so that no page draws navigation, and every link keeps `?study=<id>`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

import streamlit as st

from icp_engine import Study
from icp_engine.problems import has_stop
from icp_engine.profile.from_choices import scope_sentence
from icp_engine.store.model import SavedStudy
from icp_engine.wording.dates import date, time_of_day
from icp_engine.wording.numbers import plural
from ui.answers.data.understood import still_open
from ui.answers.markdown import plain
from ui.answers.steps import STEPS, Step, next_step, step
from ui.frame.cards import show_empty, show_refusal
from ui.frame.progress import working
from ui.state import open_study
from ui.state.waiting_words import say

NOT_HERE = "The study in this address is not here: it was deleted, or made on another machine."
# between looks whether another window changed the study; one look is a row read from the store
WATCH_SECONDS = 15
PICTURE = str(open_study.PROJECT / "ui" / "components" / "icon.png")


def open_shell(share: Callable[[], None]) -> None:
    """Draw the sidebar: product, steps by group, study, undo and redo, and what `share` draws."""
    saved = open_study.saved_study()
    with st.sidebar:
        st.markdown("**ICP Workbench**")
        for group, steps in groupby(STEPS, key=lambda known: known.group):
            with st.container(gap="xxsmall"):
                st.caption(group)
                for known in steps:
                    show_step_link(known, saved)
        show_study(saved, share)


def show_step_link(known: Step, saved: SavedStudy | None) -> None:
    """A link to a step that keeps the study. Without help: it would cover the links beside it; each
    page says more.
    """
    st.page_link(
        str(known.file),
        label=known.title,
        icon=known.icon,
        width="stretch",
        query_params=_parameters(saved),
    )


def show_study(saved: SavedStudy | None, share: Callable[[], None]) -> None:
    """The study's name and scope, when it was saved, undo, redo and share; or that none is open."""
    st.divider()
    if saved is None:
        st.caption(
            NOT_HERE
            if open_study.study_id()
            else "No study is open. Load files or the sample on the first page."
        )
        return
    show_newer(saved)
    with st.container(gap="xsmall"):
        # A field of its own for every state: the browser may still send what was typed before an
        # undo, which would
        # rename the study anew.
        key = f"title_{saved.id}_{saved.changed_at.isoformat()}"
        st.text_input(
            "Study",
            saved.settings.title,
            key=key,
            on_change=_rename,
            args=(key,),
            placeholder="Name this study",
            max_chars=80,
        )
        st.caption(
            f"Saved {date(saved.changed_at)}, {time_of_day(saved.changed_at)} UTC; changes are kept as you go"
        )
        st.caption(plain(scope_sentence(saved.settings)))
        show_undo()
        share()


def show_newer(saved: SavedStudy) -> None:
    """Say so when another window changed the study; what is drawn on this run is the newest."""
    if open_study.moved_elsewhere(saved):
        st.toast(
            f"Changed in another window: {plain(saved.undo) or 'back to the start'}. You see the newest."
        )
    open_study.note_seen(saved)
    watch_other_windows()


@st.fragment(run_every=WATCH_SECONDS)
def watch_other_windows() -> None:
    """Look whether the saved study moved; then offer the newest, since what stands here is stale."""
    saved = open_study.saved_study()
    if saved is not None and open_study.moved_elsewhere(saved):
        with st.container(border=True, gap="xsmall"):
            st.caption(
                ":material/sync: This study was changed in another window. What you see is from before."
            )
            if st.button("Show the newest", key="show_newest"):
                st.rerun()


def show_undo() -> None:
    """One step back, one step forth. Always open: a fragment changes the study without drawing the
    sidebar anew.
    """
    with st.container(horizontal=True, gap="xsmall"):
        st.button("Undo", icon=":material/undo:", on_click=_undo, key="shell_undo")
        st.button("Redo", icon=":material/redo:", on_click=_redo, key="shell_redo")


def show_size(accounts: int, deals: int) -> None:
    """What the open study stands on, in the sidebar."""
    with st.sidebar:
        st.caption(f"{plural(accounts, 'account')} · {plural(deals, 'deal')}")


def show_next(key: str) -> None:
    """One button to the following step."""
    following = next_step(key)
    if following is not None and st.button(
        f"Next: {following.title}",
        type="primary",
        icon=":material/arrow_forward:",
        icon_position="right",
        key=f"next_{key}",
        help=following.question,
    ):
        go_to(following.key)


def go_to(key: str) -> None:
    """Switch to another step and keep the study."""
    st.switch_page(str(step(key).file), query_params=_parameters(open_study.saved_study()))


def show_no_study(key: str) -> None:
    """What a page shows without a study: what will stand here, and the button that brings one."""
    known = step(key)
    st.title(known.title, anchor=False)
    show_empty(
        f"Here will stand the answer to: **{known.question}**",
        NOT_HERE
        if open_study.study_id()
        else "No data yet. Load your CRM exports, or look at the sample first.",
    )
    if st.button("Load data", type="primary", key=f"load_{key}"):
        open_study.close_study()
        go_to("home")


def require_study(key: str) -> Study:
    """The open study for a page; without one the page shows what will stand here, and ends."""
    if open_study.saved_study() is None:
        show_no_study(key)
        st.stop()
    if open_study.is_in_memory():
        study = open_study.open_study()
    else:
        with working("Reading columns and joining tables"):
            study = open_study.open_study()
    assert study is not None
    show_size(len(study.intake.accounts), len(study.intake.deals))
    show_missing(study)
    if key != "data":
        show_open_question(study)
        if not len(study.intake.accounts):
            show_unusable(study, key)
    return study


def show_open_question(study: Study) -> None:
    """What is gravely in doubt, above every page that rests on it, with the way to answer it."""
    line = still_open(study.questions)
    if line:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f":orange[:material/help:] {plain(line)}", width="content")
            if st.button("Answer it on Data", key="answer_open", type="tertiary"):
                go_to("data")


def show_unusable(study: Study, key: str) -> None:
    """What a page shows when the files hold nothing to study: its name, what to do, and no more."""
    st.title(step(key).title, anchor=False)
    show_refusal(study.problems)
    st.stop()


def show_missing(study: Study) -> None:
    """What the study still lacks, in the sidebar, each with what it would bring."""
    missing = []
    if has_stop(study.problems):
        missing.append("Points to fix first: see Data")
    if not len(study.intake.deals):
        missing.append("Deals: without them the profile cannot be tested on deals")
    with st.sidebar:
        for line in missing:
            st.caption(f":material/pending: Missing · {line}")


def _undo() -> None:
    what = open_study.undo()
    say(f"Taken back: {plain(what)}" if what else "There is nothing to take back.")


def _redo() -> None:
    what = open_study.redo()
    say(f"Made again: {plain(what)}" if what else "There is nothing to make again.")


def _rename(key: str) -> None:
    open_study.change("Study renamed", title=st.session_state[key].strip())


def _parameters(saved: SavedStudy | None) -> dict[str, str]:
    return {open_study.PARAMETER: saved.id} if saved else {}
