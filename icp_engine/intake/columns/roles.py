"""What each column is for: its role, with how sure that is and why.

Comes in: a table, its kind and its columns' rules. Goes out: {column: Role}. Headers are looked up
in `headers`, then the values decide whether the column can play that part; a role that only one
column can have goes to the best candidate and the others fall back. Separate because roles are
shown and overridden, whatever they were inferred from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from icp_engine.intake.columns import outcomes
from icp_engine.intake.columns.column_types import infer_rule_for
from icp_engine.intake.columns.dialects import DIALECTS
from icp_engine.intake.columns.dialects.model import EVENTS, Spelling
from icp_engine.intake.columns.evidence.account_columns import fill_account_roles
from icp_engine.intake.columns.evidence.deal_columns import Deals, fill_deal_roles
from icp_engine.intake.columns.evidence.event_columns import fill_event_roles
from icp_engine.intake.columns.given_roles import given_role
from icp_engine.intake.columns.header_spellings import (
    HOUSEKEEPING,
    IDENTIFIERS,
    KNOWN_AFTER,
    ROLE_PATTERNS,
    SPELLINGS,
)
from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.meanings import attribute_role, is_own_revenue
from icp_engine.intake.columns.person_names import NAMES_A_PERSON, looks_like_people, names_people
from icp_engine.intake.columns.role import Role, TableKind
from icp_engine.intake.columns.who_knew.late_headers import known_late
from icp_engine.intake.columns.who_knew.sellers import SAYS_WHO_SOLD, says_who_sold
from icp_engine.types import Frame, Series
from icp_engine.values.metric_kinds import kind_of, metric_of
from icp_engine.values.parse import parse_column
from icp_engine.values.plain_words import plain_words, squeeze
from icp_engine.values.rule import ColumnRule, ColumnType

MANY = frozenset(
    {
        "value_metric",
        "attribute",
        "text",
        "known_after",
        "existing_score",
        "identifier",
        "ignore",
        "contact_email",
        "contact_phone",
    }
)
NUMBERS = frozenset({"number", "money", "percent"})
WORDS = frozenset({"category", "text", "id", "tags", "range", "domain", "empty"})
NAMING_TYPES = frozenset({"text", "id", "category", "tags", "email", "phone", "domain"})
DATES = frozenset({"created_date", "closed_date", "customer_since", "churn_date", "event_date"})
AMOUNTS = frozenset({"amount", "event_amount", "event_quantity"})
# The column type a role needs, where the values alone may have suggested another
ROLE_TYPES: dict[str, ColumnType] = {
    **dict.fromkeys(("account_id", "deal_id", "event_id"), "id"),
    **dict.fromkeys(DATES, "date"),
    **dict.fromkeys(("amount", "event_amount"), "money"),
    "event_quantity": "number",
    "domain": "domain",
    **dict.fromkeys(
        (
            "account_name",
            "deal_name",
            "owner",
            "contact_job_title",
            "contact_first_name",
            "contact_last_name",
        ),
        "text",
    ),
}
BUYERS = frozenset(
    ("account", "company", "customer", "client", "organization", "organisation", "kunde", "cliente")
)
_FACT_DAYS = re.compile(
    r"\b(founded|founding|foundation|established|incorporat\w*|gegrundet|grundung\w*|funding|funded|raised)\b"
)
_ANY_DAY = frozenset(("date", "event date"))
_HALF_NAMES = {
    "contact_first_name": ("first name", "last name"),
    "contact_last_name": ("last name", "first name"),
}
_KEY_WORDS = {
    "id": "id",
    "record id": "id",
    **{key: "id" for crm in DIALECTS for key in crm.record_keys},
    "name": "name",
}
_COUNT_OF = re.compile(r"^(number|num|no|count) of \w+$")
_FIGURE = re.compile(r"[0-9]")
_ORDER_NUMBER = re.compile(r"#?[A-Za-z]{0,4}-?[0-9]+")
_NO_METRIC = re.compile(r"\b(reason|source|score band)\b")
_ID = re.compile(r"\bids?$")
_ESTIMATE = re.compile(
    r"\b(expected|estimated|est|projected|predicted|forecast\w*|potential|anticipated|erwartet\w*|geschatzt\w*|prognos\w*"
    r"|potenzial\w*|voraussichtlich\w*|prevu\w*|estime\w*|potentiel\w*|esperad[oa]|estimad[oa]|previst[oa]|potencial"
    r"|atteso|attesa|stimat[oa]|potenziale|verwacht\w*|geschat|oczekiwan\w*|szacowan\w*|ожидаем\w*|прогноз\w*|tahmini)\b"
    r"|見込|予想|予測|预计|预估|예상"
)
_STATE = re.compile(r"\b(status|statut|estado)$")
_WRITTEN = re.compile(r"\b(feedback|comments?|text|notes?|verbatim|transcript|quote|answer)\b")
_CHANGE = re.compile(r"churn|reason|refund|upgrade|downgrade|reactivat")
_CURRENCY = re.compile(r"^currency of |\bcurrency( iso)?( code)?$")
EVENT_KINDS = frozenset(EVENTS)


@dataclass(frozen=True)
class Seen:
    """One column as the rules below see it."""

    header: str
    words: str
    series: Series
    rule: ColumnRule
    kind: TableKind
    neighbours: str

    @property
    def type(self) -> ColumnType:
        """The type its values suggest."""
        return self.rule.type


def infer_roles(
    frame: Frame, rules: dict[str, ColumnRule], kind: TableKind, given: dict[str, str] | None = None
) -> dict[str, Role]:
    """A role for every column of one table; `given` (column → role name) comes from a person and
    stays.

    Scores: about .9 a known header with fitting values, about .6 a telling word in it, .3 a
    default.
    """
    headers = [str(column) for column in frame.columns]
    words = {header: _own_words(header, kind) for header in headers}
    neighbours = " | ".join(words.values())
    roles, candidates = {}, {}
    for header in headers:
        seen = Seen(header, words[header], frame[header], rules[header], kind, neighbours)
        candidates[header] = list(_candidates(seen))
        if given and header in given:
            roles[header] = given_role(given[header], words[header])
    taken = {str(role) for role in roles.values()} - MANY
    empty = frozenset(header for header in headers if rules[header].type == "empty")
    _settle(
        {header: found for header, found in candidates.items() if header not in roles},
        roles,
        taken,
        empty,
    )
    _name_a_key(frame, rules, kind, roles)
    if kind == "accounts":
        fill_account_roles(Deals(frame, rules, words, roles))
    if kind == "deals":
        open_to = {
            header: found for header, found in candidates.items() if header not in (given or {})
        }
        _file_further_amounts(open_to, rules, roles)
        fill_deal_roles(Deals(frame, rules, words, roles))
    if kind in EVENT_KINDS:
        fill_event_roles(Deals(frame, rules, words, roles), kind)
    return {header: roles[header] for header in headers}


def _file_further_amounts(
    candidates: dict[str, list[Role]], rules: dict[str, ColumnRule], roles: dict[str, Role]
) -> None:
    """A deal has one amount; a further one describes no company."""
    money = [
        header
        for header in candidates
        if roles[header] == "attribute" and rules[header].type == "money"
    ]
    if "amount" in roles.values():
        further = [header for header in money if "amount" in candidates[header]]
        roles.update(
            dict.fromkeys(further, Role("known_after", 0.6, "a further amount of the deal"))
        )


def _own_words(header: str, kind: TableKind) -> str:
    """A header's words; an id or a name of another object than the table's says whose it is
    (“Company > Record ID”).
    """
    named, words = split_header(header)
    if named not in ("account", "contact") or kind == f"{named}s" or words not in _KEY_WORDS:
        return words
    return f"{named} {_KEY_WORDS[words]}"


def _settle(
    candidates: dict[str, list[Role]],
    roles: dict[str, Role],
    taken: set[str],
    empty: frozenset[str],
) -> None:
    """Give single roles to their best candidates, best first; everyone else gets the next role on
    the list.

    A column without values comes after every column that has some.
    """
    queue = sorted(
        (header in empty, -role.score, position, header, rank)
        for position, (header, found) in enumerate(candidates.items())
        for rank, role in enumerate(found)
        if role not in MANY
    )
    for *_, header, rank in queue:
        role = candidates[header][rank]
        if header in roles or str(role) in taken:
            continue
        roles[header] = role
        taken.add(str(role))
    for header, found in candidates.items():
        if header not in roles:
            roles[header] = next(role for role in found if role in MANY)


def _candidates(seen: Seen) -> Iterator[Role]:
    """Every role the column could have, likeliest first; the last one is always possible."""
    if HOUSEKEEPING.search(seen.words):
        yield Role("ignore", 0.9, "kept by a tool for itself")
        return
    yield from _spelled(seen)
    yield from _patterned(seen)
    if seen.kind == "unknown":
        yield Role("ignore", 0.5, "the table is not used")
        return
    if (
        seen.kind != "contacts"
        and seen.type in NAMING_TYPES
        and names_people(seen.words, seen.series)
    ):
        yield Role("identifier", 0.8, NAMES_A_PERSON)
    yield from _sold_by(seen)
    yield from _typed(seen)
    if seen.kind in EVENT_KINDS:
        if seen.kind == "orders" and seen.type in NUMBERS and _COUNT_OF.search(seen.words):
            yield Role("event_quantity", 0.7, "counts the things in an order")
        yield _event_extra(seen)
        return
    yield from _metric(seen)
    yield from _after(seen)
    yield _described(seen)


def _sold_by(seen: Seen) -> Iterator[Role]:
    """Whoever sold owns the deal or account; a second one is only named."""
    if seen.kind not in ("accounts", "deals") or not says_who_sold(seen.words, seen.type):
        return
    if not _names_many_each(seen.series):
        return
    yield Role("owner", 0.65, SAYS_WHO_SOLD)
    people = looks_like_people(seen.series)
    yield Role("identifier", 0.8, NAMES_A_PERSON if people else SAYS_WHO_SOLD)


def _names_many_each(series: Series) -> bool:
    """Whether values repeat, as those of a seller do who has more than one deal."""
    filled = series.dropna()
    return len(filled) < 10 or filled.nunique() <= 0.6 * len(filled)


def _spelled(seen: Seen) -> Iterator[Role]:
    for spelling, place in _by_words().get(squeeze(seen.words), ()):
        if not _applies(spelling, seen.kind) or not _fits(spelling.role, seen):
            continue
        score = round(spelling.score - spelling.step * place, 4)
        yield Role(spelling.role, score, f"the header “{seen.header}” and fitting values")


@lru_cache(maxsize=1)
def _by_words() -> dict[str, tuple[tuple[Spelling, int], ...]]:
    """Squeezed words → the spellings that hold them, each with its place in the line."""
    found: dict[str, dict[Spelling, int]] = {}
    for spelling in SPELLINGS:
        for place, header in enumerate(spelling.headers.split("|")):
            words = squeeze(plain_words(header))
            found.setdefault(words, {}).setdefault(spelling, place)
    return {words: tuple(spellings.items()) for words, spellings in found.items()}


def _patterned(seen: Seen) -> Iterator[Role]:
    """Roles that one word in the header tells, where no known header as a whole does."""
    for role, kinds, pattern in ROLE_PATTERNS:
        if (not kinds or seen.kind in kinds) and pattern.search(seen.words) and _fits(role, seen):
            yield Role(role, 0.7, f"the words of the header “{seen.header}” and fitting values")


def _applies(spelling: Spelling, kind: TableKind) -> bool:
    if kind == "unknown":
        return spelling.role in ("account_id", "account_name", "deal_id")
    return not spelling.kinds or kind in spelling.kinds


def _fits(role: str, seen: Seen) -> bool:
    """Whether the values can play `role`."""
    if role in AMOUNTS:
        return seen.type in NUMBERS or seen.type in ("empty", "range")
    if role == "churn_date" and seen.kind == "accounts" and seen.words in _ANY_DAY:
        return False  # a day that every row may have does not say that somebody left
    if role in DATES:
        return reads_as_date(seen.series, seen.rule, seen.header)
    if role == "existing_score":
        return _is_grade(seen) or (seen.type in NUMBERS and seen.words not in ("rating", "grade"))
    by_values: dict[str, Callable[[Series], bool]] = {
        "account_type": outcomes.says_account_type,
        "deal_type": outcomes.says_deal_type,
        "churned": outcomes.says_churn,
        "won": lambda series: outcomes.is_yes_no(series) or outcomes.says_won_or_lost(series),
    }
    if role in by_values:
        return seen.type != "date" and by_values[role](seen.series)
    return _fits_words(role, seen)


def _fits_words(role: str, seen: Seen) -> bool:
    if role.startswith("contact_"):
        return seen.type not in ("boolean", "date", "money", "percent")
    if seen.words == "name" and role in ("event_id", "account_name") and seen.kind in EVENT_KINDS:
        return _is_numbered(seen.series) == (role == "event_id")
    # “Nombre, Apellidos” and “Name, Vorname”: the other half says
    if seen.words == "name" and role in _HALF_NAMES:
        half, other = _HALF_NAMES[role]
        return other in seen.neighbours.split(" | ") and half not in seen.neighbours.split(" | ")
    if role == "event_id" and seen.type in ("category", "text") and not _has_figures(seen.series):
        return False  # “Facturé à” names whom
    if role in ("account_id", "deal_id", "event_id"):
        return seen.type not in ("boolean", "date", "money", "percent", "range")
    if role == "deal_name" and seen.words == "title" and "first name" in seen.neighbours:
        return False  # a lead's job title
    if role in ("account_name", "deal_name"):
        few = (
            3
            if seen.words.endswith(" name")
            else 6
            if seen.words in BUYERS
            else len(seen.series) + 1
        )
        outright = seen.series.nunique() >= few  # a few customers with many deals each
        return seen.type in WORDS | {"number"} and (outright or _names_many(seen.series))
    return seen.type in WORDS | {"email", "number"} and not (
        seen.type == "number" and role in ("lead_source", "lost_reason", "product")
    )


def _has_figures(series: Series) -> bool:
    """Whether most values hold a figure, or none comes twice."""
    filled = series.dropna().astype("str").iloc[:300]
    figures = filled.str.contains(_FIGURE.pattern, regex=True)
    return len(filled) == 0 or filled.is_unique or float(figures.mean()) >= 0.5


def _is_numbered(series: Series) -> bool:
    """Whether names are numbers with a sign or letters before them, as shops number orders:
    “#1001”, “EU-1001”.
    """
    filled = series.dropna().astype("str").iloc[:300]
    return len(filled) > 0 and float(filled.str.fullmatch(_ORDER_NUMBER.pattern).mean()) > 0.9


def _names_many(series: Series) -> bool:
    """A column that names things holds many names: a handful of values repeated is a property, not
    a name.
    """
    filled = series.dropna()
    return len(filled) == 0 or filled.nunique() > 12 or filled.nunique() >= 0.4 * len(filled)


def _is_grade(seen: Seen) -> bool:
    return seen.type in ("category", "range") and seen.series.nunique() <= 12


def reads_as_date(series: Series, rule: ColumnRule, header: str) -> bool:
    """Whether values are dates: by their type, or numbers under a date header that parse (YYYYMMDD,
    serials).
    """
    if rule.type in ("date", "empty"):
        return True
    if rule.type not in ("number", "id", "category", "text"):
        return False
    sample = series.dropna().iloc[:300]
    return (
        len(sample) > 0
        and float(parse_column(sample, infer_rule_for(sample, "date", header)).notna().mean()) > 0.8
    )


def _typed(seen: Seen) -> Iterator[Role]:
    if seen.type == "email":
        yield Role("contact_email", 0.9, "its values are e-mail addresses")
    if seen.type == "phone":
        yield Role("contact_phone", 0.9, "its values are phone numbers")
    if (
        seen.type == "domain"
        and seen.kind in ("accounts", "deals")
        and not IDENTIFIERS.search(seen.words)
    ):
        yield Role("domain", 0.6, "its values are web addresses")
    if seen.type == "text" and not IDENTIFIERS.search(seen.words):
        yield Role("text", 0.7, "its values are sentences")


def _metric(seen: Seen) -> Iterator[Role]:
    found = metric_of(seen.words)
    if (
        found is None
        or is_own_revenue(seen.words, seen.neighbours)
        or _NO_METRIC.search(seen.words)
    ):
        return
    if _ESTIMATE.search(seen.words):
        if seen.type in NUMBERS | {"range"}:
            yield Role("known_after", 0.7, "an estimate: nobody has paid it")
        return
    if seen.kind != "accounts" or (seen.type in ("range", "boolean") and found.unit != "share"):
        if seen.type in NUMBERS | {"range", "boolean"}:
            yield Role("known_after", 0.6, "says what came of the sale", unit=found.unit)
        return
    if seen.type in NUMBERS | {"boolean", "empty"}:
        yield Role(
            "value_metric",
            0.85,
            f"“{seen.words}” says what a customer is worth",
            direction=found.direction,
            unit=found.unit,
        )


def _after(seen: Seen) -> Iterator[Role]:
    if seen.type == "id":
        return  # “Vorgangs-Nr” of a deal is no ticket
    if seen.type == "date" and _FACT_DAYS.search(seen.words) and seen.kind in ("accounts", "deals"):
        yield Role("attribute", 0.7, "a day in the company's own history", kind="firmographic")
        return
    if seen.type == "date" or seen.kind == "contacts":
        yield Role(
            "ignore",
            0.5,
            "a date without a known meaning" if seen.type == "date" else "not used of contacts",
        )
        return
    if _CURRENCY.search(seen.words):
        yield Role("ignore", 0.8, "names the currency of an amount")
        return
    late = known_late(seen.words, seen.type, of_deals=seen.kind == "deals")
    if late is not None:
        yield Role(late.role, 0.7, late.reason)
        return
    for pattern, why in KNOWN_AFTER if seen.type != "empty" else ():
        if pattern.search(seen.words):
            yield Role("known_after", 0.7, why)
            return


def _described(seen: Seen) -> Role:
    """The last resort: an identifier when it looks like one, else an attribute of a kind."""
    if seen.type == "empty":
        return Role("ignore", 0.9, "no values")
    if IDENTIFIERS.search(seen.words) or seen.type in ("id", "domain") or _ID.search(seen.words):
        return Role("identifier", 0.7, "names or locates one thing; says nothing about many")
    return attribute_role(seen.words)


_ANSWERS = {
    "tickets": re.compile(r"satisfaction|csat|nps|rating|review"),
    "surveys": re.compile(
        r"satisfaction|csat|ces|nps|rating|review|score|answer|recommend|likelihood|net promoter|points"
    ),
}


def _event_extra(seen: Seen) -> Role:
    """Columns of event tables without a part of their own: some describe the first event, some say
    how it went.
    """
    if (
        seen.kind in ("tickets", "surveys")
        and seen.type in NUMBERS
        and _ANSWERS[seen.kind].search(seen.words)
    ):
        answer = kind_of("satisfaction")
        return Role(
            "value_metric",
            0.8,
            "how content the customer was",
            direction=answer.direction,
            unit=answer.unit,
        )
    if (
        seen.kind == "orders"
        and seen.type in ("category", "boolean", "percent", "range", "tags")
        and not _locates(seen)
        and not _STATE.search(seen.words)  # how an order went shows later
    ):
        return Role(
            "attribute",
            0.6,
            "describes an order; the first one describes the customer",
            kind="behavioural",
        )
    if _locates(seen):
        return Role("identifier", 0.6, "names one event")
    if seen.type == "category" and _WRITTEN.search(seen.words):
        return Role("text", 0.7, "what people wrote")
    if seen.kind in ("churn", "subscriptions") and _CHANGE.search(seen.words):
        return Role("known_after", 0.7, "written down when the customer left or changed")
    return Role("ignore", 0.5, "describes one event, not the account")


def _locates(seen: Seen) -> bool:
    return seen.type in ("id", "email", "phone", "domain", "text") or bool(
        IDENTIFIERS.search(seen.words) or _ID.search(seen.words)
    )


def _name_a_key(
    frame: Frame, rules: dict[str, ColumnRule], kind: TableKind, roles: dict[str, Role]
) -> None:
    """Without a key by header, the first column whose values are all different ids names the rows."""
    wanted = {"accounts": ("account_id", "account_name", "domain"), "deals": ("deal_id",)}.get(kind)
    if wanted is None or any(role in wanted for role in roles.values()):
        return
    for header, role in roles.items():
        filled = frame[header].dropna()
        if (
            role == "contact_email"
            and not role.given
            and kind == "accounts"
            and _is_key(filled, len(frame))
        ):
            roles[header] = Role(
                wanted[0], 0.6, "every row has an address of its own, and nothing else names it"
            )
            return
        unlike = (
            role not in ("attribute", "identifier", "ignore")
            or (role == "attribute" and role.score > 0.5)
            or rules[header].type
            not in (
                "id",
                "text",
                "category",
            )
        )
        if not (role.given or unlike) and _is_key(filled, len(frame)):
            roles[header] = Role(wanted[0], 0.5, "every row has a value of its own")
            return


def _is_key(filled: Series, rows: int) -> bool:
    return len(filled) == rows > 1 and filled.is_unique
