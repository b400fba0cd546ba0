"""Segments: into which groups the best customers fall, if any repeat.

Asks: how many groups, what they are called, which are one. Shows: the map, a card a segment, traits
by segment, how surely each comes back, the nearest segment of every account.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from icp_engine import Study
from icp_engine.charts import segment_traits
from icp_engine.charts import segments as charts
from icp_engine.segments.model import Segment, Segments
from icp_engine.wording.numbers import count, of
from icp_engine.wording.ratios import ratio, ratio_interval
from icp_engine.wording.shares import SURE, percent_estimate, percent_interval
from ui.answers.account_names import account_names, label
from ui.answers.markdown import plain
from ui.answers.segments import GENERAL, middle_values, segment_figures, single_reasons
from ui.answers.terms import linked
from ui.frame import shell
from ui.frame.cards import show_figures, show_level, show_title
from ui.frame.chart import show_table
from ui.frame.layout import ANALYSTS, show_part, show_picture, show_tabs, split, synced
from ui.frame.progress import working
from ui.segments import map_and_merges as parts
from ui.state import open_study

AUTOMATIC = "As many as repeat"
MOST_GROUPS = 8
CARDS_A_ROW = 3


def show_page() -> None:
    """Lay the page out: sentence, figures, controls beside the map, cards, tabs."""
    study = shell.require_study("segments")
    with working("Looking for groups that repeat"):
        found = study.segments
    show_title("Segments", found.verdict.sentence, found.verdict)
    show_figures(segment_figures(found))
    controls, consequence = split("segments", 4, 8)
    with controls, st.container(border=True):
        show_controls(study, found)
    with consequence:
        parts.show_map(study, found)
    show_cards(study, found)
    show_tabs(
        "segments",
        {
            "Side by side": lambda: show_side_by_side(study, found),
            "Every account's segment": lambda: show_assigned(study, found),
            "Merge or another number": lambda: show_regrouping(study, found),
            ANALYSTS: lambda: show_analysis(found),
        },
    )
    shell.show_next("segments")


def show_controls(study: Study, found: Segments) -> None:
    """How many groups, and why these are the ones."""
    shown = study.settings.segments_k
    options: list[Any] = [AUTOMATIC, *range(1, max(MOST_GROUPS, shown or 0) + 1)]
    st.selectbox(
        "How many segments",
        options,
        key=synced("segments_k", shown or AUTOMATIC),
        on_change=_save_number,
        help=linked(
            "By default the number whose groups repeat best when customers are drawn again.",
            "stability",
        ),
    )
    st.markdown("**Evidence**")
    for reason in found.verdict.because[:GENERAL]:  # those of single segments stand in their cards
        st.caption(plain(reason))
    if not found.segments:
        st.caption(
            "Without segments the profile speaks of the best customers as one group. Attributes that describe "
            "how customers work, not only their size, help most to find groups."
        )


def _save_number() -> None:
    chosen = st.session_state["segments_k"]
    open_study.change(
        f"Segments: {chosen}", segments_k=None if chosen == AUTOMATIC else int(chosen)
    )


def show_cards(study: Study, found: Segments) -> None:
    """A card a segment, three in a row."""
    for start in range(0, len(found.segments), CARDS_A_ROW):
        some = found.segments[start : start + CARDS_A_ROW]
        for column, segment in zip(st.columns(CARDS_A_ROW, gap="small"), some, strict=False):
            with column:
                show_card(study, segment, len(found.labels))


def show_card(study: Study, segment: Segment, total: int) -> None:
    """Size, value, traits, examples and name of one segment."""
    show_picture(
        f"segment_{segment.label}",
        open_study.made_once(
            study, f"traits of {segment.label}", lambda: charts.trait_chart(segment)
        ),
    )
    with st.container(border=True, gap="xsmall"):
        show_level(segment.verdict)
        limits = percent_interval(segment.share.low, segment.share.high)
        st.markdown(
            f"{of(segment.size, total)} best customers ({limits}), "
            f"{percent_estimate(segment.value_share)} of their value."
        )
        limits = ratio_interval(segment.represented.low, segment.represented.high)
        if segment.represented.value is not None:
            st.markdown(
                f"Accounts like these are best {ratio(segment.represented.value)} as often as all ({limits})."
            )
        medians = middle_values(study, segment)
        if medians:
            st.caption(f"Middle values: {plain(medians)}")
        examples = ", ".join(plain(label(study, account)) for account in segment.examples)
        st.caption(f"For example {examples}")
        ask_name(segment)


def ask_name(segment: Segment) -> None:
    """A name given by a person; empty returns to the one made from traits."""
    key = f"segment_name_{segment.key}"
    st.text_input(
        "Name",
        key=synced(key, segment.name),
        max_chars=80,
        on_change=_save_name,
        args=(segment.key, key),
        help=linked(
            "Stays with the segment when it is found again; empty: a name made from its traits.",
            "segment",
        ),
    )


def _save_name(segment_key: str, key: str) -> None:
    study = open_study.open_study()
    if study is None:
        return
    name = st.session_state[key].strip()
    names = {
        known: given
        for known, given in study.settings.segment_names.items()
        if known != segment_key
    }
    if name:
        names[segment_key] = name
    open_study.change(f"Segment named {name or 'by its traits'}", segment_names=names)


def show_assigned(study: Study, found: Segments) -> None:
    """The nearest segment of every account, with how sure, and its band."""
    if not found.segments:
        st.caption("There is no segment an account could belong to.")
        return
    nearest = found.assign(study.accounts)
    nearest.loc[found.labels.index[found.labels < 0], "name"] = charts.NONE_NAME
    table = nearest.join(study.scores[["score", "band"]]).drop(columns="segment")
    names = account_names(study)
    if names is not None:
        table.insert(0, "account", names.reindex(table.index))
    counts = table.loc[table["alike"], "name"].value_counts()
    alike = " · ".join(f"{plain(name)} {count(amount)}" for name, amount in counts.items())
    st.caption(
        f"Alike: {alike or 'none'} · nearest to one, but not like it {count(int((~table['alike']).sum()))}. "
        "Confidence is the chance, 0–1, of belonging to the segment rather than to another or to none."
    )
    table = table.sort_values(["score", "confidence"], ascending=False, kind="stable").rename_axis(
        "account_id"
    )
    show_table(
        "assigned",
        table.rename(
            columns={
                "account": "Account",
                "name": "Nearest segment",
                "confidence": "Confidence",
                "alike": "Alike",
                "score": "Score",
                "band": "Band",
            }
        ),
        column_config={"Confidence": st.column_config.NumberColumn(format="%.2f")},
    )


def show_side_by_side(study: Study, found: Segments) -> None:
    """Traits by segment, then sizes, values and evidence of all of them."""
    show_heat(study)
    if found.segments:
        show_part("Sizes", lambda: show_table("sizes", charts.size_table(found)))


def show_regrouping(study: Study, found: Segments) -> None:
    """Two segments made one, or another number of them."""
    show_part("Merge two", lambda: parts.show_merge(study, found))
    show_part("Another number", lambda: parts.show_other_numbers(study, found))


def show_analysis(found: Segments) -> None:
    """How surely each segment comes back, then what was tried."""
    show_part("How surely they come back", lambda: show_overlap(found))
    show_part("What was tried", lambda: show_stability(found))


def show_heat(study: Study) -> None:
    """How common each segment's clearest traits are in all of them."""
    chart = open_study.made_once(
        study, "heat_chart", lambda: segment_traits.heat_chart(study.segment_traits)
    )
    if chart is None:
        st.caption("There are no segments whose traits could be set side by side.")
        return
    show_picture("heat", chart)


def show_overlap(found: Segments) -> None:
    """How much of each segment comes back when customers are drawn again."""
    chart = segment_traits.overlap_chart(found)
    if chart is None:
        st.caption("No groups that repeat were found, so none can come back.")
        return
    show_picture("overlap", chart)


def show_stability(found: Segments) -> None:
    """What was tried, and how well each number of groups repeats."""
    chart = charts.stability_chart(found)
    if chart is None:
        st.caption("Nothing was tried: there are too few best customers with known attributes.")
        return
    for reason in single_reasons(found):
        st.caption(plain(reason))
    st.caption(f"Method: {found.method}. Intervals are {SURE} Wilson intervals.")
    show_picture("stability", chart)


show_page()
