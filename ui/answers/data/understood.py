"""What the card of what was understood says around its lines, and what stands on every page while a
grave question is open.

Comes in: questions and lines. Goes out: sentences. Separate from the card, so that every page says
the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from icp_engine.facts.model import Line, Question
from icp_engine.wording.numbers import count
from icp_engine.wording.sentences import first_few

COLUMNS_NAMED = 3


def about_questions(questions: Sequence[Question]) -> str:
    """Whether anything grave is open, for the head of the card."""
    grave = sum(question.grave for question in questions)
    if not grave:
        return "Is this right?"
    return "Answer one question first:" if grave == 1 else f"Answer {count(grave)} questions first:"


def rests_on(line: Line) -> str:
    """“sure, by “Stage” of deals”; “” where the line says that nothing is known."""
    if not line.by and line.sure_word == "sure":
        return ""
    named = [
        f"“{column}” of {table}"
        for table, column in (one.split(".", 1) for one in line.by if "." in one)
    ]
    by = f", by {first_few(named, COLUMNS_NAMED)}" if named else ""
    return f"{line.sure_word}{by}"


def still_open(questions: Sequence[Question]) -> str:
    """The line on every page while a grave question is open; “” while none is."""
    grave = [question for question in questions if question.grave]
    if not grave:
        return ""
    more = f" ({count(len(grave) - 1)} more)" if len(grave) > 1 else ""
    return f"Still open, so what stands here may be wrong: {grave[0].sentence}{more}"
