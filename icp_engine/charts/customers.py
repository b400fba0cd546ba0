"""What the best customers are worth: cumulative value, and each metric's middle in best, rest and
worst.

Comes in: `Best`, accounts, what each account is worth. Goes out: a `Chart` and tables. Separate
because these are the only charts of value, which never describes or scores an account.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from icp_engine.charts import theme
from icp_engine.charts.model import Chart
from icp_engine.customers.model import Best
from icp_engine.types import Frame, Series
from icp_engine.wording.numbers import of
from icp_engine.wording.shares import percent

POINTS = 100  # of the curve; more cannot be seen


def value_chart(best: Best, value: Series, label: str) -> Chart | None:
    """Cumulative value of judged customers, best-ranked first; None where nothing ranks them or
    value sums to 0.

    value: by account_id, what an account is worth; unknown and negative count as 0. label: the
    metric's name.
    """
    known = value.reindex(best.scores.index).astype("float64").fillna(0.0).clip(lower=0.0)
    if best.basis != "value" or known.sum() <= 0:
        return None
    share = float(known.reindex(best.accounts).sum() / known.sum())
    rows = curve_rows(best, known)
    return Chart(
        title=(
            f"The {of(len(best.accounts), len(known))} best customers hold {percent(share)} of all "
            f"{label} among judged customers"
        ),
        specification=value_specification(),
        data=rows,
        how_to_read=(
            "From left to right customers join in order of their rank; the line is their share of the value "
            "so far. The further it bends above the straight line, the more the best are worth. The point "
            "marks the best customers."
        ),
        table=pd.DataFrame(
            {
                "Customers": rows["customers"],
                "Share of customers": [percent(x) for x in rows["customers_share"]],
                "Share of value": [percent(y) for y in rows["value_share"]],
            }
        ),
    )


def curve_rows(best: Best, value: Series) -> Frame:
    """Up to 100 points of the curve and the point of the best set: customers, both shares 0–1,
    label.
    """
    order = best.scores.sort_values(ascending=False, kind="stable").index
    cumulative = np.concatenate([[0.0], value.reindex(order).cumsum().to_numpy()]) / value.sum()
    at = np.unique(np.linspace(0, len(order), POINTS + 1).astype(int))
    share = at / len(order)
    curve = pd.DataFrame(
        {"customers": at, "customers_share": share, "value_share": cumulative[at], "label": ""}
    )
    chosen = len(best.accounts)
    mark = pd.DataFrame(
        {
            "customers": [chosen],
            "customers_share": [chosen / len(order)],
            "value_share": [float(value.reindex(best.accounts).sum() / value.sum())],
            "label": ["best customers"],
        }
    )
    return pd.concat([curve, mark], ignore_index=True)


@cache
def value_specification() -> dict[str, Any]:
    """A line above the diagonal, the best set marked."""
    whole = alt.Scale(domain=[0, 1], nice=False)
    x = alt.X(
        "customers_share:Q",
        scale=whole,
        title="Share of judged customers, best-ranked first",
        axis=alt.Axis(format="%", tickCount=5, grid=False),
    )
    y = alt.Y(
        "value_share:Q", scale=whole, title="Share of value", axis=alt.Axis(format="%", tickCount=5)
    )
    tooltip = [
        alt.Tooltip("customers:Q", title="Customers"),
        alt.Tooltip("customers_share:Q", title="Share of customers", format=".0%"),
        alt.Tooltip("value_share:Q", title="Share of value", format=".0%"),
    ]
    curve = alt.Chart().transform_filter("datum.label === ''").encode(x=x, y=y, tooltip=tooltip)
    even = curve.mark_line(strokeDash=[4, 4], color=theme.REFERENCE, strokeWidth=1).encode(
        y=alt.Y("customers_share:Q", scale=whole)
    )
    best = alt.Chart().transform_filter("datum.label !== ''").encode(x=x, y=y, tooltip=tooltip)
    layers = [
        even,
        curve.mark_line(color=theme.GROUPS["best"], strokeWidth=2.5),
        best.mark_point(filled=True, size=130, color=theme.GROUPS["best"], opacity=1),
        best.mark_text(align="left", dx=10, dy=8).encode(text="label:N"),
    ]
    return theme.to_specification(alt.layer(*layers, data=theme.source()).properties(height=250))


def metric_table(accounts: Frame, best: Best, currency: str = "") -> Frame:
    """One row a metric: its median among best, rest and worst, and of how many customers it is
    known.
    """
    groups = {"Best": best.accounts, "Rest": best.rest, "Worst": best.worst}
    rows = []
    for metric in best.metrics:
        column = accounts[metric.name].astype("float64")
        row: dict[str, Any] = {
            "Value metric": metric.label,
            "Better is": metric.direction,
            "Unit": metric.unit_in(currency),
            "Weight": metric.weight,
        }
        for name, ids in groups.items():
            known = column.reindex(ids).dropna()
            row[f"{name}, median"] = float(known.median()) if len(known) else float("nan")
            row[f"{name}, known of"] = of(len(known), len(ids))
        rows.append(row)
    return pd.DataFrame(rows)


def customer_table(accounts: Frame, best: Best) -> Frame:
    """One row a judged customer by account_id: name where known, group, score 0–100, what each
    metric adds to it.
    """
    groups = pd.Series("rest", index=best.scores.index)
    groups[groups.index.isin(best.accounts)] = "best"
    groups[groups.index.isin(best.worst)] = "worst"
    table = pd.DataFrame({"Group": groups, "Score": (100 * best.scores).round(1)})
    for metric in best.metrics:
        table[f"{metric.label}, points"] = (
            (100 * best.contributions[metric.name]).reindex(table.index).round(1)
        )
    if "account_name" in accounts:
        table.insert(0, "Account", accounts["account_name"].reindex(table.index))
    return table.sort_values("Score", ascending=False, kind="stable").rename_axis(
        index="account_id"
    )
