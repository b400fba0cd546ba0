"""The scope editor: which rows count, as a list of filters that reads as a sentence.

Comes in: a study. Goes out: Streamlit elements; a filter added or taken away is a setting. Separate
because the scope stands on every page but is changed here only.
"""

from __future__ import annotations

import datetime

import streamlit as st

from icp_engine import Study
from icp_engine.intake.advice.scope_choices import ScopeChoice, find_scope_choices
from icp_engine.profile.from_choices import filter_sentence, scope_sentence
from icp_engine.settings import Filter
from icp_engine.wording.numbers import count, of, plural
from ui.answers.markdown import plain
from ui.data import column_edits
from ui.state import open_study

SIDES = {"deals": "Deals", "accounts": "Accounts"}
KEEP, WITHOUT = "Keep only", "Leave out"


def show_scope(study: Study) -> None:
    """What counts now, the filters that can be taken away, one more to add; then the day and the
    unit.
    """
    whole = study.replace(scope=()).intake
    st.markdown(f"**{plain(scope_sentence(study.settings))}**")
    if study.settings.scope:
        kept = of(len(study.intake.accounts), len(whole.accounts), "accounts")
        st.caption(f"{kept} and {of(len(study.intake.deals), len(whole.deals), 'deals')} are left.")
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_filters(study)
        ask_filter(study, find_scope_choices(whole))
    with right:
        st.markdown("**As of, and of whom**")
        column_edits.ask_as_of(study)
        column_edits.ask_unit(study)


def show_filters(study: Study) -> None:
    """Each filter with the button that takes it away."""
    for place, rule in enumerate(study.settings.scope):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            sentence = filter_sentence(rule)
            st.markdown(plain(f"{sentence[:1].upper()}{sentence[1:]}"))
            st.button(
                "Take away",
                key=f"scope_remove_{place}",
                type="tertiary",
                icon=":material/close:",
                on_click=_remove,
                args=(study, rule),
            )


def ask_filter(study: Study, choices: tuple[ScopeChoice, ...]) -> None:
    """One more filter: a column, then its values or days."""
    if not choices:
        st.caption("No column of the files has few enough values to filter by.")
        return
    names = [f"{SIDES[choice.table]}: {choice.column}" for choice in choices]
    chosen = st.selectbox(
        "Narrow down by",
        range(len(choices)),
        key="scope_column",
        index=None,
        format_func=lambda place: plain(names[place]),
        placeholder="Pipeline, region, owner, dates, …",
    )
    if chosen is None:
        return
    choice = choices[chosen]
    rule = ask_days(choice) if choice.is_date else ask_values(choice)
    st.button(
        "Apply",
        key="scope_apply",
        type="primary",
        disabled=rule is None,
        on_click=_add,
        args=(study, rule),
    )


def ask_values(choice: ScopeChoice) -> Filter | None:
    """The values to keep or to leave out; None while none is chosen."""
    key = f"{choice.table}_{choice.column}"
    side = st.segmented_control(
        "What to do with them",
        [KEEP, WITHOUT],
        default=KEEP,
        key=f"scope_side_{key}",
        label_visibility="collapsed",
        required=True,
    )
    rows = dict(choice.values)
    picked = st.multiselect(
        "Values",
        list(rows),
        key=f"scope_values_{key}",
        placeholder="Choose values",
        format_func=lambda value: f"{plain(value)} ({count(rows[value])})",
    )
    if not picked:
        return None
    chosen = {"values": tuple(picked)} if side != WITHOUT else {"exclude": tuple(picked)}
    return Filter(table=choice.table, column=choice.column, **chosen)


def ask_days(choice: ScopeChoice) -> Filter | None:
    """From which to which day; None while both ends are those of the data."""
    first, last = (datetime.date.fromisoformat(day) for day in (choice.low, choice.high))
    key = f"{choice.table}_{choice.column}"
    with st.container(horizontal=True):
        low = st.date_input("From", first, min_value=first, max_value=last, key=f"scope_from_{key}")
        high = st.date_input("To", last, min_value=first, max_value=last, key=f"scope_to_{key}")
    keep_open = ask_open_deals(choice)
    if (low, high) == (first, last) or low > high:
        return None
    return Filter(
        table=choice.table,
        column=choice.column,
        low=low.isoformat() if low > first else None,
        high=high.isoformat() if high < last else None,
        keep_open=keep_open,
    )


def ask_open_deals(choice: ScopeChoice) -> bool | None:
    """Whether deals that are open still stay under a filter by the day of closing; None where it
    does not matter.
    """
    if not choice.open_deals:
        st.caption("Rows without this date are left out.")
        return None
    keep = st.checkbox(
        f"Keep the {plural(choice.open_deals, 'open deal')}, which have no such day yet",
        True,
        key=f"scope_open_{choice.column}",
    )
    return bool(keep)


def _add(study: Study, rule: Filter) -> None:
    others = tuple(
        held
        for held in study.settings.scope
        if (held.table, held.column) != (rule.table, rule.column)
    )
    open_study.change(f"Scope: {filter_sentence(rule)}", scope=(*others, rule))
    st.session_state["scope_column"] = None


def _remove(study: Study, rule: Filter) -> None:
    left = tuple(held for held in study.settings.scope if held != rule)
    open_study.change(f"Scope without: {filter_sentence(rule)}", scope=left)
