"""Segments named and merged by a person: nobody else moves, the cost is measured, and it can be
taken back.
"""

import numpy as np
import pytest

from icp_engine import Settings, Study
from icp_engine.segments.by_hand import merge_groups
from sample_data.markets import planted_market


@pytest.fixture(scope="module")
def study():
    market = planted_market(4, 500)
    return Study.open(
        {"accounts": market.accounts},
        settings=Settings(as_of="2026-09-30", resamples=10, segments_k=3),
    )


@pytest.fixture(scope="module")
def merged(study):
    first, second = (segment.key for segment in study.segments.segments[:2])
    return study.replace(segment_merges={second: first})


def test_a_merge_makes_one_of_two_and_moves_nobody_else(study, merged):
    before, now = study.segments, merged.segments
    assert len(now.segments) == len(before.segments) - 1
    together = before.labels.isin([0, 1])
    key = before.segments[0].key
    label = next(segment.label for segment in now.segments if segment.key == key)
    assert (now.labels[together] == label).all() and (now.labels[before.labels == -1] == -1).all()
    assert sum(segment.size for segment in now.segments) == sum(
        segment.size for segment in before.segments
    )


def test_accounts_are_assigned_to_merged_segments_as_they_are_labelled(merged):
    found = merged.segments.assign(merged.accounts.loc[merged.segments.labels.index])
    assert (found["segment"] == merged.segments.labels).all()
    assert found["confidence"].between(0, 1.0000001).all()


def test_a_merged_segment_is_described_anew_and_no_surer_than_its_parts(study, merged):
    parts = study.segments.segments[:2]
    whole = next(segment for segment in merged.segments.segments if segment.key == parts[0].key)
    assert whole.size == parts[0].size + parts[1].size
    assert whole.stability == min(part.stability for part in parts)
    assert whole.value_share.value == pytest.approx(sum(part.value_share.value for part in parts))
    assert "Merged by hand" in whole.verdict.sentence and len(whole.traits)


def test_names_and_merges_need_no_new_search(study, merged):
    named = merged.replace(segment_names={merged.segments.segments[0].key: "Ours"})
    assert named.found_segments is study.found_segments
    assert named.segments.segments[0].name == "Ours"
    assert "Ours" in set(named.segments.assign(named.accounts)["name"])


def test_taking_a_merge_back_restores_what_was_found(study, merged):
    assert merged.replace(segment_merges={}).segments.labels.equals(study.segments.labels)


def test_the_cost_counts_accounts_that_are_told_apart(study):
    cost = study.weigh_merge(*(segment.key for segment in study.segments.segments[:2]))
    assert (
        0
        < cost.clear
        <= cost.accounts
        == sum(segment.size for segment in study.segments.segments[:2])
    )
    assert "belong clearly to one of them" in cost.sentence and cost.traits


@pytest.mark.parametrize(
    ("merges", "groups"),
    [
        ({}, [[0], [1], [2]]),
        ({"b": "a"}, [[0, 1], [2]]),
        ({"a": "c"}, [[2, 0], [1]]),
        ({"a": "b", "b": "c"}, [[2, 0, 1]]),
        ({"a": "gone"}, [[0], [1], [2]]),
        ({"a": "a"}, [[0], [1], [2]]),
    ],
)
def test_merges_lead_to_whom_they_name(merges, groups):
    found = merge_groups(["a", "b", "c"], merges)
    assert sorted(map(sorted, found)) == sorted(map(sorted, groups))
    assert {group[0] for group in found} == {group[0] for group in groups}


def test_a_circle_of_merges_loses_nobody():
    assert sorted(np.concatenate(merge_groups(["a", "b"], {"a": "b", "b": "a"})).tolist()) == [0, 1]


def test_each_trait_is_counted_in_every_segment(study):
    table = study.segment_traits
    first = study.segments.segments[0]
    top = first.traits.iloc[0]
    row = table[
        (table["attribute"] == top["attribute"])
        & (table["value"] == top["value"])
        & (table["segment"] == first.name)
    ].iloc[0]
    assert (row["count"], row["known"]) == (top["n_here"], top["known_here"]) and row[
        "share"
    ] == top["here"]
    assert set(table["segment"]) == {segment.name for segment in study.segments.segments} | {
        "all best",
        "all judged",
    }


def test_what_marks_a_chosen_group_is_what_marks_the_segment_it_is(study):
    first = study.segments.segments[0]
    chosen = study.describe_best(study.segments.labels.index[study.segments.labels == first.label])
    assert list(chosen["value"]) == list(first.traits["value"])
    assert study.describe_best([]).empty
