"""Rubric: a weight moves scores at once, looks are counted, the suggestion is one click away."""

import pandas as pd
import pytest

from icp_engine.store.studies import StudyStore


@pytest.fixture
def study(fresh_sample):
    return fresh_sample


def settings_of(home_folder, study):
    return StudyStore(home_folder).load(study).settings


def scores(at):
    return next(frame.value for frame in at.dataframe if "Why" in frame.value)["Score"]


def weights(at):
    return {slider.key: slider.value for slider in at.slider if slider.key.startswith("weight_")}


def test_the_page_answers_with_figures_sliders_and_two_charts(visit, words, study):
    at = visit("rubric", study)
    assert not at.exception
    assert "won deal above a lost one" in words(at)
    assert len(at.metric) == 4
    assert sum(weights(at).values()) == 100
    assert len(at.get("vega_lite_chart")) == 2


def test_a_weight_moves_the_others_and_the_scores(visit, study, home_folder):
    at = visit("rubric", study)
    before, key = scores(at), "weight_Industry"
    at.slider(key=key).set_value(40).run()
    assert not at.exception
    assert weights(at)[key] == 40
    assert sum(weights(at).values()) == 100
    assert not scores(at).equals(before)
    assert settings_of(home_folder, study).looks == 1


def test_a_weight_moved_in_steps_and_back_restores_the_suggestion_at_no_further_look(visit, study, home_folder):
    at = visit("rubric", study)
    before, key = weights(at), "weight_Industry"
    for weight in (before[key] + 1, before[key] + 2, before[key] + 1, before[key]):
        at.slider(key=key).set_value(weight).run()
    assert weights(at) == before
    assert settings_of(home_folder, study).rubric is None
    assert settings_of(home_folder, study).looks == 2


def test_a_group_total_moved_to_nothing_and_back_keeps_its_criteria(visit, study):
    at = visit("rubric", study)
    before, total = weights(at), at.number_input(key="group_must_have").value
    for wanted in (0, total):
        at.number_input(key="group_must_have").set_value(wanted).run()
    assert weights(at) == before


def test_undoing_a_change_does_not_undo_its_look(visit, study, home_folder):
    at = visit("rubric", study)
    at.slider(key="weight_Industry").set_value(40).run()
    at.button(key="shell_undo").click().run()
    at.slider(key="weight_Industry").set_value(50).run()
    assert settings_of(home_folder, study).looks == 2


def test_a_browser_that_lags_behind_does_not_take_the_last_change_back(visit, study):
    at = visit("rubric", study)
    before = at.number_input(key="exact_Industry").value
    at.slider(key="weight_Industry").set_value(40).run()
    at.number_input(key="exact_Industry").set_value(before).run()  # sent before the box was drawn anew
    assert weights(at)["weight_Industry"] == 40


def test_a_weight_can_be_typed_and_figures_say_what_they_were(visit, words, study):
    at = visit("rubric", study)
    at.number_input(key="exact_Industry").set_value(70).run()
    assert weights(at)["weight_Industry"] == 70
    assert any("was " in metric.delta for metric in at.metric)
    assert "accounts changed band" in words(at)


def test_a_group_total_is_a_control(visit, study):
    at = visit("rubric", study)
    at.number_input(key="group_growth").set_value(50).run()
    assert at.number_input(key="group_growth").value == 50
    assert sum(field.value for field in at.number_input if field.key.startswith("group_")) == 100


def test_reset_returns_to_the_suggestion_and_keeps_the_looks(visit, study, home_folder):
    at = visit("rubric", study)
    before = weights(at)
    at.slider(key="weight_Industry").set_value(40).run()
    at.button(key="rubric_reset").click().run()
    assert weights(at) == before
    assert settings_of(home_folder, study).rubric is None
    assert settings_of(home_folder, study).looks == 1


def test_bands_of_the_suggestion_move_without_making_it_a_rubric_by_hand(visit, study, home_folder):
    at = visit("rubric", study)
    at.slider(key="bands").set_range(50, 70).run()
    saved = settings_of(home_folder, study)
    assert (saved.yellow, saved.green, saved.rubric) == (50, 70, None)


def test_an_account_is_found_by_name_and_explained(visit, study, sample_tables):
    at = visit("rubric", study)
    name = str(sample_tables["accounts"]["Company name"].iloc[3])
    at.text_input(key="score_search").input(name).run()
    table = next(frame.value for frame in at.dataframe if "Why" in frame.value)
    assert len(table) >= 1 and table["Why"].str.len().min() > 10
    assert len(table) < 40


def test_without_signal_the_page_offers_the_starter_questions(visit, words, save):
    names = [f"a{i}" for i in range(120)]
    deals = pd.DataFrame({
        "Deal ID": [f"d{i}" for i in range(120)], "Account": names, "Amount": "100", "Close Date": "2025-03-10",
        "Stage": ["Closed Won", "Closed Lost"] * 60, "Shelf": ["x", "x", "y", "y"] * 30,
    })
    at = visit("rubric", save({"deals": deals}, title="Flat"))
    assert not at.exception
    assert "every account scores 50" in words(at)
    at.button(key="use_starter").click().run()
    assert "weight_Budget authority" in weights(at)


def test_the_rubric_can_be_taken_along(visit, study):
    at = visit("rubric", study)
    at.session_state["tabs_rubric"] = "For analysts"
    at.run()
    labels = [button.proto.label for button in at.get("download_button")]
    assert "Download the rubric (JSON)" in labels
