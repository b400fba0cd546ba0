"""All open questions of a study, the gravest first.

Comes in: what was understood. Goes out: Questions. Separate because each asker knows one kind of
doubt and none knows the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from icp_engine.facts.ask_columns import ask_account, ask_rivals, ask_unused, ask_worth
from icp_engine.facts.ask_kind import ask_kinds, ask_merged
from icp_engine.facts.ask_outcome import ask_hidden_deals, ask_outcome
from icp_engine.facts.ask_reading import ask_currencies, ask_date_order, ask_who_left
from icp_engine.facts.model import Question
from icp_engine.facts.open_points import Seen

Asker = Callable[[Seen], Iterator[Question]]
# What a table lists comes before what its columns are for
OF_TABLES: tuple[Asker, ...] = (ask_hidden_deals, ask_kinds)
OF_READING: tuple[Asker, ...] = (ask_outcome, ask_account, ask_date_order, ask_currencies)
OF_COLUMNS: tuple[Asker, ...] = (ask_worth, ask_unused, ask_merged, ask_who_left, ask_rivals)


def find_questions(seen: Seen) -> tuple[Question, ...]:
    """Every open question, a lesser one only with answers; grave ones first, else in the order of the
    askers. The same data and settings give the same questions.

    While it is gravely in doubt what a table lists, nothing is asked about its columns: the answer
    settles most of it.
    """
    found = _ask(OF_TABLES, seen)
    doubted = {question.about.removeprefix("tables.") for question in found if question.grave}
    settled = {name: table for name, table in seen.tables.items() if name not in doubted}
    found = list({question.about: question for question in reversed(found)}.values())[::-1]
    found += _ask(OF_READING, seen)
    found += _ask(OF_COLUMNS, replace(seen, tables=settled))
    return tuple(sorted(found, key=lambda question: not question.grave))


def _ask(askers: tuple[Asker, ...], seen: Seen) -> list[Question]:
    return [
        question
        for asker in askers
        for question in asker(seen)
        if question.answers or question.grave
    ]
