"""Validation: Does it hold on deals it never saw?"""

from __future__ import annotations

from ui import shell
from ui.cards import show_title


def show_page() -> None:
    """The answer in one sentence, and the way onwards."""
    study = shell.require_study("validation")
    show_title("Validation", study.validation.verdict.sentence)
    shell.show_next("validation")


show_page()
