"""What was understood in six lines, in the user's words, each with what may be chosen instead.

Comes in: facts and what they were found in. Goes out: `Line`s. Separate because the page shows them
and the command line prints them, in the same words.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from icp_engine.customers.best import by_importance
from icp_engine.customers.model import Metric
from icp_engine.facts.candidates import (
    amount_candidates,
    best_meanings,
    closed_candidates,
    day_candidates,
    is_told,
    left_candidates,
    outcome_candidates,
)
from icp_engine.facts.doubt import IN_DOUBT
from icp_engine.facts.model import Answer, Choice, Fact, Facts, Line
from icp_engine.facts.open_points import Seen
from icp_engine.intake.columns.table import Table
from icp_engine.wording.currency import money
from icp_engine.wording.dates import date
from icp_engine.wording.numbers import count, plural
from icp_engine.wording.sentences import first_few, listed, quote, sentence

NAMED = 3  # metrics, tables and columns named in a line
OPTIONS_MOST = 12  # columns to choose from
MEAN = "aov"  # the kind of money of which a sum over accounts says nothing
CUT = 40  # characters of a value named in a line
WON_BY, CLOSED_BY = "Column that says who won", "Column with the day a deal closed"
LEFT_BY, COUNTED = "Column that says who left", "What counts as worth"
KINDS: dict[str, str] = {
    "accounts": "accounts",
    "deals": "deals",
    "leads": "leads",
    "contacts": "contacts",
    "orders": "orders",
    "invoices": "invoices",
    "subscriptions": "subscriptions",
    "usage": "usage",
    "tickets": "tickets",
    "surveys": "survey answers",
    "notes": "notes",
    "engagement": "marketing contacts",
    "campaigns": "campaigns",
    "churn": "cancellations",
    "unused": "not used",
}
OFFERED = (
    "accounts",
    "deals",
    "orders",
    "invoices",
    "subscriptions",
    "contacts",
    "tickets",
    "unused",
)


def find_lines(seen: Seen, facts: Facts) -> tuple[Line, ...]:
    """What each file is, who bought, what a customer is worth, who left, when, how files join."""
    return (
        _files(seen, facts),
        _bought(seen, facts),
        _worth(seen, facts),
        _left(seen, facts),
        _when(seen, facts),
        _joined(seen, facts),
    )


# ------------------------------------------------------------------ the lines


def _files(seen: Seen, facts: Facts) -> Line:
    kinds: dict[str, str] = facts.tables.value
    named = [
        f"“{name}” ({plural(len(table.frame), 'row')}): {KINDS.get(kinds[name], kinds[name])}"
        for name, table in seen.tables.items()
    ]
    text = f"{first_few(named, 6)}. {plural(facts.accounts.value, 'account')} in all."
    choices = tuple(_kind_choice(seen, table) for table in seen.tables.values())
    return Line("files", "What each file is", text, facts.tables.by, facts.tables.sure, choices)


def _bought(seen: Seen, facts: Facts) -> Line:
    title = "Who bought"
    customers = plural(facts.customers.value, "customer")
    if not facts.deals.value:
        by = f" by {_columns(facts.customers)}" if facts.customers.by else ""
        text = f"{customers}{by}; there are no deals."
        if not by and facts.customers.value == facts.accounts.value > 1:
            text = f"All {count(facts.customers.value)} accounts count as customers; there are no deals."
        return Line("bought", title, text, facts.customers.by, facts.customers.sure)
    told = f"{count(facts.won.value)} won, {count(facts.lost.value)} lost, {count(facts.open.value)} open"
    values = _outcome_values(seen)
    text = f"{plural(facts.deals.value, 'deal')}: {told}{values}; {customers}."
    if not facts.won.by:
        who = f"; {customers}" if facts.customers.value else ", so it is not known who bought"
        text = f"{plural(facts.deals.value, 'deal')}, and no column says which were won{who}."
    sure = facts.won.sure if facts.won.by else 0.0
    choices = tuple(_outcome_choice(seen, table) for table in seen.of_kind("deals")[:2])
    return Line("bought", title, text, facts.won.by, sure, _worth_offering(choices))


def _outcome_values(seen: Seen) -> str:
    """The values that the first outcome column holds: “ (by “Won”, “Lost”, “Proposal” and 2 more)”."""
    for table in seen.of_kind("deals"):
        header = table.header("won") or table.header("stage")
        if header is not None:
            texts = [quote(value, CUT) for value in table.words(header).value_counts().index]
            return f" (by {first_few(texts, NAMED)})" if texts else ""
    return ""


def _worth(seen: Seen, facts: Facts) -> Line:
    metrics = () if seen.customers is None else seen.customers.metrics
    shown = [metric for metric in metrics if metric.weight > 0]
    ordered = sorted(by_importance(tuple(shown)), key=lambda metric: not _adds_up(metric))
    named = [_say_metric(seen, metric, facts) for metric in ordered]
    text = sentence(first_few(named, NAMED)) if named else _no_worth(seen, facts)
    spare = [
        f"“{header}”" for table, header in _spare(seen) if not is_told(table, header)
    ]  # what describes a company is used, as that
    if spare:
        text += f" Not counted: {first_few(spare, NAMED)}."
    sure = facts.value.sure if named else 0.0
    by = facts.value.by if named else ()
    return Line("worth", "What a customer is worth", text, by, sure, _worth_choices(seen))


def _no_worth(seen: Seen, facts: Facts) -> str:
    paid = seen.intake.deals["amount"].notna().any() if facts.deals.value else False
    if paid and not facts.won.value:
        return "Not known before it is known which deals were won."
    return "Nothing says what a customer is worth."


def _say_metric(seen: Seen, metric: Metric, facts: Facts) -> str:
    """The sum of money, over how many accounts; of rates and days, how many it is known of where
    some lack it.
    """
    assert seen.customers is not None
    known = int(seen.customers.accounts[metric.name].notna().sum())
    if _adds_up(metric):
        total = money(facts.value.value[metric.name], seen.intake.currency)
        return f"{metric.label} ({total} over {plural(known, 'account')})"
    some = known < facts.customers.value
    lacking = f" (known of {count(known)} of {count(facts.customers.value)})" if some else ""
    return f"{metric.label}{lacking}"


def _adds_up(metric: Metric) -> bool:
    return metric.unit == "$" and metric.kind != MEAN


def _left(seen: Seen, facts: Facts) -> Line:
    title = "Who left"
    choices = _worth_offering(
        tuple(_left_choice(seen, table) for table in seen.of_kind("accounts")[:1])
    )
    if facts.left.value is None:
        return Line("left", title, "Nothing says who left.", (), 1.0, choices)
    how = "" if seen.intake.churn_basis != "estimate" else f" {seen.intake.churn_rule}"
    text = f"{count(facts.left.value)} of {_could_leave(seen)} left.{how}"
    sure = IN_DOUBT if seen.intake.churn_basis == "estimate" else facts.left.sure
    return Line("left", title, text, facts.left.by, sure, choices)


def _could_leave(seen: Seen) -> str:
    """The customers, where nobody else is said to have left; else the accounts that are known."""
    churned = seen.intake.accounts["churned"]
    if seen.customers is not None:
        gone = churned.index[churned.eq(True).fillna(False).to_numpy(dtype=bool)]
        bought = seen.customers.is_customer
        if bought.reindex(gone, fill_value=False).all():
            return plural(int(bought.sum()), "customer")
    return plural(int(churned.notna().sum()), "account")


def _when(seen: Seen, facts: Facts) -> Line:
    choices = _worth_offering(
        tuple(_closed_choice(seen, table) for table in seen.of_kind("deals")[:2])
    )
    first, last = facts.first_closed, facts.last_closed.value
    none: tuple[str, ...] = ()
    text, by, sure = "No day of a sale is known.", none, 1.0
    if first.value is not None:
        text = f"Deals were won or lost from {_say(first.value)} to {_say(last)}."
        by, sure = first.by, first.sure
    else:
        text, by, sure = _other_days(seen) or (text, by, sure)
    unsure = {f"{table}.{column}" for table, column in seen.problem_columns("dates-ambiguous")}
    if unsure & set(by):
        sure = min(sure, IN_DOUBT)
    return Line("when", "When", text, by, sure, choices)


def _other_days(seen: Seen) -> tuple[str, tuple[str, ...], float] | None:
    """The days deals end on, though none is known as won or lost; else those of events, or those
    customers began on.
    """
    ends = seen.intake.deals["closed_date"].dropna()
    if len(ends):
        text = f"Deals end between {date(ends.min())} and {date(ends.max())}."
        return text, *_rests(seen, [table.name for table in seen.of_kind("deals")], "closed_date")
    for name, rows in seen.intake.events.items():
        dates = rows["date"].dropna()
        if len(dates) and name in seen.tables:
            text = f"“{name}” runs from {date(dates.min())} to {date(dates.max())}."
            return text, *_rests(seen, [name], "event_date")
    accounts = seen.intake.accounts
    days = accounts["customer_since"].dropna() if "customer_since" in accounts else pd.Series()
    if not len(days):
        return None
    text = f"Customers began from {date(days.min())} to {date(days.max())}."
    names = [table.name for table in seen.of_kind("accounts")]
    return text, *_rests(seen, names, "customer_since")


def _rests(seen: Seen, names: list[str], role: str) -> tuple[tuple[str, ...], float]:
    """The columns with that role, and how sure the least sure of them is."""
    found = [(name, header) for name in names for header in seen.tables[name].headers(role)]
    scores = [seen.tables[name].roles[header].score for name, header in found]
    return tuple(f"{name}.{header}" for name, header in found), min(scores, default=0.5)


def _say(day: str) -> str:
    return date(pd.Timestamp(day))


def _joined(seen: Seen, facts: Facts) -> Line:
    title = "How files join"
    joins = [join for join in seen.intake.joins if join.named]
    became = _leads_that_became(seen)
    if not joins:
        alone = len(seen.tables) < 2
        text = "One table, nothing to join." if alone else "No file names accounts of another one."
        return Line("joined", title, became or text, (), 1.0)
    found = [
        f"“{join.table}” {count(join.matched)} of {plural(join.named, 'row')}" for join in joins
    ]
    text = f"Rows that found their account: {first_few(found, 4)}. {became}".strip()
    by = tuple(
        f"{join.table}.{column}"
        for join in joins
        if join.table in seen.tables
        for column in seen.tables[join.table].headers("account_id", "account_name")[:1]
    )
    return Line(
        "joined", title, text, by, round(min(join.matched / join.named for join in joins), 2)
    )


def _leads_that_became(seen: Seen) -> str:
    """“leads” holds 400 leads: 143 became deals, told by id.”; “” where no leads stand beside deals."""
    told = [problem for problem in seen.intake.problems if problem.code == "leads-apart"]
    return " ".join(f"{problem.message.partition(' Who won ')[0]}" for problem in told)


def _columns(fact: Fact) -> str:
    return listed([f"“{one.split('.', 1)[1]}”" for one in fact.by[:NAMED]])


# ------------------------------------------------------------------ what may be chosen instead


def _kind_choice(seen: Seen, table: Table) -> Choice:
    own = "unused" if table.kind == "unknown" else str(table.kind)
    kinds = list(dict.fromkeys((own, *OFFERED)))
    options = tuple(
        Answer(KINDS.get(kind, kind).capitalize(), seen.with_kinds({table.name: kind}))
        for kind in kinds
    )
    return Choice(table.name, options, 0)


def _role_choice(
    seen: Seen,
    table: Table,
    label: str,
    role: str,
    headers: list[str],
    holder: str | None,
) -> Choice:
    """Columns of which one may play a part; none of them too."""
    names = list(dict.fromkeys((*([holder] if holder else []), *headers)))[:OPTIONS_MOST]
    options = [Answer(name, _choose(seen, table, name, role, holder)) for name in names]
    nothing = (
        seen.with_roles(table.name, {holder: "ignore"})
        if holder
        else {"roles": seen.settings.roles}
    )
    options.append(Answer("No column", nothing))
    return Choice(label, tuple(options), 0 if holder else len(options) - 1)


def _worth_offering(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Without those that leave nothing to choose."""
    return tuple(choice for choice in choices if len(choice.options) > 1)


def _choose(seen: Seen, table: Table, header: str, role: str, holder: str | None) -> dict[str, Any]:
    """The column plays the part, and the one that did before plays none."""
    before = {holder: "ignore"} if holder and holder != header else {}
    settings = seen.with_roles(table.name, {**before, header: role})
    if role == "won" and holder != header:
        meant = next(iter(best_meanings(seen, table, header)), {})
        settings |= seen.with_meanings(header, meant) if meant else {}
    return settings


def _outcome_choice(seen: Seen, table: Table) -> Choice:
    holder = table.header("won") or table.header("stage")
    headers = [one.header for one in outcome_candidates(seen, table)]
    role = "stage" if holder and holder == table.header("stage") else "won"
    return _role_choice(seen, table, WON_BY, role, headers, holder)


def _closed_choice(seen: Seen, table: Table) -> Choice:
    headers = [one.header for one in closed_candidates(seen, table)]
    headers += table.headers("created_date")
    return _role_choice(seen, table, CLOSED_BY, "closed_date", headers, table.header("closed_date"))


def _left_choice(seen: Seen, table: Table) -> Choice:
    states = [one.header for one in left_candidates(seen, table)]
    days = [one.header for one in day_candidates(seen, table)]
    holder = table.header("churned") or table.header("churn_date")
    role = "churn_date" if holder and holder == table.header("churn_date") else "churned"
    choice = _role_choice(seen, table, LEFT_BY, role, states, holder)
    by_day = tuple(
        Answer(header, seen.with_roles(table.name, {header: "churn_date"}))
        for header in days
        if header != holder
    )[:OPTIONS_MOST]
    place = choice.chosen
    last = len(choice.options) - 1
    options = (*choice.options[:last], *by_day, choice.options[last])
    return Choice(choice.label, options, len(options) - 1 if place == last else place)


def _spare(seen: Seen) -> list[tuple[Table, str]]:
    """Columns of numbers that could say what a customer is worth, and are not used so."""
    return [
        (table, one.header)
        for table in seen.of_kind("accounts")
        for one in amount_candidates(seen, table)
        if table.roles[one.header] != "value_metric" and one.score >= 0.5
    ]


def _worth_choices(seen: Seen) -> tuple[Choice, ...]:
    """A further column that says what a customer is worth, or one used that does not."""
    options = [Answer("As it stands", {"roles": seen.settings.roles})]
    options += [
        Answer(f"Also {header}", seen.with_roles(table.name, {header: "value_metric"}))
        for table, header in _spare(seen)[:OPTIONS_MOST]
    ]
    options += [
        Answer(f"Not {header}", seen.with_roles(table.name, {header: "known_after"}))
        for table in seen.of_kind("accounts")
        for header in table.headers("value_metric")[:OPTIONS_MOST]
    ]
    return (Choice(COUNTED, tuple(options), 0),) if len(options) > 1 else ()
