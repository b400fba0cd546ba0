"""What a spreadsheet did to values before they were exported: bands as dates, rounded ids,
“######”, “#NAME?”.

Comes in: a raw text column and its rule. Goes out: problems that name the rows. Separate because
each is recognised by its own look, whatever the column holds; what can be repaired without doubt
`parse` has repaired by the rule.
"""

from __future__ import annotations

import re

import pandas as pd

from icp_engine.intake.columns.header_words import split_header
from icp_engine.problems import Problem, make_problem
from icp_engine.types import Series
from icp_engine.values.arrow import by_distinct
from icp_engine.values.metric_kinds import metric_of
from icp_engine.values.parse import clean_text, parse_column
from icp_engine.values.places import country_codes
from icp_engine.values.ranges import repair_excel_damage
from icp_engine.values.reference_tables import read_reference
from icp_engine.values.rule import ColumnRule
from icp_engine.values.yes_no_missing import HASHES, MISSING_WORDS, ROUNDED

_FORMULA_ERROR = re.compile(
    r"#(?:name\?|value!|ref!|div/0!|num!|null!|error!?|spill!|calc!|getting_data)", re.IGNORECASE
)

_COUNTS_THINGS = re.compile(
    r"\b(?:number of|employees?|headcount|staff|seats?|users?|licen[sc]es|age|ltv|tenure|days|"
    r"orders|tickets)\b"
)
_CHANGES = re.compile(
    r"\b(?:change|delta|growth|difference|net|balance|left|remaining|to|until|late)\b"
)
LARGEST_SHARE = 1e5  # per cent
_MAYBE_FOR_NONE = re.compile("0000|999|0001|1900")
# What a system writes where it has no date: MySQL's zeros, Excel's day nought, “for ever”
_DATE_FOR_NONE = re.compile(
    r"(?:0000[-/.]?00[-/.]?00|00[-/.]00[-/.]0000|1900[-/.]01[-/.]00|00[-/.]0?1[-/.]1900|"
    r"0?1[-/.]00?[-/.]1900|0001[-/.]01[-/.]01"
    r"|0?1[-/.]0?1[-/.]0001|[29]999[-/.]12[-/.]31|31[-/.]12[-/.][29]999|12[-/.]31[-/.][29]999|"
    r"99991231)(?:[t ].{0,20})?"
)
# columns in which one less is an answer: returns among pieces, changes, balances
GOES_BELOW_ZERO = re.compile(
    r"quantit|qty|menge|stück|stueck|anzahl|cantidad|quantit|qté|aantal|ilość|ilosc|množství|"
    r"kolicina|antal|количество|adet|数量"
    r"|수량|pieces|units|pcs|return|change|delta|differen|growth|balance|saldo|adjust|"
    r"veränderung|variation|variaci|net |score|nps",
    re.IGNORECASE,
)
# Names of regions beside which NA is North America
_REGIONS = frozenset(
    [
        "emea",
        "apac",
        "latam",
        "eu",
        "eur",
        "europe",
        "asia",
        "apj",
        "anz",
        "mea",
        "mena",
        "dach",
        "uki",
        "cee",
        "cis",
        "row",
        "amer",
        "sa",
        "sam",
        "sea",
        "ssa",
        "gcc",
        "benelux",
        "nordics",
        "africa",
        "eame",
        "japac",
        "cala",
        "lac",
        "lata",
        "japac",
        "ap",
        "as",
        "af",
        "oc",
        "japan",
        "oceania",
        "latin",
        "america",
    ]
)
_NORTH_AMERICA = frozenset(
    ("north america", "noram", "nam", "namer", "n. america", "northern america", "americas", "amer")
)
_COUNTRY = re.compile(r"[A-Z]{2}")
MOST_PLACES = 300  # different codes
SHORT_CODES = 6  # signs of a region's code


def dates_for_none(text: Series) -> set[str]:
    """Texts of a column that stand where a system has no date (0000-00-00, 9999-12-31)."""
    odd = text[text.str.contains(_MAYBE_FOR_NONE.pattern, regex=True, na=False)]
    return {word for word in odd.str.lower().unique() if _DATE_FOR_NONE.fullmatch(word)}


def words_that_mean_something(text: Series) -> set[str]:
    """Words that usually mean empty and here do not: NA beside EMEA is North America, beside DE and FR
    Namibia; “-” beside “+” is a grade.
    """
    found = set()
    if text.eq("NA").any() and _is_place_code(set(text.unique()) - {"NA"}):
        found.add("na")
    if text.eq("-").any() and text.eq("+").any():
        found.add("-")
    return found


def _is_place_code(others: set[str]) -> bool:
    """Whether the other values are codes of regions or of countries, among which NA has a place."""
    if len(others) > MOST_PLACES:
        return False
    known = {word for word in others if word.strip().lower() not in MISSING_WORDS}
    lowered = {word.lower() for word in known}
    if lowered & _NORTH_AMERICA:
        return False
    regions = lowered & _REGIONS
    short = sum(len(word) <= SHORT_CODES and word.isupper() for word in known)
    if len(regions) >= 2 and short >= 0.5 * len(known):
        return True
    codes = {word for word in known if _COUNTRY.fullmatch(word)}
    if len(codes) < 5 or len(codes) < 0.9 * len(known):
        return False
    states = {row["code"] for row in read_reference("us_states")}
    return codes <= country_codes() and not codes <= states


def find_impossible(series: Series, header: str, rule: ColumnRule, values: Series) -> list[Problem]:
    """Headcounts below zero and shares of a million percent: told, and used as they stand. `values`:
    the series as the rule reads it.
    """
    if rule.type not in ("number", "money", "percent"):
        return []
    words = split_header(header)[1]
    found = []
    if _COUNTS_THINGS.search(words) and not _CHANGES.search(words):
        found.append(("below zero", values < 0))
    metric = metric_of(words)
    if rule.type == "percent" or (metric is not None and metric.unit in ("%", "share")):
        found.append(("larger than any share", values.abs() > LARGEST_SHARE))
    return [
        make_problem(
            "values-impossible",
            column=header,
            rows=[int(label) for label in series.index[wrong][:20] if isinstance(label, int)],
            count=int(wrong.sum()),
            found=why,
            examples="”, “".join(clean_text(series[wrong]).str.slice(0, 40).unique()[:3]),
        )
        for why, wrong in ((why, mask.fillna(False).to_numpy(dtype=bool)) for why, mask in found)
        if wrong.any()
    ]


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
