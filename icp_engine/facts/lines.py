"""What was understood in six lines, in the user's words, each with what may be chosen instead.

Comes in: facts and what they were found in. Goes out: `Line`s. Separate because the page shows them
and the command line prints them, in the same words.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from icp_engine.customers.best import by_importance
from icp_engine.customers.model import Metric
from icp_engine.facts.candidates import (
    account_candidates,
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
from icp_engine.intake.joining.deals import read_won
from icp_engine.intake.joining.joins_and_summaries import TableJoin
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
SINCE_BY, DATED_BY = "Column with the day customers began", "Column with the day"
PAID_BY, NAMED_BY = "Column with the amount", "Column that names the customer"
NAMED_VALUES = 2  # values of the outcome named for won, lost and open each
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
NOBODY = (
    "Nothing says who bought: no deals, no payments, no column with the day they became customers."
)
EXPLAINS = "says more about values of the deals"
PAID = ("orders", "invoices", "subscriptions")  # kinds of tables that hold payments
IN_REACH = 0.05  # how well a column must fit to be offered as the customer's
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
    seen = replace(seen, offer_given=True, ranked={})
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
    explain = {name for name, _ in seen.problem_columns("table-lookup")}
    used = sorted(seen.tables.values(), key=lambda table: kinds[table.name] == "unused")
    named = [
        f"“{table.name}” ({plural(len(table.frame), 'row')}): "
        f"{EXPLAINS if table.name in explain else KINDS.get(kinds[table.name], kinds[table.name])}"
        for table in used
    ]
    if not named:
        return Line("files", "What each file is", "No table with rows was read.", (), 0.0)
    text = f"{first_few(named, 6)}. {plural(facts.accounts.value, 'account')} in all."
    choices = tuple(_kind_choice(seen, table) for table in used)
    return Line("files", "What each file is", text, facts.tables.by, facts.tables.sure, choices)


def _bought(seen: Seen, facts: Facts) -> Line:
    title = "Who bought"
    customers = plural(facts.customers.value, "customer")
    if not facts.deals.value:
        by = f" by {_columns(facts.customers)}" if facts.customers.by else ""
        text = f"{customers}{by}; there are no deals."
        if not facts.customers.value:
            paid = [f"“{table.name}”" for table in seen.of_kind(*PAID)]
            text = f"Not known before it is known who paid in {listed(paid)}." if paid else NOBODY
            return Line("bought", title, text, (), 0.0, _since_choices(seen))
        if not by and facts.customers.value == facts.accounts.value > 1:
            text = f"All {count(facts.customers.value)} accounts count as customers; there are no deals."
        return Line(
            "bought", title, text, facts.customers.by, facts.customers.sure, _since_choices(seen)
        )
    told = _outcomes(seen, facts)
    text = f"{plural(facts.deals.value, 'deal')}: {told}; {customers}{_beside_deals(seen, facts)}."
    if not facts.won.by:
        who = f"; {customers}" if facts.customers.value else ", so it is not known who bought"
        text = f"{plural(facts.deals.value, 'deal')}, and no column says which were won{who}."
    sure = facts.won.sure if facts.won.by else 0.0
    choices = tuple(_outcome_choice(seen, table) for table in seen.of_kind("deals")[:2])
    return Line("bought", title, text, facts.won.by, sure, _worth_offering(choices))


def _outcomes(seen: Seen, facts: Facts) -> str:
    """“20 won (“Closed Won”), 12 lost (“Closed Lost”), 5 open (“Proposal”, “Demo” and 1 more)”."""
    held: dict[str, dict[str, str]] = {"won": {}, "lost": {}, "open": {}}
    for table in seen.of_kind("deals"):
        header = table.header("won") or table.header("stage")
        if header is None:
            continue
        words = table.frame[header].where(table.words(header).notna())  # as written in the file
        read = read_won(table).map({True: "won", False: "lost"}).astype("object").fillna("open")
        for outcome, text in pd.DataFrame({"is": read, "as": words}).value_counts().index:
            held[outcome].setdefault(str(text).casefold(), quote(text, CUT))
    numbers = {"won": facts.won.value, "lost": facts.lost.value, "open": facts.open.value}
    return ", ".join(
        f"{count(number)} {outcome}{_held(list(held[outcome].values()) if number else [])}"
        for outcome, number in numbers.items()
    )


def _held(values: list[str]) -> str:
    return f" ({first_few(values, NAMED_VALUES)})" if values else ""


def _beside_deals(seen: Seen, facts: Facts) -> str:
    """“, 57 of them by “Customer since” alone”: customers of whom no deal was won."""
    if seen.customers is None:
        return ""
    deals = seen.customers.deals
    winners = deals.loc[deals["won"].eq(True).fillna(False).to_numpy(dtype=bool), "account_id"]
    bought = seen.customers.is_customer
    others = int((bought & ~bought.index.isin(winners)).sum())
    by = tuple(one for one in facts.customers.by if one not in facts.won.by)
    if not others or not by:
        return ""
    which = "all" if others == facts.customers.value else f"{count(others)} of them"
    return f", {which} by {_columns(replace(facts.customers, by=by))} alone"


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
    choices = (*_worth_choices(seen), *_amount_choices(seen))
    return Line("worth", "What a customer is worth", text, by, sure, choices)


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
    if not facts.deals.value:
        choices = (*_dated_choices(seen), *_since_choices(seen))
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
    joins = [
        join
        for join in seen.intake.joins
        if join.named and seen.tables[join.table].kind != "unknown"
    ]
    choices = _account_choices(seen)
    became = _leads_that_became(seen)
    if not joins:
        if len(seen.tables) > 1:
            text = became or "No file names accounts of another one."
            return Line("joined", title, text, (), 1.0, choices)
        by, sure = _named_by(seen)
        text = f"One table, nothing to join{_says_whose(by)}."
        return Line("joined", title, text, by, sure, choices)
    found = [
        f"“{join.table}” {count(join.matched)} of {plural(join.named, 'row')}" for join in joins
    ]
    text = f"Rows that found their account: {first_few(found, 4)}. {became}".strip()
    by = tuple(f"{join.table}.{column}" for join in joins for column in _joins_by(seen, join))
    sure = round(min(join.matched / join.named for join in joins), 2)
    return Line("joined", title, text, by, sure, choices)


def _named_by(seen: Seen) -> tuple[tuple[str, ...], float]:
    """The column that names the customer in the only table, and how sure that is."""
    for table in seen.tables.values():
        for role in ("account_name", "account_id"):
            if table.kind != "unknown" and (header := table.header(role)):
                return (f"{table.name}.{header}",), table.roles[header].score
    return (), 1.0


def _says_whose(by: tuple[str, ...]) -> str:
    return f"; “{by[0].split('.', 1)[1]}” names the customer" if by else ""


def _joins_by(seen: Seen, join: TableJoin) -> list[str]:
    """The column that most rows of a table found their account by."""
    table = seen.tables.get(join.table)
    if table is None:
        return []
    by_name = max(join.by, key=lambda how: join.by[how], default="") in ("name", "domain")
    roles = ["account_id", "account_name"]
    ordered = reversed(roles) if by_name else roles
    return [header for role in ordered for header in table.headers(role)][:1]


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


def _amount_choices(seen: Seen) -> tuple[Choice, ...]:
    """The amount of deals; where there are none, of the longest table that holds payments."""
    tables = seen.of_kind("deals")[:1] or seen.of_kind(*PAID)[:1]
    return _worth_offering(
        tuple(
            _role_choice(
                seen,
                table,
                PAID_BY,
                role := "amount" if table.kind == "deals" else "event_amount",
                [one.header for one in amount_candidates(seen, table)],
                table.header(role),
            )
            for table in tables
        )
    )


def _dated_choices(seen: Seen) -> tuple[Choice, ...]:
    """The day of the longest table of payments."""
    return _worth_offering(
        tuple(
            _role_choice(
                seen,
                table,
                DATED_BY,
                "event_date",
                [one.header for one in day_candidates(seen, table)],
                table.header("event_date"),
            )
            for table in seen.of_kind(*PAID)[:1]
        )
    )


def _since_choices(seen: Seen) -> tuple[Choice, ...]:
    """The day the accounts became customers."""
    return _worth_offering(
        tuple(
            _role_choice(
                seen,
                table,
                SINCE_BY,
                "customer_since",
                [one.header for one in day_candidates(seen, table)],
                table.header("customer_since"),
            )
            for table in seen.of_kind("accounts")[:1]
        )
    )


def _account_choices(seen: Seen) -> tuple[Choice, ...]:
    """Whose rows they are, of each table that could name accounts."""
    found = [_account_choice(seen, table) for table in seen.of_kind("deals", *PAID)]
    return _worth_offering(tuple(found))


def _account_choice(seen: Seen, table: Table) -> Choice:
    """The columns in use, then others that could name the account; one chosen stands alone."""
    held = table.headers("account_id", "account_name")
    others = [one.header for one in account_candidates(seen, table) if one.score >= IN_REACH]
    options = [Answer(listed(held), {"roles": seen.settings.roles})] if held else []
    for header in dict.fromkeys((*(held if len(held) > 1 else []), *others)):
        given = seen.with_account(table, header)
        if header in held:
            given = seen.with_roles(table.name, {header: str(table.roles[header])})
        idle = {one: "ignore" for one in held if one != header}
        options.append(Answer(header, seen.with_roles(table.name, idle, given) if idle else given))
    options = options[:OPTIONS_MOST]
    label = NAMED_BY if len(seen.tables) == 1 else f"{NAMED_BY} in {table.name}"
    if not held:
        options.append(Answer("No column", {"roles": seen.settings.roles}))
    return Choice(label, tuple(options), 0 if held else len(options) - 1)


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
