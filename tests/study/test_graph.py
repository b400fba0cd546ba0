"""The graph of results: a stage reads what it declares, and no changed setting meets an old result."""

import pandas as pd
import pytest

from icp_engine.settings import Settings
from icp_engine.study.stages import Stage, StageView, UndeclaredError, Used, stage
from icp_engine.study.study import Study
from sample_data.markets import null_market, planted_market, shrink
from sample_data.shop import make_shop


def ask_everything(study):
    """Every stage once."""
    for name in Study.stages:
        asked = getattr(study, name)
        if name == "distributions":
            for table in study.intake.raw:
                asked(table)
        elif callable(asked):
            asked()
    study.validation.explain(
        study.accounts.index[:2]
    )  # what was missed is explained when asked for


@pytest.fixture(scope="module")
def deals_only(sample_study):
    """One table of deals that says of itself what their accounts are like."""
    accounts = sample_study.raw["accounts"][
        ["Record ID", "Industry", "Number of Employees", "Region"]
    ]
    deals = sample_study.raw["deals"].merge(
        accounts.rename(columns={"Record ID": "Associated Company IDs"}), how="left"
    )
    return Study.open({"deals": deals})


@pytest.fixture(scope="module")
def no_signal():
    market = null_market(3)
    return Study.open({"accounts": market.accounts, "deals": market.deals})


def in_doubt():
    """Deals in codes of one's own, days that read both ways, and amounts of which some have no rate."""
    rows = range(60)
    return Study.open(
        {
            "deals": pd.DataFrame(
                {
                    "Deal": [f"D-{row}" for row in rows],
                    "Company": [f"Firm {row % 20}" for row in rows],
                    "Landing": [("zork", "plim")[row % 2] for row in rows],
                    "Close Date": [f"{1 + row % 12:02}/{1 + row % 9:02}/2025" for row in rows],
                    "Amount": [100 + row for row in rows],
                    "Currency": [("USD", "XAU")[row % 2] for row in rows],
                }
            )
        }
    )


@pytest.fixture(scope="module")
def studies(sample_study, deals_only, no_signal):
    """Seven kinds of data, and the sample with a rubric a person changed in two ways."""
    suggestion = sample_study.suggestion
    moved = suggestion.with_weights({suggestion.criteria[0].name: 60})
    single = next(at for at, c in enumerate(suggestion.criteria) if len(c.attributes) == 1)
    levels = suggestion.criteria[single].levels
    edited = suggestion.criteria[single].model_copy(update={"levels": levels[:1]})
    criteria = [*suggestion.criteria[:single], edited, *suggestion.criteria[single + 1 :]]
    by_hand = moved.model_copy(update={"criteria": tuple(criteria)})
    return (
        sample_study,
        sample_study.replace(rubric=moved, read_on="2026-09-30"),
        sample_study.replace(rubric=by_hand),
        deals_only,
        Study.open({"orders": make_shop(1)[0]}),
        no_signal,
        in_doubt(),
        *few_customers(),
    )


def few_customers():
    """So few deals that they are cross-checked, some rows twice, a customer pinned; too few at all."""
    few, none = (shrink(planted_market(2), customers) for customers in (40, 8))
    tables = {"accounts": few.accounts, "deals": few.deals.drop(columns="deal_id")}
    tables["deals"] = pd.concat([tables["deals"], tables["deals"].tail(3)])
    study = Study.open(tables)
    return (
        study.replace(pins={study.best.rest[0]: "ours"}),
        Study.open({"accounts": none.accounts, "deals": none.deals}),
    )


@pytest.fixture(scope="module")
def used(studies):
    """stage → what it read and asked for, over all of these."""
    found = {name: Used() for name in Study.stages}
    for study in studies:
        ask_everything(study)
        for name, use in study._memo.used.items():
            found[name].settings |= use.settings
            found[name].results |= use.results
    return found


@pytest.mark.parametrize("name", Study.stages)
def test_a_stage_reads_every_setting_and_result_that_it_declares(used, name):
    declared = Study.stages[name]
    unread = {*declared.settings, *declared.upstream} - used[name].settings - used[name].results
    assert unread == set()


def test_a_stage_sees_no_setting_that_it_does_not_declare(sample_study):
    view = StageView(sample_study, Stage("made up", lambda self: None, ("seed",)), Used())
    assert view.settings.seed == sample_study.settings.seed
    with pytest.raises(UndeclaredError, match="“top_share”"):
        _ = view.settings.top_share


def test_a_stage_gets_no_result_that_it_does_not_declare(sample_study):
    view = StageView(sample_study, Stage("made up", lambda self: None, (), ("intake",)), Used())
    assert view.as_of == sample_study.as_of  # a plain property, which asks for the intake
    for ask in (lambda: view.best, lambda: view.accounts, lambda: view._memo):
        with pytest.raises(UndeclaredError):
            ask()


def test_a_stage_declares_what_stands_upstream_and_no_setting_that_is_none():
    before: set[str] = set()
    for declared in Study.stages.values():
        assert {*declared.upstream} <= before, declared.name
        assert {*declared.settings} <= {*Settings.model_fields}, declared.name
        before.add(declared.name)


def test_a_stage_that_forgets_a_setting_is_found_out():
    class Forgetful(Study):
        @property
        @stage(results=("best",))
        def forgetful(self):
            return len(self.best.accounts) * self.settings.top_share

    with pytest.raises(UndeclaredError, match="top_share"):
        _ = Forgetful.open(make_shop(1)[0].pipe(lambda orders: {"orders": orders})).forgetful
