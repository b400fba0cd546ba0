"""What a guest sees in the app: the rubric to play with, and every other page as counts.

Comes in: the visit. Goes out: navigation, a sidebar and pages for guests. Separate from the owner's
pages: a guest gets what is listed here, so nothing an owner's page gains later is shown to
strangers by accident.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from icp_engine.share.model import SharedPage
from icp_engine.types import LEVEL_WORDS, Verdict
from ui.activate.score_list import show_list
from ui.activate.score_one import show_one
from ui.answers.figure import Figure
from ui.answers.markdown import plain
from ui.answers.steps import Step, step
from ui.frame import shell
from ui.frame.cards import guarded, show_figures, show_title
from ui.frame.chart import show_table
from ui.frame.layout import show_picture, show_tabs, use_look
from ui.frame.progress import begin_run, working
from ui.frame.scrolling import begin_at_top
from ui.sharing.guest_rubric import show_rubric
from ui.sharing.snapshot import BUILDERS, build_page, take_snapshot
from ui.state import open_study
from ui.state.kept_values import keep_values
from ui.state.visit import PARAMETER, Visit

# constant text and a visit's hex id
LEAVE = '<a href="guest/leave{}" target="_self" style="color: inherit">{}</a>'
LEVELS = {word: Verdict(level, "") for level, word in LEVEL_WORDS.items()}  # type: ignore[arg-type]


def run_visit(visit: Visit) -> None:
    """Navigation and page of a guest; calm words once the link is closed."""
    steps = [step(key) for key in ("home", *BUILDERS)]
    pages = [
        st.Page(
            partial(show_page, known.key),
            title=known.title,
            url_path=known.url_path,
            default=known.key == "home",
        )
        if visit.link is not None
        else st.Page(
            show_closed, title="Not open", url_path=known.url_path, default=known.key == "home"
        )
        for known in steps
    ]
    page = st.navigation(pages, position="hidden")
    st.set_page_config(
        page_title=f"{page.title} · ICP Workbench", page_icon=shell.PICTURE, layout="wide"
    )
    use_look()
    keep_values(open_study.study_id())
    begin_at_top(page.url_path)
    begin_run(page)
    # a link to another page clears the address
    if visit.tab and st.query_params.get(PARAMETER) != visit.tab:
        st.query_params[PARAMETER] = visit.tab
    if visit.link is not None:
        guarded(show_sidebar)(steps, pages)
        if visit.tab:
            show_banner(visit)
    guarded(page.run)()


def show_banner(visit: Visit) -> None:
    """To the owner, who opened their own link: what this window is, and the way back."""
    with st.container(
        key="own_visit", border=True, horizontal=True, vertical_alignment="center", gap="small"
    ):
        st.markdown(
            ":material/visibility: **You see this as your guest does.** Your other windows stay yours.",
            width="content",
        )
        st.html(LEAVE.format(f"?{PARAMETER}={visit.tab}", "Back to your study"), width="content")


def show_sidebar(steps: list[Step], pages: list[Any]) -> None:
    """The study's name, the pages, undo and redo of the guest's own changes, and the way out."""
    saved = open_study.saved_study()
    with st.sidebar:
        st.markdown("**ICP Workbench**")
        with st.container(gap="xxsmall"):
            for known, page in zip(steps, pages, strict=True):
                st.page_link(page, label=known.title, icon=known.icon, width="stretch")
        st.divider()
        if saved is not None:
            st.markdown(plain(saved.settings.title or "A shared study"))
        st.caption(
            "You are a guest. What you change stays in this browser and never touches the study."
        )
        shell.show_undo()
        visit = open_study.visit()
        if visit is not None and not visit.tab:  # else the way back stands above the page
            show_leave()


def show_closed() -> None:
    """The link was revoked or has expired since the visit began."""
    show_title(
        "This link is not open",
        "It has expired or was closed. Ask the person who sent it for a new one.",
    )
    show_leave()


def show_leave() -> None:
    """The way out, in this window: Streamlit's own links would open another."""
    visit = open_study.visit()
    tab = visit.tab if visit is not None else ""
    st.html(LEAVE.format(f"?{PARAMETER}={tab}" if tab else "", "Leave the visit"))


@guarded
def show_page(key: str) -> None:
    """One page of the shared study, with the guest's own changes."""
    with working("Opening the study"):
        study = open_study.open_study()
    if study is None:
        show_closed()
        return
    if key == "rubric":
        show_rubric()
        return
    visit = open_study.visit()
    names = visit is not None and visit.names
    # held-out figures speak of the rubric that was checked last
    checked = study.as_checked
    with working("Counting") as report:
        page = (
            take_snapshot(checked, key, names=names, report=report).pages[0]
            if key == "home"
            else (build_page(checked, key, names=names))
        )
    show_shared(page)
    if key == "activate" and study.rubric.criteria:
        show_tabs(
            "guest_activate",
            {  # by the guest's own weights
                "Score one": lambda: show_one(study),
                "Score a list": lambda: show_list(study, mark_customers=names),
            },
        )


def show_shared(page: SharedPage) -> None:
    """A page as counts: sentence, figures, charts, tables."""
    show_title(page.title, page.sentence, LEVELS.get(page.level))
    for line in page.lines:
        st.markdown(plain(line), width=760)
    if page.figures:
        show_figures(
            [Figure(figure.label, figure.value, figure.beneath) for figure in page.figures]
        )
    for position, chart in enumerate(page.charts):
        show_picture(f"{page.key}_{position}", chart)
    for position, table in enumerate(page.tables):
        st.markdown(f"**{plain(table.title)}**")
        show_table(f"shared_{page.key}_{position}", table.rows)
        if table.note:
            st.caption(plain(table.note))
    for section in page.sections:
        with st.container(border=True, gap="xsmall"):
            st.subheader(plain(section.title), anchor=False)
            st.markdown(
                "\n".join(
                    f"- {plain(statement.text)} :small[:gray[{statement.evidence}]]"
                    for statement in section.statements
                )
            )
