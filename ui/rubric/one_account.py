"""One account: found by name, its score criterion by criterion, how such accounts turned out, what
would lift it.

Comes in: the study, a name or id. Goes out: a tab. Separate from the lists, which name many and
explain briefly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from icp_engine import Study
from icp_engine.charts.weights import waterfall_chart
from icp_engine.rubric.model import NOT_RATED
from icp_engine.whatif.level_outcomes import LevelOutcome, count_alike
from icp_engine.wording.currency import money_short
from icp_engine.wording.numbers import NOT_KNOWN, count, number, show_points
from ui.answers.markdown import plain
from ui.frame.account_names import ASKED, ASKED_MOST, find_accounts, label, told_apart, whole_scores
from ui.frame.layout import show_picture

CHOICES_MOST, EXAMPLES = 12, 5
LIKE_MOST = 6  # criteria whose outcomes are told, those first on which the account lost most


def show_account(study: Study) -> None:
    """A search, a list where several fit, some accounts near the next band as examples; then the
    one chosen.
    """
    asked = st.text_input(
        "Find an account", key=ASKED, placeholder="Name or id", max_chars=ASKED_MOST
    )
    found = find_accounts(study, asked)
    if asked.strip() and not found:
        st.caption(f"No account is called “{plain(asked)}”. Check the spelling, or use its id.")
        return
    chosen = (
        found[0]
        if len(found) == 1
        else ask_which(study, found, asked)
        if found
        else ask_example(study)
    )
    if chosen is not None:
        show_one(study, chosen)


def ask_which(study: Study, found: list[str], asked: str) -> str | None:
    """The accounts that fit, to choose from; nothing is chosen for anybody."""
    scored, begins = whole_scores(study), asked.strip().casefold()
    found = sorted(
        found,
        key=lambda one: (not label(study, one).casefold().startswith(begins), label(study, one)),
    )
    chosen: str | None = st.radio(
        f"{count(len(found))} accounts fit. Which one?",
        found[:CHOICES_MOST],
        index=None,
        key=f"one_account_of_{asked}",
        format_func=lambda one: plain(f"{called(study, one)}, {band_words(study, one, scored)}"),
    )
    if len(found) > CHOICES_MOST:
        st.caption(f"The first {CHOICES_MOST}. Type more of the name to see fewer.")
    return chosen


def called(study: Study, account: str) -> str:
    """A name, with the id behind it only where another account has it too."""
    names, name = told_apart(study), label(study, account)
    return name if names is None or name == account else str(names.loc[account])


def ask_example(study: Study) -> str | None:
    """Accounts a little below a threshold, for whoever has no name in mind."""
    examples = near_miss(study)
    if not examples:
        return None
    chosen: str | None = st.pills(
        "For example, accounts just short of the next band",
        examples,
        key="one_account_near",
        format_func=lambda one: plain(label(study, one)),
    )
    return chosen


def near_miss(study: Study) -> list[str]:
    """The accounts closest below a threshold: the ones worth a question."""
    scores, rubric = study.scores, study.rubric
    short = pd.concat(
        [
            (edge - scores["score"]).where(scores["score"] < edge)
            for edge in (rubric.green, rubric.yellow)
        ],
        axis=1,
    ).min(axis=1)
    open_bands = scores["band"].isin(["Yellow", "Red"]) & ~scores["disqualified"]
    return [
        str(account)
        for account in short[open_bands].dropna().sort_values(kind="stable").index[:EXAMPLES]
    ]


def band_words(study: Study, account: str, scored: pd.Series) -> str:
    """“Yellow 60”: the band and the whole number it rests on."""
    band = str(study.scores["band"].loc[account])
    return band if band == NOT_RATED else f"{band} {scored.loc[account]}"


def show_one(study: Study, account: str) -> None:
    """The waterfall, the reason as a sentence, the fewest changes that reach the next band, how
    such accounts did.
    """
    place = study.accounts.index.get_loc(account)
    contributions, values = study.contributions.iloc[place], values_of(study, account)
    name = label(study, account)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        show_picture(
            "waterfall",
            waterfall_chart(
                name,
                study.rubric,
                contributions,
                study.fits.fits[place],
                values,
                int(whole_scores(study).loc[account]),
            ),
        )
        st.caption(
            "The points to one decimal; the band uses their sum as a whole number, rounded once."
        )
    with right, st.container(border=True):
        st.markdown(f"**{plain(name)}: {band_words(study, account, whole_scores(study))}**")
        st.markdown(plain(study.explain([account]).iloc[0]))
        st.markdown("**What would lift it**")
        st.markdown(plain(study.what_would_lift([account]).iloc[0]["sentence"]))
        lines = outcome_lines(study, contributions, values, count_alike(study, account))
        if lines:
            st.markdown("**How accounts like it did**, most lost first")
            st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def outcome_lines(
    study: Study,
    contributions: pd.Series,
    values: dict[str, str],
    outcomes: dict[str, LevelOutcome],
) -> list[str]:
    """One line a criterion: the account's value, or its points where few hold the same, and how
    such accounts did.
    """
    known = [c for c in study.rubric.criteria if c.name in outcomes]
    ordered = sorted(known, key=lambda c: float(contributions[c.name]) - c.weight)
    return [
        f"{c.name}{_held(outcomes[c.name], values[c.name], contributions[c.name], c.weight)}: "
        f"{outcome_words(outcomes[c.name])}"
        for c in ordered[:LIKE_MOST]
    ]


def _held(found: LevelOutcome, value: str, earned: float, weight: int) -> str:
    return f" ({value})" if found.same_value else f", {show_points(earned)} of {weight}"


def outcome_words(found: LevelOutcome) -> str:
    """“won 22 of 120 deals”; who is meant is said where it is not accounts with the same value."""
    shares = f"{count(found.good)} of {count(found.all)}"
    if found.basis == "deals":
        return (
            f"won {shares} deals"
            if found.same_value
            else f"accounts that earn as much won {shares} deals"
        )
    return (
        f"{shares} are best customers"
        if found.same_value
        else f"{shares} that earn as much are best customers"
    )


def values_of(study: Study, account: str) -> dict[str, str]:
    """Criterion → the account's value as text; what is missing says so."""
    row = study.accounts.loc[account]
    found = {}
    for criterion in study.rubric.criteria:
        known = {
            name: row[name]
            for name in criterion.columns
            if name in row.index and pd.notna(row[name])
        }
        text = " × ".join(_worded(value, _currency(study, name)) for name, value in known.items())
        found[criterion.name] = text[:60] if len(known) == len(criterion.columns) else NOT_KNOWN
    return found


def _currency(study: Study, name: str) -> str | None:
    """The currency of a column of money, “” where it is not known; None for any other column."""
    column = study.customers.columns.get(name)
    return (
        None
        if column is None or column.type != "money"
        else column.rule.currency or study.intake.currency
    )


def _worded(value: Any, currency: str | None = None) -> str:
    """A value as people write it: yes and no, thousands separated, money in short with its
    currency.
    """
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if currency is not None and isinstance(value, (int, float, np.number)):
        return money_short(float(value), currency)
    return number(float(value)) if isinstance(value, (int, float, np.number)) else str(value)
