"""Data: what was understood of the files, what is wrong with them, and where a person says
otherwise.

Asks: what is in doubt, one-click fixes, roles, spellings, joins, scope. Shows: six lines of what was
understood, the ideal customer in a sentence, problems with advice, then tabs: files, columns,
health, values, joins, scope, people.
"""

from __future__ import annotations

import streamlit as st

from icp_engine import Study
from ui.answers.data.found import answer, figures
from ui.data.column_table import show_columns
from ui.data.files import show_files
from ui.data.health import show_health
from ui.data.joins import show_joins
from ui.data.meanings import show_meanings
from ui.data.next_files import show_next_files
from ui.data.people import show_people
from ui.data.problems import not_asked, show_data_problems
from ui.data.scope import show_scope
from ui.data.understood import show_result, show_understood
from ui.data.values import show_values
from ui.frame import shell
from ui.frame.cards import guarded, how_many, show_figures, show_title
from ui.frame.chart import show_folded
from ui.frame.layout import ANALYSTS, show_part, show_tabs


def show_page() -> None:
    """Lay the page out: sentence, what was understood with the way on, first result, figures,
    problems, tabs.

    The first result is computed last, so that nobody waits for the rest.
    """
    study = shell.require_study("data")
    show_title("Data", answer(study, how_many(not_asked(study))))
    guarded(show_understood)(study)
    first = st.container()
    show_figures(figures(study))
    show_data_problems(study)
    show_tabs(
        "data",
        {
            "Files": lambda: show_all_files(study),
            "Columns": lambda: show_all_columns(study),
            "Values": lambda: show_all_values(study),
            "Scope": lambda: show_scope(study),
            ANALYSTS: lambda: show_joins(study),
        },
    )
    with first:
        guarded(show_result)(study)


def show_all_files(study: Study) -> None:
    """What each file was taken for, how good the data are once unfolded, the way to newer ones."""
    show_files(study)
    show_folded(
        f"Data health: {study.health.score} of 100, and what would raise it",
        "health",
        lambda: show_health(study),
    )
    show_part("Newer files, and the study as a file", lambda: show_next_files(study))


def show_all_columns(study: Study) -> None:
    """Every column of a table, then those that name people."""
    show_columns(study)
    show_part("Columns that name people", lambda: show_people(study))


def show_all_values(study: Study) -> None:
    """What values mean, which words mean empty, then what may be merged, grouped and computed."""
    show_part("Meanings", lambda: show_meanings(study))
    show_values(study)


show_page()
