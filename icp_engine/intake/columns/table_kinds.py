"""What each table holds: accounts, deals, contacts, events, notes, or nothing a study uses.

Comes in: a table's headers, column rules and values. Goes out: its kind with the score and the
reason. Separate because a table's name is only a label: the content decides, and roles are read
differently in each kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from icp_engine.intake.columns.dialects import DIALECTS
from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.outcomes import names_both_outcomes
from icp_engine.intake.columns.role import TableKind
from icp_engine.types import Frame, Series
from icp_engine.values.parse import missing_mask
from icp_engine.values.rule import ColumnRule

# Kind → (pattern on a header's words, points). A pattern counts once a table, however many columns
# it fits.
_SPOKEN: dict[str, tuple[tuple[str, float], ...]] = {
    "deals": (
        (r"^(deal|opportunity|opp|mql|lead|quote|inquiry) (id|number|record id)$", 2),
        (r"\bopportunit(y|ies)\b", 2),
        (r"^deal ?(name|stage|value|amount|type|owner|status|title|size)$", 3),
        (r"^(deal pipeline|pipeline|sales process)( id| stage id| name)?$", 2),
        (r"^(stage|stage name|deal stage|sales stage)$", 2),
        (r"\b(is won|is closed|won lost|closed won|closed lost)\b", 3),
        (r"^(close|closing|closed|actual close|won) ?(date|time|value)$|^closedate$", 3),
        (r"\blost (reason|time)\b|\bloss reason\b", 2),
        (r"\bforecast category\b|^probability", 2),
        (r"^lead status$", 4),
        (r"^(won|outcome)$", 3),
        (r"\bexpected (close|revenue)\b", 2),
        (r"^first contact date$", 2),
        (r"^(rfp|rfi|next step)$", 1),
        (r"^amount$", 1),
        (r"^lead source$", 0.5),
        (r"^(created|create) ?date$", 0.5),
    ),
    "accounts": (
        (r"\bindustry\b|^sector$|^vertical$", 3),
        (r"\b(employees|head ?count|company size|comp size)\b", 3),
        (r"\bannual ?revenue\b", 2),
        (r"^(account|company|organi[sz]ation|customer) name$", 2),
        (r"^(company domain name|domain|website)$", 1.5),
        (r"^(account|customer) type$", 2),
        (r"\b(founded|year established)\b", 2),
        (r"\bcustomer since\b|^sign ?up date$", 3),
        (
            r"\b(c?ltv|clv|life ?time value|nrr|nps|health score|total spend|total revenue|gross revenue)\b",
            3,
        ),
        (r"\bbilling (city|country|state)\b|^(country|region|hq|city|state)\b", 1),
        (r"^parent (account|company|id)$", 1),
        (r"^total (spent|orders)$|^orders? count$|^(lifetime|total) orders$", 3),
        (r"^domains$|\bemployee (range|count)\b", 2),
        (r"^churn(ed)?( flag| value| label)?$", 2),
        (r"^(account|company)$", 1.5),
        (r"^ownership$|^sic|^naics", 1),
        (r"\btenure\b|\bmonthly charges\b", 2),
        (r"^(tech stack|crm)$", 1),
        (r"^(arr|mrr)$", 1),
        (r"^revenue$", 1),
    ),
    "contacts": (
        (r"^(first ?name|given name|vorname)$", 2),
        (r"^(last ?name|surname|nachname)$", 2),
        (r"^contact id$", 3),
        (r"^(e ?mail|email address|work email)$", 2),
        (r"^job ?title$", 4),
        (r"^mobile( phone)?( number)?$", 1),
        (r"^(title|salutation|reports to id|department)$", 1),
        (r"^contact name$", 1),
        (r"\bmailing\b", 2),
        (r"^contact owner$", 2),
    ),
    "orders": (
        (r"^(order|invoice|transaction|receipt|sale) ?(id|no|number)$|^invoice$", 3),
        (r"^quantity$|^qty$|^number of \w+$", 1.5),
        (r"^(order|invoice|transaction|purchase|ordered|sale) ?(date|at|purchase timestamp)$", 3),
        (r"^unit ?price$", 3),
        (r"^(dollar value|order (value|total|amount)|payment value|line total|total price)$", 2),
        (r"\b(sku|stock code)\b", 2),
        (r"^(shipped|required) date$|^ship(ping)? ", 1.5),
        (r"^discount", 1),
        (r"^(product )?category$", 0.5),
        (r"^line ?item (name|price|quantity|sku)$", 4),
        (r"^(financial|fulfil+ment) status$", 3),
        (r"^(document|transaction|doc) (number|no|nr)$", 3),
    ),
    "subscriptions": (
        (r"^subscription ?(id|number)$", 3),
        (r"\bmrr\b|\bmonthly (recurring|price|fee)\b", 2),
        (r"\barr\b", 1),
        (r"^(start|started|subscription start) ?(date|at)?$", 2),
        (r"^(end|ended|subscription end|valid to) ?(date|at)?$", 2),
        (r"\bbilling (frequency|period|cycle|interval)\b", 2),
        (r"\bauto renew\b|\brenewal date\b", 2),
        (r"^plan|^seats$", 1),
        (r"^interval$|^current period (start|end)$|^trial (start|end)$", 3),
        (r"^(cancel+ed|ended) ?(at|on|date)$", 2),
    ),
    "invoices": (
        (r"^(invoice|bill|rechnungs?) ?(id|no|nr|number|nummer|date|datum)$|^invoice$", 3),
        (
            r"^(due|payment due|invoice due) ?(date|on)?$|^date due$|^fallig\w*|^echeance$|^vencimiento$",
            6,
        ),
        (r"^(paid|payment|settled) ?(date|on|at)$|^date paid$|^bezahlt am$", 3),
        (r"^(invoice|payment) status$|^(is )?paid$|^overdue|^days (late|overdue)$", 1.5),
    ),
    "usage": (
        (r"^usage ?(id|date|count)$|^usage", 4),
        (r"^feature( name)?$", 3),
        (r"^(sessions|logins|page views|events)$", 3),
        (r"^event (name|type)$", 3),
        (r"\bduration\b", 1),
        (r"^error count$", 1),
        (r"^active (users|days)$", 2),
    ),
    "tickets": (
        (r"^(ticket|case|issue) ?(id|number)$", 5),
        (r"^priority$|^severity$", 2),
        (r"\bresolution\b|\bfirst response\b", 3),
        (r"^submitted ", 2),
        (r"\bsatisfaction\b|^csat$", 1),
        (r"\bescalat\w*\b", 1),
    ),
    "surveys": (
        (r"\bnps\b|\bnet promoter\b|\blikelihood to recommend\b", 4),
        (r"^(survey|response|respondent) ?(id|date|name|at)?$|^responded at$|^answered at$", 3),
        (r"^(score|rating|answer|csat|ces)$", 1.5),
    ),
    "engagement": (
        (
            r"^(touch|touch ?point|engagement|interaction|marketing activity|marketing event) ?(id|type|date|name)?$",
            4,
        ),
        (
            r"^(campaign|campaign name|utm campaign|asset|content|webinar|form|landing page)( name)?$",
            2,
        ),
        (r"^(channel|medium|utm (source|medium))$", 1.5),
        (r"^(activity|event) (date|type|name)$", 1.5),
        (r"^(clicked|opened|opens?|clicks?|responded|attended|subject)$", 1.5),
    ),
    "campaigns": (
        (r"^(campaign|campaign name|campaign id|channel|utm campaign|lead source|source)$", 2),
        (
            r"^(cost|costs|spend|ad spend|(media|campaign|marketing|actual) cost|amount spent|total spend)$",
            4,
        ),
        (r"^(impressions|clicks|leads|budget)$", 1),
    ),
    "churn": (
        (r"^churn event id$|^cancellation id$", 5),
        (r"^(churn|cancellation|cancel) date$", 3),
        (r"\breason code\b|\bchurn reason\b", 2),
        (r"^refund", 2),
        (r"^is reactivation$", 2),
        (r"^feedback", 1),
    ),
    "notes": (
        (
            r"^(note|notes|note text|transcript|interview|comment|comments|quote|verbatim|summary|text|answer)$",
            4,
        ),
        (r"^note (id|date)$|^interview (date|id)$|^interviewee$", 3),
        (r"^(author|topic|source)$", 0.5),
        (r"^(call|meeting|conversation) (id|title|url|brief|summary)$", 3),
        (r"^(brief|key points|highlights|outline|next steps)$", 3),
        (r"^(participants|attendees)$", 2),
    ),
}
# What languages say, and what each CRM says besides
SIGNS: dict[str, tuple[tuple[re.Pattern[str], float], ...]] = {
    kind: tuple(
        (re.compile(sign), worth)
        for sign, worth in (
            *signs,
            *((sign, worth) for crm in DIALECTS for of, sign, worth in crm.signs if of == kind),
        )
    )
    for kind, signs in _SPOKEN.items()
}
_KEY = re.compile(r" ?(id|no|number|code|key)$")
_USER_TABLE = re.compile(f"^({'|'.join(crm.user_fields for crm in DIALECTS if crm.user_fields)})$")
_DEAL_KEY = re.compile(r"^(deal|opportunity|opp|mql|lead|quote|inquiry) (id|number)$")
_ACCOUNT_KEY = re.compile(
    r"^(account|company|customer|client|organi[sz]ation|org|seller|merchant|user|member) ?(id|no|number|code|key)$"
    r"|^(account|company|customer|client|organi[sz]ation)( name)?$"
)
_OTHER_KEY = re.compile(  # what names something else than an account, where every row has its own
    r"^(product|sku|item|plan|feature|campaign|stage|pipeline|sales (agent|rep|person)|agent|owner|user|employee"
    r"|team|manager|field|metric|currency)( (id|name|code|number))?$"
)
_USERS = "a list of the CRM's own users"
MIN_POINTS = 3.0


@dataclass(frozen=True)
class Kind:
    """A table's kind, its points, and what they rest on."""

    name: TableKind
    points: float
    reason: str


def infer_kind(frame: Frame, rules: dict[str, ColumnRule], sample: Frame) -> Kind:
    """The kind with most points, “unknown” under `MIN_POINTS`. Header words count first, then keys
    and values.

    `sample`: the first rows with missing words blanked; whether a key repeats is asked of the whole
    `frame`.
    """
    words = {str(column): split_header(str(column)) for column in frame.columns}
    found = {kind: _header_points(kind, words) for kind in SIGNS}
    points = {kind: total for kind, (total, _) in found.items()}
    _add_values(points, frame, sample, rules, {column: text for column, (_, text) in words.items()})
    if sum(bool(_USER_TABLE.match(text)) for _, text in words.values()) >= 2:
        return Kind("unknown", 0.0, _USERS)
    best = max(points, key=lambda kind: points[kind])
    if points[best] < MIN_POINTS:
        return Kind("unknown", points[best], "neither headers nor values say what it holds")
    signs = ", ".join(found[best][1][:4]) or "its values"
    return Kind(cast(TableKind, best), points[best], f"because of {signs}")


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


def _add_values(
    points: dict[str, float],
    frame: Frame,
    sample: Frame,
    rules: dict[str, ColumnRule],
    words: dict[str, str],
) -> None:
    """Points from keys (an account that repeats is an event), outcomes in words, and long texts."""
    deal_key = next((column for column, text in words.items() if _DEAL_KEY.match(text)), None)
    account_key = next((column for column, text in words.items() if _ACCOUNT_KEY.match(text)), None)
    if account_key is not None and deal_key is None and _KEY.search(words[account_key]):
        # an id of accounts, and something about them
        points["accounts"] += 1.5 if len(frame.columns) >= 3 else 0
    if deal_key is not None and _repeats(_known(frame, deal_key, rules)):
        points["deals"] -= 4
    if account_key is not None:
        points["campaigns"] = 0.0  # what a campaign cost names no customer
        _add_account_key(points, _known(frame, account_key, rules), rules)
    if any(
        names_both_outcomes(sample[column])
        for column in sample.columns
        if _few_words(rules.get(str(column)))
    ):
        points["deals"] += 4
    if len(frame.columns) <= 7 and any(rule.type == "text" for rule in rules.values()):
        points["notes"] += 2
    dated = any(rule.type == "date" for rule in rules.values())
    if (
        deal_key is not None
        and not dated
        and len(frame.columns) - _ids(rules) <= 1
        and len(frame.columns) <= 4
    ):
        points["deals"] -= 3  # a table of ids only links other tables


def _add_account_key(points: dict[str, float], key: Series, rules: dict[str, ColumnRule]) -> None:
    types = [rule.type for rule in rules.values()]
    if not _repeats(key):
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
    if "date" in types and ({"number", "money"} & set(types)) and len(types) <= 8:
        points["orders"] += 2


def _known(frame: Frame, column: str, rules: dict[str, ColumnRule]) -> Series:
    return frame[column][~missing_mask(frame[column], rules[column]).to_numpy(dtype=bool)]


def _repeats(key: Series) -> bool:
    return len(key) > 1 and key.nunique() < 0.8 * len(key)


def _few_words(rule: ColumnRule | None) -> bool:
    return rule is not None and rule.type in ("category", "text")


def _ids(rules: dict[str, ColumnRule]) -> int:
    return sum(rule.type == "id" for rule in rules.values())


def settle_kinds(
    kinds: dict[str, Kind], frames: dict[str, Frame], rules: dict[str, dict[str, ColumnRule]]
) -> dict[str, Kind]:
    """Kinds of all tables together: where none holds accounts, deals or transactions, the best
    candidate is taken.
    """
    if any(
        kind.name in ("accounts", "deals", "orders", "subscriptions") for kind in kinds.values()
    ):
        return kinds
    for name, frame in frames.items():
        if _could_be_accounts(frame, rules[name], kinds[name]):
            reason = "no other table holds accounts, and this one describes one thing a row"
            return {**kinds, name: Kind("accounts", 1.0, reason)}
    return kinds


def _could_be_accounts(frame: Frame, rules: dict[str, ColumnRule], kind: Kind) -> bool:
    if kind.name == "contacts":
        words = [split_header(str(column))[1] for column in frame.columns]
        signs = [pattern for pattern, worth in SIGNS["accounts"] if worth >= 2]
        return any(pattern.search(said) for said in words for pattern in signs)
    describing = sum(
        rule.type in ("category", "number", "money", "range", "tags", "boolean", "percent")
        for rule in rules.values()
    )
    return (
        kind.name == "unknown"
        and kind.reason != _USERS
        and describing >= 3
        and not _names_other_things(frame)
    )


def _names_other_things(frame: Frame) -> bool:
    """Whether the rows are products, stages, sales people or deals: a column names them, each
    differently.
    """
    keys = [column for column in frame.columns if _is_other_key(split_header(str(column))[1])]
    return any(bool(frame[column].notna().all()) and frame[column].is_unique for column in keys)


def _is_other_key(words: str) -> bool:
    return bool(_OTHER_KEY.match(words) or _DEAL_KEY.match(words))
