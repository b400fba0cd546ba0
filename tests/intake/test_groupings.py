"""Texts of industries and places are read by tables, and describe coarser only with consent."""

import pandas as pd
import pytest

from icp_engine import Settings, Study
from icp_engine.values.industries import find_industry
from icp_engine.values.places import continent_of, find_country, in_european_union, us_region


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("SaaS", "5132"),
        ("Software", "5132"),
        ("COMPUTER_SOFTWARE", "5132"),
        ("FinTech", "522"),
        ("fintech ", "522"),
        ("Gesundheitswesen", "62"),
        ("Health Care", "62"),
        ("Banking", "5221"),
        ("541511", "541511"),
        ("Oil & Gas", "211"),
        ("Public sector", "92"),
        ("Technolgy", "51"),
        ("Biotech & Pharmaceuticals", "3254"),
        ("Versicherungen", "524"),
        ("Staffing and Recruiting", "5613"),
        ("Accounting & Legal", "54"),
        ("Other", None),
        ("Round", None),
        ("Manufacturing and Banking", None),
    ],
)
def test_an_industry_text_has_its_naics_code_or_none(text, code):
    found = find_industry(text)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("USA", "US"),
        ("Deutschland", "DE"),
        ("Allemagne", "DE"),
        ("Holland", "NL"),
        ("Korea", "KR"),
        ("UK", "GB"),
        ("DEU", "DE"),
        ("Österreich", "AT"),
        ("Viet Nam", "VN"),
        ("Czech Republic", "CZ"),
        ("Retail", None),
        ("de", None),
    ],
)
def test_a_country_is_known_in_several_languages_by_code_and_by_alias(text, country):
    assert find_country(text) == country


@pytest.mark.parametrize(
    ("text", "region", "continent"),
    [
        ("Austin, TX", "South", "North America"),
        ("New York", "Northeast", "North America"),
        ("San Francisco", "West", "North America"),
        ("Chicago, IL", "Midwest", "North America"),
        ("München", None, "Europe"),
        ("Tours, France", None, "Europe"),
        ("Springfield", None, None),
    ],
)
def test_a_city_or_state_has_its_region(text, region, continent):
    assert (us_region(text), continent_of(text)) == (region, continent)


def test_members_of_the_union_are_told_from_other_europe():
    assert [in_european_union(name) for name in ("France", "Schweiz", "Japan")] == [
        "EU",
        "Europe outside the EU",
        "outside Europe",
    ]


TEXTS = ["SaaS", "FinTech", "Banking", "Insurance", "Hospitals", "Retail", "E-commerce", "Software"]
TEXTS += ["Blockchain", "Quux"]
ACCOUNTS = pd.DataFrame(
    {
        "Account ID": [f"A{n}" for n in range(100)],
        "Industry": TEXTS * 10,
        "LTV": [str(900 + n) for n in range(100)],
    }
)


def test_a_grouping_is_proposed_with_the_share_it_understands():
    study = Study.open({"a": ACCOUNTS})
    found = {proposal.kind: proposal for proposal in study.proposals.groupings}
    assert (found["naics_sector"].understood, found["naics_sector"].levels_after) == (0.9, 4)
    assert found["naics_sector"].not_understood == (("Quux", 10),)
    assert "Industry (NAICS sector)" not in study.accounts


def test_with_consent_the_sector_describes_instead_and_the_column_stays_in_the_table():
    study = Study.open({"a": ACCOUNTS}, settings=Settings(groupings={"Industry": "naics_sector"}))
    sectors = study.accounts["Industry (NAICS sector)"].value_counts().to_dict()
    assert sectors["Finance and Insurance"] == 40 and sectors["Not classified"] == 10
    named = {attribute.name for attribute in study.attributes.attributes}
    assert (
        "Industry (NAICS sector)" in named
        and "Industry" not in named
        and "Industry" in study.accounts
    )


def test_an_unknown_grouping_is_said():
    study = Study.open({"a": ACCOUNTS}, settings=Settings(groupings={"Industry": "zodiac"}))
    assert "settings-no-effect" in {problem.code for problem in study.problems}
