"""What the deeper methods found, on the pages: conditions, borderline, reasons, words, rules of
thumb, deal watch.
"""

import json
from pathlib import Path

import pandas as pd
import pytest

from icp_engine import Study
from icp_engine.rubric.weights import group_totals
from icp_engine.store.studies import StudyStore
from tests.pages.reading import figure

SAMPLE = Path(__file__).parents[2] / "sample_data"


def test_a_condition_switched_on_narrows_the_best_and_off_restores_them(
    open_tab, words, fresh_sample, settings
):
    at = open_tab("best_customers", "By hand")
    before = figure(at, "Best customers")
    switch = next(toggle for toggle in at.toggle if "LTV at least" in toggle.label)
    switch.set_value(True).run()
    assert [c.metric for c in settings().conditions] == ["LTV"]
    assert int(figure(at, "Best customers")) < int(before)
    assert "together with all that are on" in words(at)
    at.toggle(key=switch.key).set_value(False).run()
    assert figure(at, "Best customers") == before


def test_a_condition_of_ones_own_needs_a_bound(open_tab, fresh_sample, settings):
    at = open_tab("best_customers", "By hand")
    add = next(button for button in at.button if button.label == "Add and switch on")
    add.click().run()
    assert "Give the bound" in at.warning[0].value
    at.selectbox(key="condition_metric").select("NPS")
    at.number_input(key="condition_value").set_value(30.0)
    next(button for button in at.button if button.label == "Add and switch on").click().run()
    assert not at.exception
    assert settings().conditions[0].at_least == 30.0


def test_borderline_customers_are_named_and_the_set_says_how_stable_it_is(open_tab, words):
    at = open_tab("best_customers", "Customers")
    at.session_state["fold_borderline"] = True
    at.run()
    table = next(frame.value for frame in at.dataframe if "Best in" in frame.value)
    assert table["Best in"].between(25, 75).all() and table["Account"].notna().all()
    at.session_state["tabs_best_customers"] = "For analysts"
    at.run()
    assert "stay best in at least three of four redraws" in words(at)
    assert "Whichever single weight moves by a quarter" in words(at)


def test_slow_parts_wait_for_their_tab(visit, fresh_sample, monkeypatch):
    from icp_engine.study.study import Study

    def too_early(study):
        raise AssertionError("computed before its tab was open")

    slow = ("sensitivity", "words", "baselines", "backtest", "ceiling")
    for name in (*slow, "rubric_sensitivity", "rubric_stability", "near_matches", "account_links"):
        monkeypatch.setattr(Study, name, property(too_early))
    for page in ("data", "best_customers", "anti_icp", "rubric", "validation"):
        at = visit(page, fresh_sample)
        assert not at.exception
        assert not any("wrong on our side" in block.value for block in at.markdown)


def test_the_usual_reasons_are_counted_and_can_be_regrouped(
    open_tab, words, fresh_sample, settings
):
    at = open_tab("anti_icp", "Why deals were lost")
    table = next(frame.value for frame in at.dataframe if "Usual reason" in frame.value)
    assert len(table) == 9 and table["In your data"].str.startswith("seen in your data").any()
    editor = next(frame.value for frame in at.dataframe if "Counts as" in frame.value)
    row = editor["Recorded"].tolist().index("Lost to competitor")
    key = next(
        key for key in at.session_state._state.filtered_state if key.startswith("reason_groups_")
    )
    at.session_state[key] = {
        "edited_rows": {row: {"Counts as": "price too high for their size"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    at.run()
    assert not at.exception
    chosen = settings().reason_groups
    assert chosen == {"Lost to competitor": "price too high for their size"}


def test_words_are_quoted_by_side(open_tab, words):
    at = open_tab("anti_icp", "Their words")
    table = next(frame.value for frame in at.dataframe if "Said" in frame.value)
    assert "budget" in table["Said"].tolist() and table["For example"].str.contains("“").all()
    assert "Words never score" in words(at)


def test_a_range_is_shown_as_people_write_it(open_tab):
    at = open_tab("anti_icp", "For analysts")
    labels = " ".join(at.dataframe[-1].value["Trait"])
    assert "1.5M–5M" in labels and "000000" not in labels


def test_rules_of_thumb_are_missed_not_failed(open_tab, words):
    at = open_tab("validation", "Checks")
    rules = next(table.value for table in at.table if "Rule of thumb" in table.value)
    assert "below the rule of thumb" in rules["Outcome"].tolist()
    assert "fail" not in " ".join(rules["Outcome"])


def test_customers_by_band_and_past_quarters_answer(open_tab, words):
    at = open_tab("validation", "Customers by band")
    assert at.table[-1].value["Band"].tolist() == ["Green", "Yellow", "Red", "Not rated"]
    at.session_state["tabs_validation"] = "Past quarters"
    at.run()
    assert "Past rubrics ranked won above lost" in words(at)
    assert len(at.get("vega_lite_chart")) == 2


def test_another_rubric_is_compared_and_counted_as_one_look(
    open_tab, words, fresh_sample, settings
):
    at = open_tab("validation", "For analysts")
    files = [SAMPLE / f"{name}.csv" for name in ("accounts", "deals", "contacts", "notes")]
    other = Study.open(*files).suggestion.with_weights({"Industry": 60})
    at.file_uploader(key="other_rubric").upload(
        "rubric.json", other.to_json().encode(), "application/json"
    ).run()
    assert "the rubric from the file" in words(at)
    assert settings().looks == 1


@pytest.mark.parametrize("content", [b"{}x", b"\xff\xfe", json.dumps({"criteria": 3}).encode()])
def test_a_file_that_is_no_rubric_is_said_to_be_none(open_tab, content):
    at = open_tab("validation", "For analysts")
    at.file_uploader(key="other_rubric").upload("rubric.json", content, "application/json").run()
    assert not at.exception
    assert "not a rubric" in at.warning[0].value


def test_the_classic_split_is_one_click_away_with_its_cost(visit, words, fresh_sample, home_folder):
    at = visit("rubric", fresh_sample)
    at.button(key="try_classic").click().run()
    assert not at.exception
    totals = group_totals(StudyStore(home_folder).load(fresh_sample).settings.rubric)
    assert list(totals.values()) == [40, 30, 30]
    assert "Set by hand, the weights rank" in words(at)


PAGES = ("best_customers", "anti_icp", "validation", "rubric")


@pytest.fixture(scope="module")
def silent_study(save):
    """300 accounts whose attributes say nothing about who buys or what a customer is worth."""
    from sample_data.markets import null_market

    market = null_market(11, 300)
    tables = {"accounts": market.accounts, "deals": market.deals}
    return save({name: text(frame) for name, frame in tables.items()}, title="Silent")


def text(frame):
    return frame.astype(str).where(frame.notna()).astype(pd.StringDtype(na_value=float("nan")))


@pytest.mark.parametrize("key", PAGES)
def test_every_tab_works_without_signal_and_claims_nothing(visit, words, silent_study, key):
    at = visit(key, silent_study)
    for tab in [tab.label for tab in at.tabs]:
        at.session_state[f"tabs_{key}"] = tab
        at.run()
        assert not at.exception
        assert not [
            fault
            for fault in ("wrong on our side", " nan ", " inf ", "None ")
            if fault in words(at)
        ]
    assert "Strong proof" not in words(at)


def test_without_criteria_no_band_is_shown(visit, words, save):
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
    at = visit("validation", save({"deals": deals}, title="Flat"))
    assert not at.exception
    assert "No account is rated" in words(at)
    assert not at.metric
