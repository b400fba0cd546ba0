"""Profile: What does the ideal customer look like?"""

from __future__ import annotations

from ui import shell
from ui.cards import show_title


def show_page() -> None:
    """The answer in one sentence, and the way onwards."""
    study = shell.require_study("profile")
    show_title("Profile", study.validation.sentence)
    shell.show_next("profile")


show_page()
