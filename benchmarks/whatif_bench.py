"""The engine's part of one what-if step at 100,000 accounts.

Comes in: a number of accounts. Goes out: one row of milliseconds. Separate because it times, it
does not test.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from icp_engine.rubric.model import Criterion, Level, Match, Rubric
from icp_engine.rubric.scoring import Fits, score_fits
from icp_engine.whatif.step import WhatIfRows, what_if

STEPS = 200


def measure(accounts: int = 100_000) -> list[dict[str, object]]:
    """p50 and p95 over 200 steps: counts, rates and ranking with intervals; beside them scores of
    all accounts.
    """
    rows, rubric = draw_rows(accounts), draw_rubric()
    draw = np.random.default_rng(2)
    weights = [int(weight) for weight in draw.integers(0, 60, STEPS)]
    moved = [rubric.with_weights({"c0": weight}) for weight in weights]
    none = np.zeros(accounts, dtype=bool)
    fits = Fits(rows.index, rows.fits, none, none, ())
    step = _time([_bind(what_if, one, rows) for one in moved])
    scores = _time([_bind(score_fits, one, fits) for one in moved[:50]])
    return [
        {
            "accounts": accounts,
            "step p50 ms": step[0],
            "step p95 ms": step[1],
            "scores of all accounts p50 ms": scores[0],
            "p95 ms": scores[1],
        }
    ]


def _bind(function: Callable[..., object], *args: object) -> Callable[[], object]:
    return lambda: function(*args)


def _time(calls: list[Callable[[], object]]) -> tuple[float, float]:
    calls[0]()
    taken = []
    for call in calls:
        began = time.perf_counter()
        call()
        taken.append(1000 * (time.perf_counter() - began))
    return float(np.percentile(taken, 50)), float(np.percentile(taken, 95))


def draw_rubric(criteria: int = 12) -> Rubric:
    """Twelve criteria of a column each."""
    weights = [100 // criteria + (place < 100 % criteria) for place in range(criteria)]
    level = Level(label="yes", fit=20, tests=(Match(values=("yes",)),))
    return Rubric(
        criteria=tuple(
            Criterion(
                name=f"c{i}",
                group="must_have",
                weight=weight,
                attributes=(f"c{i}",),
                levels=(level,),
            )
            for i, weight in enumerate(weights)
        )
    )


def draw_rows(accounts: int, criteria: int = 12) -> WhatIfRows:
    """Accounts with a fifth of their values unknown and up to four deals each."""
    draw = np.random.default_rng(1)
    fits = np.where(
        draw.random((accounts, criteria)) < 0.2, -1, draw.integers(0, 21, (accounts, criteria))
    )
    deals = draw.integers(0, 5, accounts)
    return WhatIfRows(
        pd.RangeIndex(accounts),
        fits,
        np.full((accounts, criteria), 8),
        np.zeros(accounts, np.int64),
        {"deals": np.minimum(deals, draw.integers(0, 3, accounts))},
        {"deals": deals},
        True,
        accounts,
    )


if __name__ == "__main__":
    from benchmarks.prove import as_table

    print(as_table(measure()))
