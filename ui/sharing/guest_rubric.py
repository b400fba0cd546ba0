"""The rubric as a guest plays with it: weights and bands, and what they do to scores and win rates.

Comes in: the shared study with the guest's own changes. Goes out: the owner's live control.
Separate from the owner's page, which also lists accounts by name and changes criteria.
"""

from __future__ import annotations

import streamlit as st

from icp_engine import Study
from icp_engine.charts import theme
from icp_engine.charts.rubric import level_table, moves_sentence
from ui.frame.cards import guarded
from ui.frame.chart import show_table
from ui.frame.layout import show_tabs
from ui.frame.progress import working
from ui.frame.turns import give_way, in_turn
from ui.rubric.controls import AROUND, show_answer, show_buttons, show_exact, show_live
from ui.rubric.scenarios import show_scenarios
from ui.state import open_study


def show_rubric() -> None:
    """The wait announced, then the part that answers a control."""
    study = open_study.open_study()
    if study is not None:
        with working("Fitting the rubric and checking it on held-out deals"):
            _computed = study.as_checked.validation
        show_what_if()


@st.fragment(key=AROUND)
@guarded
def show_what_if() -> None:
    """Everything a weight moves; runs when weights have come to rest, and ends when the link does."""
    study = open_study.open_study()
    if study is None:
        st.rerun()
    with in_turn():
        show_parts(study)


def show_parts(study: Study) -> None:
    """What is known of the rubric, its control, and what follows it."""
    show_answer(study)
    if not study.rubric.criteria:
        st.caption("No criterion of this study tells who buys, so there are no weights to move.")
        return
    show_buttons(study)
    give_way()
    show_live()
    give_way()
    show_exact(study)
    show_tabs(
        "guest_rubric",
        {
            "Who moved": lambda: show_moved(study),
            "Fit levels": lambda: show_levels(study),
            "Scenarios": lambda: show_scenarios(study),
        },
    )


def show_moved(study: Study) -> None:
    """How many accounts changed band beside the rubric as suggested; which ones, only the owner
    sees.
    """
    before, after = study.as_suggested.scores["band"], study.scores["band"]
    st.markdown(f"Beside the rubric as suggested: {moves_sentence(before, after)}")
    sizes = after.value_counts()
    bands = [band for band in theme.BAND_COLOURS if band in sizes]
    st.dataframe(
        {"Band": bands, "Accounts": [int(sizes[band]) for band in bands]},
        key="guest_sizes",
        width="content",
    )


def show_levels(study: Study) -> None:
    """What each value of each criterion earns."""
    show_table("levels", level_table(study.rubric))
