"""Changing the rubric: every change is saved and named for undo; none of them asks the held-out
deals.

Comes in: a rubric as a person wants it. Goes out: changed settings. Separate because the control,
the tabs and other pages change the same rubric, and what counts as “the suggestion again” must be
decided once.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from icp_engine import Rubric, Study
from icp_engine.rubric.starter import starter_rubric
from icp_engine.rubric.weights import CLASSIC_TOTALS, group_totals, with_group_totals
from ui.answers.rubric.live import read_moved, what_changed
from ui.rubric import live
from ui.state import open_study
from ui.state.waiting_words import say

THRESHOLDS = ("green", "yellow")


def save_rubric(study: Study, rubric: Rubric, what: str, **settings: Any) -> None:
    """Make a rubric the one in force. One that is the suggestion again is no rubric by hand: only
    its thresholds are.

    settings: further settings that change with it.
    """
    if rubric == study.rubric and not settings:
        return
    suggestion = study.suggestion
    alike = {
        "origin": suggestion.origin,
        "bands_note": suggestion.bands_note,
        "green": suggestion.green,
        "yellow": suggestion.yellow,
    }
    if rubric.model_copy(update=alike) != suggestion:
        made = rubric.model_copy(
            update={"origin": rubric.origin if rubric.origin == "starter set" else "by hand"}
        )
        open_study.change(what, rubric=made, green=None, yellow=None, **settings)
        return
    own = (rubric.green, rubric.yellow) == (suggestion.green, suggestion.yellow)
    given = dict.fromkeys(THRESHOLDS) if own else {"green": rubric.green, "yellow": rubric.yellow}
    open_study.change(what, rubric=None, **given, **settings)


def save_moved() -> None:
    """Callback of the live control: what it sent on release becomes the rubric."""
    payload = dict(st.session_state.get(live.KEY, {})).get("moved")
    study = open_study.open_study()
    if study is None or not isinstance(payload, dict):
        return
    control = control_state()
    control.update(basis=payload.get("basis"), seq=payload.get("seq", 0), rows=payload.get("rows"))
    rubric = read_moved(study.rubric, payload)
    if rubric is None:
        say("Not changed: the rubric was changed elsewhere in the meantime.")
        return
    bands = (
        {}
        if (rubric.green, rubric.yellow) == (study.rubric.green, study.rubric.yellow)
        else {"bands_note": "set by hand"}
    )
    save_rubric(
        study,
        rubric.model_copy(update=bands),
        what_changed(study.rubric, rubric, payload.get("what")),
    )


def control_state() -> dict[str, Any]:
    """What the live control of this study holds in this session: number of its last release,
    outcome shown, rows.
    """
    first = {"seq": 0, "basis": None, "rows": None}
    state_of: dict[str, Any] = st.session_state.setdefault(f"whatif_{open_study.study_id()}", first)
    return state_of


def try_classic() -> None:
    """Share the weights out as 40 / 30 / 30; undo or reset brings the data's totals back."""
    study = open_study.open_study()
    if study is not None:
        save_rubric(
            study, with_group_totals(study.rubric, CLASSIC_TOTALS), "Group totals 40 / 30 / 30"
        )


def is_classic(rubric: Rubric) -> bool:
    """Whether the group totals are the classic ones, as far as its groups can hold them."""
    return bool(rubric.criteria) and group_totals(rubric) == group_totals(
        with_group_totals(rubric, CLASSIC_TOTALS)
    )


def save_flag(position: int, key: str) -> None:
    """Callback of a switch: a bad-fit trait caps the band, or no longer does."""
    study = open_study.open_study()
    if study is None:
        return
    on, flags = bool(st.session_state[key]), list(study.rubric.flags)
    flags[position] = flags[position].model_copy(update={"on": on})
    rubric = study.rubric.model_copy(update={"flags": tuple(flags)})
    save_rubric(
        study,
        rubric,
        f"{flags[position].attribute} {'on' if on else 'off'} as {flags[position].strength}",
    )


def reset() -> None:
    """Back to the suggestion with its own bands; the looks stay counted."""
    study = open_study.open_study()
    if study is not None:
        open_study.change(
            "Rubric as suggested", rubric=None, green=None, yellow=None, missing_policy="average"
        )


def use_starter() -> None:
    """Begin with the starter questions."""
    open_study.change_rubric(starter_rubric(), "Rubric from the starter set")
