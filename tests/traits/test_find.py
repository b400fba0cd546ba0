import dataclasses

import numpy as np
import pandas as pd
import pytest

from benchmarks.trait_markets import make_market
from icp_engine.traits.model import ADJUSTED_COLUMNS, TRAIT_COLUMNS

COLUMNS = [*TRAIT_COLUMNS, *ADJUSTED_COLUMNS, "attribute_kind", "sentence"]


def claimed(table):
    return table[table["direction"] != "none"]


def test_planted_traits_are_found_in_their_direction(planted):
    market, traits = planted
    by_trait = traits.table.set_index(["attribute", "value"])["direction"]
    assert all(by_trait[trait] in ("icp", "both") for trait in market.good)
    assert all(by_trait[trait] == "anti" for trait in market.bad)


def test_nuisance_attributes_are_acquitted(planted):
    market, traits = planted
    named = set(claimed(traits.table)["attribute"]) | set(claimed(traits.won_lost)["attribute"])
    assert named <= {name for name, _ in market.good | market.bad}


def test_without_signal_hardly_anything_is_claimed(find):
    loud = 0
    for seed in range(40):
        traits = find(make_market(500 + seed, 300))
        loud += any(len(claimed(table)) for table in (traits.table, traits.pairs, traits.won_lost))
        assert traits.verdict.level in ("none", "weak", "moderate")
    assert loud <= 3


def test_every_indicator_has_one_row_with_the_promised_columns(planted):
    market, traits = planted
    for table in (traits.table, traits.pairs, traits.won_lost):
        assert list(table.columns) == COLUMNS
        assert table[["p_value", "q_value"]].notna().all(axis=None)
    items = {(item.attribute, item.value) for item in market.indicators.items}
    assert set(zip(traits.table["attribute"], traits.table["value"], strict=True)) == items
    assert len(traits.table) == len(traits.won_lost) == len(items)


def test_counts_are_those_of_the_accounts(planted):
    market, traits = planted
    column = next(
        place for place, item in enumerate(market.indicators.items) if item.value == "Tools 3"
    )
    row = traits.table.set_index("value").loc["Tools 3"]
    for name, accounts in (
        ("best", market.best.accounts),
        ("rest", market.best.rest),
        ("worst", market.best.worst),
    ):
        rows = market.indicators.index.isin(accounts)
        assert row[f"n_{name}"] == market.indicators.held[rows, column].sum()
        assert row[f"of_{name}"] == market.indicators.known[rows, column].sum()


def test_an_unknown_value_is_never_counted_as_held(find):
    market = make_market(3, 400)
    nothing = np.zeros_like(market.indicators.known)
    unknown = dataclasses.replace(market.indicators, known=nothing)
    traits = find(dataclasses.replace(market, indicators=unknown))
    assert (traits.table[["n_best", "of_best", "n_rest", "of_rest"]] == 0).all(axis=None)
    assert (traits.table["p_value"] == 1).all() and traits.verdict.level == "none"


def test_an_account_votes_once_however_many_deals_it_has(planted):
    market, traits = planted
    row = traits.won_lost.iloc[0]
    assert row["of_best"] + row["of_rest"] <= len(market.won_weight)
    assert (traits.won_lost[["n_worst", "of_worst"]] == 0).all(axis=None)
    assert traits.won_lost["lift_worst"].isna().all() and (traits.won_lost["strength"] == "").all()


@pytest.mark.parametrize("customers", [1, 4, 8, 20, 35])
def test_few_customers_give_counts_but_no_claim(find, customers):
    traits = find(make_market(5, 2 * customers, planted=True))
    assert traits.verdict.level == "too_little_data" and "more customers" in traits.verdict.sentence
    assert (traits.table["direction"] == "none").all() and traits.table["p_value"].notna().all()
    assert traits.table["sentence"].str.endswith("Pattern, not proven.").all()


@pytest.mark.parametrize("customers", [60, 100, 200])
def test_small_markets_without_signal_say_none(find, customers):
    verdict = find(make_market(5, 2 * customers)).verdict
    assert verdict.level == "none" and "none of" in verdict.sentence


def test_without_worst_rest_or_deals_everything_still_answers(find):
    market = make_market(31, 1000, planted=True)
    none = market.best.worst[:0]
    no_worst = find(dataclasses.replace(market, best=dataclasses.replace(market.best, worst=none)))
    assert (
        no_worst.verdict.level in ("strong", "moderate")
        and no_worst.table["lift_worst"].isna().all()
    )
    no_rest = find(dataclasses.replace(market, best=dataclasses.replace(market.best, rest=none)))
    assert no_rest.verdict.level == "too_little_data"
    no_deals = find(
        dataclasses.replace(
            market, won_weight=market.won_weight[:0], lost_weight=market.lost_weight[:0]
        )
    )
    assert (no_deals.won_lost["p_value"] == 1).all()
    assert not (no_deals.table["strength"] == "disqualifier").any()


def test_without_attributes_there_is_nothing_to_claim(find):
    market = make_market(31, 600)
    cells = np.zeros((600, 0), dtype=bool)
    empty = dataclasses.replace(market.indicators, items=(), held=cells, known=cells)
    traits = find(dataclasses.replace(market, indicators=empty, attributes=()))
    assert traits.verdict.level == "none" and "No attribute" in traits.verdict.sentence
    assert (
        list(traits.table.columns) == list(traits.pairs.columns) == COLUMNS and traits.table.empty
    )


def test_accounts_without_indicators_are_left_out(find):
    market = make_market(31, 600)
    best = dataclasses.replace(
        market.best, accounts=market.best.accounts.append(pd.Index(["nowhere"]))
    )
    pd.testing.assert_frame_equal(
        find(dataclasses.replace(market, best=best)).table, find(market).table
    )


def test_equal_input_gives_equal_output(planted, find):
    market, traits = planted
    for name in ("table", "pairs", "won_lost"):
        pd.testing.assert_frame_equal(getattr(find(market), name), getattr(traits, name))
