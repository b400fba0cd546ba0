"""Best customers: how sure the set is, who enters and leaves as weights move, two metrics side by
side.

Comes in: the study. Goes out: Streamlit elements. Separate from the page, which only lays out.
"""

from __future__ import annotations

import streamlit as st

from icp_engine import Study
from icp_engine.charts.value_scatter import scatter_chart
from icp_engine.customers.changes import SetChange, compare_best
from icp_engine.customers.model import Best
from icp_engine.customers.stability import describe_stability
from icp_engine.types import Frame, Index
from icp_engine.wording.sentences import first_few
from ui.answers.markdown import plain
from ui.frame.account_names import account_names
from ui.frame.chart import show_table
from ui.frame.layout import show_picture
from ui.state import open_study

# in the session: the sets before and after the last change seen here
BEFORE, NOW = "best_before", "best_now"
ACCOUNTS_NAMED = 6
# judged customers: 64 ms at 500; above, redraws wait for their tab (440 ms at 5,000)
REDRAWN_AT_ONCE = 1_500
AT_ONCE = 50_000  # accounts; above, the objective's set is computed only when asked for


def how_sure(study: Study) -> str:
    """How many best customers hold in redraws; “” where that is not known yet and would keep the
    page waiting.
    """
    best = study.best
    if not best.metrics or (len(best.scores) > REDRAWN_AT_ONCE and not study.knows("stability")):
        return ""
    said = describe_stability(study.stability)
    return f"How sure: {said[0]}" if said else ""


def show_changes(study: Study) -> None:
    """Who entered and left: by the last change, and against the weights of the objective."""
    before = last_set(study)
    with st.container(border=True, gap="xsmall"):
        st.markdown("**Who the weights move**")
        if before is not None:
            show_change(
                study, compare_best(before, study.best), "the set before the last change", "last"
            )
        if not study.settings.metric_weights:
            if before is None:
                st.caption("Move a weight: who enters and who leaves is named here.")
            return
        large = len(study.accounts) > AT_ONCE
        if large and not st.toggle(
            "Compare with the weights of the objective", key="best_objective"
        ):
            return
        default = study.replace(metric_weights={}).best
        if before is None or not default.accounts.equals(before.accounts):
            show_change(
                study,
                compare_best(default, study.best),
                "the weights of the objective",
                "objective",
            )


def last_set(study: Study) -> Best | None:
    """The set that stood here before the last change in this window; None before there was one."""
    key = open_study.study_id()
    held = st.session_state.get(NOW)
    if held is None or held[0] != key:
        st.session_state[NOW] = (key, study.best)
        st.session_state.pop(BEFORE, None)
    elif not held[1].accounts.equals(study.best.accounts) or held[1].metrics != study.best.metrics:
        st.session_state[BEFORE], st.session_state[NOW] = held[1], (key, study.best)
    before: Best | None = st.session_state.get(BEFORE)
    return before


def show_change(study: Study, change: SetChange, against: str, key: str) -> None:
    """One comparison: the sentence, who enters and leaves by name, the table."""
    st.markdown(plain(change.sentence(against)))
    if not len(change.table):
        return
    for word, ids in (("Enters", change.entered), ("Leaves", change.left)):
        if len(ids):
            st.caption(
                f"{word}: {plain(name_some(study, change.table.index[change.table.index.isin(ids)]))}"
            )
    with st.expander("Everyone who moves, and by which metric"):
        show_table(f"moved_{key}", change_table(study, change))


def name_some(study: Study, ids: Index) -> str:
    """The first few by name, then how many more."""
    names = account_names(study)
    known = [str(account) if names is None else str(names.get(account, account)) for account in ids]
    return first_few(known, ACCOUNTS_NAMED)


def change_table(study: Study, change: SetChange) -> Frame:
    """One row an account that moves, in plain headers."""
    table = change.table.rename(
        columns={
            "change": "Change",
            "rank_before": "Rank before",
            "rank_now": "Rank now",
            "metric": "Moved most by",
            "points": "Points of 100",
        }
    ).round({"Points of 100": 1})
    names = account_names(study)
    if names is not None:
        table.insert(0, "Account", names.reindex(table.index))
    return table


@st.fragment
def show_scatter(study: Study) -> None:
    """Two metrics to choose, and the customers by them."""
    metrics = {metric.label: metric for metric in study.best.metrics}
    if len(metrics) < 2:
        st.caption("Two value metrics with weight are needed to set one against the other.")
        return
    labels = list(metrics)
    left, right = st.columns(2, gap="small")
    first = left.selectbox("Across", labels, index=0, key="scatter_x", format_func=plain)
    second = right.selectbox("Up", labels, index=1, key="scatter_y", format_func=plain)
    if first == second:
        st.caption("Choose two different metrics.")
        return
    chart = scatter_chart(
        study.accounts, study.best, metrics[first], metrics[second], study.intake.currency
    )
    if chart is None:
        st.caption("Fewer than two customers have both values.")
        return
    show_picture("scatter", chart)
