"""The day an export was made, as its name or a column of it says, and which exports are older ones
of the same table.

Comes in: understood tables of accounts. Goes out: the tables, the newest of several exports first,
and the earlier ones. Separate because a name tells the day of a file, and only intake sees all
files at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.table import Table
from icp_engine.problems import Problem, make_problem
from icp_engine.values.yes_no_missing import fold
from icp_engine.wording.dates import date, iso_day

LEAST_ALIKE = 0.5  # share of headers that two exports of one table have in common
_YEAR = r"(?<!\d)(?P<year>20\d\d)"
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = rf"(?P<word>{'|'.join(_MONTHS)})[a-z]*"
_NUMBER = r"(?P<month>0[1-9]|1[0-2])"
_DAY = r"(?P<day>0[1-9]|[12]\d|3[01])"
_DATED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}[-_. ]?{_NUMBER}[-_. ]?{_DAY}(?!\d)",
        rf"(?<!\d){_DAY}[-_. ]{_NUMBER}[-_. ](?P<year>20\d\d)(?!\d)",
        rf"{_YEAR}[-_. ]?q(?P<quarter>[1-4])(?!\d)",
        r"(?<![a-z])q(?P<quarter>[1-4])[-_. ]?(?P<year>20\d\d)(?!\d)",
        rf"{_YEAR}[-_. ]?{_NUMBER}(?!\d)",
        rf"(?<![a-z]){_MONTH}[-_. ]?(?P<year>20\d\d)(?!\d)",
        rf"{_YEAR}[-_. ]?{_MONTH}",
        r"(?<!\d)(?P<year>20[1-4]\d)(?!\d)",
    )
)
_DAY_HEADER = re.compile(
    r"^(snapshot|export|exported|report|data) ?(date|day|on|at)$|^as of( date)?$|^stichtag$"
)
_OLD = re.compile(r"\b(old|older|previous|prior|earlier|before|last (year|quarter)|alt|vorjahr)\b")
_NO_LETTER = re.compile(r"[\W_\d]+")
KEPT = re.compile(r" \((?:headcount on \d{4}-\d\d-\d\d|earlier headcount)\)$")


@dataclass(frozen=True)
class EarlierExport:
    """An older export of the table `newer`; the days are NaT where nothing tells them."""

    table: Table
    day: pd.Timestamp
    newer: Table
    newer_day: pd.Timestamp


def kept_name(table: str, day: pd.Timestamp) -> str:
    """The name of the small table that keeps the headcounts of a table that newer files replaced."""
    return (
        f"{table} (earlier headcount)" if pd.isna(day) else f"{table} (headcount on {iso_day(day)})"
    )


def read_day(name: str) -> pd.Timestamp:
    """The last day of the day, month, quarter or year that a file's name says; NaT where it says
    none.
    """
    text = name.casefold()
    for pattern in _DATED:
        match = pattern.search(text)
        if match is not None:
            return _last_day(match.groupdict())
    return pd.NaT


def _last_day(said: dict[str, str | None]) -> pd.Timestamp:
    year, month = int(said["year"] or 0), said.get("month")
    if word := said.get("word"):
        month = str(_MONTHS.index(word) + 1)
    if quarter := said.get("quarter"):
        month = str(3 * int(quarter))
    if day := said.get("day"):
        return pd.to_datetime(f"{year}-{month}-{day}", errors="coerce", format="%Y-%m-%d")
    return pd.Timestamp(year, int(month or 12), 1) + pd.offsets.MonthEnd(0)


def export_day(table: Table) -> pd.Timestamp:
    """The day a table speaks for: one date that a column repeats in every row, else what its name
    says.
    """
    for header in table.headers(*set(table.roles.values())):
        if table.rules[header].type == "date" and _DAY_HEADER.search(split_header(header)[1]):
            days = table.clean(header).dropna().dt.normalize().unique()
            if len(days) == 1:
                return pd.Timestamp(days[0])
    return read_day(table.name)


def order_exports(
    tables: list[Table], separate: tuple[str, ...] = ()
) -> tuple[list[Table], tuple[EarlierExport, ...]]:
    """Tables of accounts with the newest of several exports first, and every earlier export of
    another table.

    Of exports of different days the newest tells what an account is today; older ones fill gaps.
    The small tables that keep an older study's headcounts are no accounts of their own and are left
    out of the list. `separate` names tables of which a person said that they are no export of
    another one.
    """
    whole = [table for table in tables if not KEPT.search(table.name)]
    days = {table.name: export_day(table) for table in whole}

    def are_exports(one: Table, other: Table) -> bool:
        return not {one.name, other.name} & set(separate) and _are_exports(one, other, days)

    ordered: list[Table] = []
    earlier: list[EarlierExport] = []
    for table in whole:
        family = [other for other in whole if other is table or are_exports(table, other)]
        if table not in ordered:
            ordered += sorted(
                (one for one in family if one not in ordered), key=lambda one: _age(one, days)
            )
    for place, table in enumerate(ordered):
        newer = next((one for one in ordered[:place] if are_exports(one, table)), None)
        if newer is not None:
            earlier.append(EarlierExport(table, days[table.name], newer, days[newer.name]))
    named = {table.name: table for table in whole}
    for table in tables:
        of = KEPT.sub("", table.name)
        if table.name not in named and of in named:
            earlier.append(
                EarlierExport(table, read_day(table.name[len(of) :]), named[of], days[of])
            )
    return ordered, tuple(earlier)


def tell_exports(earlier: tuple[EarlierExport, ...]) -> list[Problem]:
    """One note for every file taken for an older export of another; headcounts that a study keeps
    need none.
    """
    return [
        make_problem(
            "tables-one-in-time", table=old.table.name, found=old.newer.name, days=_say_days(old)
        )
        for old in earlier
        if not KEPT.search(old.table.name)
    ]


def _say_days(export: EarlierExport) -> str:
    """“ (30 Sep 2024 and 30 Sep 2025)”; empty where a day is unknown."""
    if pd.isna(export.day) or pd.isna(export.newer_day):
        return ""
    return f" ({date(export.day)} and {date(export.newer_day)})"


def _are_exports(first: Table, second: Table, days: dict[str, pd.Timestamp]) -> bool:
    """Whether two tables are one at different times: headers in common, days or words that tell
    them apart.
    """
    if first is second:
        return False
    headers, others = (
        {fold(str(header)) for header in table.frame.columns} for table in (first, second)
    )
    if len(headers & others) < LEAST_ALIKE * len(headers | others):
        return False
    one, two = days[first.name], days[second.name]
    if pd.isna(one) or pd.isna(two):
        return _is_old(first.name) != _is_old(second.name)
    return bool(one != two)


def _age(table: Table, days: dict[str, pd.Timestamp]) -> tuple[bool, float]:
    """Sorts the newest first; a name that says “old” last."""
    day = days[table.name]
    return _is_old(table.name), 0.0 if pd.isna(day) else -day.timestamp()


def _is_old(name: str) -> bool:
    return bool(_OLD.search(_NO_LETTER.sub(" ", name.casefold())))
