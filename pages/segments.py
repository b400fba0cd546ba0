"""Segments: Into which groups do they fall?"""

from __future__ import annotations

from ui import shell
from ui.cards import show_title


def show_page() -> None:
    """The answer in one sentence, and the way onwards."""
    study = shell.require_study("segments")
    show_title("Segments", study.segments.verdict.sentence)
    shell.show_next("segments")


show_page()
