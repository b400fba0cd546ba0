"""The fit behind a suggested rubric: shrunken log odds a level, non-negative weights, cross-fitted.

Comes in: candidate codes and outcome rows. Goes out: what each code of the candidates kept adds to
the log odds, and whether anything helps at all. Separate because it knows nothing of rubrics or
tables.

Notes: each row is an account in one target (won against lost, or best against worst), weighted so
that both outcomes of a target weigh the same and all targets weigh the same. A level's value is its
log odds, drawn towards 0 by PRIOR rows; a row is scored with values learned without its own fold
(James–Stein style target encoding, Micci-Barreca 2001), so that an attribute of noise earns no
weight. Weights are a ridge-penalised logistic regression held at or above 0 (L-BFGS-B).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.stats import norm

from icp_engine.learning.candidates import Binned
from icp_engine.learning.joint import join_levels
from icp_engine.learning.pairs import find_pairs, join
from icp_engine.learning.rows import FOLDS, Rows
from icp_engine.stats.auc import newcombe_interval, weighted_auc

if TYPE_CHECKING:
    from icp_engine.types import Floats, Ints

PRIOR = 10.0
RIDGE = 2.0
LEAST_SPREAD = 0.02
ASSESSED = 5000
HELPS_P = 0.10
SETTLED_BELOW = 0.60


def code_values(codes: Ints, rows: Rows, k: int, ordered: bool) -> Floats:
    """Shrunken log odds of each code, 0 for codes no row holds; neighbours of ordered codes are
    smoothed.
    """
    known = codes[rows.row] >= 0
    held, w, y = codes[rows.row][known], rows.w[known], rows.y[known]
    ones = np.asarray(np.bincount(held, weights=w * y, minlength=k), dtype=np.float64)
    zeros = np.asarray(np.bincount(held, weights=w * (1 - y), minlength=k), dtype=np.float64)
    if ordered and k > 2:
        ones, zeros = _smooth(ones), _smooth(zeros)
    base = np.log((ones.sum() + 1e-9) / (zeros.sum() + 1e-9))
    values = (
        np.log((ones + PRIOR * _logistic(base)) / (zeros + PRIOR * (1 - _logistic(base)))) - base
    )
    return np.where(ones + zeros > 0, values, 0.0)


def _smooth(counts: Floats) -> Floats:
    padded = np.concatenate([counts[:1], counts, counts[-1:]])
    return 0.7 * counts + 0.15 * padded[:-2] + 0.15 * padded[2:]


def _logistic(x: Floats | float) -> Floats:
    return 1.0 / (1.0 + np.exp(-np.asarray(x, dtype="float64")))


def encode(candidates: list[Binned], learn: Rows, rows: Rows) -> Floats:
    """Rows × candidates: each row's code value learned from `learn`; unknown codes count 0."""
    columns = [
        _look_up(b, code_values(b.codes, learn, len(b.labels), b.ordered), rows) for b in candidates
    ]
    return np.column_stack(columns) if columns else np.zeros((len(rows.row), 0))


def _look_up(binned: Binned, values: Floats, rows: Rows) -> Floats:
    codes = binned.codes[rows.row]
    return np.where(codes >= 0, values[codes], 0.0)


def cross_encode(candidates: list[Binned], rows: Rows) -> Floats:
    """As `encode`, each row by values learned without its own fold."""
    encoded = np.zeros((len(rows.row), len(candidates)))
    for fold in range(FOLDS):
        inside = rows.fold == fold
        if inside.any():
            encoded[inside] = encode(candidates, rows.take(~inside), rows.take(inside))
    return encoded


def fit_weights(encoded: Floats, rows: Rows) -> Floats:
    """Non-negative ridge logistic weights, one a candidate."""
    signs = 2 * rows.y - 1

    def loss(parameters: Floats) -> tuple[float, Floats]:
        margin = signs * (encoded @ parameters[1:] + parameters[0])
        slack = -signs * rows.w * _logistic(-margin)
        gradient = np.concatenate([[slack.sum()], encoded.T @ slack + RIDGE * parameters[1:]])
        value = float(
            rows.w @ np.logaddexp(0.0, -margin) + RIDGE / 2 * parameters[1:] @ parameters[1:]
        )
        return value, gradient

    start = np.concatenate([[0.0], np.full(encoded.shape[1], 0.3)])
    bounds = [(None, None), *[(0.0, None)] * encoded.shape[1]]
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x[1:])


@dataclass(frozen=True)
class Fitted:
    """What the fit kept: `criteria` in the order of the attributes, joined ones last, and `values`:
    what each code adds to the log odds (one array a criterion).
    """

    criteria: tuple[Binned, ...]
    values: tuple[Floats, ...]


def fit_candidates(candidates: list[Binned], rows: Rows, most: int) -> Fitted:
    """Fit all candidates, keep the `most` that move scores, refit those, then all their levels
    together.
    """
    encoded = cross_encode(candidates, rows)
    spread = fit_weights(encoded, rows) * encoded.std(axis=0) if candidates else np.zeros(0)
    order = [int(position) for position in np.argsort(-spread, kind="stable")]
    found = [position for position in order if spread[position] > LEAST_SPREAD]
    weights = _weigh(encoded, rows, sorted(found[:most]))
    log_odds = encoded[:, list(weights)] @ np.array(list(weights.values()))
    joined = find_pairs(candidates, order, rows, log_odds)[:most]
    if len(weights) + len(joined) > most:
        weights = _weigh(encoded, rows, sorted(found[: most - len(joined)]))
    kept = [candidates[position] for position in weights] + joined
    points = [weight * _values(candidates[position], rows) for position, weight in weights.items()]
    return Fitted(
        tuple(kept),
        join_levels(kept, [*points, *(np.zeros(len(one.labels)) for one in joined)], rows),
    )


def fit_joined(one: Binned, other: Binned, rows: Rows) -> tuple[Binned, Floats]:
    """Two attributes as one candidate, its corners chosen from `rows`, and what each adds to what
    the two say alone.
    """
    encoded = cross_encode([one, other], rows)
    weights = fit_weights(encoded, rows)
    joined = join(one, other, rows, encoded @ weights)
    points = [
        weight * _values(binned, rows) for weight, binned in zip(weights, (one, other), strict=True)
    ]
    return joined, join_levels([one, other, joined], [*points, np.zeros(len(joined.labels))], rows)[
        2
    ]


def _weigh(encoded: Floats, rows: Rows, kept: list[int]) -> dict[int, float]:
    """Position → weight of those with any."""
    weights = fit_weights(encoded[:, kept], rows) if kept else np.zeros(0)
    return {
        position: float(weight)
        for position, weight in zip(kept, weights, strict=True)
        if weight > 0
    }


def _values(binned: Binned, rows: Rows) -> Floats:
    return code_values(binned.codes, rows, len(binned.labels), binned.ordered)


def predict(fitted: Fitted, rows: Rows) -> Floats:
    """Log odds of each row, up to a constant."""
    score = np.zeros(len(rows.row))
    for binned, values in zip(fitted.criteria, fitted.values, strict=True):
        score += _look_up(binned, values, rows)
    return score


@dataclass(frozen=True)
class Trial:
    """How the whole fit did out of fold. `helps`: better than chance in some target. `settled`: no
    target leaves an AUC of .60 open (upper 95 % limit), so that “nothing helps” is a finding and
    not a lack of data.
    """

    helps: bool
    settled: bool


def try_out(candidates: list[Binned], rows: Rows, most: int, seed: int) -> Trial:
    """Whether the whole fit, repeated without each fold, ranks that fold's positives above its
    negatives.

    One-sided p < .10 in any target by the null variance of the rank sum; at most ASSESSED accounts
    are used. Choosing and weighing happen inside the folds, so noise gives an AUC of about 0.5.
    """
    rows = _sample(rows, seed)
    score = np.zeros(len(rows.row))
    for fold in range(FOLDS):
        inside = rows.fold == fold
        if inside.any() and (~inside).any():
            fitted = fit_candidates(candidates, rows.take(~inside), most)
            score[inside] = predict(fitted, rows.take(inside))
    parts = [(score[rows.target == t], rows.take(rows.target == t)) for t in np.unique(rows.target)]
    helps = any(_better_than_chance(*part) for part in parts)
    return Trial(helps, all(_upper_limit(*part) < SETTLED_BELOW for part in parts))


def _sample(rows: Rows, seed: int) -> Rows:
    accounts = np.unique(rows.row)
    if len(accounts) <= ASSESSED:
        return rows
    chosen = np.random.default_rng(seed).choice(accounts, ASSESSED, replace=False)
    return rows.take(np.isin(rows.row, chosen))


def _sides(score: Floats, rows: Rows) -> tuple[float, int, int]:
    """AUC and the number of positive and negative rows."""
    auc = float(weighted_auc(score, rows.w * rows.y, rows.w * (1 - rows.y)))
    return auc, int((rows.y > 0).sum()), int((rows.y == 0).sum())


def _upper_limit(score: Floats, rows: Rows) -> float:
    auc, n1, n0 = _sides(score, rows)
    return float(newcombe_interval(auc, n1, n0)[1]) if n1 and n0 else 1.0


def _better_than_chance(score: Floats, rows: Rows) -> bool:
    auc, n1, n0 = _sides(score, rows)
    if not n1 or not n0:
        return False
    error = np.sqrt((n1 + n0 + 1) / (12.0 * n1 * n0))
    return bool(norm.sf((auc - 0.5) / error) < HELPS_P)
