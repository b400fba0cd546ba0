"""Two value metrics against each other, the chosen customers marked.

Comes in: `Best`, accounts, the names of two metrics. Goes out: a `Chart`. Separate because it is
the one picture that draws single customers by value, so it is sampled.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from icp_engine.charts import theme
from icp_engine.charts.model import Chart
from icp_engine.customers.model import Best, Metric
from icp_engine.types import Frame, Series
from icp_engine.wording.numbers import of

MOST_POINTS = 1_500
GROUPS = ("others", "worst", "best")  # drawn in this order, so that the best lie on top
LONG_TAIL = 10.0  # largest over middle value, from which a scale of powers shows more


def scatter_chart(
    accounts: Frame, best: Best, first: Metric, second: Metric, currency: str = ""
) -> Chart | None:
    """Judged customers by two metrics; None where fewer than two have both. currency: of the
    metrics that are money.

    Above 1,500 customers all best up to half of that are drawn, the others evenly sampled.
    """
    known = _known(accounts, best, first, second)
    if len(known) < 2:
        return None
    shown = _sample(known)
    chosen, middle = known[known["group"] == "best"], known[["x", "y"]].median()
    above = int(
        (
            (_better(chosen["x"], middle["x"], first)) & (_better(chosen["y"], middle["y"], second))
        ).sum()
    )
    both = f"both {first.label} and {second.label}"
    title = f"{of(above, len(chosen))} best customers beat the middle customer on {both}"
    sampled = (
        "" if len(shown) == len(known) else f" {of(len(shown), len(known))} customers are drawn."
    )
    return Chart(
        title=title,
        specification=scatter_specification(
            _powers(known["x"]),
            _powers(known["y"]),
            first.unit == "$",
            second.unit == "$",
            currency,
        ),
        data=shown.assign(
            middle_x=middle["x"],
            middle_y=middle["y"],
            title_x=_title(first),
            title_y=_title(second),
        ),
        how_to_read="Each point is a judged customer of whom both values are known; dashed lines mark the middle "
        f"values.{sampled}",
        table=scatter_table(known, first, second),
    )


def _known(accounts: Frame, best: Best, first: Metric, second: Metric) -> Frame:
    ids = best.scores.index
    group = pd.Series("others", index=ids)
    group[ids.isin(best.worst)] = "worst"
    group[ids.isin(best.accounts)] = "best"
    names = accounts.get("account_name")
    labels = pd.Series(ids.astype("str"), index=ids)
    labels = labels if names is None else names.reindex(ids).astype("str").fillna(labels)
    rows = accounts.reindex(ids)
    table = pd.DataFrame(
        {
            "x": rows[first.name].astype("float64"),
            "y": rows[second.name].astype("float64"),
            "group": group,
            "account": labels,
        },
        index=ids,
    )
    return table[np.isfinite(table["x"]) & np.isfinite(table["y"])]


def _better(values: Series, middle: float, metric: Metric) -> Series:
    return values > middle if metric.direction == "more" else values < middle


def _sample(known: Frame) -> Frame:
    """At most MOST_POINTS rows, the best on top."""
    parts, room = [], MOST_POINTS
    for group in reversed(GROUPS):
        rows = known[known["group"] == group]
        most = MOST_POINTS // 2 if group == "best" else room
        parts.append(
            rows
            if len(rows) <= most
            else rows.iloc[np.linspace(0, len(rows) - 1, most).astype(int)]
        )
        room -= len(parts[-1])
    return pd.concat(parts[::-1])


def _powers(values: Series) -> bool:
    """Whether a scale of powers suits: all above zero, with a long tail."""
    return bool(values.min() > 0 and values.max() / max(float(values.median()), 1e-12) >= LONG_TAIL)


def _title(metric: Metric) -> str:
    return f"{metric.label}, {metric.direction} is better"


def scatter_table(known: Frame, first: Metric, second: Metric) -> Frame:
    """Every judged customer with both values, by account_id, best first."""
    order = known["group"].map({"best": 0, "others": 1, "worst": 2})
    table = known.assign(order=order).sort_values("order", kind="stable")
    return table.rename(
        columns={"account": "Account", "group": "Group", "x": first.label, "y": second.label}
    )[["Account", "Group", first.label, second.label]].rename_axis("account_id")


@cache
def scatter_specification(
    x_powers: bool, y_powers: bool, x_money: bool = False, y_money: bool = False, currency: str = ""
) -> dict[str, Any]:
    """Points by group, middle values dashed; each axis plain or in powers, of money or not. Titles
    come with data.
    """
    x = alt.X("x:Q", title=None, scale=_scale(x_powers), axis=_axis(x_money))
    y = alt.Y("y:Q", title=None, scale=_scale(y_powers), axis=_axis(y_money))
    tooltip = [
        alt.Tooltip("account:N", title="Account"),
        alt.Tooltip("group:N", title="Group"),
        alt.Tooltip("x:Q", title="across", format="$,.0f" if x_money else ",.4~g"),
        alt.Tooltip("y:Q", title="up", format="$,.0f" if y_money else ",.4~g"),
    ]
    points = (
        alt.Chart()
        .mark_point(filled=True, size=38)
        .encode(
            x=x,
            y=y,
            tooltip=tooltip,
            color=theme.colour("group", theme.GROUPS, legend=True),
            opacity=alt.condition("datum.group === 'best'", alt.value(0.9), alt.value(0.45)),
        )
    )
    one = alt.Chart().transform_aggregate(
        middle_x="mean(middle_x)",
        middle_y="mean(middle_y)",
        title_x="min(title_x)",
        title_y="min(title_y)",
    )
    dash = {"strokeDash": [4, 4], "color": theme.REFERENCE}
    layers = [
        one.mark_rule(**dash).encode(x=alt.X("middle_x:Q", title=None)),
        one.mark_rule(**dash).encode(y=alt.Y("middle_y:Q", title=None)),
        points,
        one.mark_text(align="right", baseline="bottom", dx=-4, dy=-4, fontSize=11).encode(
            x=alt.value("width"), y=alt.value("height"), text="title_x:N"
        ),
        one.mark_text(align="left", baseline="top", dx=6, dy=4, fontSize=11).encode(
            x=alt.value(0), y=alt.value(0), text="title_y:N"
        ),
    ]
    return theme.to_specification(
        alt.layer(*layers, data=theme.source()).properties(height=320), currency
    )


def _axis(money: bool) -> Any:
    written = {"labelExpr": theme.MONEY} if money else {"format": "~s"}
    return alt.Axis(tickCount=6, grid=False, **written)


def _scale(powers: bool) -> Any:
    return (
        alt.Scale(type="log", nice=False, padding=10)
        if powers
        else alt.Scale(zero=False, nice=True, padding=8)
    )
