"""Data: what the files hold and the first result, what is wrong with them, and where a person says
otherwise.

Asks: the one question in doubt, one-click fixes, roles, spellings, joins, scope. Shows: the ideal
customer in a sentence, problems with advice, then tabs: files, columns, health, values, joins,
scope, people.
"""

from __future__ import annotations

import streamlit as st

from ui.answers.data.found import (
    answer,
    figures,
    find_question,
)
from ui.data.column_table import show_columns
from ui.data.files import show_files
from ui.data.first_result import show_first
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


show_page()
