"""Open deals as pictures: what is at stake by band, and by owner; one company's points.

Comes in: `Pipeline`, `OneScore`. Goes out: `Chart`s. Separate because the figures come from deals
still open, which prove nothing: no interval stands here.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from icp_engine.activate.pipeline import Pipeline
from icp_engine.activate.score_one import OneScore
from icp_engine.charts import theme
from icp_engine.charts.model import Chart
from icp_engine.rubric.model import BANDS, NOT_RATED
from icp_engine.types import Frame
from icp_engine.wording.currency import money_short
from icp_engine.wording.numbers import count, of, plural, show_points

MOST_OWNERS = 15
ROOM = 1.45  # of the longest bar: what a phone needs to write a label behind it
ALL_OTHERS = "all others"


def pipeline_chart(pipeline: Pipeline) -> Chart:
    """Value of the open deals by band; their number where no amount is known."""
    by_value = bool(pipeline.by_band["with_amount"].sum())
    rows = pipeline.by_band[pipeline.by_band["deals"] > 0]
    length = rows["amount"] if by_value else rows["deals"].astype("float64")
    labels = [_label(row, pipeline.currency, by_value) for row in rows.itertuples()]
    reach = ROOM * float(length.max()) if len(length) else 1.0
    data = pd.DataFrame({"band": rows["band"], "length": length, "label": labels, "reach": reach})
    return Chart(
        title=_title(pipeline, by_value),
        specification=pipeline_specification(by_value, pipeline.currency),
        data=data,
        how_to_read="The longer the bar, the more is at stake at accounts of that band today."
        + (_without_amount(pipeline) if by_value else " No amount is known, so deals are counted."),
        table=rows.rename(
            columns={
                "band": "Band",
                "deals": "Open deals",
                "amount": f"Amount {pipeline.currency}".strip(),
                "with_amount": "With an amount",
                "accounts": "Accounts",
                "new_business": "New business",
                "cautioned": "With a caution",
            }
        ),
    )


def _label(row: Any, currency: str, by_value: bool) -> str:
    deals = plural(row.deals, "deal")
    return f"{money_short(row.amount, currency)} · {deals}" if by_value else deals


def _without_amount(pipeline: Pipeline) -> str:
    unknown = pipeline.total - int(pipeline.by_band["with_amount"].sum())
    return (
        f" {of(unknown, pipeline.total)} open deals have no amount and add nothing."
        if unknown
        else ""
    )


def _title(pipeline: Pipeline, by_value: bool) -> str:
    green = pipeline.of_band("Green")
    if not pipeline.total:
        return "No deal is open"
    if (pipeline.deals["band"] == NOT_RATED).all():
        return f"{count(pipeline.total)} open deals, none of them rated"
    if by_value:
        whole = float(pipeline.by_band["amount"].sum())
        at_stake = f"{money_short(green['amount'], pipeline.currency)} of {money_short(whole, pipeline.currency)}"
        return f"{at_stake} in open deals is at Green accounts"
    return f"{of(green['deals'], pipeline.total)} open deals are at Green accounts"


@cache
def pipeline_specification(by_value: bool, currency: str = "") -> dict[str, Any]:
    """Bars by band, Green on top, labelled at their ends."""
    band = alt.Y(
        "band:N",
        sort=list(theme.BAND_COLOURS),
        title=None,
        axis=alt.Axis(ticks=False, domain=False),
    )
    title = "Amount of the open deals" if by_value else "Open deals"
    axis = (
        alt.Axis(tickCount=4, labelExpr=theme.MONEY)
        if by_value
        else alt.Axis(tickMinStep=1, tickCount=5)
    )
    bars = (
        alt.Chart()
        .mark_bar(height=18, cornerRadiusEnd=3)
        .encode(
            x=alt.X("length:Q", title=title, axis=axis),
            y=band,
            color=theme.colour("band", theme.BAND_COLOURS),
            tooltip=[alt.Tooltip("band:N", title="Band"), alt.Tooltip("label:N", title="Open")],
        )
    )
    labels = alt.Chart().mark_text(align="left", dx=6).encode(x="length:Q", y=band, text="label:N")
    room = alt.Chart().mark_point(opacity=0).encode(x="reach:Q")
    layers = alt.layer(bars, labels, room, data=theme.source())
    return theme.to_specification(layers.properties(height=alt.Step(40)), currency)


def owner_chart(pipeline: Pipeline) -> Chart:
    """Value of the open deals by owner and band, the most Green first; the smallest owners
    together.
    """
    by_value = bool(pipeline.by_band["with_amount"].sum())
    owners = pipeline.by_owner
    data = _owner_rows(owners, by_value)
    first = owners.iloc[0]
    held = (
        money_short(first["Green amount"], pipeline.currency)
        if by_value
        else f"{count(first['Green'])} deals"
    )
    title = (
        f"{first['owner']} holds the most Green: {held}"
        if first["Green"]
        else "Nobody holds a Green open deal"
    )
    return Chart(
        title=title,
        specification=owner_specification(by_value, pipeline.currency),
        data=data,
        how_to_read="One bar an owner, split by the band of the deals' accounts; the most Green stands on top.",
        table=owner_table(pipeline),
    )


def _owner_rows(owners: Frame, by_value: bool) -> Frame:
    suffix = " amount" if by_value else ""
    parts = []
    for place, band in enumerate(BANDS):
        column = owners[f"{band}{suffix}"].astype("float64")
        shown = pd.DataFrame({"owner": owners["owner"], "length": column}).head(MOST_OWNERS)
        if len(owners) > MOST_OWNERS:
            rest = float(column.iloc[MOST_OWNERS:].sum())
            shown = pd.concat([shown, pd.DataFrame({"owner": [ALL_OTHERS], "length": [rest]})])
        parts.append(shown.assign(band=band, order=place, rank=range(len(shown))))
    return pd.concat(parts, ignore_index=True)


@cache
def owner_specification(by_value: bool, currency: str = "") -> dict[str, Any]:
    """Bars split by band, the band's order from the left, owners in the order given."""
    axis = (
        alt.Axis(tickCount=4, labelExpr=theme.MONEY)
        if by_value
        else alt.Axis(tickMinStep=1, tickCount=5)
    )
    order = alt.EncodingSortField("rank", op="min", order="ascending")
    bars = (
        alt.Chart(theme.source())
        .mark_bar(height=16)
        .encode(
            x=alt.X(
                "length:Q",
                title="Amount of the open deals" if by_value else "Open deals",
                axis=axis,
            ),
            y=alt.Y(
                "owner:N",
                sort=order,
                title=None,
                axis=alt.Axis(ticks=False, domain=False, labelLimit=150),
            ),
            color=theme.colour("band", theme.BAND_COLOURS, legend=True),
            order=alt.Order("order:Q"),
            tooltip=[
                alt.Tooltip("owner:N", title="Owner"),
                alt.Tooltip("band:N", title="Band"),
                alt.Tooltip("length:Q", title="Open", format="$,.0f" if by_value else ",.0f"),
            ],
        )
    )
    return theme.to_specification(bars.properties(height=alt.Step(28)), currency)


def owner_table(pipeline: Pipeline) -> Frame:
    """Every owner: open deals and their amount, in all and by band."""
    amounts = {f"{band} amount": f"{band} amount {pipeline.currency}".strip() for band in BANDS}
    return pipeline.by_owner.rename(
        columns={
            "owner": "Owner",
            "deals": "Open deals",
            "amount": f"Amount {pipeline.currency}".strip(),
            "cautioned": "With a caution",
            **amounts,
        }
    )


def parts_chart(one: OneScore) -> Chart:
    """What each criterion earns of its weight; what is unknown earns the average and is drawn
    hollow.
    """
    parts = one.parts.sort_values("weight", ascending=False, kind="stable", ignore_index=True)
    known = parts["known"]
    data = pd.DataFrame(
        {
            "criterion": parts["criterion"],
            "points": parts["points"],
            "weight": parts["weight"],
            "rank": parts.index,
            "state": ["answered" if answer else "not known" for answer in known],
            "label": [
                f"{show_points(row.points)} of {row.weight}" + ("" if row.known else ", not known")
                for row in parts.itertuples()
            ],
        }
    )
    return Chart(
        title=f"{of(known.sum(), len(parts))} criteria are known; together they make {one.whole}",
        specification=parts_specification(),
        data=data,
        how_to_read="The pale bar is what a criterion can earn, the full one what it earns here. What is not known "
        "earns what the rubric gives to unknown answers, drawn grey.",
        table=parts.assign(known=["yes" if answer else "no" for answer in known]).rename(
            columns={
                "criterion": "Criterion",
                "weight": "Can earn",
                "points": "Earns",
                "known": "Known",
            }
        ),
    )


@cache
def parts_specification() -> dict[str, Any]:
    """A pale bar of the weight under the bar of the points, one row a criterion."""
    order = alt.EncodingSortField("rank", op="min", order="ascending")
    row = alt.Y(
        "criterion:N",
        sort=order,
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelLimit=170),
    )
    states = {"answered": theme.OUTCOMES["won"], "not known": theme.OUTCOMES["lost"]}
    tooltip = [alt.Tooltip("criterion:N", title="Criterion"), alt.Tooltip("label:N", title="Earns")]
    most = (
        alt.Chart()
        .mark_bar(height=14, color=theme.NOISE, opacity=0.45)
        .encode(
            x=alt.X("weight:Q", title="Points", axis=alt.Axis(tickMinStep=1, tickCount=5)),
            y=row,
            tooltip=tooltip,
        )
    )
    earned = (
        alt.Chart()
        .mark_bar(height=14)
        .encode(
            x="points:Q", y=row, color=theme.colour("state", states, legend=True), tooltip=tooltip
        )
    )
    labels = (
        alt.Chart()
        .mark_text(align="left", dx=5, fontSize=11)
        .encode(x="weight:Q", y=row, text="label:N")
    )
    return theme.to_specification(
        alt.layer(most, earned, labels, data=theme.source()).properties(height=alt.Step(26))
    )
