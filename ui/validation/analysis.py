"""The proof for analysts: curves, rivals, power, a rubric from a file beside ours, past quarters.

Comes in: the study. Goes out: charts and tables on the page. Separate because the first view speaks
of deals and money, and none of this is computed before its tab is open.
"""

from __future__ import annotations

import streamlit as st

from icp_engine import Study
from icp_engine.charts import bands, curves, past, proof
from icp_engine.study.looks import looked
from icp_engine.wording.numbers import number
from icp_engine.wording.shares import percent, times_in_hundred
from ui.answers.markdown import plain
from ui.answers.terms import linked
from ui.answers.validation import compared, read_rubric
from ui.frame.chart import show_table
from ui.frame.layout import show_picture
from ui.frame.progress import working
from ui.state import open_study


def show_analysis(study: Study) -> None:
    """Reasons, curves, every metric, rivals, chance, power, gradient boosting."""
    found = study.validation
    for reason in found.verdict.because:
        st.markdown(plain(reason))
    if found.value_note:
        st.markdown(f"Value was not tested: {plain(found.value_note)}.")
    if found.permutation_p is not None:
        st.markdown(
            f"With outcomes shuffled between accounts, a ranking this good came up in "
            f"{percent(found.permutation_p)} of the tries (permutation p {number(found.permutation_p)})."
        )
    if study.rubric.criteria:
        show_curves(study)
        show_rivals(study)
        show_other_rubric(study)
    else:
        show_ceiling(study)
    with st.expander("Every metric"):
        show_table("metrics", proof.metric_rows(found))
    with st.expander("How many deals it would take to show how much"):
        st.caption(
            "Accounts with which four of five samples earn the word, at today's mix of won and lost."
        )
        show_table("power", proof.power_rows(found.power))


def show_curves(study: Study) -> None:
    """Scores by outcome, wins met down the list, win rate then and now, deals inside and outside."""
    found = study.validation
    pictures = {
        "histogram": bands.score_chart(found, study.rubric.green, study.rubric.yellow)
        if len(found.scored)
        else None,
        "gain": curves.gain_chart(found),
        "calibration": curves.calibration_chart(found),
    }
    for key, chart in pictures.items():
        if chart is not None:
            show_picture(key, chart)
    if len(found.confusion):
        st.markdown("**Deals inside and outside, by what is worked**")
        show_table("confusion", proof.confusion_table(found.confusion))


def show_rivals(study: Study) -> None:
    """Ours beside no score, today's score and the best single trait; beside the suggestion where
    ours is by hand.
    """
    with working("Scoring by what you would use without the rubric"):
        table = study.baselines
    st.markdown("**Beside other ways to rank**")
    if not len(table):
        st.caption("Only possible where there are deals that the rubric has not seen.")
        return
    show_table("baselines", proof.baseline_table(table))
    if study.settings.rubric is not None:
        st.markdown(plain(compared(study, study.suggestion, "the suggested rubric").sentence))
    show_ceiling(study)


def show_ceiling(study: Study) -> None:
    """What gradient boosting reaches on the same rows; fitted when asked for."""
    if not st.toggle("Compare with gradient boosting on the same rows", key="ceiling"):
        return
    with working("Fitting gradient boosting"):
        ceiling = study.ceiling
    if ceiling.value is None:
        st.caption("Only possible where deals were held out.")
        return
    st.markdown(
        "Gradient boosting, which nobody can read, ranks a won deal above a lost one "
        f"{times_in_hundred(ceiling)}."
    )


def show_other_rubric(study: Study) -> None:
    """A rubric from a file beside ours on the same deals; counted as one look."""
    with st.expander("Compare with a rubric from a file"):
        file = st.file_uploader(
            "Rubric (JSON)",
            type="json",
            key="other_rubric",
            on_change=_count_look,
            help=linked(
                "As downloaded on the rubric page; counts as one look at these deals.", "look"
            ),
        )
        if file is None:
            return
        rubric = read_rubric(file.getvalue())
        if rubric is None:
            st.warning(
                "This file is not a rubric. Download one on the rubric page under “For analysts”, or with `icp define`."
            )
            return
        with working("Scoring by the other rubric"):
            comparison = compared(study, rubric, "the rubric from the file")
        st.markdown(plain(comparison.sentence))


def _count_look() -> None:
    study, file = open_study.open_study(), st.session_state.get("other_rubric")
    rubric = read_rubric(file.getvalue()) if file is not None else None
    if study is not None and rubric is not None:
        open_study.change(
            "Compared with a rubric from a file", **looked(study.replace(rubric=rubric))
        )


def show_past(study: Study) -> None:
    """The rubric of each past quarter on the quarters after it: computed when its tab is open."""
    with working("Fitting the rubric of each past quarter"):
        table = study.backtest
    st.markdown(plain(table.attrs.get("sentence", "")), width=760)
    chart = past.backtest_chart(table)
    if chart is not None:
        show_picture("backtest", chart)
