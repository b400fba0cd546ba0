"""Scenarios: rubrics kept under a name, opened, duplicated, compared two by two, and sent as a
link.

Comes in: the study. Goes out: changed settings, tables. Separate because a scenario is a whole
rubric, while everything else on the page changes the one in force.
"""

from __future__ import annotations

import streamlit as st

import icp_engine as icp
from icp_engine import Rubric, Study
from icp_engine.study import looks
from icp_engine.validation.verdict import ranking_sentence
from icp_engine.wording.numbers import count
from icp_engine.wording.shares import times_in_hundred
from ui.answers.markdown import plain
from ui.answers.rubric.scenarios import band_table, difference_sentence, weight_table
from ui.frame.chart import show_table
from ui.rubric.change import save_rubric
from ui.state import open_study
from ui.state.waiting_words import say

PARAMETER = "scenario"
NOW, SUGGESTED = "The rubric as it stands", "As suggested"
SIDES = {"compare_first": NOW, "compare_second": SUGGESTED}  # widgets, and what they begin with
NAMES_MOST = 30
CHOSEN = "scenario_open"
# in the session: pairs of rubrics that held-out deals were asked about
ANSWERED = "compared_held_out"


def offer_from_link(study: Study) -> None:
    """The scenario the address names, where another rubric is in force: opened by a click.

    A link or a reload alone changes nothing: who follows a link would change the study of
    everybody.
    """
    asked, kept = st.query_params.get(PARAMETER), study.settings.scenarios
    if not asked or kept.get(asked) == study.rubric:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
        if asked in kept:
            st.markdown(
                plain(f"The address names the scenario “{asked}”; another rubric is in force."),
                width="stretch",
            )
            st.button("Open it", key="link_open", type="primary", on_click=_open, args=(asked,))
            st.button(
                "Keep what is in force", key="link_leave", on_click=_name_in_address, args=("",)
            )
        else:
            st.markdown(
                plain(f"The address names the scenario “{asked}”, which this study does not keep."),
                width="stretch",
            )
            st.button("All right", key="link_leave", on_click=_name_in_address, args=("",))


def show_scenarios(study: Study) -> None:
    """Keep, open, duplicate, rename, delete; then two side by side."""
    kept = list(study.settings.scenarios)
    if st.session_state.get(CHOSEN) not in kept:
        st.session_state[CHOSEN] = (
            study.settings.scenario
            if study.settings.scenario in kept
            else (kept[0] if kept else None)
        )
    with st.container(border=True):
        show_keep(study)
        if kept:
            show_kept(kept)
        else:
            st.caption(
                "No scenario is kept yet. A scenario is a rubric under a name, beside the one in force."
            )
    show_comparison(study, kept)


def show_keep(study: Study) -> None:
    """The rubric in force under a name."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            "Keep the rubric as it stands under a name",
            key="scenario_name",
            max_chars=60,
            width=360,
            placeholder="Industry counts double",
        )
        st.button("Keep", icon=":material/bookmark_add:", key="scenario_keep", on_click=_keep)
    name = study.settings.scenario
    if name in study.settings.scenarios:
        moved = study.settings.scenarios[name] != study.rubric
        st.caption(plain(f"Opened last: {name}{', changed since' if moved else ''}."))


def show_kept(kept: list[str]) -> None:
    """What can be done with a kept scenario."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox("Scenario", kept, key=CHOSEN, width=360)
        st.button("Open", icon=":material/open_in_new:", key="scenario_use", on_click=_open)
        st.button(
            "Duplicate",
            icon=":material/content_copy:",
            key="scenario_duplicate",
            on_click=_duplicate,
        )
        with st.popover("Rename"):
            st.text_input("New name", key="scenario_new_name", max_chars=60)
            st.button("Rename", key="scenario_rename", on_click=_rename)
        st.button("Delete", icon=":material/delete:", key="scenario_delete", on_click=_delete)
    if PARAMETER in st.query_params:
        st.caption(
            "The address of this page names the scenario: who gets it can open the same one."
        )


def show_comparison(study: Study, kept: list[str]) -> None:
    """Two rubrics side by side, with the paired interval of their difference."""
    sides = [NOW, SUGGESTED, *kept]
    for key, usual in SIDES.items():
        if st.session_state.get(key) not in sides:  # a scenario may be gone
            st.session_state[key] = usual
    left, right = st.columns(2, gap="small")
    first, second = (
        column.selectbox(label, sides, key=key)
        for column, label, key in zip((left, right), ("Compare", "with"), SIDES, strict=True)
    )
    if first == second:
        st.caption("Choose two different ones.")
        return
    one, other = _study_of(study, first), _study_of(study, second)
    difference = one.compare_weights(other)
    st.markdown(f"**{plain(difference_sentence(first, second, difference))}**")
    worth = one.compare_weights(other, "value")
    if difference.value is not None and worth.value is not None and worth != difference:
        st.markdown(
            plain(
                f"So for won deals. For best customers: {difference_sentence(first, second, worth)}"
            )
        )
    st.caption(
        "On the accounts the rubric was made from, each scored by levels learned without it: no look at "
        "held-out deals."
    )
    show_table("scenario_bands", band_table({first: one, second: other}))
    show_table("scenario_weights", weight_table({first: one.rubric, second: other.rubric}))
    show_held_out(study, {first: one, second: other})


def show_held_out(study: Study, sides: dict[str, Study]) -> None:
    """The same question put to held-out deals; a look at each rubric that was not looked at before.

    What was answered stays in sight, on any visit to the page, while both rubrics score as they
    did.
    """
    (first, one), (second, other) = sides.items()
    cost = sum(not looks.is_checked(side) for side in sides.values())
    pair = looks.name_of_pair(one, other)
    if cost or pair not in st.session_state.get(ANSWERED, ()):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                "Compare on held-out deals",
                key="compare_held_out",
                icon=":material/fact_check:",
                on_click=_ask_held_out,
                args=(first, second),
            )
            price = {0: "Both were looked at before: no further look.", 1: "Counts as one look."}
            st.caption(price.get(cost, "Counts as two looks."))
        return
    ours, theirs = one.rubric_name, other.rubric_name
    found = open_study.made_once(
        study, f"held out {ours} against {theirs}", lambda: icp.compare_rubrics(one, other.rubric)
    )
    ranks = (
        f"{ranking_sentence(found.auc_ours)}, {plain(second)} {times_in_hundred(found.auc_other)}"
    )
    st.markdown(
        f"On {count(found.only_accounts)} held-out accounts: {plain(first)} {ranks}. "
        f"{plain(difference_sentence(first, second, found.difference))}"
    )


def _ask_held_out(first: str, second: str) -> None:
    """Callback: the looks it costs are counted, and the pair is remembered for this session."""
    for name in (first, second):
        study = open_study.open_study()
        if study is None:
            return
        side = _study_of(study, name)
        if not looks.is_checked(side):
            open_study.change(
                open_study.COMPARED, checked=side.rubric, **looks.looked(study, side.rubric)
            )
    study = open_study.open_study()
    if study is not None:
        pair = looks.name_of_pair(_study_of(study, first), _study_of(study, second))
        st.session_state[ANSWERED] = {*st.session_state.get(ANSWERED, ()), pair}


def _study_of(study: Study, name: str) -> Study:
    if name == NOW:
        return study
    return (
        study.as_suggested
        if name == SUGGESTED
        else study.replace(rubric=study.settings.scenarios[name])
    )


# ---------------------------------------------------------------------- changes


def _keep() -> None:
    study, name = open_study.open_study(), str(st.session_state.get("scenario_name", "")).strip()
    if study is None or not _is_free(study, name):
        return
    _save(study, {**study.settings.scenarios, name: study.rubric}, f"Scenario {name} kept", name)
    st.session_state["scenario_name"] = ""


def _open(named: str = "") -> None:
    study, name = open_study.open_study(), named or st.session_state.get(CHOSEN)
    if study is not None and name in study.settings.scenarios:
        save_rubric(study, study.settings.scenarios[name], f"Scenario {name} opened", scenario=name)
        _name_in_address(name)


def _duplicate() -> None:
    study, name = open_study.open_study(), st.session_state.get(CHOSEN)
    if study is None or name not in study.settings.scenarios:
        return
    copy = next(
        f"{name}, copy {i}"
        for i in range(1, NAMES_MOST + 2)
        if f"{name}, copy {i}" not in study.settings.scenarios
    )
    if _is_free(study, copy):
        kept = {**study.settings.scenarios, copy: study.settings.scenarios[name]}
        _save(study, kept, f"Scenario {name} duplicated", study.settings.scenario)
        st.session_state[CHOSEN] = copy


def _rename() -> None:
    study, name = open_study.open_study(), st.session_state.get(CHOSEN)
    new = str(st.session_state.get("scenario_new_name", "")).strip()
    if study is None or name not in study.settings.scenarios or not _is_free(study, new):
        return
    kept = {new if key == name else key: rubric for key, rubric in study.settings.scenarios.items()}
    _save(study, kept, f"Scenario {name} is now {new}", new)


def _delete() -> None:
    study, name = open_study.open_study(), st.session_state.get(CHOSEN)
    if study is not None and name in study.settings.scenarios:
        kept = {key: rubric for key, rubric in study.settings.scenarios.items() if key != name}
        _save(study, kept, f"Scenario {name} deleted", "")


def _save(study: Study, kept: dict[str, Rubric], what: str, name: str) -> None:
    open_study.change(what, scenarios=kept, scenario=name)
    if name:
        st.session_state[CHOSEN] = name
    _name_in_address(name if name in kept else "")


def _is_free(study: Study, name: str) -> bool:
    problem = (
        "Give it a name first."
        if not name
        else f"There is a scenario “{name}” already."
        if name in study.settings.scenarios
        else f"At most {NAMES_MOST} scenarios can be kept."
        if len(study.settings.scenarios) >= NAMES_MOST
        else ""
    )
    if problem:
        say(plain(problem))
    return not problem


def _name_in_address(name: str) -> None:
    if (
        open_study.visit() is not None
    ):  # a guest's scenario is in this window only: no address opens it
        return
    if name:
        st.query_params[PARAMETER] = name
    else:
        st.query_params.pop(PARAMETER, None)
