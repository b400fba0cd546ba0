"""Looks at the held-out deals: which rubric they were asked about, and how often they were asked.

Comes in: the study. Goes out: the study as last checked, settings that count a look. Separate because every page that
shows held-out figures of a changed rubric must count alike: moving a weight shows none, checking is one look.
"""

from __future__ import annotations

import hashlib
from typing import Any

import streamlit as st

from icp_engine import Rubric, Study
from ui import state
from ui.words import count, plural

TESTED = ("held_out", "cross_checked", "final")
NO_MATTER: dict[str, Any] = {  # nothing of a rubric that moves a score or a band
    "origin": True, "note": True, "made_for": True, "bands_note": True, "groups": True,
    "criteria": {"__all__": {"why", "locked", "group", "question"}},
}


def is_checked(study: Study) -> bool:
    """Whether held-out figures of the rubric in force may be shown without a further look.

    So for the suggestion, for a rubric looked at before, and where no deal can test a rubric.
    """
    if study.holdout.method not in TESTED or (study.settings.rubric is None and not _thresholds(study)):
        return True
    name = fingerprint(study.rubric)
    suggested = as_suggested(study).rubric
    return name in study.settings.looked_at or name == state.made_of(
        suggested, "fingerprint", lambda: fingerprint(suggested))


def checked_study(study: Study) -> Study:
    """The study with the rubric that held-out deals were asked about last; itself where it is that one."""
    return study if is_checked(study) else state.made_once(study, "as checked", lambda: _as_checked(study))


def _as_checked(study: Study) -> Study:
    if study.settings.checked is None:
        return as_suggested(study).replace(looks=study.settings.looks)
    return study.replace(rubric=study.settings.checked)


def as_suggested(study: Study) -> Study:
    """The study with the rubric, bands and missing policy that the data suggest."""
    return state.made_once(study, "as suggested", lambda: study.replace(
        rubric=None, green=None, yellow=None, missing_policy="average", looks=0, looked_at=()))


def check() -> None:
    """Callback of “Check on held-out deals”: one look, remembered by the rubric's name, so that none counts twice."""
    study = state.open_study()
    if study is not None and not is_checked(study):
        state.change(state.CHECKED, checked=study.rubric, **looked(study))


def looked(study: Study, rubric: Rubric | None = None) -> dict[str, Any]:
    """Settings after a rubric (default: the one in force) was looked at; none where that was free."""
    asked = study if rubric is None else study.replace(rubric=rubric)
    if is_checked(asked):
        return {}
    seen = (*study.settings.looked_at, fingerprint(asked.rubric))
    return {"looks": study.settings.looks + 1, "looked_at": seen}


def looks_sentence(study: Study) -> str:
    """“You have looked 14 times at these 120 accounts; next quarter's deals are the honest test.”

    Before the first look: what a check of the changed rubric costs; “” while nothing was changed.
    """
    looks = study.settings.looks
    if not looks:
        return "" if is_checked(study) else "A check is one look: the more looks, the less these deals can prove."
    accounts = len(study.holdout.accounts) or len(study.outcomes)
    return (f"You have looked {plural(looks, 'time')} at these {count(accounts)} accounts; next quarter's deals are "
            "the honest test.")


def show_check(study: Study) -> None:
    """The button that asks the held-out deals, and what the figures beside it speak of."""
    current = is_checked(study)
    held_out = study.holdout.method == "held_out"
    label = "Check on held-out deals" if held_out else "Cross-check this rubric"
    st.button(label, key="check_held_out", type="secondary" if current else "primary", on_click=check,
              disabled=current, icon=":material/fact_check:")


def show_checked(study: Study) -> Study:
    """For a page of proof: the study as last checked; where the rubric was changed since, said, with the button."""
    checked = checked_study(study)
    if checked is not study:
        with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown("**The rubric was changed since.** What stands here proves the rubric as checked last.",
                        width="stretch")
            show_check(study)
    return checked


def check_now(study: Study) -> Study:
    """For a page that must state the proof of the rubric it speaks of: opening it is a look, counted and said."""
    if is_checked(study):
        return study
    check()
    st.toast("The changed rubric was checked on held-out deals: one look.")
    return state.open_study() or study


def _thresholds(study: Study) -> bool:
    settings = study.settings
    return settings.green is not None or settings.yellow is not None or settings.missing_policy != "average"


def fingerprint(rubric: Rubric) -> str:
    """Eight signs, equal for rubrics that score and band alike."""
    return hashlib.sha256(rubric.model_dump_json(exclude=NO_MATTER).encode()).hexdigest()[:8]
