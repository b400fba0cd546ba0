"""Two rubrics side by side, in words and as tables.

Comes in: two studies that differ in their rubric. Goes out: a sentence, frames.
Separate from the tab, which keeps and opens them.
"""

from __future__ import annotations

import pandas as pd

from icp_engine import Rubric, Study
from icp_engine.types import Estimate, Frame
from icp_engine.whatif.step import what_if
from icp_engine.wording.numbers import count, show_step
from icp_engine.wording.shares import percent, percent_interval


def difference_sentence(first: str, second: str, found: Estimate) -> str:
    """By how much one ranks better than the other, and whether that may be chance."""
    if found.value is None or found.low is None or found.high is None:
        return (
            "Which one ranks better cannot be told: no accounts with outcomes that both can score."
        )
    if found.value == found.low == found.high == 0:
        return "Both rank these accounts alike."
    points = f"{step(found.value)} points of ranking ({step(found.low)} to {step(found.high)})"
    if found.low > 0 or found.high < 0:
        better = first if found.low > 0 else second
        return f"“{better}” ranks better by more than chance: {points}."
    return f"Neither ranks better beyond chance: {points}."


def step(share: float) -> str:
    """A difference of two rankings in points, times in 100."""
    return show_step(100 * share)


def band_table(sides: dict[str, Study]) -> Frame:
    """Accounts and win rate by band, one column a side."""
    found = {}
    for name, one in sides.items():
        rows = one.what_if_rows()
        if rows is not None:
            bands = what_if(one.rubric, rows).bands
            found[f"{name}: accounts"] = [
                f"{count(row.accounts)} · {percent(row.share)}" for row in bands.itertuples()
            ]
            found[f"{name}: rate"] = [
                f"{percent(row.win_rate)} ({percent_interval(row.low, row.high)})"
                if row.accounts
                else "—"
                for row in bands.itertuples()
            ]
    return pd.DataFrame({"Band": ["Green", "Yellow", "Red", "Not rated"], **found})


def weight_table(sides: dict[str, Rubric]) -> Frame:
    """One row a criterion, one column a side, then thresholds."""
    names = list(dict.fromkeys(c.name for rubric in sides.values() for c in rubric.criteria))
    weights = {side: {c.name: c.weight for c in rubric.criteria} for side, rubric in sides.items()}
    edges = [("Green from", "green"), ("Yellow from", "yellow")]
    return pd.DataFrame(
        {
            "Criterion": [*names, *(words for words, _ in edges)],
            **{
                side: [
                    *(str(weights[side].get(name, "—")) for name in names),
                    *(str(getattr(rubric, field)) for _, field in edges),
                ]
                for side, rubric in sides.items()
            },
        }
    )
