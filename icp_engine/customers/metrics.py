"""Value metrics: what a customer is worth, from the file's own columns or computed from won deals.

Comes in: `Intake`, classified deals, who is a customer. Goes out: metric columns by account_id and
a `Metric` each with direction, unit and default weight. Separate because what defines “best” must
be known, so that it can be kept out of what describes them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pandas as pd

from icp_engine.customers.model import Metric
from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.role import Column
from icp_engine.intake.model import Intake
from icp_engine.settings import Settings
from icp_engine.types import Frame, Series
from icp_engine.values.metric_kinds import OTHER, grows_with_time, kind_of

DAYS_PER_YEAR = 365.25

# objective → weight of each class; a class's weight is shared by its metrics
OBJECTIVE_WEIGHTS: dict[str, dict[str, float]] = {
    "convert": {
        "value": 3,
        "rate": 1,
        "growth": 1,
        "satisfaction": 1,
        "speed": 2,
        "effort": 1,
        "advocacy": 1,
    },
    "keep": {
        "value": 1,
        "rate": 3,
        "growth": 1,
        "satisfaction": 3,
        "speed": 1,
        "effort": 1,
        "advocacy": 1,
    },
    "grow": {
        "value": 2,
        "rate": 3,
        "growth": 3,
        "satisfaction": 1,
        "speed": 1,
        "effort": 0.5,
        "advocacy": 0.5,
    },
    "spend": {
        "value": 3,
        "rate": 1,
        "growth": 1,
        "satisfaction": 0.5,
        "speed": 2,
        "effort": 2,
        "advocacy": 1,
    },
    "partners": {
        "value": 2,
        "rate": 1,
        "growth": 1,
        "satisfaction": 2,
        "speed": 1,
        "effort": 1,
        "advocacy": 3,
    },
    "new_market": {
        "value": 3,
        "rate": 1,
        "growth": 1,
        "satisfaction": 1,
        "speed": 2,
        "effort": 1,
        "advocacy": 1,
    },
    "product": {
        "value": 1,
        "rate": 2,
        "growth": 1,
        "satisfaction": 3,
        "speed": 2,
        "effort": 2,
        "advocacy": 1,
    },
}


def derive_from_deals(deals: Frame, since: Series, as_of: pd.Timestamp) -> Frame:
    """Value metrics from won deals, by account_id; empty where no won deal has an amount or a date.

    won_revenue (sum of won amounts), revenue_per_year (over at least one year), mean_deal_size,
    won_deals, tenure_days (first win to as_of), days_to_close (mean, won new business),
    expansion_rate (% of the first won deal's amount won again later).
    """
    won = deals[deals["won"].fillna(False).astype(bool)] if len(deals) else deals
    if not len(won):
        return pd.DataFrame(index=pd.Index([], name="account_id"))
    grouped = won.sort_values("closed_date", kind="stable").groupby("account_id")
    first_win = grouped["closed_date"].min()
    start = since.reindex(first_win.index).fillna(first_win)
    tenure_days = (as_of - start).dt.days.astype("float64")
    metrics = pd.DataFrame(
        {"won_deals": grouped.size().astype("float64"), "tenure_days": tenure_days}
    )
    if won["amount"].notna().any():
        metrics = metrics.join(_money_metrics(grouped, metrics["tenure_days"]))
    first = won[won["new_business"]]
    days = (first["closed_date"] - first["created_date"]).dt.days.astype("float64")
    if days.notna().any():
        metrics["days_to_close"] = days.where(days >= 0).groupby(first["account_id"]).mean()
    return metrics.dropna(axis=1, how="all")


def _money_metrics(grouped: Frame, tenure_days: Series) -> Frame:
    revenue = grouped["amount"].sum(min_count=1)
    years = (tenure_days / DAYS_PER_YEAR).clip(lower=1.0).fillna(1.0)
    first = grouped["amount"].first()
    later = (revenue - first).where(first > 0)
    return pd.DataFrame(
        {
            "won_revenue": revenue,
            "revenue_per_year": revenue / years,
            "mean_deal_size": grouped["amount"].mean(),
            "expansion_rate": (100.0 * later / first).where(first > 0),
        }
    )


# what a metric computed from deals is called
DERIVED: dict[str, str] = {
    "won_revenue": "Revenue from won deals",
    "revenue_per_year": "Revenue per year",
    "mean_deal_size": "Mean deal size",
    "won_deals": "Won deals",
    "tenure_days": "Tenure",
    "days_to_close": "Days to close",
    "expansion_rate": "Expansion",
}


TYPE_UNITS = {"money": "$", "percent": "%"}


def list_metrics(intake: Intake, derived: Frame, settings: Settings) -> tuple[Metric, ...]:
    """Every value metric with at least two different values, weighted by the objective or the user.

    Any column of numbers is a metric once its role says so; a column of words cannot be one.
    Metrics computed from deals carry weight unless the files say themselves what a customer brings
    in: satisfaction or support beside them switches no revenue off.
    Tenure has weight only where a person gives it some: time is not merit.
    """
    called = {summary.name: summary.label for summary in intake.summaries}
    from_file = [
        _from_column(name, column, called.get(name, name))
        for name, column in intake.columns.items()
        if column.role == "value_metric" and _can_rank(intake.accounts[name])
    ]
    computed = [_computed(name) for name in derived if derived[name].nunique() > 1]
    says_value = any(metric.metric_class == "value" for metric in from_file)
    weighted = from_file if says_value else [*from_file, *computed]
    weights = settings.metric_weights or _default_weights(weighted, settings.objective)
    return tuple(
        replace(
            metric,
            weight=max(0.0, float(weights.get(metric.name, 0.0))),
            direction=settings.metric_directions.get(metric.name, metric.direction),
        )
        for metric in (*from_file, *computed)
    )


def _can_rank(column: Series) -> bool:
    return bool(pd.api.types.is_numeric_dtype(column) and column.nunique() > 1)


def _from_column(name: str, column: Column, label: str) -> Metric:
    """A metric of the file, or a sum over its rows; a role that a person gave says nothing about the
    direction, so the kind decides it.
    """
    kind = kind_of(split_header(name)[1])
    inferred = column.role.direction if not column.role.given or kind == OTHER else ""
    unit = TYPE_UNITS.get(column.type) or column.role.unit or kind.unit
    return _metric(name, label, inferred or kind.direction, unit, derived=False)


def _computed(name: str) -> Metric:
    kind = kind_of(split_header(name)[1])
    return _metric(name, DERIVED[name], kind.direction, kind.unit, derived=True)


def _metric(name: str, label: str, direction: str, unit: str, derived: bool) -> Metric:
    words = split_header(name)[1]
    kind, grows = kind_of(words), grows_with_time(words)
    return Metric(name, label, direction, unit, 0.0, grows, derived, kind.key, kind.metric_class)


def _default_weights(metrics: list[Metric], objective: str) -> dict[str, float]:
    """Each class's weight, shared by its metrics."""
    table = OBJECTIVE_WEIGHTS[objective]
    counts = Counter(metric.metric_class for metric in metrics)
    return {m.name: table.get(m.metric_class, 0.0) / counts[m.metric_class] for m in metrics}
