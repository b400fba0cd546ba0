"""Headcount growth from two exports: what the older one said of an account beside what the newer
one says.

Comes in: accounts, earlier exports of their table, the days deals were decided. Goes out: the
accounts with one column more, and how it was made. Separate because its values have a day: growth
measured up to today was not known when yesterday's deal was decided.

Notes: share = (later − earlier) ÷ earlier, times 365.25 ÷ days between where both days are known
and lie at least 28 days apart. Of several earlier exports the one nearest to a year back is taken.
An account that is in one export only has no value.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from icp_engine.intake.columns.derived import find_head_count
from icp_engine.intake.columns.proposal_model import DerivedAttribute
from icp_engine.intake.columns.role import Column, Role
from icp_engine.intake.columns.table import Table
from icp_engine.intake.joining.export_days import EarlierExport, kept_name
from icp_engine.intake.joining.join import Accounts, account_keys, match_accounts
from icp_engine.intake.model import Intake
from icp_engine.settings import Settings
from icp_engine.types import Frame, Series
from icp_engine.values.made_columns import DAYS_A_YEAR
from icp_engine.values.rule import ColumnRule
from icp_engine.wording.dates import date
from icp_engine.wording.numbers import of

# between exports, before growth is told by the year: over less it would mostly be rounding
LEAST_DAYS = 28
# share of accounts decided before the growth was known; from there on it only gives context
MOST_AFTER = 0.05
KEPT_MOST = 8  # small tables of earlier headcounts a study keeps: two years of quarters
YEARLY, PLAIN = (
    "Headcount growth between exports (% a year)",
    "Headcount growth between exports (%)",
)


@dataclass(frozen=True)
class Grown:
    """Accounts with their growth, where it could be measured, and how."""

    accounts: Accounts
    attributes: tuple[DerivedAttribute, ...] = ()


def add_growth(
    accounts: Accounts,
    earlier: tuple[EarlierExport, ...],
    decided: Series,
    as_of: pd.Timestamp,
    settings: Settings,
) -> Grown:
    """The accounts with headcount growth since an earlier export; unchanged where there is none to
    compare with.

    decided: by account_id, the day the first deal was decided, else the day the customer came; NaT
    where unknown. A growth measured after that day does not describe the account. Where that leaves
    out more than 5 % of those with a day, or no day is known, the column is context: role
    “known_after”, so that nothing scores by it.
    """
    header = find_head_count(accounts.columns)
    usable = [(export, *_days(export, as_of)) for export in earlier]
    usable = [
        found for found in usable if pd.isna(found[1]) or pd.isna(found[2]) or found[1] < found[2]
    ]
    if header is None or not usable:
        return Grown(accounts)
    export, first, last = min(usable, key=lambda found: _off_a_year(found[1], found[2]))
    before, now = _heads(export.table, header, accounts), _heads(export.newer, header, accounts)
    if before is None or now is None:
        return Grown(accounts)
    name, times = _by_year(first, last)
    growth = (100.0 * times * (now - before) / before.where(before > 0)).round(1)
    on = (
        name not in settings.derived_off
        and name not in accounts.frame
        and bool(growth.notna().any())
    )
    context, after = _why_context(decided.reindex(accounts.frame.index), last)
    growth = growth if context else growth.mask(after)
    formula = _formula(header, export, first, last, times != 1.0)
    known = float(growth.notna().mean()) if on else 0.0
    made = DerivedAttribute(name, formula, (header,), export.newer.name, known, "", on, context)
    if not on:
        return Grown(accounts, (made,))
    column = _column(name, export.newer.name, growth, formula, context)
    frame = accounts.frame.assign(**{name: growth})
    return Grown(
        replace(accounts, frame=frame, columns={**accounts.columns, name: column}), (made,)
    )


def _days(export: EarlierExport, as_of: pd.Timestamp) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The days the two headcounts are of; the newer one's is the day of the data where its file
    says none.
    """
    return export.day, as_of if pd.isna(export.newer_day) else export.newer_day


def _off_a_year(first: pd.Timestamp, last: pd.Timestamp) -> float:
    """Days by which the time between differs from a year; without days last of all."""
    return (
        float("inf") if pd.isna(first) or pd.isna(last) else abs((last - first).days - DAYS_A_YEAR)
    )


def _by_year(first: pd.Timestamp, last: pd.Timestamp) -> tuple[str, float]:
    """The name of the growth, and what makes it one of a year."""
    if pd.isna(first) or pd.isna(last) or (last - first).days < LEAST_DAYS:
        return PLAIN, 1.0
    return YEARLY, DAYS_A_YEAR / (last - first).days


def _heads(table: Table, header: str, accounts: Accounts) -> Series | None:
    """By account_id: what this export itself says of headcounts, under the header or the one that
    counts heads there.

    The accounts' own column will not do: where the newer export is silent, the older one has filled
    the gap.
    """
    columns = {name: table.column(name) for name in table.headers("attribute")}
    source = header if header in columns else find_head_count(columns)
    if source is None or columns[source].type not in ("number", "money"):
        return None
    ids = match_accounts(account_keys(table), accounts)
    heads = pd.Series(table.clean(source).astype("float64").to_numpy(), index=pd.Index(ids))
    heads = heads[heads.index.notna() & heads.notna().to_numpy()]
    return heads[~heads.index.duplicated()].reindex(accounts.frame.index)


def _why_context(decided: Series, last: pd.Timestamp) -> tuple[str, Series]:
    """Why the growth may not score (“” where it may), and the accounts decided before it was known."""
    known = int(decided.notna().sum())
    if pd.isna(last) or not known:
        return "no date tells whether it was known before the sale", decided.notna()
    after = decided <= last
    if after.sum() <= MOST_AFTER * known:
        return "", after
    told = f"measured up to {date(last)}, when {of(int(after.sum()), known)} accounts were decided already"
    return told, after


def _formula(
    header: str, export: EarlierExport, first: pd.Timestamp, last: pd.Timestamp, yearly: bool
) -> str:
    then = f"on {date(first)}" if not pd.isna(first) else f"in “{export.table.name}”"
    now = f"on {date(last)}" if not pd.isna(last) else f"in “{export.newer.name}”"
    return f"(“{header}” {now} − {then}) ÷ {then}, in percent" + (" a year" if yearly else "")


def _column(name: str, table: str, growth: Series, formula: str, context: str) -> Column:
    role = Role("attribute", 0.8, f"computed: {formula}", kind="behavioural")
    role = Role("known_after", 0.8, context) if context else role
    filled, rule = float(growth.notna().mean()), ColumnRule(type="percent")
    return Column(table, name, "percent", role, rule, filled, int(growth.nunique()))


def decision_days(accounts: Frame, deals: Frame) -> Series:
    """By account_id: the day the first deal was decided, else the day the customer came; NaT where
    unknown.
    """
    since = accounts.get("customer_since", pd.Series(pd.NaT, index=accounts.index)).astype(
        "datetime64[ns]"
    )
    if not len(deals):
        return since
    closed = deals["closed_date"].where(deals["won"].notna()).groupby(deals["account_id"]).min()
    closed = closed.reindex(accounts.index)
    return closed.where(closed.notna(), since)


def keep_headcounts(intake: Intake, table: str) -> tuple[str, Frame] | None:
    """A small raw table of what the accounts of `table` count today, for the study on newer files;
    None if none does.

    Columns Account ID, Account Name and Website (where known), Employees; one row an account whose
    headcount is known.
    """
    described = {name: column for name, column in intake.columns.items() if column.table == table}
    header = find_head_count(described)
    if header is None or header not in intake.accounts:
        return None
    frame = intake.accounts
    names = {"account_name": "Account Name", "domain": "Website"}
    columns = {"Account ID": pd.Series(frame.index, index=frame.index, dtype="str")}
    columns |= {label: frame[name].astype("str") for name, label in names.items() if name in frame}
    heads = frame[header].dropna()
    texts = pd.Series([f"{count:.10g}" for count in heads], index=heads.index, dtype="str")
    kept = pd.DataFrame(columns).loc[heads.index].assign(Employees=texts)
    if not len(kept):
        return None
    return kept_name(table, intake.as_of), kept.set_axis(pd.RangeIndex(2, 2 + len(kept)))
