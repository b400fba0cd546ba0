"""Scores from a rubric: exact integer points, one decimal shown, bands by half-up rounding.

Comes in: a rubric and rows, raw or clean. Goes out: scores, bands, contributions. Separate because
the browser, SQL and spreadsheets repeat this arithmetic and must agree to the last digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from icp_engine.rubric.model import FIT_UNITS, NOT_RATED, RATED_BANDS, Criterion, Match, Rubric
from icp_engine.types import Bools, Frame, Index, Series
from icp_engine.values.levels import as_levels, in_range, split_tags
from icp_engine.values.made_columns import read_column, read_made

if TYPE_CHECKING:
    from icp_engine.types import Ints

NEXT_BAND = {"Red": "Yellow", "Yellow": "Green"}
UNKNOWN = -1


@dataclass(frozen=True)
class Fits:
    """Fit of every row on every criterion in twentieths, −1 unknown; independent of weights, so
    kept while they move.

    `fits`: rows × criteria. `disqualified`, `warned`: rows hit by a flag that is switched on.
    `missing_columns`: columns the rubric reads and the frame lacks.
    """

    index: Index
    fits: Ints
    disqualified: Bools
    warned: Bools
    missing_columns: tuple[str, ...]

    def take(self, rows: Ints | Bools) -> Fits:
        """Some of the rows."""
        return Fits(
            self.index[rows],
            self.fits[rows],
            self.disqualified[rows],
            self.warned[rows],
            self.missing_columns,
        )


def score_frame(rubric: Rubric, frame: Frame) -> Frame:
    """Score rows; raw values are read by the rules the rubric carries.

    Returns a DataFrame with the frame's index and order: score (0–100, one decimal, never NaN),
    band (“Green”, “Yellow”, “Red”, “Not rated”), disqualified (bool), coverage (known share of the
    weight, 0–1). A missing column is unknown everywhere and named in `.attrs["missing_columns"]`.
    Without criteria: score 50, “Not rated”.
    """
    return score_fits(rubric, find_fits(rubric, frame))


def find_fits(rubric: Rubric, frame: Frame, *, clean: bool = False) -> Fits:
    """The fit of each row on each criterion; `clean` skips parsing (for frames that intake has
    read).
    """
    names = {name for criterion in rubric.criteria for name in criterion.columns}
    names |= {flag.attribute for flag in rubric.flags if flag.on}
    columns = {
        name: column
        for name in names
        if (column := _column(rubric, name, frame, clean)) is not None
    }
    size = len(frame)
    fits = np.full((size, len(rubric.criteria)), UNKNOWN, dtype=np.int64)
    for position, criterion in enumerate(rubric.criteria):
        fits[:, position] = _criterion_fits(rubric, criterion, columns, size)
    hit = {
        strength: _flagged(rubric, strength, columns, size)
        for strength in ("disqualifier", "warning")
    }
    missing = tuple(sorted(name for name in names if name not in columns))
    return Fits(frame.index, fits, hit["disqualifier"], hit["warning"], missing)


def _column(rubric: Rubric, name: str, frame: Frame, clean: bool) -> Series | None:
    """The column as the rubric reads it; one that is made from others is made where the frame lacks
    it.
    """
    if name in frame:
        return _read(rubric, name, frame[name], clean)
    return read_made(frame, rubric.rules[name]) if name in rubric.rules else None


def _read(rubric: Rubric, name: str, column: Series, clean: bool) -> Series:
    rule = rubric.rules.get(name)
    if rule is not None and not clean:
        column = read_column(column, rule)
    return as_levels(column) if pd.api.types.is_bool_dtype(column) else column


def _criterion_fits(
    rubric: Rubric, criterion: Criterion, columns: dict[str, Series], size: int
) -> Ints:
    fits = np.full(size, UNKNOWN, dtype=np.int64)
    if any(name not in columns for name in criterion.columns):
        return fits
    read = [columns[name] for name in criterion.columns]
    undecided = np.logical_and.reduce([column.notna().to_numpy(dtype=bool) for column in read])
    fits[undecided] = 0
    for level in criterion.levels:
        meets = undecided.copy()
        for test, name, column in zip(level.tests, criterion.columns, read, strict=True):
            meets &= meets_test(test, column, tags=_has_tags(rubric, name))
        fits[meets] = level.fit
        undecided &= ~meets
    return fits


def _has_tags(rubric: Rubric, name: str) -> bool:
    return name in rubric.rules and rubric.rules[name].type == "tags"


def meets_test(test: Match, column: Series, *, tags: bool = False) -> Bools:
    """Which rows hold any of the test's values, or lie in its range; an empty test holds for every
    known value.
    """
    known = column.notna().to_numpy(dtype=bool)
    if pd.api.types.is_numeric_dtype(column):
        values = column.to_numpy(dtype="float64", na_value=np.nan)
        if test.values:
            return (
                np.isin(values, [float(value) for value in test.values if _is_number(value)])
                & known
            )
        return in_range(values, test.low, test.high)
    if not test.values:
        return known
    codes, levels = pd.factorize(column.astype("str"))
    wanted = set(test.values)
    if tags:
        named = split_tags(pd.Series(levels, index=range(len(levels)), dtype="str"))
        holds = np.isin(np.arange(len(levels)), named.index[named.isin(wanted)])
    else:
        holds = np.isin(np.asarray(levels, dtype=object), list(wanted))
    return np.where(codes >= 0, np.append(holds, False)[codes], False) & known


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _flagged(rubric: Rubric, strength: str, columns: dict[str, Series], size: int) -> Bools:
    hit = np.zeros(size, dtype=bool)
    for flag in rubric.flags:
        if flag.on and flag.strength == strength and flag.attribute in columns:
            hit |= meets_test(
                flag.test, columns[flag.attribute], tags=_has_tags(rubric, flag.attribute)
            )
    return hit


@dataclass(frozen=True)
class Points:
    """num and den of each row's score: score = 100·num/den; `known` the known weight, 0–100."""

    num: Ints
    den: Ints
    known: Ints


def add_up(rubric: Rubric, fits: Fits) -> Points:
    """Exact points: num = Σ weight·20·level, den = Σ weight·20 over the criteria that count."""
    weights = np.array([criterion.weight for criterion in rubric.criteria], dtype=np.int64)
    known = fits.fits >= 0
    known_weight = known @ weights
    num = earned_fits(rubric, fits) @ weights
    den = (
        known_weight * FIT_UNITS
        if rubric.missing_policy == "leave_out"
        else np.full(len(num), 100 * FIT_UNITS)
    )
    return Points(num, den.astype(np.int64), known_weight)


def earned_fits(rubric: Rubric, fits: Fits) -> Ints:
    """Fits in twentieths with unknown ones as the missing policy has them, 0 where they are left
    out.
    """
    return np.where(fits.fits >= 0, fits.fits, _unknown_fits(rubric))


def _unknown_fits(rubric: Rubric) -> Ints:
    average = rubric.missing_policy == "average"
    return np.array(
        [criterion.unknown_fit if average else 0 for criterion in rubric.criteria], dtype=np.int64
    )


def score_fits(rubric: Rubric, fits: Fits) -> Frame:
    """Scores and bands from kept fits: one matrix–vector product."""
    if not rubric.criteria:
        result = _nothing_known(fits)
    else:
        points = add_up(rubric, fits)
        result = pd.DataFrame(
            {
                "score": shown_scores(points),
                "band": _bands(rubric, fits, points),
                "disqualified": fits.disqualified,
                "coverage": points.known / 100.0,
            },
            index=fits.index,
        )
    result.attrs["missing_columns"] = list(fits.missing_columns)
    return result


def _nothing_known(fits: Fits) -> Frame:
    return pd.DataFrame(
        {
            "score": 50.0,
            "band": pd.Series(NOT_RATED, index=fits.index, dtype="str"),
            "disqualified": fits.disqualified,
            "coverage": 0.0,
        },
        index=fits.index,
    )


def tenths(points: Points) -> Ints:
    """The score in tenths of a point, rounded half up in integers; 500 where nothing counts."""
    den = np.where(points.den > 0, points.den, 1)
    return np.where(points.den > 0, (2000 * points.num + den) // (2 * den), 500)


def shown_scores(points: Points) -> Frame:
    """The score as shown: 100·num/den to one decimal."""
    return tenths(points) / 10.0


def whole_scores(points: Points) -> Ints:
    """The score the band uses: floor((200·num + den) / (2·den)), half up in integers; 50 where
    nothing counts.
    """
    den = np.where(points.den > 0, points.den, 1)
    return np.where(points.den > 0, (200 * points.num + den) // (2 * den), 50)


def score_whole(rubric: Rubric, fits: Fits) -> Ints:
    """The whole score of each row, as people read it beside its band; 50 without criteria, as
    `score_frame` says.
    """
    return (
        whole_scores(add_up(rubric, fits))
        if rubric.criteria
        else np.full(len(fits.index), 50, dtype=np.int64)
    )


def _bands(rubric: Rubric, fits: Fits, points: Points) -> Series:
    whole = whole_scores(points)
    code = np.where(whole >= rubric.green, 0, np.where(whole >= rubric.yellow, 1, 2))
    code = np.where(fits.warned, np.maximum(code, 1), code)
    code = np.where(fits.disqualified, 2, code)
    code = np.where(points.known < round(100 * rubric.coverage_floor), 3, code)
    return pd.Series(
        np.array([*RATED_BANDS, NOT_RATED], dtype=object)[code], index=fits.index, dtype="str"
    )


def contributions(rubric: Rubric, fits: Fits) -> Frame:
    """Points each criterion adds, one column a criterion; rows sum to the shown score exactly (in
    tenths).

    Largest remainder shares out the tenths; ties go to the criterion that stands first.
    """
    names = [criterion.name for criterion in rubric.criteria]
    if not names:
        return pd.DataFrame(index=fits.index)
    points = add_up(rubric, fits)
    weights = np.array([criterion.weight for criterion in rubric.criteria], dtype=np.int64)
    earned = earned_fits(rubric, fits) * weights
    den = np.where(points.den > 0, points.den, 1)[:, None]
    base = 1000 * earned // den
    remainder = 1000 * earned - base * den
    short = np.where(points.den > 0, tenths(points) - base.sum(axis=1), 0)
    rank = np.argsort(np.argsort(-remainder, axis=1, kind="stable"), axis=1, kind="stable")
    return pd.DataFrame((base + (rank < short[:, None])) / 10.0, index=fits.index, columns=names)


def fit_key(rubric: Rubric) -> str:
    """Everything of a rubric that decides fits, as text: not its weights, thresholds or missing
    policy.
    """
    parts = rubric.model_dump_json(include={"criteria": {"__all__": {"levels"}}, "rules": True})
    return repr(
        ([c.columns for c in rubric.criteria], parts, [flag for flag in rubric.flags if flag.on])
    )
