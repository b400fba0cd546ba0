"""The planted truth is found, and the innocent are not named."""

import json
from pathlib import Path

import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

import icp_engine as icp
from icp_engine.values.parse import fold
from sample_data.markets import AS_OF, null_market, planted_market

SAMPLE = Path(__file__).parents[2] / "sample_data"
CLAIMS = ("strong", "moderate")


def open_market(market, **settings):
    return icp.Study.open(
        {"accounts": market.accounts, "deals": market.deals},
        settings=icp.Settings(as_of=str(pd.Timestamp(AS_OF).date()), **settings),
    )


@pytest.fixture(scope="module")
def planted():
    market = planted_market(11, accounts=1500)
    return market, open_market(market)


@pytest.fixture(scope="module")
def sample():
    return icp.Study.open(
        *(SAMPLE / f"{name}.csv" for name in ("accounts", "deals", "contacts", "notes"))
    )


@pytest.fixture(scope="module")
def truth():
    return json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))


def flagged(study, direction):
    table = study.traits.table
    rows = table[table["direction"].isin([direction, "both"])]
    return {(row.attribute, fold(row.value)) for row in rows.itertuples()}


def test_planted_segments_are_recovered(planted):
    market, study = planted
    labels = study.segments.labels
    truth = market.segment.reindex(labels.index)
    members = truth >= 0
    assert adjusted_rand_score(truth[members], labels[members]) > 0.7


def test_no_flagged_trait_rests_on_noise(planted):
    market, study = planted
    informative = {attribute for attribute, _, _ in market.traits} | {
        attribute for attribute, *_ in market.ranges
    }
    named = {attribute for attribute, _ in flagged(study, "icp") | flagged(study, "anti")}
    assert named
    assert len(named - informative) <= 1


def test_planted_deals_are_ranked_on_the_hold_out(planted):
    _, study = planted
    assert study.holdout.method == "held_out"
    assert study.validation.metrics["auc"].value > 0.65
    assert study.validation.verdict.level in ("strong", "moderate", "weak")


def test_the_sample_names_no_trait_on_noise_and_most_claims_are_planted(sample, truth):
    noise = set(truth["noise_attributes"])
    named = {attribute for attribute, _ in flagged(sample, "icp") | flagged(sample, "anti")}
    assert len(named) >= 4
    assert not named & noise


def test_the_sample_uses_no_leak(sample, truth):
    used = {attribute for criterion in sample.rubric.criteria for attribute in criterion.attributes}
    assert not used & {leak["column"] for leak in truth["leaks"]}


def test_the_sample_is_proven_on_held_out_deals(sample):
    assert sample.validation.verdict.level in ("strong", "moderate")
    assert sample.validation.permutation_p < 0.01


def test_the_sample_segments_are_the_planted_ones(sample, truth):
    labels = sample.segments.labels
    planted = pd.Series(
        {name: entry["segment"] for name, entry in truth["accounts"].items()}
    ).reindex(labels.index)
    members = planted >= 0
    assert adjusted_rand_score(planted[members], labels[members]) > 0.7


@pytest.mark.parametrize("seed", range(4))
def test_a_market_without_signal_claims_nothing(seed):
    study = open_market(null_market(seed))
    table = study.traits.table
    assert (table["direction"] == "none").all()
    assert study.segments.verdict.level not in CLAIMS
    assert study.validation.verdict.level not in CLAIMS
    assert not {"onboarding_plan", "handover_complete"} & {
        a for c in study.rubric.criteria for a in c.attributes
    }
