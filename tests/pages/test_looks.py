"""Looks at held-out deals: whatever leads the data to another rubric counts, nothing counts unasked
or twice.
"""

import pytest

from icp_engine import Settings, Study
from icp_engine.rubric.weights import CLASSIC_TOTALS, with_group_totals
from icp_engine.study import looks as looked


@pytest.fixture
def choose_best(visit, study):
    def choose(share):
        at = visit("best_customers", study)
        at.radio(key="best_size").set_value(share).run()
        assert not at.exception

    return choose


def test_another_choice_of_best_customers_is_a_look_once_its_proof_is_shown(
    visit, words, study, settings, choose_best
):
    visit("rubric", study)
    choose_best("10\u202f%")
    assert settings().looks == 0
    at = visit("rubric", study)
    assert settings().looks == 1 and "You have looked once at these" in words(at)
    visit("validation", study)
    choose_best("20\u202f%")
    visit("validation", study)
    assert settings().looks == 1


def test_choices_between_two_proofs_are_one_look(visit, study, settings, choose_best):
    visit("rubric", study)
    for share in ("33\u202f%", "10\u202f%"):
        choose_best(share)
    visit("validation", study)
    assert settings().looks == 1


def test_opening_the_profile_of_a_changed_rubric_asks_no_held_out_deal(
    visit, words, study, settings
):
    at = visit("rubric", study)
    at.button(key="try_classic").click().run()
    at = visit("profile", study)
    assert not at.exception and "The rubric was changed since" in words(at)
    assert settings().looks == 0 and not at.button(key="check_held_out").disabled


def test_figures_as_checked_last_are_those_that_stood_there_before_the_change(sample_tables):
    first = Study(sample_tables, Settings())
    classic = first.replace(rubric=with_group_totals(first.rubric, CLASSIC_TOTALS))
    checked = classic.replace(checked=classic.rubric, **looked.looked(classic))
    reset = checked.replace(rubric=None)
    assert looked.leave(checked, reset.settings).checked == classic.rubric
    halves = with_group_totals(first.rubric, {"must_have": 50, "growth": 50})
    changed = reset.replace(settings=looked.leave(reset, reset.settings.merged(rubric=halves)))
    assert not looked.is_checked(changed)
    assert changed.as_checked.rubric == first.rubric


def test_beside_a_checked_rubric_set_by_hand_stand_the_suggestions_figures(visit, study, settings):
    at = visit("rubric", study)
    at.button(key="try_classic").click().run()
    at.button(key="check_held_out").click().run()
    looks = settings().looks
    figures = {one.label: one.delta for one in visit("validation", study).metric}
    assert looks == 1 == settings().looks
    assert any("suggested: " in beneath for beneath in figures.values()), figures
