"""Accounts of the rubric: one found by name and explained, and the list of all with reasons.

Comes in: a study. Goes out: a tab. Separate from `one_account`, which explains whichever account
is meant.
"""

from __future__ import annotations

import streamlit as st

from icp_engine import Study
from icp_engine.charts.rubric import score_table
from icp_engine.rubric.model import BANDS
from icp_engine.types import Frame
from icp_engine.wording.numbers import count
from ui.answers.account_names import (
    ASKED_MOST,
    account_names,
    all_named,
    ask_for,
    find_accounts,
    name_rows,
    whole_scores,
)
from ui.answers.markdown import plain
from ui.answers.terms import explain
from ui.frame.chart import show_download
from ui.frame.scrolling import open_tab
from ui.frame.turns import give_way
from ui.rubric.one_account import ask_example, show_account

WRAPPED, HEIGHT = 62, 620  # pixels of a row, under which text does not wrap, and of a table of them
HIGHEST, LOWEST = "Highest first", "Lowest first"
# widgets: the search, the filter, the list of all
ASKED, BAND, CHOSEN_ROW = "one_account", "score_band", "table_scored"
TICK = "Tick a row to see what its score is made of."
# the page's tabs, and the one that holds the list
PAGE, TABS, ACCOUNTS = "rubric", "tabs_rubric", "Accounts"
EXPLAINED = 40  # accounts listed with their reasons


def choose_band(band: str) -> None:
    """Open the list of all accounts at one band; to be called before the list is drawn."""
    if band in BANDS:
        st.session_state.update({BAND: band, ASKED: "", TABS: ACCOUNTS})


def show_accounts(study: Study) -> None:
    """One search: the one account it finds explained, then a list of all or of those that fit."""
    asked = st.text_input(
        "Find an account", key=ASKED, placeholder="Name or id", max_chars=ASKED_MOST, width=420
    )
    found = find_accounts(study, asked)
    if asked.strip() and not found:
        st.caption(f"No account is called “{plain(asked)}”. Check the spelling, or use its id.")
    if study.rubric.criteria:
        chosen = found[0] if len(found) == 1 else ask_example(study) if not asked.strip() else None
        if chosen is not None:
            show_account(study, chosen)
            give_way()
    show_list(study, found if len(found) > 1 else None)


def show_list(study: Study, only: list[str] | None) -> None:
    """A filter, an order, and accounts with score, band and reason; all of them as a download.

    only: ids to list; None lists all.
    """
    st.subheader(
        "All accounts" if only is None else f"{count(len(only))} accounts fit", anchor=False
    )
    band, order = st.columns([3, 4], gap="small", vertical_alignment="bottom")
    chosen = band.selectbox("Band", ["All", *BANDS], key=BAND)
    first = order.segmented_control(
        "Order", [HIGHEST, LOWEST], default=HIGHEST, key="score_order", required=True
    )
    table = score_table(study.scores, account_names(study))
    rows = table if only is None else table[table.index.isin(only)]
    rows = rows if chosen == "All" else rows[rows["Band"] == chosen]
    shown = whole_scores(study).reindex(rows.index)
    rows = rows.loc[shown.sort_values(ascending=first == LOWEST, kind="stable").index]
    show_explained(study, rows, str(first))
    show_download("all_scores", table, label=f"Download all {count(len(table))} scores (CSV)")


def show_explained(study: Study, rows: Frame, order: str = "Highest first") -> None:
    """The first rows of a score table with the reason of each; choosing a row opens the account."""
    if not len(rows):
        st.caption("No account fits.")
        return
    shown = rows.head(EXPLAINED)
    shown = shown.drop(columns=SAID_IN_WHY, errors="ignore").assign(
        Score=whole_scores(study).reindex(shown.index),
        Why=study.explain(shown.index).reindex(shown.index),
    )
    asked = [ask_for(study, str(account)) for account in shown.index]
    opens = bool(study.rubric.criteria)
    shown = name_rows(study, shown)
    st.dataframe(
        shown[[name for name in ON_SCREEN if name in shown]],
        key=CHOSEN_ROW,
        width="stretch",
        height=min(HEIGHT, 40 + WRAPPED * len(shown)),
        hide_index=all_named(shown),
        column_config=SCORE_COLUMNS,
        row_height=WRAPPED,
        placeholder="—",
        selection_mode="single-row",
        on_select=(lambda: open_chosen(asked)) if opens else "ignore",
    )
    some = (
        f"The first {EXPLAINED} of {count(len(rows))} accounts, {order.lower()}. "
        if len(rows) > EXPLAINED
        else ""
    )
    if some or opens:
        st.caption(f"{some}{TICK if opens else ''}")


def open_chosen(asked: list[str], table: str = CHOSEN_ROW) -> None:
    """Callback of a chosen row: the account is explained above the list of all. asked: what finds
    each row; table: its key.
    """
    rows = st.session_state[table].selection.rows
    if rows and rows[0] < len(asked):
        st.session_state[ASKED] = asked[rows[0]]
        open_tab(PAGE, ACCOUNTS)


# the reason names what is unknown and what holds an account; the file has both
SAID_IN_WHY = ["Known", "Held at Red"]
# on a phone two fit; the reason begins with band and score
ON_SCREEN = ("Account", "Why", "Score", "Band")
SCORE_COLUMNS = {  # with the box to tick no wider than the page at 1280 pixels: the reason must not be cut off
    "account_id": st.column_config.TextColumn("Id", width=75),
    "Account": st.column_config.TextColumn(width=130),
    "Score": st.column_config.ProgressColumn(
        min_value=0,
        max_value=100,
        format="%d",
        width=70,
        help=explain("score", "Rounded, as bands use it."),
    ),
    "Band": st.column_config.TextColumn(width=65, help=explain("band")),
    "Why": st.column_config.TextColumn(width=450),
}
