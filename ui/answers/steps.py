"""The steps of the user's way: which pages there are, in which order, and what each answers.

Comes in: nothing. Goes out: `STEPS`. Separate because navigation, the shell, links and tests read
the same list.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PAGES = Path(__file__).resolve().parents[2] / "pages"


@dataclass(frozen=True)
class Step:
    """One page. `question` is what its first sentence answers."""

    key: str
    title: str
    group: str
    icon: str
    question: str

    @property
    def file(self) -> Path:
        """The page's script."""
        return PAGES / f"{self.key}.py"

    @property
    def url_path(self) -> str:
        """The page's segment of the address."""
        return self.key.replace("_", "-")


STEPS: tuple[Step, ...] = (
    Step(
        "home",
        "Start",
        "Define",
        ":material/home:",
        "What do you want to find out?",
    ),
    Step("data", "Data", "Define", ":material/table:", "What was understood of your files?"),
    Step(
        "best_customers",
        "Best customers",
        "Define",
        ":material/star:",
        "Who are the best customers?",
    ),
    Step(
        "segments",
        "Segments",
        "Define",
        ":material/bubble_chart:",
        "Into which groups do they fall?",
    ),
    Step("anti_icp", "Anti-ICP", "Define", ":material/block:", "Which accounts are a bad fit?"),
    Step("rubric", "Rubric", "Prove", ":material/tune:", "Which accounts deserve attention?"),
    Step(
        "validation",
        "Validation",
        "Prove",
        ":material/verified:",
        "Does it hold on deals it never saw?",
    ),
    Step(
        "profile",
        "Profile",
        "Use",
        ":material/description:",
        "What does the ideal customer look like?",
    ),
    Step("activate", "Activate", "Use", ":material/bolt:", "Which deals and companies come first?"),
)


def step(key: str) -> Step:
    """The step of that key; KeyError when there is none."""
    return {known.key: known for known in STEPS}[key]


def step_at(url_path: str) -> Step:
    """The step of a page's address; the default page's is empty."""
    return next((known for known in STEPS if known.url_path == url_path), STEPS[0])


def next_step(key: str) -> Step | None:
    """The step after this one; None after the last."""
    keys = [known.key for known in STEPS]
    position = keys.index(key) + 1
    return STEPS[position] if position < len(STEPS) else None
