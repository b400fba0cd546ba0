"""How an ICP left alone ages: AUC of each past quarter's rubric on the quarters that followed.

Comes in: for each quarter a rubric was made at, scores and outcomes of the accounts first closed in
later quarters. Goes out: one row a cell, the change a quarter with its interval, a sentence.
Separate: it makes no rubric itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from icp_engine.stats.auc import effective_number, weighted_auc
from icp_engine.types import NOT_APPLICABLE, Estimate, Frame
from icp_engine.validation.measure import estimate_auc
from icp_engine.validation.verdict import in_points

if TYPE_CHECKING:
    from icp_engine.types import Floats, Ints

AHEAD_MOST = 4
LEAST_EACH = 5  # won and lost accounts a cell needs
DRAWS = 400
COLUMNS: tuple[str, ...] = (
    "quarter",
    "ahead",
    "scored_quarter",
    "learned",
    "won",
    "lost",
    "auc",
    "low",
    "high",
)


@dataclass(frozen=True)
class Cell:
    """One past rubric on one later quarter. `accounts`: positions of the accounts, the same number
    in every cell.
    """

    quarter: str
    ahead: int
    scored_quarter: str
    learned: int
    accounts: Ints
    score: Floats
    won: Floats
    lost: Floats


def backtest_table(cells: list[Cell], seed: int) -> Frame:
    """One row a cell: quarter (the rubric was made at its end), ahead (1–4: how many quarters later
    the accounts first closed), scored_quarter, learned (accounts), won, lost (accounts, by shares
    of their deals), auc, low, high.

    `.attrs["decay"]`: (value, low, high) change of AUC a quarter; `.attrs["sentence"]`: what that
    means.
    """
    rows = [_row(cell) for cell in cells]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    decay = estimate_decay(cells, seed)
    table.attrs["decay"] = (decay.value, decay.low, decay.high)
    table.attrs["sentence"] = decay_sentence(table, decay)
    return table


def enough(won: Floats, lost: Floats) -> bool:
    """Whether a cell can be judged at all."""
    return bool(min(won.sum(), lost.sum()) >= LEAST_EACH)


def _row(cell: Cell) -> tuple[object, ...]:
    auc = estimate_auc(cell.score, cell.won, cell.lost)
    return (
        cell.quarter,
        cell.ahead,
        cell.scored_quarter,
        cell.learned,
        float(cell.won.sum()),
        float(cell.lost.sum()),
        auc.value,
        auc.low,
        auc.high,
    )


def estimate_decay(cells: list[Cell], seed: int) -> Estimate:
    """Change of AUC for each further quarter a rubric is left alone, on the same accounts.

    Slope of a weighted least-squares line with an own level for every scored quarter (weights:
    effective won × lost over their sum): rubrics of different age meet the same accounts, so an
    easy quarter does not pass for youth. An older rubric also learned from fewer accounts; that is
    part of leaving it alone. Limits: percentiles of 400 resamples of accounts, each drawn with all
    its cells. Not applicable where no quarter was scored by two rubrics.
    """
    quarters = [cell.scored_quarter for cell in cells]
    group = np.unique(quarters, return_inverse=True)[1] if cells else np.empty(0, dtype=int)
    ahead = np.array([cell.ahead for cell in cells], dtype=float)
    value = _slope(
        [_auc(cell, None) for cell in cells], [_weight(cell) for cell in cells], group, ahead
    )
    if value is None:
        return NOT_APPLICABLE
    generator, size = (
        np.random.default_rng(seed),
        1 + max(int(cell.accounts.max()) for cell in cells),
    )
    drawn = []
    for _ in range(DRAWS):
        times = np.bincount(generator.integers(0, size, size), minlength=size).astype(float)
        one = _slope(
            [_auc(cell, times) for cell in cells], [_weight(cell) for cell in cells], group, ahead
        )
        drawn += [] if one is None else [one]
    low, high = np.quantile(drawn, [0.025, 0.975]) if drawn else (np.nan, np.nan)
    accounts = len(np.unique(np.concatenate([cell.accounts for cell in cells])))
    return Estimate(value, float(low), float(high), float(accounts))


def _weight(cell: Cell) -> float:
    won, lost = effective_number(cell.won), effective_number(cell.lost)
    return won * lost / (won + lost)


def _auc(cell: Cell, times: Floats | None) -> float:
    drawn = np.ones(len(cell.score)) if times is None else times[cell.accounts]
    return float(weighted_auc(cell.score, cell.won * drawn, cell.lost * drawn))


def _slope(auc: list[float], weight: list[float], group: Ints, ahead: Floats) -> float | None:
    values, known = np.array(auc), np.isfinite(auc)
    weights = np.where(known, np.array(weight), 0.0)
    values = np.where(known, values, 0.0)
    total = np.bincount(group, weights) if len(group) else np.zeros(0)
    if not total.sum():
        return None
    centred = []
    for part in (values, ahead):
        mean = np.bincount(group, weights * part) / np.where(total > 0, total, 1.0)
        centred.append(part - mean[group])
    spread = float((weights * centred[1] ** 2).sum())
    return float((weights * centred[0] * centred[1]).sum() / spread) if spread > 1e-9 else None


def decay_sentence(table: Frame, decay: Estimate) -> str:
    """What the backtest says, in words for a sales lead."""
    if not len(table):
        return "No past quarter holds five won and five lost accounts to score, so nothing can be tested backwards."
    held = int((table["low"] > 0.5).sum())
    first = f"Past rubrics ranked won above lost better than chance in {held} of {len(table)} later quarters."
    if decay.value is None or decay.low is None or decay.high is None:
        return f"{first} How fast an ICP left alone ages cannot be told yet."
    year = in_points(*(AHEAD_MOST * part for part in (decay.value, decay.low, decay.high)))
    change = f"on the same accounts, a year of age changes the ranking by {year[0]} in 100 ({year[1]} to {year[2]})"
    if decay.high < 0:
        return f"{first} An ICP left alone ages: {change}. Derive it anew every quarter."
    return f"{first} No ageing is shown: {change}."
