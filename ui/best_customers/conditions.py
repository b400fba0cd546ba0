"""Hard conditions on best customers: a switch each, with who would pass before it is switched.

Comes in: the study. Goes out: changed settings. Separate from the page, which only lays out.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from icp_engine import Study
from icp_engine.charts.stability import condition_table
from icp_engine.customers.conditions import MEDIANS, NamedCondition, list_conditions
from icp_engine.settings import Condition
from icp_engine.wording.numbers import count, of
from ui.answers.best_customers import _sentence
from ui.answers.markdown import plain
from ui.frame.chart import show_table
from ui.frame.layout import synced
from ui.state import open_study

BOUNDS = {"at least": "at_least", "at most": "at_most"}


def show_conditions(study: Study) -> None:
    """What a best customer must fulfil besides its rank; nothing is switched on by itself."""
    if not study.customers.metrics:
        st.caption("Conditions are asked of value metrics, and these files have none.")
        return
    table = study.conditions
    st.markdown(plain(_sentence(study)))
    rows, any_on = {row.condition: row for row in table.itertuples()}, bool(table["on"].any())
    for number, named in enumerate(list_conditions(study.customers, study.settings)):
        if named.words in rows:
            show_switch(f"condition_{number}", rows[named.words], any_on, _save_condition, named)
    show_switch("condition_medians", rows[MEDIANS], any_on, _save_medians)
    with st.expander("Another condition"):
        ask_condition(study)
    with st.expander("Exact table"):
        show_table("conditions", condition_table(table))


def show_switch(key: str, row: Any, any_on: bool, save: Any, *args: Any) -> None:
    """One condition: the switch, who passes alone, and who passes together with those that are on."""
    with st.container(gap="xxsmall"):
        st.toggle(
            plain(row.condition), key=synced(key, bool(row.on)), on_change=save, args=(key, *args)
        )
        known = (
            ""
            if row.known == row.of_judged
            else f" The value is known for {of(row.known, row.of_judged)}."
        )
        together = f", {count(row.pass_together)} together with all that are on" if any_on else ""
        st.caption(f"{of(row.pass_alone, row.of_judged, 'customers')} pass it{together}.{known}")


def _save_condition(key: str, named: NamedCondition) -> None:
    study = open_study.open_study()
    if study is None:
        return
    kept = tuple(known for known in study.settings.conditions if known != named.condition)
    on = bool(st.session_state[key])
    open_study.change(
        f"{named.words}: {'on' if on else 'off'}",
        conditions=(*kept, named.condition) if on else kept,
    )


def _save_medians(key: str) -> None:
    on = bool(st.session_state[key])
    open_study.change(f"{MEDIANS}: {'on' if on else 'off'}", at_least_median=on)


def ask_condition(study: Study) -> None:
    """A bound on any value metric."""
    labels = {metric.name: metric.label for metric in study.customers.metrics}
    with st.form("condition_form", border=False):
        metric, bound, number, scale = st.columns([4, 3, 3, 4], gap="small")
        name = metric.selectbox(
            "Value metric", list(labels), key="condition_metric", format_func=labels.__getitem__
        )
        side = bound.selectbox("Must be", list(BOUNDS), key="condition_side")
        value = number.number_input(
            "Bound", value=None, key="condition_value", placeholder="Number"
        )
        times = scale.selectbox(
            "Counted in", ["its own unit", "times the median"], key="condition_scale"
        )
        if st.form_submit_button("Add and switch on"):
            _add(study, str(name), BOUNDS[side], value, times_median=times != "its own unit")


def _add(study: Study, metric: str, side: str, value: float | None, *, times_median: bool) -> None:
    if value is None:
        st.warning("Give the bound as a number.")
        return
    condition = Condition.model_validate(
        {"metric": metric, side: float(value), "times_median": times_median}
    )
    if condition not in study.settings.conditions:
        open_study.change(
            f"Condition on {metric}", conditions=(*study.settings.conditions, condition)
        )
        st.rerun()
