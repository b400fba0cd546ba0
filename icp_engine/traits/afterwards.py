"""What good looks like after the sale: onboarding, adoption, features used, tickets; best customers
against the rest.

Comes in: customers, the groups. Goes out: one row a column (and level) with medians or shares and
intervals. Separate because these columns are known only later: they describe, and no function here
is read by a score.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import stats

from icp_engine.stats.proportions import wilson
from icp_engine.types import Frame, Index, Series
from icp_engine.wording.numbers import number
from icp_engine.wording.shares import percent

if TYPE_CHECKING:
    from icp_engine.customers.model import Best, Customers
    from icp_engine.types import Floats

AFTERWARDS = re.compile(  # value metrics that tell how it goes rather than what it is worth
    r"\b(onboard\w*|adopt\w*|activat\w*|go live|time to (value|live|first)|implementation|usage|used|logins?|active|"
    r"features?|seats|tickets?|support|trainings?|satisfaction|csat|health)\b"
)
LABELS = re.compile(  # what a customer became or is said to become: labels of the outcome, not how it went
    r"\b(churn\w*|renew\w*|cancel\w*|forecast|outcome|status|reasons?|won|lost|loss|refund\w*|downgrad\w*|upgrad\w*|"
    r"reactivat\w*|risk|lifecycle|customer type|score|tier|segment)\b"
)
NO_WORD = re.compile(r"[\W_]+")
GROUPS = ("best", "rest", "worst")
FEWEST_KNOWN = 5  # best, and rest, with a value
MOST_LEVELS = 6
AFTERWARDS_COLUMNS = (
    "attribute",
    "value",
    "measure",
    *(f"{group}{part}" for group in GROUPS for part in ("", "_low", "_high", "_n")),
    "differs",
    "part_of_best",
    "sentence",
)


def describe_afterwards(customers: Customers, best: Best) -> Frame:
    """One row a number (measure “median”), one a level of a category or boolean (measure “share”,
    0–1).

    Columns: attribute, value (the level, “” for numbers), measure; for best, rest, worst the
    figure, its 95 % limits and how many customers are known; differs (the intervals of best and
    rest do not meet); part_of_best (the column is one of the metrics that chose the best: that they
    differ says nothing); sentence. Medians by order statistics, shares by Wilson. Empty where best
    means won: then nobody's “afterwards” is known.
    """
    rows: list[dict[str, object]] = []
    if best.basis == "value":
        groups = dict(zip(GROUPS, (best.accounts, best.rest, best.worst), strict=True))
        choosing = {metric.name for metric in best.metrics if metric.weight > 0}
        for name in _columns(customers):
            rows += _describe(name, customers.accounts[name], groups, name in choosing)
    return pd.DataFrame(rows, columns=list(AFTERWARDS_COLUMNS))


def _columns(customers: Customers) -> list[str]:
    """Columns known after the sale that say how it went, in the order of the accounts table."""
    metrics = {metric.name for metric in customers.metrics if not metric.derived}
    later = {
        name
        for name, column in customers.columns.items()
        if column.role == "known_after" and column.type not in ("date", "text", "id", "empty")
    }
    told = {name for name in metrics if AFTERWARDS.search(_words(name))}
    return [
        str(name)
        for name in customers.accounts
        if name in later | told and not LABELS.search(_words(name))
    ]


def _words(name: object) -> str:
    return NO_WORD.sub(" ", str(name)).lower()


def _describe(
    name: str, column: Series, groups: dict[str, Index], part_of_best: bool
) -> list[dict[str, object]]:
    parts = {group: column.reindex(accounts).dropna() for group, accounts in groups.items()}
    if min(len(parts["best"]), len(parts["rest"])) < FEWEST_KNOWN:
        return []
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        medians = {
            group: (*median_interval(part.to_numpy("float64")), len(part))
            for group, part in parts.items()
        }
        return [_row(name, "", "median", medians, part_of_best)]
    return [
        _row(name, level, "share", {g: _share(p, level) for g, p in parts.items()}, part_of_best)
        for level in _levels(pd.concat(list(parts.values())))
    ]


def _levels(known: Series) -> list[str]:
    """The commonest levels; of a boolean only “yes”."""
    if pd.api.types.is_bool_dtype(known):
        return ["yes"]
    counts = known.astype("str").value_counts()
    return (
        [str(level) for level in counts.index[:MOST_LEVELS]]
        if len(counts) <= 2 * MOST_LEVELS
        else []
    )


def _share(part: Series, level: str) -> tuple[float, float, float, int]:
    is_flag = pd.api.types.is_bool_dtype(part)
    held, known = (
        int((part.astype("bool") if is_flag else part.astype("str") == level).sum()),
        len(part),
    )
    low, high = wilson(held, known)
    return (held / known if known else np.nan), float(low), float(high), known


def median_interval(values: Floats, level: float = 0.95) -> tuple[float, float, float]:
    """Median with the order statistics that hold it with at least `level` (binomial); nan limits
    under six values.
    """
    if not len(values):
        return np.nan, np.nan, np.nan
    ordered, below = np.sort(values), int(stats.binom.ppf((1 - level) / 2, len(values), 0.5))
    if stats.binom.cdf(below, len(values), 0.5) > (1 - level) / 2:
        below -= 1
    middle = float(np.median(ordered))
    return (
        (middle, np.nan, np.nan)
        if below < 0
        else (middle, float(ordered[below]), float(ordered[-1 - below]))
    )


def _row(
    name: str,
    value: str,
    measure: str,
    found: dict[str, tuple[float, float, float, int]],
    part_of_best: bool,
) -> dict[str, object]:
    (best, best_low, best_high, _), (rest, rest_low, rest_high, _), _ = (
        found[group] for group in GROUPS
    )
    differs = bool(best_low > rest_high or best_high < rest_low)
    figures = {
        f"{group}{part}": figure
        for group in GROUPS
        for part, figure in zip(("", "_low", "_high", "_n"), found[group], strict=True)
    }
    what = f"{name}{' = ' + value if value else ''}"
    sentence = (
        f"{what}: {_worded(best, measure)} among best, {_worded(rest, measure)} among the rest."
    )
    if part_of_best:
        sentence += " It is part of how the best were chosen."
    elif not differs:
        sentence += " Not proven to differ."
    return {
        "attribute": name,
        "value": value,
        "measure": measure,
        **figures,
        "differs": differs,
        "part_of_best": part_of_best,
        "sentence": sentence,
    }


def _worded(figure: float, measure: str) -> str:
    if measure == "share":
        return percent(figure)
    return f"a median of {number(figure)}"
