"""How tables found their accounts, what almost fits, which accounts may be one, and what further
tables add.

Comes in: a study's intake. Goes out: tables to look at and to tick; what is applied becomes
settings. Separate because the page only lays out.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from icp_engine import Study
from icp_engine.intake.joining.joins_and_summaries import (
    AccountLink,
    NearMatch,
    SummaryColumn,
    TableJoin,
)
from icp_engine.wording.numbers import plural
from icp_engine.wording.shares import PERCENT_FORMAT, percent
from ui.answers.data.columns import role_label
from ui.answers.data.joins import (
    joined_as_ticked,
    list_joins,
    list_summaries,
    list_unmatched,
)
from ui.answers.markdown import plain
from ui.data.choices import ask_rows, tick
from ui.state import open_study

LINKS = {"duplicate": "the same account twice", "subsidiary": "part of the other one"}
ROLES = ("value_metric", "attribute", "known_after", "ignore")


def show_joins(study: Study) -> None:
    """Match rates first, then what waits for consent, then the summaries of further tables."""
    show_match_rates(study.intake.joins)
    show_near_matches(study, study.near_matches)
    show_links(study, study.account_links)
    show_summaries(study, study.intake.summaries)


# ------------------------------------------------------------------ match rates


def show_match_rates(joins: tuple[TableJoin, ...]) -> None:
    """One row a table: how many rows found their account, and by what; unmatched keys beneath."""
    st.subheader("How tables found their accounts", anchor=False)
    if not joins:
        st.caption("There is one table, so nothing had to be joined.")
        return
    st.dataframe(
        list_joins(joins),
        key="joins",
        hide_index=True,
        width="stretch",
        column_config={
            "Found": st.column_config.ProgressColumn(
                format=PERCENT_FORMAT,
                min_value=0,
                max_value=100,
                color="gray",
                help="Share of the rows naming an account that found it.",
            ),
            "Rows": st.column_config.NumberColumn(format="localized", width="small"),
        },
    )
    for join in joins:
        if join.unmatched:
            rows = sum(key.rows for key in join.unmatched)
            with st.expander(f"{plural(rows, 'row')} of {plain(join.table)} found no account"):
                st.dataframe(
                    list_unmatched(join),
                    key=f"unmatched_{join.table}",
                    hide_index=True,
                    width="stretch",
                )


# ------------------------------------------------------------------ near matches


def show_near_matches(study: Study, matches: tuple[NearMatch, ...]) -> None:
    """Keys without an account beside the account they resemble."""
    st.subheader("Almost the same account", anchor=False)
    if not matches:
        st.caption("No unmatched row resembles an account.")
        return
    table = pd.DataFrame(
        {
            "Join": [match.applied for match in matches],
            "Table": [match.table for match in matches],
            "As written": [match.key for match in matches],
            "Rows": [match.rows for match in matches],
            "Account": [match.account_name or match.account_id for match in matches],
            "Alike": [percent(match.score / 100) for match in matches],
            "Why": [match.evidence for match in matches],
        }
    )
    edited = ask_rows("near", table, {"Join": tick("These rows belong to this account.")})
    if edited is not None:
        open_study.change(
            "Rows joined to accounts",
            joins=joined_as_ticked(study.settings.joins, matches, edited["Join"]),
        )
        st.rerun()


# ------------------------------------------------------------------ accounts that may be one


def show_links(study: Study, links: tuple[AccountLink, ...]) -> None:
    """Accounts that may be one: duplicates and subsidiaries."""
    st.subheader("Accounts that may be one", anchor=False)
    if not links:
        st.caption("No two accounts look like one firm or like a firm and its subsidiary.")
        return
    st.markdown("A merged account counts once, with the deals and the value of both.")
    table = pd.DataFrame(
        {
            "Merge": [link.applied for link in links],
            "Account": [link.name or link.account_id for link in links],
            "Into": [link.into_name or link.into_id for link in links],
            "May be": [LINKS[link.kind] for link in links],
            "Alike": [percent(link.score / 100) for link in links],
            "Why": [link.evidence for link in links],
        }
    )
    edited = ask_rows("links", table, {"Merge": tick("Count both as one account.")})
    if edited is not None:
        known = {link.account_id for link in links}
        kept = {
            one: other for one, other in study.settings.merge_accounts.items() if one not in known
        }
        ticked = {
            link.account_id: link.into_id
            for link, on in zip(links, edited["Merge"], strict=True)
            if on
        }
        open_study.change("Accounts merged", merge_accounts={**kept, **ticked})
        st.rerun()


# ------------------------------------------------------------------ summaries


def show_summaries(study: Study, summaries: tuple[SummaryColumn, ...]) -> None:
    """What orders, subscriptions, usage, tickets and the like add to each account; each can be
    switched.
    """
    st.subheader("What further tables add to an account", anchor=False)
    if not summaries:
        st.caption("No table of orders, subscriptions, usage, tickets or the like was loaded.")
        return
    edited = ask_rows(
        "summaries",
        list_summaries(summaries),
        {
            "Use": tick("Compute it for each account."),
            "Role": st.column_config.SelectboxColumn(
                options=list(ROLES),
                format_func=role_label,
                required=True,
                width="medium",
            ),
        },
    )
    if edited is None:
        return
    turned = {
        s.name: bool(on) for s, on in zip(summaries, edited["Use"], strict=True) if bool(on) != s.on
    }
    roles = {
        s.name: str(role)
        for s, role in zip(summaries, edited["Role"], strict=True)
        if role != str(s.role)
    }
    open_study.change(
        "Summaries of further tables",
        summaries={**study.settings.summaries, **turned},
        summary_roles={**study.settings.summary_roles, **roles},
    )
    st.rerun()
