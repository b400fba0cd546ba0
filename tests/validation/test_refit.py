"""A person's changes carry over to a rubric that did not see the account."""

from icp_engine.rubric.model import Criterion, Level, Match, Rubric
from icp_engine.validation.refit import LEARNED, carry_over, why_not_refitted


def criterion(name, weight, best="x", why=LEARNED):
    return Criterion(
        name=name,
        group="must_have",
        weight=weight,
        attributes=(name,),
        why=why,
        levels=(Level(label="best", fit=20, tests=(Match(values=(best,)),)),),
    )


SUGGESTION = Rubric(criteria=(criterion("A", 60), criterion("B", 40)), learned_from="won")
FOLD = Rubric(
    criteria=(criterion("A", 50, "other"), criterion("B", 30), criterion("C", 20)),
    learned_from="won",
)


def weights(rubric):
    return {c.name: c.weight for c in rubric.criteria}


def carried(changed, fold=FOLD):
    return carry_over(changed, SUGGESTION, fold, changed)


def test_nothing_changed_is_the_unseen_rubric():
    assert set(carried(SUGGESTION).criteria) == set(FOLD.criteria)


def test_a_weight_moves_by_as_many_points():
    # A 50 − 30, B 30 + 30, C keeps the 70 of 100 points left in place: shares of 94
    assert weights(carried(SUGGESTION.with_weights({"A": 30}))) == {"A": 21, "B": 64, "C": 15}


def test_a_large_move_ends_near_the_person_s_weights():
    assert weights(carried(SUGGESTION.with_weights({"A": 100})))["A"] >= 85


def test_levels_come_from_the_unseen_rubric():
    moved = {c.name: c for c in carried(SUGGESTION.with_weights({"A": 30})).criteria}
    assert moved["A"].levels[0].tests[0].values == ("other",)


def test_a_raised_criterion_that_the_fold_lacks_enters_with_relearned_levels():
    fold = Rubric(criteria=(criterion("B", 100),), learned_from="won")
    changed = SUGGESTION.with_weights({"A": 90})
    fresh = changed.model_copy(
        update={"criteria": (criterion("A", 90, "relearned"), changed.criteria[1])}
    )
    found = carry_over(changed, SUGGESTION, fold, fresh)
    assert {c.name: c.levels[0].tests[0].values[0] for c in found.criteria}["A"] == "relearned"
    assert weights(found) == {"A": 30, "B": 70}


def test_a_removed_criterion_is_removed_and_an_added_one_kept_as_typed():
    changed = Rubric(
        criteria=(criterion("A", 60), criterion("D", 40, why="")),
        learned_from="won",
        origin="by hand",
    )
    found = {c.name: c for c in carried(changed).criteria}
    assert set(found) == {"A", "C", "D"}
    assert found["D"].levels == criterion("D", 1, why="").levels


def test_edited_levels_cannot_be_carried_over():
    edited = Rubric(
        criteria=(criterion("A", 60, "typed"), criterion("B", 40)),
        learned_from="won",
        origin="by hand",
    )
    assert "levels of A" in why_not_refitted(edited, SUGGESTION)
    assert why_not_refitted(SUGGESTION.with_weights({"A": 10}), SUGGESTION) == ""


def test_thresholds_stay_the_person_s():
    found = carried(SUGGESTION.model_copy(update={"green": 70, "yellow": 40, "origin": "by hand"}))
    assert (found.green, found.yellow) == (70, 40)
