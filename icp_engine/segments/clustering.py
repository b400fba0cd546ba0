"""Groups of accounts: latent classes beside a background class, k-means and density clustering.

Comes in: memberships of the best customers and the market's shares. Goes out: `Classes`, which give
any account's probability of belonging to each group, and the labels of the competing methods.
Separate from stability, which runs these on resamples, and from references, which runs them on data
without groups.

Latent classes: within a class every block is answered independently with the class's own shares.
The last class is the background, for best customers like no other: it has no start of its own. All
shares are smoothed towards the market's. Evidence is Cheeseman & Stutz's (1996) approximation of
the marginal likelihood, times the k! ways to number the groups; in it a class may answer a block
just as the market does, so attributes without a say cost little. All starts, and all resamples, run
as one batch of matrix products.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import hdbscan
import numpy as np
from scipy.special import gammaln

if TYPE_CHECKING:
    from icp_engine.types import Floats, Ints

SMOOTHING = 10.0
# a class's own answers start from so many accounts of the market (SMOOTHING fits, this compares)
PRIOR = 5.0
HOLD = 10.0  # the background follows the market with the weight of so many accounts
OWN = 0.5  # chance, before looking, that a class answers a block in its own way
ITERATIONS = 40
TOLERANCE = 0.01  # change of the log likelihood at which a start has settled
LLOYD = 6
START_BACKGROUND = 0.1  # share of every account that starts in the background


@dataclass(frozen=True)
class Space:
    """What clustering works in. `memberships` rows × columns, `points` rows × dimensions, `market`
    share per column.
    """

    memberships: Floats
    points: Floats
    market: Floats
    start: Ints
    block_of: Ints
    hold: float = HOLD

    def sum_blocks(self, values: Floats) -> Floats:
        """Sums over each block's columns (last axis)."""
        return np.asarray(np.add.reduceat(values, self.start, axis=-1))


@dataclass(frozen=True)
class Classes:
    """Fitted groups. `log_share` (k + 1) × columns, `log_weight` k + 1 (last: background),
    `evidence` in nats.
    """

    log_share: Floats
    log_weight: Floats
    evidence: float

    @property
    def k(self) -> int:
        """Number of groups, the background not counted."""
        return len(self.log_weight) - 1

    def probabilities(self, memberships: Floats) -> Floats:
        """Rows × (k + 1) probabilities of belonging, last column the background; rows sum to 1."""
        joint = memberships @ self.log_share.T + self.log_weight
        joint = np.exp(joint - joint.max(axis=1, keepdims=True))
        return np.asarray(joint / joint.sum(axis=1, keepdims=True))


def spread_starts(points: Floats, weights: Floats, k: int, rng: Any) -> Ints:
    """k-means labels, batch × rows, from far-apart seeds (k-means++); `weights` batch × rows."""
    batch = len(weights)
    seeds = _draw_rows(weights, rng)
    centres = points[seeds][:, None, :]
    distance = _distances(points, centres)[..., 0]
    for _ in range(k - 1):
        seeds = _draw_rows(weights * distance, rng)
        centres = np.concatenate([centres, points[seeds][:, None, :]], axis=1)
        distance = np.minimum(distance, _distances(points, centres[:, -1:])[..., 0])
    for _ in range(LLOYD):
        member = np.eye(k)[_distances(points, centres).argmin(axis=2)] * weights[..., None]
        size = member.sum(axis=1)[..., None]
        moved = member.transpose(0, 2, 1) @ points / np.maximum(size, 1e-12)
        centres = np.where(size > 0, moved, centres)
    return np.asarray(_distances(points, centres).argmin(axis=2)).reshape(batch, -1)


def _draw_rows(weights: Floats, rng: Any) -> Ints:
    """One row per batch, with probability ∝ weight (the first row where all weights are 0)."""
    cumulative = np.cumsum(weights, axis=1)
    target = rng.random((len(weights), 1)) * cumulative[:, -1:]
    return np.asarray(np.minimum((cumulative <= target).sum(axis=1), weights.shape[1] - 1))


def _distances(points: Floats, centres: Floats) -> Floats:
    """Squared distances, batch × rows × centres."""
    cross = np.matmul(points, centres.transpose(0, 2, 1))
    square = (points**2).sum(axis=1)[None, :, None] + (centres**2).sum(axis=2)[:, None, :]
    return np.asarray(np.maximum(square - 2 * cross, 0.0))


def fit_classes(space: Space, k: int, rng: Any, starts: int = 6) -> Classes:
    """The latent classes of largest evidence among `starts` starts; k = 0 is the background alone."""
    weights = np.ones((1 if k < 2 else starts, len(space.memberships)))
    return fit_batch(space, first_guess(space, weights, k, rng), weights)[0]


def fit_batch(
    space: Space, guess: Floats, weights: Floats, best_only: bool = True
) -> list[Classes]:
    """Expectation–maximisation of a batch. `guess` batch × rows × (k + 1), `weights` batch × rows
    (resample counts).

    Returns the start of largest evidence, or every element of the batch in order when not
    `best_only`.
    """
    member: Floats = guess
    before: Floats = np.full(len(guess), -np.inf)
    for _ in range(ITERATIONS):
        log_share, log_weight = _maximise(space, member * weights[..., None])
        member, likelihood = expect(space, log_share, log_weight, weights)
        if np.all(np.abs(likelihood - before) < TOLERANCE):
            break
        before = likelihood
    evidence = _evidence(space, member * weights[..., None], log_share, log_weight, likelihood)
    chosen = [int(evidence.argmax())] if best_only else range(len(evidence))
    return [Classes(log_share[i], log_weight[i], float(evidence[i])) for i in chosen]


def first_guess(space: Space, weights: Floats, k: int, rng: Any) -> Floats:
    """Soft start memberships from k-means in the embedding, batch × rows × (k + 1)."""
    batch, rows = weights.shape
    guess = np.full((batch, rows, k + 1), START_BACKGROUND if k else 1.0)
    if k:
        labels = spread_starts(space.points, weights, k, rng)
        guess[:, :, :k] = np.eye(k)[labels] * (1 - START_BACKGROUND)
    return guess


def classes_of_labels(space: Space, labels: Ints) -> Classes:
    """The classes that given labels (−1: background) describe, without moving any account; for
    comparing methods.
    """
    k = int(labels.max()) + 1
    member = np.eye(k + 1)[np.where(labels < 0, k, labels)][None]
    log_share, log_weight = _maximise(space, member)
    _, likelihood = expect(space, log_share, log_weight, np.ones(member.shape[:2]))
    evidence = _evidence(space, member, log_share, log_weight, likelihood)
    return Classes(log_share[0], log_weight[0], float(evidence[0]))


def _maximise(space: Space, member: Floats) -> tuple[Floats, Floats]:
    counts = count_answers(space, member)
    whole = space.sum_blocks(counts)[..., space.block_of]
    log_share = np.log((counts + SMOOTHING * space.market) / (whole + SMOOTHING))
    log_share[:, -1] = np.log(
        (counts[:, -1] + space.hold * space.market) / (whole[:, -1] + space.hold)
    )
    size = member.sum(axis=1)
    return log_share, np.log((size + 1.0) / (size.sum(axis=1, keepdims=True) + size.shape[1]))


def block_evidence(space: Space, counts: Floats, prior: float = PRIOR) -> tuple[Floats, Floats]:
    """Log evidence, batch × k × blocks, that a class answers a block in its own way, or as the
    market does.
    """
    own = _dirichlet(space, counts, prior)
    return own + np.log(OWN), space.sum_blocks(counts * np.log(space.market)) + np.log(1 - OWN)


def _dirichlet(space: Space, counts: Floats, weight: float) -> Floats:
    """Log evidence, batch × k × blocks, of counts whose shares are drawn around the market's with
    this weight.
    """
    prior, blocks = weight * space.market, space.sum_blocks(counts)
    levels = space.sum_blocks(gammaln(counts + prior) - gammaln(prior))
    return np.asarray(levels - gammaln(blocks + weight) + gammaln(weight))


def expect(
    space: Space, log_share: Floats, log_weight: Floats, weights: Floats
) -> tuple[Floats, Floats]:
    """Class probabilities, batch × rows × (k + 1), and the log likelihood of each element of the
    batch.
    """
    flat = space.memberships @ log_share.reshape(-1, log_share.shape[2]).T
    joint = flat.reshape(len(flat), *log_weight.shape).transpose(1, 0, 2) + log_weight[:, None, :]
    top = joint.max(axis=2, keepdims=True)
    joint = np.exp(joint - top)
    total = joint.sum(axis=2, keepdims=True)
    return joint / total, ((np.log(total) + top)[..., 0] * weights).sum(axis=1)


def count_answers(space: Space, member: Floats) -> Floats:
    """Answers of each class's members, batch × k × columns, as one product."""
    left = member.transpose(0, 2, 1)
    return np.asarray(
        (left.reshape(-1, left.shape[2]) @ space.memberships).reshape(*left.shape[:2], -1)
    )


def _evidence(
    space: Space, member: Floats, log_share: Floats, log_weight: Floats, likelihood: Floats
) -> Floats:
    """Cheeseman–Stutz: marginal likelihood of the completed data, corrected by how unsure the
    completion is.
    """
    counts, size = count_answers(space, member), member.sum(axis=1)
    own, same = block_evidence(space, counts)
    levels = np.logaddexp(own, same)[:, :-1].sum(axis=(1, 2))
    levels += _dirichlet(space, counts[:, -1:], space.hold)[:, 0].sum(axis=1)
    k = size.shape[1]
    mixing = gammaln(k) + gammaln(k) - gammaln(size.sum(axis=1) + k) + gammaln(size + 1).sum(axis=1)
    completed = (counts * log_share).sum(axis=(1, 2)) + (size * log_weight).sum(axis=1)
    return np.asarray(levels + mixing + likelihood - completed)


def kmeans_labels(points: Floats, weights: Floats, k: int, rng: Any) -> Ints:
    """k-means in the embedding, batch × rows: the tightest of three starts for each row of
    `weights`.
    """
    tries = [spread_starts(points, weights, k, rng) for _ in range(3)]
    spread = np.array(
        [
            [_within(points, row, weight, k) for row, weight in zip(labels, weights, strict=True)]
            for labels in tries
        ]
    )
    return np.asarray(np.array(tries)[spread.argmin(axis=0), np.arange(len(weights))])


def _within(points: Floats, labels: Ints, weight: Floats, k: int) -> float:
    member = np.eye(k)[labels] * weight[:, None]
    centres = member.T @ points / np.maximum(member.sum(axis=0), 1e-12)[:, None]
    return float((((points - centres[labels]) ** 2).sum(axis=1) * weight).sum())


def density_labels(points: Floats) -> Ints:
    """HDBSCAN in the embedding: −1 is noise, stays noise; labels in order of first appearance."""
    smallest = max(5, len(points) // 15)
    found = hdbscan.HDBSCAN(
        min_cluster_size=smallest, min_samples=5, core_dist_n_jobs=1
    ).fit_predict(points)
    return np.asarray(found, dtype=np.int64)
