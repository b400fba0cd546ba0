"""Past quarters as a picture: how the rubric of each time did on the quarters that followed.

Comes in: `Study.backtest`. Goes out: a `Chart`. Separate because it is slow to come by and asked
for on demand.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from icp_engine.charts import theme
from icp_engine.charts.model import Chart
from icp_engine.types import Frame
from icp_engine.wording.shares import SURE, hundred_interval, in_hundred

AHEAD = {1: "the next quarter", 2: "two quarters on", 3: "three quarters on", 4: "a year on"}
COIN = 0.5


def backtest_chart(backtest: Frame) -> Chart | None:
    """Ranking of each past quarter's rubric, by how far ahead the scored accounts closed; None
    without a quarter.
    """
    known = backtest.dropna(subset=["auc", "low", "high"])
    if not len(known):
        return None
    least, most = (in_hundred(limit) for limit in (known["auc"].min(), known["auc"].max()))
    return Chart(
        title=f"In later quarters past rubrics ranked a won deal above a lost one {least} to {most} times in 100",
        specification=backtest_specification(),
        data=backtest_rows(known),
        how_to_read=(
            "Each row is the rubric as it would have been at a quarter's end; the points are how often it "
            f"ranked a won deal above a lost one of later quarters, in 100, the bars {SURE} intervals. The "
            "dashed line is a coin. Attributes are today's."
        ),
        table=backtest_table(known),
    )


def backtest_rows(known: Frame) -> Frame:
    """One row a rubric and distance: quarter, ahead (words), order, auc, low, high (0–100), label,
    coin.
    """
    return pd.DataFrame(
        {
            "quarter": _quarters(known["quarter"]),
            "ahead": [AHEAD[ahead] for ahead in known["ahead"]],
            "order": known["ahead"].to_numpy(),
            "auc": 100 * known["auc"].to_numpy(float),
            "low": 100 * known["low"].to_numpy(float),
            "high": 100 * known["high"].to_numpy(float),
            "scored": _quarters(known["scored_quarter"]),
            "coin": 100 * COIN,
        }
    )


def _quarters(names: Any) -> list[str]:
    """“2024Q3” → “2024 Q3”."""
    return [str(name).replace("Q", " Q") for name in names]


def backtest_table(known: Frame) -> Frame:
    """One row a rubric and later quarter, in words."""
    return pd.DataFrame(
        {
            "Made at the end of": _quarters(known["quarter"]),
            "Scored": _quarters(known["scored_quarter"]),
            "Quarters ahead": known["ahead"].to_numpy(),
            "Learned from accounts": known["learned"].to_numpy(),
            "Won": known["won"].round(1).to_numpy(),
            "Lost": known["lost"].round(1).to_numpy(),
            "Ranks won above lost, in 100": [in_hundred(auc) for auc in known["auc"]],
            "95 % interval": [hundred_interval(row.low, row.high) for row in known.itertuples()],
        }
    )


@cache
def backtest_specification() -> dict[str, Any]:
    """Points with intervals, a row a quarter, darker the nearer the scored quarter is."""
    score = alt.Scale(domain=[0, 100], nice=False)
    place = {
        "y": alt.Y("quarter:O", title=None, axis=alt.Axis(ticks=False, domain=False)),
        "yOffset": alt.YOffset("order:O"),
    }
    shades = alt.Scale(
        domain=list(AHEAD.values()), range=["#2F5BD0", "#5F7FD8", "#8C9FC9", "#9AA3AF"]
    )
    tint = alt.Color(
        "ahead:N", scale=shades, legend=alt.Legend(title=None, orient="top", columns=2)
    )
    tooltip = [
        alt.Tooltip("quarter:N", title="Rubric of"),
        alt.Tooltip("scored:N", title="Scored"),
        alt.Tooltip("auc:Q", title="In 100", format=".0f"),
        alt.Tooltip("low:Q", title="from", format=".0f"),
        alt.Tooltip("high:Q", title="to", format=".0f"),
    ]
    base = alt.Chart().encode(tooltip=tooltip, **place)
    start = alt.X(
        "low:Q", scale=score, title="Ranks won above lost, times in 100", axis=alt.Axis(tickCount=5)
    )
    layers = [
        alt.Chart()
        .transform_aggregate(coin="mean(coin)")
        .mark_rule(strokeDash=[4, 4], color=theme.REFERENCE)
        .encode(x=alt.X("coin:Q", scale=score)),
        base.mark_rule(strokeWidth=4, opacity=0.5, strokeCap="round").encode(
            x=start, x2="high:Q", color=tint
        ),
        base.mark_point(filled=True, size=55, opacity=1).encode(
            x=alt.X("auc:Q", scale=score), color=tint
        ),
    ]
    chart = alt.layer(*layers, data=theme.source()).properties(
        height=alt.Step(11, **{"for": "offset"})
    )
    return theme.to_specification(chart)
