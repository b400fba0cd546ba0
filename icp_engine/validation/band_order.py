"""Which lower band won more often than a higher one, and whether chance can explain it.

Comes in: the band table. Goes out: `Reversal`s, the gravest first, and the gravest as a sentence.
Separate because the check, the chart of win rates, the rubric page and the document must all say it
alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

from icp_engine.rubric.model import NOT_RATED
from icp_engine.stats.proportions import difference_interval
from icp_engine.types import Frame
from icp_engine.wording.numbers import with_limits
from icp_engine.wording.shares import hundred_interval, percent


@dataclass(frozen=True)
class Reversal:
    """`lower` (a band's name) won more often than `higher`. Sides: share of deals won 0–1 with 95 %
    limits, by account.

    `points`: the difference, 0–1. `could_be_chance`: its 95 % interval includes zero.
    """

    lower: str
    higher: str
    lower_rate: tuple[float, float, float]
    higher_rate: tuple[float, float, float]
    points: float
    could_be_chance: bool

    @property
    def sentence(self) -> str:
        """“Yellow won more often than Green, 38 % (25–52) against 31 % (17–49), which chance can
        explain.”
        """
        ends = (
            "which chance can explain" if self.could_be_chance else "more than chance can explain"
        )
        return (
            f"{self.lower} won more often than {self.higher}, {_rate(*self.lower_rate)} against "
            f"{_rate(*self.higher_rate)}, {ends}."
        )


def find_reversals(bands: Frame) -> tuple[Reversal, ...]:
    """Every pair of bands in which the lower one won more often: those beyond chance first, then
    the widest.

    bands: as `Validation.bands`. Bands without accounts or without a rate are passed over, so is
    “Not rated”. Notes: the interval of the difference is Newcombe's (1998, method 10) on accounts,
    each with one vote.
    """
    rated = bands[
        (bands["band"] != NOT_RATED) & (bands["accounts"] > 0) & bands["win_rate"].notna()
    ]
    rows = list(rated.itertuples())
    found = [
        _reversal(higher, lower)
        for higher, lower in combinations(rows, 2)
        if lower.win_rate > higher.win_rate
    ]
    return tuple(sorted(found, key=lambda one: (one.could_be_chance, -one.points)))


def order_sentence(bands: Frame) -> str:
    """The gravest reversal in words; “” where every band won at least as often as the ones below
    it.
    """
    found = find_reversals(bands)
    return found[0].sentence if found else ""


def _reversal(higher: Any, lower: Any) -> Reversal:
    """higher, lower: rows of the band table."""
    counts = [
        part for row in (lower, higher) for part in (row.win_rate * row.accounts, row.accounts)
    ]
    points, low, _high = difference_interval(*counts)
    sides = [(float(row.win_rate), float(row.low), float(row.high)) for row in (lower, higher)]
    return Reversal(lower.band, higher.band, sides[0], sides[1], float(points), not bool(low > 0))


def _rate(value: float, low: float, high: float) -> str:
    return with_limits(percent(value), hundred_interval(low, high))
