"""The course of a sale told by nothing but where columns are filled: a state whose rows have a closing
day or not, and a reason in some of those that have one.

Comes in: a table's rows and the rules of its columns. Goes out: which columns they are. Separate because
it needs no word of any language: “signed”, “walked away” and “talking” stand for won, lost and open
when the day it was decided is empty for “talking” alone and the reason stands at “walked away” alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from icp_engine.types import Frame, Series
from icp_engine.values.rule import ColumnRule

STATES_MOST = 8  # values of a column of states; more are no states
LEAST = 5  # rows of each state
ALL, NONE, SOME = 0.95, 0.02, 0.3  # shares of a state's rows that are filled
REASONS_REPEAT = 0.6  # different reasons a row; sentences differ in every row and may be notes


@dataclass(frozen=True)
class Course:
    """Headers of the state, of the day it was decided, and of the reason it was lost."""

    state: str
    day: str
    reason: str


def find_course(frame: Frame, rules: Mapping[str, ColumnRule]) -> Course | None:
    """The columns that tell a sale's course, None where none do or several would."""
    found = list(_courses(frame, rules))
    return found[0] if len(found) == 1 else None


def _courses(frame: Frame, rules: Mapping[str, ColumnRule]) -> Iterator[Course]:
    columns = [str(column) for column in frame.columns if str(column) in rules]
    worded = [column for column in columns if rules[column].type in ("category", "text")]
    days = [column for column in columns if rules[column].type == "date"]
    for state in worded:
        counts = frame[state].value_counts()
        if not 3 <= len(counts) <= STATES_MOST or counts.min() < LEAST:
            continue
        ended = {day: _filled_at(frame, state, day, ALL) for day in days}
        gave = {
            column: _filled_at(frame, state, column, SOME)
            for column in worded
            if column != state and _repeats(frame[column])
        }
        for day, reason in product(ended, gave):
            closed, lost = ended[day], gave[reason]
            if closed and lost and lost < closed < frozenset(counts.index):
                yield Course(state, day, reason)


def _filled_at(frame: Frame, state: str, column: str, least: float) -> frozenset[str]:
    """The states at which a column is filled; none at all where some state is neither filled nor
    empty.
    """
    shares = frame[column].notna().groupby(frame[state], observed=True).mean()
    clear = ((shares >= least) | (shares <= NONE)).all()
    return frozenset(shares.index[shares >= least]) if clear else frozenset()


def _repeats(values: Series) -> bool:
    filled = values.dropna()
    return len(filled) >= LEAST and filled.nunique() <= REASONS_REPEAT * len(filled)
