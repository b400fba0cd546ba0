"""One column's raw values → clean values, by a rule that can be saved and used again on the next
list.

Comes in: a Series of texts (or already clean values) and its `ColumnRule`. Goes out: a Series of
the rule's type. Separate because files, prospect lists and rubrics must read the same value alike.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow
import pyarrow.compute

from icp_engine.types import Series
from icp_engine.values.arrow import by_distinct, changed_text, is_blank, repeats, to_arrow, to_text
from icp_engine.values.dates import parse_dates
from icp_engine.values.numbers import names_scale, parse_number, parse_plain_numbers, round_scaled
from icp_engine.values.ranges import Limits, midpoint, parse_range, read_band
from icp_engine.values.rule import ColumnRule
from icp_engine.values.yes_no_missing import (
    HASHES,
    MISSING_WORDS,
    ROUNDED,
    fold,
    fold_series,
    yes_or_no,
)

__all__ = [
    "MISSING_WORDS",
    "clean_text",
    "fold",
    "fold_series",
    "missing_mask",
    "parse_column",
    "parse_range",
    "split_tags",
]

# no sum of money or count is larger, and the squares of larger ones have no room in a float
LARGEST = 1e18
_BLANKS = re.compile(r"\s+")
_NUMBER_WORD = re.compile(r"-?\d+(\.\d+)?")
_CUT_OFF = re.compile(f"^(?:{HASHES.pattern})$")
# Vectorised: signs named outright, since pandas leaves Arrow for Python where \s stands
_ANY_BLANKS = re.compile("[ \t\r\n]+")
_UNTIDY = re.compile("[\t\r\n]|  ")
_WHOLE = re.compile(r"^([0-9]+)\.0+$")
_EXPONENT = re.compile(r"[eE]\+[0-9]+$")
_HOST = r"[a-z0-9äöüéèàßñ_-]+(?:\.[a-z0-9äöüéèàßñ_-]+)*\.[a-z]{2,24}"
_BEFORE_HOST = r"^(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#@ ]*@)?(?:www\.)?"
_AFTER_HOST = r"\.?(?::[0-9]+)?(?:[/?#].*)?$"
_ADDRESS = re.compile(f"{_BEFORE_HOST}(?P<host>{_HOST}){_AFTER_HOST}")


def clean_text(series: Series) -> Series:
    """Every value as stripped text (dtype str), missing stays missing; 123.0 becomes “123”. Index
    kept.
    """
    if pd.api.types.is_float_dtype(series):
        series = (
            series.astype("object")
            .where(series.notna(), None)
            .map(_number_text, na_action="ignore")
        )
    elif not pd.api.types.is_string_dtype(series) or series.dtype == object:
        series = series.astype("object").map(_value_text, na_action="ignore")
    text = series.astype("str")
    return changed_text(text, text.str.strip())


def _number_text(value: float) -> str:
    return (
        str(int(value)) if float(value).is_integer() and abs(value) < 1e18 else repr(float(value))
    )


def _value_text(value: object) -> str:
    if isinstance(value, (list, tuple, set, frozenset)):
        return "; ".join(str(part) for part in value)
    return _number_text(value) if isinstance(value, float) else str(value)


def missing_mask(series: Series, rule: ColumnRule) -> Series:
    """True where a value is empty or one of the rule's missing words (`MISSING_WORDS` if the rule
    names none).

    Numbers are compared as text, so the word “-1” empties -1.0.
    """
    words = frozenset(rule.missing) | {""} if rule.missing else MISSING_WORDS
    if pd.api.types.is_datetime64_any_dtype(series) or pd.api.types.is_bool_dtype(series):
        return series.isna()
    if pd.api.types.is_numeric_dtype(series):
        values = [float(word) for word in words if _NUMBER_WORD.fullmatch(word)]
        return series.isna() | series.isin(values) if values else series.isna()
    if is_blank(series):
        return pd.Series(True, index=series.index)
    return (
        by_distinct(series, lambda values: _is_missing_text(values, words))
        .fillna(True)
        .astype("bool")
    )


def _is_missing_text(series: Series, words: frozenset[str]) -> Series:
    """In Arrow's own steps: every column of every table is asked several times."""
    plain = pd.api.types.is_string_dtype(series) and series.dtype != object
    compute, values = pyarrow.compute, to_arrow(series if plain else clean_text(series))
    text = compute.utf8_lower(compute.utf8_trim_whitespace(values))
    missing = compute.or_(
        compute.is_null(text), compute.is_in(text, value_set=_word_array(words, text.type))
    )
    if compute.any(compute.starts_with(text, "#")).as_py():
        missing = compute.or_(
            missing, compute.match_substring_regex(text, _CUT_OFF.pattern).fill_null(True)
        )
    return pd.Series(missing.to_numpy(), index=series.index).astype("boolean")


@lru_cache(maxsize=256)
def _word_array(words: frozenset[str], type: Any) -> Any:
    return pyarrow.array(sorted(words), type=type)


def parse_column(series: Series, rule: ColumnRule) -> Series:
    """Clean values by rule, index and name kept; what is missing or does not parse is missing.
    Idempotent.

    number, money, percent → float64; boolean → boolean; date → datetime64[ns]; everything else →
    text (dtype str). Already clean values pass unchanged. Never raises for bad values.
    """
    plain = series.reset_index(drop=True)
    if isinstance(plain.dtype, pd.CategoricalDtype) or plain.dtype == object:
        plain = plain.astype("object").infer_objects()
    return (
        by_distinct(plain, lambda values: _parse_known(values, rule))
        .set_axis(series.index)
        .rename(series.name)
    )


def _parse_known(series: Series, rule: ColumnRule) -> Series:
    missing = missing_mask(series, rule).to_numpy()
    known = series.where(~missing) if missing.any() else series
    return _PARSERS.get(rule.type, _parse_category)(known, rule)


def count_values(series: Series, rule: ColumnRule) -> tuple[int, int, int]:
    """Rows with a value, distinct values among them, and rows with nothing in them at all (no
    missing word either).
    """
    if repeats(series):
        codes, distinct = pd.factorize(series, use_na_sentinel=False)
        values = pd.Series(distinct)
        rows = np.bincount(codes, minlength=len(values))
        known = ~missing_mask(values, rule).to_numpy()
        return (
            int(rows[known].sum()),
            int(known.sum()),
            int(rows[(values.isna() | values.eq("")).to_numpy()].sum()),
        )
    if is_blank(series):
        return 0, 0, len(series)
    known = ~missing_mask(series, rule).to_numpy(dtype=bool)
    distinct = (series if known.all() else series[known]).nunique()
    return int(known.sum()), int(distinct), int((series.isna() | (series == "")).sum())


def map_distinct(text: Series, read: Callable[[str], object], dtype: str) -> Series:
    """`read` once per distinct text; None becomes missing."""
    codes, distinct = pd.factorize(text)
    values = pd.Series([read(str(value)) for value in distinct] + [None], dtype=dtype)
    return values.take(codes).set_axis(text.index)  # code -1 (missing) takes the last, None


def _parse_numbers(series: Series, rule: ColumnRule) -> Series:
    """Numbers; what is beyond `LARGEST` is none."""
    values = _read_numbers(series, rule)
    return values.where(values.abs() <= LARGEST)


def _read_numbers(series: Series, rule: ColumnRule) -> Series:
    if pd.api.types.is_numeric_dtype(series):
        values = series.astype("Float64").to_numpy(dtype="float64", na_value=np.nan)
        return pd.Series(np.where(np.isfinite(values), values, np.nan), index=series.index)
    if pd.api.types.is_datetime64_any_dtype(series):
        return pd.Series(np.nan, index=series.index)
    text = clean_text(series)
    values = parse_plain_numbers(text, rule.decimal)
    open_ones = np.isnan(values) & text.notna().to_numpy()
    if rule.factor != 1.0:
        values = np.array([round_scaled(value * rule.factor) for value in values])
    if open_ones.any():
        read = map_distinct(
            text[open_ones], lambda value: _number_or_midpoint(value, rule), "float64"
        )
        values[open_ones] = read.to_numpy()
    return pd.Series(values, index=series.index)


def _number_or_midpoint(text: str, rule: ColumnRule) -> float | None:
    number = parse_number(text, rule.decimal)
    if number is not None:
        scaled = rule.factor == 1.0 or names_scale(text)
        return number if scaled else round_scaled(number * rule.factor)
    limits = parse_range(text)
    return None if limits is None else midpoint(limits)


def rule_bands(rule: ColumnRule) -> list[tuple[str, Limits]]:
    """The rule's bands in order with their limits; levels that are no band are left out."""
    return [(level, limits) for level in rule.levels if (limits := parse_range(level)) is not None]


def _parse_ranges(series: Series, rule: ColumnRule) -> Series:
    bands = rule_bands(rule)

    def read(text: str) -> str | None:
        merged = rule.merges.get(fold(text))
        return merged if merged is not None else read_band(text, bands)

    return map_distinct(clean_text(series), read, "str")


def _parse_booleans(series: Series, rule: ColumnRule) -> Series:
    if pd.api.types.is_bool_dtype(series):
        return series.astype("boolean")
    return map_distinct(clean_text(series), lambda text: yes_or_no(text, rule.merges), "boolean")


def _parse_dates(series: Series, rule: ColumnRule) -> Series:
    return parse_dates(series, rule.date_order, rule.month_language)


def split_tags(text: str, separator: str) -> list[str]:
    """The tags of one cell in their order: separated text, or a Python or JSON list. “;” always
    separates.
    """
    if _is_list(text.strip()):
        listed = _read_list(text)
        if listed is not None:
            return listed
    parts = (text.replace(separator, ";") if separator else text).replace("\n", ";").split(";")
    return [stripped for part in parts if (stripped := _BLANKS.sub(" ", part).strip())]


def _is_list(text: str) -> bool:
    """Whether a cell looks like a list of Python or JSON, or like one that a database prints."""
    ends = text[:1] + text[1:][-1:]
    return ends == "[]" or (ends == "{}" and ":" not in text)


def _read_list(text: str) -> list[str] | None:
    try:
        listed = ast.literal_eval(f"[{text.strip()[1:-1]}]") if len(text) <= 20_000 else None
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return [part.strip(" '\"") for part in text.strip()[1:-1].split(",") if part.strip(" '\"")]
    if not isinstance(listed, list):
        return None
    return [
        clean
        for part in listed
        if part is not None and (clean := str(part).replace(";", ",").strip())
    ]


def _parse_tags(series: Series, rule: ColumnRule) -> Series:
    words = frozenset(rule.missing) if rule.missing else MISSING_WORDS

    def read(text: str) -> str | None:
        tags: dict[str, str] = {}
        for tag in split_tags(text, rule.separator):
            if tag.lower() not in words:
                level = _read_category(tag, rule.merges)
                tags.setdefault(fold(level), level)
        return "; ".join(tags.values()) or None

    return map_distinct(clean_text(series), read, "str")


def _read_category(text: str, merges: Mapping[str, str]) -> str:
    tidy = _BLANKS.sub(" ", text)
    # “=text”: kept apart from what folds alike
    return merges.get(f"={tidy}") or merges.get(fold(tidy), tidy)


def _parse_category(series: Series, rule: ColumnRule) -> Series:
    text = clean_text(series)
    if not rule.merges:  # names: mostly distinct, so nothing is gained by looking at each once
        return (
            text.str.replace(_ANY_BLANKS.pattern, " ", regex=True)
            if _any_match(text, _UNTIDY)
            else text
        )
    return map_distinct(text, lambda value: _read_category(value, rule.merges), "str")


def _parse_text(series: Series, _rule: ColumnRule) -> Series:
    return clean_text(series)


def _parse_ids(series: Series, _rule: ColumnRule) -> Series:
    """Ids as text; “123.0”, as a spreadsheet leaves an id, is “123”; “8.1E+09” names nobody, since
    digits are lost.
    """
    text = _without_rounded(series)
    return (
        text.str.replace(_WHOLE.pattern, r"\1", regex=True)
        if text.str.match(_WHOLE.pattern, na=False).any()
        else text
    )


def _without_rounded(series: Series) -> Series:
    text = clean_text(series)
    return (
        text.mask(text.str.fullmatch(ROUNDED.pattern, na=False))
        if _any_match(text, _EXPONENT)
        else text
    )


def _any_match(text: Series, pattern: re.Pattern[str]) -> bool:
    return bool(text.str.contains(pattern.pattern, regex=True, na=False).any())


def _parse_phones(series: Series, _rule: ColumnRule) -> Series:
    return _without_rounded(series)


def _parse_emails(series: Series, _rule: ColumnRule) -> Series:
    return clean_text(series).str.lower().str.removeprefix("mailto:")


def read_domain(text: str) -> str | None:
    """The host of an address or e-mail, lower case, without “www.”; None if there is no host."""
    match = _ADDRESS.fullmatch(text.strip().lower())
    return match["host"] if match else None


def _parse_domains(series: Series, _rule: ColumnRule) -> Series:
    lowered = to_arrow(clean_text(series).str.lower())
    found = pyarrow.compute.extract_regex(lowered, _ADDRESS.pattern)
    return pd.Series(to_text(pyarrow.compute.struct_field(found, "host")), index=series.index)


_PARSERS: dict[str, Callable[[Series, ColumnRule], Series]] = {
    "number": _parse_numbers,
    "money": _parse_numbers,
    "percent": _parse_numbers,
    "range": _parse_ranges,
    "boolean": _parse_booleans,
    "tags": _parse_tags,
    "category": _parse_category,
    "text": _parse_text,
    "date": _parse_dates,
    "id": _parse_ids,
    "email": _parse_emails,
    "phone": _parse_phones,
    "domain": _parse_domains,
    "empty": _parse_text,
}
