"""Score a list: a file, which of its columns stands for what, the scored list and its files.

Comes in: the study and an upload. Goes out: Streamlit elements. Separate from the page, which only
lays out. The list stays in the session and is never saved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from icp_engine import InputRefused, Study
from icp_engine.activate.list_files import SHEET_ROWS, list_to_csv, list_to_xlsx
from icp_engine.activate.match_columns import ColumnMatch
from icp_engine.activate.score_list import (
    ScoredList,
    UploadedList,
    match_list,
    read_list,
    score_list,
)
from icp_engine.rubric.model import NOT_RATED, RATED_BANDS
from icp_engine.wording.numbers import EMPTY_CELL, count, of, plural
from icp_engine.wording.shares import PERCENT_FORMAT, percent
from ui.answers.activate import NOT_THERE, first_columns, mapping_table, unseen_words
from ui.answers.figure import Figure
from ui.answers.markdown import plain
from ui.answers.terms import explain
from ui.frame.cards import show_figures, show_problems
from ui.frame.progress import working
from ui.home.loading import check_size
from ui.state import open_study

HELD = "held_list"  # in the session: the one list being looked at
SHOWN = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRAPPED = 88  # pixels of a row, so that a reason can be read


@dataclass
class HeldList:
    """A list in the session: as uploaded, what a person said of its columns, and what was computed
    last.
    """

    uploaded: UploadedList
    digest: str
    chosen: dict[str, str | None] = field(default_factory=dict)
    computed_for: str = ""
    matches: tuple[ColumnMatch, ...] = ()
    scored: ScoredList | None = None


@st.fragment
def show_list(study: Study, *, mark_customers: bool = True) -> None:
    """Upload, then the mapping, then bands, rows and files.

    mark_customers: False for guests who may not read account names: a list of names would tell
    which are customers.
    """
    open_study.leave_if_closed()
    last = (
        "what to ask for, and whether it is a customer already"
        if mark_customers
        else "and what to ask for"
    )
    st.markdown(
        "Prospects from any tool: CSV, Excel, JSON, Parquet. **All columns come back untouched and in order**, "
        f"with score, band, reasons, nearest segment, {last}."
    )
    take_upload()
    held: HeldList | None = st.session_state.get(HELD)
    if held is None:
        st.caption("Nothing of the list is saved: it leaves with this browser window.")
        return
    compute(study, held, mark_customers)
    if held.scored is not None:
        show_problems(held.scored.problems)
        show_bands(held.scored, mark_customers)
        show_mapping(study, held)
        show_rows(held.scored)
        show_files(held)


def take_upload() -> None:
    """Read a newly chosen file; what is wrong with it is said, and the list held before stays."""
    file = st.file_uploader(
        "A list of companies",
        key="list_file",
        type=None,
        help="One row a company, a header row first; up to 200 MB.",
    )
    if file is None or st.session_state.get("list_file_seen") == file.file_id:
        return
    st.session_state["list_file_seen"] = file.file_id
    problems = check_size([file])
    if problems:
        show_problems(problems)
        return
    try:
        with working(f"Reading {file.name}"):
            uploaded = read_list(file)
    except InputRefused as refused:
        show_problems(refused.problems)
        return
    digest = hashlib.sha256(file.getvalue()).hexdigest()[:10]
    st.session_state[HELD] = HeldList(uploaded, digest)
    show_problems(problem for problem in uploaded.problems if problem.severity != "note")


def compute(study: Study, held: HeldList, mark_customers: bool) -> None:
    """Match and score anew when the study, the list or the mapping changed."""
    wanted = f"{open_study.stamp()} {held.digest} {sorted(held.chosen.items(), key=str)}"
    if held.computed_for == wanted:
        return
    with working(f"Scoring {plural(len(held.uploaded.frame), 'row')}") as report:
        report("Finding the columns", 0.1)
        held.matches = match_list(study, held.uploaded, held.chosen)
        held.scored = score_list(
            study, held.uploaded, held.matches, report, mark_customers=mark_customers
        )
    held.computed_for = wanted


def show_bands(scored: ScoredList, mark_customers: bool) -> None:
    """How many rows fall into each band, and how many are customers already."""
    rows = len(scored.frame)
    st.markdown(
        f"**{plain(scored.name)}**: {plural(rows, 'row')}, {plural(scored.columns_given, 'column')}."
    )
    figures = [
        Figure(
            band,
            count(scored.bands[band]),
            percent(scored.bands[band] / rows),
            f"of {plural(rows, 'row')}",
        )
        for band in RATED_BANDS
    ]
    if mark_customers:
        known = "Found by id, name or domain among the study's customers."
        figures.append(
            Figure(
                "Customers already",
                count(scored.customers),
                of=f"of {plural(rows, 'row')}",
                help=known,
            )
        )
    show_figures(figures)
    if scored.bands[NOT_RATED]:
        st.markdown(
            f"{of(scored.bands[NOT_RATED], rows, 'rows')} are not rated: too little of what the rubric reads "
            "is known of them. “Ask for” names what would rate them."
        )


def show_mapping(study: Study, held: HeldList) -> None:
    """Which column was read as what, with the reason; each can be changed."""
    read = [match for match in held.matches if match.weight]
    lacking = [match.wanted for match in read if match.column is None]
    title = (
        f"Columns: {of(len(read) - len(lacking), len(read))} that the rubric reads are in the list"
    )
    with st.expander(title, expanded=bool(lacking)):
        if lacking:
            st.caption(
                "Not found: "
                + plain(", ".join(lacking))
                + ". Choose a column if the list has it under another "
                "name; otherwise it counts as unknown."
            )
        key = f"list_mapping_{held.digest}_{open_study.stamp()}_{len(held.chosen)}"
        st.data_editor(
            mapping_table(held.matches),
            key=key,
            hide_index=True,
            width="stretch",
            num_rows="fixed",
            disabled=["The rubric reads", "Points", "Filled", "Why"],
            on_change=keep_choice,
            args=(key, held),
            column_config={
                "Column in your list": st.column_config.SelectboxColumn(
                    options=[NOT_THERE, *held.uploaded.frame.columns], required=True, width="medium"
                ),
                "Points": st.column_config.NumberColumn(width="small", help=explain("weight")),
                "Filled": st.column_config.NumberColumn(
                    format=PERCENT_FORMAT,
                    width="small",
                    help="Rows with a value that could be read.",
                ),
            },
        )
        for match in held.matches:
            if match.unseen_rows:
                st.caption(plain(unseen_words(match, len(held.uploaded.frame))))


def keep_choice(key: str, held: HeldList) -> None:
    """What a person said of a column; a column given away is taken from the one that had it."""
    for row, edit in st.session_state[key]["edited_rows"].items():
        column = edit.get("Column in your list")
        if column is not None:
            held.chosen[held.matches[int(row)].wanted] = None if column == NOT_THERE else column
            taken = [
                name
                for name, other in held.chosen.items()
                if other == column and name != held.matches[int(row)].wanted
            ]
            for name in taken:
                del held.chosen[name]


def show_rows(scored: ScoredList) -> None:
    """The first rows, ours in front so that they are seen, the highest scores first."""
    order = scored.scores["score"].sort_values(ascending=False, kind="stable").index[:SHOWN]
    table = scored.frame.loc[order]
    ours = list(table.columns[scored.columns_given :])
    st.dataframe(
        table[
            [
                *first_columns(scored),
                *ours,
                *(c for c in table if c not in (*ours, *first_columns(scored))),
            ]
        ],
        key="table_scored_list",
        hide_index=True,
        width="stretch",
        row_height=WRAPPED,
        placeholder=EMPTY_CELL,
        column_config={
            ours[0]: st.column_config.NumberColumn(format="%d", width=80),
            ours[1]: st.column_config.TextColumn(width=80),
            ours[2]: st.column_config.TextColumn(width=360),
        },
    )
    if len(scored.frame) > SHOWN:
        st.caption(
            f"The {SHOWN} highest scores of {plural(len(scored.frame), 'row')}. The files hold all, in the "
            "order of your list."
        )


def show_files(held: HeldList) -> None:
    """CSV and XLSX of all rows; the work is done when the button is pressed."""
    scored = held.scored
    assert scored is not None
    name = f"{scored.name[:60]}-scored-{held.digest}-{open_study.stamp()}-{mapping_name(held)}"
    with st.container(horizontal=True, gap="small"):
        frame, headers = scored.frame, scored.headers
        offer(
            "Download CSV",
            f"{name}.csv",
            "text/csv",
            lambda: list_to_csv(frame, headers),
            "list_csv",
        )
        if len(frame) <= SHEET_ROWS:
            offer(
                "Download Excel",
                f"{name}.xlsx",
                XLSX,
                lambda: list_to_xlsx(frame, headers),
                "list_xlsx",
            )
        st.button(
            "Another list",
            key="list_again",
            on_click=forget,
            type="tertiary",
            icon=":material/close:",
        )


def mapping_name(held: HeldList) -> str:
    """Four signs that tell one mapping from another: Streamlit tells large files apart by name."""
    return hashlib.sha256(repr(sorted(held.chosen.items(), key=str)).encode()).hexdigest()[:4]


def offer(label: str, file_name: str, kind: str, make: Callable[[], Any], key: str) -> None:
    """One download, made when pressed."""
    st.download_button(
        label,
        data=make,
        file_name=file_name,
        mime=kind,
        key=key,
        icon=":material/download:",
        on_click="ignore",
    )


def forget() -> None:
    """Let go of the list."""
    for name in (HELD, "list_file_seen"):
        st.session_state.pop(name, None)
