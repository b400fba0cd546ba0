"""Criteria open for editing: names, groups, questions, levels by value or range, switches; add one,
remove one.

Comes in: the rubric in force. Goes out: a changed rubric. Separate from the live control, which
moves numbers only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from icp_engine import Rubric, Study
from icp_engine.charts.rubric import level_table
from icp_engine.rubric import edit
from icp_engine.rubric.explain import explain_origin
from icp_engine.rubric.model import Criterion, Group
from icp_engine.types import Frame
from icp_engine.wording.sentences import sentence
from ui.answers.markdown import flag_name, plain
from ui.answers.rubric.levels import _first_line, how_levels_work, is_range, level_rows, read_levels
from ui.answers.terms import linked
from ui.frame.chart import show_table
from ui.frame.layout import synced
from ui.rubric.change import save_flag, save_rubric
from ui.state import open_study
from ui.state.waiting_words import say, show_said

CHOSEN = "criterion_open"
NEW_WEIGHT = 10
EARNS = st.column_config.NumberColumn(
    "Earns, % of its weight", min_value=0, max_value=100, step=5, required=True
)
CAPS = {"disqualifier": "holds the band at Red", "warning": "holds the band at Yellow"}


def show_criteria(study: Study) -> None:
    """One criterion at a time with everything it is made of; then the switches, then all levels at
    a glance.
    """
    names = [criterion.name for criterion in study.rubric.criteria]
    if st.session_state.get(CHOSEN) not in names:
        st.session_state[CHOSEN] = names[0] if names else None
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if names:
            st.selectbox("Criterion", names, key=CHOSEN, width=360)
        full = len(names) >= edit.MOST
        adding = st.popover("Add a criterion", icon=":material/add:", disabled=full)
        if not full:
            with adding:
                ask_new(study)
        if names:
            st.button(
                "Remove it",
                icon=":material/delete:",
                key="remove_criterion",
                on_click=_remove,
                help="The others take its weight in proportion. Undo brings it back.",
            )
            with st.popover("Name the groups", icon=":material/edit:"):
                ask_group_names(study.rubric)
    if full:
        st.caption(
            f"A rubric holds at most {edit.MOST} criteria. To add another, remove one first."
        )
    chosen = next(
        (c for c in study.rubric.criteria if c.name == st.session_state.get(CHOSEN)), None
    )
    if chosen is not None:
        with st.container(border=True):
            show_editor(study, chosen)
    show_switches(study.rubric)
    if not names:
        return
    with st.expander("All levels of all criteria"):
        show_table(
            "levels",
            level_table(study.rubric),
            column_config={
                "Earns, of its weight": st.column_config.NumberColumn(format="percent"),
                "Points": st.column_config.NumberColumn(format="%.1f"),
            },
        )


def ask_group_names(rubric: Rubric) -> None:
    """What each group is called, on this page and in the profile."""
    for group in rubric.groups:
        key = f"group_name_{group.key}"
        st.text_input(
            group.name,
            key=synced(key, group.name),
            max_chars=40,
            on_change=_name_group,
            args=(group, key),
            label_visibility="collapsed",
        )


def _name_group(group: Group, key: str) -> None:
    new = str(st.session_state[key]).strip()
    _on_open(
        f"Group {group.name} is now {new or 'called as usual'}",
        lambda rubric: edit.rename_group(rubric, group.key, new),
    )


# ---------------------------------------------------------------------- one criterion


def show_editor(study: Study, criterion: Criterion) -> None:
    """Name, group, question, levels."""
    key = f"{criterion.name}_{open_study.stamp()}"
    left, middle, right = st.columns([3, 2, 4], gap="small")
    left.text_input(
        "Name",
        criterion.name,
        key=f"name_{key}",
        max_chars=80,
        on_change=_rename,
        args=(criterion.name, f"name_{key}"),
    )
    groups = {group.key: group.name for group in study.rubric.groups}
    middle.selectbox(
        "Group",
        list(groups),
        index=list(groups).index(criterion.group),
        key=f"group_{key}",
        format_func=groups.__getitem__,
        on_change=_regroup,
        args=(criterion.name, f"group_{key}"),
    )
    right.text_input(
        "Question to ask, where the value is not on file",
        criterion.question,
        key=f"question_{key}",
        max_chars=200,
        on_change=_ask,
        args=(criterion.name, f"question_{key}"),
    )
    if criterion.attributes:
        origin = sentence(explain_origin(criterion, study.suggestion))
        st.caption(f"Reads {plain(' and '.join(criterion.attributes))}. {plain(origin)}".strip())
    edited = st.data_editor(
        level_rows(criterion),
        key=f"levels_{key}",
        hide_index=True,
        width="stretch",
        num_rows="fixed" if len(criterion.columns) > 1 else "dynamic",
        column_config=columns_of(criterion),
    )
    st.caption(how_levels_work(criterion))
    if st.button("Use these levels", key=f"apply_{key}", type="primary"):
        _apply(study, criterion, edited)


def columns_of(criterion: Criterion) -> dict[str, Any]:
    """What each column of the editor takes."""
    if len(criterion.columns) > 1:
        return {"Level": st.column_config.TextColumn(disabled=True), "Earns": EARNS}
    if is_range(criterion):
        return {
            "From": st.column_config.NumberColumn("From", help="Empty: no lower end"),
            "Below": st.column_config.NumberColumn("Below", help="Empty: no upper end"),
            "Earns": EARNS,
        }
    return {
        "Values": st.column_config.TextColumn("Any of these values", width="large"),
        "Earns": EARNS,
    }


def _apply(study: Study, criterion: Criterion, edited: Frame) -> None:
    rows = study.accounts.loc[study.derivation_rows]
    if _changed(
        study,
        f"Levels of {criterion.name}",
        lambda rubric: edit.set_levels(
            rubric, criterion.name, read_levels(criterion, edited), rows
        ),
    ):
        st.rerun(scope="fragment")
    show_said()  # refused: said on this very run, which no other follows


def _changed(study: Study, what: str, change: Callable[[Rubric], Rubric]) -> bool:
    """Make an edit; where it cannot be made, say why and change nothing."""
    try:
        save_rubric(study, change(study.rubric), what)
    except ValueError as error:
        say(plain(f"Not changed: {_first_line(error)}."))
        return False
    return True


def _on_open(what: str, change: Callable[[Rubric], Rubric]) -> bool:
    study = open_study.open_study()
    return study is not None and _changed(study, what, change)


def _rename(name: str, key: str) -> None:
    new = str(st.session_state[key]).strip()
    if _on_open(f"{name} is now {new}", lambda rubric: edit.rename_criterion(rubric, name, new)):
        st.session_state[CHOSEN] = new


def _regroup(name: str, key: str) -> None:
    group = st.session_state[key]
    _on_open(
        f"{name} moved to another group",
        lambda rubric: edit.replace_criterion(rubric, name, group=group),
    )


def _ask(name: str, key: str) -> None:
    question = str(st.session_state[key]).strip()
    _on_open(
        f"Question of {name}",
        lambda rubric: edit.replace_criterion(rubric, name, question=question),
    )


def _remove() -> None:
    name = st.session_state.get(CHOSEN)
    _on_open(f"{name} removed", lambda rubric: edit.remove_criterion(rubric, str(name)))


# ---------------------------------------------------------------------- a new one


def ask_new(study: Study) -> None:
    """From a column, with the levels its outcomes suggest; or a question that people answer."""
    candidates = study.criterion_candidates
    source = st.segmented_control(
        "Made from", ["A column", "A question"], default="A column", key="new_source", required=True
    )
    weight = st.number_input("Weight, of 100", 1, 99, NEW_WEIGHT, key="new_weight")
    if source == "A column":
        if not candidates:
            st.caption("Every column that may score is in the rubric already.")
            return
        name = st.selectbox("Column", candidates, key="new_column")
        st.caption(
            "Its levels are learned from the accounts the rubric is made from; edit them afterwards."
        )
        st.button(
            "Add it", key="add_column", type="primary", on_click=_add_column, args=(name, weight)
        )
        return
    name = st.text_input("Name", key="new_name", max_chars=80, placeholder="Budget authority")
    question = st.text_input(
        "Question",
        key="new_question",
        max_chars=200,
        placeholder="Does the person you speak to own the budget?",
    )
    groups = {group.key: group.name for group in study.rubric.groups}
    group = st.selectbox("Group", list(groups), format_func=groups.__getitem__, key="new_group")
    st.caption(
        "Answers are best, good or none. Unknown for accounts on file, so scores of these change little."
    )
    st.button(
        "Add it",
        key="add_question",
        type="primary",
        on_click=_add_question,
        args=(name, group, weight, question),
    )


def _add_column(name: str, weight: int) -> None:
    study = open_study.open_study()
    if study is None:
        return

    def change(rubric: Rubric) -> Rubric:
        criterion, rules = study.learned_criterion(name, int(weight))
        return edit.add_criterion(rubric, criterion, rules)

    if _changed(study, f"{name} added", change):
        st.session_state[CHOSEN] = name


def _add_question(name: str, group: str, weight: int, question: str) -> None:
    if _on_open(
        f"{name.strip()} added",
        lambda rubric: edit.add_criterion(
            rubric, edit.make_question(name, group, int(weight), question)
        ),
    ):
        st.session_state[CHOSEN] = name.strip()


# ---------------------------------------------------------------------- switches


def show_switches(rubric: Rubric) -> None:
    """Disqualifiers and warnings: switched on, they cap the band whatever the score."""
    flags = [(place, flag) for place, flag in enumerate(rubric.flags) if flag.strength in CAPS]
    st.markdown("**Disqualifiers and warnings**")
    if not flags:
        st.caption(
            "No trait of bad-fit customers is clear enough to cap a band. See Anti-ICP for what was tried."
        )
    for place, flag in flags:
        key = f"rubric_flag_{place}"
        st.toggle(
            f"{plain(flag_name(flag))}: {CAPS[flag.strength]}",
            key=synced(key, flag.on),
            on_change=save_flag,
            args=(place, key),
            help=linked(plain(flag.sentence), "flag"),
        )
