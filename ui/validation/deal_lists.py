"""Deals to read: the last won and lost, and what the bands got wrong.

Comes in: the study. Goes out: tables on the page. Separate from the figures: a list of twenty is
read, not measured.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from icp_engine import Study
from icp_engine.charts import proof
from icp_engine.types import Frame
from icp_engine.wording.numbers import EMPTY_CELL, count
from ui.answers.account_names import told_apart
from ui.answers.markdown import written
from ui.answers.terms import explain, linked
from ui.answers.validation import explained, read_deal
from ui.frame.chart import show_download
from ui.frame.progress import working
from ui.state import open_study

WRAPPED, WHY_WIDTH = 88, 360  # pixels of a row and a column, so that a reason can be read
MISSED_SHOWN = 20
DEAL_COLUMNS = {
    "Score": st.column_config.NumberColumn(width=60),
    "Closed": st.column_config.DateColumn(format="D MMM YYYY", width=95),
    "Amount": st.column_config.NumberColumn(width=80),
    "Band": st.column_config.TextColumn(width=70, help=explain("band")),
    "Deal": st.column_config.TextColumn(width=120),
    "Account": st.column_config.TextColumn(width=110),
    "Judged": st.column_config.TextColumn(
        width=85,
        help=linked(
            "Held out: took no part in making the rubric. Cross-checked: took part, so scored by rubrics made "
            "without it.",
            "cross-checked",
        ),
    ),
    "Why": st.column_config.TextColumn(width=WHY_WIDTH),
}
READ_AT_ONCE = 10  # deals of each outcome before the rest is folded away


def show_recent(study: Study) -> None:
    """The newest won and lost deals side by side, each with score, band and reason."""
    recent = study.validation.recent
    if not len(recent):
        st.caption("There are no closed deals to read.")
        return
    held = int(recent["held_out"].sum())
    others = " The others are cross-checked: scored by rubrics made without their account."
    st.caption(
        f"A list to read, not a measure. {count(held)} of these {count(len(recent))} deals were held out."
        f"{others if held < len(recent) else ''}"
    )
    for column, (outcome, won) in zip(
        st.columns(2, gap="medium"), (("won", True), ("lost", False)), strict=True
    ):
        some = recent[recent["won"] == won]
        if len(some):
            with column:
                table = open_study.made_once(
                    study, f"last {outcome}", partial(explained, study, some)
                )
                show_side(outcome, table, study.intake.currency)


def show_side(outcome: str, table: Frame, currency: str) -> None:
    """Deals of one outcome, the newest first; those beyond ten folded away; all of them as a
    download.
    """
    st.markdown(f"**The last {count(len(table))} {outcome}**")
    lines = [read_deal(row, outcome, currency) for row in table.to_dict("records")]
    with st.container(border=True, gap="xsmall"):
        for line in lines[:READ_AT_ONCE]:
            st.markdown(line)
    if len(lines) > READ_AT_ONCE:
        with st.expander(f"{count(len(lines) - READ_AT_ONCE)} more"):
            for line in lines[READ_AT_ONCE:]:
                st.markdown(line)
    show_download(f"last_{outcome}", table)


def show_readable(key: str, table: Frame, currency: str) -> None:
    """A table of deals whose reasons can be read, with its download."""
    st.dataframe(
        written(table, currency),
        hide_index=True,
        width="stretch",
        key=f"table_{key}",
        column_config=DEAL_COLUMNS,
        row_height=WRAPPED,
        placeholder=EMPTY_CELL,
    )
    show_download(key, table)


def show_missed(study: Study) -> None:
    """Won although Red, lost although Green: the dearest first, with the reason of the score."""
    found = study.validation
    with working("Saying why each of them scored so"):
        missed = found.missed
    for outcome, number in found.missed_counts.items():
        side = outcome.split()[0]
        every = int((found.scored["won"] == (side == "won")).sum())
        if not every:
            continue
        some = missed[missed["outcome"] == outcome].head(MISSED_SHOWN)
        st.markdown(
            f"**{outcome[:1].upper()}{outcome[1:]}**: {count(number)} of {count(every)} {side} deals"
            + (f"; the {count(len(some))} largest" if number > len(some) else "")
        )
        if len(some):
            key = outcome.replace(" ", "_").lower()
            show_readable(
                f"missed_{key}",
                proof.missed_table(some, study.deals, told_apart(study)),
                study.intake.currency,
            )
