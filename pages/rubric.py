"""Rubric: Which accounts deserve attention?"""

from __future__ import annotations

from ui import shell
from ui.cards import show_title


def show_page() -> None:
    """The answer in one sentence, and the way onwards."""
    study = shell.require_study("rubric")
    show_title("Rubric", study.validation.verdict.sentence)
    shell.show_next("rubric")


show_page()
