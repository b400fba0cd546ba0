"""Which unknown answers are worth asking for: those that could move the band.

Comes in: a rubric and fits of rows. Goes out: a mask of criteria, and what the best and the worst
answer would give. Separate because one account's form and a list of 100,000 rows ask by the same
rule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from icp_engine.rubric.model import BANDS, Criterion, Level, Rubric
from icp_engine.rubric.scoring import Fits, score_fits, score_whole

if TYPE_CHECKING:
    from icp_engine.types import Bools, Ints

BAND_PLACES = {band: place for place, band in enumerate(BANDS)}


@dataclass(frozen=True)
class Ask:
    """One unknown criterion of one row: score and band after the best and after the worst answer.

    Scores are whole numbers, 0–100, as bands use them. `alone`: whether this answer alone could
    move the band; otherwise only together with others.
    """

    criterion: str
    best_score: int
    best_band: str
    worst_score: int
    worst_band: str
    alone: bool


def worth_asking(rubric: Rubric, fits: Fits) -> Bools:
    """Rows × criteria: which unknown criteria to ask for.

    All that could move the row's band alone, by their best or their worst answer; where none could,
    the heaviest few that could together; none where no answer can. “Not rated” counts as a band, so
    what would rate a row is asked.
    """
    if not rubric.criteria or not len(fits.index):
        return np.zeros(fits.fits.shape, dtype=bool)
    unknown = (fits.fits < 0) & (np.array([c.weight for c in rubric.criteria]) > 0)
    asks = np.zeros_like(unknown)
    now = _bands(rubric, fits)
    for place in range(len(rubric.criteria)):
        rows = np.flatnonzero(unknown[:, place])
        for fit in _answers(rubric, place) if len(rows) else ():
            asks[rows, place] |= _bands(rubric, _answered(fits, rows, {place: fit})) != now[rows]
    _add_joint(rubric, fits, unknown, asks, now)
    return asks


def _add_joint(rubric: Rubric, fits: Fits, unknown: Bools, asks: Bools, now: Ints) -> None:
    """For rows that no single answer moves: the fewest of the heaviest unknown criteria that move
    it together.
    """
    order = np.argsort([-c.weight for c in rubric.criteria], kind="stable")
    for size in range(2, len(order) + 1):
        open_rows = np.flatnonzero(~asks.any(axis=1) & (unknown.sum(axis=1) >= size))
        if not len(open_rows):
            return
        chosen = _heaviest(unknown[open_rows], order, size)
        moved = np.zeros(len(open_rows), dtype=bool)
        for best in (1, 0):
            levels = np.array([_answers(rubric, place)[1 - best] for place in range(len(order))])
            tried = np.where(chosen, levels, fits.fits[open_rows])
            moved |= _bands(rubric, replace(_part(fits, open_rows), fits=tried)) != now[open_rows]
        asks[open_rows[moved]] = chosen[moved]


def _heaviest(unknown: Bools, order: Ints, size: int) -> Bools:
    """The first `size` unknown criteria of each row in this order."""
    ordered = unknown[:, order]
    first = ordered & (np.cumsum(ordered, axis=1) <= size)
    chosen = np.zeros_like(unknown)
    chosen[:, order] = first
    return chosen


def _answers(rubric: Rubric, place: int) -> tuple[int, int]:
    """(best, worst) fit a criterion can have; a value that no level holds earns nothing."""
    criterion = rubric.criteria[place]
    levels = [level.fit for level in criterion.levels]
    every_value = any(_holds_all(level) for level in criterion.levels) or _spans_all(criterion)
    return max(levels, default=0), min(levels) if levels and every_value else min((*levels, 0))


def _holds_all(level: Level) -> bool:
    return all(not test.values and test.low is None and test.high is None for test in level.tests)


def _spans_all(criterion: Criterion) -> bool:
    """Whether the ranges of a number reach from below everything to above everything."""
    tests = [level.tests[0] for level in criterion.levels if len(level.tests) == 1]
    from_below = any(test.low is None and test.high is not None for test in tests)
    return from_below and any(test.high is None and test.low is not None for test in tests)


def _answered(fits: Fits, rows: Ints, answers: dict[int, int]) -> Fits:
    part = _part(fits, rows)
    changed = part.fits.copy()
    for place, fit in answers.items():
        changed[:, place] = fit
    return replace(part, fits=changed)


def _part(fits: Fits, rows: Ints) -> Fits:
    return Fits(fits.index[rows], fits.fits[rows], fits.disqualified[rows], fits.warned[rows], ())


def _bands(rubric: Rubric, fits: Fits) -> Ints:
    return score_fits(rubric, fits)["band"].map(BAND_PLACES).to_numpy(dtype=np.int64)


def list_asks(rubric: Rubric, fits: Fits, row: int = 0) -> tuple[Ask, ...]:
    """What to ask of one row, the answer that moves the score most first."""
    one = _part(fits, np.array([row]))
    asks = np.flatnonzero(worth_asking(rubric, one)[0])
    now = score_fits(rubric, one)["band"].iloc[0]
    found = [_ask(rubric, one, int(place), str(now)) for place in asks]
    return tuple(sorted(found, key=lambda ask: ask.worst_score - ask.best_score))


def _ask(rubric: Rubric, one: Fits, place: int, now: str) -> Ask:
    found = [_answered(one, np.array([0]), {place: fit}) for fit in _answers(rubric, place)]
    best, worst = (str(score_fits(rubric, fits)["band"].iloc[0]) for fits in found)
    high, low = (int(score_whole(rubric, fits)[0]) for fits in found)
    return Ask(rubric.criteria[place].name, high, best, low, worst, best != now or worst != now)
