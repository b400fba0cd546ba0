"""Rubric: which accounts deserve attention, and what each weight does to that.

Asks: weights, thresholds, criteria and their levels. Shows: won and lost deals by score and win
rate by band while a weight is dragged, held-out figures as of the last check, who moved and why.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from icp_engine import Study
from ui.answers.account_names import count_bands
from ui.answers.markdown import plain
from ui.frame import held_out_check, shell
from ui.frame.cards import guarded
from ui.frame.chart import show_folded
from ui.frame.layout import ANALYSTS, show_tabs
from ui.frame.progress import working
from ui.frame.turns import give_way, in_turn
from ui.rubric.accounts import ACCOUNTS, show_accounts
from ui.rubric.change import use_starter
from ui.rubric.controls import AROUND, show_answer, show_buttons, show_exact, show_live
from ui.rubric.criteria import show_criteria
from ui.rubric.scenarios import offer_from_link, show_scenarios
from ui.rubric.tune import show_analysts, show_tuning
from ui.rubric.who_moved import show_moved, show_tornado
from ui.state import open_study


def show_page() -> None:
    """The part that answers a control, then the way onwards."""
    study = shell.require_study("rubric")
    with working("Fitting the rubric and checking it on held-out deals"):
        study = held_out_check.count_shown(study)
        _computed = study.as_checked.validation  # here, so that the wait is announced
    offer_from_link(study)
    show_rubric()
    shell.show_next("rubric")


@st.fragment(key=AROUND)
@guarded
def show_rubric() -> None:
    """Everything a weight moves; runs when weights have come to rest. A release alone runs the live
    control only.
    """
    study = open_study.open_study()
    if study is None:
        return
    with in_turn():
        show_answer(study)
        give_way()
        if study.rubric.criteria:
            show_buttons(study)
            count_bands(study)
            show_live(lists=True)
            give_way()
            show_exact(study)
        else:
            show_nothing_helps(study)
        give_way()
        show_tabs("rubric", tabs(study))


def tabs(study: Study) -> dict[str, Callable[[], None]]:
    """What stands below the first view; without criteria there are no weights to move."""
    known: dict[str, Callable[[], None]] = {
        "Who moved": lambda: show_moves(study),
        ACCOUNTS: lambda: show_accounts(study),
        "Scenarios": lambda: show_other_rubrics(study),
        "Criteria": lambda: show_criteria(study),
        ANALYSTS: lambda: show_analysts(study),
    }
    order = list(known) if study.rubric.criteria else ["Criteria", "Scenarios", ACCOUNTS, ANALYSTS]
    return {name: known[name] for name in order}


def show_moves(study: Study) -> None:
    """Who moved; which weight decides most, worked out once unfolded."""
    show_moved(study)
    give_way()
    show_folded("What matters most", "what_matters", lambda: show_tornado(study))


def show_other_rubrics(study: Study) -> None:
    """Rubrics kept under a name; weights fitted within a person's bounds."""
    show_scenarios(study)
    if study.rubric.criteria:
        show_folded("Tune within bounds", "tuning", lambda: show_tuning(study))


def show_nothing_helps(study: Study) -> None:
    """No criterion helps: said calmly, with the way on."""
    for reason in study.validation.verdict.because:
        st.caption(plain(reason))
    with st.container(border=True):
        st.markdown(
            "**No criterion of these files tells who buys, so every account scores 50 and has no band.**"
        )
        st.markdown(
            "You can begin with nine questions from common practice, such as budget authority and technical "
            "compatibility, and answer them deal by deal. They are assumptions until your own deals test them.",
            width=760,
        )
        st.button(
            "Begin with the starter questions",
            key="use_starter",
            type="primary",
            on_click=use_starter,
        )


show_page()
