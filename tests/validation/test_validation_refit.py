"""A person's changes carry over to a rubric that did not see the account."""

from icp_engine.rubric.model import Criterion, Level, Match, Rubric
from icp_engine.validation.refit import LEARNED, carry_over, why_not_refitted


def criterion(name, weight, best="x", why=LEARNED):
    return Criterion(name=name, group="must_have", weight=weight, attributes=(name,), why=why,
                     levels=(Level(label="best", fit=20, tests=(Match(values=(best,)),)),))


SUGGESTION = Rubric(criteria=(criterion("A", 60), criterion("B", 40)), learned_from="won")
FOLD = Rubric(criteria=(criterion("A", 50, "other"), criterion("B", 30), criterion("C", 20)), learned_from="won")


def weights(rubric):
    return {c.name: c.weight for c in rubric.criteria}


def test_nothing_changed_is_the_unseen_rubric():
    carried = carry_over(SUGGESTION, SUGGESTION, FOLD)
    assert carried.criteria == FOLD.criteria


def test_a_weight_moves_by_the_same_factor():
    changed = SUGGESTION.with_weights({"A": 30})
    carried = weights(carry_over(changed, SUGGESTION, FOLD))
    # 50 · 30/60 = 25, 30 · 70/40 = 52.5, 20 stays: shares of 97.5
    assert carried == {"A": 26, "B": 54, "C": 20}


def test_levels_come_from_the_unseen_rubric():
    carried = carry_over(SUGGESTION.with_weights({"A": 30}), SUGGESTION, FOLD)
    assert carried.criteria[0].levels[0].tests[0].values == ("other",)


def test_a_removed_criterion_is_removed_and_an_added_one_kept_as_typed():
    changed = Rubric(criteria=(criterion("A", 60), criterion("D", 40, why="")), learned_from="won", origin="by hand")
    carried = carry_over(changed, SUGGESTION, FOLD)
    assert set(weights(carried)) == {"A", "C", "D"}
    assert carried.criteria[-1].levels == criterion("D", 1, why="").levels


def test_edited_levels_cannot_be_carried_over():
    edited = Rubric(criteria=(criterion("A", 60, "typed"), criterion("B", 40)), learned_from="won", origin="by hand")
    assert "levels of A" in why_not_refitted(edited, SUGGESTION)
    assert why_not_refitted(SUGGESTION.with_weights({"A": 10}), SUGGESTION) == ""


def test_thresholds_stay_the_person_s():
    changed = SUGGESTION.model_copy(update={"green": 70, "yellow": 40, "origin": "by hand"})
    carried = carry_over(changed, SUGGESTION, FOLD)
    assert (carried.green, carried.yellow) == (70, 40)
