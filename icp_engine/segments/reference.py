"""Reference data sets: the same margins and correlations as the best customers, but no clusters.

Comes in: a membership matrix. Goes out: as many matrices of the same shape as asked for, drawn from
a Gaussian copula. Separate because it answers one question only: would data without groups have
looked as grouped as this?

Every block gets latent normal scores (one for numbers, ordered levels and yes/no; one a level for
categories), drawn with the correlations of the data. Scores turn back into answers by rank,
categories by the largest score with offsets that keep each level's share. Unknown answers keep
their joint pattern. Cutting scores into levels weakens correlations somewhat, so for data made of
categories only the reference is a little easier to beat than for numbers. Source: Gaussian copula
(Nelsen 2006); testing clusters against such a null as in Hennig & Lin (2015).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import ndtri

from icp_engine.segments.features import Encoding, known_blocks

if TYPE_CHECKING:
    from icp_engine.types import Floats, Ints

OFFSET_ROUNDS = 8  # of moving a category's offsets towards its shares


@dataclass(frozen=True)
class BlockScores:
    """One block: its columns in the membership matrix, its columns in the score matrix, and its
    sorted answers.
    """

    columns: slice
    scores: slice
    answers: Floats  # positions (ascending) for ranked blocks, shares of the levels for categories
    ranked: bool


@dataclass(frozen=True)
class Copula:
    """Draws reference matrices. `root`: factor of the score covariance; `known`: which answers are
    known (0/1).
    """

    blocks: tuple[BlockScores, ...]
    root: Floats
    known: Floats

    def draw(self, rng: Any) -> Floats:
        """One reference matrix with as many rows as the data; same margins and correlations, no
        clusters.
        """
        rows = len(self.known)
        scores = rng.standard_normal((rows, len(self.root))) @ self.root.T
        scores += 1e-6 * rng.standard_normal(scores.shape)
        out = np.empty_like(self.known)
        for block in self.blocks:
            width = block.columns.stop - block.columns.start
            answer = _by_rank if block.ranked else _by_largest
            out[:, block.columns] = answer(scores[:, block.scores], block.answers, width)
        return np.asarray(out * self.known[rng.permutation(rows)])


def fit_copula(memberships: Floats, encoding: Encoding) -> Copula:
    """The copula of these rows (at least two)."""
    known = known_blocks(memberships, encoding.block_of)
    blocks, parts, at = [], [], 0
    for number, block in enumerate(encoding.blocks):
        columns = _columns(encoding.start, number, len(encoding.block_of))
        ranked = block.measure != "category" or len(block.levels) == 2
        rows, seen = memberships[:, columns], known[:, columns.start] > 0
        answers, scores = _ranked_scores(rows, seen) if ranked else _level_scores(rows, seen)
        blocks.append(BlockScores(columns, slice(at, at + scores.shape[1]), answers, ranked))
        parts.append(scores)
        at += scores.shape[1]
    return Copula(tuple(blocks), _root(np.hstack(parts)), known)


def _columns(start: Ints, number: int, width: int) -> slice:
    return slice(int(start[number]), int(start[number + 1]) if number + 1 < len(start) else width)


def _ranked_scores(rows: Floats, seen: Any) -> tuple[Floats, Floats]:
    """Sorted positions, and normal scores of mid-ranks (0 where unknown), scaled to variance 1."""
    position = rows[seen] @ np.arange(rows.shape[1])
    if len(position) == 0:
        return np.zeros(1), np.zeros((len(rows), 1))
    values, inverse, counts = np.unique(position, return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - counts / 2
    scores = np.zeros((len(rows), 1))
    scores[seen, 0] = ndtri(middle / len(position))[inverse]
    return np.repeat(values, counts), _unit(scores)


def _level_scores(rows: Floats, seen: Any) -> tuple[Floats, Floats]:
    share = rows[seen].mean(axis=0) if seen.any() else np.full(rows.shape[1], 1.0 / rows.shape[1])
    return share, _unit((rows - share) * seen[:, None])


def _unit(scores: Floats) -> Floats:
    return np.asarray(scores / np.maximum(scores.std(axis=0), 1e-9))


def _root(scores: Floats) -> Floats:
    covariance = scores.T @ scores / len(scores)
    values, vectors = np.linalg.eigh(covariance)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)))


def _by_rank(scores: Floats, positions: Floats, width: int) -> Floats:
    """The k-th smallest score takes the k-th smallest answer (spread over as many rows as there are
    scores).
    """
    rank = np.empty(len(scores), dtype=np.int64)
    rank[np.argsort(scores[:, 0], kind="stable")] = np.arange(len(scores))
    place = positions[rank * len(positions) // len(scores)]
    return np.asarray(np.clip(1 - np.abs(place[:, None] - np.arange(width)), 0, 1))


def _by_largest(scores: Floats, shares: Floats, width: int) -> Floats:
    """The level with the largest score plus offset; offsets move until each level has its share."""
    floor = 0.5 / len(scores)
    wanted = ndtri(np.clip(shares, floor, 1 - floor))
    offset = wanted.copy()
    for _ in range(OFFSET_ROUNDS):
        chosen = (scores + offset).argmax(axis=1)
        drawn = np.bincount(chosen, minlength=width) / len(scores)
        offset = offset + 0.8 * (wanted - ndtri(np.clip(drawn, floor, 1 - floor)))
    return np.asarray(np.eye(width)[(scores + offset).argmax(axis=1)])
