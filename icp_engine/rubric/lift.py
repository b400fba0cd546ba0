"""What would lift an account to the next band: the fewest changes of criteria, as a sentence.

Comes in: a rubric and fits of the rows asked for. Goes out: one row an account. Separate because
every set of changes is tried, which is done only for rows somebody looks at.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from icp_engine.rubric.model import FIT_UNITS, NOT_RATED, Criterion, Level, Rubric
from icp_engine.rubric.scoring import (
    NEXT_BAND,
    Fits,
    Points,
    add_up,
    earned_fits,
    score_fits,
    tenths,
    whole_scores,
)
from icp_engine.types import Frame
from icp_engine.wording.sentences import listed

if TYPE_CHECKING:
    from icp_engine.types import Bools, Ints

    Row = tuple[str, str, int, tuple[str, ...], float, str]

LIFT_COLUMNS = ("band", "next_band", "changes", "criteria", "points", "sentence")
# what a change costs, among sets of equally many: asking is cheapest
ASKED, CHANGED, FIXED = 0, 1, 3
VALUES_NAMED = 4


@dataclass(frozen=True)
class Change:
    """One change: the criterion, the fit it must reach (twentieths), whether its value is unknown
    today.
    """

    criterion: Criterion
    fit: int
    unknown: bool
    gain: int  # in twentieths of a weight point


def lift_to_next_band(rubric: Rubric, fits: Fits, fixed: Collection[str] = ()) -> Frame:
    """By account_id: the fewest criteria that, at a better level or once known, would reach the
    next band.

    fixed: names of criteria an account cannot change (its industry, say): they are chosen last and
    named as what to look for. Columns LIFT_COLUMNS: band, next_band (“” where there is none),
    changes (criteria to change or ask for; 0 where nothing helps), criteria (their names, a tuple),
    points (score gained, to one decimal, where every change is made), sentence. Notes: all sets of
    criteria are tried with each at its best level; fewest win, then those that only need asking,
    then those an account can change, then the smallest gain that suffices. Each level is then
    lowered to the lowest that still reaches the band. A flag that is switched on caps the band
    whatever the score. “Not rated” rows: the fewest unknown criteria that reach the coverage floor.
    """
    if not rubric.criteria:
        rows: list[Row] = [
            (NOT_RATED, "", 0, (), 0.0, "Not rated: the rubric has no criteria.")
        ] * len(fits.index)
    else:
        search = _Search(rubric, fits, frozenset(fixed))
        rows = [search.row(position) for position in range(len(fits.index))]
    return pd.DataFrame(rows, index=fits.index, columns=list(LIFT_COLUMNS)).astype(
        {"points": "float64"}
    )


class _Search:
    """All sets of criteria, tried for one row after the other."""

    def __init__(self, rubric: Rubric, fits: Fits, fixed: frozenset[str]) -> None:
        self.rubric, self.fits, self.fixed = rubric, fits, fixed
        self.scores, self.points = score_fits(rubric, fits), add_up(rubric, fits)
        self.weights = np.array([c.weight for c in rubric.criteria], dtype=np.int64)
        self.best = np.array(
            [max((level.fit for level in c.levels), default=0) for c in rubric.criteria]
        )
        self.earned = earned_fits(rubric, fits)
        self.sets = _all_sets(len(rubric.criteria))

    def row(self, position: int) -> Row:
        band = str(self.scores["band"].iloc[position])
        if band == NOT_RATED:
            return self._ask(position)
        following = NEXT_BAND.get(band, "")
        if capped := self._capped(position, band):
            return band, following, 0, (), 0.0, capped
        if not following:
            return band, "", 0, (), 0.0, f"{band} already: there is no band above."
        changes = self._fewest(
            position, self.rubric.green if following == "Green" else self.rubric.yellow
        )
        if not changes:
            return (
                band,
                following,
                0,
                (),
                0.0,
                f"No better level of its criteria reaches {following}.",
            )
        gained = self._gained(position, changes)
        sentence = _sentence(changes, following, self.fixed, self._shown(position, changes, gained))
        return (
            band,
            following,
            len(changes),
            tuple(c.criterion.name for c in changes),
            gained,
            sentence,
        )

    def _capped(self, position: int, band: str) -> str:
        if self.fits.disqualified[position]:
            return "Held at Red by a disqualifier: no score lifts it."
        if self.fits.warned[position] and band == "Yellow":
            return "Held at Yellow by a warning: no score lifts it."
        return ""

    def _steps(self, position: int) -> tuple[Ints, Ints]:
        """What each criterion adds to num and den when it is known and at its best."""
        unknown = self.fits.fits[position] < 0
        den = np.where(unknown, self.weights * FIT_UNITS, 0)
        if self.rubric.missing_policy != "leave_out":
            den = np.zeros_like(den)
        return self.weights * (self.best - self.earned[position]), den

    def _fewest(self, position: int, threshold: int) -> list[Change]:
        gain, den = self._steps(position)
        unknown = self.fits.fits[position] < 0
        sets = self.sets[~self.sets[:, gain <= 0].any(axis=1)]
        reached = Points(
            self.points.num[position] + sets @ gain,
            self.points.den[position] + sets @ den,
            sets @ gain,
        )
        enough = whole_scores(reached) >= threshold
        sets, total = sets[enough], reached.num[enough]
        if not len(sets):
            return []
        fixed = np.array([criterion.name in self.fixed for criterion in self.rubric.criteria])
        cost = sets @ np.where(unknown, ASKED, np.where(fixed, FIXED, CHANGED))
        chosen = sets[np.lexsort((total, cost, sets.sum(axis=1)))[0]]
        return self._lowered(position, threshold, np.flatnonzero(chosen))

    def _lowered(self, position: int, threshold: int, chosen: Ints) -> list[Change]:
        """Each criterion of the set at the lowest level that still reaches the band, the first ones
        first.
        """
        wanted = {int(i): int(self.best[i]) for i in chosen}
        for i in wanted:
            levels = sorted({*_named_fits(self.rubric.criteria[i], wanted[i]), wanted[i]})
            wanted[i] = next(
                fit for fit in levels if self._reaches(position, threshold, {**wanted, i: fit})
            )
        return [
            Change(
                self.rubric.criteria[i],
                fit,
                bool(self.fits.fits[position, i] < 0),
                int(self.weights[i] * (fit - self.earned[position, i])),
            )
            for i, fit in wanted.items()
        ]

    def _reaches(self, position: int, threshold: int, wanted: dict[int, int]) -> bool:
        return bool(whole_scores(self._after(position, wanted))[0] >= threshold)

    def _after(self, position: int, wanted: dict[int, int]) -> Points:
        fits = self.fits.fits[position : position + 1].copy()
        for i, fit in wanted.items():
            fits[0, i] = fit
        return add_up(
            self.rubric, Fits(self.fits.index[:1], fits, np.zeros(1, bool), np.zeros(1, bool), ())
        )

    def _gained(self, position: int, changes: list[Change]) -> float:
        place = {c.name: i for i, c in enumerate(self.rubric.criteria)}
        after = self._after(
            position, {place[change.criterion.name]: change.fit for change in changes}
        )
        return float(tenths(after)[0] / 10 - self.scores["score"].iloc[position])

    def _shown(self, position: int, changes: list[Change], gained: float) -> list[str]:
        """Points beside each change; where the scale itself moves (left out), only the total of
        all.
        """
        if self.rubric.missing_policy == "leave_out" and any(change.unknown for change in changes):
            return [""] * (len(changes) - 1) + [
                f"{round(gained, 1):+g}" + (" in all" if len(changes) > 1 else "")
            ]
        return [f"+{round(change.gain / FIT_UNITS, 1):g}" for change in changes]

    def _ask(self, position: int) -> Row:
        """The fewest unknown criteria that reach the coverage floor, and the best band they could
        give.
        """
        unknown = np.flatnonzero((self.fits.fits[position] < 0) & (self.weights > 0))
        unknown = unknown[np.argsort(-self.weights[unknown], kind="stable")]
        reach = self.points.known[position] + np.cumsum(self.weights[unknown])
        needed = int(np.argmax(reach >= round(100 * self.rubric.coverage_floor))) + 1
        asked = [self.rubric.criteria[i] for i in unknown[:needed]]
        best = self._after(position, {int(i): int(self.best[i]) for i in unknown[:needed]})
        band = self._band(position, int(whole_scores(best)[0]))
        names = tuple(criterion.name for criterion in asked)
        gained = float(tenths(best)[0] / 10 - self.scores["score"].iloc[position])
        sentence = (
            f"Not rated: ask for {listed(names, 'and')}; with the best answers it would be {band}."
        )
        return NOT_RATED, band, len(names), names, gained, sentence

    def _band(self, position: int, whole: int) -> str:
        if self.fits.disqualified[position] or whole < self.rubric.yellow:
            return "Red"
        return (
            "Green" if whole >= self.rubric.green and not self.fits.warned[position] else "Yellow"
        )


def _all_sets(criteria: int) -> Bools:
    """Every non-empty set of criteria, one a row."""
    numbers = np.arange(1, 2**criteria)[:, None]
    return (numbers >> np.arange(criteria)) & 1 == 1


def _named_fits(criterion: Criterion, most: int) -> set[int]:
    """What values one can name earn, up to `most`: “any other value” is none that one could look
    for.
    """
    return {level.fit for level in criterion.levels if level.fit <= most and not level.is_any_other}


def _sentence(changes: list[Change], band: str, fixed: frozenset[str], points: list[str]) -> str:
    shown = dict(zip((change.criterion.name for change in changes), points, strict=True))
    asked = [c for c in changes if c.unknown]
    changed = [c for c in changes if not c.unknown]
    conditions = listed(
        [_condition(c.criterion, c.fit, shown[c.criterion.name]) for c in changed], "and"
    )
    if not asked:
        text = f"If {conditions} it would be {band}"
    else:
        names = listed([c.criterion.name for c in asked], "and")
        answers = listed(
            [_condition(c.criterion, c.fit, shown[c.criterion.name]) for c in asked], "and"
        )
        if len(asked) == 1:
            answers = answers.replace(f"{names} were ", "it were ", 1)
        besides = f", and besides {conditions}," if conditions else ""
        text = f"Ask for {names}: if {answers}{besides} it would be {band}"
    unmoved = [c.criterion.name for c in changed if c.criterion.name in fixed]
    if unmoved:
        verb, what = ("changes", "it") if len(unmoved) == 1 else ("change", "them")
        text += f"; {listed(unmoved, 'and')} hardly {verb}: look for {what} in other accounts"
    return text + "."


def _condition(criterion: Criterion, fit: int, points: str) -> str:
    """“Cloud provider were AWS or Azure (+11)”: every level that earns at least `fit`."""
    enough = [level for level in criterion.levels if level.fit >= fit]
    more = " or more" if points.startswith("+") and len({level.fit for level in enough}) > 1 else ""
    return f"{_held(criterion, enough)}{f' ({points}{more})' if points else ''}"


def _held(criterion: Criterion, levels: list[Level]) -> str:
    if len(criterion.attributes) > 1:
        return f"it had {listed([level.label for level in levels], 'or')}"
    column, colon, tag = criterion.name.partition(": ")
    if colon and criterion.attributes == (column,):  # one tag of a list
        with_tag = any(test.values for level in levels for test in level.tests)
        return f"{column} {'included' if with_tag else 'did not include'} {tag}"
    return f"{criterion.name} were {listed(_values(criterion, levels), 'or')}"


def _values(criterion: Criterion, levels: list[Level]) -> list[str]:
    """The values of the levels as people know them; “any other value” only where no value is named."""
    values: list[str] = []
    for level in levels:
        if len(level.tests) == 1 and level.tests[0].values:
            values += level.tests[0].values
        elif len(level.tests) > 1 or _is_range(level):
            values.append(level.label)
    if not values:
        return ["any other value"]
    more = len(values) - VALUES_NAMED
    return values if more <= 0 else [*values[:VALUES_NAMED], f"{more} more"]


def _is_range(level: Level) -> bool:
    return any(test.low is not None or test.high is not None for test in level.tests)
