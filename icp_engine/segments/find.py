"""The segments of the best customers: is it a group, is it the best customers' group, and what is
it like.

Comes in: clean accounts, the attributes that may describe them, who is best, and what accounts are
worth. Goes out: `Segments`. Separate because it only composes: features → clustering → stability →
references → description. Value, outcomes and metrics never enter the grouping; they are looked at
beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from icp_engine.attributes.model import Attribute
from icp_engine.segments import describe, judge
from icp_engine.segments.clustering import Classes, Space
from icp_engine.segments.features import (
    Encoding,
    column_shares,
    fit_embedding,
    known_blocks,
    learn_encoding,
)
from icp_engine.segments.model import Segment, Segments
from icp_engine.segments.stability import (
    Candidate,
    choose,
    find_candidates,
    labels_of,
    stability_table,
)
from icp_engine.settings import Settings
from icp_engine.types import Estimate, Frame, Index, Progress, Series, Verdict

if TYPE_CHECKING:
    from icp_engine.types import Floats, Ints

MIN_BEST = 20
ALIKE = 0.5
SAMPLE_BEST = 2_000
SAMPLE_MARKET = 20_000
DIMENSIONS = 3
NO_GROUP = "in none"


@dataclass(frozen=True)
class Assigner:
    """Gives any accounts their nearest segment; missing columns and values are unknown, not “no”."""

    encoding: Encoding
    classes: Classes
    names: tuple[str, ...]
    # the same groups with the weights they have in the whole market
    in_market: Classes | None = None
    # segment → groups it is merged from; (): each group is a segment
    parts: tuple[tuple[int, ...], ...] = ()

    def __call__(self, frame: Frame) -> Frame:
        """Columns segment (nearest label, −1: too unlike or nothing known), name, confidence 0–1,
        alike; frame's index.

        Confidence is the chance that the account belongs to that segment rather than to another or
        to none, given how common each is in the market: from 0.5 on an account is `alike`
        (“accounts like these”), below that it is only nearest to it.
        """
        memberships = self.encoding.encode(frame)
        chance = self.classes.probabilities(memberships)
        labels = (
            np.where(memberships.any(axis=1), labels_of(chance), -1)
            if self.names
            else labels_of(chance[:, -1:])
        )
        labels, chance = self._merged(labels), self._together(chance)
        likely = (
            chance
            if self.in_market is None
            else self._together(self.in_market.probabilities(memberships))
        )
        own = likely[np.arange(len(likely)), np.maximum(labels, 0)]
        names = np.array([*self.names, NO_GROUP], dtype=object)[labels]
        confidence = np.where(labels < 0, 0.0, own)
        columns = {
            "segment": labels,
            "name": names,
            "confidence": confidence,
            "alike": confidence >= ALIKE,
        }
        return pd.DataFrame(columns, index=frame.index)

    def _together(self, chance: Floats) -> Floats:
        """Chances of merged groups added up; the last column stays the background."""
        if not self.parts:
            return chance
        merged = [chance[:, list(part)].sum(axis=1) for part in self.parts]
        return np.column_stack([*merged, chance[:, -1]])

    def _merged(self, labels: Ints) -> Ints:
        """Labels of groups → labels of the segments they were merged into: a merge moves nobody
        else.
        """
        if not self.parts:
            return labels
        place = np.full(self.classes.k + 1, -1)
        for segment, part in enumerate(self.parts):
            place[list(part)] = segment
        return np.asarray(place[labels])

    def chances(self, frame: Frame) -> Floats:
        """Rows × (segments + 1): the chance of belonging to each segment among the best; last: to
        none.
        """
        return self._together(self.classes.probabilities(self.encoding.encode(frame)))


@dataclass(frozen=True)
class Ground:
    """Everything the search works on: the sampled best, the sampled market, and how accounts are
    encoded.
    """

    best: Frame
    market: Frame
    encoding: Encoding
    space: Space


def find_segments(
    accounts: Frame,
    attributes: tuple[Attribute, ...],
    best: Index,
    others: Index,
    value: Series,
    metrics: Frame,
    settings: Settings,
    progress: Progress | None = None,
) -> Segments:
    """Group the best customers by their attributes and say how far the groups can be trusted.

    accounts: by account_id, clean columns. best, others: disjoint account_ids; others are judged
    customers that are not best. value: worth per account (missing counts as 0). metrics: by
    account_id, shown as medians beside each segment, never used to group. `settings.segments_k`
    fixes the number. Under 20 best: verdict “too_little_data”.
    """
    say = progress or (lambda what, share: None)
    if len(best) < MIN_BEST:
        return _nothing(best, judge.too_little(len(best), MIN_BEST))
    rng = np.random.default_rng(settings.seed)
    ground = _prepare(accounts, attributes, best, others, settings, rng)
    if ground.encoding.width == 0:
        return _nothing(best, judge.no_attributes())
    say("Looking for groups that repeat", 0.1)
    candidates = find_candidates(
        ground.space,
        settings.resamples,
        rng,
        settings.segments_k,
        lambda share: say("Resampling", 0.1 + 0.5 * share),
    )
    chosen = choose(candidates)
    say("Comparing with data without groups", 0.6)
    tests = judge.compare_with_references(ground.space, ground.encoding, chosen, rng)
    represented = _represented(ground, chosen, best, others, rng)
    verdict = judge.overall(chosen, tests, represented, len(best))
    say("Describing the segments", 0.9)
    shown = chosen.k >= 1 and (
        verdict.level != "none" or chosen.k == 1 or settings.segments_k is not None
    )
    table = stability_table(candidates, chosen)
    return _build(
        accounts,
        attributes,
        best,
        value,
        metrics,
        ground,
        chosen,
        tests,
        represented,
        verdict,
        table,
        shown,
    )


def _prepare(
    accounts: Frame,
    attributes: tuple[Attribute, ...],
    best: Index,
    others: Index,
    settings: Settings,
    rng: Any,
) -> Ground:
    names = [attribute.name for attribute in attributes if attribute.name in accounts.columns]
    everyone = best.append(others)
    market = accounts.loc[_sample(everyone, SAMPLE_MARKET, rng), names]
    encoding = learn_encoding(market, attributes, settings.levels_max)
    sample = accounts.loc[_sample(best, SAMPLE_BEST, rng), names]
    memberships = encoding.encode(sample)
    embedding = fit_embedding(memberships, encoding.block_of, DIMENSIONS)
    points = embedding.place(memberships, encoding.block_of)
    space = Space(
        memberships, points, _market_shares(encoding, market), encoding.start, encoding.block_of
    )
    return Ground(sample, market, encoding, space)


def _sample(index: Index, most: int, rng: Any) -> Index:
    if len(index) <= most:
        return index
    return index[np.sort(rng.choice(len(index), most, replace=False))]


def _market_shares(encoding: Encoding, market: Frame) -> Floats:
    """Share of each column among the market's known answers, half an account added so that none is
    0.
    """
    memberships = encoding.encode(market)
    if encoding.width == 0:
        return np.zeros(0)
    known = known_blocks(memberships, encoding.block_of).sum(axis=0)
    counts = column_shares(memberships, encoding.block_of) * known + 0.5
    return np.asarray(counts / np.add.reduceat(counts, encoding.start)[encoding.block_of])


def _represented(
    ground: Ground, chosen: Candidate, best: Index, others: Index, rng: Any
) -> list[Estimate]:
    """Per group: share of best among its likely members, divided by the share of best overall.

    The best are placed by classes fitted without them (five folds), so that fitting alone favours
    nobody.
    """
    if chosen.k == 0:
        return []
    own, everyone = judge.placed_without_themselves(
        ground.space, chosen, ground.encoding.encode(ground.market), rng
    )
    other = everyone[~ground.market.index.isin(best)]
    scale_best = len(best) / len(own)
    scale_rest = len(others) / max(len(other), 1)
    overall = len(best) / max(len(best) + len(others), 1)
    return [
        judge.over_represented(
            int((own == j).sum()), int((other == j).sum()), scale_best, scale_rest, overall
        )
        for j in range(chosen.k)
    ]


def _nothing(best: Index, verdict: Verdict) -> Segments:
    labels = pd.Series(-1, index=best, dtype="int64", name="segment")
    none = pd.DataFrame(columns=["method", "k", "stability", "coverage", "score", "chosen"])
    empty = pd.DataFrame({"x": 0.0, "y": 0.0, "label": -1}, index=best)
    classes = Classes(np.zeros((1, 0)), np.zeros(1), 0.0)
    nobody = Assigner(learn_encoding(pd.DataFrame(index=best), (), 2), classes, ())
    return Segments(labels, (), verdict, none, empty, "none", nobody)


def _build(
    accounts: Frame,
    attributes: tuple[Attribute, ...],
    best: Index,
    value: Series,
    metrics: Frame,
    ground: Ground,
    chosen: Candidate,
    tests: judge.GroupTest,
    represented: list[Estimate],
    verdict: Verdict,
    table: Frame,
    shown: bool,
) -> Segments:
    people = accounts.loc[best]
    worth = value.reindex(best).to_numpy(float, na_value=np.nan)
    memberships = ground.encoding.encode(people)
    labels = (
        labels_of(chosen.classes.probabilities(memberships)) if shown else np.full(len(best), -1)
    )
    points = fit_embedding(ground.space.memberships, ground.space.block_of, DIMENSIONS).place(
        memberships, ground.space.block_of
    )
    order = _by_value(labels, worth, chosen.k) if shown else np.zeros(0, dtype=np.int64)
    labels = _renumber(labels, order)
    traits = describe.trait_matrix(people, ground.market, attributes)
    segments = tuple(
        _segment(
            label,
            int(old),
            labels == label,
            people,
            worth,
            metrics,
            traits,
            points,
            chosen,
            tests,
            represented,
        )
        for label, old in enumerate(order)
    )
    classes = _reorder(chosen.classes, order)
    market = (
        judge.in_market(classes, ground.encoding.encode(ground.market), ground.space.market)
        if segments
        else None
    )
    assigner = Assigner(
        ground.encoding, classes, tuple(segment.name for segment in segments), market
    )
    series = pd.Series(labels, index=best, dtype="int64", name="segment")
    layout = pd.DataFrame(
        {"x": points[:, 0], "y": points[:, min(1, points.shape[1] - 1)], "label": labels},
        index=best,
    )
    return Segments(series, segments, verdict, table, layout, chosen.method, assigner)


def _by_value(labels: Ints, worth: Floats, k: int) -> Ints:
    """Old labels, largest total value first (ties by size); groups without accounts last."""
    amounts = np.maximum(np.nan_to_num(worth, nan=0.0), 0.0)
    totals = np.array([amounts[labels == j].sum() for j in range(k)])
    sizes = np.array([(labels == j).sum() for j in range(k)])
    order = np.lexsort((-sizes, -totals))
    return np.asarray([j for j in order if sizes[j] > 0], dtype=np.int64)


def _renumber(labels: Ints, order: Ints) -> Ints:
    place = {int(old): new for new, old in enumerate(order)}
    return np.array([place.get(int(label), -1) for label in labels], dtype=np.int64)


def _reorder(classes: Classes, order: Ints) -> Classes:
    rows = np.append(order, classes.k)
    return Classes(classes.log_share[rows], classes.log_weight[rows], classes.evidence)


def _segment(
    label: int,
    old: int,
    inside: Any,
    people: Frame,
    worth: Floats,
    metrics: Frame,
    traits: Any,
    points: Floats,
    chosen: Candidate,
    tests: judge.GroupTest,
    represented: list[Estimate],
) -> Segment:
    items, held, known = traits
    found = describe.segment_traits(items, held, known, inside)
    key = describe.segment_key(found, label)
    share = describe.share_estimate(int(inside.sum()), len(people))
    value_share = describe.value_share(worth, inside)
    medians = metrics.reindex(people.index[inside]).median(numeric_only=True).dropna()
    return Segment(
        label,
        key,
        describe.segment_name(found, label),
        int(inside.sum()),
        share,
        value_share,
        float(chosen.jaccard[old]),
        represented[old],
        found[list(describe.TRAIT_COLUMNS)],
        describe.medoids(points, inside, people.index),
        {str(name): float(v) for name, v in medians.items()},
        describe.sentence(share, int(inside.sum()), value_share, found),
        judge.one_group(chosen, old, tests, represented[old]),
    )
