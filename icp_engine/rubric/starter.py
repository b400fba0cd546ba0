"""The starter set: a rubric of questions for teams whose data carry no signal yet.

Comes in: nothing. Goes out: `Rubric`. Separate because it is an assumption and says so.
"""

from __future__ import annotations

from icp_engine.rubric.model import FIT_UNITS, Criterion, Level, Match, Rubric

QUESTIONS: tuple[tuple[str, str, int, str], ...] = (
    ("Budget authority", "must_have", 16, "Does the person you speak to own the budget?"),
    (
        "Technical compatibility",
        "must_have",
        14,
        "Does your product work with what they run today?",
    ),
    ("Clear success metrics", "must_have", 10, "Can they say how they will measure success?"),
    ("Recent hiring", "growth", 10, "Have they hired in the team that would use the product?"),
    ("Funding", "growth", 10, "Have they raised or set aside money in the last 24 months?"),
    ("Revenue growth", "growth", 10, "Did their revenue grow last year?"),
    ("Integration capability", "technical", 10, "Can they connect your product to their systems?"),
    ("Data readiness", "technical", 10, "Is the data your product needs there and clean?"),
    ("Implementation timeline", "technical", 10, "Have they set a date and people for the start?"),
)
ANSWERS: tuple[tuple[str, int], ...] = (("best", FIT_UNITS), ("good", FIT_UNITS // 2), ("none", 0))


def starter_rubric() -> Rubric:
    """Nine questions in the classic 40 / 30 / 30; answers best, good or none. Nothing in it comes
    from data.
    """
    return Rubric(
        criteria=tuple(_question(*entry) for entry in QUESTIONS),
        origin="starter set",
        note="A starting point taken from common practice, not from your data.",
    )


def _question(name: str, group: str, weight: int, question: str) -> Criterion:
    levels = tuple(
        Level(label=answer, fit=fit, tests=(Match(values=(answer,)),)) for answer, fit in ANSWERS
    )
    return Criterion(
        name=name,
        group=group,
        weight=weight,
        levels=levels,
        question=question,
        unknown_fit=FIT_UNITS // 2,
    )
