"""Traits as paired points: how common a trait is in two groups, with intervals.

Comes in: `Traits`. Goes out: `Chart`s. Separate because two pages contrast the same table with
different groups.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from icp_engine.charts import theme
from icp_engine.charts.model import Chart
from icp_engine.stats.proportions import wilson
from icp_engine.traits.flags import sets_apart
from icp_engine.traits.model import Traits
from icp_engine.traits.value_with import Figure
from icp_engine.types import Frame
from icp_engine.wording.numbers import NOT_KNOWN, count, number, of
from icp_engine.wording.ranges import show_value
from icp_engine.wording.ratios import ratio, ratio_interval
from icp_engine.wording.shares import SURE, percent

MOST_TRAITS = 10
TOWARDS, AGAINST = ("icp", "both"), ("anti", "both")
JOINTS = {"level": ": ", "tag": " has ", "range": " "}
READ = (
    "Each row is one trait; the points are the shares of {first} and of {second} customers that have it, the bars "
    f"their {SURE} intervals, the labels counts of customers whose value is known."
)


def trait_label(row: Any) -> str:
    """“Industry: FinTech”, “Tools has Salesforce”, “Employees 51–200”, “Growth −32 to −5”."""
    return f"{row.attribute}{JOINTS.get(row.kind, ': ')}{show_value(str(row.value))}"


def proven(table: Frame, directions: tuple[str, ...]) -> Frame:
    """The rows proven to set the best apart (TOWARDS) or to point to a bad fit (AGAINST), strongest
    first.
    """
    return table[
        sets_apart(table) if directions == TOWARDS else table["direction"].isin(directions)
    ]


def best_chart(traits: Traits) -> Chart | None:
    """What best customers have more often than others; the clearest patterns where nothing is
    proven.
    """
    table, found = _chosen(traits.table, TOWARDS, "lift")
    if table.empty:
        return None
    title = (
        f"{of(found, len(traits.table))} traits set best customers apart"
        if found
        else ("The clearest differences: patterns, not proven")
    )
    return _chart(table, "others", title, ("best", "other"))


def worst_chart(traits: Traits) -> Chart | None:
    """What worst customers have more often than best ones; the clearest patterns where nothing is
    proven.

    Where nobody is worst, what the others have more often, if anything is proven.
    """
    if not traits.table["of_worst"].any():
        return _against_others(proven(traits.table, AGAINST), len(traits.table))
    table, found = _chosen(traits.table, AGAINST, "lift_worst")
    if table.empty:
        return None
    title = (
        f"{of(found, len(traits.table))} traits point to a bad fit"
        if found
        else ("The clearest differences: patterns, not proven")
    )
    return _chart(table, "worst", title, ("best", "worst"))


def _against_others(table: Frame, tried: int) -> Chart | None:
    if table.empty:
        return None
    title = f"{of(len(table), tried)} traits are rarer among the best"
    return _chart(table.head(MOST_TRAITS), "others", title, ("best", "other"))


def _chosen(table: Frame, directions: tuple[str, ...], lift: str) -> tuple[Frame, int]:
    """(rows to draw, how many of the table are proven): proven ones, else those with the largest
    lift.
    """
    claimed = proven(table, directions)
    if len(claimed):
        return claimed.head(MOST_TRAITS), len(claimed)
    known = table[np.isfinite(table[f"{lift}_low"]) & (table[lift] > 1)]
    return known.sort_values(f"{lift}_low", ascending=False, kind="stable").head(MOST_TRAITS), 0


def _chart(table: Frame, against: str, title: str, names: tuple[str, str]) -> Chart:
    return Chart(
        title,
        paired_specification(against),
        paired_rows(table, against),
        READ.format(first=names[0], second=names[1]),
        trait_table(table),
    )


NAME = "name"  # the line above the two points, where the trait's name stands
COUNTS = {"best": "best", "others": "rest", "worst": "worst"}


def paired_rows(table: Frame, against: str) -> Frame:
    """Three rows a trait: its name, then a row a group: trait, group, share, low, high, label
    (counts), order.

    A share that nobody's value is known for is left out.
    """
    labels = [trait_label(row) for row in table.itertuples()]
    parts = [
        pd.DataFrame(
            {
                "trait": labels,
                "group": NAME,
                "of": 1.0,
                "label": labels,
                "order": range(len(labels)),
            }
        )
    ]
    for group in ("best", against):
        holders, known = (
            table[f"n_{COUNTS[group]}"].to_numpy(float),
            table[f"of_{COUNTS[group]}"].to_numpy(float),
        )
        low, high = wilson(holders, known)
        parts.append(
            pd.DataFrame(
                {
                    "trait": labels,
                    "group": group,
                    "share": holders / np.maximum(known, 1),
                    "low": low,
                    "high": high,
                    "of": known,
                    "label": [of(*pair) for pair in zip(holders, known, strict=True)],
                    "order": range(len(labels)),
                }
            )
        )
    rows = pd.concat(parts, ignore_index=True)
    return rows[rows["of"] > 0].reset_index(drop=True)


def trait_table(table: Frame) -> Frame:
    """The trait table in plain words: counts, lifts with intervals, direction."""
    rows = list(table.itertuples())
    words = {
        "icp": "points to the best",
        "anti": "points to a bad fit",
        "both": "both",
        "none": "not proven",
    }
    return pd.DataFrame(
        {
            "Trait": [trait_label(row) for row in rows],
            "Best": [of(row.n_best, row.of_best) for row in rows],
            "Others": [of(row.n_rest, row.of_rest) for row in rows],
            "Worst": [of(row.n_worst, row.of_worst) for row in rows],
            "Best v others": [ratio(row.lift) for row in rows],
            "95 % interval": [ratio_interval(row.lift_low, row.lift_high) for row in rows],
            "Worst v best": [ratio(row.lift_worst) for row in rows],
            "95 % interval, worst v best": [
                ratio_interval(row.lift_worst_low, row.lift_worst_high) for row in rows
            ],
            **_adjusted_columns(rows),
            "What it says": [words[row.direction] for row in rows],
            "Strength": [row.strength for row in rows],
        }
    )


def _adjusted_columns(rows: list[Any]) -> dict[str, list[str]]:
    """Lifts among customers alike in another attribute; nothing where the table has none."""
    if not rows or not hasattr(rows[0], "adjusted_for"):
        return {}
    return {
        "Best v others, adjusted": [ratio(row.lift_adjusted) for row in rows],
        "95 % interval, adjusted": [
            ratio_interval(row.lift_adjusted_low, row.lift_adjusted_high) for row in rows
        ],
        "Worst v best, adjusted": [ratio(row.lift_worst_adjusted) for row in rows],
        "Adjusted for": [
            row.adjusted_for if isinstance(row.adjusted_for, str) else "" for row in rows
        ],
    }


def worth_table(traits: Traits, directions: tuple[str, ...]) -> Frame:
    """What customers with and without each claimed trait are worth: a row a trait, two columns a
    figure.

    Medians (shares where the figure is one) with the customers they rest on; empty where no figure
    is known.
    """
    chosen = traits.table["direction"].isin(directions).to_numpy()
    if not traits.figures or not chosen.any():
        return pd.DataFrame()
    worth = traits.with_without[chosen].to_dict("records")
    columns: dict[str, list[str]] = {
        "Trait": [trait_label(row) for row in traits.table[chosen].itertuples()]
    }
    for figure in traits.figures:
        name = figure.label if figure.statistic == "share" else f"{figure.label}, median"
        for part in ("with", "without"):
            columns[f"{name} {part}"] = [_worth(row, figure, part) for row in worth]
    return pd.DataFrame(columns)


def _worth(row: dict[str, Any], figure: Figure, part: str) -> str:
    value, known = row[f"{figure.name}_{part}"], row[f"{figure.name}_n_{part}"]
    if not known or not np.isfinite(value):
        return NOT_KNOWN
    shown = percent(value) if figure.statistic == "share" else number(value)
    return f"{shown} (of {count(known)})"


@cache
def paired_specification(against: str) -> dict[str, Any]:
    """The trait's name above two points with intervals, labelled with counts, on one scale from 0
    to 100 %.

    against: “others” or “worst”, the group beside “best”. Names stand above, so that a phone has
    room for the points.
    """
    share = alt.Scale(domain=[0, 1], nice=False)
    place = {
        "y": alt.Y("order:O", axis=None, scale=alt.Scale(paddingInner=0.15)),
        "yOffset": alt.YOffset("group:N", sort=[NAME, "best", against]),
    }
    tint = theme.colour(
        "group", {name: theme.GROUPS[name] for name in ("best", against)}, legend=True
    )
    tooltip = [
        alt.Tooltip("trait:N", title="Trait"),
        alt.Tooltip("group:N", title="Customers"),
        alt.Tooltip("label:N", title="Have it"),
        alt.Tooltip("share:Q", title="Share", format=".0%"),
        alt.Tooltip("low:Q", title="from", format=".0%"),
        alt.Tooltip("high:Q", title="to", format=".0%"),
    ]
    names = (
        alt.Chart()
        .transform_filter(f"datum.group === '{NAME}'")
        .encode(x=alt.value(0), text="trait:N", **place)
    )
    points = (
        alt.Chart().transform_filter(f"datum.group !== '{NAME}'").encode(tooltip=tooltip, **place)
    )
    at = alt.X("share:Q", scale=share)
    start = alt.X(
        "low:Q", scale=share, title="Share with the trait", axis=alt.Axis(format="%", tickCount=5)
    )
    layers = [
        names.mark_text(align="left", fontSize=12),
        points.mark_rule(strokeWidth=6, opacity=0.45, strokeCap="round").encode(
            x=start, x2="high:Q", color=tint
        ),
        points.mark_point(filled=True, size=80, opacity=1).encode(x=at, color=tint),
        points.mark_text(align="left", dx=8, fontSize=11).encode(
            x=alt.X("high:Q", scale=share), text="label:N"
        ),
    ]
    chart = alt.layer(*layers, data=theme.source()).properties(
        height=alt.Step(15, **{"for": "offset"})
    )
    return theme.to_specification(chart)
