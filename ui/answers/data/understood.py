"""What the card of what was understood says around its lines, and what stands on every page while a
grave question is open.

Comes in: questions and lines. Goes out: sentences. Separate from the card, so that every page says
the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from icp_engine.facts.model import Line, Question
from icp_engine.wording.numbers import count
from icp_engine.wording.sentences import listed

COLUMNS_NAMED = 3
VALUES_MOST = 12  # more values are given a meaning in the tab Values
# what a setting of an answer changes → (button, the tab where another answer is given)
ELSEWHERE = {"rates": ("Give the rates", "Values"), "roles": ("None of these", "Columns")}


def about_questions(questions: Sequence[Question]) -> str:
    """Whether anything grave is open, for the head of the card."""
    grave = sum(question.grave for question in questions)
    if not grave:
        return "Is this right?"
    return "Answer one question first:" if grave == 1 else f"Answer {count(grave)} questions first:"


def rests_on(line: Line) -> str:
    """“sure, by “Stage” and “Amount” of deals”; “” where the line says that nothing is known."""
    if not line.by and line.sure_word == "sure":
        return ""
    named = [one.split(".", 1) for one in line.by if "." in one]
    shown = [
        f"{listed([f'“{column}”' for _, column in some])} of {table}"
        for table, some in groupby(named[:COLUMNS_NAMED], key=lambda one: one[0])
    ]
    more = len(named) - COLUMNS_NAMED
    further = f" and {count(more)} more" if more > 0 else ""
    return f"{line.sure_word}{', by ' if shown else ''}{', '.join(shown)}{further}"


def still_open(questions: Sequence[Question]) -> str:
    """The line on every page while a grave question is open; “” while none is."""
    grave = [question for question in questions if question.grave]
    if not grave:
        return ""
    more = f" ({count(len(grave) - 1)} more)" if len(grave) > 1 else ""
    return f"Still open, so what stands here may be wrong: {grave[0].sentence}{more}"


@dataclass(frozen=True)
class OwnMeanings:
    """An answer that a person gives value by value: the column, what each of its values means in
    the likeliest answer, and what they may mean.
    """

    column: str
    likeliest: Mapping[str, str]
    options: tuple[str, ...]
    settings: Mapping[str, Any]

    def settings_for(self, chosen: Mapping[str, str]) -> dict[str, Any]:
        """The likeliest answer's settings with these meanings in their place."""
        before = self.settings["meanings"]
        meanings = {**before, self.column: {**before[self.column], **chosen}}
        return {**self.settings, "meanings": meanings}


def own_meanings(question: Question, known: Mapping[str, Mapping[str, str]]) -> OwnMeanings | None:
    """How to answer value by value, where all answers give meanings to the values of one column.

    known: the meanings given so far.
    """
    told = [_new_meanings(answer.settings, known) for answer in question.answers]
    columns = {column for some in told for column in some}
    if len(columns) != 1 or not all(told):
        return None
    column = columns.pop()
    likeliest = told[0][column]
    meant = {meaning for some in told for meaning in some[column].values()}
    if not 2 <= len(likeliest) <= VALUES_MOST:
        return None
    options = tuple(one for one in ("won", "lost", "open", "staying", "churned") if one in meant)
    return OwnMeanings(column, likeliest, options, question.answers[0].settings)


def _new_meanings(
    settings: Mapping[str, Any], known: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """column → the meanings that an answer adds."""
    return {
        column: dict(meant)
        for column, meant in settings.get("meanings", {}).items()
        if dict(meant) != dict(known.get(column, {}))
    }


def another_way(question: Question) -> tuple[str, str] | None:
    """(button, tab) where none of a grave question's answers may hold; None where they are all
    there are.
    """
    if not question.grave or not question.answers:
        return None
    first = question.answers[0].settings
    return next((where for key, where in ELSEWHERE.items() if key in first), None)
