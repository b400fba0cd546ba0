"""Tables of a database instead of files: choose, look, open.

Comes in: the sources the operator configured, never an address typed here. Goes out: a study opened
on chosen tables. Separate because it shows only where a source is configured, and asks the database
only when a button says so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import streamlit as st

from icp_engine import Settings
from icp_engine.intake.reading.databases.model import DatabaseTable, ListedTable, Source
from icp_engine.intake.reading.databases.read import list_tables, preview_table
from icp_engine.intake.reading.databases.sources import find_sources
from icp_engine.problems import InputRefused
from icp_engine.wording.numbers import count, plural
from icp_engine.wording.sentences import first_few
from ui.answers.markdown import plain
from ui.frame.cards import guarded, show_problems
from ui.frame.progress import working
from ui.home import loading

HELD = "database_tables"  # in the session: (source's name, its tables as listed)
SHOWN = "database_preview"  # in the session: (table, its first rows)
UNREADABLE_NAMED = 5
Open: TypeAlias = Callable[[list[loading.Source], Settings, bool], None]


@guarded
def show_database(objective: str, open_tables: Open) -> None:
    """Nothing where no source is configured; else an expander from the source to the open study.

    open_tables(tables, settings, without_people) opens the study.
    """
    sources, problems = find_sources()
    if not sources and not problems:
        return
    with st.expander("From a database"):
        show_problems(problems)
        if sources:
            show_source(ask_source(sources), objective, open_tables)


def ask_source(sources: tuple[Source, ...]) -> Source:
    """Which database; asked only where there are several."""
    names = {source.name: source for source in sources}
    if len(names) == 1:
        return sources[0]
    return names[st.selectbox("Database", list(names), key="database_source", width=420)]


def show_source(source: Source, objective: str, open_tables: Open) -> None:
    """List, choose, look, open."""
    st.markdown(
        f"Tables of **{plain(source.name)}** are only read, at most {plural(source.rows, 'row')} of each, and joined "
        "like files. What is read is saved with the study as files are."
    )
    if st.button("List the tables", key="database_list"):
        hold_tables(source)
    held = st.session_state.get(HELD)
    if held is None or held[0] != source.name:
        return
    chosen = ask_tables(source, held[1])
    if not chosen:
        return
    show_preview(chosen)
    without = st.checkbox(
        "Leave out people's names, e-mail and phone", key="database_without_people"
    )
    if st.button("Read the tables", key="database_open", type="primary"):
        settings = Settings(
            objective=objective,
            title=name_study(chosen),
            read_from={table.name: table.origin for table in chosen},
        )
        open_tables(list(chosen), settings, without)


def name_study(chosen: list[DatabaseTable]) -> str:
    """A name to begin with: “crm: deals”, and how many tables came with it."""
    first = f"{chosen[0].source.name}: {chosen[0].table.rpartition('.')[2][:60]}"
    return first if len(chosen) == 1 else f"{first} and {len(chosen) - 1} more"


def hold_tables(source: Source) -> None:
    """Ask the database what it offers, and keep the answer for this session."""
    st.session_state.pop(SHOWN, None)
    try:
        with working("Asking the database for its tables"):
            st.session_state[HELD] = (source.name, list_tables(source))
    except InputRefused as refused:
        st.session_state.pop(HELD, None)
        show_problems(refused.problems)


def ask_tables(source: Source, tables: tuple[ListedTable, ...]) -> list[DatabaseTable]:
    """The tables to read; those that may not be read are named beneath."""
    readable = {table.full_name: table for table in tables if table.readable}
    if not tables:
        st.markdown("This database offers no tables.")
        return []
    names = st.multiselect(
        "Tables of accounts, deals, contacts, orders, notes",
        list(readable),
        key=f"database_chosen_{source.name}",
        format_func=lambda name: describe_table(readable[name]),
        max_selections=loading.FILES_AT_ONCE,
        placeholder=f"Choose from {plural(len(readable), 'table')}",
    )
    barred = [table.full_name for table in tables if not table.readable]
    if barred:
        st.caption(
            f"The workbench's user may not read {plain(first_few(barred, UNREADABLE_NAMED))}."
        )
    return [DatabaseTable(source, name) for name in names]


def describe_table(table: ListedTable) -> str:
    """“sales.deals, about 2,600 rows, 14 columns”."""
    rows = "rows not counted" if table.rows is None else f"about {count(table.rows)} rows"
    return f"{table.full_name}, {rows}, {plural(len(table.columns), 'column')}"


def show_preview(chosen: list[DatabaseTable]) -> None:
    """The first rows of one chosen table, when asked for."""
    names = {table.table: table for table in chosen}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        name = st.selectbox("Look into", list(names), key="database_look", width=420)
        asked = st.button("Show the first rows", key="database_show")
    if asked and name is not None:
        st.session_state.pop(SHOWN, None)
        try:
            with working("Reading the first rows"):
                st.session_state[SHOWN] = (name, preview_table(names[name]))
        except InputRefused as refused:
            show_problems(refused.problems)
    shown = st.session_state.get(SHOWN)
    if shown is not None and shown[0] == name:
        st.dataframe(shown[1], hide_index=True, height=260)
