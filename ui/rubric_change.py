"""Changing the rubric: every change is saved, and counted as one look at the held-out deals.

Comes in: a rubric as a person wants it. Goes out: changed settings. Separate because the pages show held-out figures at
once, so each changed rubric has been looked at, and the verdict must know.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import streamlit as st

from icp_engine import Rubric, Study
from icp_engine.rubric.starter import starter_rubric
from icp_engine.rubric.weights import CLASSIC_TOTALS, group_totals, share_out, with_group_totals
from ui import state
from ui.looks import looked
from ui.words import plain

MOVED = "moved_control"  # in the session: {control, base, made, before, at} of the control that moved last
ECHO_SECONDS = 1.0  # a browser that has not drawn the last change yet sends the values from before it once more


def save_rubric(study: Study, rubric: Rubric, what: str) -> None:
    """Make a rubric the one in force. An equal one changes nothing; one like the suggestion is the suggestion again."""
    if rubric == study.rubric:
        return
    suggested = rubric.model_copy(update={"origin": study.suggestion.origin}) == study.suggestion
    state.change(what, rubric=None if suggested else rubric, **looked(study, rubric))


def save_weight(name: str, key: str) -> None:
    """Callback of a criterion's weight: the other criteria follow in proportion."""
    study = state.open_study()
    if study is not None:
        weight = int(st.session_state[key])
        if is_echo(key, lambda rubric: {c.name: c.weight for c in rubric.criteria}.get(name) == weight):
            return
        what = f"Weight of {name}: {weight}"
        move(study, key, f"weight {name}", what, lambda rubric: rubric.with_weights({name: weight}))


def save_group(group: str, key: str) -> None:
    """Callback of a group's total: its criteria keep their proportions, the other groups follow."""
    study = state.open_study()
    if study is not None:
        total = int(st.session_state[key])
        what = f"Group {group.replace('_', ' ')}: {total} of 100"
        if is_echo(key, lambda rubric: group_totals(rubric).get(group) == total):
            return
        move(study, key, f"group {group}", what, lambda rubric: _with_total(rubric, group, total))


def is_echo(key: str, as_before: Callable[[Rubric], bool]) -> bool:
    """Whether a control only repeats what it showed before another one moved, a moment ago."""
    last = st.session_state.get(MOVED)
    return bool(last is not None and last["key"] != key and time.monotonic() - last["at"] < ECHO_SECONDS
                and as_before(last["before"]))


def _with_total(rubric: Rubric, group: str, total: int) -> Rubric:
    members = {c.name: float(c.weight) for c in rubric.criteria if c.group == group}
    held = _with_lock(rubric, group, total) if _locked(rubric, group) else rubric
    return held.with_weights(share_out(total, members))


def move(study: Study, key: str, control: str, what: str, change: Callable[[Rubric], Rubric]) -> None:
    """Move one control (by the widget `key`). While it is moved on, it starts from the rubric before it first moved.

    Weights are whole numbers, so a path of small steps would end elsewhere than one step, and back is not where it was.
    """
    last = st.session_state.get(MOVED)
    going_on = last is not None and last["control"] == control and last["made"] == study.rubric
    base = last["base"] if last is not None and going_on else study.rubric
    try:
        rubric = change(base)
    except ValueError as error:
        st.toast(plain(f"Not changed: {error}."))
        return
    if rubric.model_copy(update={"origin": base.origin}) == base:
        rubric = base
    save_rubric(study, rubric, what)
    saved = state.open_study()
    st.session_state[MOVED] = {
        "key": key, "control": control, "base": base, "made": rubric if saved is None else saved.rubric,
        "before": study.rubric, "at": time.monotonic(),
    }


def save_lock(group: str, key: str) -> None:
    """Callback of a group's lock: its total holds while other weights move, or no longer does."""
    study = state.open_study()
    if study is None:
        return
    held = bool(st.session_state[key])
    rubric = _with_lock(study.rubric, group, group_totals(study.rubric)[group] if held else None)
    words = f"Total of {group.replace('_', ' ')} {'held' if held else 'free'}"
    state.change(words, rubric=rubric.model_copy(update={"origin": "by hand"}))  # no score changes: not a look


def try_classic() -> None:
    """Share the weights out as 40 / 30 / 30; undo or reset brings the data's totals back."""
    study = state.open_study()
    if study is not None:
        save_rubric(study, with_group_totals(study.rubric, CLASSIC_TOTALS), "Group totals 40 / 30 / 30")


def is_classic(rubric: Rubric) -> bool:
    """Whether the group totals are the classic ones, as far as its groups can hold them."""
    return bool(rubric.criteria) and group_totals(rubric) == group_totals(with_group_totals(rubric, CLASSIC_TOTALS))


def _locked(rubric: Rubric, group: str) -> bool:
    return any(known.key == group and known.locked_total is not None for known in rubric.groups)


def _with_lock(rubric: Rubric, group: str, total: int | None) -> Rubric:
    groups = [g.model_copy(update={"locked_total": total}) if g.key == group else g for g in rubric.groups]
    return rubric.model_copy(update={"groups": tuple(groups)})


def save_bands(key: str) -> None:
    """Callback of the band slider: where Yellow and Green begin."""
    study = state.open_study()
    if study is None:
        return
    yellow, green = (int(edge) for edge in st.session_state[key])
    if yellow >= green:
        st.toast("Not changed: Yellow must begin below Green.")
        return
    what = f"Green from {green}, Yellow from {yellow}"
    if study.settings.rubric is None:  # the suggestion stays the suggestion; only its thresholds are given
        wanted = study.rubric.model_copy(update={"green": green, "yellow": yellow})
        state.change(what, green=green, yellow=yellow, **looked(study, wanted))
    else:
        changes = {"green": green, "yellow": yellow, "bands_note": "set by hand"}
        save_rubric(study, study.rubric.model_copy(update=changes), what)


def save_missing(key: str) -> None:
    """Callback of the missing policy: what an unknown criterion earns."""
    study, policy = state.open_study(), st.session_state[key]
    if study is None:
        return
    if study.settings.rubric is None:
        wanted = study.rubric.model_copy(update={"missing_policy": policy})
        state.change(f"Unknown values: {policy}", missing_policy=policy, **looked(study, wanted))
    else:
        save_rubric(study, study.rubric.model_copy(update={"missing_policy": policy}), f"Unknown values: {policy}")


def save_flag(position: int, key: str) -> None:
    """Callback of a switch: a bad-fit trait caps the band, or no longer does."""
    study = state.open_study()
    if study is None:
        return
    on, flags = bool(st.session_state[key]), list(study.rubric.flags)
    flags[position] = flags[position].model_copy(update={"on": on})
    rubric = study.rubric.model_copy(update={"flags": tuple(flags), "origin": "by hand"})
    save_rubric(study, rubric, f"{flags[position].attribute} {'on' if on else 'off'} as {flags[position].strength}")


def reset() -> None:
    """Back to the suggestion with its own bands; the looks stay counted."""
    study = state.open_study()
    if study is not None:
        state.change("Rubric as suggested", rubric=None, green=None, yellow=None, missing_policy="average")


def use_starter() -> None:
    """Begin with the starter questions."""
    state.change_rubric(starter_rubric(), "Rubric from the starter set")
