"""Deals to read: the last won and lost, what the bands got wrong, what is open and what to watch there.

Comes in: the study. Goes out: tables on the page. Separate from the figures: a list of twenty is read, not measured.
"""

from __future__ import annotations

import streamlit as st

from icp_engine import Study
from icp_engine.activate.study_files import pipeline_table
from icp_engine.charts import bands, deals, proof
from icp_engine.types import Frame
from ui.accounts import account_names
from ui.charts_view import show_download, show_table
from ui.layout import show_picture
from ui.progress import working
from ui.words import count, plain

WRAPPED, WHY_WIDTH = 88, 360  # pixels of a row and a column, so that a reason can be read
MISSED_SHOWN = 20
DEAL_COLUMNS = {
    "Score": st.column_config.NumberColumn(format="%.1f", width=60),
    "Closed": st.column_config.DateColumn(format="D MMM YYYY", width=95),
    "Amount": st.column_config.NumberColumn(format="localized", width=75),
    "Band": st.column_config.TextColumn(width=70),
    "Deal": st.column_config.TextColumn(width=120),
    "Account": st.column_config.TextColumn(width=110),
    "Judged": st.column_config.TextColumn(
        width=85,
        help="Held out: took no part in making the rubric. Used: took part, so rubrics scored it that were made "
        "without it.",
    ),
    "Why": st.column_config.TextColumn(width=WHY_WIDTH),
}
OPEN_COLUMNS = {name: DEAL_COLUMNS[name] for name in ("Account", "Amount", "Score", "Band", "Why")} | {
    "Created": st.column_config.DateColumn(format="D MMM YYYY", width=95),
    "Days open": st.column_config.NumberColumn(format="%d", width=80),
    "Watch": st.column_config.TextColumn(width=280, help="Signs seen while a deal runs; they never change a score."),
    "deal_id": st.column_config.TextColumn("Deal", width=80),
}


def show_recent(study: Study) -> None:
    """The newest won and lost deals with scores, bands and reasons."""
    recent = study.validation.recent
    if not len(recent):
        st.caption("There are no closed deals to read.")
        return
    held = int(recent["held_out"].sum())
    st.caption(
        f"A list to read, not a measure. {count(held)} of these {count(len(recent))} deals were held out; the "
        "others were used, so each is scored by rubrics made without its account."
    )
    for outcome, won in (("won", True), ("lost", False)):
        some = recent[recent["won"] == won]
        if len(some):
            st.markdown(f"**The last {count(len(some))} {outcome} deals**")
            reasons = study.explain(some["account_id"].unique())
            show_readable(f"last_{outcome}", proof.recent_table(some, study.deals, account_names(study), reasons))


def show_readable(key: str, table: Frame) -> None:
    """A table of deals whose reasons can be read, with its download."""
    st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        key=f"table_{key}",
        column_config=DEAL_COLUMNS,
        row_height=WRAPPED,
        placeholder="—",
    )
    show_download(key, table)


def show_missed(study: Study) -> None:
    """Won although Red, lost although Green: the dearest first, with the reason of the score."""
    found = study.validation
    if not found.missed_counts:
        st.caption("There are no judged deals.")
        return
    with working("Saying why each of them scored so"):
        missed = found.missed
    for outcome, number in found.missed_counts.items():
        side = outcome.split()[0]
        every = int((found.scored["won"] == (side == "won")).sum())
        if not every:
            continue
        some = missed[missed["outcome"] == outcome].head(MISSED_SHOWN)
        st.markdown(
            f"**{outcome.capitalize()}**: {count(number)} of {count(every)} {side} deals"
            + (f"; the {count(len(some))} largest" if number > len(some) else "")
        )
        if len(some):
            key = outcome.replace(" ", "_").lower()
            show_readable(f"missed_{key}", proof.missed_table(some, study.deals, account_names(study)))


def show_open(study: Study) -> None:
    """Open deals by band, and each of them with what to watch and the reason of its score."""
    if not study.validation.open_deals["deals"].sum():
        st.caption("The files hold no open deals.")
        return
    with working("Scoring the open deals"):
        pipeline, watch = pipeline_table(study), study.deal_watch
    st.markdown(plain(deals.watch_sentence(pipeline, watch)), width=760)
    show_picture("open_deals", bands.open_deals_chart(study.validation, study.intake.currency))
    table = deals.open_deal_table(pipeline, watch, account_names(study), study.as_of)
    if (table["Watch"] != "").any() and st.toggle("Only deals that carry a caution", key="only_watched"):
        table = table[table["Watch"] != ""]
    show_table("open_list", table, column_config=OPEN_COLUMNS, row_height=WRAPPED)
