"""What a row of one table is, judged by itself: words of headers, keys that repeat, what its values say.

Comes in: a table, its column rules and values. Goes out: its kind with the points and the reason.
Separate because a table's name is only a label: the content decides, and roles are read differently
in each kind. What other tables say about it: `together`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from icp_engine.intake.columns.dialects import DIALECTS
from icp_engine.intake.columns.evidence.buyers import find_buyer, names_rows, says_buyer
from icp_engine.intake.columns.evidence.course import find_course
from icp_engine.intake.columns.evidence.money import has_cents
from icp_engine.intake.columns.evidence.sums import find_product, find_tax, first_numbers
from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.outcomes import is_yes_no
from icp_engine.intake.columns.role import TableKind
from icp_engine.intake.kinds.signs import SIGNS
from icp_engine.intake.kinds.vocabularies import (
    says_offer_or_not,
    says_sold_or_not,
    vocabularies_of,
)
from icp_engine.types import Frame, Series
from icp_engine.values.parse import missing_mask, parse_column
from icp_engine.values.rule import ColumnRule

_KEY = re.compile(r" ?(id|no|number|code|key)$")
_USER_TABLE = re.compile(f"^({'|'.join(crm.user_fields for crm in DIALECTS if crm.user_fields)})$")
DEAL_KEY = re.compile(r"^(deal|opportunity|opp|mql|lead|quote|inquiry) (id|number)$")
ACCOUNT_KEY = re.compile(
    r"^(account|company|customer|client|organi[sz]ation|org|seller|merchant|user|member|reseller|dealer|buyer|donor)"
    r" ?(id|no|number|code|key)$"
    r"|^(account|company|customer|client|organi[sz]ation|reseller|dealer|buyer|donor)( name)?$"
)
_CONTACT_KEY = re.compile(r"^(contact|person) ?(id|no|number|key)$")
OTHER_KEY = re.compile(  # what names something else than an account, where every row has its own
    r"^(product|sku|item|plan|feature|campaign|stage|pipeline|sales (agent|rep|person)|agent|owner|user|employee"
    r"|team|manager|field|metric|currency|article|category|supplier|vendor|territory|warehouse|store)"
    r"( (id|name|code|number|no|key))?$"
)
# a yes or no under such a header says whether a sale was made
_SOLD = re.compile(
    r"^(is |was |got |has )?(final |deal |bid |quote |offer |tender |sales? )?"
    r"(won|sold|deal|outcome|result|success|successful|awarded|accepted|signed|closed won|win"
    r"|gewonnen|auftrag|zuschlag|ergebnis|ausgang|gagnee?|signee?|resultat|ganad[oa]|resultado|vendid[oa]"
    r"|ganh[oa]|wygran[yea]|wynik|vint[oa]|esito)( flag| code| yes no)?$"
)
_LEAD_WORDS = re.compile(
    r"\b(leads?|mqls?|prospects?|interessent\w*|potential customer"
    r"|(kunde|klient|client[ea]?) poten\w+|poten\w+ (kunde|klient|client[ea]?))\b"
)
_LEAD_KEY = re.compile(
    r"^(lead|mql|prospect|interessent\w*) ?(id|no|nr|number|record id|nummer|key|numero|numer)$"
)
_CONVERTED = re.compile(
    r"\bconvert(ed|ie?|id[oa])\b|\b(konvertiert|umgewandelt|\w*konwertowan[yea])\b"
)
_DEAL_WORDS = re.compile(
    r"^(deal|opportunity|opp)( name| stage| type| amount| value| id| number)?$|\b(close|closed|closing) date\b|^amount$"
)
_CAME_OF_IT = re.compile(r"^(won|lost) (date|time|at|on)$|^date (won|lost)$")
_AMOUNT = re.compile(
    r"\b(amount|total|value|price|revenue|cost|fee|sum|sales|budget|betrag|summe|montant|importe|valor|wartosc|kwota)\b"
)
USERS = "a list of the CRM's own users"
WORKING = frozenset(("ticket", "task", "meeting", "activity", "urgency"))
SALES = frozenset(("sold", "flag", "offer", "stage", "lead"))
MIN_POINTS = 3.0
MOST_DESCRIBING = 2  # columns of words that lists of orders have beside the buyer
SAMPLE_ROWS = 2_000  # enough to tell how a column writes its numbers
SOLD_IN_WORDS, SOLD_BY_FLAG = 8.0, 4.0
RECKONED = 4.0  # price times count, or net and tax
_LEAD_STATUS = re.compile(r"^lead status$")  # has points of its own among the headers


@dataclass(frozen=True)
class Kind:
    """A table's kind, its points, and what they rest on.

    `rivals`: the points of all kinds. `leads`: whether its deals are rather leads. `states`:
    columns with the vocabularies their values belong to (“sold” for won and lost).
    """

    name: TableKind
    points: float
    reason: str
    rivals: Mapping[str, float] = field(default_factory=dict, repr=False)
    leads: bool = False
    states: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Evidence:
    """One table as its values show it. `words`: header → plain words. `sample`: its first rows."""

    frame: Frame
    sample: Frame
    rules: dict[str, ColumnRule]
    words: dict[str, str]
    states: dict[str, frozenset[str]]

    @property
    def spoken(self) -> frozenset[str]:
        """All vocabularies that some column speaks."""
        return frozenset().union(*self.states.values())

    @property
    def dated(self) -> bool:
        """Whether a column holds dates."""
        return any(rule.type == "date" for rule in self.rules.values())

    @property
    def amounts(self) -> bool:
        """Whether a column holds money, or numbers under a header or written in a way that says so."""
        return any(
            rule.type == "money"
            or (
                rule.type == "number"
                and (_AMOUNT.search(self.words[header]) or self._cents(header))
            )
            for header, rule in self.rules.items()
            if header in self.words
        )

    def _cents(self, column: str) -> bool:
        raw = self.frame[column].iloc[:SAMPLE_ROWS]
        return has_cents(raw, parse_column(raw, self.rules[column]))

    def known(self, column: str) -> Series:
        """The column's values that do not mean empty."""
        missing = missing_mask(self.frame[column], self.rules[column])
        return self.frame[column][~missing.to_numpy(dtype=bool)]

    def first(self, pattern: re.Pattern[str]) -> str | None:
        """The first column whose words fit."""
        return next((column for column, text in self.words.items() if pattern.search(text)), None)


def infer_kind(frame: Frame, rules: dict[str, ColumnRule], sample: Frame) -> Kind:
    """The kind with most points, “unknown” under `MIN_POINTS`. Header words count first, then keys
    and values.

    `sample`: the first rows with missing words blanked; whether a key repeats is asked of the whole
    `frame`.
    """
    words = {str(column): split_header(str(column)) for column in frame.columns}
    if sum(bool(_USER_TABLE.match(text)) for _, text in words.values()) >= 2:
        return Kind("unknown", 0.0, USERS)
    found = {kind: _header_points(kind, words) for kind in SIGNS}
    points = {kind: total for kind, (total, _) in found.items()}
    plain = {column: text for column, (_, text) in words.items()}
    seen = Evidence(frame, sample, rules, plain, _states(sample, rules, plain))
    _add_keys(points, seen)
    _add_states(points, seen)
    _add_sums(points, seen)
    best = max(points, key=lambda kind: points[kind])
    if points[best] < MIN_POINTS:
        reason = "neither headers nor values say what it holds"
        return Kind("unknown", points[best], reason, points, states=seen.states)
    signs = ", ".join(found[best][1][:4]) or "its values"
    leads = best == "deals" and _are_leads(seen)
    return Kind(
        cast(TableKind, best), points[best], f"because of {signs}", points, leads, seen.states
    )


def _header_points(kind: str, words: dict[str, tuple[str, str]]) -> tuple[float, list[str]]:
    points, seen = 0.0, []
    for pattern, worth in SIGNS[kind]:
        column = next((name for name, (_, text) in words.items() if pattern.search(text)), None)
        if column is not None:
            points += worth
            seen.append(f"“{column}”")
    named = {"deals": "deal", "accounts": "account", "contacts": "contact"}.get(kind, "")
    share = sum(1 for said, _ in words.values() if said and said == named) / max(len(words), 1)
    return points + 6 * share, seen


def _states(
    sample: Frame, rules: dict[str, ColumnRule], words: dict[str, str]
) -> dict[str, frozenset[str]]:
    """Columns of words or of yes and no, with what their values say."""
    found = {}
    for column in map(str, sample.columns):
        kind = rules[column].type if column in rules else ""
        said = (
            vocabularies_of(sample[column]) if kind in ("category", "text", "id") else frozenset()
        )
        worded = kind in ("category", "text") and not said & (WORKING | {"payment"})
        if worded and says_sold_or_not(sample[column], words[column]):
            said |= {"sold"}
        elif kind in ("category", "text") and says_offer_or_not(sample[column]):
            said |= {"offer"}
        if _SOLD.search(words[column]) and kind in ("boolean", "number", "category", "text"):
            said |= {"flag"} if is_yes_no(sample[column].dropna()) else frozenset()
        if said:
            found[column] = said
    return found


def _add_keys(points: dict[str, float], seen: Evidence) -> None:
    """Points from keys: an account that repeats is an event, a deal that repeats is no deal."""
    deal_key, account_key = seen.first(DEAL_KEY), seen.first(ACCOUNT_KEY)
    columns = len(seen.frame.columns)
    if account_key is not None and deal_key is None and _KEY.search(seen.words[account_key]):
        # an id of accounts, and something about them
        points["accounts"] += 1.5 if columns >= 3 else 0
    if deal_key is not None and repeats(seen.known(deal_key)):
        points["deals"] -= 4
    if account_key is not None:
        points["campaigns"] = 0.0  # what a campaign cost names no customer
        _add_account_key(points, seen.known(account_key), seen)
    contact = seen.first(_CONTACT_KEY)
    if contact is not None and repeats(seen.known(contact)):
        points["contacts"] -= 4  # a person who comes again is what something happened to
    elif account_key is None and _names_buyers(seen):
        bought = 5  # who bought comes again, each row with a number, a day, an amount
        points["accounts"] -= 2
        if _runs_a_course(points, seen):
            points["deals"] += bought
        else:
            points["orders"] += bought
            points["invoices"] += bought if points["invoices"] > 0 else 0
    elif account_key is None and _is_a_list(seen):
        for kind in ("orders", "usage", "tickets", "surveys", "engagement", "campaigns"):
            points[kind] -= 3  # whatever happened would name whom it happened to
    ids = sum(rule.type == "id" for rule in seen.rules.values())
    if deal_key is not None and not seen.dated and columns - ids <= 1 and columns <= 4:
        points["deals"] -= 3  # a table of ids only links other tables


def _add_account_key(points: dict[str, float], key: Series, seen: Evidence) -> None:
    if not repeats(key):
        if not key.is_unique and seen.dated and _is_numbered(seen):
            return  # some come again, and the rows have ids of their own
        points["accounts"] += 2
        for kind in (
            "orders",
            "usage",
            "tickets",
            "subscriptions",
            "invoices",
            "surveys",
            "engagement",
        ):
            points[kind] -= 2 if len(key) >= 5 else 0
        return
    points["accounts"] -= 2
    types = {rule.type for rule in seen.rules.values()}
    if not seen.dated or not {"number", "money"} & types:
        return
    points["orders"] += 2
    others = max(points[kind] for kind in ("deals", "invoices", "subscriptions", "usage", "churn"))
    if seen.amounts and others < MIN_POINTS and not seen.spoken & SALES and _is_numbered(seen):
        # each row has a number, a day and an amount of its own
        points["deals" if _runs_a_course(points, seen) else "orders"] += 2
        points["engagement"] -= 2


def _runs_a_course(points: Mapping[str, float], seen: Evidence) -> bool:
    """Whether rows that no header calls orders are won, lost or open by where their columns are
    filled.
    """
    others = max(points[kind] for kind in ("orders", "invoices", "subscriptions", "tickets"))
    return others < MIN_POINTS and find_course(seen.sample, seen.rules) is not None


def _names_buyers(seen: Evidence) -> bool:
    """Whether a column names buyers by its values, in rows that are no accounts and no sales won or
    lost.
    """
    if not (seen.dated and seen.amounts) or seen.spoken & (SALES | WORKING) - {
        "urgency"
    }:  # P1 is a product as well
        return False
    if not _is_numbered(seen) or names_rows(seen.frame):
        return False
    found = find_buyer(seen.frame, seen.rules, seen.words)
    return found is not None and (says_buyer(seen.words[found]) or _tells_little_else(seen, found))


def _tells_little_else(seen: Evidence, buyer: str) -> bool:
    """Whether a column that no word calls a buyer's is one: many come again, and little else
    describes the rows, while a list of customers says much of each, such as whose region it is.
    """
    known = seen.known(buyer)
    describing = sum(
        rule.type in ("category", "boolean", "range", "tags")
        for column, rule in seen.rules.items()
        if column != buyer
    )
    return known.nunique() ** 2 >= len(known) and describing <= MOST_DESCRIBING


def _is_numbered(seen: Evidence) -> bool:
    """Whether some column of ids names every row apart."""
    ids = [column for column in seen.words if seen.rules[column].type == "id"]
    return any(len(seen.frame) > 1 and seen.known(column).is_unique for column in ids)


def _is_a_list(seen: Evidence) -> bool:
    """Whether every row has its own id in the first column, and no further column holds ids: a list
    of things, each once, with much about it.
    """
    columns = list(map(str, seen.frame.columns))
    if len(columns) < 10 or not len(seen.frame):
        return False
    first = seen.known(columns[0])
    own = len(first) == len(seen.frame) and bool(first.is_unique)
    named = [column for column in columns if seen.rules[column].type in ("id", "text", "email")]
    return own and not any(repeats(seen.known(column)) for column in named)


def _add_states(points: dict[str, float], seen: Evidence) -> None:
    """Points from what values say: a sale won or lost, work done, a payment, long texts."""
    spoken = seen.spoken
    offered = "offer" in spoken and seen.amounts
    sold = "sold" in spoken or "flag" in spoken or offered
    points["deals"] += SOLD_IN_WORDS if "sold" in spoken else SOLD_BY_FLAG if sold else 0
    points["deals"] += (2 * seen.dated + 2 * seen.amounts) if sold else 0
    points["deals"] += 2 if "stage" in spoken and not sold else 0
    points["deals"] += 4 if "lead" in spoken and seen.first(_LEAD_STATUS) is None else 0
    if not sold and "stage" not in spoken and not seen.amounts and spoken & WORKING:
        points["deals"] -= 4  # no stage, no outcome, no money: somebody's work
        _add_work(points, spoken)
    elif "payment" in spoken and not sold:
        points["invoices"] += 2 if points["invoices"] >= points["orders"] else 0
        points["orders"] += 2
        points["deals"] -= 4
    if spoken & WORKING and not seen.amounts:
        points["invoices"] -= 6  # an invoice has an amount
    columns = len(seen.frame.columns)
    if columns <= 7 and any(rule.type == "text" for rule in seen.rules.values()):
        points["notes"] += 2


def _add_sums(points: dict[str, float], seen: Evidence) -> None:
    """Points for orders and invoices from columns that make one another, in rows that are no list of
    accounts and no sales won or lost.
    """
    if not seen.dated or seen.spoken & SALES or names_rows(seen.frame):
        return
    numbers = first_numbers(seen.sample, seen.rules)
    if find_product(numbers) is not None:
        points["orders"] += RECKONED
    elif find_tax(numbers) is not None:
        points["invoices"] += RECKONED
    else:
        return
    points["accounts"] -= RECKONED


def _add_work(points: dict[str, float], spoken: frozenset[str]) -> None:
    """Tickets, tasks, meetings and activities, by the states and sorts that only they have."""
    for state, kind, worth in (
        ("activity", "engagement", 6),
        ("meeting", "engagement", 5),
        ("ticket", "tickets", 5),
        ("task", "notes", 5),
    ):
        if state in spoken:
            points[kind] += worth
            break
    if "urgency" in spoken:
        points["notes" if "task" in spoken and "ticket" not in spoken else "tickets"] += 2


def _are_leads(seen: Evidence) -> bool:
    """Whether deals are rather leads: their own id, their states and their conversion say so, and
    nothing speaks of an opportunity of their own.
    """
    words = seen.words.values()
    if any(_CAME_OF_IT.search(text) for text in words):
        return False
    votes = 2 * any(_LEAD_KEY.search(text) for text in words)
    votes += 2 * any(_LEAD_WORDS.search(text) and text != "lead source" for text in words)
    votes += 2 * any(_CONVERTED.search(text) for text in words)
    votes += 2 * ("lead" in seen.spoken)
    votes -= 2 * sum(bool(_DEAL_WORDS.search(text)) for text in words)
    votes -= 3 * ("stage" in seen.spoken)
    return votes > 0


def repeats(key: Series) -> bool:
    """Whether a key's values come several times."""
    return len(key) > 1 and key.nunique() < 0.8 * len(key)


def names_other_things(frame: Frame) -> bool:
    """Whether the rows are products, stages, sales people or deals: a column names them, each
    differently.
    """
    keys = [column for column in frame.columns if _is_other_key(split_header(str(column))[1])]
    return any(bool(frame[column].notna().all()) and frame[column].is_unique for column in keys)


def _is_other_key(words: str) -> bool:
    return bool(OTHER_KEY.match(words) or DEAL_KEY.match(words))
