"""Why an account scores what it scores, in one sentence.

Comes in: a rubric, scores and contributions of the rows asked for. Goes out: sentences. Separate
because sentences are made only for rows somebody looks at, or for a whole list that goes out: then
100,000 of them must not take minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from icp_engine.rubric.model import FIT_UNITS, NOT_RATED, Criterion, Rubric
from icp_engine.rubric.scoring import (
    NEXT_BAND,
    Fits,
    add_up,
    contributions,
    score_fits,
    whole_scores,
)
from icp_engine.types import Series
from icp_engine.wording.numbers import show_points

if TYPE_CHECKING:
    from icp_engine.types import Bools, Floats, Ints

CRITERIA_NAMED = 3
WORTH_NAMING = 1.0  # points lost; less explains nothing


def explain_rows(rubric: Rubric, fits: Fits) -> Series:
    """One sentence a row: band and the whole score it rests on, what lost and earned most, what is
    unknown.

    A Red or Yellow row begins with what is missing to the next band and names what lost most. Only
    a criterion that earns at least half its weight speaks for a row.
    """
    if not rubric.criteria:
        return pd.Series("Not rated: the rubric has no criteria.", index=fits.index, dtype="str")
    bands, whole = score_fits(rubric, fits)["band"].to_numpy(), whole_scores(add_up(rubric, fits))
    earned = contributions(rubric, fits).to_numpy(float)
    gains, losses = _named(rubric, fits, earned, np.isin(bands, list(NEXT_BAND)))
    heads, points = _Heads(rubric), _Points(rubric)
    rows = zip(
        bands.tolist(),
        whole.tolist(),
        fits.disqualified.tolist(),
        fits.warned.tolist(),
        earned.tolist(),
        _unknown(rubric, fits),
        gains.tolist(),
        losses.tolist(),
        strict=True,
    )
    sentences = []
    for band, score, disqualified, warned, row, unknown, plus, minus in rows:
        rated = band != NOT_RATED
        parts = [
            heads.say(band, score, disqualified, warned)
            if rated
            else f"Not rated: ask for {unknown}"
        ]
        for word, places in (
            (("lost most on: ", minus), ("for: ", plus))
            if band in NEXT_BAND
            else (("for: ", plus), ("against: ", minus))
        ):
            some = [points.say(place, row[place]) for place in places if place >= 0]
            if some:
                parts.append(word + ", ".join(some))
        if unknown and rated:
            parts.append(f"unknown: {unknown}")
        sentences.append("; ".join(parts) + ".")
    return pd.Series(sentences, index=fits.index, dtype="str")


def _unknown(rubric: Rubric, fits: Fits) -> list[str]:
    """The criteria each row has no answer to; few patterns occur, so each is put into words once."""
    patterns, row_patterns = np.unique(
        (fits.fits < 0) @ (1 << np.arange(len(rubric.criteria))), return_inverse=True
    )
    said = [
        ", ".join(
            criterion.name
            for place, criterion in enumerate(rubric.criteria)
            if pattern >> place & 1
        )
        for pattern in patterns.tolist()
    ]
    return [said[place] for place in row_patterns.tolist()]


def explain_origin(criterion: Criterion, suggestion: Rubric) -> str:
    """Where a criterion comes from, as of now: what a person changed of what the data suggested is
    said.

    suggestion: the rubric that the data suggest.
    """
    given = _given(criterion, suggestion)
    if given is None or not criterion.attributes or criterion.why != given.why:
        return criterion.why
    if criterion.levels != given.levels:
        return "chosen from your data; its levels were edited by hand"
    if criterion.weight != given.weight:
        return f"levels suggested from your data; they suggest a weight of {given.weight}"
    return criterion.why


def _given(criterion: Criterion, suggestion: Rubric) -> Criterion | None:
    """The suggested criterion this one was; a column of tags gives several, told apart by their
    levels or names.
    """
    alike = [one for one in suggestion.criteria if one.attributes == criterion.attributes]
    unchanged = next((one for one in alike if one.levels == criterion.levels), None)
    return unchanged or next(
        (one for one in alike if len(alike) == 1 or one.name == criterion.name), None
    )


class _Heads:
    """“Red 59, 1 point short of Yellow”, made once for every band, score and cap."""

    def __init__(self, rubric: Rubric) -> None:
        self.begins = {"Green": rubric.green, "Yellow": rubric.yellow}
        self.said: dict[tuple[str, int, bool, bool], str] = {}

    def say(self, band: str, score: int, disqualified: bool, warned: bool) -> str:
        key = (band, score, disqualified, warned)
        if key not in self.said:
            self.said[key] = f"{band} {score}{self._short(*key)}"
        return self.said[key]

    def _short(self, band: str, score: int, disqualified: bool, warned: bool) -> str:
        if disqualified:
            return "; held at Red by a disqualifier"
        short = self.begins[NEXT_BAND[band]] - score if band in NEXT_BAND else 0
        if warned and band == "Yellow":
            # Green is out of reach either way
            return "; held at Yellow by a warning" if short <= 0 else ""
        return (
            f", {short} {'point' if short == 1 else 'points'} short of {NEXT_BAND[band]}"
            if short > 0
            else ""
        )


class _Points:
    """“Industry 20 of 20”, made once for every criterion and number of points."""

    def __init__(self, rubric: Rubric) -> None:
        self.criteria = [(criterion.name, criterion.weight) for criterion in rubric.criteria]
        self.said: dict[tuple[int, float], str] = {}

    def say(self, place: int, earned: float) -> str:
        key = (place, earned)
        if key not in self.said:
            name, weight = self.criteria[place]
            self.said[key] = f"{name} {show_points(earned)} of {weight}"
        return self.said[key]


def _named(rubric: Rubric, fits: Fits, earned: Floats, below: Bools) -> tuple[Ints, Ints]:
    """(criteria that speak for, criteria that speak against) each row: at most three places each,
    −1 for none.

    below: rows with a band above theirs. Their largest loss is always named, and the next ones as
    long as they too earned less than half, so that what is named has lost most.
    """
    known, weak = fits.fits >= 0, 2 * fits.fits < FIT_UNITS
    lost = np.array([criterion.weight for criterion in rubric.criteria], dtype=np.float64) - earned
    losses = _first(-lost, known & (lost >= WORTH_NAMING))
    half = np.take_along_axis(weak, np.maximum(losses, 0), axis=1)
    first = half.copy()
    first[:, 0] = True
    losses = np.where(
        np.where(below[:, None], np.logical_and.accumulate(first, axis=1), half), losses, -1
    )
    speaks = known & ~weak & (earned > 0)
    held = below & (losses[:, 0] >= 0)
    speaks[np.flatnonzero(held), losses[held, 0]] = False  # not both for and against
    return _first(-earned, speaks), losses


def _first(value: Floats, among: Bools) -> Ints:
    """The places of the smallest values of each row, ties by place; −1 where there are fewer than
    three.
    """
    order = np.argsort(np.where(among, value, np.inf), axis=1, kind="stable")[:, :CRITERIA_NAMED]
    return np.where(np.take_along_axis(among, order, axis=1), order, -1)
