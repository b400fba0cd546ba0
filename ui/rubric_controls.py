"""Controls of the rubric: weights by group, bands, what an unknown value earns.

Comes in: the rubric in force. Goes out: widgets whose callbacks save. Separate from the page, which only lays out.
"""

from __future__ import annotations

import streamlit as st

from icp_engine import Rubric, Study
from icp_engine.rubric.model import Criterion, Group
from icp_engine.rubric.weights import CLASSIC_TOTALS, group_totals, with_group_totals
from ui import rubric_change, state
from ui.comparing import compared
from ui.layout import synced
from ui.words import plain

POLICIES = {
    "average": "what accounts earn on average", "zero": "nothing", "leave_out": "left out: the rest is scaled up",
}


def show_weights(study: Study) -> None:
    """One card a group, with its total, and a slider a criterion."""
    rubric = study.rubric
    used = [group for group in rubric.groups if any(c.group == group.key for c in rubric.criteria)]
    for group in used:
        members = [criterion for criterion in rubric.criteria if criterion.group == group.key]
        with st.container(border=True, gap="xsmall"):
            show_total(group, members, alone=len(used) == 1)
            if len(used) > 1:
                show_reference(study, group)
            for criterion in members:
                show_weight(criterion, alone=len(used) == 1 and len(members) == 1)
    for group in rubric.groups:
        if group not in used:
            st.caption(f"{plain(group.name)}: 0 of 100. {plain(group.why) or 'No criterion of this kind helps.'}")


def ask_classic(rubric: Rubric) -> None:
    """The classic split one click away; nothing to share out within one group."""
    if len({c.group for c in rubric.criteria}) > 1:
        st.button(
            "Try 40 / 30 / 30", key="try_classic", on_click=rubric_change.try_classic,
            disabled=rubric_change.is_classic(rubric),
            help="The split most templates begin with, shared out among groups that have criteria. Undo takes it back. "
                 "Counts as one look at the held-out deals.",
        )


def show_cost_of_classic(study: Study) -> None:
    """What the classic split costs, once it is in force."""
    if study.settings.rubric is not None and study.suggestion.criteria and rubric_change.is_classic(study.rubric):
        st.caption(f"40 / 30 / 30 beside the data's totals: {plain(compared(study, study.suggestion).sentence)}")


def show_reference(study: Study, group: Group) -> None:
    """What the data would give a group, and what the classic split would."""
    suggested = group_totals(study.suggestion)
    classic = group_totals(with_group_totals(study.suggestion, CLASSIC_TOTALS))
    if study.suggestion.criteria and group.key in suggested:
        st.caption(f"The data suggest {suggested[group.key]}; the classic split gives {classic[group.key]}.")


def show_total(group: Group, members: list[Criterion], *, alone: bool) -> None:
    """A group's name, its total as a control, and whether the total is held."""
    key = f"group_{group.key}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{plain(group.name)}**", width="stretch")
        st.number_input(
            f"{plain(group.name)}, of 100", 0, 100, step=1, key=synced(key, sum(c.weight for c in members)), width=120,
            on_change=rubric_change.save_group, args=(group.key, key), disabled=alone, label_visibility="collapsed",
        )
        st.caption("of 100", width="content")
        lock = f"lock_{group.key}"
        st.checkbox(
            "Hold", key=synced(lock, group.locked_total is not None), on_change=rubric_change.save_lock,
            args=(group.key, lock), disabled=alone, help="Holds this total while weights of other groups move.",
        )


def show_weight(criterion: Criterion, *, alone: bool) -> None:
    """One criterion's weight; the others follow so that the sum stays 100."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        for kind, key, width in ((st.slider, f"weight_{criterion.name}", "stretch"),
                                 (st.number_input, f"exact_{criterion.name}", 105)):
            exact = kind is st.number_input
            kind(
                f"{plain(criterion.name)}, exactly" if exact else plain(criterion.name), 0, 100, step=1, width=width,
                key=synced(key, criterion.weight), on_change=rubric_change.save_weight, args=(criterion.name, key),
                disabled=alone, help=None if exact else about(criterion),
                label_visibility="collapsed" if exact else "visible",
            )


def about(criterion: Criterion) -> str:
    """What earns the full weight, and why the criterion is here."""
    best = [level.label for level in criterion.levels if level.fit == max(known.fit for known in criterion.levels)]
    parts = [criterion.question, f"Best: {', '.join(best)}." if best else "", criterion.why]
    return plain(" ".join(part for part in parts if part)) or "No fit levels yet."


def show_bands(rubric: Rubric) -> None:
    """Where Yellow and Green begin, and how that was chosen."""
    with st.container(border=True, gap="small"):
        st.slider(
            "Yellow from · Green from", 1, 100, key=synced("bands", (rubric.yellow, rubric.green)),
            on_change=rubric_change.save_bands, args=("bands",),
            help="Below the first mark an account is Red, from the second on Green. Scores count as whole numbers.",
        )
        if rubric.bands_note:
            st.caption(f"{plain(rubric.bands_note[:1].upper() + rubric.bands_note[1:])}.")
        st.selectbox(
            "Where a value is missing, it earns", list(POLICIES), format_func=POLICIES.__getitem__,
            key=synced("missing_policy", rubric.missing_policy), on_change=rubric_change.save_missing,
            args=("missing_policy",),
            help="Leaving unknown criteria out lets accounts one knows little about look better than they are.",
        )


def show_buttons(study: Study) -> None:
    """Back to the suggestion and the classic split, beside the sliders they concern; what Undo would take back."""
    saved = state.saved_study()
    changed = study.settings.rubric is not None or study.settings.green is not None or study.settings.yellow is not None
    with st.container(horizontal=True, gap="small"):
        st.button("Reset to suggested", icon=":material/restart_alt:", key="rubric_reset",
                  on_click=rubric_change.reset, disabled=not changed)
        ask_classic(study.rubric)
    if saved is not None and saved.undo:
        st.caption(f"Last change: {plain(saved.undo)}. “Undo” in the sidebar takes it back.")
    show_cost_of_classic(study)
