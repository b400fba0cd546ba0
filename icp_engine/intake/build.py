"""Raw tables in, accounts and deals out: the whole of intake in the order in which it happens.

Comes in: {table name: raw DataFrame} and settings. Goes out: `Intake`. Separate because this is the
one place that knows all tables at once: accounts first, deals and events joined to them, then
dates, scope and unit.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd

from icp_engine.intake.columns.derived import add_made, unknown_groupings
from icp_engine.intake.columns.given_roles import tell_days
from icp_engine.intake.columns.header_spellings import COMPANY_WORDS, PERSON_WORDS
from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.table import Table
from icp_engine.intake.columns.understand import Understood
from icp_engine.intake.events.events import EVENT_COLUMNS
from icp_engine.intake.events.history import add_history, join_events
from icp_engine.intake.joining.accounts import build_accounts
from icp_engine.intake.joining.deals import Deals, build_deals
from icp_engine.intake.joining.end_dates import end_by_date, says_ended, says_left
from icp_engine.intake.joining.export_days import order_exports, tell_exports
from icp_engine.intake.joining.export_growth import add_growth, decision_days
from icp_engine.intake.joining.join import (
    Accounts,
    account_keys,
    link_table,
    match_accounts,
    with_account_column,
)
from icp_engine.intake.joining.keys.related import understand_related
from icp_engine.intake.joining.lookups import add_lookups
from icp_engine.intake.joining.questions import ask_questions
from icp_engine.intake.joining.scope import apply_scope
from icp_engine.intake.joining.texts import names_on_record, read_contacts, read_texts
from icp_engine.intake.model import Intake
from icp_engine.problems import Problem, has_stop, make_problem
from icp_engine.settings import Settings
from icp_engine.types import Frame, Series
from icp_engine.values.dates import read_day
from icp_engine.values.masks import mask_names
from icp_engine.wording.dates import iso_day
from icp_engine.wording.shares import percent

# tables that speak of sales; what stands beside the deals never counts as one
SALES = ("deals", "leads", "quotes")
# share of end dates ahead of everything else from which they are plans, not what has happened
PLANNED_ENDS = 0.05
# a lone date at the end: so many days after the one before, where there are so many dates at least
LONE_DAYS, FEW_DATES, LAST_STEPS = 120, 30, 20
# share of a table's rows that must find an account, or it is called unjoined
LEAST_JOINED = 0.5


def understand(
    raw: dict[str, Frame],
    settings: Settings,
    problems: tuple[Problem, ...] = (),
    understood: Understood | None = None,
) -> Intake:
    """Clean accounts and deals from raw tables; never raises for bad content.

    What is wrong becomes a Problem in `Intake.problems`, after those given (from reading the
    files). Frames are empty, never absent. Column rules, roles and kinds are inferred from headers
    and values; `settings` override them. `understood`: the tables where they were understood
    before, by the same settings.
    """
    understood = understood or understand_related(raw, settings)
    tables, notes = (
        understood.tables,
        [*problems, *understood.problems, *ask_questions(understood.tables.values())],
    )
    described = [table for table in tables.values() if table.kind == "accounts"]
    exports, earlier = order_exports(described, settings.separate_tables)
    notes += tell_exports(earlier)
    accounts, found = build_accounts(exports, settings)
    notes += found
    tables = {name: _joined(table, accounts.frame) for name, table in tables.items()}
    deal_tables = [table for table in tables.values() if table.kind in SALES]
    deals, accounts, found = build_deals(deal_tables, accounts, link_table(tables), settings)
    asked = any(note.code == "outcome-unsure" for note in notes)
    notes += [note for note in found if not (asked and note.code == "outcome-missing")]
    deals, looked_up, found = add_lookups(tables, deals)
    notes += found
    events, accounts, found = join_events(tables, accounts)
    notes += found
    gone = [
        events[name]["end_date"]
        for name in events
        if says_ended(tables[name]) and "end_date" in events[name]
    ]
    left = any(says_left(table) for table in tables.values() if table.kind == "accounts")
    notes += tell_days(settings, "as_of", "read_on")
    as_of = _as_of(settings, deals.frame, accounts.frame, events, gone, left=left)
    notes += _dates_ahead(deals, accounts.frame, tables, as_of)
    accounts, found = end_by_date(accounts, understood.tables, as_of)
    notes += found
    history = add_history(tables, events, accounts, deals.frame, as_of, settings)
    accounts, tables = history.accounts, history.tables
    notes += history.problems
    contacts = read_contacts(tables, accounts)
    deals = _without_names(deals, contacts, accounts.frame)
    texts = read_texts(tables, accounts, deals.frame, as_of if settings.as_of else None)
    grown = add_growth(
        accounts, earlier, decision_days(accounts.frame, deals.frame), as_of, settings
    )
    accounts = grown.accounts
    made = add_made(accounts.frame, accounts.columns, settings, as_of)
    made_deals = add_made(deals.frame, deals.columns, settings, as_of)
    notes += unknown_groupings(settings)
    account_frame, deal_frame, found = apply_scope(made.frame, made_deals.frame, tables, settings)
    notes += found
    if raw or not has_stop(problems):
        notes += _unused(
            tables,
            accounts,
            len(account_frame) or len(deal_frame),
            {join.table for join in looked_up},
        )
    cut = {name: _cut(frame, as_of, account_frame) for name, frame in events.items()}
    return Intake(
        raw=dict(raw),
        kinds={name: table.kind for name, table in tables.items()},
        roles={name: table.roles for name, table in tables.items()},
        table_columns={
            name: tuple(table.column(header) for header in table.roles)
            for name, table in tables.items()
        },
        accounts=account_frame,
        deals=deal_frame,
        columns=made.columns,
        deal_columns=made_deals.columns,
        contacts=contacts,
        texts=texts,
        events=cut,
        as_of=as_of,
        unit=settings.unit or infer_unit(tables),
        deal_is_account=deals.deal_is_account,
        currency=understood.conversion.currency,
        problems=tuple(notes),
        derived=made.attributes + grown.attributes + made_deals.attributes,
        currencies=understood.conversion.uses,
        joins=(*accounts.joins, *looked_up),
        summaries=history.summaries,
        churn_basis=history.churn_basis,
        churn_rule=history.churn_rule,
    )


def _joined(table: Table, accounts: Frame) -> Table:
    """The table with its account column found by values where the header does not tell."""
    return table if table.kind in ("accounts", "unknown") else with_account_column(table, accounts)


def _without_names(deals: Deals, contacts: Frame, accounts: Frame) -> Deals:
    """Deals whose reasons for losing name nobody."""
    if "lost_reason" not in deals.frame:  # a million names on record are not read for nothing
        return deals
    names = names_on_record(contacts, accounts, deals.frame)
    masked = mask_names(deals.frame["lost_reason"], names)
    return replace(deals, frame=deals.frame.assign(lost_reason=masked))


def _as_of(
    settings: Settings,
    deals: Frame,
    accounts: Frame,
    events: dict[str, Frame],
    gone: list[Series],
    *,
    left: bool,
) -> pd.Timestamp:
    """The date the data speaks for: the setting, else the newest date of something that has
    happened.

    gone: ends of subscriptions that have come, not those agreed on. left: whether accounts' end
    dates are by name of customers who left; where many lie ahead of everything else, those up to
    the day the files were read have happened, others are plans.

    Expected closes of open deals do not count; nor does a lone date more than 400 days past the
    bulk (a typing error). Without any date: NaT, so that no age is computed from a date nobody
    gave.
    """
    if settings.as_of is not None:
        given = read_day(settings.as_of)
        if not pd.isna(given):
            return given
    dates = [*(frame["date"] for frame in events.values()), *gone]
    if len(deals):
        dates += [deals["created_date"], deals["closed_date"].where(deals["won"].notna())]
    dates += [accounts["customer_since"]] if "customer_since" in accounts else []
    # by place: an index of a million names would be made objects
    dates = [date.reset_index(drop=True).dropna().astype("datetime64[ns]") for date in dates]
    dates = [date for date in dates if len(date)]
    latest = newest(pd.concat(dates)) if dates else pd.NaT
    ends = (
        accounts["churn_date"].dropna().astype("datetime64[ns]")
        if "churn_date" in accounts
        else pd.Series()
    )
    if not len(ends):
        return latest
    if float((ends > _later(latest, pd.Timedelta(days=31))).mean()) > PLANNED_ENDS:
        read = read_day(settings.read_on)
        ends = ends[ends <= read] if left and not pd.isna(read) else ends.head(0)
    return newest(pd.concat([*dates, ends])) if len(ends) else latest


def newest(dates: Series) -> pd.Timestamp:
    """The newest date that is not a lone one far beyond the others."""
    low, high = dates.quantile(0.25), dates.quantile(0.75)
    spread = min(high - low, pd.Timedelta(days=20_000))
    near = dates[dates <= _later(high, 3 * spread + pd.Timedelta(days=400))]
    return pd.Timestamp(_without_typing_errors(near).max()).normalize()


def _without_typing_errors(dates: Series) -> Series:
    """The dates without one in 500 at the end that stands apart: further from all others than eight
    times the widest step among the last twenty.
    """
    days = np.sort(dates.to_numpy(dtype="datetime64[D]").astype("int64"))
    if len(days) < FEW_DATES:
        return dates
    steps = np.diff(days)
    for apart in range(max(1, len(days) // 500), 0, -1):
        before = steps[-apart - LAST_STEPS : -apart]
        if steps[-apart] > max(LONE_DAYS, 8 * int(before.max())):
            return dates[dates.to_numpy(dtype="datetime64[D]").astype("int64") <= days[-apart - 1]]
    return dates


def _dates_ahead(
    deals: Deals, accounts: Frame, tables: dict[str, Table], as_of: pd.Timestamp
) -> list[Problem]:
    """Days on which something has happened that lie after the day the data speak for, told by column."""
    frame = deals.frame
    happened = {
        "closed_date": frame["closed_date"].where(frame["won"].notna()) if len(frame) else None,
        "customer_since": accounts.get("customer_since"),
    }
    problems = []
    for role, days in happened.items():
        ahead = days.array[days > as_of] if days is not None and not pd.isna(as_of) else ()
        place = next(((t, h) for t in tables.values() if (h := t.header(role)) is not None), None)
        if not len(ahead) or place is None:
            continue
        table, header = place
        raw = table.clean(header)
        late = raw[raw > as_of]
        problems.append(
            make_problem(
                "dates-ahead",
                table=table.name,
                column=header,
                rows=[int(row) for row in late.index[:20]],
                count=len(ahead),
                found=iso_day(as_of),
                examples="”, “".join(dict.fromkeys(map(iso_day, ahead[:3]))),
            )
        )
    return problems


def _later(day: pd.Timestamp, by: pd.Timedelta) -> pd.Timestamp:
    """The day so much later, at most the last one there is; NaT stays NaT."""
    latest = pd.Timestamp.max
    return latest if day > latest - by else day + by


def infer_unit(tables: dict[str, Table]) -> Literal["company", "person"]:
    """“person” when the tables that say who the customers are describe people and no companies."""
    kinds = (
        ("accounts",)
        if any(table.kind == "accounts" for table in tables.values())
        else ("deals", "orders")
    )
    words = [
        split_header(header)[1]
        for table in tables.values()
        if table.kind in kinds
        for header in table.roles
    ]
    by_mail = any(
        table.rules[h].type == "email"
        for table in tables.values()
        for h in table.headers("account_id")
    )
    person = by_mail or any(PERSON_WORDS.search(text) for text in words)
    return (
        "person" if person and not any(COMPANY_WORDS.search(text) for text in words) else "company"
    )


def _cut(events: Frame, as_of: pd.Timestamp, accounts: Frame) -> Frame:
    """Events up to the as-of date, of accounts in scope, without the columns that only summaries
    need.
    """
    kept = ~(events["date"] > as_of) & events["account_id"].isin(accounts.index)
    return events.loc[kept, [name for name in EVENT_COLUMNS if name in events]].reset_index(
        drop=True
    )


def _unused(
    tables: dict[str, Table], accounts: Accounts, rows: int, looked_up: set[str]
) -> list[Problem]:
    if not rows:
        return [make_problem("nothing-to-study")]
    return [
        _tell_unused(table, accounts)
        for table in tables.values()
        if table.kind == "unknown"
        and table.name not in looked_up
        and not (table.header("deal_id") and table.header("account_id"))
    ]


def _tell_unused(table: Table, accounts: Accounts) -> Problem:
    """Whether a table names no account, or names accounts and says nothing that is understood."""
    header = table.header("account_id") or table.header("account_name")
    found = 0.0 if header is None else match_accounts(account_keys(table), accounts).notna().mean()
    if header is None or found < LEAST_JOINED:
        return make_problem("table-unused", table=table.name)
    share = percent(float(found))
    return make_problem("table-unread", table=table.name, column=header, share=share)


__all__ = ["Accounts", "Deals", "infer_unit", "newest", "understand"]
