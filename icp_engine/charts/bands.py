"""Won and lost deals by score, win rate by band.

Comes in: `Validation` and the rubric's thresholds. Goes out: `Chart`s. Separate from other charts
because the rubric and the validation page, and the document, show the same two.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from icp_engine.charts import theme
from icp_engine.charts.model import Chart
from icp_engine.rubric.model import NOT_RATED
from icp_engine.types import Frame
from icp_engine.validation.band_order import order_sentence
from icp_engine.validation.model import Validation
from icp_engine.wording.numbers import count, of
from icp_engine.wording.shares import SURE, percent, percent_interval

STEP = 5  # width of a bar in points of score, as `Validation.histogram`
HEIGHT = 250
OUTCOME_NAMES = ("won", "lost")


def score_chart(validation: Validation, green: int, yellow: int) -> Chart:
    """Won deals above the axis, lost ones below, by score; the bands stand behind."""
    histogram = validation.histogram
    return Chart(
        title=_score_title(validation.bands),
        specification=score_specification(),
        data=score_rows(histogram, green, yellow),
        how_to_read=(
            "Bars above the line are won deals, below it lost ones. The further won deals stand to the "
            "right of lost ones, the better the score tells them apart."
        ),
        table=histogram.rename(
            columns={"score": "Score from", "won": "Won deals", "lost": "Lost deals"}
        ),
    )


def tried_chart(
    histogram: Frame,
    bands: Frame,
    green: int,
    yellow: int,
    *,
    names: tuple[str, str] = OUTCOME_NAMES,
    unit: str = "deals",
    table: Frame,
) -> Chart:
    """What weights being tried give on the accounts a rubric was made from, as the live control
    draws it.

    histogram: score, good, bad. bands: band, deals, won. names: good and bad; unit: what is
    counted. table: the exact table of the control.
    """
    good, bad = names
    return Chart(
        title=_score_title(bands, names, unit),
        specification=score_specification(names, unit),
        data=score_rows(histogram.rename(columns={"good": good, "bad": bad}), green, yellow, names),
        how_to_read=(
            f"Bars above the line are {good} {unit}, below it {bad} ones. The further {good} {unit} stand to "
            "the right, the better the score tells them apart."
        ),
        table=table,
    )


def score_rows(
    histogram: Frame, green: int, yellow: int, names: tuple[str, str] = OUTCOME_NAMES
) -> Frame:
    """One row a bar: start and end of its score, outcome, count, count with sign; the thresholds
    stand in every row.
    """
    parts = [
        pd.DataFrame(
            {
                "start": histogram["score"],
                "end": histogram["score"] + STEP,
                "outcome": name,
                "deals": histogram[name],
                "signed": sign * histogram[name],
            }
        )
        for name, sign in zip(names, (1, -1), strict=True)
    ]
    return pd.concat(parts, ignore_index=True).assign(green=green, yellow=yellow, top=100, bottom=0)


def _score_title(bands: Frame, names: tuple[str, str] = OUTCOME_NAMES, unit: str = "deals") -> str:
    lost = bands["deals"] - bands["won"]
    green = bands["band"] == "Green"
    return (
        f"{of(bands.loc[green, 'won'].sum(), bands['won'].sum())} {names[0]} and "
        f"{of(lost[green].sum(), lost.sum())} {names[1]} {unit} are Green"
    )


@cache
def score_specification(
    names: tuple[str, str] = OUTCOME_NAMES, unit: str = "deals"
) -> dict[str, Any]:
    """Mirrored bars over band-coloured ground, score from 0 to 100."""
    good, bad = names
    score = alt.Scale(domain=[0, 100], nice=False)
    bars = (
        alt.Chart()
        .mark_bar(binSpacing=1)
        .encode(
            x=alt.X(
                "start:Q",
                bin="binned",
                scale=score,
                title="Fit score",
                axis=alt.Axis(values=list(range(0, 101, 20)), grid=False),
            ),
            x2="end:Q",
            y=alt.Y(
                "signed:Q",
                title=f"{bad}  ·  {unit}  ·  {good}",
                stack=None,
                scale=alt.Scale(padding=18, nice=False),
                axis=alt.Axis(
                    labelExpr="format(abs(datum.value), ',')", tickMinStep=1, tickCount=5
                ),
            ),
            color=theme.colour("outcome", _colours(names), legend=True),
            tooltip=[
                alt.Tooltip("outcome:N", title="Outcome"),
                alt.Tooltip("deals:Q", title=unit.capitalize()),
                alt.Tooltip("start:Q", title="Score from"),
                alt.Tooltip("end:Q", title="to"),
            ],
        )
    )
    line = alt.Chart().mark_rule(color=theme.REFERENCE, aria=False).encode(y=alt.datum(0))
    layers = [*_grounds(score), bars, line, *_ground_names(score)]
    return theme.to_specification(alt.layer(*layers, data=theme.source()).properties(height=HEIGHT))


def _colours(names: tuple[str, str]) -> dict[str, str]:
    """Won and lost, or best and others, each pair in its colours."""
    pair = theme.OUTCOMES if names == OUTCOME_NAMES else theme.GROUPS
    return dict(zip(names, pair.values(), strict=False))


GROUNDS = (("Red", "bottom", "yellow"), ("Yellow", "yellow", "green"), ("Green", "green", "top"))


def _one_row() -> Any:
    fields = [
        alt.AggregatedFieldDef(**{"op": "max", "field": name, "as": name})
        for name in ("bottom", "yellow", "green", "top")
    ]
    return alt.Chart().transform_aggregate(aggregate=fields)


def _grounds(score: Any) -> list[Any]:
    return [
        _one_row()
        .mark_rect(color=theme.BAND_COLOURS[name], opacity=0.12)
        .encode(x=alt.X(f"{low}:Q", scale=score), x2=f"{high}:Q")
        for name, low, high in GROUNDS
    ]


def _ground_names(score: Any) -> list[Any]:
    return [
        _one_row()
        .transform_calculate(middle=f"(datum.{low} + datum.{high}) / 2")
        .mark_text(baseline="top", fontSize=11)
        .encode(x=alt.X("middle:Q", scale=score), y=alt.value(4), text=alt.value(name))
        for name, low, high in GROUNDS
    ]


def win_rate_chart(validation: Validation) -> Chart:
    """Win rate of each band that holds deals, with its interval and the window's own rate."""
    bands = validation.bands[validation.bands["deals"] > 0].reset_index(drop=True)
    return Chart(
        title=_win_rate_title(bands),
        specification=win_rate_specification(),
        data=win_rate_rows(bands, validation),
        how_to_read=(
            f"The point is the win rate, the bar its {SURE} interval, the dashed line the win rate of all "
            "these deals together. An account with several deals counts once, with the share of them that was "
            "won. Bands whose bars overlap widely may not differ."
        ),
        table=pd.DataFrame(
            {
                "Band": bands["band"],
                "Accounts": bands["accounts"],
                "Deals": bands["deals"],
                "Won": bands["won"],
                "Win rate": [percent(rate) for rate in bands["win_rate"]],
                "95 % interval": [
                    percent_interval(row.low, row.high) for row in bands.itertuples()
                ],
            }
        ),
    )


def win_rate_rows(bands: Frame, validation: Validation) -> Frame:
    """One row a band: rate, limits, label, and the win rate of the whole window in every row."""
    overall = validation.metrics["win_rate"].value
    several = bool((bands["deals"] != bands["accounts"]).any())
    labels = [
        f"{of(row.won, row.deals)} deals"
        + (f" at {count(row.accounts)} accounts" if several else "")
        for row in bands.itertuples()
    ]
    return bands.assign(label=labels, overall=float("nan") if overall is None else overall)


def _win_rate_title(bands: Frame) -> str:
    rated = bands[bands["band"] != NOT_RATED]
    if len(rated) < 2:
        return "Win rate by band"
    reversed_order = order_sentence(rated)
    if reversed_order:
        return reversed_order.rstrip(".")
    first, last = rated.iloc[0], rated.iloc[-1]
    return (
        f"{first['band']} won {of(first['won'], first['deals'])} deals, "
        f"{last['band']} {of(last['won'], last['deals'])}"
    )


@cache
def win_rate_specification() -> dict[str, Any]:
    """Points with intervals, Green on top, the overall win rate as reference."""
    rate = alt.Scale(domain=[0, 1], nice=False)
    band = alt.Y(
        "band:N",
        sort=list(theme.BAND_COLOURS),
        title=None,
        axis=alt.Axis(ticks=False, domain=False),
    )
    axis = alt.Axis(format="%", tickCount=5)
    tooltip = [
        alt.Tooltip("band:N", title="Band"),
        alt.Tooltip("label:N", title="Won"),
        alt.Tooltip("win_rate:Q", title="Win rate", format=".0%"),
        alt.Tooltip("low:Q", title="from", format=".0%"),
        alt.Tooltip("high:Q", title="to", format=".0%"),
    ]
    tint = theme.colour("band", theme.BAND_COLOURS)
    spans = (
        alt.Chart()
        .mark_rule(strokeWidth=7, opacity=0.45, strokeCap="round")
        .encode(
            x=alt.X("low:Q", scale=rate, title=f"Win rate with {SURE} interval", axis=axis),
            x2="high:Q",
            y=band,
            color=tint,
            tooltip=tooltip,
        )
    )
    points = (
        alt.Chart()
        .mark_point(filled=True, size=120, opacity=1)
        .encode(x=alt.X("win_rate:Q", scale=rate), y=band, color=tint, tooltip=tooltip)
    )
    labels = (
        alt.Chart()
        .mark_text(dy=-15)
        .encode(x=alt.X("win_rate:Q", scale=rate), y=band, text="label:N")
    )
    base = (
        alt.Chart()
        .transform_aggregate(overall="mean(overall)")
        .mark_rule(strokeDash=[4, 4], color=theme.REFERENCE)
        .encode(x=alt.X("overall:Q", scale=rate))
    )
    chart = alt.layer(base, spans, points, labels, data=theme.source()).properties(
        height=alt.Step(48)
    )
    return theme.to_specification(chart)
