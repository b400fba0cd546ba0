"""Anti-ICP: Which accounts are a bad fit?"""

from __future__ import annotations

from ui import shell
from ui.cards import show_title


def show_page() -> None:
    """The answer in one sentence, and the way onwards."""
    study = shell.require_study("anti_icp")
    show_title("Anti-ICP", study.traits.verdict.sentence)
    shell.show_next("anti_icp")


show_page()
