"""Questions about what a table holds, where neither its headers nor its values said so.

Comes in: what was understood. Goes out: Questions. Separate because nothing of an unused table is
seen by anybody, so it must be asked about where it is long.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from icp_engine.facts.ask_outcome import about_kind, fill_deals, outcome_answers
from icp_engine.facts.candidates import (
    ACCOUNT_WORDS,
    LIKELY,
    account_candidates,
    amount_candidates,
    day_candidates,
    outcome_candidates,
)
from icp_engine.facts.model import ANSWERS_MOST, Answer, Question
from icp_engine.facts.open_points import Seen
from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.table import Table
from icp_engine.wording.numbers import plural

ROWS_LEAST = 20  # a shorter table is a list of stages, products or staff
SHARE_LEAST = 0.2  # of the longest table's rows; a shorter one is seldom what somebody came for
UNIQUE, REPEATED = 0.98, 0.9
SURE_KIND = 0.55  # a table of accounts less sure than that is asked about
MERGED_LEAST, MERGED_SHARE, MERGED_GRAVE = 3, 0.01, 0.1
WHOSE = frozenset({"orders", "invoices", "subscriptions"})  # kinds that are worth money
WHOSE_MOST = 3  # columns offered as the customer's
LABELS = {
    "accounts": "Accounts, one a row",
    "deals": "Deals",
    "orders": "Orders or payments",
    "contacts": "Contacts",
    "unused": "Leave it out",
}


def ask_kinds(seen: Seen) -> Iterator[Question]:
    """Of long tables that nothing reads; together where nothing at all can be studied."""
    chosen = seen.settings.table_kinds
    unknown = [table for table in seen.of_kind("unknown") if table.name not in chosen]
    if not len(seen.intake.accounts) and not len(seen.intake.deals):
        whose = [found for table in seen.of_kind(*WHOSE) if (found := _whose(seen, table))]
        free = [table for table in seen.tables.values() if table.name not in chosen]
        if whose and len(free) < 2:
            yield whose[0]
        else:
            yield from _ask_all(seen, free)
        return
    yield from _ask_guessed(seen)
    longest = max((len(table.frame) for table in seen.tables.values()), default=0)
    for table in unknown:
        if len(table.frame) >= max(ROWS_LEAST, SHARE_LEAST * longest):
            sentence = (
                f"What is “{table.name}” ({plural(len(table.frame), 'row')}) a list of? "
                "Nothing in it is used so far."
            )
            yield Question(about_kind(table), sentence, _kind_answers(seen, table), grave=False)


def _ask_guessed(seen: Seen) -> Iterator[Question]:
    """Of a table taken for accounts for want of a better sign, where its columns speak for something
    else.
    """
    for table in seen.of_kind("accounts"):
        if table.sure >= SURE_KIND or table.name in seen.settings.table_kinds:
            continue
        if _ranked_kinds(seen, table)[0] in ("accounts", "unused"):
            continue
        sentence = (
            f"What is “{table.name}” ({plural(len(table.frame), 'row')}) a list of? It was taken for "
            "accounts, one a row, though little speaks for it."
        )
        yield Question(about_kind(table), sentence, _kind_answers(seen, table), grave=True)


def _ask_all(seen: Seen, tables: list[Table]) -> Iterator[Question]:
    """One question for all tables of a study that holds nothing yet: the likeliest kinds at once."""
    if not tables:
        return
    if len(tables) == 1:
        sentence = (
            f"What is “{tables[0].name}” a list of? Nothing can be computed until that is known."
        )
        yield Question(about_kind(tables[0]), sentence, _kind_answers(seen, tables[0]), grave=True)
        return
    best = {table.name: _ranked_kinds(seen, table)[0] for table in tables}
    together: dict[str, Any] = {}
    # accounts first: then the others' columns find their keys
    for table in sorted(tables, key=lambda table: best[table.name] != "accounts"):
        together = _settings(seen, table, best[table.name], together)
    label = ", ".join(f"{name}: {LABELS[kind].lower()}" for name, kind in best.items())
    sentence = "What do these tables list? Nothing can be computed until that is known."
    others = [answer for table in tables[:2] for answer in _kind_answers(seen, table)[:2]]
    yield Question(
        "tables", sentence, (Answer(label, together), *others)[:ANSWERS_MOST], grave=True
    )


def _whose(seen: Seen, table: Table) -> Question | None:
    """Of a table whose kind is known: the column that names the customer, where none does."""
    if table.kind not in WHOSE or _named(table):
        return None
    sample = seen.sample(table)
    found = [  # what names each payment differently names no customer
        one
        for one in account_candidates(seen, table)
        if sample[one.header].nunique() < UNIQUE * sample[one.header].notna().sum()
    ][:WHOSE_MOST]
    if not found:
        return None
    kept = {**seen.settings.table_kinds, table.name: str(table.kind)}
    answers = [
        Answer(f"“{one.header}”", _as_events(seen, table, {"table_kinds": kept}, one.header))
        for one in found
    ]
    kinds = [kind for kind in _ranked_kinds(seen, table) if kind not in ("orders", "unused")]
    answers += [
        Answer(f"None: it lists {LABELS[kind].lower()}", _settings(seen, table, kind))
        for kind in kinds[: ANSWERS_MOST - len(answers)]
    ]
    sentence = (
        f"Which column of “{table.name}” names the customer? Nothing can be computed until that is "
        "known."
    )
    return Question("accounts", sentence, tuple(answers), grave=True)


def _named(table: Table) -> bool:
    """Whether a column is known to say whose row it is."""
    return any(table.header(role) for role in ("account_id", "account_name", "domain"))


def _kind_answers(seen: Seen, table: Table) -> tuple[Answer, ...]:
    """Kinds, the likeliest first, each with the roles the table would need."""
    kinds = _ranked_kinds(seen, table)
    return tuple(
        Answer(LABELS[kind], _settings(seen, table, kind)) for kind in kinds[:ANSWERS_MOST]
    )


def _ranked_kinds(seen: Seen, table: Table) -> list[str]:
    """Kinds by what repeats, what is unique, what is dated and what joins."""
    outcome = next(iter(outcome_candidates(seen, table)), None)
    account = _account_header(seen, table)
    dated = any(rule.type == "date" for rule in table.rules.values())
    amount = next(iter(amount_candidates(seen, table)), None)
    sample = seen.sample(table)
    repeats = (
        account is not None and sample[account].nunique() < REPEATED * sample[account].notna().sum()
    )
    named = any(ACCOUNT_WORDS.search(split_header(header)[1]) for header in table.frame)
    events = 0.2 * dated + 0.2 * (amount is not None)
    points = {
        "deals": 0.9 * outcome.score if outcome else 0.0,
        "orders": 0.4 * repeats + events + (0.25 if table.kind == "orders" else 0.0),
        "accounts": 0.35 * _has_key(table) + 0.2 * named - (0.3 + events) * repeats,
        "contacts": 0.6 * any(rule.type == "email" for rule in table.rules.values()),
        "unused": 0.3,
    }
    return sorted(points, key=lambda kind: -points[kind])


def _account_header(seen: Seen, table: Table) -> str | None:
    """The column that names whose row it is: known to do so, else likely to."""
    known = table.header("account_id") or table.header("account_name")
    likely = (one.header for one in account_candidates(seen, table) if one.score >= LIKELY)
    return known or next(likely, None)


def _has_key(table: Table) -> bool:
    """Whether a column names each row differently."""
    return any(
        table.rules[header].type in ("id", "text", "number", "domain")
        and bool(table.frame[header].notna().all())
        and bool(table.frame[header].is_unique)
        for header in table.frame
    )


def _settings(
    seen: Seen, table: Table, kind: str, on: dict[str, Any] | None = None
) -> dict[str, Any]:
    """What makes a table one of that kind: the kind, and the roles it needs."""
    kinds = {**(on or {}).get("table_kinds", seen.settings.table_kinds), table.name: kind}
    settings = {**(on or {}), "table_kinds": kinds}
    if kind == "deals":
        answers = outcome_answers(seen, table, fill_deals(seen, table, settings))
        return answers[0].settings if answers else settings
    if kind == "orders":
        return _as_events(seen, table, settings)
    roles = _account_roles(table) if kind == "accounts" else {}
    return seen.with_roles(table.name, roles, settings) if roles else settings


def _account_roles(table: Table) -> dict[str, str]:
    """The column that names each row: an id before a name."""
    if {"account_id", "account_name"} & set(table.roles.values()):
        return {}
    for header in table.frame:
        unique = table.frame[header].notna().all() and table.frame[header].is_unique
        if unique and table.rules[header].type in ("id", "number"):
            return {str(header): "account_id"}
    return {}


def _as_events(
    seen: Seen, table: Table, settings: dict[str, Any], account: str | None = None
) -> dict[str, Any]:
    """Whose row it is, when it was and how much, where the columns were not known to say so.
    account: the column that names the customer, None for the likeliest.
    """
    account = account or next((one.header for one in account_candidates(seen, table)), None)
    if account is not None and not {"account_id", "account_name"} & set(table.roles.values()):
        settings = seen.with_account(table, account, settings)
    roles: dict[str, str] = {}
    for role, found in (
        ("event_amount", amount_candidates(seen, table)),
        ("event_date", day_candidates(seen, table)),
    ):
        free = (one.header for one in found if one.header not in roles and one.header != account)
        best = None if role in table.roles.values() else next(free, None)
        if best is not None:
            roles[best] = role
    return seen.with_roles(table.name, roles, settings) if roles else settings


# ------------------------------------------------------------------ rows merged by name


def ask_merged(seen: Seen) -> Iterator[Question]:
    """Of accounts whose rows were taken together by their name: more than a few."""
    for table in seen.of_kind("accounts"):
        header = table.header("account_name")
        chosen = table.name in seen.settings.table_kinds
        if header is None or table.header("account_id") or seen.given(table, header) or chosen:
            continue
        names = table.clean(header).dropna()
        merged = int(names.duplicated().sum())
        if merged <= max(MERGED_LEAST, MERGED_SHARE * len(names)):
            continue
        answers = [
            Answer("One account each", seen.with_roles(table.name, {header: "account_name"})),
            *_own_key(seen, table),
            *_as_deals(seen, table),
            Answer(LABELS["orders"], _settings(seen, table, "orders")),
        ]
        sentence = (
            f"{plural(merged, 'row')} of “{table.name}” repeat a name in “{header}” and were merged "
            "with the first. Is that one account each?"
        )
        grave = merged > MERGED_GRAVE * len(names)
        yield Question("accounts", sentence, tuple(answers[:ANSWERS_MOST]), grave)


def _as_deals(seen: Seen, table: Table) -> list[Answer]:
    """A list of deals, where a column may say who won."""
    found = outcome_candidates(seen, table)
    if not found or found[0].score < LIKELY:
        return []
    return [Answer("No, they are deals", _settings(seen, table, "deals"))]


def _own_key(seen: Seen, table: Table) -> list[Answer]:
    """Another column that tells every row apart."""
    return [
        Answer(
            f"No, “{header}” tells them apart",
            seen.with_roles(table.name, {str(header): "account_id"}),
        )
        for header in table.frame
        if table.rules[header].type == "id"
        and table.frame[header].notna().all()
        and table.frame[header].is_unique
    ][:1]
