"""Segments as pictures: the map, a segment's traits against the other best customers, stability by
number of groups.

Comes in: `Segments`. Goes out: `Chart`s. Separate because the map is sampled and everything else is
not.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from icp_engine.charts import theme
from icp_engine.charts.model import Chart
from icp_engine.segments.model import Segment, Segments
from icp_engine.types import LEVEL_WORDS, Frame, Index, Series
from icp_engine.wording.numbers import count, of
from icp_engine.wording.ranges import show_value
from icp_engine.wording.ratios import ratio, ratio_estimate
from icp_engine.wording.shares import percent, percent_estimate

MOST_POINTS = 1_500
NONE_NAME = "in no segment"
BOX = "box"  # the selection one draws on the map
SLOTS = {str(label): colour for label, colour in enumerate(theme.SEGMENTS)} | {"-1": theme.NOISE}


def map_chart(segments: Segments, names: Series | None = None) -> Chart:
    """Best customers on a plane, near each other where they are alike; names: account names by
    account_id.
    """
    placed = int((segments.labels >= 0).sum())
    total = len(segments.labels)
    title = (
        f"{of(placed, total)} best customers fall into a segment"
        if segments.segments
        else (f"The {count(total)} best customers form no groups that repeat")
    )
    return Chart(
        title=title,
        specification=map_specification(),
        data=map_rows(segments, names),
        how_to_read=(
            "Each point is a best customer; near points are alike in the attributes known before the sale. "
            "Only nearness means something, not the direction."
        ),
        table=size_table(segments),
    )


def map_rows(segments: Segments, names: Series | None) -> Frame:
    """At most 1,500 points: x, y, slot (label as text), segment (name), account; an even sample
    above that.
    """
    layout = segments.map
    if len(layout) > MOST_POINTS:
        layout = layout.iloc[np.linspace(0, len(layout) - 1, MOST_POINTS).astype(int)]
    known = {segment.label: segment.name for segment in segments.segments}
    accounts = pd.Series(layout.index.astype("str"), index=layout.index)
    if names is not None:
        accounts = names.reindex(layout.index).fillna(accounts)
    return pd.DataFrame(
        {
            "x": layout["x"].to_numpy(),
            "y": layout["y"].to_numpy(),
            "slot": layout["label"].astype(str).to_numpy(),
            "segment": [known.get(label, NONE_NAME) for label in layout["label"]],
            "account": accounts.to_numpy(),
        }
    )


def inside_box(segments: Segments, box: dict[str, Any]) -> Index:
    """account_ids of all best customers inside a box {“x”: [from, to], “y”: …} drawn on the map,
    sampled or not.
    """
    layout = segments.map
    keep = pd.Series(True, index=layout.index)
    for axis in ("x", "y"):
        if axis in box:
            keep &= layout[axis].between(min(box[axis]), max(box[axis]))
    return layout.index[keep.to_numpy()]


def size_table(segments: Segments) -> Frame:
    """One row a segment: size, share of the best and of their value with intervals, how much
    commoner, how sure.
    """
    total = len(segments.labels)
    return pd.DataFrame(
        [
            {
                "Segment": segment.name,
                "Best customers": of(segment.size, total),
                "Share of the best": percent_estimate(segment.share),
                "Share of their value": percent_estimate(segment.value_share),
                "Best as often as all customers": ratio_estimate(
                    segment.represented.value, segment.represented.low, segment.represented.high
                ),
                "Overlap when resampled": percent(segment.stability),
                "Evidence": LEVEL_WORDS[segment.verdict.level],
            }
            for segment in segments.segments
        ]
    )


@cache
def map_specification() -> dict[str, Any]:
    """Points coloured by segment, each segment's name at its middle."""
    free = alt.Scale(zero=False, padding=36)
    x = alt.X("x:Q", axis=None, scale=free)
    y = alt.Y("y:Q", axis=None, scale=free)
    points = (
        alt.Chart()
        .mark_point(filled=True, size=60, opacity=0.75)
        .encode(
            x=x,
            y=y,
            color=theme.colour("slot", SLOTS),
            tooltip=[
                alt.Tooltip("account:N", title="Account"),
                alt.Tooltip("segment:N", title="Segment"),
            ],
        )
        .add_params(alt.selection_interval(name=BOX))
    )
    names = (
        alt.Chart()
        .transform_filter("datum.slot !== '-1'")
        .transform_aggregate(x="mean(x)", y="mean(y)", groupby=["segment", "slot"])
        .transform_calculate(lines="split(datum.segment, ', ')")
        .encode(x=x, y=y, text="lines:N")
    )
    style = {"fontWeight": 600, "fontSize": 13, "lineHeight": 15, "limit": 180}
    halo = names.mark_text(stroke="white", strokeWidth=4, strokeOpacity=0.85, **style)
    label = names.mark_text(color="#1B2430", **style)
    drawn = theme.to_specification(
        alt.layer(points, halo, label, data=theme.source()).properties(height=340)
    )
    # a box one draws has marks without words for a screen reader; the picture's own words and its
    # table serve there
    return {**drawn, "usermeta": {"embedOptions": {"renderer": "canvas"}}}


def trait_chart(segment: Segment) -> Chart:
    """One segment's strongest traits: share inside against the share among the other best
    customers.
    """
    rows = trait_rows(segment)
    return Chart(
        title=segment.name,
        specification=trait_specification(),
        data=rows,
        how_to_read="Filled: share of the segment with the trait. Hollow: share of the other best customers.",
        table=pd.DataFrame(
            {
                "Trait": rows["trait"],
                "In the segment": rows["label"],
                "Share": [percent(share) for share in rows["here"]],
                "Other best": [percent(share) for share in rows["others"]],
                "Times as common": [ratio(lift) for lift in segment.traits["lift"].head(len(rows))],
            }
        ),
    )


def trait_rows(segment: Segment, most: int = 5) -> Frame:
    """One row a trait: trait, slot, share here and among the other best (0–1), counts as label,
    order.
    """
    table = segment.traits.head(most)
    return pd.DataFrame(
        {
            "trait": [
                f"{row.attribute}: {show_value(str(row.value))}" for row in table.itertuples()
            ],
            "slot": str(segment.label),
            "here": table["here"].to_numpy(float),
            "others": table["others"].to_numpy(float),
            "label": [of(row.n_here, row.known_here) for row in table.itertuples()],
            "order": range(len(table)),
        }
    )


@cache
def trait_specification() -> dict[str, Any]:
    """The trait's name above a filled and a hollow point joined by a line; narrow enough for a
    card.
    """
    share = alt.Scale(domain=[0, 1], nice=False)
    row = {"y": alt.Y("order:O", axis=None)}
    tint = theme.colour("slot", SLOTS)
    tooltip = [
        alt.Tooltip("trait:N", title="Trait"),
        alt.Tooltip("label:N", title="In the segment"),
        alt.Tooltip("here:Q", title="Share", format=".0%"),
        alt.Tooltip("others:Q", title="Other best", format=".0%"),
    ]
    base = alt.Chart().encode(tooltip=tooltip, **row)
    here, others = alt.X("here:Q", scale=share), alt.X("others:Q", scale=share)
    start = alt.X(
        "others:Q", scale=share, title=None, axis=alt.Axis(format="%", values=[0, 0.5, 1])
    )
    layers = [
        base.mark_rule(strokeWidth=2, opacity=0.5, yOffset=7).encode(
            x=start, x2="here:Q", color=tint
        ),
        base.mark_point(filled=False, size=60, color=theme.REFERENCE, opacity=1, yOffset=7).encode(
            x=others
        ),
        base.mark_point(filled=True, size=90, opacity=1, yOffset=7).encode(x=here, color=tint),
        base.mark_text(align="left", dy=-8, fontSize=12).encode(x=alt.value(0), text="trait:N"),
        base.mark_text(align="right", dy=-8, fontSize=11).encode(
            x=alt.value("width"), text="label:N"
        ),
    ]
    return theme.to_specification(
        alt.layer(*layers, data=theme.source()).properties(height=alt.Step(36))
    )


def stability_chart(segments: Segments) -> Chart | None:
    """How well groups repeat on resampled customers, by method and number of groups; None where
    nothing was tried.
    """
    table = segments.stability.dropna(subset=["stability"])
    if table.empty:
        return None
    chosen = table[table["chosen"].astype(bool)]
    which = (
        f"{int(chosen['k'].iloc[0])} groups by {chosen['method'].iloc[0]}"
        if len(chosen)
        else "no grouping"
    )
    return Chart(
        title=f"Chosen: {which}",
        specification=stability_specification(),
        data=table.assign(k=table["k"].astype(int)),
        how_to_read=(
            "Stability is the mean overlap (Jaccard, 0–1) of each group with its nearest group on resampled "
            "customers; 1 repeats always. The large point was chosen."
        ),
        table=table,
    )


@cache
def stability_specification() -> dict[str, Any]:
    """One line a method, the chosen candidate larger."""
    base = alt.Chart(theme.source()).encode(
        x=alt.X("k:O", title="Number of groups", axis=alt.Axis(labelAngle=0)),
        y=alt.Y("stability:Q", title="Overlap when resampled", scale=alt.Scale(domain=[0, 1])),
        color=alt.Color(
            "method:N",
            scale=alt.Scale(range=list(theme.SEGMENTS)),
            legend=alt.Legend(title=None, orient="top"),
        ),
        tooltip=[
            "method:N",
            "k:O",
            alt.Tooltip("stability:Q", format=".2f"),
            alt.Tooltip("coverage:Q", format=".2f"),
        ],
    )
    points = base.mark_point(filled=True, opacity=1).encode(
        size=alt.condition("datum.chosen", alt.value(220), alt.value(60))
    )
    return theme.to_specification(
        alt.layer(base.mark_line(opacity=0.6), points).properties(height=240)
    )
