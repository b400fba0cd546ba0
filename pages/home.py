"""Start: what the product answers, and the two ways in.

Asks: files or the sample, and what the profile is for. Shows: what the open study found, a sentence
a step, and the studies worked on last.
"""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from icp_engine.settings import OBJECTIVES, Settings
from icp_engine.store.model import SavedStudy, StudyCard
from icp_engine.wording.dates import date
from icp_engine.wording.numbers import plural
from ui.answers.markdown import plain
from ui.answers.steps import STEPS, step
from ui.answers.terms import linked
from ui.frame import shell
from ui.frame.cards import guarded, show_problems, show_title
from ui.frame.progress import working
from ui.home import loading
from ui.home.database import show_database
from ui.home.export_guides import show_guides
from ui.state import open_study

PROMISE = (
    "Load your CRM exports and see who your best customers are, what sets them apart, and whether it holds on deals "
    "the profile never saw."
)
FOUND = "What was found in your data, one sentence a step."


def show_page() -> None:
    """Lay the page out: one sentence, what the open study found, the two ways in, recent studies."""
    saved = open_study.saved_study()
    if saved is None:
        show_title("Who is your ideal customer?", PROMISE)
        show_ways_in(ask_objective(None))
        show_guides()
        show_what_it_answers()
    else:
        show_title(saved.settings.title or "Your study", FOUND)
        show_found(saved)
        objective = ask_objective(saved)
        shell.show_next("home")
        with st.expander("Start another study"):
            show_ways_in(objective)
            show_guides()
    show_recent(saved)


def show_ways_in(objective: str) -> None:
    """The sample and the upload, side by side."""
    sample, files = st.columns(2, gap="medium")
    with sample, st.container(border=True, height="stretch"):
        show_sample(objective)
    with files, st.container(border=True, height="stretch"):
        show_upload(objective)
    show_database(objective, open_tables)


def show_what_it_answers() -> None:
    """The questions of all steps, before there is anything to answer them with."""
    st.subheader("What you will see", anchor=False)
    groups = [
        (group, list(steps)) for group, steps in groupby(STEPS[1:], key=lambda known: known.group)
    ]
    for column, (group, steps) in zip(st.columns(len(groups), gap="medium"), groups, strict=True):
        with column, st.container(gap="xxsmall"):
            st.markdown(f"**{group}**")
            for known in steps:
                st.markdown(f"{known.icon} {known.question}")


def ask_objective(saved: SavedStudy | None) -> str:
    """What the profile is for; sets which value metrics count most."""
    key = f"objective_{saved.id if saved else 'new'}_{saved.settings.objective if saved else ''}"
    chosen = st.selectbox(
        "What is this ICP for?",
        list(OBJECTIVES),
        key=key,
        format_func=OBJECTIVES.__getitem__,
        width=420,
        index=list(OBJECTIVES).index(saved.settings.objective) if saved else 0,
        help=linked(
            "Sets which value metrics make a customer one of the best; change it at any time.",
            "metric",
        ),
    )
    if saved is not None and chosen != saved.settings.objective:
        open_study.change(f"Objective: {OBJECTIVES[chosen]}", objective=chosen)
        st.rerun()
    return chosen


def show_sample(objective: str) -> None:
    """One click to a finished study of invented data."""
    st.subheader("Try it with sample data", anchor=False)
    st.markdown(
        "Three years of an invented software vendor: about 1,200 accounts, 2,600 deals, contacts and interview notes."
    )
    if st.button(
        "Try it with sample data", type="primary", key="try_sample", icon=":material/play_arrow:"
    ):
        settings = Settings(objective=objective, title="Sample: Northwind Signal")
        start(loading.sample_files(), settings, then="home")


def show_upload(objective: str) -> None:
    """Files of one's own, several at once."""
    st.subheader("Load your own files", anchor=False)
    uploads = st.file_uploader(
        "Exports of accounts, deals, contacts, orders, notes",
        accept_multiple_files=True,
        key="uploads",
        help="CSV, XLSX, XLS, Parquet, JSON lines or a ZIP of these, as your CRM writes them; or a study saved as one "
        "file. What each file holds is found from its content.",
    )
    without_people = st.checkbox(
        "Leave out people's names, e-mail and phone",
        key="without_people",
        help="They are dropped before anything is stored. Job titles stay, and accounts still join; buyers can then be "
        "described by role only, and no list of people can be exported.",
    )
    sheets = ask_sheets(uploads)
    st.caption(
        "Files stay on the machine that runs this page. One file of deals is enough to begin with."
    )
    if st.button(
        "Read the files",
        key="read_files",
        disabled=not uploads,
        type="primary" if uploads else "secondary",
    ):
        settings = Settings(objective=objective, title=loading.name_study(uploads), sheets=sheets)
        start(uploads, settings, then="data", without_people=without_people)


def ask_sheets(uploads: list[loading.Source]) -> dict[str, str]:
    """Which sheet of each workbook with several; where none is chosen, all that hold
    records are read.
    """
    chosen: dict[str, str] = {}
    for place, file in enumerate(uploads):
        names = loading.list_sheets(file)
        if len(names) > 1:
            sheet = st.selectbox(
                f"Sheet of {plain(file.name)}",
                names,
                index=None,
                key=f"sheet_{place}_{file.name}",
                placeholder="Every one that holds records",
            )
            chosen |= {loading.name_table(file): sheet} if sheet else {}
    return chosen


def open_tables(tables: list[loading.Source], settings: Settings, without_people: bool) -> None:
    """A study on tables of a database, read like files."""
    start(tables, settings, then="data", without_people=without_people)


def start(
    files: list[loading.Source], settings: Settings, then: str, *, without_people: bool = False
) -> None:
    """Read, save, compute; then go to the step `then`, or say why the files cannot be opened."""
    with working("Reading the files") as report:
        problems = loading.load(files, settings, report, without_people=without_people)
    if problems:
        show_problems(problems)
        return
    shell.go_to(then)


@guarded
def show_found(saved: SavedStudy) -> None:
    """What the open study found, one sentence a step, each with the way to its page."""
    with st.container(border=True, gap="xsmall"):
        with working("Opening the study") as report:
            found = loading.found_so_far(report)
            study = open_study.open_study()
        if study is not None:
            shell.show_open_question(study)
        for key, sentence in found:
            where, what = st.columns([1, 5], gap="xsmall")
            with where:
                shell.show_step_link(step(key), saved)
            what.markdown(plain(sentence))
        if not found:
            st.markdown("The files hold nothing to study yet; the page Data says what is missing.")


def show_recent(saved: SavedStudy | None) -> None:
    """The studies worked on last; each can be opened or deleted."""
    cards = [card for card in open_study.store().recent() if saved is None or card.id != saved.id]
    if not cards:
        return
    st.subheader("Recent studies", anchor=False)
    for card in cards:
        show_card(card)


def show_card(card: StudyCard) -> None:
    """One recent study: open, what it stands on, delete after a second thought."""
    rows = (
        f"{plural(len(card.row_counts), 'table')}, {plural(sum(card.row_counts.values()), 'row')}"
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if st.button(
            plain(card.title), key=f"open_{card.id}", type="tertiary", icon=":material/folder_open:"
        ):
            open_study.remember(card.id)
            shell.go_to("home")
        st.caption(f"{date(card.changed_at)} · {rows}", help=list_tables(card))
        with st.popover("Delete", type="tertiary"):
            st.markdown("This deletes the study, its data and its history. It cannot be undone.")
            st.button(
                "Delete this study",
                key=f"delete_{card.id}",
                on_click=open_study.delete_study,
                args=(card.id,),
            )


def list_tables(card: StudyCard) -> str:
    """Each table of a study with its rows, one a line."""
    return "  \n".join(
        f"{plain(name)}: {plural(number, 'row')}" for name, number in card.row_counts.items()
    )


show_page()
