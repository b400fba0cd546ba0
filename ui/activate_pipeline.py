"""The open pipeline on the page: filters, picture, deals with their reasons, owners.

Comes in: the study and its pipeline. Goes out: Streamlit elements. Separate from the page, which only lays out. Nothing
here changes a setting, so whoever may look may use it.
"""

from __future__ import annotations

import hashlib

import pandas as pd
import streamlit as st

from icp_engine import Study
from icp_engine.activate.pipeline import ALL_BANDS, NO_OWNER, Pipeline, count_by_band
from icp_engine.charts import pipeline as charts
from icp_engine.charts.words import money_short
from icp_engine.rubric.scoring import NOT_RATED
from icp_engine.types import Frame
from ui import state
from ui.charts_view import show_download
from ui.layout import show_picture, split
from ui.words import count, plain, plural

SHOWN = 40  # deals listed with their reasons; the download holds all
WRAPPED, HEIGHT = 88, 520  # pixels of a row, so that a reason can be read, and of the table
KINDS = {"All": None, "New business": True, "Existing customers": False}
COLUMNS = {
    "Account": st.column_config.TextColumn(width=130),
    "Deal": st.column_config.TextColumn(width=130),
    "Amount": st.column_config.NumberColumn(format="localized", width=75),
    "Band": st.column_config.TextColumn(width=70),
    "Score": st.column_config.NumberColumn(format="%d", width=55),
    "Watch": st.column_config.TextColumn(width=200, help="Signs seen while a deal runs; they never change a score."),
    "Why": st.column_config.TextColumn(width=340),
    "Stage": st.column_config.TextColumn(width=120),
    "Owner": st.column_config.TextColumn(width=110),
    "Days open": st.column_config.NumberColumn(format="localized", width=75),
}


@st.fragment
def show_pipeline(study: Study, pipeline: Pipeline) -> None:
    """Filters left, picture right, the deals beneath."""
    controls, consequence = split("pipeline", 4, 8)
    with controls, st.container(border=True):
        chosen = choose_deals(pipeline)
    with consequence:
        show_picture("pipeline", state.made_once(study, "pipeline_chart", lambda: charts.pipeline_chart(pipeline)))
    show_deals(study, pipeline, chosen)


def choose_deals(pipeline: Pipeline) -> Frame:
    """The open deals that fit what is asked for."""
    deals = pipeline.deals
    st.markdown("**Which deals to list**")
    bands = st.pills("Band", [b for b in ALL_BANDS if (deals["band"] == b).any()], selection_mode="multi",
                     key="pipeline_bands", help="None chosen: all.")
    kinds = st.segmented_control("Deals with", list(KINDS), default="All", key="pipeline_kind", required=True,
                                 help="New business: the account's first deal. Bands were tested on new business only.")
    owners = sorted(set(deals["owner"]) - {""}, key=str.casefold)
    if (deals["owner"] == "").any() and owners:
        owners.append(NO_OWNER)
    owner = st.selectbox("Owner", owners, index=None, key="pipeline_owner", placeholder="Everybody") if owners else None
    watched = st.toggle("Only with a caution", key="pipeline_watched") if (deals["cautions"] > 0).any() else False
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
    table = state.made_once(study, f"deals {name}", lambda: explained_table(study, shown))
    st.dataframe(
        table, key="table_pipeline_deals", width="stretch", height=min(HEIGHT, 40 + WRAPPED * len(shown)),
        hide_index=True, column_config=COLUMNS, column_order=list(COLUMNS), row_height=WRAPPED, placeholder="—",
    )
    if len(chosen) > SHOWN:
        st.caption(f"The first {SHOWN} of {plural(len(chosen), 'deal')}: Green first, in each band the dearest first.")
    show_download("open_deals", lambda: full_table(study, chosen), name=f"open_deals-{name}",
                  label=f"Download {plural(len(chosen), 'deal')} (CSV)")


def explained_table(study: Study, deals: Frame) -> Frame:
    """Deals as people read them, each with the reason of its score."""
    reasons = study.explain(deals["account_id"].unique())
    return deal_table(deals).assign(Why=reasons.reindex(deals["account_id"]).to_numpy())


def name_of(deals: Frame) -> str:
    """Six signs that tell one choice of deals from another, for the name of its file."""
    return hashlib.sha256("\n".join(deals.index.astype("str")).encode()).hexdigest()[:6]


def chosen_words(pipeline: Pipeline, chosen: Frame) -> str:
    """“16 of 312 open deals, $537k: Green 16.”"""
    bands = count_by_band(chosen)
    parts = ", ".join(f"{row.band} {count(row.deals)}" for row in bands.itertuples() if row.deals)
    known = chosen["amount"].notna().any()
    worth = f", {money_short(float(chosen['amount'].sum()), pipeline.currency)}" if known else ""
    return plain(f"{count(len(chosen))} of {count(pipeline.total)} open deals{worth}" + (f": {parts}" if parts else ""))


def deal_table(deals: Frame) -> Frame:
    """Open deals as people read them; columns that hold nothing are left out."""
    table = pd.DataFrame({
        "Account": deals["account"], "Deal": deals["deal_name"], "Amount": deals["amount"], "Band": deals["band"],
        "Score": deals["whole"], "Stage": deals["stage"], "Owner": deals["owner"], "Days open": deals["days_open"],
        "Watch": deals["caution"],
    }, index=deals.index)
    if (deals["band"] == NOT_RATED).all() and deals["whole"].nunique() == 1:
        table = table.drop(columns="Score")  # without criteria the score is no more than a place holder
    empty = [name for name in ("Deal", "Stage", "Owner", "Watch") if (table[name] == "").all()]
    empty += [name for name in ("Amount", "Days open") if table[name].isna().all()]
    return table.drop(columns=empty)


def full_table(study: Study, deals: Frame) -> Frame:
    """Every chosen deal by id with all that is known and the reason of its score; for the download."""
    reasons = study.explain(deals["account_id"].unique())
    table = deal_table(deals).assign(
        Kind=["new business" if new else "existing customer" for new in deals["new_business"]],
        Created=deals["created_date"], Account_id=deals["account_id"],
        Why=reasons.reindex(deals["account_id"]).to_numpy(),
    )
    return table.rename(columns={"Account_id": "Account id"}).rename_axis("Deal id")


def show_owners(pipeline: Pipeline) -> None:
    """Who holds what, by band."""
    if not pipeline.total:
        st.caption("No deal is open, so nobody holds one.")
        return
    if pipeline.by_owner["owner"].eq(NO_OWNER).all():
        st.caption("The files name no owner of deals or accounts. Give a column the role “owner” on Data.")
        return
    show_picture("owners", charts.owner_chart(pipeline))
