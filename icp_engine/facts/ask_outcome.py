"""Questions about who won, and about tables that may hold deals though they were taken for something
else.

Comes in: what was understood. Goes out: Questions. Separate because everything downstream rests on
the outcome, so here most is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from icp_engine.facts.candidates import (
    LIKELY,
    Candidate,
    account_candidates,
    amount_candidates,
    best_meanings,
    closed_candidates,
    outcome_candidates,
)
from icp_engine.facts.model import ANSWERS_MOST, Answer, Question
from icp_engine.facts.open_points import Seen, place
from icp_engine.intake.columns.outcomes import is_yes_no, names_both_outcomes, read_outcome
from icp_engine.intake.columns.roles import infer_roles
from icp_engine.intake.columns.table import Table
from icp_engine.intake.joining.deals import read_won
from icp_engine.wording.numbers import count, plural
from icp_engine.wording.sentences import first_few

SURE_OUTCOME = 0.6  # from here a column of another kind of table is asked about
IN_WORDS = 0.9  # won and lost stand there in words
FLAGS_MOST = 2
UNREAD = 0.2  # share of rows whose word says nothing from which the other side may hide in it
NAMED = 4  # values named in a sentence
PARTS = {
    **dict.fromkeys(("account_id", "account_name"), "customer"),
    "amount": "amount",
    "closed_date": "closed",
}
EVENT_KINDS = frozenset(
    {"orders", "invoices", "usage", "tickets", "surveys", "engagement", "notes"}
)
DECIDES = {"won", "stage", "churned", "account_type", "deal_type"}


def ask_outcome(seen: Seen) -> Iterator[Question]:
    """Of tables of deals: which column says who won, or what its values mean."""
    for table in seen.of_kind("deals"):
        header = table.header("won") or table.header("stage")
        if header is None and not read_won(table).notna().any():
            yield from _which_column(seen, table)
        elif header is not None:
            yield from _what_values_mean(seen, table, header)


def _which_column(seen: Seen, table: Table) -> Iterator[Question]:
    answers = outcome_answers(seen, table, fill_deals(seen, table, {}))
    if not answers:
        return
    offered = {_header_of(seen, table, answer) for answer in answers}
    sentence = f"Which column of “{table.name}” says which deals were won?"
    if len(offered) == 1:
        header = offered.pop()
        counts = table.words(header).value_counts()
        held = first_few([f"“{text}” ({count(rows)})" for text, rows in counts.items()], NAMED)
        sentence = (
            f"Which deals were won? “{header}” of “{table.name}” may say so. It holds {held}."
        )
        own = f"“{header}”: "
        answers = tuple(replace(one, label=one.label.removeprefix(own)) for one in answers)
    yield Question("won", sentence, answers, grave=True)


def _header_of(seen: Seen, table: Table, answer: Answer) -> str:
    """The column that an answer makes the outcome."""
    before = seen.settings.roles.get(table.name, {})
    chosen = answer.settings["roles"][table.name].items()
    return next(header for header, role in chosen if role == "won" and before.get(header) != role)


def outcome_answers(seen: Seen, table: Table, more: dict[str, Any]) -> tuple[Answer, ...]:
    """Candidate columns for the outcome, each with what its values would mean; `more` settings go
    with each.
    """
    found: list[tuple[float, Answer]] = []
    for candidate in outcome_candidates(seen, table)[:ANSWERS_MOST]:
        for order, meant in enumerate(best_meanings(seen, table, candidate.header)):
            found.append(
                (
                    candidate.score - 0.2 * order,
                    _outcome_answer(seen, table, candidate, meant, more),
                )
            )
    found.sort(key=lambda one: -one[0])
    return tuple(answer for _, answer in found[:ANSWERS_MOST])


def _outcome_answer(
    seen: Seen, table: Table, candidate: Candidate, meant: dict[str, str], more: dict[str, Any]
) -> Answer:
    header = candidate.header
    settings = seen.with_roles(table.name, {header: "won"}, more)
    if meant:
        settings |= seen.with_meanings(header, meant)
    values = seen.sample(table)[header].dropna()
    said = say_meanings(meant) if meant else _say_read([str(v) for v in values.unique()])
    return Answer(f"“{header}”: {said}{_say_filled(seen, table, more)}", settings)


def _say_filled(seen: Seen, table: Table, more: dict[str, Any]) -> str:
    """Which further columns an answer gives a part: “; amount “Sum”, closed “Decided on””."""
    before = seen.settings.roles.get(table.name, {})
    filled = [
        f"{PARTS[role]} “{header}”"
        for header, role in more.get("roles", {}).get(table.name, {}).items()
        if role in PARTS and before.get(header) != role
    ]
    return f"; {', '.join(filled)}" if filled else ""


def say_meanings(meant: dict[str, str]) -> str:
    """““W” won, “L” lost, “P” open”: in quotes, since a code may look like a number of deals."""
    order = {"won": 0, "lost": 1, "open": 2}
    parts = sorted(meant.items(), key=lambda one: (order.get(one[1], 3), one[0]))
    return first_few([f"“{value}” {meaning}" for value, meaning in parts], NAMED)


def _say_read(texts: list[str]) -> str:
    """What known words mean: won and lost first; as they stand where none is known."""
    read = read_outcome(pd.Series(texts, dtype="str"))
    if not read.notna().any():
        return _say_values(texts)
    meant = {
        text: "open" if pd.isna(won) else "won" if won else "lost"
        for text, won in zip(texts, read, strict=True)
    }
    return say_meanings(meant)


def _say_values(texts: list[str]) -> str:
    return first_few([f"“{text}”" for text in sorted(texts)], NAMED)


def _what_values_mean(seen: Seen, table: Table, header: str) -> Iterator[Question]:
    """Of an outcome column whose words say nothing, or of one side only."""
    values = table.words(header)
    counts = values.value_counts()
    told = seen.settings.meanings.get(header, {})
    if not 2 <= len(counts) <= 60 or is_yes_no(values) or names_both_outcomes(values):
        return
    won = read_won(table)
    if won.eq(True).any() and won.eq(False).any():
        return
    said = read_outcome(pd.Series(counts.index, dtype="str"))
    unread = [str(text) for text, flag in zip(counts.index, said, strict=True) if pd.isna(flag)]
    unread = [text for text in unread if text not in told and text != "open"]
    rows = int(counts[unread].sum())
    if not unread or rows < UNREAD * int(counts.sum()):
        return
    answers = [
        Answer(say_meanings(meant), seen.with_meanings(header, meant))
        for meant in best_meanings(seen, table, header)
        if meant
    ]
    answers += _other_columns(seen, table, header)
    if won.notna().any():
        still = dict.fromkeys(unread, "open")
        answers.append(Answer("They are all still open", seen.with_meanings(header, still)))
    words = first_few([f"“{text}” ({count(counts[text])})" for text in unread], NAMED)
    sentence = f"Which deals were won? These values of “{header}” do not say: {words}."
    yield Question(place(table, header), sentence, tuple(answers[:ANSWERS_MOST]), grave=True)


def _other_columns(seen: Seen, table: Table, header: str) -> list[Answer]:
    """Columns that say it in known words while the chosen one does not."""
    return [
        _outcome_answer(seen, table, candidate, {}, {})
        for candidate in outcome_candidates(seen, table)
        if candidate.header != header
        and candidate.score > SURE_OUTCOME
        and best_meanings(seen, table, candidate.header) == [{}]
    ]


# ------------------------------------------------------------------ deals taken for something else


def ask_hidden_deals(seen: Seen) -> Iterator[Question]:
    """Of tables taken for something else: a column that says won and lost, while no deals have an
    outcome.
    """
    if seen.intake.deals["won"].notna().any():
        return
    for table in seen.tables.values():
        if table.kind == "deals" or table.name in seen.settings.table_kinds:
            continue
        if DECIDES & {str(role) for role in table.roles.values()} - {"deal_type"}:
            continue
        outcomes = outcome_candidates(seen, table)
        least = IN_WORDS if table.kind in EVENT_KINDS else SURE_OUTCOME
        if not outcomes or outcomes[0].score < least or _many_flags(outcomes):
            continue
        words = seen.sample(table)[outcomes[0].header].dropna().unique()
        sentence = (
            f"“{outcomes[0].header}” of “{table.name}” holds {_say_values([str(w) for w in words])}: "
            f"are its {plural(len(table.frame), 'row')} deals?"
        )
        answers = deals_answers(seen, table)
        was = "No, leave it out" if table.kind == "unknown" else f"No, it is a list of {table.kind}"
        keep = Answer(was, seen.with_kinds({table.name: kept(table)}))
        yield Question(
            about_kind(table), sentence, (*answers[: ANSWERS_MOST - 1], keep), grave=True
        )


def about_kind(table: Table) -> str:
    """What a question about a table's kind is about."""
    return f"tables.{table.name}"


def _many_flags(outcomes: list[Candidate]) -> bool:
    """Whether several columns are as likely as the first: answers and features, no outcome."""
    alike = [one for one in outcomes if one.score >= outcomes[0].score - 0.01]
    return len(alike) > FLAGS_MOST and outcomes[0].score < IN_WORDS


def kept(table: Table) -> str:
    """What the table was taken for, as a setting."""
    return "unused" if table.kind == "unknown" else str(table.kind)


def deals_answers(seen: Seen, table: Table) -> tuple[Answer, ...]:
    """The table as a list of deals, by each column that may say who won."""
    more = fill_deals(seen, table, seen.with_kinds({table.name: "deals"}))
    return tuple(
        Answer(f"Yes, deals; {answer.label}", answer.settings)
        for answer in outcome_answers(seen, table, more)
    )


def fill_deals(seen: Seen, table: Table, settings: dict[str, Any]) -> dict[str, Any]:
    """Settings with the roles that a table of deals would lack, from the likeliest columns left."""
    given = dict(seen.settings.roles.get(table.name, {}))
    roles = infer_roles(seen.sample(table), table.rules, "deals", given)
    again = Table(table.name, "deals", "", table.frame, table.rules, roles)
    found = set(roles.values())
    filled: dict[str, str] = {}
    account = ""
    if not {"account_id", "account_name"} & found:
        account = _best(account_candidates(seen, again), filled)
    if account:
        settings = seen.with_account(table, account, settings)
        filled[account] = ""
    if "amount" not in found:
        _fill(filled, amount_candidates(seen, again), "amount")
    if "closed_date" not in found:
        _fill(filled, closed_candidates(seen, again), "closed_date")
    own = {header: role for header, role in filled.items() if role}
    return seen.with_roles(table.name, own, settings)


def _fill(filled: dict[str, str], candidates: list[Candidate], role: str) -> None:
    best = _best(candidates, filled)
    if best:
        filled[best] = role


def _best(candidates: list[Candidate], taken: dict[str, str]) -> str:
    """The likeliest column that is free, “” where none is likely."""
    likely = (one.header for one in candidates if one.header not in taken and one.score >= LIKELY)
    return next(likely, "")
