"""Bands that hold accounts: 80 and 60 where they do, else cut-offs from derivation, shown beside 80
and 60.

Comes in: a rubric and the derivation accounts it is for. Goes out: the rubric with thresholds and a
note. Separate because a Green that nobody reaches, or everybody, decides nothing.
"""

from __future__ import annotations

import numpy as np

from icp_engine.rubric.model import Rubric
from icp_engine.rubric.scoring import add_up, find_fits, whole_scores
from icp_engine.settings import Settings
from icp_engine.types import Frame
from icp_engine.wording.shares import percent

GREEN, YELLOW = 80, 60
LEAST_GREEN, MOST_GREEN, LEAST_YELLOW = 0.02, 0.40, 0.10
WANTED_GREEN, WANTED_YELLOW = 0.20, 0.30


def with_bands(rubric: Rubric, population: Frame) -> Rubric:
    """Thresholds: 80/60 where 2–40 % are Green and at least 10 % Yellow, else suggested ones."""
    whole = whole_scores(add_up(rubric, find_fits(rubric, population, clean=True)))
    green, yellow, note = choose_bands(whole)
    return rubric.model_copy(update={"green": green, "yellow": yellow, "bands_note": note})


def choose_bands(whole: np.ndarray) -> tuple[int, int, str]:
    """(Green from, Yellow from, how they were chosen) for whole scores of the derivation accounts."""
    if not len(whole):
        return (
            GREEN,
            YELLOW,
            "80 and 60 are the usual ones; no derivation accounts to check them on",
        )
    green, yellow = _shares(whole, GREEN, YELLOW)
    if LEAST_GREEN <= green <= MOST_GREEN and yellow >= LEAST_YELLOW:
        return GREEN, YELLOW, "80 and 60 are the usual ones"
    if LEAST_GREEN <= green <= MOST_GREEN:
        from_green, from_yellow = GREEN, _highest_yellow(whole)
    else:
        from_green = _cut(np.unique(whole), whole, WANTED_GREEN)
        # Yellow needs accounts of its own, few as the scores may be
        below = np.unique(whole[whole < from_green])
        from_yellow = (
            _cut(below, whole, WANTED_GREEN + WANTED_YELLOW) if len(below) else from_green - 1
        )
    note = (
        f"Green from {from_green} and Yellow from {from_yellow}: 80 and 60 would leave "
        f"{percent(green)} Green and {percent(yellow)} Yellow"
    )
    return from_green, min(max(1, from_yellow), from_green - 1), note


def _shares(whole: np.ndarray, green: int, yellow: int) -> tuple[float, float]:
    return float((whole >= green).mean()), float(((whole >= yellow) & (whole < green)).mean())


def _highest_yellow(whole: np.ndarray) -> int:
    """The highest score under 60 from which Yellow holds 10 %; 1 where none does."""
    holds = [
        score
        for score in np.unique(whole[whole < YELLOW])
        if _shares(whole, GREEN, score)[1] >= LEAST_YELLOW
    ]
    return int(max(holds, default=1))


def _cut(candidates: np.ndarray, whole: np.ndarray, share: float) -> int:
    """The candidate score from which the share of accounts nearest to `share` lies, at least 2."""
    shares = np.array([(whole >= score).mean() for score in candidates])
    return int(np.clip(candidates[np.argmin(np.abs(shares - share))], 2, 100))


def with_thresholds(rubric: Rubric, settings: Settings) -> Rubric:
    """The rubric with a person's thresholds, where they gave any."""
    if settings.green is None and settings.yellow is None:
        return rubric
    green = settings.green or min(100, max(rubric.green, (settings.yellow or 0) + 1))
    yellow = min(settings.yellow if settings.yellow is not None else rubric.yellow, green - 1)
    return rubric.model_copy(update={"green": green, "yellow": yellow, "bands_note": "set by hand"})
