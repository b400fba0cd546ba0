import numpy as np
import pytest

from icp_engine.stats.proportions import two_by_two_p
from icp_engine.traits.compare import compare_counts, shrunken_effect
from icp_engine.traits.flags import add_q_and_direction, grade_bad_fit


def table_of(best, rest, worst, others=20):
    """One trait of interest, (holders, known) by group, among `others` traits that differ in
    nothing.
    """
    groups = (best, rest, worst)
    held = [np.array([n, *[of // 4] * others], dtype=float) for n, of in groups]
    known = [np.array([of, *[of] * others], dtype=float) for _, of in groups]
    return add_q_and_direction(compare_counts(held, known), 0.05)


def graded(best, rest, worst, lost_more=True, wins_hit=0.02):
    table = table_of(best, rest, worst)
    return grade_bad_fit(table, np.full(len(table), lost_more), np.full(len(table), wins_hit)).iloc[
        0
    ]


@pytest.mark.parametrize(
    ("best", "rest", "worst", "direction"),
    [
        ((60, 100), (40, 300), (13, 100), "icp"),
        ((25, 100), (75, 300), (80, 100), "anti"),
        ((2, 100), (90, 300), (30, 100), "anti"),
        ((60, 100), (30, 300), (60, 100), "both"),
        ((26, 100), (75, 300), (24, 100), "none"),
        ((27, 1000), (81, 3000), (27, 1000), "none"),
        ((9200, 10000), (24000, 30000), (8000, 10000), "none"),  # certain, but 1.15 × is of no use
    ],
)
def test_direction(best, rest, worst, direction):
    assert table_of(best, rest, worst)["direction"].tolist()[0] == direction


def test_traits_that_differ_in_nothing_are_not_claimed():
    assert (table_of((60, 100), (40, 300), (13, 100))["direction"].iloc[1:] == "none").all()


def test_p_is_twice_the_smaller_of_both_contrasts():
    row = table_of((30, 100), (75, 300), (45, 100)).iloc[0]
    assert row["p_value"] == pytest.approx(2 * float(two_by_two_p(45, 100, 75, 300)))


@pytest.mark.parametrize(
    ("facts", "strength"),
    [
        ({}, "disqualifier"),
        ({"lost_more": False}, "warning"),
        ({"wins_hit": 0.06}, "warning"),
        ({"wins_hit": float("nan")}, "warning"),
        ({"worst": (18, 30)}, "warning"),  # under twenty worst accounts hold it
        ({"best": (15, 100)}, "warning"),  # lower limit under 2.5
        (
            {"best": (2, 100), "rest": (90, 300), "worst": (30, 100)},
            "caution",
        ),  # the rest hold it as often
        ({"best": (26, 100), "worst": (27, 100)}, ""),
    ],
)
def test_strength(facts, strength):
    given = {"best": (5, 100), "rest": (30, 300), "worst": (50, 100), **facts}
    assert graded(**given)["strength"] == strength


def test_tiny_groups_cannot_lead():
    table = compare_counts(
        [np.array([2.0, 41])] + [np.array([0.0, 22])] * 2,
        [np.array([2.0, 96])] + [np.array([9.0, 158])] * 2,
    )
    tiny, large = shrunken_effect(table)
    assert table["lift"].iloc[0] > table["lift"].iloc[1] and large > tiny
