"""What a line of an order came to: a unit price times its quantity, a discount taken off.

Comes in: an event table, its amounts and quantities. Goes out: the amount of each row. Separate
because a price is told from a sum by its values, whatever its header says.
"""

from __future__ import annotations

import re

import numpy as np

from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.table import Table
from icp_engine.types import Series

# a line's total over price times quantity, after any discount, and the share of lines it must fit
NEAR_PRODUCT, SAME_PRODUCT, LEAST_LINES = (0.5, 1.001), 0.95, 5
DISCOUNT = re.compile(r"\b(discount|disc|rabatt|remise|coupon|voucher|promo|sconto|descuento)\b")
_UNIT_PRICE = re.compile(
    r"^(unit|item|list|sell|sales|piece|net unit|gross unit)? ?(price|rate)( each| per (unit|piece|item))?$"
)
_SURELY_UNIT = re.compile(r"\b(unit|item|piece|each)\b")
LEAST_REPEATS = 20  # rows of things bought again in other quantities, to tell a price from a sum
TELLING = 0.5  # share of all spread from which things explain what a column holds
UNRELATED = 0.3  # correlation of prices with quantities; sums have more
MOST_LEVELS = 0.5  # share 0–1 of rows: a column of more different values names no things


def line_amounts(table: Table, amount: Series, quantity: Series) -> Series:
    """The amount of every row: the line's total where a column holds it, else unit price times
    quantity less the discount, else the amount as it stands.
    """
    header = table.header("event_amount")
    words = split_header(header)[1] if header is not None else ""
    if quantity.notna().sum() == 0 or not _UNIT_PRICE.match(words):
        return amount
    if not _SURELY_UNIT.search(words) and not _is_price(table, amount, quantity):
        return amount
    product = amount * quantity
    total = _line_total(table, product)
    return product * (1 - _discount(table)) if total is None else table.clean(total)


def _line_total(table: Table, product: Series) -> str | None:
    """The column that is price times quantity, a discount taken off: row by row nearly the product."""
    for header in table.headers("ignore", "attribute", "known_after", "value_metric", "identifier"):
        if table.rules[header].type not in ("number", "money"):
            continue
        ratio = (table.clean(header) / product)[product != 0].dropna()
        near = ratio.between(*NEAR_PRODUCT).mean() if len(ratio) >= LEAST_LINES else 0.0
        if near >= SAME_PRODUCT and product.nunique() > 2:
            return header
    return None


def _is_price(table: Table, amount: Series, quantity: Series) -> bool:
    """Whether the same thing costs the same in whatever quantity; where nothing names things,
    whether amounts do not grow with quantities.
    """
    usable = (amount > 0) & (quantity > 0)
    price, count = np.log(amount[usable]), np.log(quantity[usable])
    if usable.sum() < LEAST_REPEATS or count.nunique() < 2:
        return False
    for header in table.headers("attribute", "product", "identifier", "ignore"):
        if table.rules[header].type not in ("category", "text", "id"):
            continue
        things = table.frame[header][usable]
        if not 1 < things.nunique() <= MOST_LEVELS * len(things):
            continue
        as_price, as_sum = _spread(price, things), _spread(price - count, things)
        telling = min(as_price, as_sum) < TELLING * float(price.std())
        if telling and _spread(count, things) > 0:
            return as_price <= as_sum
    return bool(abs(np.corrcoef(price, count)[0, 1]) < UNRELATED)


def _spread(values: Series, things: Series) -> float:
    """How far values of one thing lie apart, over all things."""
    within = values - values.groupby(things.to_numpy()).transform("mean")
    return float(within.std())


def _discount(table: Table) -> Series | float:
    """Share 0–1 taken off each line, where a column says one; 0 where its numbers are none."""
    for header, rule in table.rules.items():
        if rule.type not in ("number", "percent") or not DISCOUNT.search(split_header(header)[1]):
            continue
        share = table.clean(header).fillna(0.0).astype("float64")
        if rule.type == "percent":
            share = share / 100
        if share.between(0, 1, inclusive="left").all():
            return share
    return 0.0
