"""Next quarter: newer files under an open study, what no longer matches, and the step that uses
them.

Comes in: uploads. Goes out: the change in words; once confirmed, other tables under the same
settings, which undo takes back. The study as one file stands here as well. Separate because nothing
is saved before it was looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import streamlit as st

from icp_engine import Study
from icp_engine.intake.reading.databases.sources import find_table
from icp_engine.problems import InputRefused, Problem
from icp_engine.store.study_file import ENDING, write_study_file
from icp_engine.study.files_change import FilesChange, NextFiles
from icp_engine.types import Frame
from icp_engine.wording.numbers import plural
from ui.answers.data.columns import people_columns
from ui.answers.data.next_files import list_tables, people_were_left_out
from ui.answers.markdown import plain
from ui.frame.cards import show_problems
from ui.frame.progress import working
from ui.home import loading
from ui.state import open_study
from ui.state.waiting_words import say

HELD = "next_files"  # the comparison in this session (a `Held`), until it is used or put aside
LINES_SHOWN = 8


@dataclass(frozen=True)
class Held:
    """Newer tables as read, how they are to be taken, and the comparison; of the state that `stamp`
    names only.
    """

    stamp: str
    tables: dict[str, Frame]
    problems: tuple[Problem, ...]
    options: dict[str, bool]
    add: dict[str, bool] = field(default_factory=dict)
    following: NextFiles | None = None


def show_next_files(study: Study) -> None:
    """Upload, compare, then use or put aside."""
    st.markdown(
        "Load next quarter's exports: roles, merged spellings, missing words, pins and the rubric are applied again, "
        "and what no longer matches is listed before anything changes. The old files stay one Undo away."
    )
    held = st.session_state.get(HELD)
    if held is not None and held.stamp == open_study.stamp():
        show_comparison(study, held)
        return
    uploads = st.file_uploader("Newer files", accept_multiple_files=True, key="next_uploads")
    keep_rubric = st.checkbox(
        "Keep the rubric in force",
        key="next_keep_rubric",
        value=study.settings.rubric is not None,
        help="Else a rubric you made stays, and a suggested one is made anew from the newer data.",
    )
    keep_missing = st.checkbox(
        "Keep tables for which no file came", key="next_keep_missing", value=True
    )
    without = st.checkbox(
        "Leave out people's names, e-mail and phone",
        key="next_without",
        value=people_were_left_out(open_study.saved_study()),
    )
    with st.container(horizontal=True, gap="small"):
        asked = st.button("Compare with this study", key="next_compare", disabled=not uploads)
        again = study.settings.read_from and st.button(
            "Read the database again",
            key="next_again",
            icon=":material/refresh:",
            help="Reads "
            + ", ".join(study.settings.read_from.values())
            + " anew and compares with this study.",
        )
    sources = uploads if asked else find_again(study) if again else []
    if sources:
        compare(study, sources, keep_rubric=keep_rubric, keep_missing=keep_missing, without=without)
    st.divider()
    show_study_file(study)


def show_study_file(study: Study) -> None:
    """The whole study to take along: settings and raw tables in one file that the start page opens."""
    saved = open_study.saved_study()
    st.markdown(
        "**The study as one file.** It opens to the same results in any other workbench: load it on Start."
    )
    held = any(people_columns(study, table) for table in study.intake.table_columns)
    st.caption(
        "It holds the raw tables"
        + (", people's names, e-mail and phone included." if held else ".")
    )
    name = (
        "".join(sign if sign.isalnum() else "-" for sign in study.settings.title.lower()).strip("-")
        or "study"
    )
    st.download_button(
        "Download the study",
        key="study_file",
        file_name=f"{name}-{open_study.stamp()}{ENDING}",
        on_click="ignore",
        data=lambda: write_study_file(study.raw, study.settings, saved.problems if saved else ()),
        mime="application/zip",
        icon=":material/download:",
    )


def find_again(study: Study) -> list[loading.Source]:
    """The tables of a database that the study was read from; says why where the operator no longer
    offers them.
    """
    try:
        return [find_table(origin) for origin in study.settings.read_from.values()]
    except InputRefused as refused:
        show_problems(refused.problems)
        return []


def compare(
    study: Study,
    uploads: list[loading.Source],
    *,
    keep_rubric: bool,
    keep_missing: bool,
    without: bool,
) -> None:
    """Read the files, set the study on them, and keep the outcome for a look."""
    with working("Reading the files") as report:
        tables, problems = loading.read_files(
            uploads, study.settings.sheets, report, without_people=without
        )
        if not tables:
            show_problems(problems)
            return
        report("Comparing with the study", 0.6)
        hold(
            study,
            Held(
                open_study.stamp(),
                tables,
                problems,
                {"keep_missing": keep_missing, "keep_rubric": keep_rubric},
            ),
        )
    st.rerun()


def hold(study: Study, held: Held) -> None:
    """Set the study on the newer files and keep the outcome for a look."""
    following = study.replace(read_on=loading.today()).next_files(
        held.tables, **held.options, add=held.add
    )
    st.session_state[HELD] = replace(held, following=following)


def show_comparison(study: Study, held: Held) -> None:
    """What would change, in words, how each file is taken, and the two ways on."""
    assert held.following is not None
    change = held.following.change
    ask_how(study, held, change)
    st.markdown(f"**{plain(change.sentence)}**")
    st.dataframe(
        list_tables(change),
        key="next_tables",
        hide_index=True,
        width="stretch",
        column_config={
            name: st.column_config.NumberColumn(format="localized")
            for name in ("Rows before", "Rows now")
        },
    )
    for line in change.lines[:LINES_SHOWN]:
        st.markdown(f"- {plain(line)}")
    if change.lines[LINES_SHOWN:]:
        with st.expander(f"{plural(len(change.lines) - LINES_SHOWN, 'more finding')}"):
            st.markdown("\n".join(f"- {plain(line)}" for line in change.lines[LINES_SHOWN:]))
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Use the newer files",
            type="primary",
            key="next_use",
            on_click=_use,
            args=(held.following, held.problems),
        )
        st.button("Put them aside", key="next_aside", on_click=_put_aside)


def ask_how(study: Study, held: Held, change: FilesChange) -> None:
    """Whether each file is the whole table again or only its newer rows; another answer is compared
    at once.
    """
    for table in change.tables:
        if table.how not in ("replaced", "added"):
            continue
        label = f"{plain(table.file)}, {plural(table.rows_before, 'row')} before"
        adds = st.segmented_control(
            label,
            [False, True],
            default=table.how == "added",
            key=f"next_how_{table.table}",
            required=True,
            format_func=lambda adds: "Adds to the table" if adds else "Is the whole table again",
        )
        if bool(adds) != (table.how == "added"):
            hold(study, replace(held, add={**held.add, table.table: bool(adds)}))
            st.rerun()


def _use(following: NextFiles, problems: tuple[Problem, ...]) -> None:
    study = following.study
    open_study.use_tables(
        study.raw, study.settings, "Newer files", (*problems, *following.problems)
    )
    _put_aside()
    say("The study stands on the newer files. Undo brings the earlier ones back.")


def _put_aside() -> None:
    st.session_state.pop(HELD, None)
