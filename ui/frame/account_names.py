"""Accounts by name: finding one, naming many, saying why they score what they score.

Comes in: a study. Goes out: names, tables. Separate because several pages list accounts, and ids
alone say nothing.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from icp_engine import Study
from icp_engine.charts.rubric import score_table
from icp_engine.rubric import scoring
from icp_engine.rubric.model import BANDS
from icp_engine.types import Frame, Series
from icp_engine.wording.numbers import EMPTY_CELL, count
from ui.answers.markdown import plain
from ui.answers.terms import explain
from ui.frame.chart import show_download
from ui.state import open_study

WRAPPED, HEIGHT = 62, 620  # pixels of a row, under which text does not wrap, and of a table of them
EVERYONE = "accounts by band"  # what is kept under this name: `count_bands`
HIGHEST, LOWEST = "Highest first", "Lowest first"
# widgets: the search for one account, the list of all
ASKED, CHOSEN_ROW = "one_account", "table_scored"
SEARCH, BAND = "score_search", "score_band"  # widgets above the list of all
TICK = "Tick a row to open it in One account."
# the page's tabs, and the one that holds the list
TABS, ALL_ACCOUNTS = "tabs_rubric", "All accounts"
ASKED_MOST = 200  # characters of a search
EXPLAINED = 40  # accounts listed with their reasons


def account_names(study: Study) -> Series | None:
    """Account names by account_id; None where the files have none."""
    return study.accounts.get("account_name")


def find_accounts(study: Study, asked: str) -> list[str]:
    """Ids whose id or name is the text asked for, else whose name contains it; case does not
    matter.
    """
    wanted = asked.strip().casefold()
    ids = study.accounts.index.astype("str")
    names = account_names(study)
    labels = pd.Series(ids, index=ids) if names is None else names.astype("str").fillna("")
    folded = labels.str.casefold()
    exact = (folded == wanted) | (ids.str.casefold() == wanted)
    found = exact if exact.any() else folded.str.contains(wanted, regex=False)
    return (
        [str(account) for account in study.accounts.index[found.fillna(False).to_numpy(bool)]]
        if wanted
        else []
    )


def label(study: Study, account: str) -> str:
    """An account's name, else its id."""
    names = account_names(study)
    known = None if names is None else names.get(account)
    return account if known is None or pd.isna(known) else str(known)


def ids_of_repeated(study: Study) -> frozenset[str]:
    """Ids of accounts whose name another one has too, or none has: only their id tells them apart."""

    def make() -> frozenset[str]:
        names = account_names(study)
        if names is None:
            return frozenset(study.accounts.index.astype("str"))
        folded = names.astype("str").str.strip().str.casefold()
        return frozenset(
            names.index[(folded.duplicated(keep=False) | names.isna()).to_numpy(bool)].astype("str")
        )

    return open_study.made_once(study, "repeated names", make)


def told_apart(study: Study) -> Series | None:
    """Names by account_id; where two accounts share one, each with its id behind it. None without
    names.
    """
    return open_study.made_once(
        study, "names told apart", lambda: _told_apart(account_names(study), ids_of_repeated(study))
    )


def _told_apart(names: Series | None, repeated: frozenset[str]) -> Series | None:
    if names is None or not repeated:
        return names
    alike = names.index.astype("str").isin(repeated) & names.notna().to_numpy(bool)
    return (
        names.astype("str")
        .where(~alike, names.astype("str") + " (" + names.index.astype("str") + ")")
        .where(names.notna())
    )


def ask_for(study: Study, account: str) -> str:
    """What to type to find this account and no other: its name, or its id where the name would not
    do.
    """
    known = label(study, account)
    return account if account in ids_of_repeated(study) or len(known) > ASKED_MOST else known


def whole_scores(study: Study) -> Series:
    """By account_id: the score as the whole number that bands use; rounding the shown decimal again
    may differ.
    """

    def make() -> Series:
        found = scoring.whole_scores(scoring.add_up(study.rubric, study.fits))
        return pd.Series(
            found if study.rubric.criteria else 50, index=study.accounts.index, name="Score"
        )

    return open_study.made_once(study, "whole scores", make)


def count_bands(study: Study) -> dict[str, Any]:
    """How many accounts there are, and in each band. Kept, so that the live control can say it
    without counting.
    """

    def make() -> dict[str, Any]:
        sizes = study.scores["band"].value_counts()
        return {"all": len(study.scores), "bands": [int(sizes.get(band, 0)) for band in BANDS]}

    return open_study.made_once(study, EVERYONE, make)


def choose_band(band: str) -> None:
    """Open the list of all accounts at one band; to be called before the list is drawn."""
    if band in BANDS:
        st.session_state.update({BAND: band, SEARCH: "", TABS: ALL_ACCOUNTS})


def show_scored_accounts(study: Study) -> None:
    """A search, a filter, an order, and accounts with score, band and reason; all of them as a
    download.
    """
    search, band, order = st.columns([3, 2, 2], gap="small", vertical_alignment="bottom")
    asked = search.text_input(
        "Find an account", key=SEARCH, placeholder="Name or id", max_chars=200
    )
    chosen = band.selectbox("Band", ["All", *BANDS], key=BAND)
    first = order.segmented_control(
        "Order", [HIGHEST, LOWEST], default=HIGHEST, key="score_order", required=True
    )
    table = score_table(study.scores, account_names(study))
    rows = table if chosen == "All" else table[table["Band"] == chosen]
    if asked.strip():
        rows = rows[rows.index.isin(find_accounts(study, asked))]
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
        placeholder=EMPTY_CELL,
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


def name_rows(study: Study, shown: Frame) -> Frame:
    """Rows for the screen, where an account is called so that no other is meant."""
    names = told_apart(study)
    return shown if names is None else shown.assign(Account=names.reindex(shown.index))


def all_named(shown: Frame) -> bool:
    """Whether every row has a name, so that ids would only take the room of the reason."""
    return "Account" in shown and bool(shown["Account"].notna().all())


def open_chosen(asked: list[str], table: str = CHOSEN_ROW) -> None:
    """Callback of a chosen row: the account opens in its own tab. asked: what finds each row;
    table: its key.
    """
    rows = st.session_state[table].selection.rows
    if rows and rows[0] < len(asked):
        st.session_state[ASKED] = asked[rows[0]]
        st.session_state[TABS] = "One account"


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


def choose_account(study: Study, asked: str) -> str | None:
    """The one account meant; otherwise says what was found."""
    found = find_accounts(study, asked)
    if len(found) == 1:
        return found[0]
    if not found:
        st.warning(f"No account is called “{plain(asked)}”. Check the spelling, or use its id.")
    else:
        some = ", ".join(
            f"{plain(label(study, account))} ({plain(account)})" for account in found[:5]
        )
        st.warning(f"{count(len(found))} accounts fit: {some}. Give the id.")
    return None
