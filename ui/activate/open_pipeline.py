"""The open pipeline on the page: filters, picture, deals with their reasons, owners.

Comes in: the study and its pipeline. Goes out: Streamlit elements. Separate from the page, which
only lays out. Nothing here changes a setting, so whoever may look may use it.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from icp_engine import Study
from icp_engine.activate.pipeline import NO_OWNER, Pipeline
from icp_engine.charts import pipeline as charts
from icp_engine.rubric.model import BANDS
from icp_engine.types import Frame
from icp_engine.wording.numbers import EMPTY_CELL, plural
from ui.answers.activate import (
    chosen_words,
    explained_table,
    full_table,
    name_of,
)
from ui.answers.markdown import plain, written
from ui.answers.terms import explain, linked
from ui.frame.chart import show_download
from ui.frame.layout import show_picture, split
from ui.state import open_study

SHOWN = 40  # deals listed with their reasons; the download holds all
WRAPPED, HEIGHT = 104, 560  # pixels of a row, so that a reason can be read, and of the table
KINDS = {"All": None, "New business": True, "Existing customers": False}
WIDTHS = {  # pixels; together they fit beside the sidebar at 1440, and all but the reason do at 1280
    "Deal": 140,
    "Amount": 80,
    "Band": 65,
    "Score": 52,
    "Stage": 105,
    "Owner": 85,
    "Days open": 78,
    "Watch": 135,
    "Why": 260,
}
WATCH = explain("deal watch")


@st.fragment
def show_pipeline(study: Study, pipeline: Pipeline) -> None:
    """Filters left, picture right, the deals beneath."""
    controls, consequence = split("pipeline", 4, 8)
    with controls, st.container(border=True):
        chosen = choose_deals(pipeline)
    with consequence:
        show_picture(
            "pipeline",
            open_study.made_once(study, "pipeline_chart", lambda: charts.pipeline_chart(pipeline)),
        )
    show_deals(study, pipeline, chosen)


def choose_deals(pipeline: Pipeline) -> Frame:
    """The open deals that fit what is asked for."""
    deals = pipeline.deals
    st.markdown("**Which deals to list**")
    bands = st.pills(
        "Band",
        [b for b in BANDS if (deals["band"] == b).any()],
        selection_mode="multi",
        key="pipeline_bands",
        help="None chosen: all.",
    )
    kinds = st.segmented_control(
        "Deals with",
        list(KINDS),
        default="All",
        key="pipeline_kind",
        required=True,
        help=linked(
            "New business: the account's first deal; bands were tested on these only.", "pipeline"
        ),
    )
    owners = sorted(set(deals["owner"]) - {""}, key=str.casefold)
    if (deals["owner"] == "").any() and owners:
        owners.append(NO_OWNER)
    owner = (
        st.selectbox("Owner", owners, index=None, key="pipeline_owner", placeholder="Everybody")
        if owners
        else None
    )
    watched = (
        st.toggle("Only with a caution", key="pipeline_watched")
        if (deals["cautions"] > 0).any()
        else False
    )
    keep = deals["band"].isin(bands) if bands else pd.Series(True, index=deals.index)
    if KINDS.get(kinds or "All") is not None:
        keep &= deals["new_business"] == KINDS[kinds]
    if owner:
        keep &= deals["owner"] == ("" if owner == NO_OWNER else owner)
    return deals[keep & (deals["cautions"] > 0)] if watched else deals[keep]


def show_deals(study: Study, pipeline: Pipeline, chosen: Frame) -> None:
    """The chosen deals, Green first, with cautions and reasons; all of them as a download."""
    st.markdown(f"**{chosen_words(pipeline, chosen)}**")
    for sentence in pipeline.shared:
        st.markdown(f":orange[:material/warning:] {plain(sentence)}")
    if not len(chosen):
        st.caption("No open deal fits. Take a filter away.")
        return
    shown, name = chosen.head(SHOWN), name_of(chosen)
    table = open_study.made_once(study, f"deals {name}", lambda: explained_table(study, shown))
    st.dataframe(
        written(table, pipeline.currency),
        key="table_pipeline_deals",
        width="stretch",
        height=min(HEIGHT, 40 + WRAPPED * len(shown)),
        hide_index=True,
        column_config=columns_of(table),
        row_height=WRAPPED,
        placeholder=EMPTY_CELL,
    )
    if len(chosen) > SHOWN:
        st.caption(
            f"The first {SHOWN} of {plural(len(chosen), 'deal')}: Green first, in each band the largest amount "
            "first."
        )
    show_download(
        "open_deals",
        lambda: full_table(study, chosen),
        name=f"open_deals-{name}",
        label=f"Download {plural(len(chosen), 'deal')} (CSV)",
    )


def columns_of(table: Frame) -> dict[str, Any]:
    """How wide each column stands; what absent ones leave goes to the reason."""
    spare = sum(width for name, width in WIDTHS.items() if name not in table)
    kinds: dict[str, Any] = {
        "Amount": st.column_config.NumberColumn,
        "Score": st.column_config.NumberColumn,
        "Days open": st.column_config.NumberColumn,
    }
    return {
        name: kinds.get(name, st.column_config.TextColumn)(
            width=WIDTHS[name] + (spare if name == "Why" else 0),
            help=WATCH if name == "Watch" else None,
        )
        for name in WIDTHS
        if name in table
    }


def show_owners(pipeline: Pipeline) -> None:
    """Who holds what, by band."""
    if not pipeline.total:
        st.caption("No deal is open, so nobody holds one.")
        return
    if pipeline.by_owner["owner"].eq(NO_OWNER).all():
        st.caption(
            "The files name no owner of deals or accounts. Give a column the role “owner” on Data."
        )
        return
    show_picture("owners", charts.owner_chart(pipeline))
