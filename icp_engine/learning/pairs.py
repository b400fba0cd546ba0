"""Two attributes that matter together: joined criteria, on top of what each adds alone.

Comes in: candidates, outcome rows, the log odds the single attributes give each row. Goes out:
joined candidates. Separate because it looks only at what the single attributes leave unexplained.

Notes: a joined candidate splits each of two attributes in two sides and tells the four corners
apart. Residuals y − p of the single attributes are summed by code × code, rows and columns made
neutral, and the sides chosen so that equal and unequal corners differ most. Each fold is tested
with sides chosen without it; a pair counts where the standardised sum over folds passes a
Bonferroni limit over all pairs tried, so that noise joins nothing. Source: the sides are a
rank-one, two-valued form of the table's first interaction (Tukey 1949; Gabriel 1971).
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit
from scipy.stats import norm

from icp_engine.learning.candidates import Binned
from icp_engine.rubric.model import Match
from icp_engine.wording.ranges import show_range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from icp_engine.learning.rows import Rows
    from icp_engine.types import Bools, Floats

    Table = tuple[Floats, Floats]

AMONG = 16  # attributes whose pairs are tried: 120 pairs
PAIRS_MOST = 3
FALSE_ALARM = 0.05
# on data without pairs the sum over folds spreads so much wider than a normal: folds share what
# they learn
WIDER = 1.3
HELD = 10.0  # information at which a cell's residual counts half
ROUNDS = 4
NAMED = 3
LEAST_CORNER = 0.03  # of the information: a corner hardly anybody stands in says nothing


def find_pairs(
    candidates: Sequence[Binned], rank: Sequence[int], rows: Rows, log_odds: Floats
) -> list[Binned]:
    """At most three joined candidates that add to their parts, strongest first; no attribute stands
    in two.

    rank: positions of the candidates to try, most useful first. log_odds: of each row, by levels
    that did not see it.
    """
    rest, information = _residuals(rows, log_odds)
    tried = list(combinations(sorted(rank[:AMONG]), 2))
    tried = [(i, j) for i, j in tried if candidates[i].attributes != candidates[j].attributes]
    if not tried:
        return []
    limit = float(WIDER * norm.isf(FALSE_ALARM / len(tried)))
    z = np.array(
        [_strength(candidates[i], candidates[j], rows, rest, information, limit) for i, j in tried]
    )
    chosen: list[tuple[int, int]] = []
    for number in np.argsort(-z, kind="stable"):
        if z[number] <= limit or len(chosen) == PAIRS_MOST:
            break
        if not {*tried[number]} & {position for pair in chosen for position in pair}:
            chosen.append(tried[number])
    return [join(candidates[i], candidates[j], rows, log_odds) for i, j in chosen]


def join(one: Binned, other: Binned, rows: Rows, log_odds: Floats) -> Binned:
    """The two as one candidate of four corners, its sides chosen from all rows."""
    rest, information = _residuals(rows, log_odds)
    gained, held = _tables(one, other, rows, rest, information)
    up, right = _sides(one, other, gained.sum(axis=0), held.sum(axis=0))
    return _joined(one, other, up, right)


def _residuals(rows: Rows, log_odds: Floats) -> Table:
    """y − p and p(1 − p) of each row, weighted, with p at the rows' own base rate."""
    base = 0.0
    for _ in range(8):
        p = expit(log_odds + base)
        base += float(rows.w @ (rows.y - p)) / max(float(rows.w @ (p * (1 - p))), 1e-9)
    p = expit(log_odds + base)
    return rows.w * (rows.y - p), rows.w * p * (1 - p)


def _tables(one: Binned, other: Binned, rows: Rows, rest: Floats, information: Floats) -> Table:
    """Residuals and information, fold × code × code."""
    a, b = one.codes[rows.row], other.codes[rows.row]
    known = (a >= 0) & (b >= 0)
    shape = (int(rows.fold.max()) + 1, len(one.labels), len(other.labels))
    place = np.ravel_multi_index((rows.fold[known], a[known], b[known]), shape)
    size = int(np.prod(shape))
    sums = [
        np.asarray(
            np.bincount(place, weights=part[known], minlength=size), dtype=np.float64
        ).reshape(shape)
        for part in (rest, information)
    ]
    return sums[0], sums[1]


def _strength(
    one: Binned, other: Binned, rows: Rows, rest: Floats, information: Floats, limit: float
) -> float:
    """How far equal corners lie above unequal ones, in standard errors, each fold by sides chosen
    without it.

    0 where even sides chosen from all rows stay below `limit`, or a corner is all but empty.
    """
    gained, held = _tables(one, other, rows, rest, information)
    # rows weigh differently: not their information
    noise = _tables(one, other, rows, rest**2, information)[0]
    all_gained, all_held = gained.sum(axis=0), held.sum(axis=0)
    up, right = _sides(one, other, all_gained, all_held)
    if not _corners_held(up, right, all_held):
        return 0.0
    total, variance = _excess(up, right, all_gained, all_held, noise.sum(axis=0))
    if total <= limit * np.sqrt(variance):
        return 0.0
    parts = [
        _excess(
            *_sides(one, other, all_gained - gained[fold], all_held - held[fold]),
            gained[fold],
            held[fold],
            noise[fold],
        )
        for fold in range(len(gained))
    ]
    total, variance = np.sum(parts, axis=0)
    return float(total / np.sqrt(variance)) if variance > 0 else 0.0


def _excess(
    up: Bools, right: Bools, gained: Floats, held: Floats, noise: Floats
) -> tuple[float, float]:
    """What equal corners gain over unequal ones beside rows and columns, and its variance."""
    sign = _contrast(np.outer(np.where(up, 1.0, -1.0), np.where(right, 1.0, -1.0)), held)
    return float((gained * sign).sum()), float((noise * sign**2).sum())


def _contrast(sign: Floats, held: Floats) -> Floats:
    """The part of `sign` that rows and columns cannot say, weighted by `held`."""
    left = sign.copy()
    for _ in range(ROUNDS):
        left -= (left * held).sum(axis=1, keepdims=True) / np.maximum(
            held.sum(axis=1, keepdims=True), 1e-9
        )
        left -= (left * held).sum(axis=0, keepdims=True) / np.maximum(
            held.sum(axis=0, keepdims=True), 1e-9
        )
    return left


def _neutral(gained: Floats, held: Floats) -> Floats:
    """Residual sums with what rows and columns say taken out."""
    mean = _contrast(gained / np.maximum(held, 1e-9), held)
    return mean * held


def _sides(one: Binned, other: Binned, gained: Floats, held: Floats) -> tuple[Bools, Bools]:
    """Codes of each attribute on the upper side, so that equal sides gain and unequal ones lose
    most.
    """
    table = _neutral(gained, held)
    scaled = table / np.sqrt(held + HELD)
    right = np.asarray(np.linalg.svd(scaled)[2][0] > 0)
    up = right[:0]
    for _ in range(ROUNDS):
        up = _side(one, table @ np.where(right, 1.0, -1.0))
        right = _side(other, np.where(up, 1.0, -1.0) @ table)
    return up, right


def _side(binned: Binned, score: Floats) -> Bools:
    """Codes with a positive score; of ordered codes one end of the best cut."""
    if not binned.ordered:
        return score > 0
    below = np.cumsum(score)[:-1]
    balance = 2 * below - score.sum()
    cut = int(np.argmax(np.abs(balance)))
    low = np.arange(len(score)) <= cut
    return low if balance[cut] > 0 else ~low


def _corners_held(up: Bools, right: Bools, held: Floats) -> bool:
    corners = [
        held[np.ix_(rows, columns)].sum() for rows in (up, ~up) for columns in (right, ~right)
    ]
    return min(corners) >= LEAST_CORNER * held.sum()


def _joined(one: Binned, other: Binned, up: Bools, right: Bools) -> Binned:
    """Four codes, corner by corner; the side that holds “any other value” comes last on each
    attribute.
    """
    up, right = _named_first(one, up), _named_first(other, right)
    known = (one.codes >= 0) & (other.codes >= 0)
    codes = np.where(known, 2 * ~up[one.codes] + ~right[other.codes], -1).astype(np.int64)
    corners = [(a, b) for a in _said(one, up) for b in _said(other, right)]
    labels = tuple(f"{a[0]} with {b[0]}" for a, b in corners)
    tests = tuple((a[1], b[1]) for a, b in corners)
    return Binned(
        name_joined(one, other), (*one.attributes, *other.attributes), codes, labels, tests, False
    )


def name_joined(one: Binned, other: Binned) -> str:
    """The name of the joined candidate."""
    return f"{one.name} and {other.name}"


def _named_first(binned: Binned, side: Bools) -> Bools:
    return ~side if any(binned.tests[code] == (Match(),) for code in np.flatnonzero(side)) else side


def _said(binned: Binned, side: Bools) -> tuple[tuple[str, Match], tuple[str, Match]]:
    """Label and test of both sides."""
    column = binned.attributes[0].name
    if binned.ordered and binned.tests[0][0].values == ():
        first, second = _range(binned, side), _range(binned, ~side)
    else:
        named, others = _values(binned, side), _values(binned, ~side)
        left = (
            others[0]
            if len(others) == 1 and binned.attributes[0].measure != "tags"
            else f"not {_listed(named)}"
        )
        is_open = len(others) < np.count_nonzero(~side)
        first = _listed(named), Match(values=named)
        second = (left, Match()) if is_open else (_listed(others), Match(values=others))
    return (f"{column} {first[0]}", first[1]), (f"{column} {second[0]}", second[1])


def _range(binned: Binned, side: Bools) -> tuple[str, Match]:
    held = np.flatnonzero(side)
    low, high = binned.tests[held[0]][0].low, binned.tests[held[-1]][0].high
    return show_range(low, high, whole="." not in "".join(binned.labels)), Match(low=low, high=high)


def _values(binned: Binned, side: Bools) -> tuple[str, ...]:
    return tuple(value for code in np.flatnonzero(side) for value in binned.tests[code][0].values)


def _listed(values: tuple[str, ...]) -> str:
    if len(values) > NAMED:
        return f"{', '.join(values[:NAMED])} or {len(values) - NAMED} more"
    return " or ".join(values)
