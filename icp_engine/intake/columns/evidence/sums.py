"""Columns of numbers that make one another, row by row: price times count is a line's total, net and tax
are what is to be paid.

Comes in: the first numbers of a table, by column. Goes out: the columns' headers. Separate because it
needs no word of any language: only orders and invoices are reckoned so.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations, product

from icp_engine.intake.columns.evidence.deal_columns import FEW
from icp_engine.types import Frame, Series
from icp_engine.values.parse import parse_column
from icp_engine.values.rule import ColumnRule

FIRST_ROWS, MOST_COLUMNS = 500, 12  # looked at
NEARLY_ALL = 0.95  # share of rows in which it must be so
NEAR = 0.02  # share by which a line's total may differ from price times quantity
CENTS = 0.001  # share by which a total may differ from net and tax, which are rounded
Numbers = dict[str, Series]


def first_numbers(frame: Frame, rules: Mapping[str, ColumnRule]) -> Numbers:
    """The first columns of numbers, by header, in the first rows."""
    rows = frame.iloc[:FIRST_ROWS]
    numeric = [
        header
        for header, rule in rules.items()
        if rule.type in ("money", "number") and header in frame
    ]
    return {header: parse_column(rows[header], rules[header]) for header in numeric[:MOST_COLUMNS]}


def find_tax(numbers: Numbers) -> tuple[str, str] | None:
    """The columns of net and of tax, or of what was sold and of its freight: the two that make a third,
    row by row, the larger one first.
    """
    for net, tax in permutations(numbers, 2):
        if not (numbers[tax].median() > 0 and (numbers[tax] < numbers[net]).mean() >= NEARLY_ALL):
            continue
        both = numbers[net] + numbers[tax]
        others = (values for name, values in numbers.items() if name not in (net, tax))
        if any(_same(both, values, CENTS) for values in others):
            return net, tax
    return None


def find_product(numbers: Numbers) -> tuple[str, str] | None:
    """The column that is price times count, row by row, and the column that counts."""
    counts = [header for header, values in numbers.items() if _counts(values)]
    for count, price in product(counts, numbers):
        if count == price or numbers[price].nunique() < 2:
            continue
        times = numbers[price] * numbers[count]
        for total, values in numbers.items():
            if total not in (count, price) and _same(times, values, NEAR):
                return total, count
    return None


def whole(values: Series) -> bool:
    """Whether all known numbers are whole, and there are some."""
    known = values.dropna()
    return len(known) > 0 and bool((known % 1 == 0).all())


def _counts(values: Series) -> bool:
    """Whether numbers are whole and differ, as quantities do."""
    return whole(values) and values.nunique() > 1


def _same(made: Series, values: Series, near: float) -> bool:
    both = (made.notna() & values.notna() & (made != 0)).to_numpy()
    if both.sum() < FEW:
        return False
    apart = (values[both] / made[both] - 1.0).abs()
    return bool((apart <= near).mean() >= NEARLY_ALL)
