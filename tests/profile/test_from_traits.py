"""What traits say in the document: proven ones first, patterns only as patterns."""

import pandas as pd

from icp_engine.profile.from_traits import (
    bad_fit,
    bad_traits,
    best_fit,
    describe_kinds,
    good_fit,
    keyword_values,
)
from icp_engine.rubric.model import Criterion, Level, Match, Rubric
from icp_engine.traits.model import Traits
from icp_engine.types import Verdict

NONE = Rubric()


def traits_of(*rows):
    columns = [
        "attribute",
        "value",
        "kind",
        "attribute_kind",
        "direction",
        "strength",
        "n_best",
        "of_best",
        "n_rest",
        "of_rest",
        "sentence",
    ]  # lift follows from the counts, its limit only roughly
    table = pd.DataFrame(rows, columns=columns)
    table["lift"] = table["n_best"] * table["of_rest"] / (table["of_best"] * table["n_rest"])
    table["lift_low"] = table["lift"] / 1.8
    return Traits(table, table.head(0), table.head(0), Verdict("weak", "One trait."))


FINTECH = (
    "Industry",
    "FinTech",
    "level",
    "firmographic",
    "icp",
    "",
    6,
    7,
    9,
    28,
    "FinTech sentence.",
)
HEALTH = (
    "Industry",
    "Health",
    "level",
    "firmographic",
    "none",
    "",
    1,
    7,
    9,
    28,
    "Health sentence.",
)
SIZE = ("Size", "51–200", "range", "firmographic", "none", "", 5, 7, 10, 28, "Size sentence.")
LARGE = (
    "Size",
    "501+",
    "range",
    "firmographic",
    "anti",
    "warning",
    0,
    7,
    10,
    28,
    "Large sentence.",
)


def test_proven_traits_are_told_in_their_own_sentence():
    said = describe_kinds(traits_of(FINTECH, SIZE), ["firmographic"])
    assert [statement.text for statement in said] == ["FinTech sentence."]


def test_where_nothing_is_proven_the_commonest_is_shown_as_a_pattern_in_counts():
    said = [
        statement.text for statement in describe_kinds(traits_of(HEALTH, SIZE), ["firmographic"])
    ]
    assert said[0].startswith("Nothing here is proven")
    assert said[1:] == ["Size 51–200: 5 of 7 best, 10 of 28 others (pattern, not proven)."]


def test_a_trait_against_a_customer_is_not_what_best_customers_are_like():
    said = describe_kinds(traits_of(LARGE), ["firmographic"])
    assert not any("Large" in statement.text for statement in said)


def test_a_trait_only_the_worst_lack_does_not_describe_the_best():
    rarer = (*FINTECH[:6], 1, 7, 9, 28, "Rarer sentence.")
    assert not any(
        "Rarer" in statement.text
        for statement in describe_kinds(traits_of(rarer), ["firmographic"])
    )


def test_kinds_without_attributes_say_nothing():
    assert describe_kinds(traits_of(FINTECH), ["technographic"]) == ()
    assert describe_kinds(traits_of(), ["firmographic"]) == ()


def test_bad_traits_name_the_strength():
    assert [statement.text for statement in bad_traits(traits_of(FINTECH, LARGE))] == [
        "Warning: Large sentence."
    ]


def test_levels_are_split_into_best_good_and_bad_by_what_they_earn():
    fits = {"FinTech": 20, "Retail": 15, "Health": 10, "Travel": 5, "Public": 0}
    levels = tuple(
        Level(label=name, fit=fit, tests=(Match(values=(name,)),)) for name, fit in fits.items()
    )
    levels += (Level(label="any other", fit=12, tests=(Match(),)),)
    rubric = Rubric(
        criteria=(
            Criterion(
                name="Industry",
                group="must_have",
                weight=100,
                attributes=("Industry",),
                levels=levels,
            ),
        )
    )
    said = [
        statement.text
        for found in (
            best_fit(traits_of(FINTECH), rubric),
            good_fit(rubric),
            bad_fit(traits_of(LARGE), rubric),
        )
        for statement in found
    ]
    assert said == [
        "Proven traits: Industry = FinTech.",
        "Industry, points of 100: FinTech (100); Retail (75).",
        "Industry, points of 100: Health (50).",
        "Below half: Industry, points of 100: Travel (25).",
        "Traits proven to speak against: Size 501+.",
        "Industry, points of 100: Public (0).",
    ]


def test_a_rubric_by_hand_is_an_assumption():
    level = Level(label="Health", fit=10, tests=(Match(values=("Health",)),))
    rubric = Rubric(
        origin="by hand",
        criteria=(
            Criterion(
                name="Industry",
                group="must_have",
                weight=100,
                attributes=("Industry",),
                levels=(level,),
            ),
        ),
    )
    assert good_fit(rubric)[0].evidence == "assumption"


def test_keywords_are_levels_and_tags_never_ranges_or_yes():
    proven = [(*row[:4], "icp", *row[5:]) for row in (FINTECH, SIZE, ("API", "yes", *FINTECH[2:]))]
    assert keyword_values(traits_of(*proven)) == ("FinTech",)
    assert keyword_values(traits_of()) == ()
    assert best_fit(traits_of(), NONE) == ()
