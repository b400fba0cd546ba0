"""The first result after files were read: who the ideal customer is.

Comes in: the study. Goes out: sentences. Separate from the page's tabs, which nobody has to
understand to go on.
"""

from __future__ import annotations

import streamlit as st

from icp_engine import InputRefused, Study
from ui.answers.best_customers import ideal_customer
from ui.answers.markdown import plain
from ui.frame.progress import working
from ui.home import loading


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
