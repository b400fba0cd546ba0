"""What was understood of the files, first of all: grave questions, then six lines, each with what it
rests on and what may be chosen instead.

Comes in: a study. Goes out: a card; an answer or a choice becomes settings, which undo takes back.
Separate because everything after it rests on these lines being right.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from icp_engine import InputRefused, Study
from icp_engine.facts.model import Answer, Choice, Line, Question
from icp_engine.wording.numbers import plural
from ui.answers.best_customers import ideal_customer
from ui.answers.data.understood import (
    OwnMeanings,
    about_questions,
    another_way,
    own_meanings,
    rests_on,
)
from ui.answers.markdown import plain
from ui.frame import shell
from ui.frame.progress import working
from ui.frame.scrolling import open_tab
from ui.home import loading
from ui.state import open_study
from ui.state.waiting_words import say

SURE_ICONS = {
    "sure": ":green[:material/check_circle:]",
    "likely": ":gray[:material/help:]",
    "not sure": ":orange[:material/help:]",
}
CHOICES_SHOWN = 2  # further ones stand folded


def show_understood(study: Study) -> None:
    """The card: what is gravely in doubt, the six lines, the way on."""
    questions = study.questions
    grave = [question for question in questions if question.grave]
    with st.container(border=True, gap="small", key="understood"):
        st.markdown(f"**What was understood. {plain(about_questions(questions))}**")
        for place, question in enumerate(grave):
            show_question(study, question, f"grave_{place}", first=place == 0)
        for line in study.understood:
            show_line(line)
        others = [question for question in questions if not question.grave]
        if others:
            with st.expander(say_smaller(others)):
                for place, question in enumerate(others):
                    show_question(study, question, f"small_{place}", said=len(others) == 1)
        if st.button(
            "Leave it open: see your best customers"
            if grave
            else "That's right: see your best customers",
            key="next_data",
            type="tertiary" if grave else "primary",
            icon=":material/arrow_forward:",
            icon_position="right",
        ):
            shell.go_to("best_customers")


def say_smaller(questions: Sequence[Question]) -> str:
    """What is folded: the one question itself, else how many."""
    if len(questions) == 1:
        return f"A smaller question: {plain(questions[0].sentence)}"
    return plural(len(questions), "smaller question")


def show_question(
    study: Study, question: Question, key: str, *, first: bool = False, said: bool = False
) -> None:
    """What is in doubt, and its answers as buttons; the likeliest of the first one stands out.

    said: its sentence stands above already.
    """
    icon = ":orange[:material/help:] " if question.grave else ""
    sentence = plain(question.sentence)
    if not said:
        st.markdown(f"{icon}**{sentence}**" if question.grave else sentence)
    with st.container(horizontal=True, gap="small"):
        for place, answer in enumerate(question.answers):
            st.button(
                plain(answer.label),
                key=f"answer_{key}_{place}",
                on_click=give_answer,
                args=(question.about, answer),
                type="primary" if first and not place else "secondary",
            )
        show_another_way(study, question, key, first=first)


def show_another_way(study: Study, question: Question, key: str, *, first: bool) -> None:
    """What to do where none of the answers holds: each value by itself, else in a tab below."""
    own = own_meanings(question, study.settings.meanings) if question.grave else None
    if own is not None:
        with st.popover("None of these", type="tertiary"):
            ask_meanings(question, own, key)
        return
    where = another_way(question) if question.answers else ("Say what they mean", "Values")
    if where is None:
        return
    label, tab = where
    st.button(
        label,
        key=f"answer_{key}",
        on_click=open_tab,
        args=("data", tab),
        icon=":material/arrow_downward:",
        type="tertiary" if question.answers else "primary" if first else "secondary",
    )


def ask_meanings(question: Question, own: OwnMeanings, key: str) -> None:
    """What each value means, one list a value."""
    with st.form(f"form_own_{key}", border=False):
        st.markdown(f"What each value of “{plain(own.column)}” means")
        chosen = {
            value: st.segmented_control(
                plain(value),
                own.options,
                default=meaning,
                required=True,
                key=f"own_{key}_{place}_{open_study.stamp()}",
            )
            for place, (value, meaning) in enumerate(own.likeliest.items())
        }
        if st.form_submit_button("Apply", type="primary"):
            label = ", ".join(f"“{value}” {meaning}" for value, meaning in chosen.items())
            give_answer(question.about, Answer(label, own.settings_for(chosen)))
            st.rerun()


def show_line(line: Line) -> None:
    """One line: its words, the columns it rests on and how sure, beside what else there is."""
    if not line.choices:
        show_words(line)
        return
    left, right = st.columns([3, 2], gap="medium", vertical_alignment="top")
    with left:
        show_words(line)
    with right:
        shown, folded = line.choices[:CHOICES_SHOWN], line.choices[CHOICES_SHOWN:]
        with st.container(horizontal=True, gap="small"):
            for place, choice in enumerate(shown):
                ask_choice(choice, f"{line.key}_{place}")
        if folded:
            with st.popover(plural(len(folded), "more file"), type="tertiary"):
                for place, choice in enumerate(folded, CHOICES_SHOWN):
                    ask_choice(choice, f"{line.key}_{place}")


def show_words(line: Line) -> None:
    """The line in words, and in small what it rests on."""
    rests = rests_on(line)
    with st.container(gap="xxsmall"):
        st.markdown(f"**{plain(line.title)}.** {plain(line.text)}")
        if rests:
            st.caption(f"{SURE_ICONS[line.sure_word]} {plain(rests)}")


def ask_choice(choice: Choice, key: str) -> None:
    """A list of what may be chosen instead; what is chosen becomes a setting."""
    own = f"understood_{key}_{open_study.stamp()}"
    st.selectbox(
        plain(choice.label),
        range(len(choice.options)),
        index=choice.chosen,
        key=own,
        format_func=lambda place: plain(choice.options[place].label),
        on_change=choose,
        args=(own, choice),
    )


def choose(key: str, choice: Choice) -> None:
    """Callback: what was chosen instead becomes a setting."""
    place = st.session_state[key]
    if place is not None:
        give_answer(choice.label, choice.options[place])


def give_answer(about: str, answer: Answer) -> None:
    """Callback: an answer becomes settings, which undo takes back."""
    open_study.change(f"{about}: {answer.label}", **answer.settings)
    say(f"Done: {plain(answer.label)}. Undo takes it back.")


def show_result(study: Study) -> None:
    """Who the ideal customer is, and how many are best by which values; not for a study that takes
    long.
    """
    if len(study.intake.accounts) > loading.COMPUTED_UNASKED or not study.facts.customers.value:
        return
    try:
        with working("Looking for what your best customers share"):
            ideal, best, shared = (
                ideal_customer(study),
                study.best.sentence,
                study.traits.verdict.sentence,
            )
    except InputRefused:
        return
    if any(question.grave for question in study.questions):
        st.caption("Until the question above is answered, this may be wrong:")
    first, second = (ideal, best) if ideal else (best, shared)
    st.markdown(f"**{plain(first)}**  \n{plain(second)}")
