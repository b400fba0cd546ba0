"""The document of a real study: every section in its place, nothing named that must not be."""

import json

import pytest

import icp_engine as icp
from icp_engine.profile.build import read_edit
from icp_engine.profile.document import FORMS
from icp_engine.profile.sections import OUTLINE
from sample_data.markets import planted_market, shrink


def open_study(market, **settings):
    tables = {"accounts": market.accounts, "deals": market.deals}
    return icp.Study.open(tables, settings=icp.Settings(resamples=5, **settings))


@pytest.fixture(scope="module")
def study():
    return open_study(planted_market(3, accounts=300), title="North")


@pytest.fixture(scope="module")
def profile(study):
    return study.profile


def test_every_section_stands_in_order_and_none_is_empty(profile):
    assert [section.key for section in profile.sections] == [outline.key for outline in OUTLINE]
    assert all(section.statements for section in profile.sections)


def test_every_sentence_says_what_it_rests_on(profile):
    said = [statement for section in profile.sections for statement in section.statements]
    assert {statement.evidence for statement in said} <= {
        "data",
        "interview",
        "market",
        "assumption",
    }
    assert all(statement.source for statement in said if statement.evidence == "data")


def test_sections_without_data_ask_instead_of_claiming(profile):
    pains = profile.section("pain_points").statements
    assert all(
        statement.evidence == "assumption" and statement.text.startswith("Not recorded")
        for statement in pains
    )


def test_proof_repeats_the_verdict_and_the_bands(profile, study):
    assert profile.proof == study.validation.verdict.sentence
    table = profile.section("proof").table
    assert [row[0] for row in table.rows] == list(study.validation.bands["band"])


def test_the_rubric_table_has_every_criterion_with_its_weight(profile, study):
    rows = profile.section("rubric").table.rows
    assert [(row[0], int(row[2])) for row in rows] == [
        (c.name, c.weight) for c in study.rubric.criteria
    ]


def test_segments_are_all_there(profile, study):
    assert [row[0] for row in profile.section("segments").table.rows] == [
        s.name for s in study.segments.segments
    ]


def test_no_account_is_named_in_any_rendering(profile, study):
    for text in (form.write(profile) for form in FORMS):
        assert not [account for account in study.accounts.index if f" {account} " in text]


def test_an_edit_replaces_the_words_and_keeps_the_data(study):
    edited = study.replace(
        profile_edits={"firmographics": "Mid-size.\n[interview] In a city."}
    ).profile
    section = edited.section("firmographics")
    said = [(statement.text, statement.evidence) for statement in section.statements]
    assert said == [("Mid-size.", "assumption"), ("In a city.", "interview")]
    assert section.edited
    assert section.suggested == study.profile.section("firmographics").statements


def test_choices_made_by_hand_are_told_with_their_reason(study):
    account = str(study.best.rest[0])
    method = study.replace(pins={account: "Strategic"}, top_share=0.1).profile.section("method")
    said = " ".join(statement.text for statement in method.statements)
    assert "1 account counted as best by hand, because: “Strategic”." in said
    assert "top share = 0.1" in said


def test_equal_studies_make_equal_documents(study, profile):
    again = icp.Study.open(study.raw, settings=study.settings).profile
    assert again.to_json() == profile.to_json()


@pytest.mark.parametrize("customers", [8, 35])
def test_few_customers_still_make_a_document(customers):
    profile = open_study(shrink(planted_market(3, accounts=300), customers)).profile
    assert json.loads(profile.to_json())["proof_level"] in {
        "too little data",
        "none",
        "weak",
        "moderate",
    }
    assert all(section.statements for section in profile.sections)


def test_a_line_of_an_edit_may_carry_its_evidence():
    assert [s.evidence for s in read_edit("[Data] a\n\n[market] b\n[data]\nc")] == [
        "data",
        "market",
        "assumption",
        "assumption",
    ]
