import numpy as np

from benchmarks.trait_markets import make_market
from icp_engine.traits.compare import Groups, compare_counts, count_traits, locate
from icp_engine.traits.pairs import compare_pairs


def pairs_of(market):
    parts = (market.best.accounts, market.best.rest, market.best.worst)
    groups = Groups(*(locate(market.indicators.index, part) for part in parts))
    singles = compare_counts(*count_traits(market.indicators, groups))
    return compare_pairs(market.indicators, groups, singles, 0.05), groups


def test_traits_worth_nothing_alone_are_found_together(find):
    traits = find(make_market(3, 2000, together=True))
    claimed = traits.pairs[traits.pairs["direction"] != "none"]
    assert set(claimed["attribute"]) == {"Model × Support"}
    assert (
        not traits.table.loc[traits.table["direction"] != "none", "attribute"]
        .isin(["Model", "Support"])
        .any()
    )


def test_counts_by_matrix_product_are_exact():
    market = make_market(7, 1200)
    pairs, groups = pairs_of(market)
    held, known = market.indicators.held, market.indicators.known
    for _, row in pairs.iloc[:: max(1, len(pairs) // 20)].iterrows():
        for name, rows in zip(("best", "rest", "worst"), groups.all, strict=True):
            both = held[rows, row["first"]] & held[rows, row["second"]]
            assert row[f"n_{name}"] == both.sum()
            assert (
                row[f"of_{name}"] == (known[rows, row["first"]] & known[rows, row["second"]]).sum()
            )


def test_pairs_join_two_attributes_and_rest_on_five_best():
    market = make_market(7, 1200)
    pairs, _ = pairs_of(market)
    names = np.array([item.attribute for item in market.indicators.items], dtype=object)
    assert len(pairs) and (names[pairs["first"]] != names[pairs["second"]]).all()
    assert (pairs["n_best"] >= 5).all() and len(pairs) <= 200


def test_a_pair_with_a_part_that_adds_nothing_is_not_claimed(planted):
    market, traits = planted
    claimed = traits.pairs[traits.pairs["direction"] != "none"]
    told = {name for name, _ in market.good | market.bad}
    assert len(claimed) and all(set(name.split(" × ")) <= told for name in claimed["attribute"])
    assert len(traits.pairs) > len(claimed)
