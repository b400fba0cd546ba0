"""Segments on the page: accounts in a box of the map, other numbers of segments, merging by hand.

Comes in: the study and its segments. Goes out: Streamlit elements, changed settings. Separate from
the page, which only lays out.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from icp_engine import Study
from icp_engine.charts import segments as charts
from icp_engine.segments.model import Segments
from icp_engine.segments.stability import K_MAX, PER_GROUP, STABLE
from icp_engine.types import Frame, Index
from icp_engine.wording.numbers import count, of, plural
from icp_engine.wording.ranges import show_value
from icp_engine.wording.ratios import ratio
from icp_engine.wording.shares import percent
from ui.answers.account_names import account_names
from ui.answers.markdown import plain
from ui.answers.segments import _number_row, chosen_table
from ui.frame.chart import show_table
from ui.frame.layout import show_picture
from ui.frame.progress import working
from ui.state import open_study

# in the session: the state of the study whose other numbers were asked for
WORKED_OUT = "segments_worked_out"
TRAITS_NAMED = 5
# widget: the segment to list; in the session: the box of the last run
CHOSEN, SEEN = "map_segment", "map_box_seen"


@st.fragment
def show_map(study: Study, found: Segments) -> None:
    """The map; a box drawn on it, or a segment chosen beneath, lists its accounts and what marks
    them.
    """
    if found.map[["x", "y"]].nunique().max() <= 1:
        with st.container(border=True):
            st.markdown("**Too few to map**")
            st.caption(
                "From 20 best customers with known attributes on, they are placed here by likeness."
            )
        return
    chart = open_study.made_once(
        study, "map", lambda: charts.map_chart(found, account_names(study))
    )
    box = show_picture("map", chart, select=charts.BOX)
    if box and box != st.session_state.get(SEEN):
        # the last choice counts: a new box, or a segment pressed after it
        st.session_state[CHOSEN] = None
    st.session_state[SEEN] = box
    names = {segment.name: segment.label for segment in found.segments}
    chosen = (
        st.pills(
            "List the accounts of a box drawn on the map, or of",
            list(names),
            key=CHOSEN,
            format_func=plain,
        )
        if names
        else None
    )
    if chosen is not None:
        inside = found.labels.index[found.labels == names[chosen]]
        show_chosen(study, found, inside, f"in “{chosen}”")
    elif box:
        show_chosen(study, found, charts.inside_box(found, box), "in the box")


def show_chosen(study: Study, found: Segments, ids: Index, where: str) -> None:
    """Some best customers: how many, what marks them, who they are."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{of(len(ids), len(found.labels), 'best customers')} {plain(where)}**")
        if not len(ids):
            return
        traits = study.describe_best(ids).head(TRAITS_NAMED)
        marks = "; ".join(
            f"{row.attribute}: {show_value(str(row.value))} in {of(row.n_here, row.known_here)} "
            f"({percent(row.others)} of the other best, {ratio(row.lift)})"
            for row in traits.itertuples()
        )
        st.markdown(
            plain(f"What marks them: {marks}.")
            if marks
            else "Nothing marks them against the other best."
        )
        show_table("map_accounts", chosen_table(study, found, ids))


def show_other_numbers(study: Study, found: Segments) -> None:
    """Sizes and stability for each number of segments, side by side, and one button to take
    another.
    """
    most = min(K_MAX, len(found.labels) // PER_GROUP)
    if most < 2:
        st.caption(
            f"Fewer than {count(2 * PER_GROUP)} best customers: no second group would be large enough."
        )
        return
    state_now = open_study.stamp()
    if st.session_state.get(WORKED_OUT) != state_now:
        st.markdown(
            f"What would 2 to {most} segments look like? Each number is looked for and judged as the present "
            "one was; nothing is changed."
        )
        if not st.button(
            f"Work out 2 to {most}", key="work_out_numbers", icon=":material/calculate:"
        ):
            return
        st.session_state[WORKED_OUT] = state_now
    table = other_numbers(study, most)
    show_table("other_numbers", table)
    st.caption(
        f"Stable: the weakest segment overlaps at least {percent(STABLE)} with itself when customers are drawn again. "
        "Few segments that repeat serve better than many that do not."
    )
    chosen = st.segmented_control("Take", list(range(2, most + 1)), key="take_number")
    if chosen and st.button(f"Use {chosen} segments", key="use_number", type="primary"):
        open_study.change(f"Segments: {chosen}", segments_k=int(chosen), segment_merges={})
        st.rerun()


def other_numbers(study: Study, most: int) -> Frame:
    """One row a number of segments: sizes, in none, how surely they come back, evidence."""
    rows = []
    with working("Looking for 2 segments") as report:
        for at, k in enumerate(range(2, most + 1)):
            report(f"Looking for {k} segments", at / (most - 1))
            present = len(study.found_segments.segments) == k
            found = (
                study.found_segments
                if present
                else study.replace(segments_k=k, segment_merges={}).found_segments
            )
            rows.append(_number_row(found, k, present))
    return pd.DataFrame(rows)


def show_merge(study: Study, found: Segments) -> None:
    """Two segments made one, with what that costs; merges made so far, each to take back."""
    show_merged(study)
    if len(found.segments) < 2:
        st.caption("Two segments are needed to merge any.")
        return
    names = {segment.key: segment.name for segment in found.segments}
    left, right = st.columns(2, gap="small")
    second = left.selectbox(
        "Merge",
        list(names),
        index=None,
        key="merge_from",
        format_func=lambda k: plain(names[k]),
        placeholder="Choose a segment",
    )
    others = [key for key in names if key != second]
    first = right.selectbox(
        "Into",
        others,
        index=None,
        key="merge_into",
        format_func=lambda k: plain(names[k]),
        placeholder="Choose another",
    )
    if second is None or first is None:
        st.caption(
            "Merge segments that you would serve alike. What it costs is counted before you decide."
        )
        return
    cost = study.weigh_merge(first, second)
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**What it costs.** {plain(cost.sentence)}")
        if cost.traits:
            st.caption("No longer a mark: " + plain(", ".join(cost.traits)))
        st.button(
            "Merge them",
            key="merge_segments",
            type="primary",
            on_click=_merge,
            args=(second, first, f"“{names[second]}” merged into “{names[first]}”"),
        )


def _merge(second: str, first: str, what: str) -> None:
    study = open_study.open_study()
    if study is not None:
        open_study.change(
            f"Segments: {what}", segment_merges={**study.settings.segment_merges, second: first}
        )


def show_merged(study: Study) -> None:
    """Merges in force, by the names of what was found."""
    names = {segment.key: segment.name for segment in study.found_segments.segments}
    known = {
        key: into
        for key, into in study.settings.segment_merges.items()
        if key in names and into in names
    }
    for key, into in known.items():
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(
                f"“{plain(names[key])}” is merged into “{plain(names[into])}”", width="stretch"
            )
            st.button("Take back", key=f"unmerge_{key}", on_click=_unmerge, args=(key,))
    gone = len(study.settings.segment_merges) - len(known)
    if gone:
        st.caption(
            f"{plural(gone, 'merge names', 'merges name')} segments that are no longer found, so nothing is "
            "merged by them."
        )


def _unmerge(key: str) -> None:
    study = open_study.open_study()
    if study is not None:
        kept = {one: into for one, into in study.settings.segment_merges.items() if one != key}
        open_study.change("Segments: a merge taken back", segment_merges=kept)
