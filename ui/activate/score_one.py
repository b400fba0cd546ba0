"""Score one company: a form of the rubric's fields and questions, and what the answers come to.

Comes in: the study. Goes out: Streamlit elements. Separate from the page, which only lays out.
Answers stay in the session and are never saved.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from icp_engine import Study
from icp_engine.activate.score_one import Field, OneScore, list_fields, score_one
from icp_engine.charts.pipeline import parts_chart
from icp_engine.rubric.model import NOT_RATED
from icp_engine.wording.numbers import of
from ui.answers.activate import ask_words, known_words, segment_words
from ui.answers.markdown import plain
from ui.frame.cards import BAND_BADGES
from ui.frame.layout import show_picture, split
from ui.frame.shell import go_to
from ui.state import open_study
from ui.state.kept_values import note_values

PREFIX = "one_"
NAMED = 5  # answers to ask for, one a line
FIRST = 8  # fields that stand open; the lighter ones are folded away


@st.fragment
def show_one(study: Study) -> None:
    """The form on the left, score and reasons on the right; on a phone the score comes first."""
    open_study.leave_if_closed()
    fields = open_study.made_once(
        study, "fields", lambda: list_fields(study.rubric, study.accounts)
    )
    if not fields:
        st.caption(
            "The rubric has no criteria yet, so there is nothing to ask. Take the starter set on the Rubric "
            "page, or add criteria there."
        )
        if st.button("Go to Rubric", key="one_to_rubric", icon=":material/tune:"):
            go_to("rubric")
        return
    controls, consequence = split("one", 5, 7)
    with controls, st.container(border=True):
        answers = ask(fields)
    note_values()
    with consequence:
        empty = not answers  # nobody has answered yet: the same for everybody who opens the page
        one = (
            open_study.made_once(study, "unanswered", lambda: score_one(study, {}))
            if empty
            else score_one(study, answers)
        )
        show_score(study, one, bool(answers))


def ask(fields: tuple[Field, ...]) -> dict[str, Any]:
    """A control a field, the weightiest first; an empty one is unknown."""
    st.markdown("**What is known of the company**")
    st.caption("Leave empty what you do not know. Nothing you enter here is saved.")
    answers = {field.name: ask_field(field) for field in fields[:FIRST]}
    if len(fields) > FIRST:
        with st.expander(f"{len(fields) - FIRST} more, of less weight"):
            answers |= {field.name: ask_field(field) for field in fields[FIRST:]}
    st.button(
        "Clear the form",
        key="one_clear",
        on_click=clear,
        args=(tuple(field.name for field in fields),),
        icon=":material/restart_alt:",
        type="tertiary",
    )
    return {name: value for name, value in answers.items() if value not in (None, "", [])}


def ask_field(field: Field) -> Any:
    """One control by the kind of the field."""
    key, points = f"{PREFIX}{field.name}", f"{field.weight} of 100 points."
    help_text = (
        f"{plain(field.question)} {points}".strip()
        if field.weight
        else "A bad-fit trait that is switched on."
    )
    label = plain(field.question or field.name) if field.kind == "question" else plain(field.name)
    if field.kind == "question":
        return st.segmented_control(
            label,
            field.options,
            key=key,
            format_func=str.capitalize,
            help=f"{plain(field.name)}: {points}",
        )
    if field.kind == "tags":
        return st.multiselect(
            label, field.options, key=key, help=help_text, placeholder="Choose any that hold"
        )
    if field.kind == "number":
        unit = f" ({plain(field.unit)})" if field.unit else ""
        return st.number_input(
            f"{label}{unit}", value=None, key=key, help=help_text, placeholder="Not known"
        )
    if field.kind == "text":
        return st.text_input(label, key=key, help=help_text, placeholder="Not known", max_chars=200)
    return st.selectbox(
        label, field.options, index=None, key=key, help=help_text, placeholder="Not known"
    )


def clear(names: tuple[str, ...]) -> None:
    """Forget every answer."""
    for name in names:
        st.session_state.pop(f"{PREFIX}{name}", None)


def show_score(study: Study, one: OneScore, answered: bool) -> None:
    """Score and band, why, what to ask next, the nearest segment, bad-fit traits."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"### {one.whole}" if answered else "### No score yet", width="content")
            st.badge(one.band, color=BAND_BADGES[one.band])
        st.caption(plain(known_words(one)))
        if answered:
            st.markdown(plain(one.reason))
        for caution in one.cautions:
            st.markdown(f":material/warning: {plain(caution)}")
        show_asks(one)
        if study.segments.segments and answered:
            st.markdown(plain(segment_words(one)))
    if answered:
        show_picture("one", parts_chart(one))


def show_asks(one: OneScore) -> None:
    """What to ask next: answers that could move the band, the ones that move the score most first."""
    if not one.asks:
        whole = bool(one.parts["known"].all())
        st.caption(
            "Everything is known." if whole else "No answer that is still open could move the band."
        )
        return
    st.markdown(f"**What to ask next** ({of(len(one.asks), len(one.parts), 'criteria')})")
    if not any(ask_for.alone for ask_for in one.asks):
        together = "would rate it" if one.band == NOT_RATED else "could move the band, together"
        st.markdown(
            f"Answers to these {together}: {plain(', '.join(ask_for.criterion for ask_for in one.asks))}."
        )
        return
    for ask_for in one.asks[:NAMED]:
        st.markdown(f"- {plain(ask_words(ask_for))}")
    if len(one.asks) > NAMED:
        st.caption("And: " + plain(", ".join(ask_for.criterion for ask_for in one.asks[NAMED:])))
