"""Rubric: changes are saved, cost no look until the held-out deals are asked, and can be taken
back.
"""

import json

import pandas as pd

from icp_engine.store.studies import StudyStore
from tests.pages.reading import table


def weights(rubric):
    return {criterion.name: criterion.weight for criterion in rubric.criteria}


def test_the_page_answers_with_a_sentence_and_the_live_control(visit, words, study):
    at = visit("rubric", study)
    assert not at.exception
    assert "won deal above a lost one" in words(at)
    control = [element.proto for element in at.get("bidi_component")]
    assert "icp-workbench.whatif" in {part.component_name for part in control}
    assert "Held" not in words(at) and at.button(key="check_held_out").disabled


def test_a_change_costs_no_look_until_the_held_out_deals_are_asked(visit, words, study, settings):
    at = visit("rubric", study)
    at.button(key="try_classic").click().run()
    assert (
        settings().looks == 0
        and "You have looked" not in words(at)
        and "A check is one look" in words(at)
    )
    at.button(key="check_held_out").click().run()
    assert settings().looks == 1 and settings().checked == settings().rubric
    assert "You have looked once at these" in words(at) and at.button(key="check_held_out").disabled


def test_the_same_rubric_checked_again_and_undo_neither_add_nor_take_a_look(visit, study, settings):
    at = visit("rubric", study)
    at.button(key="try_classic").click().run()
    at.button(key="check_held_out").click().run()
    at.button(key="rubric_reset").click().run()
    at.button(key="try_classic").click().run()
    assert at.button(key="check_held_out").disabled
    for _ in range(3):
        at.button(key="shell_undo").click().run()
    assert settings().rubric is None and settings().looks == 1


def test_reset_returns_to_the_suggestion(visit, study, settings):
    at = visit("rubric", study)
    at.button(key="try_classic").click().run()
    assert settings().rubric is not None
    at.button(key="rubric_reset").click().run()
    assert settings().rubric is None and at.button(key="rubric_reset").disabled


def test_who_moved_names_accounts_with_bands_and_reasons(open_tab):
    at = open_tab("rubric", "Who moved")
    at.button(key="try_classic").click().run()
    moved = table(at, "Why")
    assert all(old != new for old, new in moved["Band"].str.split(" → "))
    assert moved["Score"].str.fullmatch(r"\d+ → \d+").all()
    assert moved["Why"].str.contains("counts").any()


def test_one_account_is_found_by_name_and_explained(open_tab, words, sample_tables):
    at = open_tab("rubric", "Accounts")
    name = str(sample_tables["accounts"]["Company name"].iloc[3])
    at.text_input(key="one_account").input(name).run()
    assert not at.exception
    assert name in words(at) and "What would lift it" in words(at)


def test_no_account_is_explained_until_one_is_chosen(open_tab, words, sample_tables):
    at = open_tab("rubric", "Accounts")
    everybody = len(table(at, "Why"))
    assert "What would lift it" not in words(at)
    begins = sample_tables["accounts"]["Company name"].dropna().str[:7].value_counts()
    asked = begins[begins.between(4, 30)].index[0]
    at.text_input(key="one_account").input(asked).run()
    assert "What would lift it" not in words(at)
    fitting = table(at, "Why")
    assert 1 < len(fitting) < everybody
    assert fitting["Account"].str.contains(asked, case=False).all()
    at.text_input(key="one_account").input(fitting.index[0]).run()
    assert "What would lift it" in words(at)
    assert len(table(at, "Why")) == everybody


def test_a_changed_rubric_dates_the_sentence_of_the_last_check(visit, words, study):
    at = visit("rubric", study)
    assert "As checked last" not in words(at)
    at.button(key="try_classic").click().run()
    assert ":gray[As checked last, before your change: " in words(at)
    at.button(key="check_held_out").click().run()
    assert "As checked last" not in words(at)


def test_every_line_of_the_exact_table_has_its_rate(visit, study):
    at = visit("rubric", study)
    at.session_state["fold_what_if"] = True
    exact = table(at.run(), "Win rate")
    deals = exact["Won"] + exact["Lost"]
    assert (exact["Win rate"].ne("—") == (deals > 0)).all()
    labels = [button.proto.label for button in at.get("download_button")]
    assert {"Table (CSV)", "Picture (PNG)", "Drawing (SVG)"} <= set(labels)


def test_the_lowest_scores_can_be_listed_first_as_whole_numbers(open_tab):
    at = open_tab("rubric", "Accounts")
    at.segmented_control(key="score_order").set_value("Lowest first").run()
    scores = table(at, "Why")["Score"]
    assert scores.is_monotonic_increasing and scores.iloc[0] == round(scores.iloc[0]) < 20


def test_the_live_control_knows_how_many_accounts_of_all_each_band_holds(visit, study):
    at = visit("rubric", study)
    control = next(
        element.proto
        for element in at.get("bidi_component")
        if "everyone" in str(element.proto.json)
    )
    # a dict goes as text, and Streamlit sends text as JSON
    sent = json.loads(json.loads(control.json))
    everyone = sent["everyone"]
    assert (
        everyone["all"]
        == sum(everyone["bands"])
        > sum(band["accounts"] for band in sent["engine"]["bands"])
    )
    assert sent["opens"] == "Accounts" and sent["suggested"]["alike"]


def test_what_matters_most_is_shown_as_bars(open_tab, words):
    at = open_tab("rubric", "Who moved")
    at.session_state["fold_what_matters"] = True
    at.run()
    assert not at.exception and "matters most" in words(at)


def test_a_scenario_is_kept_opened_and_compared(open_tab, words, settings):
    at = open_tab("rubric", "Scenarios")
    at.button(key="try_classic").click().run()
    at.text_input(key="scenario_name").input("Classic").run()
    at.button(key="scenario_keep").click().run()
    at.button(key="rubric_reset").click().run()
    assert settings().rubric is None and list(settings().scenarios) == ["Classic"]
    at.button(key="scenario_use").click().run()
    assert (
        settings().rubric == settings().scenarios["Classic"]
        and "Classic" in at.query_params["scenario"]
    )
    assert "points of ranking" in words(at)


def test_a_link_offers_its_scenario_and_changes_nothing_unasked(
    visit, words, study, settings, open_tab
):
    at = open_tab("rubric", "Scenarios")
    at.button(key="try_classic").click().run()
    at.text_input(key="scenario_name").input("Sent").run()
    at.button(key="scenario_keep").click().run()
    at.button(key="rubric_reset").click().run()
    at = visit("rubric", study)
    at.query_params["scenario"] = "Sent"
    at.run()
    assert settings().rubric is None and "names the scenario “Sent”" in words(at)
    at.button(key="link_open").click().run()
    assert settings().rubric == settings().scenarios["Sent"] and not at.exception


def test_a_link_to_a_scenario_that_is_not_kept_says_so(visit, words, study):
    at = visit("rubric", study)
    at.query_params["scenario"] = "Nobody's"
    at.run()
    assert "which this study does not keep" in words(at)
    at.button(key="link_leave").click().run()
    assert "scenario" not in at.query_params


def test_a_criterion_is_renamed_removed_and_a_question_added(open_tab, settings):
    at = open_tab("rubric", "Criteria")
    at.button(key="remove_criterion").click().run()
    removed = settings().rubric
    assert "Industry" not in weights(removed) and sum(weights(removed).values()) == 100
    next(box for box in at.text_input if box.label == "Name" and box.value).input("Money").run()
    assert "Money" in weights(settings().rubric)
    at.segmented_control(key="new_source").set_value("A question").run()
    at.text_input(key="new_name").input("Budget").run()
    at.button(key="add_question").click().run()
    assert weights(settings().rubric)["Budget"] == 10


def test_a_full_rubric_says_so_before_a_criterion_is_asked_for_and_groups_can_be_named(
    open_tab, words, settings
):
    at = open_tab("rubric", "Criteria")
    assert "To add another, remove one first" in words(at) and not at.number_input
    at.text_input(key="group_name_growth").input("Momentum").run()
    assert "Momentum" in [group.name for group in settings().rubric.groups]
    at.text_input(key="group_name_growth").input("").run()
    assert settings().rubric is None


def test_what_held_out_deals_said_of_two_rubrics_stays_in_sight(open_tab, words, settings):
    at = open_tab("rubric", "Scenarios")
    at.button(key="try_classic").click().run()
    at.button(key="compare_held_out").click().run()
    assert settings().looks == 1 and "held-out accounts: The rubric as it stands" in words(at)
    at.session_state["tabs_rubric"] = "Criteria"
    at.run()
    at.session_state["tabs_rubric"] = "Scenarios"
    at.run()
    assert "held-out accounts: The rubric as it stands" in words(at)
    at.button(key="rubric_reset").click().run()
    assert "held-out accounts: The rubric" not in words(at)


def test_a_removed_column_can_be_learned_again(open_tab, settings):
    at = open_tab("rubric", "Criteria")
    at.button(key="remove_criterion").click().run()
    at.selectbox(key="new_column").select("Industry").run()
    at.button(key="add_column").click().run()
    learned = next(c for c in settings().rubric.criteria if c.name == "Industry")
    assert learned.weight == 10 and len(learned.levels) > 2


def test_a_switch_caps_bands(open_tab, settings):
    at = open_tab("rubric", "Criteria")
    switch = next(toggle for toggle in at.toggle if toggle.key.startswith("rubric_flag_"))
    switch.set_value(True).run()
    assert any(flag.on for flag in settings().rubric.flags)


def test_bounds_that_cannot_hold_are_explained_and_tuning_answers(open_tab, words):
    at = open_tab("rubric", "Scenarios")
    at.session_state["fold_tuning"] = True
    at.run()
    at.button(key="tune").click().run()
    assert not at.exception
    assert any(word in words(at) for word in ("Proposed", "Not proposed", "already fit best"))


def test_without_signal_the_page_offers_the_starter_questions(visit, words, save, home_folder):
    names = [f"a{i}" for i in range(120)]
    deals = pd.DataFrame(
        {
            "Deal ID": [f"d{i}" for i in range(120)],
            "Account": names,
            "Amount": "100",
            "Close Date": "2025-03-10",
            "Stage": ["Closed Won", "Closed Lost"] * 60,
            "Shelf": ["x", "x", "y", "y"] * 30,
        }
    )
    flat = save({"deals": deals}, title="Flat")
    at = visit("rubric", flat)
    assert not at.exception
    assert "every account scores 50" in words(at)
    at.button(key="use_starter").click().run()
    assert not at.exception
    assert "Budget authority" in weights(StudyStore(home_folder).load(flat).settings.rubric)


def test_the_rubric_can_be_taken_along(open_tab):
    at = open_tab("rubric", "For analysts")
    labels = [button.proto.label for button in at.get("download_button")]
    assert "Download the rubric (JSON)" in labels


def test_what_the_classic_split_costs_is_said_before_it_is_tried(open_tab, words, settings):
    at = open_tab("rubric", "For analysts", "classic_cost")
    assert "points of ranking (" in words(at)
    assert settings().rubric is None and settings().looks == 0
