"""Data health on the page: the parts of the score, and what further columns would bring.

Comes in: a study. Goes out: Streamlit elements. Separate because the page only lays out.
"""

from __future__ import annotations

import streamlit as st

from icp_engine import Study
from icp_engine.intake.advice.health import Gain, HealthPart
from icp_engine.wording.numbers import show_points
from ui.answers.markdown import plain
from ui.answers.steps import step

GAINS_SHOWN = 6


def show_health(study: Study) -> None:
    """The score's parts, each with what would raise it, beside what the files lack."""
    health = study.health
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.markdown(f"**{health.score} of 100**, the sum of {len(health.parts)} parts")
        if health.capped:
            st.markdown(f":orange[:material/warning:] {plain(health.capped)}")
        for part in health.parts:
            show_part(part)
    with right:
        st.markdown(
            "**What else would help**"
            if health.gains
            else "**Nothing is absent that would be used**"
        )
        for gain in health.gains[:GAINS_SHOWN]:
            show_gain(gain)
        if health.gains[GAINS_SHOWN:]:
            with st.expander(f"{len(health.gains) - GAINS_SHOWN} more"):
                for gain in health.gains[GAINS_SHOWN:]:
                    show_gain(gain)


def show_part(part: HealthPart) -> None:
    """One part: its points as a bar, what was found, how to raise it."""
    with st.container(gap="xxsmall"):
        st.progress(
            part.points / part.of,
            text=f"{plain(part.name)}: **{show_points(part.points)}** of {part.of}",
        )
        st.caption(plain(f"{part.found[:1].upper()}{part.found[1:]}. {part.improve}".strip()))


def show_gain(gain: Gain) -> None:
    """One thing the files lack, and what it would bring on which page."""
    page = step(gain.step)
    with st.container(gap="xxsmall"):
        st.markdown(f"{page.icon} With **{plain(gain.name)}**: {plain(gain.shows)}")
