"""Amounts in one currency: which rows are in which, and by what factor they become the study's.

Comes in: tables with their rules and roles, and the rates a person gave. Goes out: a factor a row
for every column of amounts that needs one, and what was found as `CurrencyUse`s and Problems.
Separate because a currency may stand in a column of its own (Salesforce, Pipedrive) or as a sign in
each cell, and both can happen in one column.

A column with a currency that has no rate leaves the value metrics; a stray currency (at most 1 % of
the rows) only loses its own rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.proposal_model import CurrencyUse
from icp_engine.problems import Problem, make_problem
from icp_engine.settings import Settings
from icp_engine.types import Frame, Series
from icp_engine.values.currency_signs import _signs_in_cells
from icp_engine.values.parse import clean_text, map_distinct, missing_mask
from icp_engine.values.rule import ColumnRule
from icp_engine.values.words.money_words import CODES_BY_SIGN

STRAY = 0.01  # share of rows a currency without a rate may have before the whole column is left out
AMOUNT_TYPES = frozenset({"money", "number"})
SIGNS = "signs in the cells"


@dataclass(frozen=True)
class Amounts:
    """One column of amounts: the currency of each filled row (ISO code), and where the codes were
    read.
    """

    table: str
    header: str
    codes: Series
    codes_from: str


@dataclass(frozen=True)
class Conversion:
    """Factors to the study's currency by row (missing where there is no rate), and what there is to
    say about it.
    """

    factors: dict[tuple[str, str], Series]
    left_out: frozenset[tuple[str, str]]
    uses: tuple[CurrencyUse, ...]
    problems: tuple[Problem, ...]
    currency: str


def read_code(text: str) -> str | None:
    """The ISO code that a cell of a currency column means: “usd”, “€”, “US Dollar”, “EUR - Euro”."""
    word = text.strip()
    if len(word) == 3 and word.isalpha():
        return word.upper()
    sign = CODES_BY_SIGN.get(word.casefold())
    if sign:
        return sign
    return (
        word[:3].upper()
        if word[:3].isalpha() and word[3:4] in (" ", "-") and word[:3].isupper()
        else None
    )


def find_amounts(
    table: str,
    frame: Frame,
    rules: Mapping[str, ColumnRule],
    roles: Mapping[str, str],
    mixed: Collection[str],
) -> list[Amounts]:
    """Every column of amounts of one table with the currency of its rows; columns that name none
    are left out.

    `mixed`: headers whose cells carry different signs; in every other column one sign stands for
    all rows.
    """
    codes = [
        header for header in frame.columns if _names_currency(header, frame[header], rules[header])
    ]
    found = []
    for header, rule in rules.items():
        if not is_amount(header, rule, str(roles[header])):
            continue
        column = _code_column(header, codes)
        if column is None and header not in mixed:
            found += (
                [Amounts(table, header, _all_alike(frame, rule.currency), SIGNS)]
                if rule.currency
                else []
            )
            continue
        named = (
            _signs_in_cells(frame[header], rule)
            if header in mixed
            else _all_alike(frame, rule.currency)
        )
        if column is not None:
            written = map_distinct(clean_text(frame[column]), read_code, "str")
            named = written.where(written.notna(), named.astype("str"))
        known = ~missing_mask(frame[header], rule).to_numpy(dtype=bool)
        found.append(
            Amounts(table, header, named[known].dropna(), SIGNS if column is None else column)
        )
    return found


def _all_alike(frame: Frame, currency: str) -> Series:
    """One currency for every row (missing where it is “”), one byte a row."""
    code = np.full(len(frame), 0 if currency else -1, dtype=np.int8)
    return pd.Series(pd.Categorical.from_codes(code, [currency]), index=frame.index)


def is_amount(header: str, rule: ColumnRule, role: str) -> bool:
    """Whether a column holds money: by its role, its signs, or as a value metric in money."""
    if role in ("amount", "event_amount"):
        return rule.type in AMOUNT_TYPES
    return rule.type == "money" and role in ("value_metric", "attribute", "known_after")


def _names_currency(header: str, series: Series, rule: ColumnRule) -> bool:
    words = split_header(header)[1]
    if "currency" not in words.split() and words not in (
        "wahrung",
        "devise",
        "moneda",
        "moeda",
        "valuta",
        "iso code",
    ):
        return False
    distinct = (
        clean_text(series[~missing_mask(series, rule).to_numpy(dtype=bool)]).dropna().unique()
    )
    return 0 < len(distinct) <= 60 and all(read_code(str(text)) for text in distinct)


def _code_column(header: str, codes: list[str]) -> str | None:
    """The currency column of an amount: “Currency of Value” for “Value”, else the one of the whole
    row.
    """
    words = split_header(header)[1]
    own = {column: split_header(column)[1] for column in codes}
    for column, text in own.items():
        if text in (
            f"currency of {words}",
            f"{words} currency",
            f"{words} currency code",
            f"currency {words}",
        ):
            return column
    general = ("currency", "currency code", "currency iso code", "iso currency", "deal currency")
    return next(
        (column for column, text in own.items() if text in general), next(iter(codes), None)
    )


def convert_amounts(amounts: list[Amounts], settings: Settings) -> Conversion:
    """Factors for all amounts of a study; its currency is the setting, else the commonest of all
    rows.
    """
    currency = study_currency(amounts, settings)
    rates = {currency: 1.0, **{code.upper(): rate for code, rate in settings.rates.items()}}
    factors, uses, problems = {}, [], []
    left_out = set()
    for part in amounts:
        counts = part.codes.value_counts()
        counts = counts[counts > 0]
        if set(counts.index) <= {currency}:
            continue
        without = tuple(str(code) for code in counts.index if code not in rates)
        stray = int(counts[list(without)].sum()) <= STRAY * int(counts.sum())
        place = (part.table, part.header)
        factors[place] = part.codes.astype("str").map(rates).astype("float64")
        if without and not stray:
            left_out.add(place)
        rows = tuple((str(code), int(number)) for code, number in counts.items())
        uses.append(
            CurrencyUse(
                part.table, part.header, rows, part.codes_from, currency, without, place in left_out
            )
        )
        if without:
            problems.append(_problem(part, counts, without))
    return Conversion(factors, frozenset(left_out), tuple(uses), tuple(problems), currency)


def _problem(part: Amounts, counts: Series, without: tuple[str, ...]) -> Problem:
    rows = [int(row) for row in part.codes.index[part.codes.isin(without).to_numpy()][:20]]
    found = ", ".join(f"{code} ({counts[code]} rows)" for code in without[:6])
    return make_problem(
        "currency-mixed", table=part.table, column=part.header, rows=rows, found=found
    )


def study_currency(amounts: list[Amounts], settings: Settings) -> str:
    """The study's currency; “” where no column names any.

    The setting, else the one whose rate is given as 1, else the only one without a rate, else that
    of most rows.
    """
    if settings.currency:
        return settings.currency.upper()
    ones = sorted(code.upper() for code, rate in settings.rates.items() if rate == 1.0)
    if ones:
        return ones[0]
    rows: Counter[str] = Counter()
    for part in amounts:
        rows.update(
            {str(code): int(number) for code, number in part.codes.value_counts().items() if number}
        )
    without = [code for code in rows if code not in {given.upper() for given in settings.rates}]
    if settings.rates and len(without) == 1:
        return without[0]
    return min(rows, key=lambda code: (-rows[code], code)) if rows else ""
