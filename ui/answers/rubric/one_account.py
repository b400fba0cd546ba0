"""One account in words: its band, its values, how accounts like it turned out.

Comes in: the study, an account. Goes out: sentences.
Separate from the tab, which finds the account.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from icp_engine import Study
from icp_engine.rubric.model import NOT_RATED
from icp_engine.whatif.level_outcomes import LevelOutcome
from icp_engine.wording.currency import money_short
from icp_engine.wording.numbers import count, number
from ui.answers.account_names import label, told_apart

EXAMPLES = 5
LIKE_MOST = 6  # criteria whose outcomes are told, those first on which the account lost most


def called(study: Study, account: str) -> str:
    """A name, with the id behind it only where another account has it too."""
    names, name = told_apart(study), label(study, account)
    return name if names is None or name == account else str(names.loc[account])


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
    return f" ({value})" if found.same_value else f", {earned:g} of {weight}"


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
    """Criterion → the account's value as text; unknown says so."""
    row = study.accounts.loc[account]
    found = {}
    for criterion in study.rubric.criteria:
        known = {
            name: row[name]
            for name in criterion.columns
            if name in row.index and pd.notna(row[name])
        }
        text = " × ".join(_worded(value, _currency(study, name)) for name, value in known.items())
        found[criterion.name] = text[:60] if len(known) == len(criterion.columns) else "unknown"
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
