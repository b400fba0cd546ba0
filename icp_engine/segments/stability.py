"""Which grouping repeats: every candidate method and number of groups, judged on resamples.

Comes in: the clustering `Space`. Goes out: `Candidate`s with stability per group, coverage and
evidence, and the choice. Separate from clustering because it treats every method alike, and from
references because it simulates nothing.

Stability: mean over bootstrap resamples of the largest Jaccard similarity between a group and a
group found on the resample (Hennig 2007: ≥ 0.75 stable, ≥ 0.6 a pattern, < 0.5 dissolved).
Coverage: share of accounts in a group. Whether there are groups at all is asked of evidence and
resamples; which, of the partition averaged over the posterior (`posterior`), which needs no number
of groups. Where it finds none, latent classes with the number whose weakest group repeats best,
weighed by k^0.6 and by evidence (20 nats weigh as much as a factor e of stability).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from icp_engine.segments import clustering, posterior
from icp_engine.segments.clustering import Classes, Space
from icp_engine.types import Frame

if TYPE_CHECKING:
    from icp_engine.types import Floats, Ints

PATTERN = 0.5  # below, a group dissolves (Hennig 2007)
REPEATS = 0.6
NATS = 20.0  # evidence that weighs as much as a factor e of stability
STABLE = 0.75
COVERAGE = 0.5
NOISE = 0.98  # an account this likely to be background belongs to no group
K_MAX = 6
PER_GROUP = 12  # no number of groups that leaves fewer accounts in each
DENSITY_RESAMPLES = 10
AVERAGED, LATENT, KMEANS, DENSITY = (
    "latent classes, averaged",
    "latent classes",
    "k-means",
    "HDBSCAN",
)


@dataclass(frozen=True)
class Candidate:
    """One way to group the best customers. `jaccard` stability 0–1 per group, `labels` −1 for none."""

    method: str
    k: int
    classes: Classes
    labels: Ints
    jaccard: Floats
    coverage: float

    @property
    def stability(self) -> float:
        """Mean stability over groups (1 for a single group, which cannot fall apart)."""
        return float(self.jaccard.mean()) if len(self.jaccard) else 1.0

    @property
    def score(self) -> float:
        """How many groups repeat: stability of the weakest times k^0.6 (0 under two groups)."""
        return float(self.jaccard.min() * self.k**0.6) if self.k > 1 else 0.0

    @property
    def repeats(self) -> bool:
        """Whether the grouping comes back on resamples and covers enough accounts."""
        return self.k < 2 or (self.stability >= REPEATS and self.coverage >= COVERAGE)


def labels_of(probabilities: Floats) -> Ints:
    """The likeliest group, −1 where the background has more than `NOISE` (or there is no group)."""
    if probabilities.shape[1] < 2:
        return np.full(len(probabilities), -1, dtype=np.int64)
    nearest = probabilities[:, :-1].argmax(axis=1)
    return np.where(probabilities[:, -1] > NOISE, -1, nearest).astype(np.int64)


def group_jaccard(labels: Ints, other: Ints, k: int) -> Floats:
    """For each of `labels`' k groups, the largest Jaccard similarity with a group of `other` (−1 is
    no group).
    """
    first = (labels[:, None] == np.arange(k)).astype(float)
    second = (other[:, None] == np.arange(max(int(other.max(initial=-1)) + 1, 1))).astype(float)
    both = first.T @ second
    either = first.sum(axis=0)[:, None] + second.sum(axis=0)[None, :] - both
    return np.asarray((both / np.maximum(either, 1.0)).max(axis=1))


def find_candidates(
    space: Space,
    resamples: int,
    rng: Any,
    forced_k: int | None = None,
    report: Callable[[float], None] | None = None,
) -> list[Candidate]:
    """No group, one group, and every method at every number of groups (or at `forced_k` only)."""
    rows = len(space.memberships)
    weights = rng.multinomial(rows, np.full(rows, 1 / rows), size=resamples).astype(float)
    most = max(1, min(K_MAX, rows // PER_GROUP))
    numbers = list(range(most + 1)) if forced_k is None else [min(forced_k, rows)]
    candidates = []
    for done, k in enumerate(numbers):
        candidates += _candidates_of(space, k, weights, rng)
        if report:
            report((done + 1) / len(numbers))
    candidates += _averaged_candidate(space, forced_k, weights, rng) if max(numbers) > 1 else []
    if forced_k is None:
        candidates += _density_candidate(space, weights[:DENSITY_RESAMPLES])
    return candidates


def _candidates_of(space: Space, k: int, weights: Floats, rng: Any) -> list[Candidate]:
    if k < 2:
        classes = clustering.fit_classes(space, k, rng)
        labels = labels_of(classes.probabilities(space.memberships))
        return [Candidate(LATENT, k, classes, labels, np.ones(k), float((labels >= 0).mean()))]
    found = [_latent_candidate(space, k, weights, rng), _kmeans_candidate(space, k, weights, rng)]
    return [candidate for candidate in found if candidate is not None]


def _latent_candidate(space: Space, k: int, weights: Floats, rng: Any) -> Candidate | None:
    classes = clustering.fit_classes(space, k, rng)
    labels = labels_of(classes.probabilities(space.memberships))
    if len(np.unique(labels[labels >= 0])) < k:  # a class without accounts: k is too many
        return None
    guess = clustering.first_guess(space, weights, k, rng)
    fits = clustering.fit_batch(space, guess, weights, best_only=False)
    again = [labels_of(fit.probabilities(space.memberships)) for fit in fits]
    jaccard = np.mean([group_jaccard(labels, other, k) for other in again], axis=0)
    return Candidate(LATENT, k, classes, labels, jaccard, float((labels >= 0).mean()))


def _kmeans_candidate(space: Space, k: int, weights: Floats, rng: Any) -> Candidate:
    labels = clustering.kmeans_labels(space.points, np.ones((1, len(space.points))), k, rng)[0]
    labels = np.unique(labels, return_inverse=True)[1].astype(np.int64)
    k = int(labels.max()) + 1
    again = clustering.spread_starts(space.points, weights, k, rng)
    jaccard = np.mean([group_jaccard(labels, other, k) for other in again], axis=0)
    return Candidate(KMEANS, k, clustering.classes_of_labels(space, labels), labels, jaccard, 1.0)


def _averaged_candidate(
    space: Space, forced_k: int | None, weights: Floats, rng: Any
) -> list[Candidate]:
    """The partition that agrees best with all posterior draws; none where it has no two groups (or
    not the k asked).
    """
    draws = posterior.sample_memberships(
        space, np.ones((posterior.CHAINS, len(space.memberships))), rng
    )
    labels = posterior.find_partition(posterior.together(draws), forced_k)
    k = int(labels.max()) + 1
    if k < 2 or forced_k not in (None, k):
        return []
    classes = clustering.classes_of_labels(space, labels)
    labels = labels_of(classes.probabilities(space.memberships))
    again = posterior.group_again(space, weights, rng)
    jaccard = np.mean([group_jaccard(labels, other, k) for other in again], axis=0)
    return [Candidate(AVERAGED, k, classes, labels, jaccard, float((labels >= 0).mean()))]


def _density_candidate(space: Space, weights: Floats) -> list[Candidate]:
    labels = clustering.density_labels(space.points)
    k = int(labels.max()) + 1
    if k < 2:
        return []
    jaccard = np.mean(
        [_density_again(space.points, labels, k, weight > 0) for weight in weights], axis=0
    )
    classes = clustering.classes_of_labels(space, labels)
    return [Candidate(DENSITY, k, classes, labels, jaccard, float((labels >= 0).mean()))]


def _density_again(points: Floats, labels: Ints, k: int, drawn: Any) -> Floats:
    return group_jaccard(labels[drawn], clustering.density_labels(points[drawn]), k)


def choose(candidates: list[Candidate]) -> Candidate:
    """The averaged partition; where it has no two groups, the latent classes whose groups repeat
    best, then others.

    Without groups that repeat, or when no group at all explains the data best: one group or none,
    by evidence.
    """
    best = max(candidates, key=_evidence)
    split = [candidate for candidate in candidates if candidate.k > 1]
    averaged = [candidate for candidate in split if candidate.method == AVERAGED]
    repeating = [
        candidate for candidate in split if candidate.repeats or _holds_on_average(candidate)
    ]
    whole = [candidate for candidate in candidates if candidate.k < 2]
    if not split or (whole and (best.k == 0 or not repeating)):
        return max(whole or candidates, key=_evidence)
    pool = repeating or split
    if averaged:
        return averaged[0]
    latent = [candidate for candidate in pool if candidate.method == LATENT]
    return (
        max(latent, key=_repeats_and_explains)
        if latent
        else max(pool, key=lambda candidate: candidate.score)
    )


def _holds_on_average(candidate: Candidate) -> bool:
    """The averaged partition need only not dissolve: its resamples are single short chains."""
    return (
        candidate.method == AVERAGED
        and candidate.stability >= PATTERN
        and candidate.coverage >= COVERAGE
    )


def _repeats_and_explains(candidate: Candidate) -> float:
    """Log of the stability score plus evidence in units of NATS: with many accounts the evidence
    decides, with few the resamples do.
    """
    return float(np.log(max(candidate.score, 1e-6)) + candidate.classes.evidence / NATS)


def _evidence(candidate: Candidate) -> float:
    return candidate.classes.evidence


def stability_table(candidates: list[Candidate], chosen: Candidate) -> Frame:
    """One row a candidate: method, k, stability and coverage 0–1, score as in `Candidate`, evidence
    in nats, chosen.
    """
    return pd.DataFrame(
        {
            "method": [candidate.method for candidate in candidates],
            "k": [candidate.k for candidate in candidates],
            "stability": [candidate.stability for candidate in candidates],
            "coverage": [candidate.coverage for candidate in candidates],
            "score": [candidate.score for candidate in candidates],
            "evidence": [candidate.classes.evidence for candidate in candidates],
            "chosen": [candidate is chosen for candidate in candidates],
        }
    )
