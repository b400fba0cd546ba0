"""The tables of a study: one row a column, editable; one column looked at closely; the first rows.

Comes in: a study. Goes out: Streamlit elements; what is edited becomes settings. Separate from
`column_edits`, which saves, because this lays it out.
"""

from __future__ import annotations

from typing import get_args

import streamlit as st

from icp_engine import Study
from icp_engine.intake.columns.role import ROLES, AttributeKind, Column
from icp_engine.wording.numbers import count, plural
from icp_engine.wording.shares import PERCENT_FORMAT
from ui.answers.data.columns import (
    KIND_SENTENCES,
    count_values,
    describe,
    people_columns,
    role_label,
    without_people,
)
from ui.answers.markdown import plain
from ui.answers.terms import linked
from ui.data import column_edits
from ui.data.choices import fitting_height
from ui.frame.chart import show_download
from ui.state import open_study

LEVELS_SHOWN = 50
ROWS_SHOWN = 50
EDITABLE = ("Role", "Kind")


def show_columns(study: Study) -> None:
    """Choose a table; see its columns, one of them closely, and its first rows."""
    names = list(study.intake.table_columns)
    if not names:
        st.markdown("No table could be read.")
        return
    table = choose_table(names)
    kind = study.intake.kinds.get(table, "unknown")
    size = plural(len(study.intake.raw[table]), "row")
    st.markdown(
        f"{KIND_SENTENCES.get(kind, f'Taken for **{plain(kind)}**.')} {size}. "
        "Role and kind can be changed in the table."
    )
    show_column_table(study, table)
    show_one_column(study, table)
    show_first_rows(study, table)


def choose_table(names: list[str]) -> str:
    """The table to look at: buttons side by side, the first one at first."""
    chosen = st.segmented_control(
        "Table",
        names,
        default=names[0],
        key="data_table",
        format_func=plain,
        label_visibility="collapsed",
        persist_state="session",
    )
    return chosen if chosen in names else names[0]


def show_column_table(study: Study, table: str) -> None:
    """One row a column: role and kind can be chosen anew."""
    key = f"roles_{table}_{open_study.stamp()}"
    shown = describe(study, table)
    st.data_editor(
        shown,
        key=key,
        hide_index=True,
        width="stretch",
        placeholder="",
        disabled=[name for name in shown.columns if name not in EDITABLE],
        height=fitting_height(shown),
        column_config={
            "Column": st.column_config.TextColumn(pinned=True),
            "Role": st.column_config.SelectboxColumn(
                options=list(ROLES),
                format_func=role_label,
                required=True,
                width="medium",
                help="What the column is for. What is known only after the sale never scores a deal.",
            ),
            "Kind": st.column_config.SelectboxColumn(
                options=list(get_args(AttributeKind)),
                format_func=lambda kind: str(kind).capitalize(),
                width=130,
                help="What sort of attribute it is: company facts, technology, behaviour, way of buying.",
            ),
            "Values": st.column_config.BarChartColumn(
                y_min=0,
                width="small",
                help="How the values spread: numbers and dates from low to high, levels from common to rare.",
            ),
            "Missing": st.column_config.ProgressColumn(
                format=PERCENT_FORMAT,
                min_value=0,
                max_value=100,
                width="small",
                color="gray",
                help=linked(
                    "Share of rows without a value; words such as “unknown” count as missing.",
                    "missing",
                ),
            ),
            "Different": st.column_config.NumberColumn(
                width="small",
                format="localized",
                help="How many different values stand in it.",
            ),
        },
    )
    column_edits.save_edits(study, key, table)


def show_one_column(study: Study, table: str) -> None:
    """One column closely: its values with their numbers, and how it is read."""
    known = {column.name: column for column in study.intake.table_columns[table]}
    closely = st.expander("Look at one column", key="look_closely", on_change="rerun")
    if not closely.open:  # counting every value of a long column takes a while
        return
    with closely:
        names = list(known)
        first = next(
            (place for place, name in enumerate(names) if known[name].role == "attribute"), 0
        )
        name = st.selectbox(
            "Column", names, first, key=f"look_{table}", format_func=plain, persist_state="session"
        )
        if name is None:
            return
        left, right = st.columns([3, 2], gap="medium")
        with left:
            show_levels(study, table, known[name])
        with right:
            ask_missing_words(study, known[name])
            if known[name].type == "date":
                ask_date_order(study, name)


def show_levels(study: Study, table: str, column: Column) -> None:
    """The values of a column as they stand in the file, the commonest first."""
    if column.name in people_columns(study, table):
        st.caption("The values name people and are not shown.")
        return
    values = study.intake.raw[table][column.name]
    found = count_values(values, column)
    st.dataframe(
        found.head(LEVELS_SHOWN),
        key=f"levels_{table}_{column.name}",
        hide_index=True,
        width="stretch",
        column_config={
            "Rows": st.column_config.NumberColumn(format="localized", width="small"),
            "Read as": st.column_config.TextColumn(width="medium"),
        },
    )
    many = len(found) > LEVELS_SHOWN
    first = (
        f"The {LEVELS_SHOWN} commonest of {count(len(found))} different values. " if many else ""
    )
    st.caption(f"{first}{plural(len(values), 'row')} in all.")


def ask_missing_words(study: Study, column: Column) -> None:
    """Words that mean “empty” in this column, as text to be edited."""
    given = study.settings.missing_words.get(column.name, ())
    with st.form(f"missing_words_{column.name}_{open_study.stamp()}", border=False):
        words = st.text_input(
            "Words that mean “empty” here",
            ", ".join(given),
            key=f"missing_{column.name}_{open_study.stamp()}",
            max_chars=500,
            placeholder="tbc, not asked",
            help="Separated by commas. The usual ones (n/a, unknown, -, …) count everywhere.",
        )
        if st.form_submit_button("Read these as empty"):
            found = tuple(
                dict.fromkeys(word.strip().lower() for word in words.split(",") if word.strip())
            )
            kept = {
                name: held
                for name, held in study.settings.missing_words.items()
                if name != column.name
            }
            open_study.change(
                f"Missing words of {column.name}",
                missing_words={**kept, column.name: found} if found else kept,
            )
            st.rerun()


def ask_date_order(study: Study, name: str) -> None:
    """Whether day or month comes first in a column of dates."""
    given = study.settings.date_formats.get(name)
    order = st.selectbox(
        "Day or month first",
        [None, *column_edits.ORDERS],
        key=f"order_{name}_{open_study.stamp()}",
        index=0 if given is None else 1 + list(column_edits.ORDERS).index(given),
        format_func=lambda known: column_edits.ORDERS.get(known, "As found"),
    )
    if order != given:
        kept = {
            column: held for column, held in study.settings.date_formats.items() if column != name
        }
        open_study.change(
            f"Date format of {name}", date_formats={**kept, name: order} if order else kept
        )
        st.rerun()


def show_first_rows(study: Study, table: str) -> None:
    """The first rows as they stand in the file, without what names people."""
    with st.expander("First rows as they stand in the file"):
        raw = without_people(study, table)
        st.dataframe(raw.head(ROWS_SHOWN), width="stretch", key=f"preview_{table}", placeholder="")
        hidden = people_columns(study, table)
        if hidden:
            st.caption(f"Not shown, because they name people: {plain(', '.join(hidden))}.")
        if len(raw) > ROWS_SHOWN:
            st.caption(f"{ROWS_SHOWN} of {count(len(raw))} rows.")
        listed = describe(study, table).drop(columns="Values")
        show_download(f"columns_{table}", listed, label="Download the column list")
