"""The graph of results: a stage reads what it declares, and no changed setting meets an old result."""

import pandas as pd
import pytest

import icp_engine as icp
from icp_engine.settings import Condition, Filter, Settings
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


@pytest.fixture(scope="module")
def studies(sample_study, deals_only, no_signal):
    """Six kinds of data, and the sample with a rubric a person changed in two ways."""
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


# ---------------------------------------------------------------------- a setting replaced


def changes(study):
    """Another value of every setting; what has none that matters here still must not stale."""
    rubric = study.suggestion
    first = study.best.accounts[0]
    segment = study.segments.segments
    return {
        "as_of": "2026-06-30",
        "read_on": "2026-05-01",
        "roles": {"accounts": {"NPS": "ignore"}},
        "attribute_kinds": {"Open roles": "technographic"},
        "missing_words": {"Industry": ("Retail",)},
        "kept_words": {"CRM used": ("None",)},
        "merges": {"Industry": {"Media": "Retail"}},
        "meanings": {"Deal Type": {"Renewal": "new"}},
        "groupings": {"Industry": "sector"},
        "derived_off": ("Company age",),
        "sheets": {"accounts": "First"},
        "read_from": {"accounts": "crm:public.accounts"},
        "date_formats": {"Close Date": "month_first"},
        "currency": "EUR",
        "rates": {"USD": 0.9},
        "empty_means_no": ("Has technical contact",),
        "allow": ("Renewal forecast",),
        "joins": {"contacts": {"nobody": first}},
        "merge_accounts": {study.best.rest[0]: first},
        "keep_duplicates": ("deals",),
        "separate_tables": ("contacts",),
        "summaries": {"won_deals": False},
        "summary_roles": {"won_deals": "attribute"},
        "churn_from_silence": False,
        "unit": "person",
        "scope": (Filter(table="deals", column="Pipeline", exclude=("Partner",)),),
        "objective": "keep",
        "title": "Another name",
        "min_age_days": 400,
        "top_share": 0.1,
        "top_n": 15,
        "min_best": 40,
        "worst_share": 0.3,
        "metric_weights": {"ARR": 1.0},
        "metric_directions": {"ARR": "less"},
        "conditions": (Condition(metric="ARR", at_least=20_000),),
        "at_least_median": True,
        "min_metrics_share": 0.9,
        "pins": {study.best.rest[1]: "theirs"},
        "exclusions": {first: "ours"},
        "segments_k": 2,
        "segment_names": {segment[0].key: "Ours"},
        "segment_merges": {segment[0].key: segment[1].key},
        "resamples": 10,
        "false_discovery_rate": 0.2,
        "levels_max": 3,
        "reason_groups": {"Price": "timing"},
        "learn_from": "won",
        "criteria_max": 2,
        "missing_policy": "zero",
        "coverage_floor": 0.9,
        "green": 70,
        "yellow": 20,
        "rubric": rubric.with_weights({rubric.criteria[0].name: 70}),
        "scenarios": {"one": rubric},
        "scenario": "one",
        "holdout_n": 20,
        "holdout_share": 0.08,
        "holdout_from": "2026-03-01",
        "final": True,
        "looks": 3,
        "checked": rubric,
        "looked_at": ("12345678",),
        "seed": 7,
        "profile_edits": {"summary": "Ours."},
    }


@pytest.fixture(scope="module")
def small(sample_study):
    """The sample at a third of its accounts: everything is there, and quick to make anew."""
    raw = dict(sample_study.raw)
    ids = raw["accounts"]["Record ID"]
    kept = ids[ids.astype("int64") % 3 == 0]
    raw["accounts"] = raw["accounts"][ids.isin(kept)].reset_index(drop=True)
    raw["deals"] = raw["deals"][raw["deals"]["Associated Company IDs"].isin(kept)].reset_index(
        drop=True
    )
    return Study(raw, Settings(resamples=5))


def summary(study):
    """Results as text, one a stage that settings can reach and people see."""
    return {
        "problems": repr(study.problems),
        "accounts": pd.util.hash_pandas_object(study.accounts.astype("str")).sum(),
        "best": [*map(list, (study.best.accounts, study.best.worst, study.best.rest))],
        "conditions": study.conditions.to_csv(),
        "traits": study.traits.table.to_csv(),
        "segments": (study.segments.labels.to_csv(), [s.name for s in study.segments.segments]),
        "rubric": study.rubric.to_json(),
        "scores": study.scores.to_csv(),
        "reasons": study.reasons.to_csv(),
        "stability": study.stability.to_csv(),
        "validation": (study.validation.verdict, study.validation.bands.to_csv()),
        "what if": repr(None if study.what_if_rows() is None else study.what_if(study.rubric).auc),
        "profile": study.profile.to_json(),
    }


def test_every_setting_is_tried(small):
    assert {*changes(small)} == {*Settings.model_fields}


@pytest.mark.parametrize("name", Settings.model_fields)
def test_a_replaced_setting_gives_what_a_fresh_study_gives(small, name):
    summary(small)  # whatever may be kept is kept
    changed = Settings(**{"resamples": 5, name: changes(small)[name]})
    replaced = small.replace(settings=changed, rubric=changed.rubric)
    fresh = Study(small.raw, changed)
    try:
        wanted = summary(fresh)
    except icp.InputRefused:
        with pytest.raises(icp.InputRefused):
            summary(replaced)
        return
    assert summary(replaced) == wanted
