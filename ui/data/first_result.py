"""The first result after files were read: what they hold, who the ideal customer is, the one
question in doubt.

Comes in: the study. Goes out: sentences, a card with one button that leads on. Separate from the
page's tabs, which nobody has to understand to go on.
"""

from __future__ import annotations

import streamlit as st

from icp_engine import InputRefused, Problem, Study
from icp_engine.intake.advice.fixes import suggest_fixes
from icp_engine.wording.numbers import count
from ui.answers.best_customers import ideal_customer
from ui.answers.data.found import (
    QUESTIONS,
    find_question,
)
from ui.answers.markdown import plain
from ui.data.problems import ANSWERED_IN, apply_fix
from ui.frame import shell
from ui.frame.progress import working
from ui.frame.scrolling import open_tab
from ui.home import loading


def show_first(study: Study) -> None:
    """A card: the question in doubt or else the first result, and the button that leads on."""
    if not len(study.intake.accounts):
        return
    question = find_question(study)
    with st.container(border=True, gap="small"):
        if question is not None:
            show_question(study, question)
        show_result(study)
        show_onward(main=question is None)


def show_question(study: Study, question: Problem) -> None:
    """What is in doubt, and its answers; the likeliest stands out."""
    others = sum(problem.code in QUESTIONS for problem in study.problems) - 1
    more = f" ({count(others)} more below)" if others else ""
    st.markdown(
        f":orange[:material/help:] **Answer one question first{more}.** {plain(question.message)}"
    )
    with st.container(horizontal=True, gap="small"):
        for place, fix in enumerate(suggest_fixes(question, study.intake, study.settings)):
            st.button(
                plain(fix.label),
                key=f"first_fix_{place}",
                on_click=apply_fix,
                args=(fix,),
                type="secondary" if place else "primary",
            )
        if question.code in ANSWERED_IN:
            label, tab = ANSWERED_IN[question.code]
            st.button(
                label,
                key="first_answer",
                on_click=open_tab,
                args=("data", tab),
                icon=":material/arrow_downward:",
                type="primary",
            )


def show_result(study: Study) -> None:
    """Who the ideal customer is, and how many are best by which values; not for a study that takes
    long.
    """
    if len(study.intake.accounts) > loading.COMPUTED_UNASKED:
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
    first, second = (ideal, best) if ideal else (best, shared)
    st.markdown(f"**{plain(first)}**  \n{plain(second)}")


def show_onward(*, main: bool) -> None:
    """The way to the best customers; the page's one coloured button unless a question goes first."""
    if st.button(
        "See your best customers",
        key="next_data",
        type="primary" if main else "tertiary",
        icon=":material/arrow_forward:",
        icon_position="right",
    ):
        shell.go_to("best_customers")
