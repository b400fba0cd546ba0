import pytest

from benchmarks.trait_markets import make_market
from icp_engine.settings import Settings
from icp_engine.traits.compare import Groups, locate
from icp_engine.traits.verdict import judge, visible_lift


def test_the_sentence_counts_traits_and_gives_the_clearest(planted):
    _, traits = planted
    apart = traits.table[
        traits.table["direction"].isin(["icp", "both"]) & (traits.table["lift_low"] > 1)
    ]
    count, lead = len(apart), apart.iloc[0]
    assert traits.verdict.level == "strong"
    assert traits.verdict.sentence.startswith(
        f"{count} traits set your best customers apart; the clearest: "
    )
    assert (
        f"{lead['n_best']} of {lead['of_best']} best against {lead['n_rest']}"
        in traits.verdict.sentence
    )


def test_a_trait_that_only_the_worst_lack_is_said_of_the_worst(planted):
    _, traits = planted
    claimed = traits.table[traits.table["direction"] == "icp"]
    only_worst = claimed[~(claimed["lift_low"] > 1)]
    assert (
        len(only_worst)
        and only_worst["sentence"].str.startswith("Churned or low-value customers").all()
    )


def test_none_names_what_could_not_have_been_seen(find):
    verdict = find(make_market(5, 120)).verdict
    assert verdict.level == "none" and "only differences of about" in verdict.sentence


def test_too_little_says_how_many_more(find):
    assert (
        "about 22 more customers older than 180 days" in find(make_market(5, 16)).verdict.sentence
    )


@pytest.mark.parametrize(("best", "rest"), [(10, 40), (100, 400), (1000, 4000)])
def test_more_customers_show_smaller_differences(best, rest):
    assert 1 < visible_lift(10 * best, 10 * rest) < visible_lift(best, rest) <= 5


def test_bad_fits_alone_are_no_strong_profile(planted):
    market, traits = planted
    labels = list(traits.table["value"])
    groups = Groups(
        *(
            locate(market.indicators.index, part)
            for part in (market.best.accounts, market.best.rest, market.best.worst)
        )
    )
    direction = traits.table["direction"]
    anti_only = traits.table.assign(direction=direction.where(direction == "anti", "none"))
    verdict = judge(anti_only, groups, labels, Settings())
    assert verdict.level == "moderate" and "none the best" in verdict.sentence
