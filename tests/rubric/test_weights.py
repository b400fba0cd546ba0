"""Weights: some are set, the others follow, the sum stays 100."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icp_engine.rubric.model import Criterion, Group, Level, Match, Rubric
from icp_engine.rubric.weights import CLASSIC_TOTALS, group_totals, share_out, with_group_totals


def make_rubric(
    weights: dict[str, int],
    groups: dict[str, str] | None = None,
    locked: dict[str, int] | None = None,
) -> Rubric:
    groups = groups or dict.fromkeys(weights, "must_have")
    levels = (Level(label="yes", fit=20, tests=(Match(values=("yes",)),)),)
    return Rubric(
        criteria=tuple(
            Criterion(
                name=name, group=groups[name], weight=weight, attributes=(name,), levels=levels
            )
            for name, weight in weights.items()
        ),
        groups=tuple(
            Group(key=key, name=key, locked_total=(locked or {}).get(key))
            for key in ("must_have", "growth", "technical")
        ),
    )


def weights_of(rubric: Rubric) -> dict[str, int]:
    return {criterion.name: criterion.weight for criterion in rubric.criteria}


def test_the_others_change_in_proportion():
    assert weights_of(make_rubric({"a": 50, "b": 30, "c": 20}).with_weights({"a": 0})) == {
        "a": 0,
        "b": 60,
        "c": 40,
    }


def test_ties_in_rounding_go_to_the_first_name():
    assert share_out(10, {"a": 1, "b": 1, "c": 1}) == {"a": 4, "b": 3, "c": 3}


def test_a_locked_group_keeps_its_total():
    rubric = make_rubric(
        {"a": 30, "b": 10, "c": 60},
        {"a": "must_have", "b": "must_have", "c": "growth"},
        {"must_have": 40},
    )
    assert weights_of(rubric.with_weights({"a": 10})) == {"a": 10, "b": 30, "c": 60}


def test_a_locked_group_gives_way_to_a_larger_weight():
    rubric = make_rubric(
        {"a": 30, "b": 10, "c": 60},
        {"a": "must_have", "b": "must_have", "c": "growth"},
        {"must_have": 40},
    )
    assert weights_of(rubric.with_weights({"a": 70})) == {"a": 70, "b": 0, "c": 30}


@pytest.mark.parametrize(
    "asked", [{"a": 101}, {"a": -1}, {"x": 5}, {"a": 60, "b": 50}, {"a": 10, "b": 10, "c": 10}]
)
def test_impossible_weights_are_refused(asked):
    with pytest.raises(ValueError):
        make_rubric({"a": 50, "b": 30, "c": 20}).with_weights(asked)


@given(
    st.lists(st.integers(0, 100), min_size=2, max_size=12).filter(lambda w: sum(w) > 0),
    st.integers(0, 100),
    st.lists(st.sampled_from(["must_have", "growth", "technical"]), min_size=12, max_size=12),
    st.integers(0, 100),
)
def test_weights_always_sum_to_100_and_the_one_asked_for_is_kept(raw, asked, groups, locked):
    names = [f"c{i}" for i in range(len(raw))]
    weights = share_out(100, dict(zip(names, raw, strict=True)))
    rubric = make_rubric(weights, dict(zip(names, groups, strict=False)), {"growth": locked})
    moved = weights_of(rubric.with_weights({"c0": asked}))
    assert sum(moved.values()) == 100
    assert moved["c0"] == asked


def test_group_totals_are_shared_out_in_proportion_within_each_group():
    rubric = make_rubric(
        {"a": 60, "b": 20, "c": 15, "d": 5},
        {"a": "must_have", "b": "must_have", "c": "growth", "d": "technical"},
    )
    classic = with_group_totals(rubric, CLASSIC_TOTALS)
    assert group_totals(classic) == CLASSIC_TOTALS
    assert weights_of(classic) == {"a": 30, "b": 10, "c": 30, "d": 30}


def test_a_group_without_criteria_leaves_its_share_to_the_others():
    rubric = make_rubric({"a": 90, "c": 10}, {"a": "must_have", "c": "growth"}, {"growth": 10})
    classic = with_group_totals(rubric, CLASSIC_TOTALS)
    assert group_totals(classic) == {"must_have": 57, "growth": 43, "technical": 0}
    assert {g.key: g.locked_total for g in classic.groups}["growth"] == 43
