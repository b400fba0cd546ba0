"""Questions about how values are read: day before month or after it, currencies, who left.

Comes in: problems that intake found. Goes out: Questions. Separate because intake has found these
already; here they get answers.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from icp_engine.facts.model import ANSWERS_MOST, Answer, Question
from icp_engine.facts.open_points import Seen, place
from icp_engine.intake.columns.outcomes import read_churned
from icp_engine.intake.columns.table import Table
from icp_engine.values.dates import DateOrder, parse_date
from icp_engine.wording.dates import date
from icp_engine.wording.numbers import count
from icp_engine.wording.sentences import first_few, listed

DECISIVE_DAYS = frozenset(
    {"closed_date", "created_date", "customer_since", "churn_date", "event_date"}
)
ORDERS: dict[str, tuple[str, DateOrder]] = {
    "day_first": ("the day stands first", "dmy"),
    "month_first": ("the month stands first", "mdy"),
}
NAMED = 4
GONE_LIKE = (
    "acquired",
    "merged",
    "sold",
    "closed",
    "paused",
    "blocked",
    "stopped",
    "dead",
    "gone",
    "shut",
)


def ask_date_order(seen: Seen) -> Iterator[Question]:
    """Columns of days that read both ways; one answer for all of them."""
    found = [
        (table, column)
        for table, column in seen.problem_columns("dates-ambiguous")
        if table in seen.tables and column in seen.tables[table].roles
    ]
    if not found:
        return
    names = list(dict.fromkeys(column for _, column in found))
    grave = any(seen.tables[table].roles[column] in DECISIVE_DAYS for table, column in found)
    first = _likelier_order(seen)
    example = _example(seen, *found[0])
    answers = tuple(
        Answer(
            _say_order(example, order),
            {"date_formats": {**seen.settings.date_formats, **dict.fromkeys(names, order)}},
        )
        for order in (first, next(other for other in ORDERS if other != first))
    )
    named = listed([f"“{name}”" for name in names[:NAMED]])
    what = f"What day is “{example}”" if example else "Does the day or the month stand first"
    sentence = f"{what} in {named}? Every date there can be read both ways."
    yield Question(f"{found[0][0]}.{names[0]}", sentence, answers, grave)


def _example(seen: Seen, table: str, column: str) -> str:
    """A date of the column that is another day when it is read the other way; “” if none is."""
    for text in seen.sample(seen.tables[table])[column].dropna().astype("str").unique():
        days = {parse_date(text, order) for _, order in ORDERS.values()}
        if len(days) == len(ORDERS) and None not in days:
            return str(text)
    return ""


def _say_order(example: str, order: str) -> str:
    """“3 May 2024: the day stands first”."""
    words, signs = ORDERS[order]
    return f"{date(parse_date(example, signs))}: {words}" if example else words.capitalize()


def _likelier_order(seen: Seen) -> str:
    """As the study's other days are written; else by its currency."""
    orders = [
        table.rules[header].date_order
        for table in seen.tables.values()
        for header in table.roles
        if table.rules[header].type == "date"
        and (table.name, header) not in seen.problem_columns("dates-ambiguous")
    ]
    if "mdy" in orders or "dmy" in orders:
        return "month_first" if orders.count("mdy") > orders.count("dmy") else "day_first"
    return "month_first" if seen.intake.currency == "USD" else "day_first"


def ask_currencies(seen: Seen) -> Iterator[Question]:
    """Amounts in several currencies of which some have no rate."""
    for use in seen.intake.currencies:
        if not use.without_rate:
            continue
        codes = [code for code, _ in use.currencies]
        held = first_few([f"{code} ({count(rows)} rows)" for code, rows in use.currencies], NAMED)
        answers = tuple(
            Answer(
                f"The amounts are all in {own} already",
                {
                    "currency": own,
                    "rates": {
                        **seen.settings.rates,
                        **dict.fromkeys((c for c in codes if c != own), 1.0),
                    },
                },
            )
            for own in list(dict.fromkeys((use.study_currency, *codes)))[:2]
        )
        sentence = (
            f"“{use.column}” of “{use.table}” holds {held}, and no rate turns them into one currency. "
            "Give the rates, or say that they were converted already."
        )
        yield Question(f"{use.table}.{use.column}", sentence, answers, grave=use.left_out)


def ask_who_left(seen: Seen) -> Iterator[Question]:
    """Values of a status that do not say who left, and leaving that was only estimated."""
    for name, header in seen.problem_columns("churn-unsure"):
        table = seen.tables.get(name)
        if table is not None and header in table.roles:
            yield from _ask_values(seen, table, header)
    if seen.problem_columns("churn-estimated"):
        answers = (
            Answer("Yes, they left", {"churn_from_silence": True}),
            Answer("No, do not estimate", {"churn_from_silence": False}),
        )
        sentence = f"Have customers left who stopped ordering? {seen.intake.churn_rule}".strip()
        yield Question("left", sentence, answers, grave=False)


def _ask_values(seen: Seen, table: Table, header: str) -> Iterator[Question]:
    counts = table.words(header).value_counts()
    said = read_churned(pd.Series(counts.index, dtype="str"), header)
    unread = [str(text) for text, flag in zip(counts.index, said, strict=True) if pd.isna(flag)]
    if not unread:
        return
    gone = [text for text in unread if any(word in text.casefold() for word in GONE_LIKE)]
    mixed = {text: "churned" if text in gone else "staying" for text in unread}
    options = (
        [
            (
                f"{listed(gone)} left, {listed([text for text in unread if text not in gone])} stayed",
                mixed,
            )
        ]
        if gone and len(gone) < len(unread)
        else []
    )
    stayed = ("They are all still customers", dict.fromkeys(unread, "staying"))
    left = ("They all left", dict.fromkeys(unread, "churned"))
    options += [left, stayed] if gone and not options else [stayed, left]
    if len(unread) <= 3 and not gone:
        options += [
            (
                f"Only “{one}” left",
                {text: "churned" if text == one else "staying" for text in unread},
            )
            for one in unread[1:]
        ]
    role = (
        {} if table.roles[header] == "churned" else seen.with_roles(table.name, {header: "churned"})
    )
    answers = tuple(
        Answer(label, {**seen.with_meanings(header, meant), **role})
        for label, meant in options[:ANSWERS_MOST]
    )
    words = first_few([f"“{text}” ({count(counts[text])})" for text in unread], NAMED)
    sentence = f"Which of these values of “{header}” mean that a customer has left: {words}?"
    yield Question(place(table, header), sentence, answers, grave=False)
