"""Validation answers three questions and lists deals to read; Anti-ICP says what a switch would do
before it is on.
"""

import re

import pytest

from icp_engine.store.studies import StudyStore


def test_validation_says_how_sure_it_is_and_what_would_change_that(visit, fresh_sample, words):
    said = words(visit("validation", fresh_sample))
    assert re.search(r"\*\*How sure:\*\* The truth lies between \d+ and \d+ in 100", said)
    assert "**What would change that:** Deals closed from now on" in said


def test_the_last_deals_are_read_side_by_side_with_band_and_reason(visit, fresh_sample, words):
    at = visit("validation", fresh_sample)
    badge = re.compile(r"-badge\[(Green|Yellow|Red|Not rated) \d+\]")
    deals = [block.value for block in at.markdown if badge.search(block.value)]
    assert len(deals) == 40
    assert all("held out" in deal or "cross-checked" in deal for deal in deals)
    assert sum("won " in deal for deal in deals) >= 20
    assert "A list to read, not a measure" in words(at)


def test_too_little_data_says_how_many_deals_it_would_take(visit, save, sample_tables, words):
    accounts = sample_tables["accounts"]
    some = accounts[accounts["Customer since"].notna()].head(35)
    deals = sample_tables["deals"]
    deals = deals[deals["Associated Company IDs"].isin(some["Record ID"])]
    at = visit("validation", save({"accounts": some, "deals": deals}, title="35"))
    assert re.search(
        r"About \d+ won and \d+ lost accounts in all would make it “moderate”", words(at)
    )


def test_a_switch_says_beforehand_what_it_does_and_is_saved(visit, fresh_sample, home_folder):
    at = visit("anti_icp", fresh_sample)
    said = [caption.value for caption in at.caption if "fall to" in caption.value]
    assert len(said) == len(at.toggle)
    assert all(
        re.search(r"Switched on, [\d,]+ of [\d,]+ accounts with it fall to (Red|Yellow)", one)
        for one in said
    )
    at.toggle[0].set_value(True).run()
    assert not at.exception
    assert StudyStore(home_folder).load(fresh_sample).settings.rubric.flags[0].on


@pytest.mark.parametrize("page", ["validation", "anti_icp"])
def test_the_pages_stand_on_data_without_deals(visit, save, sample_tables, page):
    at = visit(page, save({"accounts": sample_tables["accounts"].head(200)}, title="no deals"))
    assert not at.exception
    assert not any("wrong on our side" in block.value for block in at.markdown)


def test_a_reason_of_ones_own_joins_the_checklist(visit, fresh_sample, home_folder):
    at = visit("anti_icp", fresh_sample)
    at.text_input(key="own_reason_name").set_value("Chose a competitor")
    at.multiselect(key="own_reason_texts").set_value(["Lost to competitor"])
    next(button for button in at.button if button.label == "Add to the checklist").click().run()
    assert not at.exception
    assert StudyStore(home_folder).load(fresh_sample).settings.reason_groups == {
        "Lost to competitor": "chose a competitor"
    }
    table = next(frame.value for frame in at.dataframe if "Usual reason" in frame.value)
    assert "chose a competitor" in table["Usual reason"].tolist()
