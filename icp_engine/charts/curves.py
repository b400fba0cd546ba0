"""Curves of the proof: wins met while working down the list, and win rate by score, then and now.

Comes in: `Validation`. Goes out: `Chart`s. Separate because they stand behind the first view: the
bands tell the same story in three lines.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from icp_engine.charts import theme
from icp_engine.charts.model import Chart
from icp_engine.types import Frame
from icp_engine.validation.model import Validation
from icp_engine.wording.numbers import count
from icp_engine.wording.shares import SURE, percent, percent_interval

HALF = 0.5


def gain_chart(validation: Validation) -> Chart | None:
    """Share of wins met when accounts are worked from the top score down; None where nothing may be
    said.
    """
    gain = validation.gain
    if len(gain) < 2:  # all scores are equal: there is no order to work in
        return None
    return Chart(
        title=_gain_title(gain),
        specification=gain_specification(),
        data=gain_rows(gain),
        how_to_read=(
            "From left to right accounts are worked from the highest score down; the line is the share of all "
            f"wins met so far, the ground its {SURE} interval. The dashed line is any order at all."
        ),
        table=pd.DataFrame(
            {
                "Score from": gain["score"],
                "Accounts": gain["accounts"].astype(int),
                "Share of accounts": [percent(share) for share in gain["share_of_accounts"]],
                "Share of wins": [percent(share) for share in gain["share_of_wins"]],
                "95 % interval": [
                    percent_interval(row.wins_low, row.wins_high) for row in gain.itertuples()
                ],
                "Times as many as in any order": [f"{lift:.2f}" for lift in gain["lift"]],
            }
        ),
    )


def _gain_title(gain: Frame) -> str:
    nearest = gain.iloc[int(np.argmin(np.abs(gain["share_of_accounts"].to_numpy(float) - HALF)))]
    return (
        f"The {percent(nearest['share_of_accounts'])} of accounts with the highest scores hold "
        f"{percent(nearest['share_of_wins'])} of the wins "
        f"({percent_interval(nearest['wins_low'], nearest['wins_high'])})"
    )


def gain_rows(gain: Frame) -> Frame:
    """The curve from nothing on: share_of_accounts, share_of_wins, wins_low, wins_high (0–1),
    score.
    """
    columns = ["share_of_accounts", "share_of_wins", "wins_low", "wins_high"]
    start = pd.DataFrame([[0.0, 0.0, 0.0, 0.0, 100.0]], columns=[*columns, "score"])
    return pd.concat([start, gain[[*columns, "score"]].astype("float64")], ignore_index=True)


@cache
def gain_specification() -> dict[str, Any]:
    """A line with its interval above the diagonal."""
    whole = alt.Scale(domain=[0, 1], nice=False)
    x = alt.X(
        "share_of_accounts:Q",
        scale=whole,
        title="Share of accounts worked, highest scores first",
        axis=alt.Axis(format="%", tickCount=5, grid=False),
    )
    y = alt.Y(
        "share_of_wins:Q",
        scale=whole,
        title="Share of all wins",
        axis=alt.Axis(format="%", tickCount=5),
    )
    tooltip = [
        alt.Tooltip("share_of_accounts:Q", title="Accounts worked", format=".0%"),
        alt.Tooltip("share_of_wins:Q", title="Wins met", format=".0%"),
        alt.Tooltip("score:Q", title="Score from", format=".1f"),
    ]
    base = alt.Chart().encode(x=x, tooltip=tooltip)
    band = base.mark_area(opacity=0.18, color=theme.OUTCOMES["won"]).encode(
        y=alt.Y("wins_low:Q", scale=whole), y2="wins_high:Q"
    )
    any_order = base.mark_line(strokeDash=[4, 4], color=theme.REFERENCE, strokeWidth=1).encode(
        y=alt.Y("share_of_accounts:Q", scale=whole)
    )
    line = base.mark_line(color=theme.OUTCOMES["won"], strokeWidth=2.5).encode(y=y)
    return theme.to_specification(
        alt.layer(band, any_order, line, data=theme.source()).properties(height=250)
    )


def calibration_chart(validation: Validation) -> Chart | None:
    """Win rate by part of the score range beside that of the deals learned from; None where nothing
    may be said.
    """
    table = validation.calibration
    if len(table) < 2:
        return None
    earlier = " Hollow: what the same range won among the accounts the rubric was made from."
    return Chart(
        title=_calibration_title(table),
        specification=calibration_specification(),
        data=calibration_rows(table),
        how_to_read=f"Filled: win rate of the tested accounts in this range of scores, with its {SURE} interval."
        + (earlier if table["earlier_accounts"].any() else ""),
        table=pd.DataFrame(
            {
                "Score": calibration_rows(table)["range"],
                "Accounts": table["accounts"].astype(int),
                "Win rate": [percent(rate) for rate in table["win_rate"]],
                "95 % interval": [
                    percent_interval(row.low, row.high) for row in table.itertuples()
                ],
                "Earlier accounts": table["earlier_accounts"].astype(int),
                "Their win rate": [percent(rate) for rate in table["earlier_win_rate"]],
            }
        ),
    )


def _calibration_title(table: Frame) -> str:
    known = table["agrees"].dropna()
    if not len(known):
        return "Win rate by range of scores"
    return f"In {int(known.sum())} of {len(known)} ranges the win rate is what earlier accounts promised"


def calibration_rows(table: Frame) -> Frame:
    """One row a range of scores: range as text, order, win_rate, low, high, earlier_win_rate (0–1),
    accounts.
    """
    ranges = [f"{count(row.from_score)}–{count(row.to_score)}" for row in table.itertuples()]
    return pd.DataFrame(
        {
            "range": ranges,
            "order": range(len(table)),
            "win_rate": table["win_rate"].astype(float),
            "low": table["low"],
            "high": table["high"],
            "earlier_win_rate": table["earlier_win_rate"].astype(float),
            "accounts": table["accounts"].astype(int),
        }
    )


@cache
def calibration_specification() -> dict[str, Any]:
    """Points with intervals by range of scores, the promise as a hollow point."""
    rate = alt.Scale(domain=[0, 1], nice=False)
    row = {
        "y": alt.Y(
            "range:N",
            sort=alt.EncodingSortField("order", op="max", order="descending"),
            title="Score",
            axis=alt.Axis(ticks=False, domain=False),
        )
    }
    tooltip = [
        alt.Tooltip("range:N", title="Score"),
        alt.Tooltip("accounts:Q", title="Accounts"),
        alt.Tooltip("win_rate:Q", title="Win rate", format=".0%"),
        alt.Tooltip("low:Q", title="from", format=".0%"),
        alt.Tooltip("high:Q", title="to", format=".0%"),
        alt.Tooltip("earlier_win_rate:Q", title="Earlier accounts", format=".0%"),
    ]
    base = alt.Chart().encode(tooltip=tooltip, **row)
    won = theme.OUTCOMES["won"]
    start = alt.X(
        "low:Q",
        scale=rate,
        title=f"Win rate with {SURE} interval",
        axis=alt.Axis(format="%", tickCount=5),
    )
    layers = [
        base.mark_rule(strokeWidth=7, opacity=0.45, strokeCap="round", color=won).encode(
            x=start, x2="high:Q"
        ),
        base.mark_point(filled=True, size=110, opacity=1, color=won).encode(
            x=alt.X("win_rate:Q", scale=rate)
        ),
        base.mark_point(filled=False, size=110, opacity=1, color=theme.REFERENCE).encode(
            x=alt.X("earlier_win_rate:Q", scale=rate)
        ),
    ]
    return theme.to_specification(
        alt.layer(*layers, data=theme.source()).properties(height=alt.Step(36))
    )
