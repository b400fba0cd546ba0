"""What a spreadsheet did to values before they were exported: bands as dates, rounded ids,
“######”, “#NAME?”.

Comes in: a raw text column and its rule. Goes out: problems that name the rows. Separate because
each is recognised by its own look, whatever the column holds; what can be repaired without doubt
`parse` has repaired by the rule.
"""

from __future__ import annotations

import re

import pandas as pd

from icp_engine.problems import Problem, make_problem
from icp_engine.types import Series
from icp_engine.values.arrow import by_distinct
from icp_engine.values.parse import clean_text, parse_column
from icp_engine.values.ranges import repair_excel_damage
from icp_engine.values.rule import ColumnRule
from icp_engine.values.yes_no_missing import HASHES, ROUNDED

_FORMULA_ERROR = re.compile(
    r"#(?:name\?|value!|ref!|div/0!|num!|null!|error!?|spill!|calc!|getting_data)", re.IGNORECASE
)


def find_damage(series: Series, header: str, rule: ColumnRule) -> list[Problem]:
    """One problem for each kind of damage in the column, with its rows; texts only (typed values
    were never shown).
    """
    if not pd.api.types.is_string_dtype(series) or series.dtype == object:
        return []
    by_rule = [*_find_rounded(series, header, rule), *_find_dated_bands(series, header, rule)]
    return [*_find_signs(series, header), *by_rule]


def _problem(code: str, values: Series, header: str) -> Problem:
    examples = "”, “".join(list(dict.fromkeys(values.str.slice(0, 40)))[:3])
    rows = [int(label) for label in values.index[:20] if isinstance(label, int)]
    return make_problem(code, column=header, rows=rows, count=len(values), examples=examples)


def _fitting(series: Series, pattern: re.Pattern[str]) -> Series:
    """The values that are wholly of the pattern."""
    flags = re.IGNORECASE if pattern.flags & re.IGNORECASE else 0
    return series[series.str.strip().str.fullmatch(pattern.pattern, flags=flags, na=False)]


def _find_signs(series: Series, header: str) -> list[Problem]:
    """“######” (the column was too narrow) and formula errors; both are read as empty."""
    signed = series[series.str.startswith("#", na=False)]
    if not len(signed):
        return []
    found = (
        ("values-cut-off", _fitting(signed, HASHES)),
        ("values-formula-errors", _fitting(signed, _FORMULA_ERROR)),
    )
    return [_problem(code, values, header) for code, values in found if len(values)]


def _find_rounded(series: Series, header: str, rule: ColumnRule) -> list[Problem]:
    """Ids and phone numbers shown as 8.1E+09: their last digits are lost, so they are read as
    empty.
    """
    if rule.type not in ("id", "phone"):
        return []
    written = series[series.str.contains("e+", case=False, regex=False, na=False)]
    rounded = _fitting(written, ROUNDED)
    return [_problem("values-rounded", rounded, header)] if len(rounded) else []


def _find_dated_bands(series: Series, header: str, rule: ColumnRule) -> list[Problem]:
    """Bands shown as dates: told where they were repaired, and apart where no band fits in that
    place.
    """
    if rule.type != "range":
        return []
    dated = series[by_distinct(series, _is_dated).fillna(False).to_numpy(dtype=bool)]
    read = parse_column(dated, rule)
    found = (
        ("values-excel-dates", dated[read.notna()]),
        ("values-excel-dates-lost", dated[read.isna()]),
    )
    return [_problem(code, values, header) for code, values in found if len(values)]


def _is_dated(series: Series) -> Series:
    text = clean_text(series)
    return text.map(
        lambda value: repair_excel_damage(value) is not None, na_action="ignore"
    ).astype("boolean")
