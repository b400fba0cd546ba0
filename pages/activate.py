"""Activate: which open deals and which new companies come first, by the rubric in force.

Asks: which deals to list, what is known of one company, a list of companies. Shows: the open
pipeline by band and owner with cautions and reasons, one score, a scored list. Changes nothing in
the study.
"""

from __future__ import annotations

from icp_engine.activate.pipeline import open_pipeline
from ui.activate.open_pipeline import show_owners, show_pipeline
from ui.activate.score_list import show_list
from ui.activate.score_one import show_one
from ui.answers.activate import pipeline_figures, pipeline_sentence
from ui.frame import held_out_check, shell
from ui.frame.cards import show_figures, show_title
from ui.frame.layout import show_tabs
from ui.frame.progress import working
from ui.state import open_study


def show_page() -> None:
    """Lay the page out: sentence, figures, the open pipeline, tabs."""
    study = held_out_check.count_shown(shell.require_study("activate"))
    with working("Scoring the open deals"):
        pipeline = open_study.made_once(
            study, "pipeline", lambda: open_pipeline(study, study.as_checked)
        )
    show_title("Activate", pipeline_sentence(study, pipeline))
    if pipeline.total:
        show_figures(pipeline_figures(pipeline))
        show_pipeline(study, pipeline)
    show_tabs(
        "activate",
        {
            "Score one": lambda: show_one(study),
            "Score a list": lambda: show_list(study),
            "By owner": lambda: show_owners(pipeline),
        },
    )
    shell.show_next("activate")


show_page()
