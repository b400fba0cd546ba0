"""Values that wait for a person's word: spellings to merge, groupings, computed attributes, rates
of currencies.

Comes in: a study's proposals. Goes out: tables to tick; what is applied becomes settings and undo
takes it back. Separate because nothing of this happens by itself.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from icp_engine import Study
from icp_engine.intake.columns.proposal_model import (
    CurrencyUse,
    DerivedAttribute,
    GroupingProposal,
    MergeProposal,
)
from icp_engine.wording.numbers import count, plural
from ui.answers.data.values import list_groupings, list_merges, merged_as_ticked
from ui.answers.markdown import plain
from ui.data.choices import ask_rows, tick
from ui.state import open_study


def show_values(study: Study) -> None:
    """Rates first, since without them amounts are missing; then merges, groupings, computed
    attributes.
    """
    proposals = study.proposals
    if proposals.currencies:
        show_currencies(study, proposals.currencies)
    show_merges(study, proposals.merges)
    show_groupings(study, proposals.groupings)
    show_derived(study, proposals.derived)


# ------------------------------------------------------------------ spellings


def show_merges(study: Study, merges: tuple[MergeProposal, ...]) -> None:
    """One row a spelling: what it would become, and why."""
    st.subheader("Spelled in several ways", anchor=False)
    if not merges:
        st.caption("No column holds two spellings that look like one thing.")
        return
    pairs = [(merge, variant) for merge in merges for variant in merge.variants]
    st.markdown("Ticked spellings are read as one when you apply. Nothing is merged before.")
    edited = ask_rows(
        "merges",
        list_merges(pairs, study.settings.merges),
        {
            "Merge": tick("Read this spelling as the other one."),
            "Becomes": st.column_config.TextColumn(
                required=True, max_chars=200, help="Can be changed."
            ),
        },
    )
    if edited is not None:
        wanted = merged_as_ticked(study.settings.merges, pairs, edited)
        open_study.change("Spellings merged", merges=wanted)
        st.rerun()


# ------------------------------------------------------------------ groupings


def show_groupings(study: Study, groupings: tuple[GroupingProposal, ...]) -> None:
    """Columns with many values that a table knows how to group."""
    st.subheader("Coarser groups", anchor=False)
    if not groupings:
        st.caption("No column of places or industries that a table could group.")
        return
    st.markdown(
        "A grouping describes accounts in place of the column; the column itself stays as it is."
    )
    edited = ask_rows(
        "groupings",
        list_groupings(groupings),
        {"Group": tick("Describe accounts by this grouping.")},
    )
    for column, grouping in {grouping.column: grouping for grouping in reversed(groupings)}.items():
        if grouping.not_understood:
            missed = ", ".join(
                f"{value} ({count(rows)})" for value, rows in grouping.not_understood[:8]
            )
            st.caption(plain(f"Not understood in {column}: {missed}"))
    if edited is not None:
        kept = {
            column: kind
            for column, kind in study.settings.groupings.items()
            if column not in {grouping.column for grouping in groupings}
        }
        ticked = {g.column: g.kind for g, on in zip(groupings, edited["Group"], strict=True) if on}
        open_study.change("Groupings", groupings={**kept, **ticked})
        st.rerun()


# ------------------------------------------------------------------ computed attributes


def show_derived(study: Study, derived: tuple[DerivedAttribute, ...]) -> None:
    """Attributes computed from others, each with its formula; on unless taken away."""
    st.subheader("Computed attributes", anchor=False)
    if not derived:
        st.caption(
            "Nothing to compute: no founding year, no second headcount, no last funding date."
        )
        return
    table = pd.DataFrame(
        {
            "Use": [attribute.on for attribute in derived],
            "Name": [attribute.name for attribute in derived],
            "Computed as": [attribute.formula for attribute in derived],
            "Known": [100 * attribute.known for attribute in derived],
            "In place of": [attribute.replaces for attribute in derived],
        }
    )
    if any(attribute.context for attribute in derived):
        table["Shown, not scored"] = [attribute.context for attribute in derived]
    edited = ask_rows("derived", table, {"Use": tick("Let it describe accounts.")})
    if edited is not None:
        off = tuple(a.name for a, on in zip(derived, edited["Use"], strict=True) if not on)
        open_study.change("Computed attributes", derived_off=off)
        st.rerun()


# ------------------------------------------------------------------ currencies


def show_currencies(study: Study, uses: tuple[CurrencyUse, ...]) -> None:
    """What each column of amounts holds, and the rates that turn it into one currency."""
    st.subheader("Several currencies", anchor=False)
    for use in uses:
        held = ", ".join(f"{code} in {plural(rows, 'row')}" for code, rows in use.currencies)
        out = (
            f" It takes no part in value metrics until {', '.join(use.without_rate)} has a rate."
            * use.left_out
        )
        st.markdown(plain(f"“{use.column}” of {use.table} holds {held}, by {use.codes_from}.{out}"))
    codes = list(dict.fromkeys(code for use in uses for code, _ in use.currencies))
    ask_rates(study, uses[0].study_currency, codes)


def ask_rates(study: Study, own: str, codes: list[str]) -> None:
    """The study's currency, and what one unit of each other currency is worth in it."""
    options = list(dict.fromkeys((own, *codes)))
    with st.form(f"rates_{open_study.stamp()}", border=True):
        chosen = st.selectbox(
            "Currency of the study",
            options,
            key=f"currency_{open_study.stamp()}",
            width=220,
            help="All amounts are shown in it. A change asks for the rates anew.",
        )
        rates = {}
        with st.container(horizontal=True):
            for code in options:
                if code != own:
                    rates[code] = st.number_input(
                        f"1 {plain(code)} in {plain(own)}",
                        0.0,
                        value=study.settings.rates.get(code),
                        width=180,
                        key=f"rate_{code}_{open_study.stamp()}",
                        format="%.6g",
                        placeholder="rate",
                    )
        if st.form_submit_button("Apply"):
            given = {code: float(rate) for code, rate in rates.items() if rate}
            others = {
                code: rate for code, rate in study.settings.rates.items() if code not in rates
            }
            changed = chosen != own
            open_study.change(
                "Rates of currencies",
                currency=chosen if changed else study.settings.currency,
                rates={} if changed else {**others, **given},
            )
            st.rerun()
