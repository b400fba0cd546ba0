"""Hard conditions on best customers: the usual five found among the metrics, and how many customers
pass each.

Comes in: customers, who was judged, settings. Goes out: conditions in words and a table of counts.
Separate because they are off unless a person switches them on, and must show what they would cost
before that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from icp_engine.customers.best import condition_met, figures_of, medians_met
from icp_engine.customers.model import Customers, Metric
from icp_engine.intake.columns.header_words import split_header
from icp_engine.settings import Condition, Settings
from icp_engine.types import Bools, Frame, Index
from icp_engine.wording.numbers import number
from icp_engine.wording.shares import PERCENT_SIGN

CONDITION_COLUMNS = (
    "condition",
    "metric",
    "on",
    "pass_alone",
    "known",
    "pass_together",
    "of_judged",
)
MEDIANS = "At least the median on every metric used"
# a percentage whose usual values stay under this is recorded as a ratio: 1.2 means 120 %
LARGEST_RATIO = 10.0
DAYS_IN_WORDS = (("week", 7.0), ("month", 30.4375), ("hour", 1 / 24))


@dataclass(frozen=True)
class Standard:
    """One usual condition: kinds of metric it can be asked of (the first found counts); bound by
    `scale`.
    """

    kinds: tuple[str, ...]
    bound: float
    at_least: bool
    scale: str  # “median” | “percent” | “days”


STANDARD: tuple[Standard, ...] = (
    Standard(("ltv", "revenue", "tcv"), 3.0, True, "median"),
    Standard(("nrr",), 120.0, True, "percent"),
    Standard(("adoption",), 60.0, False, "days"),
    Standard(("onboarding",), 90.0, False, "days"),
    Standard(("expansion",), 40.0, True, "percent"),
)


@dataclass(frozen=True)
class NamedCondition:
    """A condition in words, as the settings would hold it, and whether it is on."""

    words: str
    condition: Condition
    on: bool


def list_conditions(customers: Customers, settings: Settings) -> tuple[NamedCondition, ...]:
    """The usual conditions these metrics allow, then the settings' further ones."""
    usual = [_standard(standard, customers) for standard in STANDARD]
    named = [
        NamedCondition(words, condition, condition in settings.conditions)
        for words, condition in filter(None, usual)
    ]
    known = [item.condition for item in named]
    labels = {metric.name: metric.label for metric in customers.metrics}
    further = [
        NamedCondition(_say(condition, labels), condition, True)
        for condition in settings.conditions
        if condition not in known
    ]
    return (*named, *further)


def _standard(standard: Standard, customers: Customers) -> tuple[str, Condition] | None:
    metric = _metric_of(standard, customers)
    if metric is None:
        return None
    if standard.scale == "median":
        condition = Condition(metric=metric.name, at_least=standard.bound, times_median=True)
    else:
        bound = standard.bound / _unit(metric, standard.scale, customers)
        condition = (
            Condition(metric=metric.name, at_least=bound)
            if standard.at_least
            else Condition(metric=metric.name, at_most=bound)
        )
    unit = {"median": " × the median", "percent": PERCENT_SIGN, "days": " days"}[standard.scale]
    return (
        f"{metric.label} {'at least' if standard.at_least else 'at most'} {number(standard.bound)}{unit}",
        condition,
    )


def _metric_of(standard: Standard, customers: Customers) -> Metric | None:
    """The first metric of the wanted kinds, the file's own before computed ones."""
    found = [
        (m.derived, standard.kinds.index(m.kind), place, m)
        for place, m in enumerate(customers.metrics)
        if m.kind in standard.kinds
    ]
    return min(found, key=lambda item: item[:3])[3] if found else None


def _unit(metric: Metric, scale: str, customers: Customers) -> float:
    """How many percent, or days, one unit of the column is: ratios hold 100 %, weeks 7 days."""
    if scale == "percent":
        usual = customers.accounts[metric.name].astype("float64").abs().quantile(0.95)
        return 100.0 if usual < LARGEST_RATIO else 1.0
    words = split_header(metric.name)[1]
    return next((days for word, days in DAYS_IN_WORDS if word in words), 1.0)


def _say(condition: Condition, labels: dict[str, str]) -> str:
    unit = " × the median" if condition.times_median else ""
    bounds = (("at least", condition.at_least), ("at most", condition.at_most))
    parts = [f"{words} {number(bound, 10)}{unit}" for words, bound in bounds if bound is not None]
    return f"{labels.get(condition.metric, condition.metric)} {' and '.join(parts) or 'known'}"


def count_conditions(customers: Customers, judged: Index, settings: Settings) -> Frame:
    """One row a condition, the last for “at least the median”; columns CONDITION_COLUMNS.

    judged: customers with a score. pass_alone and known: customers who pass it, and whose value is
    known; unknown never passes. pass_together: who pass it and every condition that is on.
    of_judged: all judged customers. A multiple of the median counts against the judged customers'
    median. A condition on a column that does not exist or holds no numbers holds nobody back, and
    counts as known for nobody.
    """
    named = list_conditions(customers, settings)
    passes = [_passes(customers, judged, item.condition) for item in named]
    known = [_known(customers, judged, [item.condition.metric]) for item in named]
    used = [metric.name for metric in customers.metrics if metric.weight > 0]
    passes.append(medians_met(customers, judged).to_numpy(dtype=bool))
    known.append(_known(customers, judged, used))
    on = [*(item.on for item in named), settings.at_least_median]
    everything = np.ones(len(judged), dtype=bool)
    for met, switched in zip(passes, on, strict=True):
        everything &= met | (not switched)
    rows = zip(
        [*(item.words for item in named), MEDIANS],
        [*(item.condition.metric for item in named), ""],
        on,
        passes,
        known,
        strict=True,
    )
    return pd.DataFrame(
        [
            (
                words,
                metric,
                switched,
                int(met.sum()),
                filled,
                int((met & everything).sum()),
                len(judged),
            )
            for words, metric, switched, met, filled in rows
        ],
        columns=list(CONDITION_COLUMNS),
    )


def _passes(customers: Customers, judged: Index, condition: Condition) -> Bools:
    figures = figures_of(customers, judged, condition.metric)
    if figures is None:
        return np.ones(len(judged), dtype=bool)
    met: Bools = condition_met(figures, condition).to_numpy(dtype=bool)
    return met


def _known(customers: Customers, judged: Index, names: list[str]) -> int:
    """Judged customers with a value in every one of the columns."""
    figures = [figures_of(customers, judged, name) for name in names]
    if not figures or any(column is None for column in figures):
        return 0
    return int(pd.concat(figures, axis=1).notna().all(axis=1).sum())
