"""Segments beside each other: how common each trait is in every segment, how surely each comes
back.

Comes in: `Study.segment_traits`, `Segments`. Goes out: `Chart`s. Separate from the map and the
cards, which show one segment at a time.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from icp_engine.charts import theme
from icp_engine.charts.model import Chart
from icp_engine.charts.segments import SLOTS
from icp_engine.segments.model import Segments
from icp_engine.segments.people import EVERYBODY
from icp_engine.segments.stability import REPEATS, STABLE
from icp_engine.types import LEVEL_WORDS, Frame
from icp_engine.wording.numbers import of
from icp_engine.wording.ranges import show_value
from icp_engine.wording.shares import percent

LIGHT, DEEP = "#EEF4F3", "#0F766E"  # none to all of a segment


def heat_chart(shares: Frame) -> Chart | None:
    """Traits down, segments across, the share in each cell; None without segments. shares:
    `Study.segment_traits`.
    """
    if shares.empty:
        return None
    rows = shares.assign(
        trait=[f"{row.attribute}: {show_value(str(row.value))}" for row in shares.itertuples()],
        label=[percent(share) for share in shares["share"]],
        counts=[
            of(row.count_, row.known) if row.known == row.known else ""
            for row in shares.rename(columns={"count": "count_"}).itertuples()
        ],
    )
    traits, places = rows["trait"].drop_duplicates(), rows["segment"].drop_duplicates()
    rows["row"] = rows["trait"].map({name: at for at, name in enumerate(traits)})
    rows["column"] = rows["segment"].map({name: at for at, name in enumerate(places)})
    return Chart(
        title=_heat_title(rows),
        specification=heat_specification(),
        data=rows[["trait", "segment", "share", "label", "counts", "row", "column"]],
        how_to_read="Each cell: the share of a segment's customers, whose value is known, that have the trait; the "
        "darker, the more. The last columns are all best and all judged customers.",
        table=_heat_table(rows, list(places)),
    )


def _heat_title(rows: Frame) -> str:
    """The trait that differs most between two segments."""
    inside = rows[~rows["segment"].isin([EVERYBODY, "all best"])]
    by_trait = inside.groupby("trait", sort=False)["share"]
    trait = (by_trait.max() - by_trait.min()).fillna(0.0).idxmax()
    some = inside[inside["trait"] == trait].dropna(subset=["share"])
    if len(some) < 2:
        return "What each segment is made of"
    most, least = some.loc[some["share"].idxmax()], some.loc[some["share"].idxmin()]
    return f"{trait} differs most: {most['counts']} in “{most['segment']}”, {least['counts']} in “{least['segment']}”"


def _heat_table(rows: Frame, places: list[str]) -> Frame:
    cells = rows.assign(
        cell=[
            f"{row.label} ({row.counts})" if row.counts else row.label for row in rows.itertuples()
        ]
    )
    table = cells.pivot(index="row", columns="segment", values="cell")[places]
    return table.assign(Trait=rows.drop_duplicates("row").set_index("row")["trait"])[
        ["Trait", *places]
    ]


@cache
def heat_specification() -> dict[str, Any]:
    """Cells coloured by share with the share written in them, each row's trait above it; columns
    keep their order.
    """
    x = alt.X(
        "segment:N",
        sort=alt.EncodingSortField("column", op="min", order="ascending"),
        title=None,
        axis=alt.Axis(
            orient="top",
            labelAngle=-25,
            labelAlign="left",
            labelLimit=140,
            labelOverlap=False,
            ticks=False,
            domain=False,
        ),
    )
    y = alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0.45, paddingOuter=0.4))
    tooltip = [
        alt.Tooltip("trait:N", title="Trait"),
        alt.Tooltip("segment:N", title="Segment"),
        alt.Tooltip("share:Q", title="Share", format=".0%"),
        alt.Tooltip("counts:N", title="Customers"),
    ]
    scale = alt.Scale(domain=[0, 1], range=[LIGHT, DEEP])
    cells = (
        alt.Chart()
        .mark_rect(cornerRadius=3)
        .encode(x=x, y=y, color=alt.Color("share:Q", scale=scale, legend=None), tooltip=tooltip)
    )
    words = (
        alt.Chart()
        .mark_text(fontSize=12)
        .encode(
            x=x,
            y=y,
            text="label:N",
            tooltip=tooltip,
            color=alt.condition("datum.share > 0.8", alt.value("#FFFFFF"), alt.value("#1B2430")),
        )
    )
    names = (
        alt.Chart()
        .transform_filter("datum.column === 0")
        .mark_text(align="left", dy=-20, fontSize=12)
        .encode(x=alt.value(0), y=y, text="trait:N")
    )
    chart = alt.layer(cells, words, names, data=theme.source())
    return theme.to_specification(chart.properties(height=alt.Step(44)))


def overlap_chart(found: Segments) -> Chart | None:
    """How much of each segment comes back when customers are drawn again; None without segments."""
    if not found.segments:
        return None
    data = pd.DataFrame(
        {
            "segment": [segment.name for segment in found.segments],
            "slot": [str(s.label) for s in found.segments],
            "overlap": [segment.stability for segment in found.segments],
            "order": range(len(found.segments)),
            "label": [percent(segment.stability) for segment in found.segments],
            "repeats": REPEATS,
            "stable": STABLE,
        }
    )
    surely = int((data["overlap"] >= STABLE).sum())
    return Chart(
        title=f"{of(surely, len(data))} segments come back surely when customers are drawn again",
        specification=overlap_specification(),
        data=data,
        how_to_read="Customers are drawn again and grouped anew; the point is the mean overlap of a segment with what "
        f"it becomes. From {percent(STABLE)} on it is stable, from {percent(REPEATS)} on a pattern.",
        table=pd.DataFrame(
            {
                "Segment": data["segment"],
                "Comes back": [percent(value) for value in data["overlap"]],
                "Best customers": [segment.size for segment in found.segments],
                "Evidence": [LEVEL_WORDS[segment.verdict.level] for segment in found.segments],
            }
        ),
    )


@cache
def overlap_specification() -> dict[str, Any]:
    """A point a segment on a line from 0 to 1, its name above it, both limits as dashed lines."""
    scale = alt.Scale(domain=[0, 1], nice=False)
    row = {"y": alt.Y("order:O", axis=None)}
    x = alt.X(
        "overlap:Q",
        scale=scale,
        title="Overlap with itself on resampled customers",
        axis=alt.Axis(format="%", tickCount=5),
    )
    tint = theme.colour("slot", SLOTS)
    tooltip = [
        alt.Tooltip("segment:N", title="Segment"),
        alt.Tooltip("label:N", title="Comes back"),
    ]
    one = alt.Chart().transform_aggregate(repeats="mean(repeats)", stable="mean(stable)")
    dash = {"strokeDash": [4, 4], "color": theme.REFERENCE}
    base = alt.Chart().transform_calculate(start="0").encode(tooltip=tooltip, **row)
    layers = [
        one.mark_rule(**dash).encode(x=alt.X("repeats:Q", scale=scale)),
        one.mark_rule(**dash).encode(x=alt.X("stable:Q", scale=scale)),
        base.mark_rule(strokeWidth=3, opacity=0.4, yOffset=8).encode(
            x=alt.X("start:Q", scale=scale), x2="overlap:Q", color=tint
        ),
        base.mark_point(filled=True, size=120, opacity=1, yOffset=8).encode(x=x, color=tint),
        base.mark_text(align="left", dy=-8, fontSize=12).encode(x=alt.value(0), text="segment:N"),
        base.mark_text(align="right", dy=-8, fontSize=11).encode(
            x=alt.value("width"), text="label:N"
        ),
    ]
    return theme.to_specification(
        alt.layer(*layers, data=theme.source()).properties(height=alt.Step(44))
    )
