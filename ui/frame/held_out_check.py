"""Looks at the held-out deals: the button that asks them, what was looked at, and how often.

Comes in: the study. Goes out: widgets, the study as its held-out figures were shown last. Separate
because every page that shows held-out figures must count alike: moving a weight shows none,
checking is one look.
"""

from __future__ import annotations

import streamlit as st

from icp_engine import Study
from icp_engine.study import looks as looked
from icp_engine.study.looks import checked_study, is_checked
from icp_engine.wording.numbers import count, show_times
from ui.answers.terms import explain
from ui.state import open_study


def check() -> None:
    """Callback of “Check on held-out deals”: one look, remembered by the rubric's name, so that
    none counts twice.
    """
    study = open_study.open_study()
    if study is not None and not is_checked(study):
        open_study.change(open_study.CHECKED, checked=study.rubric, **looked.looked(study))


def looks_sentence(study: Study) -> str:
    """“You have looked 14 times at these 120 accounts; next quarter's deals are the honest test.”

    Before the first look: what a check of the changed rubric costs; “” while nothing was changed.
    """
    looks = study.settings.looks
    if not looks:
        return (
            ""
            if is_checked(study)
            else "A check is one look: the more looks, the less these deals can prove."
        )
    accounts = len(study.holdout.accounts) or len(study.outcomes)
    return (
        f"You have looked {show_times(looks)} at these {count(accounts)} accounts; next quarter's deals are "
        "the honest test."
    )


def show_check(study: Study) -> None:
    """The button that asks the held-out deals, and what the figures beside it speak of."""
    current = is_checked(study)
    held_out = study.holdout.method == "held_out"
    label = "Check on held-out deals" if held_out else "Cross-check this rubric"
    st.button(
        label,
        key="check_held_out",
        type="secondary" if current else "primary",
        on_click=check,
        disabled=current,
        icon=":material/fact_check:",
        help=explain("look"),
    )


def count_shown(study: Study) -> Study:
    """Before a page shows held-out figures: what the data suggest anew, as after another choice of
    best customers, is one more look, counted and said. The study with that count.
    """
    counted = looked.unasked_look(study)
    if not counted:
        return study
    open_study.change(open_study.RENEWED, **counted)
    st.toast("What the data suggest has changed, so held-out deals were asked once more: one look.")
    return open_study.open_study() or study


def show_checked(
    study: Study, what: str = "What stands here proves the rubric as checked last."
) -> Study:
    """For a page of proof: the study as last checked; where the rubric was changed since, said,
    with the button.
    """
    study = count_shown(study)
    checked = checked_study(study)
    if checked is not study:
        with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**The rubric was changed since.** {what}", width="stretch")
            show_check(study)
    return checked
