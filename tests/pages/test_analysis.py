"""Segments, anti-ICP, validation and profile on real results: every tab, few customers, changes
that stay.
"""

from functools import cache

import pandas as pd
import pytest

from tests.pages.reading import every_tab

PAGES = ("best_customers", "segments", "anti_icp", "rubric", "validation", "profile")
FAULTS = ("wrong on our side", " nan ", " inf ", "None ")


def few(tables, customers):
    """The sample cut to so many customers and some prospects, with their deals."""
    accounts, deals = tables["accounts"], tables["deals"]
    bought = accounts["Customer since"].astype(str).str.len() > 4
    kept = accounts[bought].head(customers)["Record ID"].tolist()
    kept += accounts[~bought].head(2 * customers)["Record ID"].tolist()
    return {
        "accounts": accounts[accounts["Record ID"].isin(kept)],
        "deals": deals[deals["Associated Company IDs"].isin(kept)],
    }


@pytest.fixture(scope="module")
def few_study(save, sample_tables):
    """The study of so many customers, saved once."""
    return cache(lambda customers: save(few(sample_tables, customers), title="Few"))


@pytest.mark.parametrize("key", PAGES)
def test_every_tab_of_every_page_works_on_the_sample(visit, words, fresh_sample, key):
    for at in every_tab(visit(key, fresh_sample), key):
        assert not at.exception
        assert not [fault for fault in FAULTS if fault in words(at)]


@pytest.mark.parametrize("customers", [8, 35])
@pytest.mark.parametrize("key", PAGES)
def test_every_page_works_with_few_customers(visit, words, few_study, key, customers):
    for at in every_tab(visit(key, few_study(customers)), key):
        assert not at.exception
        assert not [fault for fault in FAULTS[:3] if fault in words(at)]


@pytest.mark.parametrize("key", PAGES)
def test_files_without_anything_to_study_end_in_advice_under_the_pages_name(
    visit, words, save, key
):
    at = visit(key, save({"x": few_columns()}, title="Nothing"))
    assert not at.exception
    assert at.title[0].value
    assert "What to do" in words(at)


def few_columns():
    return pd.DataFrame({"foo": ["a", "b"], "bar": ["1", "2"]})


def test_a_segment_keeps_the_name_a_person_gave_it(visit, words, fresh_sample, settings):
    at = visit("segments", fresh_sample)
    field = next(field for field in at.text_input if field.key.startswith("segment_name_"))
    field.input("Growing banks").run()
    assert list(settings().segment_names.values()) == ["Growing banks"]
    assert "Growing banks" in words(at)


def test_the_number_of_segments_can_be_asked_for(visit, fresh_sample):
    at = visit("segments", fresh_sample)
    at.selectbox(key="segments_k").select(2).run()
    assert at.metric[0].value == "2"


def test_a_switch_holds_accounts_and_is_kept_in_the_rubric(visit, fresh_sample, settings):
    at = visit("anti_icp", fresh_sample)
    at.toggle[0].set_value(True).run()
    assert not at.exception
    assert [flag.on for flag in settings().rubric.flags].count(True) == 1
    assert next(m.value for m in at.metric if m.label == "Switched on") == "1"


def test_validation_begins_with_whether_it_is_proven(visit, fresh_sample):
    at = visit("validation", fresh_sample)
    first = [block.value for block in at.main.markdown][:5]
    assert any("proof" in line for line in first)
    assert any("set aside" in line for line in first)
    assert any("What falls short:** Green holds" in line for line in first)
    assert any("What would change that" in line for line in first)
    at.button(key="to_checks").click().run()
    assert any("Rules of thumb" in block.value for block in at.markdown)


def test_what_the_files_lack_is_asked_for_once_and_written_there(
    visit, words, save, sample_tables, home_folder
):
    accounts = sample_tables["accounts"].filter(
        ["Record ID", "Company name", "Industry", "ARR", "Customer since"]
    )
    study = save({"accounts": accounts.head(200)}, title="bare")
    at = visit("profile", study)
    assert "**Pain points**: Ask three best customers what made them look." in words(at)
    at.button(key="edit_pain_points").click().run()
    at.text_area(key="text_pain_points").input("[interview] Too many no-shows")
    next(button for button in at.button if button.label == "Save").click().run()
    assert "**Pain points**" not in words(at) and "Too many no-shows" in words(at)


def test_an_edited_section_keeps_the_persons_words_beside_the_datas(
    visit, words, fresh_sample, settings
):
    at = visit("profile", fresh_sample)
    at.button(key="edit_goals").click().run()
    at.text_area(key="text_goals").input("[interview] They want fewer no-shows")
    next(button for button in at.button if button.label == "Save").click().run()
    assert settings().profile_edits == {"goals": "[interview] They want fewer no-shows"}
    assert "They want fewer no-shows" in words(at)
    assert any(block.label == "What the data say" for block in at.expander)


def test_the_document_can_be_taken_along_in_three_forms(visit, fresh_sample):
    at = visit("profile", fresh_sample)
    labels = [button.proto.label for button in at.get("download_button")]
    assert {"Download HTML", "Download Markdown", "Download JSON"} <= set(labels)
