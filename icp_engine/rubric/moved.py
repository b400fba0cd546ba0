"""Who changed band between two rubrics, and why.

Comes in: two rubrics with the fits of the same accounts. Goes out: one row an account that moved.
Separate from `sensitivity`, which asks what one weight would do: here any two rubrics stand side by
side.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from icp_engine.rubric.model import NOT_RATED, Rubric
from icp_engine.rubric.scoring import Fits, contributions, score_fits
from icp_engine.types import Bools, Floats, Frame
from icp_engine.wording.numbers import show_step

EXPLAINED_MOST = 2_000
CRITERIA_NAMED = 2


def list_moved(
    before: Rubric,
    fits_before: Fits,
    after: Rubric,
    fits: Fits,
    explained: int = EXPLAINED_MOST,
    scored: tuple[Frame, Frame] | None = None,
) -> Frame:
    """Accounts whose band differs, by account_id, the largest change of score first; columns
    band_before, band, score_before, score, reason.

    reason: the criteria that moved the score most in the account's direction; else the threshold,
    switch or missing policy that moved. Made for the first `explained` rows, empty below. scored:
    scores before and after, where known.

    Notes: what a criterion did is the change of weight × (fit − the account's score before). As
    weights add up to 100, this adds up to the change of the score like the points earned do, but a
    weight that grows where the account earns little takes points from it, rather than all the
    others that made room.
    """
    old, new = scored or (score_fits(before, fits_before), score_fits(after, fits))
    changed = (old["band"] != new["band"]).to_numpy()
    gained = (new["score"] - old["score"])[changed]
    order = np.argsort(-gained.abs().to_numpy(), kind="stable")
    rows = np.flatnonzero(changed)[order]
    table = pd.DataFrame(
        {
            "band_before": old["band"].iloc[rows],
            "band": new["band"].iloc[rows],
            "score_before": old["score"].iloc[rows],
            "score": new["score"].iloc[rows],
        }
    )
    some = rows[:explained]
    steps = _steps(
        contributions(before, fits_before.take(some)), contributions(after, fits.take(some))
    )
    steps -= np.outer(
        old["score"].to_numpy()[some] / 100, _weight_steps(list(steps.columns), before, after)
    )
    reasons = _reasons(
        table.head(explained), steps, new["disqualified"].to_numpy(dtype=bool)[some], before, after
    )
    table["reason"] = pd.Series(
        reasons + [""] * (len(table) - len(reasons)), index=table.index, dtype="str"
    )
    return table


def _reasons(table: Frame, steps: Frame, held: Bools, before: Rubric, after: Rubric) -> list[str]:
    """One sentence a row; plain arrays, since this runs each time a weight is let go."""
    names, points = [str(name) for name in steps.columns], steps.to_numpy(dtype="float64")
    weights = _weights(before), _weights(after)
    gained = (table["score"] - table["score_before"]).to_numpy(dtype="float64")
    order = np.argsort(-points * np.sign(gained)[:, None], axis=1, kind="stable")[
        :, :CRITERIA_NAMED
    ]
    bands = zip(table["band_before"].tolist(), table["band"].tolist(), strict=True)
    reasons = []
    for place, (old, new) in enumerate(bands):
        named = [
            (names[j], float(points[place, j]))
            for j in order[place]
            if points[place, j] * gained[place] > 0
        ]
        reasons.append(
            _reason(
                old, new, float(gained[place]), named, weights, bool(held[place]), before, after
            )
        )
    return reasons


def _steps(before: Frame, after: Frame) -> Frame:
    """Points gained by criterion; a criterion only one side has counts as 0 on the other."""
    names = list(dict.fromkeys((*after.columns, *before.columns)))
    return after.reindex(columns=names, fill_value=0.0) - before.reindex(
        columns=names, fill_value=0.0
    )


def _weight_steps(names: list[str], before: Rubric, after: Rubric) -> Floats:
    """By criterion, how much its weight grew."""
    old, new = _weights(before), _weights(after)
    return np.array([new.get(name, 0) - old.get(name, 0) for name in names], dtype=np.float64)


def _weights(rubric: Rubric) -> dict[str, int]:
    return {criterion.name: criterion.weight for criterion in rubric.criteria}


def _reason(
    old: str,
    new: str,
    gained: float,
    named: list[tuple[str, float]],
    weights: tuple[dict[str, int], dict[str, int]],
    held: bool,
    before: Rubric,
    after: Rubric,
) -> str:
    if held and new == "Red":
        return "Held at Red by a disqualifier that is on now."
    if NOT_RATED in (old, new):
        return f"{'Less than enough' if new == NOT_RATED else 'Enough'} of the weight is known now."
    if not named or abs(gained) < 0.05:
        return _threshold(before, after)
    return "; ".join(_named(name, step, weights) for name, step in named) + "."


def _named(name: str, step: float, weights: tuple[dict[str, int], dict[str, int]]) -> str:
    old, new = (side.get(name) for side in weights)
    if old is None:
        return f"{name} is new: {show_step(step)}"
    if new is None:
        return f"{name} is gone: {show_step(step)}"
    moved = f" counts {new} instead of {old}" if new != old else " earns otherwise"
    return f"{name}{moved}: {show_step(step)}"


def _threshold(before: Rubric, after: Rubric) -> str:
    parts = [
        f"{name} begins at {new} instead of {old}"
        for name, old, new in (
            ("Green", before.green, after.green),
            ("Yellow", before.yellow, after.yellow),
        )
        if old != new
    ]
    return "; ".join(parts) + "." if parts else "A switch or the missing policy changed."
