"""Traits as paired points: how common a trait is in two groups, with intervals.

Comes in: `Traits`. Goes out: `Chart`s. Separate because two pages contrast the same table with different groups.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from icp_engine.charts import theme
from icp_engine.charts.model import Chart
from icp_engine.charts.words import counted, ratio, ratio_interval
from icp_engine.stats.proportions import wilson
from icp_engine.traits.model import Traits
from icp_engine.types import Frame

MOST_TRAITS = 10
TOWARDS, AGAINST = ("icp", "both"), ("anti", "both")
JOINTS = {"level": ": ", "tag": " has ", "range": " "}
READ = ("Each row is one trait; the points are the shares of {first} and of {second} customers that have it, the bars "
        "their 95\u202f% intervals, the labels counts of customers whose value is known.")


def trait_label(row: Any) -> str:
    """“Industry: FinTech”, “Tools has Salesforce”, “Employees 51–200”."""
    return f"{row.attribute}{JOINTS.get(row.kind, ': ')}{row.value}"


def proven(table: Frame, directions: tuple[str, ...]) -> Frame:
    """The rows claimed to point in one of these directions, strongest first."""
    return table[table["direction"].isin(directions)]


def best_chart(traits: Traits) -> Chart | None:
    """What best customers have more often than others; the clearest patterns where nothing is proven."""
    table, found = _chosen(traits.table, TOWARDS, "lift")
    if table.empty:
        return None
    title = f"{_number(found)} of {len(traits.table):,} traits set best customers apart" if found else (
        "The clearest differences: patterns, not proven")
    return _chart(table, "others", title, ("best", "other"))


def worst_chart(traits: Traits) -> Chart | None:
    """What worst customers have more often than best ones; the clearest patterns where nothing is proven."""
    table, found = _chosen(traits.table, AGAINST, "lift_worst")
    if table.empty:
        return None
    title = f"{_number(found)} of {len(traits.table):,} traits point to a bad fit" if found else (
        "The clearest differences: patterns, not proven")
    return _chart(table, "worst", title, ("best", "worst"))


def _number(found: int) -> str:
    return f"{found:,}"


def _chosen(table: Frame, directions: tuple[str, ...], lift: str) -> tuple[Frame, int]:
    """(rows to draw, how many of the table are proven): proven ones, else those with the largest lift."""
    claimed = proven(table, directions)
    if len(claimed):
        return claimed.head(MOST_TRAITS), len(claimed)
    known = table[np.isfinite(table[f"{lift}_low"]) & (table[lift] > 1)]
    return known.sort_values(f"{lift}_low", ascending=False, kind="stable").head(MOST_TRAITS), 0


def _chart(table: Frame, against: str, title: str, names: tuple[str, str]) -> Chart:
    return Chart(title, paired_specification(), paired_rows(table, against),
                 READ.format(first=names[0], second=names[1]), trait_table(table))


COUNTS = {"best": "best", "others": "rest", "worst": "worst"}


def paired_rows(table: Frame, against: str) -> Frame:
    """Two rows a trait: trait, group, share, low, high, label; unknown shares (nobody's value known) are left out."""
    labels = [trait_label(row) for row in table.itertuples()]
    parts = []
    for group in ("best", against):
        n, of = table[f"n_{COUNTS[group]}"].to_numpy(float), table[f"of_{COUNTS[group]}"].to_numpy(float)
        low, high = wilson(n, of)
        parts.append(pd.DataFrame({
            "trait": labels, "group": group, "share": n / np.maximum(of, 1), "low": low, "high": high, "of": of,
            "label": [counted(a, b) for a, b in zip(n, of, strict=True)], "order": range(len(labels)),
        }))
    rows = pd.concat(parts, ignore_index=True)
    return rows[rows["of"] > 0].reset_index(drop=True)


def trait_table(table: Frame) -> Frame:
    """The trait table in plain words: counts, lifts with intervals, direction."""
    rows = list(table.itertuples())
    words = {"icp": "points to the best", "anti": "points to a bad fit", "both": "both", "none": "not proven"}
    return pd.DataFrame({
        "Trait": [trait_label(row) for row in rows],
        "Best": [counted(row.n_best, row.of_best) for row in rows],
        "Others": [counted(row.n_rest, row.of_rest) for row in rows],
        "Worst": [counted(row.n_worst, row.of_worst) for row in rows],
        "Best v others": [ratio(row.lift) for row in rows],
        "95 % interval": [ratio_interval(row.lift_low, row.lift_high) for row in rows],
        "Worst v best": [ratio(row.lift_worst) for row in rows],
        "95 % interval, worst v best": [ratio_interval(row.lift_worst_low, row.lift_worst_high) for row in rows],
        "What it says": [words[row.direction] for row in rows],
        "Strength": [row.strength for row in rows],
    })


@cache
def paired_specification() -> dict[str, Any]:
    """Two points with intervals a row, labelled with counts, on one scale from 0 to 100 %."""
    share = alt.Scale(domain=[0, 1], nice=False)
    trait = alt.Y("trait:N", sort=alt.EncodingSortField("order", op="min"), title=None,
                  axis=alt.Axis(labelLimit=200, ticks=False, domain=False, grid=True))
    beside = alt.YOffset("group:N", sort=list(theme.GROUPS))
    tint = theme.colour("group", theme.GROUPS, legend=True)
    tooltip = [alt.Tooltip("trait:N", title="Trait"), alt.Tooltip("group:N", title="Customers"),
               alt.Tooltip("label:N", title="Have it"), alt.Tooltip("share:Q", title="Share", format=".0%"),
               alt.Tooltip("low:Q", title="from", format=".0%"), alt.Tooltip("high:Q", title="to", format=".0%")]
    spans = alt.Chart().mark_rule(strokeWidth=5, opacity=0.45, strokeCap="round").encode(
        x=alt.X("low:Q", scale=share, title="Share of customers with the trait",
                axis=alt.Axis(format="%", tickCount=5, grid=False)),
        x2="high:Q", y=trait, yOffset=beside, color=tint, tooltip=tooltip)
    points = alt.Chart().mark_point(filled=True, size=80, opacity=1).encode(
        x=alt.X("share:Q", scale=share), y=trait, yOffset=beside, color=tint, tooltip=tooltip)
    labels = alt.Chart().mark_text(align="left", dx=7, fontSize=11, color=theme.WORDS).encode(
        x=alt.X("high:Q", scale=share), y=trait, yOffset=beside, text="label:N")
    chart = alt.layer(spans, points, labels, data=theme.source())
    return theme.to_specification(chart.properties(height=alt.Step(16, **{"for": "offset"})))
