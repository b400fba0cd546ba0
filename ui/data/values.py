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
    Variant,
)
from icp_engine.types import Frame
from icp_engine.wording.numbers import count, plural
from ui.answers.markdown import plain
from ui.data.choices import ask_rows, tick
from ui.state import open_study

SURE = {"certain": "certain", "likely": "likely", "ask": "please check"}


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


def list_merges(
    pairs: list[tuple[MergeProposal, Variant]], merges: dict[str, dict[str, str]]
) -> Frame:
    """The proposals as a table; what a table of names settles, and what is merged now, is ticked."""
    return pd.DataFrame(
        {
            "Merge": [
                variant.text in merges.get(merge.column, {}) or merge.sure == "certain"
                for merge, variant in pairs
            ],
            "Column": [merge.column for merge, _ in pairs],
            "Written as": [variant.text for _, variant in pairs],
            "Rows": [variant.rows for _, variant in pairs],
            "Becomes": [
                merges.get(merge.column, {}).get(variant.text, merge.level)
                for merge, variant in pairs
            ],
            "Sure": [SURE[merge.sure] for merge, _ in pairs],
            "Now": [
                "merged" if variant.text in merges.get(merge.column, {}) else ""
                for merge, variant in pairs
            ],
            "Why": [merge.evidence for merge, _ in pairs],
        }
    )


def merged_as_ticked(
    merges: dict[str, dict[str, str]], pairs: list[tuple[MergeProposal, Variant]], edited: Frame
) -> dict[str, dict[str, str]]:
    """Settings with the ticked spellings, without those whose tick was taken away; others stay."""
    wanted = {column: dict(levels) for column, levels in merges.items()}
    rows = zip(pairs, edited["Merge"], edited["Becomes"], strict=True)
    for (merge, variant), ticked, level in rows:
        levels = wanted.setdefault(merge.column, {})
        if ticked and level:
            levels[variant.text] = str(level).strip()
        else:
            levels.pop(variant.text, None)
    return {column: levels for column, levels in wanted.items() if levels}


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


def list_groupings(groupings: tuple[GroupingProposal, ...]) -> Frame:
    """The proposals as a table; those in force are ticked."""
    return pd.DataFrame(
        {
            "Group": [grouping.accepted for grouping in groupings],
            "Column": [grouping.column for grouping in groupings],
            "Grouped by": [grouping.title for grouping in groupings],
            "Understood": [100 * grouping.understood for grouping in groupings],
            "Values": [f"{count(g.levels_before)} → {count(g.levels_after)}" for g in groupings],
            "For example": [
                "; ".join(f"{value} → {group}" for value, group in g.examples[:3])
                for g in groupings
            ],
            "Why": [grouping.evidence for grouping in groupings],
        }
    )


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
