"""Tune within my bounds, and what analysts ask of a rubric: how firm the choice of criteria is,
where it comes from.

Comes in: the study. Goes out: tabs; a tuned rubric where a person takes it. Separate because both
are asked for on demand and take a moment; none of it asks the held-out deals.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from icp_engine import Rubric, Study
from icp_engine.learning.fit_within_bounds import Tuning
from icp_engine.types import Frame
from ui.answers.markdown import plain
from ui.answers.rubric.scenarios import difference_sentence
from ui.answers.rubric.tuning import LEARNED, bound_rows, stability_table
from ui.answers.terms import linked
from ui.frame.chart import show_folded, show_table
from ui.frame.progress import working
from ui.rubric.change import save_rubric
from ui.state import open_study

CLASSIC = "40 / 30 / 30"
TUNED = "tuned_rubric"  # in the session: (stamp of the study it was made for, Tuning)


def show_tuning(study: Study) -> None:
    """Lowest and highest weight a person allows; better weights within them, proposed only when
    proven.
    """
    st.markdown(
        "Say how far each weight may move; the rest is fitted to outcomes and cross-checked on the accounts "
        "the rubric was made from. Weights are proposed only when they rank better by more than chance.",
        width=760,
    )
    key = f"bounds_{open_study.stamp()}"
    edited = st.data_editor(
        bound_rows(study.rubric),
        key=key,
        hide_index=True,
        width="stretch",
        column_config={
            "Criterion": st.column_config.TextColumn(disabled=True),
            "Now": st.column_config.NumberColumn(disabled=True),
            "Lowest": st.column_config.NumberColumn(
                min_value=0, max_value=100, step=1, required=True
            ),
            "Highest": st.column_config.NumberColumn(
                min_value=0, max_value=100, step=1, required=True
            ),
        },
    )
    if st.button("Tune within these bounds", key="tune", type="primary"):
        tune(study, edited)
    made_for, tuning = st.session_state.get(TUNED, ("", None))
    if tuning is not None and made_for == open_study.stamp():
        show_tuned(study, tuning)


def tune(study: Study, bounds: Frame) -> None:
    """Fit within the bounds and keep the result for this state of the study; bounds that cannot
    hold are explained.
    """
    asked = {
        str(row["Criterion"]): (int(row["Lowest"]), int(row["Highest"]))
        for row in bounds.to_dict("records")
    }
    try:
        with working("Fitting weights within your bounds"):
            st.session_state[TUNED] = (open_study.stamp(), study.tune_within(asked))
    except ValueError as error:
        st.session_state.pop(TUNED, None)
        st.warning(plain(f"These bounds cannot hold: {error}."))


def show_tuned(study: Study, tuning: Tuning) -> None:
    """What tuning found, and the weights to take."""
    st.markdown(f"**{plain(tuning.sentence)}**")
    now = {c.name: c.weight for c in study.rubric.criteria}
    show_table(
        "tuned",
        pd.DataFrame(
            {
                "Criterion": [c.name for c in tuning.rubric.criteria],
                "Now": [now[c.name] for c in tuning.rubric.criteria],
                "Tuned": [c.weight for c in tuning.rubric.criteria],
            }
        ),
    )
    st.button(
        "Use the tuned weights",
        key="use_tuned",
        on_click=_use,
        args=(tuning.rubric,),
        type="primary" if tuning.proposed else "secondary",
        disabled=tuning.rubric == study.rubric,
    )


def _use(rubric: Rubric) -> None:
    study = open_study.open_study()
    if study is not None:
        save_rubric(study, rubric, "Weights tuned within bounds")


def show_classic(study: Study) -> None:
    """How the split of most templates ranks beside the rubric in force, before anybody tries it."""
    _rubric, difference = study.classic_split
    st.markdown(plain(difference_sentence(CLASSIC, "The rubric as it stands", difference)))
    st.caption(
        "On the accounts the rubric was made from, each scored by levels learned without it: no look at "
        "held-out deals."
    )


def show_analysts(study: Study) -> None:
    """Where the rubric comes from, how firm the choice of criteria is, the rubric as a file."""
    rubric = study.rubric
    st.markdown(
        f"Origin: {rubric.origin}. Learned from: {LEARNED.get(rubric.learned_from, 'nothing yet')}."
    )
    for note in (
        rubric.note,
        rubric.bands_note,
        *(f"{g.name}: {g.why}" for g in rubric.groups if g.why),
    ):
        if note:
            st.caption(plain(note))
    st.download_button(
        "Download the rubric (JSON)",
        rubric.to_json(),
        f"rubric-{open_study.stamp()}.json",
        "application/json",
        key="download_rubric",
        icon=":material/download:",
        on_click="ignore",
    )
    if not study.suggestion.criteria:
        return
    show_folded("What 40 / 30 / 30 would cost", "classic_cost", lambda: show_classic(study))
    st.markdown("**How firm the choice of criteria is**")
    if st.toggle(
        "Make the suggestion fifty times from redrawn accounts",
        key="ask_stability",
        help=linked(
            "A criterion chosen in most draws is firm, one chosen in few a guess.", "stable"
        ),
    ):
        with working("Suggesting the rubric from fifty redraws"):
            table = study.rubric_stability
        show_table("rubric_stability", stability_table(table))
