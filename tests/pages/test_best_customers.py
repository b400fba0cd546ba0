"""Best customers: the sentence answers, weights and size change the set, accounts by hand need a
reason.
"""

from types import SimpleNamespace

import pandas as pd
import pytest

from tests.pages.reading import figure
from ui.answers.best_customers import how_sure

SENTENCE = "judged customers are your best"


def test_without_a_study_the_page_says_what_will_stand_here(visit, words):
    at = visit("best_customers")
    assert not at.exception
    assert "Who are the best customers" in words(at)


def test_the_sample_is_answered_in_one_sentence_with_charts(visit, words, fresh_sample):
    at = visit("best_customers", fresh_sample)
    assert not at.exception
    assert at.title[0].value == "Best customers"
    assert SENTENCE in words(at)
    assert len(at.get("vega_lite_chart")) == 3  # value, traits, pairs


def test_a_smaller_share_makes_fewer_best_and_undo_brings_them_back(
    visit, fresh_sample, home_folder
):
    at = visit("best_customers", fresh_sample)
    before = int(figure(at, "Best customers"))
    at.radio(key="best_size").set_value("10\u202f%").run()
    assert int(figure(at, "Best customers")) < before
    at.button(key="shell_undo").click().run()
    assert int(figure(at, "Best customers")) == before


def test_a_weight_is_kept_and_the_others_stay(visit, fresh_sample, settings):
    at = visit("best_customers", fresh_sample)
    slider = at.slider(key="metric_weight_NPS")
    others = {s.key: s.value for s in at.slider if s.key != slider.key}
    slider.set_value(3.0).run()
    assert settings().metric_weights["NPS"] == 3.0
    assert {s.key: s.value for s in at.slider if s.key != slider.key} == others


def by_hand(at, account, what, reason):
    at.session_state["tabs_best_customers"] = "By hand"
    at.run()
    if account:
        at.selectbox(key="by_hand_account").select(account)
    at.selectbox(key="by_hand_what").select(what)
    at.text_input(key="by_hand_reason").input(reason)
    return next(button for button in at.button if button.label == "Save").click().run()


def leave_out(at, account, reason):
    return by_hand(at, account, "Leave out of all groups", reason)


@pytest.fixture
def customer(sample_tables):
    """A customer of the sample that did not leave."""
    accounts = sample_tables["accounts"]
    bought = accounts["Customer since"].astype(str).str.len() > 4
    stayed = accounts["Churn date"].isna() | (accounts["Churn date"].astype(str).str.len() < 4)
    return accounts[bought & stayed].iloc[0]


def test_an_account_left_out_needs_an_account_and_a_reason(visit, fresh_sample, customer, settings):
    at = leave_out(visit("best_customers", fresh_sample), None, "why not")
    assert "Choose an account" in at.warning[0].value
    at = leave_out(at, customer["Record ID"], "")
    assert "Give a reason" in at.warning[0].value
    assert not settings().exclusions


def test_an_account_left_out_stands_with_its_name_and_reason(
    visit, words, fresh_sample, customer, settings
):
    at = leave_out(visit("best_customers", fresh_sample), customer["Record ID"], "our own holding")
    assert settings().exclusions == {customer["Record ID"]: "our own holding"}
    assert "our own holding" in words(at) and customer["Company name"] in words(at)


def test_a_customer_that_left_cannot_be_pinned(visit, fresh_sample, sample_tables, settings):
    accounts = sample_tables["accounts"]
    left = accounts[accounts["Churn date"].astype(str).str.len() > 4].iloc[0]
    at = by_hand(
        visit("best_customers", fresh_sample),
        left["Record ID"],
        "Always count as best",
        "a reference",
    )
    assert "never best" in at.warning[0].value
    assert not settings().pins


def test_a_moved_weight_names_who_enters_and_who_leaves(visit, words, fresh_sample):
    at = visit("best_customers", fresh_sample)
    assert "Move a weight" in words(at)
    at.slider(key="metric_weight_NPS").set_value(3.0).run()
    assert not at.exception
    assert "compared with the set before the last change" in words(at) and "Enters: " in words(at)
    at = visit("best_customers", fresh_sample)
    assert "compared with the weights of the objective" in words(at)


def test_two_metrics_stand_side_by_side(visit, fresh_sample):
    at = visit("best_customers", fresh_sample)
    at.session_state["tabs_best_customers"] = "Best against the rest"
    at.session_state["fold_scatter"] = True
    at.run()
    assert not at.exception
    at.selectbox(key="scatter_y").set_value("NPS").run()
    assert any({"ARR", "NPS"} <= set(frame.value.columns) for frame in at.dataframe)


def test_the_objective_is_chosen_beside_what_it_weighs(visit, fresh_sample, settings):
    at = visit("best_customers", fresh_sample)
    before = {s.key: s.value for s in at.slider}
    at.selectbox(key="best_purpose").select("keep").run()
    assert settings().objective == "keep"
    assert not at.exception and {s.key: s.value for s in at.slider} != before


def test_how_sure_the_set_is_stands_beside_the_sentence(visit, words, fresh_sample):
    said = words(visit("best_customers", fresh_sample))
    assert "How sure: " in said and "stay best in at least three of four redraws" in said


@pytest.mark.parametrize(
    ("judged", "known", "computed"),
    [(1_000, False, True), (5_000, False, False), (5_000, True, True)],
)
def test_many_customers_are_redrawn_only_in_their_tab(judged, known, computed):
    class Many:
        best = SimpleNamespace(metrics=("LTV",), scores=range(judged))
        stability = pd.DataFrame(
            {"best": [True], "chosen_share": [0.9], "borderline": [False], "by_hand": [""]}
        )

        def knows(self, _stage):
            return known

    assert bool(how_sure(Many())) is computed
