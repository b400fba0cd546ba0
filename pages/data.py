"""Data: what the files hold and the first result, what is wrong with them, and where a person says
otherwise.

Asks: the one question in doubt, one-click fixes, roles, spellings, joins, scope. Shows: the ideal
customer in a sentence, problems with advice, then tabs: files, columns, health, values, joins,
scope, people.
"""

from __future__ import annotations

import streamlit as st

from icp_engine import Study
from icp_engine.wording.numbers import count, plural
from ui.answers.figure import Figure
from ui.answers.terms import explain, linked
from ui.data.column_table import show_columns
from ui.data.files import show_files
from ui.data.first_result import find_question, found_sentence, show_first
from ui.data.health import show_health
from ui.data.joins import show_joins
from ui.data.meanings import show_meanings
from ui.data.next_files import show_next_files
from ui.data.people import show_people
from ui.data.problems import show_data_problems
from ui.data.scope import show_scope
from ui.data.values import show_values
from ui.frame import shell
from ui.frame.cards import guarded, how_many, show_figures, show_title
from ui.frame.layout import show_tabs


def show_page() -> None:
    """Lay the page out: sentence, first result with the way on, figures, problems, tabs.

    The first result is computed last, so that nobody waits for the rest.
    """
    study = shell.require_study("data")
    show_title("Data", answer(study, how_many(study.problems)))
    first = st.container()
    show_figures(figures(study))
    show_data_problems(study, find_question(study))
    show_tabs(
        "data",
        {
            "Files": lambda: show_files(study),
            "Columns": lambda: show_columns(study),
            "Health": lambda: show_health(study),
            "Values": lambda: show_values(study),
            "Meanings": lambda: show_meanings(study),
            "Joins": lambda: show_joins(study),
            "Scope": lambda: show_scope(study),
            "People": lambda: show_people(study),
            "Newer files": lambda: show_next_files(study),
        },
    )
    with first:
        guarded(show_first)(study)


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
    roles = [column.role for column in (*intake.columns.values(), *intake.deal_columns.values())]
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
            help=explain("health", "The tab Health says what would raise it."),
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
    parts = [part for part in study.health.parts if part.improve]
    if not parts:
        return "nothing is lacking"
    weakest = max(parts, key=lambda part: part.of - part.points)
    advice = (
        weakest.improve.split("; ")[0].split(", or ")[0].rstrip(".")
    )  # room for the first piece
    return f"to raise it, {advice[:1].lower()}{advice[1:]}"


show_page()
