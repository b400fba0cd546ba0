"""Whether numbers are money by how they are written.

Comes in: a column's raw values and its numbers. Goes out: yes or no. Separate because kinds of
tables and parts of columns rest on it alike, in every language.
"""

from __future__ import annotations

import re

from icp_engine.types import Series

LEAST_MONEY = 10.0  # a middle value under which two decimals are a ratio, no money
NEARLY_ALL = 0.8  # share of values that are written so
_TWO_DECIMALS = re.compile(r"^\D{0,4}-?\d[\d .,'’]*[.,]\d\d\D{0,4}$")


def has_cents(raw: Series, values: Series) -> bool:
    """Whether numbers are written with two decimals and large enough to be no ratio."""
    texts = raw.dropna().astype("str")
    if not len(texts) or not values.median() >= LEAST_MONEY:
        return False
    return float(texts.str.contains(_TWO_DECIMALS.pattern).mean()) >= NEARLY_ALL
