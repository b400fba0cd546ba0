"""How sure facts stay while questions are open: what is asked about is not sure, nor what rests on it.

Comes in: facts and open questions. Goes out: the facts, less sure where something is in doubt.
Separate because a fact is found from columns, and a question may doubt that they are the right ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace

from icp_engine.facts.model import Fact, Facts, Question

IN_DOUBT, ASKED = 0.5, 0.9  # how sure at most, 0–1, while a grave or a lesser question is open
UNSAID = 0.9  # of a fact that no column tells
OUTCOME = ("won", "lost", "open", "won_amount", "first_closed", "last_closed", "customers")
# what a question is about → the facts that rest on its answer
RESTING: dict[str, tuple[str, ...]] = {
    "won": (*OUTCOME, "value"),
    "deals": ("deals", *OUTCOME),
    "accounts": ("accounts", "customers"),
    "won_amount": ("won_amount", "value"),
    "last_closed": ("first_closed", "last_closed"),
    "value": ("value", "customers"),
    "left": ("left",),
}


def with_doubts(facts: Facts, questions: Iterable[Question]) -> Facts:
    """Facts as sure as open questions leave them."""
    found = {field.name: _unsaid(facts[field.name]) for field in fields(facts)}
    for question in questions:
        most = IN_DOUBT if question.grave else ASKED
        for name in _resting(question, found):
            found[name] = replace(found[name], sure=min(found[name].sure, most))
    return replace(facts, **found)


def _unsaid(fact: Fact) -> Fact:
    return replace(fact, sure=min(fact.sure, UNSAID)) if fact.value is None else fact


def _resting(question: Question, facts: dict[str, Fact]) -> Iterable[str]:
    """Names of the facts that an answer may change."""
    if question.about in RESTING:
        return RESTING[question.about]
    if question.about.startswith("tables."):
        return facts if question.grave else ("tables",)
    named = [name for name, fact in facts.items() if question.about in fact.by]
    return sorted({also for name in named for also in (name, *RESTING.get(name, ()))})
