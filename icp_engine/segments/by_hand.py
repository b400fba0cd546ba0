"""What a person makes of the segments: names of their own, and segments merged, with what a merge
costs.

Comes in: `Segments` as found, settings. Goes out: `Segments`, `MergeCost`. Separate because names
and merges change often and finding groups takes seconds: this takes milliseconds, and never moves
an account on its own account.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from icp_engine.segments import describe
from icp_engine.segments.find import Assigner
from icp_engine.segments.judge import LEVELS, weaker
from icp_engine.segments.model import Segment, Segments
from icp_engine.segments.people import People, describe_group
from icp_engine.settings import Settings
from icp_engine.stats.proportions import wilson
from icp_engine.types import NOT_APPLICABLE, Estimate, Series, Verdict, VerdictLevel
from icp_engine.wording.shares import percent

CLEARLY = 0.9  # chance from which an account belongs clearly to one of two segments


@dataclass(frozen=True)
class MergeCost:
    """What is given up when two segments become one.

    accounts: best customers in the two; clear: those of them whose chance of one of the two, given
    it is one of them, is at least 0.9. traits: traits of either that the merged segment no longer
    has. sentence: both in words.
    """

    accounts: int
    clear: int
    traits: tuple[str, ...]
    sentence: str


def apply_by_hand(found: Segments, people: People, settings: Settings) -> Segments:
    """The segments merged and named as a person said; keys that no segment has are passed over.

    A merged segment takes the key of the one it is merged into; its stability is the least of its
    parts', its verdict the weakest of theirs. Labels stay in the order of value.
    """
    groups = merge_groups([segment.key for segment in found.segments], settings.segment_merges)
    merged = found if all(len(group) == 1 for group in groups) else _merge(found, groups, people)
    return _rename(merged, settings.segment_names)


def merge_groups(keys: list[str], merges: Mapping[str, str]) -> list[list[int]]:
    """Positions of `keys` that belong together, each group led by the one merged into; in order of
    first position.
    """
    place = {key: position for position, key in enumerate(keys)}
    leader = {position: _follow(key, merges, place) for key, position in place.items()}
    groups: dict[int, list[int]] = {}
    for position in range(len(keys)):
        first = leader.get(position, position)
        groups.setdefault(first, [first])
        if position != first:
            groups[first].append(position)
    return list(groups.values())


def _follow(key: str, merges: Mapping[str, str], place: Mapping[str, int]) -> int:
    """Where a chain of merges ends; a circle ends in its first member, so that nobody is lost."""
    path = [key]
    while (onwards := merges.get(path[-1], "")) in place:
        if onwards in path:
            return min(place[name] for name in path[path.index(onwards) :])
        path.append(onwards)
    return place[path[-1]]


def _merge(found: Segments, groups: list[list[int]], people: People) -> Segments:
    order = _by_value(found, groups, people.value)
    groups = [groups[at] for at in order]
    place = {old: new for new, group in enumerate(groups) for old in group}
    labels = found.labels.map(lambda label: place.get(int(label), -1)).astype("int64")
    segments = tuple(
        replace(found.segments[group[0]], label=new)
        if len(group) == 1
        else _one(found, [found.segments[at] for at in group], new, labels, people)
        for new, group in enumerate(groups)
    )
    layout = found.map.assign(label=labels.reindex(found.map.index).fillna(-1).astype("int64"))
    return replace(
        found,
        labels=labels,
        segments=segments,
        map=layout,
        assign=_assigner(found, groups, tuple(segment.name for segment in segments)),
    )


def _by_value(found: Segments, groups: list[list[int]], value: Series) -> list[int]:
    worth = value.reindex(found.labels.index).fillna(0.0).clip(lower=0.0)
    totals = [float(worth[found.labels.isin(group)].sum()) for group in groups]
    return sorted(range(len(groups)), key=lambda at: (-totals[at], at))


def _assigner(found: Segments, groups: list[list[int]], names: tuple[str, ...]) -> Assigner:
    assert isinstance(found.assign, Assigner)
    return replace(found.assign, names=names, parts=tuple(tuple(group) for group in groups))


def _one(
    found: Segments, parts: list[Segment], label: int, labels: Series, people: People
) -> Segment:
    """One segment of several, described anew from its accounts."""
    inside = (labels.reindex(people.best) == label).to_numpy(bool)
    traits = describe_group(people, inside)
    share = describe.share_estimate(int(inside.sum()), len(people.best))
    worth = describe.value_share(
        people.value.reindex(people.best).to_numpy(float, na_value=np.nan), inside
    )
    medians = people.metrics.reindex(people.best[inside]).median(numeric_only=True).dropna()
    points = found.map.reindex(people.best)[["x", "y"]].to_numpy(float)
    return replace(
        parts[0],
        label=label,
        name=describe.segment_name(traits, label),
        size=int(inside.sum()),
        share=share,
        value_share=worth,
        stability=min(part.stability for part in parts),
        represented=_represented(parts, people),
        traits=traits[list(describe.TRAIT_COLUMNS)],
        examples=describe.medoids(points, inside, people.best),
        values={str(name): float(v) for name, v in medians.items()},
        sentence=describe.sentence(share, int(inside.sum()), worth, traits),
        verdict=_verdict(parts),
    )


def _represented(parts: list[Segment], people: People) -> Estimate:
    """Share of best among all that are likely members of any part, over the share overall."""
    overall = len(people.best) / max(len(people.best) + len(people.others), 1)
    known = [part.represented for part in parts if part.represented.value is not None]
    n = sum(estimate.n for estimate in known)
    if not n or not overall:
        return NOT_APPLICABLE
    share = sum((estimate.value or 0.0) * overall * estimate.n for estimate in known) / n
    low, high = wilson(share * n, n)
    return Estimate(share / overall, float(low) / overall, float(high) / overall, n)


def _verdict(parts: list[Segment]) -> Verdict:
    level: VerdictLevel = parts[0].verdict.level
    for part in parts[1:]:
        both = level in LEVELS and part.verdict.level in LEVELS
        level = weaker(level, part.verdict.level) if both else "none"
    named = " and ".join(f"“{part.name}”" for part in parts)
    because = tuple(reason for part in parts for reason in part.verdict.because)
    return Verdict(
        level, f"Merged by hand from {named}; the evidence is that of the weaker one.", because
    )


def _rename(found: Segments, names: Mapping[str, str]) -> Segments:
    if not any(segment.key in names for segment in found.segments):
        return found
    segments = tuple(
        replace(segment, name=names.get(segment.key, segment.name)) for segment in found.segments
    )
    assign = found.assign
    if isinstance(assign, Assigner):
        assign = replace(assign, names=tuple(segment.name for segment in segments))
    return replace(found, segments=segments, assign=assign)


def weigh_merge(found: Segments, first: str, second: str, people: People) -> MergeCost:
    """What merging two segments (by key) would give up: accounts told apart clearly, and traits no
    longer seen.

    KeyError where a key is no segment's.
    """
    known = {segment.key: segment for segment in found.segments}
    one, other = known[first], known[second]
    pair = found.labels.reindex(people.best).isin([one.label, other.label]).to_numpy(bool)
    assert isinstance(found.assign, Assigner)
    chance = found.assign.chances(people.accounts.loc[people.best[pair]])[
        :, [one.label, other.label]
    ]
    own = chance.max(axis=1) / np.maximum(chance.sum(axis=1), 1e-12)
    clear, accounts = int((own >= CLEARLY).sum()), int(pair.sum())
    kept = {(row.attribute, row.value) for row in describe_group(people, pair).itertuples()}
    lost = tuple(
        f"{row.attribute}: {row.value}"
        for segment in (one, other)
        for row in segment.traits.itertuples()
        if (row.attribute, row.value) not in kept
    )
    return MergeCost(accounts, clear, lost, _cost_sentence(one, other, accounts, clear, lost))


def _cost_sentence(
    one: Segment, other: Segment, accounts: int, clear: int, lost: tuple[str, ...]
) -> str:
    told = f"{clear} of the {accounts} best customers in “{one.name}” and “{other.name}” belong clearly to one of them"
    much = "a clear difference is given up" if clear >= 0.75 * accounts else "little is given up"
    gone = f" {len(lost)} of their traits no longer mark the merged segment." if lost else ""
    return f"{told} (chance of {percent(CLEARLY)} or more): {much}.{gone}"
