"""Looks at the held-out deals: which rubrics were already checked on them, so that none is counted twice.

Comes in: the study and a rubric as a person wants it. Goes out: settings that count a look where there is one. Separate
because every page that shows held-out figures of a changed rubric must count alike.
"""

from __future__ import annotations

import hashlib
from typing import Any

import streamlit as st

from icp_engine import Rubric, Study
from ui import state

TESTED = ("held_out", "cross_checked", "final")
NO_MATTER = {"origin", "note", "made_for", "bands_note", "groups"}  # nothing of a rubric that moves a score or a band


def looked(study: Study, rubric: Rubric) -> dict[str, Any]:
    """Settings after one more rubric was checked: a look, unless it is the suggestion or was looked at before.

    What was looked at is remembered by session and by the study's settings, so undoing a change does not undo its look.
    """
    if study.holdout.method not in TESTED or fingerprint(rubric) == fingerprint(as_suggested(study).rubric):
        return {}
    seen: dict[str, None] = dict.fromkeys((*study.settings.looked_at, *_remembered(), fingerprint(rubric)))
    st.session_state[_key()] = tuple(seen)
    uncounted = study.settings.looks - len(study.settings.looked_at)  # of studies saved before looks had names
    return {"looks": max(study.settings.looks, uncounted + len(seen)), "looked_at": tuple(seen)}


def as_suggested(study: Study) -> Study:
    """The study with the rubric, bands and missing policy that the data suggest."""
    return study.replace(rubric=None, green=None, yellow=None, missing_policy="average", looks=0, looked_at=())


def fingerprint(rubric: Rubric) -> str:
    """Eight signs, equal for rubrics that score and band alike."""
    return hashlib.sha256(rubric.model_dump_json(exclude=NO_MATTER).encode()).hexdigest()[:8]


def _remembered() -> tuple[str, ...]:
    return tuple(st.session_state.get(_key(), ()))


def _key() -> str:
    return f"looked_at_{state.study_id()}"
