"""Amounts of a stranger's list in the study's currency, by the rates the study was given.

Comes in: raw rows and the rules of the columns that are read. Goes out: those columns as amounts in
one currency, and a Problem for what no rate converts. Separate because a list names its currencies
like any export, in a column or by a sign, and must be read by the same rules as the accounts the
rubric was learned from.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from icp_engine.activate.read_rows import rubric_columns
from icp_engine.intake.columns.currencies import Amounts, convert_amounts, find_amounts
from icp_engine.problems import Problem, make_problem
from icp_engine.rubric.model import Rubric
from icp_engine.settings import Settings
from icp_engine.types import Frame, Series
from icp_engine.values.currency_signs import apply_factors
from icp_engine.values.parse import parse_column
from icp_engine.values.rule import ColumnRule

SHOWN_ROWS = 20


def convert_list(
    frame: Frame, rules: Mapping[str, ColumnRule], currency: str, rates: Mapping[str, float]
) -> tuple[dict[str, Series], list[Problem]]:
    """{column: amounts in `currency`} for the columns of `rules` that need it; every other column
    stays as it is.

    rules: {column of the list: the rule it is read by}. currency: ISO code of the study, “” where
    its data named none; then the list's commonest. rates: units of `currency` for one of another. A
    row in a currency without a rate is missing and counted in a Problem; a row that names no
    currency stays as it is.
    """
    read = {
        column: rule.model_copy(update={"currency": currency or "?"})
        for column, rule in rules.items()
    }
    read = {column: rule for column, rule in read.items() if rule.type == "money"}
    if not read:
        return {}, []
    others = [column for column in frame.columns if column not in read]
    every = {**{column: ColumnRule() for column in others}, **read}
    roles = dict.fromkeys(frame.columns, "attribute")
    amounts = find_amounts("list", frame, every, roles, set(read))
    given = {code: rate for code, rate in rates.items() if rate > 0}
    conversion = convert_amounts(
        amounts, Settings.model_validate({"currency": currency or None, "rates": given})
    )
    converted = {
        column: apply_factors(parse_column(frame[column], rules[column]), factors)
        for (_, column), factors in conversion.factors.items()
    }
    unknown = {use.column: use.without_rate for use in conversion.uses if use.without_rate}
    return converted, [
        _problem(part, unknown[part.header], len(frame))
        for part in amounts
        if part.header in unknown
    ]


def convert_for_rubric(frame: Frame, rubric: Rubric) -> tuple[dict[str, Series], list[Problem]]:
    """As `convert_list`, by the one currency and the rates that the rubric's own rules carry;
    nothing where several.
    """
    rules = {name: rule for name, rule in rubric_columns(rubric)[1].items() if name in frame}
    currencies = {rule.currency for rule in rules.values() if rule.currency}
    rates = {code: rate for rule in rules.values() for code, rate in rule.rates.items()}
    return convert_list(frame, rules, currencies.pop(), rates) if len(currencies) == 1 else ({}, [])


def _problem(part: Amounts, without: tuple[str, ...], total: int) -> Problem:
    lost = part.codes[part.codes.isin(without).to_numpy()]
    rows = [int(row) for row in lost.index[:SHOWN_ROWS] if pd.api.types.is_integer(row)]
    found = ", ".join(without[:6])
    return make_problem(
        "list-currency-unknown",
        column=part.header,
        rows=rows,
        count=len(lost),
        total=total,
        found=found,
    )
