"""Who changed band between two rubrics, and why.

Comes in: two rubrics with the fits of the same accounts. Goes out: one row an account that moved. Separate from
`sensitivity`, which asks what one weight would do: here any two rubrics stand side by side.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from icp_engine.rubric.model import Rubric
from icp_engine.rubric.scoring import NOT_RATED, Fits, contributions, score_fits
from icp_engine.types import Frame, Series

EXPLAINED_MOST = 2_000
NAMED = 2
MOVED_COLUMNS = ("band_before", "band", "score_before", "score", "reason")


def list_moved(before: Rubric, fits_before: Fits, after: Rubric, fits: Fits) -> Frame:
    """Accounts whose band differs, by account_id, the largest change of score first; columns MOVED_COLUMNS.

    reason: the criteria whose points changed most in the account's direction; else the threshold, switch or missing
    policy that moved. Made for the first EXPLAINED_MOST rows, empty below.
    """
    old, new = score_fits(before, fits_before), score_fits(after, fits)
    changed = (old["band"] != new["band"]).to_numpy()
    gained = (new["score"] - old["score"])[changed]
    order = np.argsort(-gained.abs().to_numpy(), kind="stable")
    rows = np.flatnonzero(changed)[order]
    table = pd.DataFrame({
        "band_before": old["band"].iloc[rows], "band": new["band"].iloc[rows],
        "score_before": old["score"].iloc[rows], "score": new["score"].iloc[rows],
    })
    some = rows[:EXPLAINED_MOST]
    steps = _steps(contributions(before, _take(fits_before, some)), contributions(after, _take(fits, some)))
    weights = _weights(before), _weights(after)
    held = new["disqualified"].to_numpy(dtype=bool)[some]
    reasons = [_reason(row, steps.iloc[place], weights, before, after, bool(held[place]))
               for place, row in enumerate(table.head(EXPLAINED_MOST).itertuples())]
    table["reason"] = pd.Series(reasons + [""] * (len(table) - len(reasons)), index=table.index, dtype="str")
    return table


def _take(fits: Fits, rows: np.ndarray) -> Fits:
    return Fits(fits.index[rows], fits.fits[rows], fits.disqualified[rows], fits.warned[rows], fits.missing_columns)


def _steps(before: Frame, after: Frame) -> Frame:
    """Points gained by criterion; a criterion only one side has counts as 0 on the other."""
    names = list(dict.fromkeys((*after.columns, *before.columns)))
    return after.reindex(columns=names, fill_value=0.0) - before.reindex(columns=names, fill_value=0.0)


def _weights(rubric: Rubric) -> dict[str, int]:
    return {criterion.name: criterion.weight for criterion in rubric.criteria}


def _reason(
    row: object, steps: Series, weights: tuple[dict[str, int], dict[str, int]], before: Rubric, after: Rubric,
    held: bool,
) -> str:
    if held and row.band == "Red":  # type: ignore[attr-defined]
        return "Held at Red by a disqualifier that is on now."
    if NOT_RATED in (row.band_before, row.band):  # type: ignore[attr-defined]
        rated = row.band != NOT_RATED  # type: ignore[attr-defined]
        return "Enough of the weight is known now." if rated else "Less than enough of the weight is known now."
    gained = row.score - row.score_before  # type: ignore[attr-defined]
    same_way = steps[np.sign(steps) == np.sign(gained)] if gained else steps[:0]
    if not len(same_way) or abs(gained) < 0.05:
        return _threshold(before, after)
    chosen = same_way.reindex(same_way.abs().sort_values(ascending=False, kind="stable").index)[:NAMED]
    return "; ".join(_named(str(name), float(step), weights) for name, step in chosen.items()) + "."


def _named(name: str, step: float, weights: tuple[dict[str, int], dict[str, int]]) -> str:
    old, new = (side.get(name) for side in weights)
    if old is None:
        return f"{name} is new and earns {step:+.1f}"
    if new is None:
        return f"{name} is gone: {step:+.1f}"
    moved = f" counts {new} instead of {old}" if new != old else " earns otherwise"
    return f"{name}{moved}: {step:+.1f}"


def _threshold(before: Rubric, after: Rubric) -> str:
    parts = [f"{name} begins at {new} instead of {old}" for name, old, new in (
        ("Green", before.green, after.green), ("Yellow", before.yellow, after.yellow)) if old != new]
    return "; ".join(parts) + "." if parts else "A switch or the missing policy changed."
