"""What weights do, as pictures: which of them matters most, and how one account's score adds up.

Comes in: the sensitivity table, one account's contributions. Goes out: `Chart`s. Separate from
`rubric`, which only makes tables.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from icp_engine.charts import theme
from icp_engine.charts.model import Chart
from icp_engine.rubric.model import Criterion, Rubric
from icp_engine.types import Frame, Series
from icp_engine.wording.numbers import NOT_KNOWN, of, show_points

MOVES = {"a quarter less": "#9AA3AF", "a quarter more": "#2F5BD0"}
UNKNOWN_PART = f"{NOT_KNOWN}, as set"
PARTS = {"earned": "#2F5BD0", UNKNOWN_PART: "#7A6FB3", "missed": "#C9CED6"}
ROWS_LABEL = 170  # pixels for names at the axis


def tornado_chart(sensitivity: Frame) -> Chart | None:
    """Accounts that change band when a weight moves by a quarter, the weight that matters most on
    top; None without.
    """
    if not len(sensitivity):
        return None
    rows = pd.DataFrame(
        {
            "criterion": sensitivity["criterion"],
            "move": [
                "a quarter more" if move > 0 else "a quarter less" for move in sensitivity["move"]
            ],
            "signed": sensitivity["changed"]
            * sensitivity["move"].map(lambda move: 1 if move > 0 else -1),
            "changed": sensitivity["changed"],
            "up": sensitivity["up"],
            "down": sensitivity["down"],
            "weight": [f"{row.weight} → {row.weight_moved}" for row in sensitivity.itertuples()],
        }
    )
    reach = rows.groupby("criterion")["changed"].transform("max")
    rows = rows.assign(reach=reach).sort_values(
        ["reach", "criterion"], ascending=[False, True], ignore_index=True
    )
    top, accounts = rows.iloc[0], int(sensitivity["accounts"].iloc[0])
    return Chart(
        title=(
            f"{top['criterion']} matters most: a quarter more or less moves up to "
            f"{of(top['reach'], accounts)} accounts to another band"
        ),
        specification=tornado_specification(),
        data=rows,
        how_to_read=(
            "Length is the number of accounts that change band when this weight alone moves by a quarter and "
            "the others follow: left a quarter less, right a quarter more. Short bars hardly matter."
        ),
        table=pd.DataFrame(
            {
                "Criterion": rows["criterion"],
                "Weight": rows["weight"],
                "Accounts that change band": rows["changed"],
                "Up": rows["up"],
                "Down": rows["down"],
            }
        ),
    )


@cache
def tornado_specification() -> dict[str, Any]:
    """Bars to the left and right of zero, the longest on top."""
    name = alt.Y(
        "criterion:N",
        sort=alt.EncodingSortField("reach", op="max", order="descending"),
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelLimit=ROWS_LABEL),
    )
    bars = (
        alt.Chart()
        .mark_bar(height=14, cornerRadiusEnd=3)
        .encode(
            x=alt.X(
                "signed:Q",
                title="Accounts that change band",
                scale=alt.Scale(padding=28),
                axis=alt.Axis(
                    labelExpr="format(abs(datum.value), ',')", tickMinStep=1, tickCount=6
                ),
            ),
            y=name,
            color=theme.colour("move", MOVES, legend=True),
            tooltip=[
                alt.Tooltip("criterion:N", title="Criterion"),
                alt.Tooltip("weight:N", title="Weight"),
                alt.Tooltip("changed:Q", title="Change band"),
                alt.Tooltip("up:Q", title="up"),
                alt.Tooltip("down:Q", title="down"),
            ],
        )
    )
    line = alt.Chart().mark_rule(color=theme.REFERENCE, aria=False).encode(x=alt.datum(0))
    layers = alt.layer(bars, line, *_counts(name), data=theme.source())
    return theme.to_specification(layers.properties(height=alt.Step(26)))


def _counts(name: Any) -> list[Any]:
    """Each bar's number at its end."""
    return [
        alt.Chart()
        .transform_filter(f"datum.move == '{move}'")
        .mark_text(align=align, dx=shift)
        .encode(x="signed:Q", y=name, text=alt.Text("changed:Q", format=","))
        for move, align, shift in (("a quarter less", "right", -5), ("a quarter more", "left", 5))
    ]


def waterfall_chart(
    name: str,
    rubric: Rubric,
    contributions: Series,
    fits: Any,
    values: dict[str, str],
    whole: int,
) -> Chart:
    """How one account's score adds up, criterion by criterion.

    whole: the score as bands use it, rounded once. contributions: points by criterion, summing to
    the score. fits: its fits in the rubric's order, −1 unknown. values: criterion → the account's
    value, as text.
    """
    rows = waterfall_rows(rubric, contributions, fits, values)
    missed = rows[rows["part"] == "missed"].sort_values("points", ascending=False)
    most = f"; most is missed on {missed['criterion'].iloc[0]}" if len(missed) else ""
    return Chart(
        title=f"{name} scores {whole}{most}",
        specification=waterfall_specification(),
        data=rows.assign(green=rubric.green, yellow=rubric.yellow),
        how_to_read=(
            "Each line begins where the one above ended: dark is what the criterion earned, grey what its "
            "weight would still allow. The dashed lines mark where Yellow and Green begin."
        ),
        table=pd.DataFrame(
            [
                {
                    "Criterion": c.name,
                    "Value": values.get(c.name, ""),
                    "Points": float(contributions[c.name]),
                    "Of": c.weight,
                }
                for c in rubric.criteria
            ]
        ),
    )


def waterfall_rows(
    rubric: Rubric, contributions: Series, fits: Any, values: dict[str, str]
) -> Frame:
    """One row a piece: criterion, line (name and value), part, start, end, points, order."""
    rows, reached = [], 0.0
    ordered = sorted(
        enumerate(rubric.criteria), key=lambda pair: -float(contributions[pair[1].name])
    )
    for order, (place, criterion) in enumerate(ordered):
        points = float(contributions[criterion.name])
        part = "earned" if fits[place] >= 0 else UNKNOWN_PART
        rows += _pieces(criterion, order, reached, points, part, values.get(criterion.name, ""))
        reached += points
    return pd.DataFrame(rows)


def _pieces(
    criterion: Criterion, order: int, start: float, points: float, part: str, value: str
) -> list[dict[str, Any]]:
    line = f"{criterion.name}: {value}" if value else criterion.name
    base = {
        "criterion": criterion.name,
        "line": line,
        "order": order,
        "label": f"{show_points(points)} of {criterion.weight}",
    }
    end, room = round(start + points, 1), round(criterion.weight - points, 1)
    pieces = [{**base, "part": part, "start": round(start, 1), "end": end, "points": points}]
    if room > 0:
        pieces.append(
            {
                **base,
                "part": "missed",
                "start": end,
                "end": round(min(100.0, end + room), 1),
                "points": room,
            }
        )
    return pieces


@cache
def waterfall_specification() -> dict[str, Any]:
    """Steps from 0 to the score, with thresholds as dashed lines."""
    scale = alt.Scale(domain=[0, 100], nice=False)
    line = alt.Y(
        "line:N",
        sort=alt.EncodingSortField("order", op="min"),
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelLimit=260),
    )
    bars = (
        alt.Chart()
        .mark_bar(height=14, cornerRadius=2)
        .encode(
            x=alt.X(
                "start:Q", scale=scale, title="Score", axis=alt.Axis(values=list(range(0, 101, 20)))
            ),
            x2="end:Q",
            y=line,
            color=theme.colour("part", PARTS, legend=True),
            tooltip=[
                alt.Tooltip("line:N", title="Criterion"),
                alt.Tooltip("part:N", title="Part"),
                alt.Tooltip("points:Q", title="Points", format=".1f"),
            ],
        )
    )
    labels = (
        alt.Chart()
        .transform_filter("datum.part != 'missed'")
        .mark_text(align="left", dx=4)
        .encode(x=alt.X("far:Q", scale=scale), y=line, text="label:N")
        .transform_calculate(
            far="min(datum.end + max(toNumber(split(datum.label, ' of ')[1]) - datum.points, 0), 92)"
        )
    )
    edges = [
        alt.Chart()
        .mark_rule(strokeDash=[4, 4], color=colour)
        .encode(x=alt.X(f"max({band}):Q", scale=scale))
        for band, colour in (
            ("green", theme.BAND_COLOURS["Green"]),
            ("yellow", theme.BAND_COLOURS["Yellow"]),
        )
    ]
    chart = alt.layer(bars, *edges, labels, data=theme.source()).properties(height=alt.Step(26))
    return theme.to_specification(chart)
