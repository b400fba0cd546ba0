"""Accounts by name: finding one, naming many, saying why they score what they score.

Comes in: a study. Goes out: names, tables. Separate because several pages list accounts, and ids alone say nothing.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from icp_engine import Study
from icp_engine.charts.rubric import score_table
from icp_engine.types import Frame, Series
from ui.charts_view import show_download
from ui.words import THIN, count, plain

WRAPPED, WHY_WIDTH = 88, 440  # pixels of a row and a column, so that a reason can be read
EXPLAINED = 40  # accounts listed with their reasons


def account_names(study: Study) -> Series | None:
    """Account names by account_id; None where the files have none."""
    return study.accounts.get("account_name")


def find_accounts(study: Study, asked: str) -> list[str]:
    """Ids whose id or name is the text asked for, else whose name contains it; case does not matter."""
    wanted = asked.strip().casefold()
    ids = study.accounts.index.astype("str")
    names = account_names(study)
    labels = pd.Series(ids, index=ids) if names is None else names.astype("str").fillna("")
    folded = labels.str.casefold()
    exact = (folded == wanted) | (ids.str.casefold() == wanted)
    found = exact if exact.any() else folded.str.contains(wanted, regex=False)
    return [str(account) for account in study.accounts.index[found.fillna(False).to_numpy(bool)]] if wanted else []


def label(study: Study, account: str) -> str:
    """An account's name, else its id."""
    names = account_names(study)
    known = None if names is None else names.get(account)
    return account if known is None or pd.isna(known) else str(known)


def show_scored_accounts(study: Study) -> None:
    """A search, a filter, and accounts with score, band and reason; all of them as a download."""
    search, band = st.columns([3, 2], gap="small")
    asked = search.text_input("Find an account", key="score_search", placeholder="Name or id", max_chars=200)
    chosen = band.selectbox("Band", ["All", "Green", "Yellow", "Red", "Not rated"], key="score_band")
    table = score_table(study.scores, account_names(study))
    rows = table if chosen == "All" else table[table["Band"] == chosen]
    if asked.strip():
        rows = rows[rows.index.isin(find_accounts(study, asked))]
    show_explained(study, rows)
    show_download("all_scores", table, label=f"Download all {count(len(table))} scores (CSV)")


def show_explained(study: Study, rows: Frame) -> None:
    """The first rows of a score table with the reason of each."""
    if not len(rows):
        st.caption("No account fits.")
        return
    shown = rows.head(EXPLAINED)
    shown = shown.assign(Why=study.explain(shown.index).reindex(shown.index))
    st.dataframe(shown, width="stretch", key="table_scored", column_config=SCORE_COLUMNS, row_height=WRAPPED,
                 placeholder="—")
    if len(rows) > EXPLAINED:
        st.caption(f"The first {EXPLAINED} of {count(len(rows))} accounts, highest score first.")


SCORE_COLUMNS = {
    "account_id": st.column_config.TextColumn("Id", width="small"),
    "Score": st.column_config.ProgressColumn(min_value=0, max_value=100, format="%.1f", width="small"),
    "Known": st.column_config.NumberColumn(format="percent", help=f"Share of the weight that is known; under 60{THIN}% "
                                           "there is no band.", width="small"),
    "Why": st.column_config.TextColumn(width=WHY_WIDTH),
    "Held at Red": st.column_config.CheckboxColumn(width="small"),
}


def choose_account(study: Study, asked: str) -> str | None:
    """The one account meant; otherwise says what was found."""
    found = find_accounts(study, asked)
    if len(found) == 1:
        return found[0]
    if not found:
        st.warning(f"No account is called “{plain(asked)}”. Check the spelling, or use its id.")
    else:
        some = ", ".join(f"{plain(label(study, account))} ({plain(account)})" for account in found[:5])
        st.warning(f"{count(len(found))} accounts fit: {some}. Give the id.")
    return None
