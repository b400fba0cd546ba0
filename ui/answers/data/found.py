"""What the data page says first: what the files hold, four figures.

Comes in: a study. Goes out: sentences, figures.
Separate from its tabs, which say it file by file.
"""

from __future__ import annotations

import re

from icp_engine import Study
from icp_engine.wording.numbers import count, plural
from ui.answers.figure import Figure
from ui.answers.terms import explain, linked

UNBOUGHT = (
    "no best customers can be found until a file says who bought: deals, payments, or the day they "
    "became customers"
)
FURTHER_ADVICE = re.compile(r"; |, or ")  # the figure has room for the first piece


def answer(study: Study, problems: str) -> str:
    """What the files hold, and how much is left to answer and to look at. problems: how many, in
    words.
    """
    grave = sum(question.grave for question in study.questions)
    asked = plural(grave, "question to answer first", "questions to answer first") if grave else ""
    open_points = ", ".join(part for part in (asked, problems) if part)
    if not len(study.intake.accounts):
        understood = plural(len(study.intake.raw), "table was", "tables were")
        return f"{understood} read, and no accounts were found: {open_points}."
    if not asked and not study.facts.customers.value:
        open_points = "; ".join(part for part in (UNBOUGHT, problems) if part)
    rest = open_points or "No problems were found in the files"
    return f"{found_sentence(study)} {rest[:1].upper()}{rest[1:]}."


def figures(study: Study) -> list[Figure]:
    """Accounts, deals with an outcome, columns in use, and the health of the data."""
    intake = study.intake
    won = intake.deals["won"]
    roles = [
        str(column.role) for column in (*intake.columns.values(), *intake.deal_columns.values())
    ]
    attributes, metrics = roles.count("attribute"), roles.count("value_metric")
    outcomes = f"{count(won.fillna(False).sum())} won, {count(won.isna().sum())} still open"
    if won.isna().all():
        outcomes = f"of {plural(len(won), 'deal')}; no outcome is known"
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
    if any(question.grave for question in study.questions):
        return "answer the question above first"
    if study.health.capped:
        return study.health.capped[:1].lower() + study.health.capped[1:].rstrip(".")
    parts = [part for part in study.health.parts if part.improve]
    if not parts:
        return "nothing is lacking"
    weakest = max(parts, key=lambda part: part.of - part.points)
    advice = FURTHER_ADVICE.split(weakest.improve)[0].rstrip(".")
    return f"to raise it, {advice[:1].lower()}{advice[1:]}"


def found_sentence(study: Study) -> str:
    """“420 accounts, 203 won and 196 lost deals, 21 deals still open.” Days and values stand in the
    card below it.
    """
    deals = study.intake.deals
    accounts = plural(len(study.intake.accounts), "account")
    if not len(deals):
        return f"{accounts} and no deals."
    won = deals["won"]
    if won.isna().all():
        return f"{accounts} and {plural(len(won), 'deal')}, none of them known as won or lost."
    closed = (
        f"{count(won.fillna(False).sum())} won and {plural((~won.fillna(True)).sum(), 'lost deal')}"
    )
    still = f", {plural(won.isna().sum(), 'deal')} still open" if won.isna().any() else ""
    return f"{accounts}, {closed}{still}."
