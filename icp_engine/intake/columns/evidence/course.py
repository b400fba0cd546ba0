"""The course of a sale told by nothing but where columns are filled: a state whose rows have a closing
day or not, and a reason in some of those that have one.

Comes in: a table's rows and the rules of its columns. Goes out: which columns they are. Separate because
it needs no word of any language: “signed”, “walked away” and “talking” stand for won, lost and open
when the day it was decided is empty for “talking” alone and the reason stands at “walked away” alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product

import numpy as np
import pandas as pd

from icp_engine.types import Floats, Frame, Series
from icp_engine.values.rule import ColumnRule

WORDED = ("category", "text")
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
    found = list(islice(_courses(frame, rules), 2))
    return found[0] if len(found) == 1 else None


def _courses(frame: Frame, rules: Mapping[str, ColumnRule]) -> Iterator[Course]:
    columns = [str(column) for column in frame.columns if str(column) in rules]
    partly = [column for column in columns if 0.0 < frame[column].notna().mean() < 1.0]
    days = [column for column in partly if rules[column].type == "date"]
    reasons = [
        column for column in partly if rules[column].type in WORDED and _repeats(frame[column])
    ]
    if not days or not reasons:
        return
    filled = frame[[*days, *reasons]].notna().to_numpy(dtype=float)
    for state in columns:
        if rules[state].type not in WORDED:
            continue
        codes, states = pd.factorize(frame[state])
        if not 3 <= len(states) <= STATES_MOST:
            continue
        rows = np.eye(len(states))[codes[codes >= 0]]
        counts = rows.sum(axis=0)
        if counts.min() < LEAST:
            continue
        shares = (
            rows.T @ filled[codes >= 0] / counts[:, None]
        ).T  # a row a column, a share a state
        ended = _filled_at(shares[: len(days)], ALL)
        gave = _filled_at(shares[len(days) :], SOME)
        for (day, closed), (reason, lost) in product(
            zip(days, ended, strict=True), zip(reasons, gave, strict=True)
        ):
            if reason != state and lost and closed and lost < closed and len(closed) < len(states):
                yield Course(state, day, reason)


def _filled_at(shares: Floats, least: float) -> list[frozenset[int]]:
    """By column the states at which it is filled; none at all where some state is neither filled nor
    empty.
    """
    clear = np.all((shares >= least) | (shares <= NONE), axis=1)
    return [
        frozenset(np.flatnonzero(row >= least).tolist()) if told else frozenset()
        for row, told in zip(shares, clear.tolist(), strict=True)
    ]


def _repeats(values: Series) -> bool:
    filled = values.dropna()
    return len(filled) >= LEAST and filled.nunique() <= REASONS_REPEAT * len(filled)
