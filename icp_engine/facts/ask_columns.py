"""Questions about columns: what a customer is worth, whose deal it is, days and amounts that are not
used, two columns for one part.

Comes in: what was understood. Goes out: Questions. Separate because here only one column's role is
in doubt, and its table is known.
"""

from __future__ import annotations

from collections.abc import Iterator

from icp_engine.facts.candidates import (
    AMOUNT_WORDS,
    LIKELY,
    Candidate,
    account_candidates,
    amount_candidates,
    closed_candidates,
    day_candidates,
)
from icp_engine.facts.model import ANSWERS_MOST, Answer, Question
from icp_engine.facts.open_points import Seen, place
from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.roles import infer_roles
from icp_engine.intake.columns.understand import Table
from icp_engine.wording.sentences import listed

RIVALS = 0.05  # two candidates closer than this are near equal
ALIKE_LEAST = 3  # columns of like numbers from which all together are offered
ONE_EACH = ("amount", "closed_date", "created_date", "customer_since", "churn_date", "event_amount")


def ask_worth(seen: Seen) -> Iterator[Question]:
    """What a customer is worth, where no metric says so though columns of numbers could."""
    if seen.customers is None or any(metric.weight > 0 for metric in seen.customers.metrics):
        return
    for table in seen.of_kind("accounts", "deals", "orders", "invoices", "subscriptions"):
        role = {"accounts": "value_metric", "deals": "amount"}.get(table.kind, "event_amount")
        if role != "value_metric" and table.header(role):
            continue
        found = [one for one in amount_candidates(seen, table) if one.score >= LIKELY]
        if not found:
            continue
        sentence = f"Nothing says what a customer is worth. Which column of “{table.name}” does?"
        answers = [
            Answer(f"“{one.header}”", seen.with_roles(table.name, {one.header: role}))
            for one in found
        ]
        if role == "value_metric":
            answers = [*_together(seen, table, found), *answers]
        yield Question("value", sentence, tuple(answers[:ANSWERS_MOST]), grave=True)
        return


def _together(seen: Seen, table: Table, found: list[Candidate]) -> list[Answer]:
    """All columns at once, where several are equally likely and none is named a value."""
    if len(found) < ALIKE_LEAST or AMOUNT_WORDS.search(split_header(found[0].header)[1]):
        return []
    roles = {one.header: "value_metric" for one in found}
    return [Answer(f"All of {listed([*roles])}", seen.with_roles(table.name, roles))]


def ask_account(seen: Seen) -> Iterator[Question]:
    """Whose deals they are, where each counts as an account of its own though a column repeats."""
    if not seen.intake.deal_is_account:
        return
    for table in seen.of_kind("deals")[:1]:
        found = [one for one in account_candidates(seen, table) if one.score >= LIKELY]
        answers = [
            Answer(f"“{one.header}”", seen.with_account(table, one.header))
            for one in found[:ANSWERS_MOST]
        ]
        if answers:
            sentence = (
                f"No column of “{table.name}” is known to name the customer, so each deal counts as "
                "one. Which column does?"
            )
            yield Question("accounts", sentence, tuple(answers), grave=True)


def ask_unused(seen: Seen) -> Iterator[Question]:
    """Days and amounts that nothing reads, where their table has none."""
    for table in seen.of_kind("deals"):
        if table.header("closed_date") is None:
            yield from _unused(seen, table, "closed_date", closed_candidates(seen, table))
        if table.header("amount") is None:
            yield from _unused(seen, table, "amount", amount_candidates(seen, table))
    for table in seen.of_kind("accounts"):
        if not {"customer_since", "churn_date"} & set(table.roles.values()):
            yield from _account_days(seen, table)


def _unused(
    seen: Seen, table: Table, role: str, candidates: list[Candidate]
) -> Iterator[Question]:
    found = [one for one in candidates if one.score >= LIKELY][: ANSWERS_MOST - 1]
    if not found:
        return
    part = {"closed_date": "the day a deal was won or lost", "amount": "the amount of a deal"}[role]
    names = listed([f"“{one.header}”" for one in found])
    answers = [
        Answer(f"“{one.header}” is {part}", seen.with_roles(table.name, {one.header: role}))
        for one in found
    ]
    nothing = dict.fromkeys((one.header for one in found), "ignore")
    answers.append(Answer("None of them", seen.with_roles(table.name, nothing)))
    sentence = f"No column of “{table.name}” is known to hold {part}. Is it {names}?"
    about = {"closed_date": "last_closed", "amount": "won_amount"}[role]
    yield Question(about, sentence, tuple(answers), grave=True)


def _account_days(seen: Seen, table: Table) -> Iterator[Question]:
    """A column of days of the accounts that nothing reads."""
    found = [
        one
        for one in day_candidates(seen, table)
        if table.rules[one.header].type == "date" and table.roles[one.header] == "ignore"
    ]
    for one in found[:1]:
        answers = [
            Answer(label, seen.with_roles(table.name, {one.header: role}))
            for label, role in (
                ("The day they became a customer", "customer_since"),
                ("The day they left", "churn_date"),
                ("Neither", "ignore"),
            )
        ]
        sentence = f"“{one.header}” of “{table.name}” holds days and is not used. What day is it?"
        yield Question(place(table, one.header), sentence, tuple(answers), grave=False)


def ask_rivals(seen: Seen) -> Iterator[Question]:
    """Two columns that could equally well play one part."""
    for table in seen.tables.values():
        if table.kind == "unknown":
            continue
        sample = seen.sample(table)
        for role in ONE_EACH:
            holder = table.header(role)
            if holder is None or seen.given(table, holder):
                continue
            for header in table.headers("ignore", "known_after"):
                alone = infer_roles(sample[[header]], table.rules, table.kind)[header]
                near = table.roles[holder].score - alone.score <= RIVALS
                if alone != role or not near or sample[header].equals(sample[holder]):
                    continue
                yield _which(seen, table, role, holder, header)
                break


def _which(seen: Seen, table: Table, role: str, holder: str, rival: str) -> Question:
    answers = tuple(
        Answer(f"“{header}”", seen.with_roles(table.name, {header: role, other: "ignore"}))
        for header, other in ((holder, rival), (rival, holder))
    )
    part = role.replace("_", " ")
    sentence = (
        f"Two columns of “{table.name}” could be the {part}: “{holder}”, which is used, and “{rival}”."
    )
    return Question(place(table, rival), sentence, answers, grave=False)
