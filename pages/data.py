"""Data: what was understood of the files, what is wrong with them, and where a person says otherwise.

Asks: one-click fixes, roles, spellings, joins, scope. Shows: problems with advice, then tabs: columns, health, values,
joins, scope, people.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from icp_engine import Study
from ui import shell
from ui.cards import Figure, how_many, show_figures, show_title
from ui.data_columns import show_columns
from ui.data_health import show_health
from ui.data_joins import show_joins
from ui.data_meanings import show_meanings
from ui.data_next import show_next_files
from ui.data_people import show_people
from ui.data_problems import show_data_problems
from ui.data_scope import show_scope
from ui.data_values import show_values
from ui.layout import show_tabs
from ui.words import count, date, plural


def show_page() -> None:
    """Lay the page out: sentence, figures, problems, tabs, the way on."""
    study = shell.require_study("data")
    show_title("Data", answer(study, how_many(study.problems)))
    show_figures(figures(study))
    show_data_problems(study)
    show_tabs("data", {
        "Columns": lambda: show_columns(study),
        "Health": lambda: show_health(study),
        "Values": lambda: show_values(study),
        "Meanings": lambda: show_meanings(study),
        "Joins": lambda: show_joins(study),
        "Scope": lambda: show_scope(study),
        "People": lambda: show_people(study),
        "Newer files": lambda: show_next_files(study),
    })
    st.space("small")
    shell.show_next("data")


def answer(study: Study, open_points: str) -> str:
    """How many files became how many accounts and deals, and how much is left to look at."""
    understood = plural(len(study.intake.raw), "table was", "tables were")
    deals = f"and {plural(len(study.intake.deals), 'deal')}" if len(study.intake.deals) else "and no deals"
    size = f"{plural(len(study.intake.accounts), 'account')} {deals}"
    rest = f"; {open_points}" if open_points else "; nothing needs your attention"
    until = "" if pd.isna(study.intake.as_of) else f", up to {date(study.intake.as_of)}"
    return f"{understood} read: {size}{until}{rest}."


def figures(study: Study) -> list[Figure]:
    """Accounts, deals with an outcome, columns in use, and the health of the data."""
    intake = study.intake
    won = intake.deals["won"]
    roles = [column.role for column in (*intake.columns.values(), *intake.deal_columns.values())]
    attributes, metrics = roles.count("attribute"), roles.count("value_metric")
    outcomes = f"{count(won.fillna(False).sum())} won, {count(won.isna().sum())} still open"
    return [
        Figure("Accounts", count(len(intake.accounts)), of=f"from {plural(len(intake.raw), 'table')}",
               help="Each account counts once, however many rows or deals it has."),
        Figure("Deals won or lost", count(won.notna().sum()), of=outcomes if len(won) else "no deals in the files",
               help="Only deals with an outcome can teach or test a profile."),
        Figure("Attributes and metrics", count(attributes + metrics),
               of=f"{plural(attributes, 'attribute')}, {plural(metrics, 'metric')}",
               help="Attributes describe an account before the sale; value metrics say what a customer is worth. More "
                    "metrics may be computed from won deals."),
        Figure("Data health", f"{study.health.score} of 100", of=lacking(study),
               help="How much of what a profile needs the files hold; the tab Health says what would raise it."),
    ]


def lacking(study: Study) -> str:
    """The part of the health score with most to gain."""
    parts = [part for part in study.health.parts if part.improve]
    if not parts:
        return "nothing is lacking"
    weakest = max(parts, key=lambda part: part.of - part.points)
    return f"most to gain: {weakest.name[:1].lower()}{weakest.name[1:]}"


show_page()
