"""How firmly the best customers stand: conditions and what they cost, who is borderline, weights
that move.

Comes in: the study's tables of conditions, redraws and moved weights. Goes out: tables in plain
words. Separate from `customers`, which shows what the best are worth: these are asked for on
demand.
"""

from __future__ import annotations

import pandas as pd

from icp_engine.customers.model import Best
from icp_engine.types import Frame, Series
from icp_engine.wording.numbers import of

BY_HAND = {"in": "best only because it is pinned", "out": "lost its place to a pin", "": ""}


def condition_table(conditions: Frame) -> Frame:
    """One row a hard condition: whether it is on, who passes alone and with the others, of how many
    it is known.
    """
    return pd.DataFrame(
        {
            "Condition": conditions["condition"],
            "On": conditions["on"].astype(bool),
            "Pass it": [of(row.pass_alone, row.of_judged) for row in conditions.itertuples()],
            "Pass it and all that are on": [
                of(row.pass_together, row.of_judged) for row in conditions.itertuples()
            ],
            "Value known": [of(row.known, row.of_judged) for row in conditions.itertuples()],
        }
    )


def borderline_table(stability: Frame, best: Best, names: Series | None) -> Frame:
    """Borderline customers and those moved by hand, by account_id, the most often chosen first.

    Per cent of redraws in which the customer is best; score 0–100.
    """
    close = stability["borderline"].astype(bool) | (stability["by_hand"] != "")
    chosen = stability[close].sort_values("chosen_share", ascending=False, kind="stable")
    table = pd.DataFrame(
        {
            "Today": ["best" if is_best else "just below the line" for is_best in chosen["best"]],
            "Best in": (100 * chosen["chosen_share"].astype(float)).round(),
            "Score": (100 * best.scores.reindex(chosen.index)).round(1),
            "By hand": [BY_HAND.get(moved, "") for moved in chosen["by_hand"]],
        },
        index=chosen.index,
    )
    if not (chosen["by_hand"] != "").any():
        table = table.drop(columns="By hand")
    if names is not None:
        table.insert(0, "Account", names.reindex(table.index))
    return table.rename_axis(index="account_id")


def moved_weights_table(sensitivity: Frame, best: Best) -> Frame:
    """One row a metric: how many best customers stay when its weight is a quarter less, and a
    quarter more.
    """
    labels = {metric.name: metric.label for metric in best.metrics}
    rows = []
    for metric, moves in sensitivity.groupby("metric", sort=False):
        stay = {row.change: of(row.stay, row.of) for row in moves.itertuples()}
        rows.append(
            {
                "Value metric": labels.get(metric, metric),
                "A quarter less: stay": stay.get(-0.25, ""),
                "A quarter more: stay": stay.get(0.25, ""),
            }
        )
    return pd.DataFrame(
        rows, columns=["Value metric", "A quarter less: stay", "A quarter more: stay"]
    )


def moved_weights_sentence(sensitivity: Frame) -> str:
    """The worst case of moving one weight by a quarter, in customers; empty without metrics."""
    if not len(sensitivity):
        return ""
    worst = sensitivity.loc[sensitivity["stay"].idxmin()]
    return (
        f"Whichever single weight moves by a quarter, at least {of(worst['stay'], worst['of'])} best "
        "customers stay."
    )
