"""Editing criteria: weights stay whole and sum to 100, wrong edits are refused in words."""

import pandas as pd
import pytest

from icp_engine.rubric import edit
from icp_engine.rubric.model import Criterion, Group, Rubric


def criterion(name, weight, **more):
    levels = (edit.value_level(["x"], 20), edit.value_level(["y"], 10))
    return Criterion(
        name=name, group="must_have", weight=weight, attributes=(name,), levels=levels, **more
    )


@pytest.fixture
def rubric():
    return Rubric(criteria=(criterion("A", 60), criterion("B", 30), criterion("C", 10)))


def weights(rubric):
    return {c.name: c.weight for c in rubric.criteria}


def test_a_new_criterion_takes_its_weight_from_all_in_proportion(rubric):
    assert weights(edit.add_criterion(rubric, criterion("D", 10))) == {
        "A": 54,
        "B": 27,
        "C": 9,
        "D": 10,
    }


def test_the_first_criterion_weighs_everything():
    assert weights(edit.add_criterion(Rubric(), criterion("A", 10))) == {"A": 100}


def test_a_removed_criterion_leaves_its_weight_to_the_others(rubric):
    assert weights(edit.remove_criterion(rubric, "A")) == {"B": 75, "C": 25}


def test_a_group_is_named_anew_and_an_empty_name_is_the_usual_one(rubric):
    named = edit.rename_group(rubric, "growth", " Momentum ")
    assert [group.name for group in named.groups] == ["Must have", "Momentum", "Technical fit"]
    assert edit.rename_group(named, "growth", "").groups == rubric.groups
    with pytest.raises(ValueError, match="already"):
        edit.rename_group(named, "technical", "Momentum")


def test_a_thirteenth_criterion_and_a_name_taken_are_refused(rubric):
    with pytest.raises(ValueError, match="already"):
        edit.add_criterion(rubric, criterion("A", 10))
    full = rubric
    for i in range(9):
        full = edit.add_criterion(full, criterion(f"N{i}", 5))
    with pytest.raises(ValueError, match="at most 12"):
        edit.add_criterion(full, criterion("one more", 5))


def test_renaming_keeps_everything_else(rubric):
    renamed = edit.rename_criterion(rubric, "A", " Alpha ")
    assert renamed.criteria[0] == rubric.criteria[0].model_copy(update={"name": "Alpha"})


def test_held_totals_end_where_criteria_change(rubric):
    groups = (Group(key="must_have", name="Must have", locked_total=100),)
    held = Rubric.model_validate({**dict(rubric), "groups": groups})
    assert edit.remove_criterion(held, "C").groups[0].locked_total is None


def test_new_levels_bring_the_average_of_the_accounts_along(rubric):
    accounts = pd.DataFrame({"A": ["x", "x", "y", None], "B": "x", "C": "x"})
    changed = edit.set_levels(rubric, "A", [edit.value_level(["x"], 20)], accounts)
    assert changed.criteria[0].unknown_fit == 13  # 20, 20 and 0 of three known


def test_learned_levels_that_are_edited_no_longer_count_as_learned_anew(rubric):
    added = edit.replace_criterion(rubric, "A", why=edit.ADDED)
    accounts = pd.DataFrame({"A": ["x"], "B": "x", "C": "x"})
    assert (
        edit.set_levels(added, "A", [edit.value_level(["x"], 5)], accounts).criteria[0].why
        == edit.EDITED
    )


def test_a_range_says_itself_and_must_end_above_its_beginning():
    level = edit.range_level(10, None, 20)
    assert (level.tests[0].low, level.tests[0].high) == (10, None) and level.label == "10 or more"
    with pytest.raises(ValueError, match="must end above"):
        edit.range_level(5, 5, 20)


def test_no_values_stand_for_any_other():
    assert edit.value_level([" "], 5).tests[0].values == ()
    assert edit.value_level([edit.ANY_OTHER], 5).label == edit.ANY_OTHER
