"""Questions about columns: what a customer is worth, whose deal it is, days and amounts that are not
used, two columns for one part.

Comes in: what was understood. Goes out: Questions. Separate because here only one column's role is
in doubt, and its table is known.
"""

from __future__ import annotations

from collections.abc import Iterator

from icp_engine.facts.candidates import (
    AMOUNT_WORDS,
    CREATED_WORDS,
    LEFT_WORDS,
    LIKELY,
    Candidate,
    account_candidates,
    amount_candidates,
    closed_candidates,
    day_candidates,
    is_told,
    left_candidates,
)
from icp_engine.facts.model import ANSWERS_MOST, Answer, Question
from icp_engine.facts.open_points import Seen, place
from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.outcomes import is_yes_no
from icp_engine.intake.columns.roles import infer_roles
from icp_engine.intake.columns.table import Table
from icp_engine.values.plain_words import plain_words
from icp_engine.wording.sentences import listed

RIVALS = 0.05  # two candidates closer than this are near equal
FEW_LEFT = 0.6  # share of accounts with a day from which it is said of everybody
ALIKE_LEAST = 3  # columns of like numbers from which all together are offered
# role → what it holds, the fact that rests on it, whether much is wrong without it
PARTS = {
    "closed_date": ("the day a deal was won or lost", "last_closed", True),
    "amount": ("the amount of a deal", "won_amount", True),
    "event_amount": ("what was paid", "value", True),
    "created_date": ("the day a deal began", "deals", False),
    "event_date": ("the day on which each row happened", "value", True),
}
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
    """Days, amounts and states that nothing reads, where their table has none."""
    for table in seen.of_kind("deals"):
        if table.header("closed_date") is None:
            yield from _unused(seen, table, "closed_date", closed_candidates(seen, table))
        if table.header("amount") is None:
            yield from _unused(seen, table, "amount", amount_candidates(seen, table))
        if table.header("created_date") is None:
            yield from _unused(seen, table, "created_date", _began(seen, table))
    for table in seen.of_kind("orders", "invoices"):
        if table.part("event_date") is None:
            yield from _unused(seen, table, "event_date", day_candidates(seen, table))
    yield from _unpaid(seen)
    for table in seen.of_kind("accounts"):
        roles = set(table.roles.values())
        if "churned" not in roles:
            yield from _who_left(seen, table)
        if not {"customer_since", "churn_date"} & roles:
            yield from _account_days(seen, table)
        yield from _further_value(seen, table)


def _unpaid(seen: Seen) -> Iterator[Question]:
    """Payments whose amount nothing reads, where no other money says what a customer is worth."""
    metrics = [] if seen.customers is None else seen.customers.metrics
    weighed = [metric for metric in metrics if metric.weight > 0]
    if not weighed or any(metric.unit == "$" for metric in weighed):
        return  # without any metric `ask_worth` asks
    for table in seen.of_kind("orders", "invoices", "subscriptions")[:1]:
        if table.header("event_amount") is None:
            yield from _unused(seen, table, "event_amount", amount_candidates(seen, table))


def _began(seen: Seen, table: Table) -> list[Candidate]:
    """Unused days whose header speaks of a beginning; no plan, no other day."""
    return [
        one
        for one in day_candidates(seen, table)
        if CREATED_WORDS.search(split_header(one.header)[1])
    ]


def _unused(seen: Seen, table: Table, role: str, candidates: list[Candidate]) -> Iterator[Question]:
    found = [one for one in candidates if one.score >= LIKELY][: ANSWERS_MOST - 1]
    if not found:
        return
    part, about, grave = PARTS[role]
    answers = [
        Answer(f"“{one.header}” is {part}", seen.with_roles(table.name, {one.header: role}))
        for one in found
    ]
    answers.append(_none_of(seen, table, found))
    sentence = f"No column of “{table.name}” is known to hold {part}. Is it {_named(found)}?"
    yield Question(about, sentence, tuple(answers), grave)


def _named(found: list[Candidate]) -> str:
    return listed([f"“{one.header}”" for one in found], "or")


def _none_of(seen: Seen, table: Table, found: list[Candidate]) -> Answer:
    """The columns stay what they were taken for, by a person's word."""
    stays = {one.header: str(table.roles[one.header]) for one in found}
    return Answer("None of them" if len(found) > 1 else "No", seen.with_roles(table.name, stays))


def _who_left(seen: Seen, table: Table) -> Iterator[Question]:
    """A column of states that may say who left, where nothing does."""
    if "churned" in seen.intake.accounts and seen.intake.accounts["churned"].notna().any():
        return
    found = [one for one in left_candidates(seen, table) if one.score > LIKELY]
    for one in found[:1]:
        values = seen.sample(table)[one.header]
        texts = [str(value) for value in values.value_counts().index]
        answers = [
            Answer(
                f"Yes; {text} left" if not is_yes_no(values) else "Yes",
                {
                    **seen.with_roles(table.name, {one.header: "churned"}),
                    **(
                        {}
                        if is_yes_no(values)
                        else seen.with_meanings(
                            one.header,
                            {other: "churned" if other == text else "staying" for other in texts},
                        )
                    ),
                },
            )
            for text in _gone_first(texts)
        ]
        answers = answers[:1] if is_yes_no(values) else answers[: ANSWERS_MOST - 1]
        sentence = f"Does “{one.header}” of “{table.name}” say which customers left?"
        answers.append(_none_of(seen, table, [one]))
        yield Question(place(table, one.header), sentence, tuple(answers), grave=False)


def _gone_first(texts: list[str]) -> list[str]:
    """Values that speak of leaving first, then the rarer ones."""
    return sorted(
        texts, key=lambda text: (not LEFT_WORDS.search(plain_words(text)), -texts.index(text))
    )


def _account_days(seen: Seen, table: Table) -> Iterator[Question]:
    """A column of days of the accounts that nothing reads."""
    found = [
        one
        for one in day_candidates(seen, table)
        if table.rules[one.header].type == "date" and table.roles[one.header] == "ignore"
    ]
    left = [one for one in found if _few_have_it(seen, table, one.header)]
    found.sort(
        key=lambda one: (not LEFT_WORDS.search(split_header(one.header)[1]), one not in left)
    )
    for one in found[:1]:
        roles = [
            ("The day they became a customer", "customer_since"),
            ("The day they left", "churn_date"),
            ("Neither", "ignore"),
        ]
        if one in left or LEFT_WORDS.search(split_header(one.header)[1]):
            roles[0], roles[1] = roles[1], roles[0]
        answers = [
            Answer(label, seen.with_roles(table.name, {one.header: role})) for label, role in roles
        ]
        sentence = f"“{one.header}” of “{table.name}” holds days and is not used. What day is it?"
        yield Question(place(table, one.header), sentence, tuple(answers), grave=False)


def _few_have_it(seen: Seen, table: Table, header: str) -> bool:
    """Whether a day stands in few rows only: everybody has a first day, few have a last one."""
    share = float(seen.sample(table)[header].notna().mean())
    return 0.0 < share < FEW_LEFT


def _further_value(seen: Seen, table: Table) -> Iterator[Question]:
    """Amounts of the accounts that are not used as their worth though their headers speak of one."""
    if seen.customers is None or not any(metric.weight > 0 for metric in seen.customers.metrics):
        return
    found = [
        one
        for one in amount_candidates(seen, table)
        if one.score >= LIKELY
        and table.roles[one.header] in ("attribute", "ignore")
        and not is_told(table, one.header)
        and AMOUNT_WORDS.search(split_header(one.header)[1])
    ][: ANSWERS_MOST - 1]
    if not found:
        return
    answers = [
        Answer(f"“{one.header}” does", seen.with_roles(table.name, {one.header: "value_metric"}))
        for one in found
    ]
    answers.append(_none_of(seen, table, found))
    sentence = (
        f"Does {_named(found)} of “{table.name}” say what a customer is worth? It is not used so."
    )
    yield Question(place(table, found[0].header), sentence, tuple(answers), grave=False)


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
    sentence = f"Two columns of “{table.name}” could be the {part}: “{holder}”, which is used, and “{rival}”."
    return Question(place(table, rival), sentence, answers, grave=False)
