"""What the data page says first: what the files hold, four figures.

Comes in: a study. Goes out: sentences, figures.
Separate from its tabs, which say it file by file.
"""

from __future__ import annotations

import re

import pandas as pd

from icp_engine import Study
from icp_engine.wording.dates import date
from icp_engine.wording.numbers import count, plural
from icp_engine.wording.sentences import listed
from ui.answers.figure import Figure
from ui.answers.terms import explain, linked

FURTHER_ADVICE = re.compile(r"; |, or ")  # the figure has room for the first piece
NAMED = 3  # columns of value; what else there is, the tab Columns shows


def answer(study: Study, open_points: str) -> str:
    """What the files hold, and how much is left to look at."""
    if not len(study.intake.accounts):
        understood = plural(len(study.intake.raw), "table was", "tables were")
        return f"{understood} read, and no accounts were found: {open_points}."
    rest = (
        f"{open_points[:1].upper()}{open_points[1:]}"
        if open_points
        else "No problems were found in the files"
    )
    return f"{found_sentence(study)} {rest}."


def figures(study: Study) -> list[Figure]:
    """Accounts, deals with an outcome, columns in use, and the health of the data."""
    intake = study.intake
    won = intake.deals["won"]
    roles = [
        str(column.role) for column in (*intake.columns.values(), *intake.deal_columns.values())
    ]
    attributes, metrics = roles.count("attribute"), roles.count("value_metric")
    outcomes = f"{count(won.fillna(False).sum())} won, {count(won.isna().sum())} still open"
    return [
        Figure(
            "Accounts",
            count(len(intake.accounts)),
            of=f"from {plural(len(intake.raw), 'table')}",
            help="Each account counts once, however many rows or deals it has.",
        ),
        Figure(
            "Deals won or lost",
            count(won.notna().sum()),
            of=outcomes if len(won) else "no deals in the files",
            help="Only deals with an outcome can teach or test a profile.",
        ),
        Figure(
            "Attributes and metrics",
            count(attributes + metrics),
            of=f"{plural(attributes, 'attribute')}, {metrics_from(study, metrics)}",
            help=linked(
                "Attributes describe an account before the sale, value metrics what a customer is worth.",
                "metric",
            ),
        ),
        Figure(
            "Data health",
            f"{study.health.score} of 100",
            of=lacking(study),
            help=explain("health", "The tab Files says what would raise it."),
        ),
    ]


def metrics_from(study: Study, in_files: int) -> str:
    """How many columns are value metrics; where none is, metrics are computed from the deals that
    were won.
    """
    if not in_files and study.intake.deals["won"].fillna(False).any():
        return "metrics from won deals"
    return plural(in_files, "metric")


def lacking(study: Study) -> str:
    """What would raise the health score most."""
    if study.health.capped:
        return study.health.capped[:1].lower() + study.health.capped[1:].rstrip(".")
    parts = [part for part in study.health.parts if part.improve]
    if not parts:
        return "nothing is lacking"
    weakest = max(parts, key=lambda part: part.of - part.points)
    advice = FURTHER_ADVICE.split(weakest.improve)[0].rstrip(".")
    return f"to raise it, {advice[:1].lower()}{advice[1:]}"


def found_sentence(study: Study) -> str:
    """“420 accounts, 203 won and 196 lost deals from 4 Feb 2021 to 12 Mar 2026, 21 deals still
    open.”
    """
    deals = study.intake.deals
    accounts = plural(len(study.intake.accounts), "account")
    if not len(deals):
        return f"{accounts} and no deals{_until(study)}. {_told_by(study)}"
    won = deals["won"]
    if won.isna().all():
        none = f"{plural(len(won), 'deal')}{_since(deals)}, none of them known as won or lost"
        return f"{accounts}, {none}. {_told_by(study)}"
    closed = (
        f"{count(won.fillna(False).sum())} won and {plural((~won.fillna(True)).sum(), 'lost deal')}"
    )
    still = f", {plural(won.isna().sum(), 'deal')} still open" if won.isna().any() else ""
    return f"{accounts}, {closed}{_since(deals)}{_until(study)}{still}. {_told_by(study)}"


def _since(deals: pd.DataFrame) -> str:
    first = deals[["created_date", "closed_date"]].min().min()
    return "" if pd.isna(first) else f" from {date(first)}"


def _until(study: Study) -> str:
    return "" if pd.isna(study.intake.as_of) else f" to {date(study.intake.as_of)}"


def _told_by(study: Study) -> str:
    """Which columns say what a customer is worth."""
    named = [name for name, column in study.intake.columns.items() if column.role == "value_metric"]
    more = [f"{count(len(named) - NAMED)} more"] if len(named) > NAMED else []
    if named:
        return f"What a customer is worth is measured by {listed([*named[:NAMED], *more])}."
    worth = len(study.intake.deals) and study.intake.deals["amount"].notna().any()
    return (
        "What a customer is worth is taken from won deals."
        if worth
        else "Nothing says what a customer is worth."
    )
