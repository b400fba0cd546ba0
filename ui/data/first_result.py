"""The first result after files were read: what they hold, who the ideal customer is, the one
question in doubt.

Comes in: the study. Goes out: sentences, a card with one button that leads on. Separate from the
page's tabs, which nobody has to understand to go on.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from icp_engine import InputRefused, Problem, Study
from icp_engine.intake.advice.fixes import suggest_fixes
from icp_engine.wording.dates import date
from icp_engine.wording.numbers import count, plural
from icp_engine.wording.sentences import listed
from ui.answers.best_customers import ideal_customer
from ui.answers.markdown import plain
from ui.data.problems import ANSWERED_IN, apply_fix, open_tab
from ui.frame import shell
from ui.frame.progress import working
from ui.home import loading

# only a person knows the answer, and much hangs on it; the gravest first
QUESTIONS = (
    "outcome-unsure",
    "currency-mixed",
    "dates-ambiguous",
    "churn-unsure",
    "churn-estimated",
)
METRICS_NAMED = 3  # columns of value; what else there is, the tab Columns shows


def find_question(study: Study) -> Problem | None:
    """The gravest point that only a person can settle; None where the files leave nothing in doubt."""
    asked = [problem for code in QUESTIONS for problem in study.problems if problem.code == code]
    return asked[0] if asked else None


def found_sentence(study: Study) -> str:
    """“420 accounts, 203 won and 196 lost deals from 4 Feb 2021 to 12 Mar 2026, 21 deals still
    open.”
    """
    deals = study.intake.deals
    accounts = plural(len(study.intake.accounts), "account")
    if not len(deals):
        return f"{accounts} and no deals{_until(study)}. {_told_by(study)}"
    won = deals["won"]
    if won.isna().all():
        none = f"{plural(len(won), 'deal')}{_since(deals)}, none of them known as won or lost"
        return f"{accounts}, {none}. {_told_by(study)}"
    closed = (
        f"{count(won.fillna(False).sum())} won and {plural((~won.fillna(True)).sum(), 'lost deal')}"
    )
    still = f", {plural(won.isna().sum(), 'deal')} still open" if won.isna().any() else ""
    return f"{accounts}, {closed}{_since(deals)}{_until(study)}{still}. {_told_by(study)}"


def _since(deals: pd.DataFrame) -> str:
    first = deals[["created_date", "closed_date"]].min().min()
    return "" if pd.isna(first) else f" from {date(first)}"


def _until(study: Study) -> str:
    return "" if pd.isna(study.intake.as_of) else f" to {date(study.intake.as_of)}"


def _told_by(study: Study) -> str:
    """Which columns say what a customer is worth."""
    named = [name for name, column in study.intake.columns.items() if column.role == "value_metric"]
    more = [f"{count(len(named) - METRICS_NAMED)} more"] if len(named) > METRICS_NAMED else []
    if named:
        return f"What a customer is worth is measured by {listed([*named[:METRICS_NAMED], *more])}."
    worth = len(study.intake.deals) and study.intake.deals["amount"].notna().any()
    return (
        "What a customer is worth is taken from won deals."
        if worth
        else "Nothing says what a customer is worth."
    )


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
                args=(tab,),
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
