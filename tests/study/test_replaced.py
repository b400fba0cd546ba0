"""A study with one setting replaced gives what a fresh study gives, for every setting there is."""

import pandas as pd
import pytest

import icp_engine as icp
from icp_engine.settings import Condition, Filter, Settings
from icp_engine.study.study import Study

UNNAMED = [
    *("Region", "Original Source", "Onboarding days", "LTV", "Annual Revenue"),
    "Headcount growth (12 months)",
]


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
        "table_kinds": {"contacts": "unused"},
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
    """A quarter of the sample without what no setting names: everything is there, quick to make anew."""
    raw = dict(sample_study.raw)
    ids = raw["accounts"]["Record ID"]
    kept = ids[ids.astype("int64") % 4 == 0]
    raw["accounts"] = raw["accounts"][ids.isin(kept)].reset_index(drop=True).drop(columns=UNNAMED)
    for name in ("deals", "contacts"):
        of_kept = raw[name]["Associated Company IDs"].isin(kept)
        raw[name] = raw[name][of_kept].reset_index(drop=True)
    return Study(raw, Settings(resamples=5))


def summary(study):
    """Results as text, one a stage that settings can reach and people see."""
    return {
        "problems": repr(study.problems),
        "questions": repr((study.facts, study.questions, study.understood)),
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
