"""What customers with a trait are worth beside those without it: value, retention, days to close,
CAC.

Comes in: customers with their metrics, the groups, indicators. Goes out: medians (or shares) with
and without each trait, with the counts they rest on. Separate because it describes what a trait
comes with; nothing here is tested, and value and retention are part of how the best were chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from icp_engine.types import Frame, Series
from icp_engine.values.metric_kinds import kind_of
from icp_engine.values.plain_words import plain_words

if TYPE_CHECKING:
    from icp_engine.attributes.model import Indicators
    from icp_engine.customers.model import Best, Customers, Metric
    from icp_engine.types import Bools, Floats

# keys of `values.metric_kinds`
RETENTION, DAYS_TO_CLOSE, CAC = ("nrr", "retention"), ("sales_cycle",), ("cac",)


@dataclass(frozen=True)
class Figure:
    """One thing customers are compared by: “value”, “retention”, “days_to_close” or “cac”, with the
    metric's label.

    `values`: number by account_id of judged customers (best, rest, worst). `statistic`: “median”,
    or “share” of 0 and 1.
    """

    name: str
    label: str
    unit: str
    statistic: str
    values: Series


def choose_figures(customers: Customers, best: Best) -> tuple[Figure, ...]:
    """The figures that are known for judged customers; none where best means won."""
    if best.basis != "value":
        return ()
    judged = best.accounts.append([best.rest, best.worst])
    accounts = customers.accounts.loc[customers.accounts.index.isin(judged)]
    found = [
        _from_metric("value", _value_metric(customers, best), accounts),
        _retention(customers, accounts),
        _from_metric("days_to_close", _of_kind(customers, DAYS_TO_CLOSE), accounts),
        _cac(customers, accounts),
    ]
    return tuple(figure for figure in found if figure is not None and figure.values.notna().any())


def _value_metric(customers: Customers, best: Best) -> Metric | None:
    """The weightiest money metric, else the weightiest metric that says what a customer is worth."""
    weights = {metric.name: metric.weight for metric in best.metrics}
    worth = [m for m in customers.metrics if m.metric_class == "value"]
    worth.sort(key=lambda m: (m.unit != "$", -weights.get(m.name, 0.0)))
    return worth[0] if worth else None


def _of_kind(customers: Customers, kinds: tuple[str, ...]) -> Metric | None:
    return next((metric for metric in customers.metrics if metric.kind in kinds), None)


def _from_metric(name: str, metric: Metric | None, accounts: Frame) -> Figure | None:
    if metric is None or metric.name not in accounts:
        return None
    return Figure(
        name, metric.label, metric.unit, "median", accounts[metric.name].astype("float64")
    )


def _retention(customers: Customers, accounts: Frame) -> Figure | None:
    """Net retention where a metric says it, else the share that has not churned."""
    metric = _of_kind(customers, RETENTION)
    if metric is not None or "churned" not in accounts:
        return _from_metric("retention", metric, accounts)
    kept = 1.0 - accounts["churned"].astype("boolean").astype("Float64").astype("float64")
    return Figure("retention", "Not churned", "share", "share", kept)


def _cac(customers: Customers, accounts: Frame) -> Figure | None:
    metric = _of_kind(customers, CAC)
    if metric is not None:
        return _from_metric("cac", metric, accounts)
    name = next(
        (
            n
            for n in accounts
            if kind_of(plain_words(str(n))).key in CAC
            and pd.api.types.is_numeric_dtype(accounts[n])
        ),
        None,
    )
    return (
        None
        if name is None
        else Figure("cac", str(name), "$", "median", accounts[name].astype("float64"))
    )


def compare_with_without(indicators: Indicators, figures: tuple[Figure, ...]) -> Frame:
    """One row an indicator, in order: attribute, value, and four columns a figure.

    `{figure}_with`, `{figure}_without`: median (share) over judged customers with a known figure
    that hold, or are known not to hold, the trait; `{figure}_n_with`, `{figure}_n_without`: how
    many those are; nan where there is none.
    """
    frame = pd.DataFrame(
        {
            "attribute": pd.Series([i.attribute for i in indicators.items], dtype="str"),
            "value": pd.Series([i.value for i in indicators.items], dtype="str"),
        }
    )
    for figure in figures:
        for part, column in zip(
            ("with", "without", "n_with", "n_without"), _split(indicators, figure), strict=True
        ):
            frame[f"{figure.name}_{part}"] = column
    return frame


def _split(indicators: Indicators, figure: Figure) -> tuple[Floats, Floats, Floats, Floats]:
    values = figure.values.reindex(indicators.index).to_numpy(dtype="float64")
    rows = np.flatnonzero(~np.isnan(values))
    rows = rows[np.argsort(values[rows], kind="stable")]
    known = indicators.known[rows]
    held = indicators.held[rows] & known
    middle = _mean_by_column if figure.statistic == "share" else _median_by_column
    return (
        middle(values[rows], held),
        middle(values[rows], known & ~held),
        held.sum(axis=0).astype(float),
        (known & ~held).sum(axis=0).astype(float),
    )


def _median_by_column(ordered: Floats, chosen: Bools) -> Floats:
    """Median of the chosen among ascending values, by column; nan where nothing is chosen."""
    result = np.full(chosen.shape[1], np.nan)
    for column in range(chosen.shape[1]):
        places = np.flatnonzero(chosen[:, column])
        if len(places):
            result[column] = (
                ordered[places[(len(places) - 1) // 2]] + ordered[places[len(places) // 2]]
            ) / 2
    return result


def _mean_by_column(ordered: Floats, chosen: Bools) -> Floats:
    count = chosen.sum(axis=0)
    return np.where(
        count > 0, (ordered[:, None] * chosen).sum(axis=0) / np.maximum(count, 1), np.nan
    )
