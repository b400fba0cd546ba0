"""Rows of event tables as events: whose, when, how much; and what every summary of them is made of.

Comes in: event tables whose rows know their account. Goes out: events in time order, `Summary`, and
the days a summary may use. Separate because each kind of event is summed up in its own way, from
the same rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

import pandas as pd

from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.role import Column, Role
from icp_engine.intake.columns.table import Table
from icp_engine.intake.events.line_amounts import DISCOUNT, line_amounts
from icp_engine.intake.events.which_rows_count import COUNTED, take_back
from icp_engine.types import Frame, Series
from icp_engine.values.metric_kinds import kind_of
from icp_engine.values.plain_words import plain_words
from icp_engine.values.rule import ColumnRule

DAYS_PER_MONTH = 30.4375
EVENT_COLUMNS = ("account_id", "date", "amount", "quantity", "event_id", "end_date")
# What else of an event a summary may ask for → header words that say it
_PARTS: dict[str, str] = {
    "due": r"^(payment |invoice )?due\b|\bfallig|\becheance|\bvencimiento",
    "paid": r"^(paid|payment|settled)( date| on| at)?$|^date paid$|^bezahlt am$",
    "feature": r"^(feature|module|event|action|activity|function)( name| type)?$",
    "discount": DISCOUNT.pattern,
    "channel": r"^(channel|medium|utm (source|medium)|source|(activity|touch|event|engagement|interaction) type)$",
    "state": r"^(subscription |contract )?(status|state|statut|estado|zustand)$",
    "interval": r"^(billing )?(interval|frequency|period|cycle|term)$",
    "campaign": r"^(utm )?campaign( name)?$|^(asset|webinar|content)( name)?$",
}
PARTS = {part: re.compile(pattern) for part, pattern in _PARTS.items()}
_MONTHS_OF: tuple[tuple[str, float], ...] = (
    (r"\b(half|semi|six|halb)\w*|\b6\b", 6.0),
    (r"quarter|trimest|quartal|vierteljahr|kwartaal|\b3\b", 3.0),
    (r"month|monat|mensu|mens[ae]l|maand", 1.0),
    (r"year|annual|jahr|annu|anual|ano\b|jaar", 12.0),
    (r"week|woche|semaine|seman", 12.0 / 52.0),
    (r"\b(day|daily)\b|taglich", 12.0 / 365.0),
)
_INTERVALS = tuple((re.compile(pattern), months) for pattern, months in _MONTHS_OF)
_BY_MONTH = re.compile(r"\b(mrr|monthly)\b")
BOUGHT = re.compile(r"\b(plan|tier|seats?|licen[cs]es|edition|package|billing|term)\b")
PARTS_OF: dict[str, tuple[str, ...]] = {
    "invoices": ("due", "paid"),
    "usage": ("feature",),
    "subscriptions": ("state",),
    "orders": ("discount",),
    "engagement": ("channel", "campaign"),
}


@dataclass(frozen=True)
class Moments:
    """The days a summary may use, by account_id of all accounts; NaT where nothing says.

    `opened`: when the first deal was opened, else closed, else since when the account is a
    customer. `decided`: when the first deal was closed. `since`: since when the account is a
    customer.
    """

    as_of: pd.Timestamp
    opened: Series
    decided: Series
    since: Series


@dataclass(frozen=True)
class Summary:
    """What one table of events says by account: `frame` by account_id, a `Column` for each
    describing column of it.

    `frame` may hold customer_since, churned (boolean), churn_date and running_since as well.
    """

    frame: Frame
    columns: dict[str, Column] = field(default_factory=dict)


def read_events(table: Table, account_ids: Series) -> Frame:
    """Rows with account, date, amount and quantity, plus what describes them, in time order; no
    account, no row.

    Dates are whole days, as `as_of` is: what happened on its last day counts, at whatever hour.
    """
    frame = pd.DataFrame({"account_id": account_ids.to_numpy()}, index=table.frame.index)
    empty = pd.Series(float("nan"), index=table.frame.index)
    date = table.part("event_date")
    frame["date"] = (
        pd.Series(pd.NaT, index=frame.index, dtype="datetime64[ns]") if date is None else date
    )
    table = with_returns(table)
    quantity, amount = table.part("event_quantity"), table.part("event_amount")
    frame["quantity"] = empty if quantity is None else quantity
    frame["amount"] = _amount(table, empty if amount is None else amount, frame["quantity"])
    event_id = table.part("event_id")
    if event_id is not None:
        frame["event_id"] = event_id
    if (ended := table.part("churn_date")) is not None:
        frame["end_date"] = ended
    for header in table.headers("attribute", "value_metric"):
        frame[f"about {header}"] = table.clean(header)
    for part in PARTS_OF.get(table.kind, ()):
        if (said := find_part(table, part)) is not None:
            frame[f"its {part}"] = table.clean(said)
    for header in list_bought(table):
        frame[f"of {header}"] = table.clean(header)
    return in_order(frame)


def in_order(events: Frame) -> Frame:
    """Events that know their account, in time order, their times of day left out once they have
    ordered them.
    """
    known = events[events["account_id"].notna()].sort_values(["date", "account_id"], kind="stable")
    days = {name: known[name].dt.normalize() for name in ("date", "end_date") if name in known}
    return known.assign(**days).reset_index(drop=True)


def find_part(table: Table, part: str) -> str | None:
    """The header that says one of `PARTS`, whatever its role; dates where dates are asked for."""
    for header, rule in table.rules.items():
        fits = (rule.type == "date") == (part in ("due", "paid")) and rule.type != "empty"
        if fits and PARTS[part].search(split_header(header)[1]):
            return header
    return None


def list_bought(table: Table) -> list[str]:
    """Headers of a subscriptions table that say what was bought: plan, seats, billing terms."""
    if table.kind != "subscriptions":
        return []
    return [
        header
        for header in table.headers("ignore", "known_after", "attribute")
        if table.rules[header].type in ("category", "number", "boolean")
        and BOUGHT.search(split_header(header)[1])
    ]


def _amount(table: Table, amount: Series, quantity: Series) -> Series:
    """Row amounts: a unit price counts times its quantity, an amount of a subscription as that of a
    month.

    “ARR” and “annual” say a year; else the row's billing interval does where a column holds it.
    """
    if table.kind in COUNTED:
        return take_back(table, line_amounts(table, amount, quantity))
    header = table.header("event_amount")
    words = split_header(header)[1] if header is not None else ""
    if table.kind != "subscriptions" or _BY_MONTH.search(words):
        return amount
    if "arr" in words.split() or "annual" in words:
        return amount / 12
    interval = find_part(table, "interval")
    return (
        amount
        if interval is None
        else amount / table.words(interval).map(_months_of).astype("float64").fillna(1.0)
    )


def _discount(table: Table) -> Series:
    """The share 0–1 taken off each row, where a column of discounts holds shares or percentages; else
    0.
    """
    none = pd.Series(0.0, index=table.frame.index)
    header = find_part(table, "discount")
    if header is None or table.rules[header].type not in ("number", "percent"):
        return none
    share = table.clean(header).astype("float64").fillna(0.0)
    if table.rules[header].type == "percent" and share.max() > 1.0:
        share = share / 100.0
    return share if share.between(0.0, 1.0).all() else none


def with_returns(table: Table) -> Table:
    """The table with “-1” among quantities and amounts as what came back, not as a missing word."""
    back = ("-1", "-1.0")
    rules = {
        header: table.rules[header].model_copy(
            update={"missing": tuple(w for w in table.rules[header].missing if w not in back)}
        )
        for header in table.headers("event_quantity", "event_amount")
    }
    return replace(table, rules={**table.rules, **rules}) if rules else table


def _months_of(interval: object) -> float | None:
    """Months between two bills: “year” 12, “quarterly” 3, “week” 12 / 52; None where the word says
    none.
    """
    words = plain_words(str(interval))
    return next((months for pattern, months in _INTERVALS if pattern.search(words)), None)


def join_tags(owners: Series, values: Series) -> Series:
    """By account_id: every different value as one text of tags (“a; b”), in the order of the
    alphabet.
    """
    pairs = (
        pd.DataFrame({"owner": owners, "value": values})
        .dropna()
        .drop_duplicates()
        .sort_values(["owner", "value"])
    )
    names, words = pairs["owner"].to_list(), pairs["value"].astype("str").to_list()
    first = [place for place, name in enumerate(names) if place == 0 or names[place - 1] != name]
    ends = [*first[1:], len(words)] if first else []
    texts = ["; ".join(words[start:end]) for start, end in zip(first, ends, strict=True)]
    index = pd.Index([names[place] for place in first], dtype="str", name="account_id")
    return pd.Series(texts, index=index, dtype="str")


def describe(
    name: str, table: str, role: Role, values: Series, rule: ColumnRule | None = None
) -> Column:
    """The description of a column that was computed here."""
    rule = rule or ColumnRule(type="number")
    filled = float(values.notna().mean()) if len(values) else 0.0
    return Column(table, name, rule.type, role, rule, filled, int(values.nunique()))


def metric_column(name: str, table: str, values: Series) -> Column:
    """The description of a value metric that was computed here; its kind gives direction and unit."""
    kind = kind_of(split_header(name)[1])
    role = Role(
        "value_metric", 0.9, f"computed from “{table}”", direction=kind.direction, unit=kind.unit
    )
    return describe(name, table, role, values)


def known_metrics(frame: Frame, table: str) -> Summary:
    """A summary whose columns are all metrics; a metric without a single value is left out."""
    frame = frame.dropna(axis="columns", how="all")
    return Summary(frame, {name: metric_column(name, table, frame[name]) for name in frame.columns})


def summarise_churn(events: Frame, as_of: pd.Timestamp) -> Frame:
    """By account with a churn event up to as_of: churned (True) and churn_date, the last event's
    date.
    """
    last = events[~(events["date"] > as_of)].groupby("account_id", sort=True)["date"].max()
    return pd.DataFrame(
        {"churned": pd.Series(True, index=last.index, dtype="boolean"), "churn_date": last}
    )


def settle_churn(subscriptions: Frame | None, churn: Frame | None) -> Frame | None:
    """churned and churn_date by account: no subscription runs, or the customer left and started
    none since.
    """
    if subscriptions is None or "churned" not in subscriptions:
        return churn
    both = subscriptions[["churned", "churn_date"]]
    if churn is None:
        return both
    joined = churn.join(subscriptions[["running_since"]])
    gone = joined[~(joined["running_since"] > joined["churn_date"])][["churned", "churn_date"]]
    stays = both[~both.index.isin(gone.index)]
    return pd.concat([stays, gone]) if len(stays) else gone
