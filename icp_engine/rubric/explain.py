"""Why an account scores what it scores, in one sentence.

Comes in: a rubric, scores and contributions of the rows asked for. Goes out: sentences. Separate because sentences are
made only for rows somebody looks at, or for a whole list that goes out: then 100,000 of them must not take minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from icp_engine.rubric.model import Rubric
from icp_engine.rubric.scoring import NOT_RATED, Fits, contributions, score_fits
from icp_engine.types import Series

if TYPE_CHECKING:
    from icp_engine.types import Bools, Floats, Ints

NAMED = 3


def explain_rows(rubric: Rubric, fits: Fits) -> Series:
    """One sentence a row: band and score, what earned most, what lost most, what is unknown."""
    if not rubric.criteria:
        return pd.Series("Not rated: the rubric has no criteria.", index=fits.index, dtype="str")
    scores = score_fits(rubric, fits)
    earned, known = contributions(rubric, fits).to_numpy(float), fits.fits >= 0
    gains, losses = _named(rubric, earned, known)
    points, names = _Points(rubric), [criterion.name for criterion in rubric.criteria]
    rows = zip(
        scores["band"], scores["score"].tolist(), fits.disqualified.tolist(), earned.tolist(), known.tolist(),
        gains.tolist(), losses.tolist(), strict=True,
    )
    sentences = []
    for band, score, disqualified, row, answered, plus, minus in rows:
        unknown = [name for name, answer in zip(names, answered, strict=True) if not answer]
        parts = [f"Not rated: ask for {', '.join(unknown)}" if band == NOT_RATED else f"{band} {score:g}"]
        for word, places in (("for: ", plus), ("against: ", minus)):
            some = [points.say(place, row[place]) for place in places if place >= 0]
            if some:
                parts.append(word + ", ".join(some))
        if disqualified:
            parts.append("held at Red by a disqualifier")
        if unknown and band != NOT_RATED:
            parts.append(f"unknown: {', '.join(unknown)}")
        sentences.append("; ".join(parts) + ".")
    return pd.Series(sentences, index=fits.index, dtype="str")


class _Points:
    """“Industry 20 of 20”, made once for every criterion and number of points."""

    def __init__(self, rubric: Rubric) -> None:
        self.criteria = [(criterion.name, criterion.weight) for criterion in rubric.criteria]
        self.said: dict[tuple[int, float], str] = {}

    def say(self, place: int, earned: float) -> str:
        key = (place, earned)
        if key not in self.said:
            name, weight = self.criteria[place]
            self.said[key] = f"{name} {earned:g} of {weight}"
        return self.said[key]


def _named(rubric: Rubric, earned: Floats, known: Bools) -> tuple[Ints, Ints]:
    """(criteria that earned most, criteria that lost most) of each row: at most three places each, −1 for none."""
    weights = np.array([criterion.weight for criterion in rubric.criteria], dtype=np.float64)
    gains = _first(-earned, known & (earned > 0))
    losses = _first(earned - weights, known)
    lost = np.take_along_axis(weights - earned, np.maximum(losses, 0), axis=1)
    named = (losses[:, :, None] == gains[:, None, :]).any(axis=2)
    return gains, np.where((losses >= 0) & (lost >= 1) & ~named, losses, -1)


def _first(value: Floats, among: Bools) -> Ints:
    """The places of the smallest values of each row, ties by place; −1 where there are fewer than three."""
    order = np.argsort(np.where(among, value, np.inf), axis=1, kind="stable")[:, :NAMED]
    return np.where(np.take_along_axis(among, order, axis=1), order, -1)
