"""Columns made from other columns: groupings by a table, and figures such as age or growth.

Comes in: a `ColumnRule` with `made_by`, and the columns it reads. Goes out: the made column.
Separate because a study makes them once and a rubric makes them again from a raw list it has never
seen, by the rule it carries.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from icp_engine.types import Frame, Series
from icp_engine.values.currency_signs import scale_signs
from icp_engine.values.dates import parse_dates, read_day
from icp_engine.values.industries import naics_code, naics_sector
from icp_engine.values.parse import map_distinct, parse_column
from icp_engine.values.places import continent_of, country_of, in_european_union, us_region
from icp_engine.values.rule import ColumnRule

DAYS_A_YEAR = 365.25
DAYS_A_MONTH = DAYS_A_YEAR / 12
# a value the table does not know is a level: left empty it would look like a leak
NOT_CLASSIFIED = "Not classified"
EARLIEST_YEAR = 1600  # a founding year before that is a typing error


@dataclass(frozen=True)
class Grouping:
    """A coarser reading of texts: its name beside the column's, what it is, and how one text is
    read.
    """

    suffix: str
    title: str
    read: Callable[[str], str | None]


GROUPINGS: dict[str, Grouping] = {
    "naics_sector": Grouping(
        "NAICS sector", "Sector of the official industry classification NAICS 2022", naics_sector
    ),
    "naics_code": Grouping(
        "NAICS code", "Code of the official industry classification NAICS 2022", naics_code
    ),
    "us_region": Grouping(
        "US region", "Region of the United States as the Census draws it", us_region
    ),
    "country": Grouping("country", "Country a city or state lies in", country_of),
    "continent": Grouping("continent", "Continent", continent_of),
    "eu": Grouping("EU", "Inside or outside the European Union", in_european_union),
}


def grouped_name(column: str, kind: str) -> str:
    """The name of a grouped column: “Industry (NAICS sector)”."""
    return f"{column} ({GROUPINGS[kind].suffix})"


def make_column(parts: list[Series], rule: ColumnRule) -> Series:
    """The made column from clean `parts` (in the order of `rule.made_from`); missing where any part
    is missing.

    A text that a grouping's table does not know becomes “Not classified”.
    """
    if rule.made_by in GROUPINGS:
        read = GROUPINGS[rule.made_by].read
        text = parts[0].astype("str").where(parts[0].notna())
        return map_distinct(text, lambda value: read(value) or NOT_CLASSIFIED, "str")
    made: Series = _FIGURES[rule.made_by](parts, rule)
    values = made.astype("Float64").to_numpy(dtype="float64", na_value=np.nan)
    return pd.Series(np.where(np.isfinite(values), values, np.nan), index=parts[0].index)


def read_column(series: Series, rule: ColumnRule) -> Series:
    """Clean values of a raw column a study has not seen, amounts in the currency of the rule."""
    return scale_signs(series, parse_column(series, rule), rule)


def read_made(frame: Frame, rule: ColumnRule) -> Series | None:
    """The made column from the raw columns of `frame`; None where one of them is absent."""
    if not rule.made_from or any(name not in frame for name in rule.made_from):
        return None
    return make_column(
        [read_column(frame[name], part) for name, part in rule.made_from.items()], rule
    )


def _as_numbers(part: Series) -> Series:
    """The part as numbers; words among them (“n.d.”) and days are none, so missing."""
    if pd.api.types.is_datetime64_any_dtype(part):
        return pd.Series(np.nan, index=part.index)
    return pd.to_numeric(part, errors="coerce").astype("Float64").astype("float64")


def _years_since(parts: list[Series], rule: ColumnRule) -> Series:
    """Whole years from a founding year or day to the day of the data; a year still to come is an
    error, so missing.
    """
    part, day = parts[0], read_day(rule.made_at)
    dated = pd.api.types.is_datetime64_any_dtype(part)
    year = part.dt.year.astype("float64") if dated else _as_numbers(part)
    age = day.year - year
    return age.where((age >= 0) & (year >= EARLIEST_YEAR))


def _months_since(parts: list[Series], rule: ColumnRule) -> Series:
    """Months from a day to the day of the data, one decimal; days still to come are missing."""
    months = (read_day(rule.made_at) - parse_dates(parts[0])).dt.days / DAYS_A_MONTH
    return months.where(months >= 0).round(1)


def _growth(parts: list[Series], _rule: ColumnRule) -> Series:
    """(later − earlier) / earlier in percent; missing where there was nobody before."""
    earlier, later = (_as_numbers(part) for part in parts)
    return (100.0 * (later - earlier) / earlier.where(earlier > 0)).round(1)


def _ratio(parts: list[Series], _rule: ColumnRule) -> Series:
    """First by second; missing where the second is not above 0."""
    above, below = (_as_numbers(part) for part in parts)
    return (above / below.where(below > 0)).round(2)


_FIGURES: dict[str, Callable[[list[Series], ColumnRule], Series]] = {
    "years_since": _years_since,
    "months_since": _months_since,
    "growth": _growth,
    "ratio": _ratio,
}
