"""Scope: a filter chosen on the page narrows every page, stands there as a sentence, and can be
taken away.
"""

import pytest

from icp_engine.store.studies import StudyStore


@pytest.fixture
def study(save, sample_tables):
    return save({name: sample_tables[name] for name in ("accounts", "deals")})


@pytest.fixture
def at(visit, study):
    at = visit("data", study)
    at.session_state["tabs_data"] = "Scope"
    return at.run()


def choose(at, name):
    box = at.selectbox(key="scope_column")
    at.selectbox(key="scope_column").select_index(box.options.index(name)).run()


def test_one_pipeline_alone(at, study, words, home_folder):
    choose(at, "Deals: Pipeline")
    at.multiselect[0].select("Renewals").run()
    at.segmented_control(key="scope_side_deals_Pipeline").set_value("Leave out").run()
    at.button(key="scope_apply").click().run()
    assert not at.exception
    assert "is not “Renewals”" in words(at)
    assert "accounts and" in words(at)
    assert StudyStore(home_folder).load(study).settings.scope[0].exclude == ("Renewals",)


def test_a_filter_can_be_taken_away(at, study, words, home_folder):
    choose(at, "Accounts: Region")
    at.multiselect[0].select("Nordics").run()
    at.button(key="scope_apply").click().run()
    assert "“Region” is “Nordics”" in words(at)
    at.button(key="scope_remove_0").click().run()
    assert not at.exception
    assert StudyStore(home_folder).load(study).settings.scope == ()


def test_days_outside_the_range_cannot_be_applied_before_one_is_chosen(at):
    choose(at, "Deals: Create Date")
    assert at.button(key="scope_apply").disabled
