"""Dates in any usual notation → datetime64[ns], one order of day and month a column.

Comes in: texts, Excel serials, YYYYMMDD numbers, epoch milliseconds. Goes out: naive dates.
Separate because reading each value by itself takes 04/03/2024 for 3 April in one row and 4 March in
the next.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

import numpy as np
import pandas as pd

from icp_engine.types import Series
from icp_engine.values.lengths import KEPT, one_value
from icp_engine.values.words.date_words import parse_words

DateOrder = Literal["ymd", "dmy", "mdy"]
NumericParts = tuple[int, int, str]  # first, second, sign between them

# A year outside is a typing error or a placeholder such as 9999-12-31. The time between any two days
# within has room in nanoseconds (292 years), so that no difference of dates can overflow.
_YEARS = (1900, 2190)
_EXCEL_SERIALS = (10_000, 80_000)  # 1927 to 2119, days since 1899-12-30
# Vectorised patterns name blanks and digits outright: pandas leaves Arrow for Python where \s or \d
# stands. Arrow knows no ++ either, so runs are bounded, else Python's `re` takes quadratic time.
_TIME = re.compile(
    r"[T ,\t]{1,9}[0-9]{1,2}[:.h][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)? {0,9}"
    r"(?:[AaPp]\.?[Mm]\.?)? {0,9}(?:Z|[A-Z]{3,5})?(?:[+-][0-9]{2}:?[0-9]{2})?"
    r"(?:\[[A-Za-z_/]{1,40}\]| \([A-Za-z ]{1,60}\))?$"
)
_ZONE = re.compile(r" {0,9}(?:Z|[A-Z]{3,5})$")
_ZONE_NAME = re.compile(r"\[[A-Za-z_/]{1,40}\]$")
_SLASH_OR_POINT = re.compile("[/.]")
_STARTS_WITH_YEAR = re.compile(r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?:[^0-9]|$)")
_NUMBER = re.compile(r"[0-9]{5,19}(?:\.[0-9]+)?")
_NUMERIC = re.compile(r"(\d{1,2})\s?([./-])\s?(\d{1,2})\s?[./-]\s?(\d{4}|\d{2})\.?")
_YEAR_FIRST = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})")
_YEAR_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/-](\d{4})")
_EAST_ASIAN = re.compile(
    r"(\d{4}|(?:令和|平成|昭和)\s?\d{1,2}|(?:令和|平成|"
    r"昭和)元)\s?[年년]\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日일]?)?"
)
# Japanese eras → the year before their first
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_WEEK = re.compile(r"(\d{4})[- ]?w(\d{2})(?:-?([1-7]))?")
_COMPACT = re.compile(r"[0-9]{6}(?:[0-9]{2})?")
# “/Date(1712345678000+0200)/”: what .NET writes into JSON
_NET = re.compile(r"[\\/]{0,2}Date\((-?[0-9]{1,16})(?:[+-][0-9]{4})?\)[\\/]{0,2}", re.IGNORECASE)


def numeric_parts(text: str) -> NumericParts | None:
    """First and second number of a date whose order is open, and the sign between them; None if it
    is not one.
    """
    match = _NUMERIC.fullmatch(_TIME.sub("", one_value(text)))
    return (int(match[1]), int(match[3]), match[2]) if match else None


def parse_date(text: str, order: DateOrder = "ymd", language: str = "") -> date | None:
    """The day a text names (the time is dropped); None if it is not a date in this order.

    Year first and month names always read. With day and month as numbers `order` decides; “ymd”
    takes whichever reading is possible, day first where both are. `language`: whose month a word is
    where languages disagree (“listopad”).
    """
    return _read_date(one_value(text), order, language)


@lru_cache(maxsize=KEPT)
def _read_date(text: str, order: DateOrder, language: str) -> date | None:
    plain = _TIME.sub("", text).strip().casefold()
    if match := _YEAR_FIRST.fullmatch(plain):
        return _day(match[1], int(match[3]), int(match[4]))
    if match := _NUMERIC.fullmatch(plain):
        return _day_by_order(int(match[1]), int(match[3]), match[4], order)
    if order != "ymd" and _COMPACT.fullmatch(plain):
        return _day_by_order(int(plain[:2]), int(plain[2:4]), plain[4:], order)
    return _parse_rare(plain, language)


def _parse_rare(plain: str, language: str) -> date | None:
    """Words, weeks, months without a day (their first), and dates with East Asian signs."""
    if match := _YEAR_MONTH.fullmatch(plain):
        return _day(match[1], int(match[2]), 1)
    if match := _MONTH_YEAR.fullmatch(plain):
        return _day(match[2], int(match[1]), 1)
    if match := _WEEK.fullmatch(plain):
        return _week(int(match[1]), int(match[2]), int(match[3] or 1))
    if match := _EAST_ASIAN.fullmatch(plain):
        return _day(_western_year(match[1]), int(match[2]), int(match[3] or 1))
    if match := _NET.fullmatch(plain):
        stamp = parse_number_dates(pd.Series([float(match[1])])).iloc[0]
        return None if pd.isna(stamp) else stamp.date()
    found = parse_words(plain, language)
    if found is None:
        return None
    return _week(*found[1:], 1) if found[0] == "week" else _day(str(found[1]), found[2], found[3])


def _western_year(text: str) -> str:
    era = next((name for name in _ERAS if text.startswith(name)), "")
    if not era:
        return text
    count = text.removeprefix(era).strip()
    return str(_ERAS[era] + (1 if count == "元" else int(count)))


def _week(year: int, week: int, day: int) -> date | None:
    """A day of an ISO week, its Monday where none is named."""
    try:
        return date.fromisocalendar(year, week, day) if _YEARS[0] <= year < _YEARS[1] else None
    except ValueError:
        return None


def _day_by_order(first: int, second: int, year: str, order: DateOrder) -> date | None:
    if order == "mdy":
        return _day(year, first, second)
    day_first = _day(year, second, first)
    return day_first if day_first or order == "dmy" else _day(year, first, second)


def _day(year: str, month: int, day: int) -> date | None:
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 69 else 1900)
    try:
        return date(full, month, day) if _YEARS[0] <= full < _YEARS[1] else None
    except ValueError:
        return None


def parse_number_dates(values: Series) -> Series:
    """Numbers as dates: YYYYMM, YYYYMMDD, Excel serial, .NET ticks, epoch in seconds, milli-,
    micro- or nanoseconds by size; NaT for anything else.
    """
    numbers = pd.to_numeric(values, errors="coerce").astype("float64")
    result = pd.Series(pd.NaT, index=values.index, dtype="datetime64[ns]")
    for low, high, read in (
        (*_EXCEL_SERIALS, _from_serial),
        (1e4 * _YEARS[0] + 101, 1e4 * _YEARS[1] + 101, _from_compact),
        (1e2 * _YEARS[0] + 1, 1e2 * _YEARS[1], _from_month),
        (3e8, 4e9, _from_seconds),
        (3e11, 4e12, _from_milliseconds),
        (3e14, 4e15, _from_microseconds),
        (6.3e17, 6.5e17, _from_ticks),
        (7e17, 4e18, _from_nanoseconds),
    ):
        inside = (numbers >= low) & (numbers < high)
        if inside.any():
            result[inside] = _within_years(read(numbers[inside]))
    return result


def _from_serial(numbers: Series) -> Series:
    return pd.Timestamp("1899-12-30") + pd.to_timedelta((numbers * 86_400).round(), unit="s")


def _from_compact(numbers: Series) -> Series:
    return pd.to_datetime(numbers.astype("int64").astype("str"), format="%Y%m%d", errors="coerce")


def _from_month(numbers: Series) -> Series:
    return _from_compact(100 * numbers + 1)


def _from_microseconds(numbers: Series) -> Series:
    return _from_seconds(numbers / 1e6)


def _from_nanoseconds(numbers: Series) -> Series:
    return _from_seconds(numbers / 1e9)


def _from_ticks(numbers: Series) -> Series:
    """Ten-millionths of a second since the year 1."""
    return _from_seconds((numbers - 621_355_968e9) / 1e7)


def _from_seconds(numbers: Series) -> Series:
    return pd.to_datetime(numbers.round(), unit="s")


def _from_milliseconds(numbers: Series) -> Series:
    return pd.to_datetime(numbers.round(), unit="ms")


def parse_dates(series: Series, order: DateOrder = "ymd", language: str = "") -> Series:
    """Every value as datetime64[ns], naive (UTC where a zone stands), NaT where it is no date in
    this order.

    Index kept, repeated labels included. ISO texts keep their time; other texts are read to the
    day. Years before 1900 and from 2190 on are no dates.
    """
    plain = series.reset_index(drop=True)
    return _parse_by_dtype(plain, order, language).set_axis(series.index)


def _parse_by_dtype(series: Series, order: DateOrder, language: str) -> Series:
    if pd.api.types.is_datetime64_any_dtype(series):
        return _naive(series)
    if pd.api.types.is_bool_dtype(series):
        return pd.Series(pd.NaT, index=series.index, dtype="datetime64[ns]")
    if pd.api.types.is_numeric_dtype(series):
        return parse_number_dates(series)
    if not pd.api.types.is_string_dtype(series):
        series = series.map(_as_text, na_action="ignore")
    return _parse_texts(series.astype("str").str.strip(), order, language)


def _naive(series: Series) -> Series:
    plain = (
        series.dt.tz_convert("UTC").dt.tz_localize(None)
        if getattr(series.dtype, "tz", None)
        else series
    )
    return _within_years(plain)


def _within_years(stamps: Series) -> Series:
    known = stamps.dt.year.between(_YEARS[0], _YEARS[1] - 1)
    return stamps.where(known).astype("datetime64[ns]")


def read_day(text: str | None) -> pd.Timestamp:
    """The moment an ISO text of a setting names, naive; NaT where it names none, or one outside the
    years that dates may have.
    """
    moment = pd.to_datetime(text, errors="coerce", format="ISO8601")
    if pd.isna(moment) or not _YEARS[0] <= moment.year < _YEARS[1]:
        return pd.NaT
    return moment.tz_localize(None) if moment.tzinfo else moment


def _as_text(value: object) -> str:
    return value.isoformat(" ") if isinstance(value, datetime) else str(value)


def _parse_texts(text: Series, order: DateOrder, language: str) -> Series:
    """Year-first texts at full precision and vectorised, the rest by distinct day."""
    result = pd.Series(pd.NaT, index=text.index, dtype="datetime64[ns]")
    year_first = text.str.match(_STARTS_WITH_YEAR.pattern, na=False)
    if year_first.any():
        result[year_first] = _parse_iso(text[year_first])
    rest = text[result.isna() & text.notna()]
    plain_number = rest.str.fullmatch(_NUMBER.pattern, na=False)
    if order != "ymd":  # 311224: day, month and year without signs
        plain_number &= ~rest.str.fullmatch(_COMPACT.pattern, na=False)
    if plain_number.any():
        result[rest.index[plain_number]] = parse_number_dates(rest[plain_number])
    rest = rest[~plain_number]
    if len(rest):
        result[rest.index] = _parse_distinct_days(rest, order, language)
    return result


def _parse_iso(text: Series) -> Series:
    """Year-first texts; those that are not ISO yet (“2026/9/30 14:00 UTC”) are tidied first."""
    stamps = _read_iso(text)
    if stamps.isna().any():
        open_ones = text[stamps.isna()].str.replace(_ZONE_NAME.pattern, "", regex=True)
        open_ones = open_ones.str.replace(_ZONE.pattern, "", regex=True)
        day, time = (
            open_ones.str.slice(0, 10).str.replace(_SLASH_OR_POINT.pattern, "-", regex=True),
            open_ones.str.slice(10),
        )
        stamps[stamps.isna()] = _read_iso(day + time)
    return stamps


def _read_iso(text: Series) -> Series:
    stamps = pd.to_datetime(text, format="ISO8601", errors="coerce", utc=True).dt.tz_localize(None)
    return _within_years(stamps)


def _parse_distinct_days(text: Series, order: DateOrder, language: str) -> Series:
    days = text.str.replace(_TIME.pattern, "", regex=True)
    codes, distinct = pd.factorize(days)
    parsed = [parse_date(str(day), order, language) for day in distinct]
    days_read = [np.datetime64("NaT") if day is None else np.datetime64(day) for day in parsed]
    stamps = np.array(days_read, dtype="datetime64[ns]")
    return pd.Series(stamps[codes], index=text.index)
