"""Open deals: every one counted once, by band and by owner."""

import pandas as pd
import pytest

from icp_engine import Rubric, Study
from icp_engine.activate.pipeline import open_pipeline


@pytest.fixture(scope="module")
def pipeline(sample):
    return open_pipeline(sample)


def test_every_open_deal_stands_once_in_a_band(pipeline, sample):
    assert (
        pipeline.total == int(sample.deals["won"].isna().sum()) == pipeline.by_band["deals"].sum()
    )
    assert pipeline.by_band["amount"].sum() == pytest.approx(pipeline.deals["amount"].sum())


def test_owners_add_up_to_the_whole(pipeline):
    assert pipeline.by_owner["deals"].sum() == pipeline.total
    assert pipeline.by_owner["Green amount"].sum() == pytest.approx(
        pipeline.of_band("Green")["amount"]
    )
    assert pipeline.by_owner["Green amount"].is_monotonic_decreasing


def test_green_comes_first_and_in_it_the_dearest(pipeline):
    green = pipeline.deals[pipeline.deals["band"] == "Green"]
    assert list(pipeline.deals.index[: len(green)]) == list(green.index)
    assert (
        green["amount"].dropna().is_monotonic_decreasing
        and not green["amount"].iloc[:5].isna().any()
    )


def test_what_green_won_is_the_held_out_rate(pipeline, sample):
    bands = sample.validation.bands.set_index("band")
    assert pipeline.unseen
    assert pipeline.won_at_green.value == pytest.approx(bands.loc["Green", "win_rate"])
    assert pipeline.won_at_green.low < pipeline.won_at_green.value


def test_cautions_are_those_of_the_deal_watch(pipeline, sample):
    warned = sample.deal_watch.index[sample.deal_watch["cautions"] > 0]
    assert set(pipeline.deals.index[pipeline.deals["cautions"] > 0]) == set(warned)


def test_a_score_is_the_whole_number_that_the_band_uses(pipeline, sample):
    rated = pipeline.deals[pipeline.deals["band"] != "Not rated"]
    said = sample.explain(rated["account_id"].unique()).reindex(rated["account_id"])
    numbers = said.str.extract(r"^\D+(\d+)")[0].astype(int)
    assert numbers.tolist() == rated["whole"].tolist()


def test_what_most_open_deals_share_is_said_once(sample):
    deals = sample.raw["deals"]
    closed = deals["Deal Stage"].str.startswith("Closed")
    old = deals.assign(**{"Create Date": deals["Create Date"].where(closed, "2024-01-02")})
    found = open_pipeline(Study.open({**sample.raw, "deals": old}))
    assert len(found.shared) == 1 and "longer than nine in ten won deals took" in found.shared[0]
    assert not found.deals["caution"].str.contains("nine in ten").any()


def test_without_open_deals_the_tables_are_empty():
    deals = pd.DataFrame(
        {
            "Deal ID": ["1", "2", "3"],
            "Account": ["a", "b", "c"],
            "Stage": ["Closed Won"] * 3,
            "Close Date": ["2025-01-01"] * 3,
            "Amount": ["10", "20", "30"],
        }
    )
    found = open_pipeline(Study.open({"deals": deals}))
    assert found.total == 0 and found.by_owner.empty and found.by_band["deals"].sum() == 0
    assert found.won_at_green.value is None


def test_without_criteria_no_open_deal_is_rated(sample):
    found = open_pipeline(sample.replace(rubric=Rubric()))
    assert set(found.deals["band"]) == {"Not rated"}
