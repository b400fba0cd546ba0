"""Activate: which open deals and which new companies come first, by the rubric in force.

Asks: which deals to list, what is known of one company, a list of companies. Shows: the open
pipeline by band and owner with cautions and reasons, one score, a scored list. Changes nothing in
the study.
"""

from __future__ import annotations

from icp_engine.activate.pipeline import open_pipeline
from ui import activate_pipeline, looked, looks, shell, state
from ui.activate_list import show_list
from ui.activate_one import show_one
from ui.activate_words import pipeline_figures, pipeline_sentence
from ui.cards import show_figures, show_title
from ui.layout import show_tabs
from ui.progress import working


def show_page() -> None:
    """Lay the page out: sentence, figures, the open pipeline, tabs."""
    study = looks.count_shown(shell.require_study("activate"))
    with working("Scoring the open deals"):
        pipeline = state.made_once(
            study, "pipeline", lambda: open_pipeline(study, looked.checked_study(study))
        )
    show_title("Activate", pipeline_sentence(study, pipeline))
    if pipeline.total:
        show_figures(pipeline_figures(pipeline))
        activate_pipeline.show_pipeline(study, pipeline)
    show_tabs(
        "activate",
        {
            "Score one": lambda: show_one(study),
            "Score a list": lambda: show_list(study),
            "By owner": lambda: activate_pipeline.show_owners(pipeline),
        },
    )
    shell.show_next("activate")


show_page()
