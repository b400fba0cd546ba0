import numpy as np

from icp_engine.attributes.model import Indicator
from icp_engine.traits.compare import compare_counts
from icp_engine.traits.flags import add_q_and_direction
from icp_engine.traits.sentences import NOT_PROVEN, Names, name_trait, write_sentences


def sentence(best, rest, worst):
    table = compare_counts(
        [np.array([float(n)]) for n, _ in (best, rest, worst)],
        [np.array([float(of)]) for _, of in (best, rest, worst)],
    )
    return write_sentences(
        add_q_and_direction(table, 0.05), ["Industry = FinTech"], Names(), NOT_PROVEN
    )[0]


def test_a_good_sign_reads_as_a_rep_would_say_it():
    assert sentence((41, 96), (22, 158), (5, 60)) == (
        "Best customers were 3.1\u202f× (2.0–4.8) as likely to have Industry = FinTech: 41 of 96 against 22 of 158."
    )


def test_a_bad_sign_compares_the_worst_with_the_best():
    assert sentence((22, 158), (30, 200), (41, 96)) == (
        "Churned or low-value customers were 3.1\u202f× (2.0–4.8) as likely to have Industry = FinTech: "
        "41 of 96 against 22 of 158 best."
    )


def test_a_bad_sign_that_only_the_rest_prove_compares_with_the_rest():
    text = sentence((6, 89), (65, 264), (13, 88))
    assert text.startswith("Best customers were 0.27\u202f× (0.12–0.58)")
    assert "6 of 89 against 65 of 264" in text


def test_what_is_not_claimed_says_so_and_zeros_stay_readable():
    assert sentence((6, 60), (14, 158), (5, 60)).endswith("Not proven.")
    assert "0 of 0 against 3 of 9" in sentence((0, 0), (3, 9), (0, 0))
    assert "nan" not in sentence((0, 0), (3, 9), (0, 0)) and "inf" not in sentence(
        (30, 90), (0, 90), (0, 90)
    )


def test_traits_are_named_by_kind():
    names = [
        name_trait(Indicator(*parts))
        for parts in (
            ("Industry", "FinTech", "level"),
            ("Tools", "Slack", "tag"),
            ("Employees", "51–200", "range"),
            ("Growth", "-32–-5", "range"),
        )
    ]
    assert names == [
        "Industry = FinTech",
        "Tools with Slack",
        "Employees 51–200",
        "Growth \N{MINUS SIGN}32 to \N{MINUS SIGN}5",
    ]
