"""Best customers: Who are the best customers?"""

from __future__ import annotations

from ui import shell
from ui.cards import show_title


def show_page() -> None:
    """The answer in one sentence, and the way onwards."""
    study = shell.require_study("best_customers")
    show_title("Best customers", study.best.sentence)
    shell.show_next("best_customers")


show_page()
