"""Spellings of one level are proposed as merges; levels that differ in meaning never are."""

import numpy as np
import pandas as pd
import pytest

from icp_engine import Rubric, Settings, Study
from icp_engine.intake.columns.variants import compare_levels, find_variants


def merged(levels, header="Industry"):
    return {text: found.level for found in find_variants(levels, header) for text in found.texts}


@pytest.mark.parametrize(
    ("slip", "level"),
    [
        ("technolgy", "technology"),
        ("Finanical services", "Financial services"),
        ("Manufactoring", "Manufacturing"),
        ("Partner referal", "Partner referral"),
        ("Beauty and health", "Health & Beauty"),
        ("Startup", "Startups"),
        ("Hubspt", "HubSpot"),
        ("Monthy", "Monthly"),
        ("Wholsale", "Wholesale"),
    ],
)
def test_a_slip_of_the_hand_is_proposed(slip, level):
    assert merged({level: 60, slip: 3}, "x") == {slip: level}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("B2B", "B2C"),
        ("Series A", "Series B"),
        ("Tier 1", "Tier 2"),
        ("North", "South"),
        ("Northeast", "Northwest"),
        ("Banking", "Baking"),
        ("Public", "Non-public"),
        ("Active", "Inactive"),
        ("MySQL", "MSSQL"),
        ("C++", "C#"),
        ("Basic", "Basic+"),
        ("Austria", "Australia"),
        ("Inbound", "Outbound"),
        ("Hardware", "Software"),
        ("Internal", "External"),
        ("micro", "macro"),
        ("interstate", "intrastate"),
        ("Accounting", "Accountant"),
        ("Trading", "Training"),
        ("Mining", "Dining"),
        ("Plan A", "Plan AB"),
        ("51-200", "51-250"),
        ("<50", ">50"),
        ("GTX Basic", "GTX Plus Basic"),
        ("Retail", "Resale"),
        ("male", "female"),
        ("Q1 2024", "Q2 2024"),
    ],
)
def test_levels_that_mean_different_things_are_never_proposed(first, second):
    assert compare_levels(first, second, 3, 300) is None
    assert compare_levels(second, first, 3, 300) is None


def test_names_of_one_country_are_one_level_in_any_language_or_code():
    levels = {
        "USA": 120,
        "United States": 80,
        "US": 10,
        "Germany": 50,
        "Deutschland": 4,
        "Holland": 3,
    }
    levels |= {
        "NL": 9,
        "UK": 7,
        "Great Britain": 2,
        "Korea": 4,
        "South Korea": 5,
        "Niger": 2,
        "Nigeria": 5,
    }
    assert merged(levels, "Country") == {
        "United States": "USA",
        "US": "USA",
        "Deutschland": "Germany",
        "Holland": "NL",
        "Great Britain": "UK",
        "Korea": "South Korea",
    }


def test_a_misspelled_country_or_industry_is_corrected_to_the_known_name():
    assert merged({"Philipines": 1, "Japan": 9, "Kenya": 2}, "Country") == {
        "Philipines": "Philippines"
    }
    assert merged({"technolgy": 12, "retail": 17}, "sector") == {"technolgy": "technology"}


def test_clean_columns_get_no_proposal():
    clean = [
        "Manufacturing",
        "Public sector",
        "FinTech",
        "E-commerce",
        "Healthcare",
        "Media",
        "Education",
        "Logistics",
    ]
    assert find_variants({level: 20 + place for place, level in enumerate(clean)}, "Industry") == []
    assert (
        find_variants(
            {"HubSpot": 90, "Salesforce": 80, "Pipedrive": 40, "Zoho": 3, "None": 30}, "CRM"
        )
        == []
    )


ACCOUNTS = pd.DataFrame(
    {
        "Account ID": [f"A{n}" for n in range(60)],
        "Sector": (["Technology"] * 9 + ["Technolgy"]) * 3 + ["Retail"] * 30,
        "LTV": [str(9000 - 10 * n) for n in range(60)],
    }
)


def test_nothing_is_merged_without_consent_and_the_proposal_says_why():
    study = Study.open({"a": ACCOUNTS})
    (proposal,) = study.proposals.merges
    assert set(study.accounts["Sector"]) == {"Technology", "Technolgy", "Retail"}
    assert (proposal.column, proposal.level, proposal.variants[0].rows, proposal.accepted) == (
        "Sector",
        "Technology",
        3,
        False,
    )
    assert "“Technolgy” (3) → “Technology” (27)" in proposal.evidence


def test_a_merge_with_consent_is_applied_and_stays_listed():
    study = Study.open(
        {"a": ACCOUNTS}, settings=Settings(merges={"Sector": {"Technolgy": "Technology"}})
    )
    assert set(study.accounts["Sector"]) == {"Technology", "Retail"}
    assert [proposal.accepted for proposal in study.proposals.merges] == [True]


def test_a_rubric_reads_raw_values_by_the_merges_it_was_built_with():
    rule = next(
        column.rule
        for column in Study.open(
            {"a": ACCOUNTS}, settings=Settings(merges={"Sector": {"Technolgy": "Technology"}})
        ).intake.table_columns["a"]
        if column.name == "Sector"
    )
    level = {"label": "tech", "fit": 20, "tests": [{"values": ["Technology"]}]}
    criterion = {
        "name": "Sector",
        "group": "must_have",
        "weight": 100,
        "attributes": ["Sector"],
        "levels": [level],
    }
    rubric = Rubric.model_validate(
        {"criteria": [criterion], "rules": {"Sector": rule.model_dump()}}
    )
    raw = pd.DataFrame({"Sector": ["technolgy ", "Technology", "Retail"]})
    assert Rubric.from_json(rubric.to_json()).score(raw)["score"].tolist() == [100.0, 100.0, 0.0]


def test_case_and_punctuation_make_no_levels_unless_a_person_keeps_one_apart():
    frame = ACCOUNTS.assign(Sector=["FinTech", "fintech ", "Fin-tech", "Retail"] * 15)
    assert set(Study.open({"a": frame}).accounts["Sector"]) == {"FinTech", "Retail"}
    apart = Study.open({"a": frame}, settings=Settings(merges={"Sector": {"Fin-tech": "Fin-tech"}}))
    assert apart.accounts["Sector"].value_counts().to_dict() == {
        "FinTech": 30,
        "Retail": 15,
        "Fin-tech": 15,
    }


def test_planted_slips_are_found_and_nothing_else_is_named():
    generator = np.random.default_rng(7)
    levels = [
        "Manufacturing",
        "Telecommunications",
        "Salesforce",
        "Pipedrive",
        "Organic search",
        "Trade show",
    ]
    found, planted = 0, 0
    for _ in range(30):
        level = str(generator.choice(levels))
        place = int(generator.integers(1, len(level) - 1))
        slip = level[:place] + level[place + 1 :]
        got = merged({**dict.fromkeys(levels, 40), slip: 2}, "x")
        assert got in ({}, {slip: level})
        found, planted = found + len(got), planted + 1
    assert found >= 0.7 * planted


def test_one_city_in_several_languages_is_proposed_as_one_and_two_cities_are_not():
    levels = {
        "München": 9,
        "Munich": 4,
        "Muenchen": 2,
        "NYC": 5,
        "New York": 8,
        "Boston": 7,
        "Wien": 3,
        "Vienna": 2,
    }
    found = {
        variants.level: set(variants.texts) for variants in find_variants(levels, "Billing City")
    }
    assert found == {"München": {"Munich", "Muenchen"}, "New York": {"NYC"}, "Wien": {"Vienna"}}
    assert find_variants({"Wien": 3, "Vienna": 2}, "Plan") == []
