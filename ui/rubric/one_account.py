"""One account: found by name, its score criterion by criterion, how such accounts turned out, what
would lift it.

Comes in: the study, a name or id. Goes out: a tab. Separate from the lists, which name many and
explain briefly.
"""

from __future__ import annotations

import streamlit as st

from icp_engine import Study
from icp_engine.charts.weights import waterfall_chart
from ui.answers.account_names import label, whole_scores
from ui.answers.markdown import plain
from ui.answers.rubric.one_account import (
    band_words,
    near_miss,
    outcome_lines,
    values_of,
)
from ui.frame.layout import show_picture


def ask_example(study: Study) -> str | None:
    """Accounts a little below a threshold, for whoever has no name in mind."""
    examples = near_miss(study)
    if not examples:
        return None
    chosen: str | None = st.pills(
        "For example, accounts just short of the next band",
        examples,
        key="one_account_near",
        format_func=lambda one: plain(label(study, one)),
    )
    return chosen


def show_account(study: Study, account: str) -> None:
    """The waterfall, the reason as a sentence, the fewest changes that reach the next band, how
    such accounts did.
    """
    place = study.accounts.index.get_loc(account)
    contributions, values = study.contributions.iloc[place], values_of(study, account)
    name = label(study, account)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        show_picture(
            "waterfall",
            waterfall_chart(
                name,
                study.rubric,
                contributions,
                study.fits.fits[place],
                values,
                int(whole_scores(study).loc[account]),
            ),
        )
        st.caption(
            "The points to one decimal; the band uses their sum as a whole number, rounded once."
        )
    with right, st.container(border=True):
        st.markdown(f"**{plain(name)}: {band_words(study, account, whole_scores(study))}**")
        st.markdown(plain(study.explain([account]).iloc[0]))
        st.markdown("**What would lift it**")
        st.markdown(plain(study.what_would_lift([account]).iloc[0]["sentence"]))
        lines = outcome_lines(study, contributions, values, study.count_alike(account))
        if lines:
            st.markdown("**How accounts like it did**, most lost first")
            st.markdown("\n".join(f"- {plain(line)}" for line in lines))
