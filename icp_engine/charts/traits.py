"""Traits and pairs of them as paired points: how common each is in two groups, with intervals.

Comes in: `Traits`. Goes out: `Chart`s and tables in plain words. Separate because two pages
contrast the same tables with different groups.
"""

from __future__ import annotations

from functools import cache
from itertools import product
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

MOST_TRAITS, MOST_PAIRS = 10, 6  # drawn; the table beneath holds all
TOWARDS, AGAINST = ("icp", "both"), ("anti", "both")
JOINTS = {"level": ": ", "tag": " has ", "range": " "}
READ = (
    "Each row is one {what}; the points are the shares of {first} and of {second} that have it, the bars "
    f"their {SURE} intervals, the labels counts of those whose value is known."
)
CUSTOMERS = {"best": "best", "others": "other", "worst": "worst"}
TIMES = " × "  # between the halves of a pair, as the engine names it


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
    return _chart(table, "others", title)


def pairs_chart(traits: Traits) -> Chart | None:
    """What best customers hold together more often than others; the clearest pairs where none adds
    to its parts.
    """
    table, found = _chosen(traits.pairs, TOWARDS, "lift")
    if table.empty:
        return None
    title = (
        f"{count(found)} pairs say more than the stronger of their two traits"
        if found > 1
        else "One pair says more than the stronger of its two traits"
        if found
        else "The clearest pairs: patterns, not proven to say more than one of the two"
    )
    table = table.head(MOST_PAIRS)
    return Chart(
        title,
        paired_specification("others"),
        paired_rows(table, "others", labels=pair_labels(table, traits.table)),
        READ.format(what="pair of traits", first="best", second="other customers"),
        pair_table(table, traits.table),
    )


def won_lost_chart(won_lost: Frame) -> Chart | None:
    """What won accounts have more often than lost ones, then what they have less often; the
    clearest patterns where nothing is proven.
    """
    claimed = won_lost[won_lost["direction"] != "none"]
    found = len(claimed)
    table = claimed if found else _intervals_apart(won_lost)
    if table.empty:
        return None
    table = table.head(MOST_TRAITS)
    table = table.iloc[(table["lift"] < 1).argsort(kind="stable")]
    title = (
        f"{of(found, len(won_lost))} traits tell won accounts from lost ones"
        if found
        else "The clearest differences: patterns, not proven"
    )
    return Chart(
        title,
        paired_specification("lost", "won"),
        paired_rows(table, "lost", "won"),
        READ.format(what="trait", first="won", second="lost accounts"),
        won_lost_table(table),
    )


def _intervals_apart(table: Frame) -> Frame:
    """Rows whose interval of the ratio leaves 1 out, in their order."""
    return table[(table["lift_low"] > 1) | (table["lift_high"] < 1)]


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
    return _chart(table, "worst", title)


def _against_others(table: Frame, tried: int) -> Chart | None:
    if table.empty:
        return None
    title = f"{of(len(table), tried)} traits are rarer among the best"
    return _chart(table.head(MOST_TRAITS), "others", title)


def _chosen(table: Frame, directions: tuple[str, ...], lift: str) -> tuple[Frame, int]:
    """(rows to draw, how many of the table are proven): proven ones, else those with the largest
    lift.
    """
    claimed = proven(table, directions)
    if len(claimed):
        return claimed.head(MOST_TRAITS), len(claimed)
    known = table[np.isfinite(table[f"{lift}_low"]) & (table[lift] > 1)]
    return known.sort_values(f"{lift}_low", ascending=False, kind="stable").head(MOST_TRAITS), 0


def _chart(table: Frame, against: str, title: str) -> Chart:
    return Chart(
        title,
        paired_specification(against),
        paired_rows(table, against),
        READ.format(what="trait", first="best", second=f"{CUSTOMERS[against]} customers"),
        trait_table(table),
    )


NAME = "name"  # the line above the two points, where the trait's name stands
# group → its columns in a trait table, where won accounts stand as best and lost ones as rest
COUNTS = {"best": "best", "others": "rest", "worst": "worst", "won": "best", "lost": "rest"}
COLOURS = {**theme.GROUPS, **theme.OUTCOMES}


def paired_rows(
    table: Frame, against: str, first: str = "best", *, labels: list[str] | None = None
) -> Frame:
    """Three rows a trait: its name, then a row a group: trait, group, share, low, high, label
    (counts), order.

    A share that nobody's value is known for is left out. labels: names of the rows, where they are
    no single traits.
    """
    labels = labels or [trait_label(row) for row in table.itertuples()]
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
    for group in (first, against):
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


def pair_labels(pairs: Frame, singles: Frame) -> list[str]:
    """“Industry: FinTech and Employees 51–200”, each half as the single trait is called."""
    known = {(row.attribute, row.value): trait_label(row) for row in singles.itertuples()}
    return [_pair_label(row, known) for row in pairs.itertuples()]


def _pair_label(row: Any, known: dict[tuple[str, str], str]) -> str:
    for attributes, values in product(_halves(row.attribute), _halves(row.value)):
        parts = list(zip(attributes, values, strict=True))
        if all(part in known for part in parts):
            return " and ".join(known[part] for part in parts)
    return f"{row.attribute}: {row.value}"


def _halves(text: str) -> list[tuple[str, str]]:
    """Every way to read “a × b” as two: a name may hold the sign itself."""
    parts = text.split(TIMES)
    return [(TIMES.join(parts[:at]), TIMES.join(parts[at:])) for at in range(1, len(parts))]


def pair_table(pairs: Frame, singles: Frame) -> Frame:
    """Pairs in plain words: how many of the customers that hold both are best, counts, the ratio."""
    rows = list(pairs.itertuples())
    return pd.DataFrame(
        {
            "Pair": pair_labels(pairs, singles),
            "Best, of those with both": [
                of(row.n_best, row.n_best + row.n_rest + row.n_worst) for row in rows
            ],
            "Best": [of(row.n_best, row.of_best) for row in rows],
            "Others": [of(row.n_rest, row.of_rest) for row in rows],
            "Worst": [of(row.n_worst, row.of_worst) for row in rows],
            "Best v others": [ratio(row.lift) for row in rows],
            "95 % interval": [ratio_interval(row.lift_low, row.lift_high) for row in rows],
            "What it says": [PAIR_SAYS[row.direction] for row in rows],
        }
    )


PAIR_SAYS = {
    "icp": "adds to its stronger trait",
    "anti": "adds to its stronger trait, for a bad fit",
    "both": "adds to its stronger trait",
    "none": "not proven to add",
}


def won_lost_table(table: Frame) -> Frame:
    """Won against lost accounts in plain words: counts, the ratio with its interval, adjusted too."""
    rows = list(table.itertuples())
    return pd.DataFrame(
        {
            "Trait": [trait_label(row) for row in rows],
            "Won": [of(row.n_best, row.of_best) for row in rows],
            "Lost": [of(row.n_rest, row.of_rest) for row in rows],
            "Won v lost": [ratio(row.lift) for row in rows],
            "95 % interval": [ratio_interval(row.lift_low, row.lift_high) for row in rows],
            "Won v lost, adjusted": [ratio(row.lift_adjusted) for row in rows],
            "95 % interval, adjusted": [
                ratio_interval(row.lift_adjusted_low, row.lift_adjusted_high) for row in rows
            ],
            "Adjusted for": [row.adjusted_for for row in rows],
            "What it says": [
                "not proven"
                if row.direction == "none"
                else "commoner among won"
                if row.direction == "icp"
                else "commoner among lost"
                for row in rows
            ],
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
def paired_specification(against: str, first: str = "best") -> dict[str, Any]:
    """The trait's name above two points with intervals, labelled with counts, on one scale from 0
    to 100 %.

    against: the group beside `first`, both of COUNTS. Names stand above, so that a phone has room
    for the points.
    """
    share = alt.Scale(domain=[0, 1], nice=False)
    place = {
        "y": alt.Y("order:O", axis=None, scale=alt.Scale(paddingInner=0.15)),
        "yOffset": alt.YOffset("group:N", sort=[NAME, first, against]),
    }
    tint = theme.colour("group", {name: COLOURS[name] for name in (first, against)}, legend=True)
    tooltip = [
        alt.Tooltip("trait:N", title="Trait"),
        alt.Tooltip("group:N", title="Group"),
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
