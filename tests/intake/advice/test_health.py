"""Health is points that add up; more in the files never lowers it; what is absent is named with
what it would bring.
"""

from pathlib import Path

import pandas as pd
import pytest

from icp_engine import Study
from icp_engine.intake.advice.health import measure_health
from icp_engine.intake.reading.read import read_sources

SAMPLE = Path(__file__).resolve().parents[3] / "sample_data"


def deals(rows=400, **columns):
    base = {
        "Deal ID": [f"d{i}" for i in range(rows)],
        "Account": [f"a{i}" for i in range(rows)],
        "Stage": ["Closed Won", "Closed Lost"] * (rows // 2),
        "Amount": [f"{100 + i}" for i in range(rows)],
        "Close Date": [f"2025-{1 + i % 12:02d}-10" for i in range(rows)],
        "Industry": ["Food", "Tech", "Retail", "Health"] * (rows // 4),
    }
    return pd.DataFrame({**base, **columns})


def health(frame):
    return measure_health(Study.open({"deals": frame}).intake)


def part(found, key):
    return next(part for part in found.parts if part.key == key)


def test_the_score_is_the_sum_of_its_parts_and_the_parts_hold_a_hundred():
    found = health(deals())
    assert found.score == int(sum(part.points for part in found.parts) + 0.5)
    assert sum(part.of for part in found.parts) == 100
    assert all(0 <= part.points <= part.of for part in found.parts)


def test_a_full_part_needs_no_advice_and_every_other_has_some():
    for found in health(deals()).parts:
        assert (found.points == found.of) == (found.improve == "")


def test_outcomes_count_accounts_not_deals():
    twenty = health(deals(Account=[f"a{i % 20}" for i in range(400)]))
    assert part(twenty, "outcomes").points < 6
    assert part(health(deals()), "outcomes").points == 25


@pytest.mark.parametrize(
    ("column", "values", "key"),
    [
        ("Closed Lost Reason", ["", "Price"] * 200, "reasons"),
        ("Create Date", ["2024-12-01"] * 400, "dates"),
        ("Number of Employees", ["11-50", "51-200"] * 200, "description"),
    ],
)
def test_a_column_more_raises_its_part_and_no_other(column, values, key):
    before, after = health(deals()), health(deals(**{column: values}))
    assert part(after, key).points > part(before, key).points
    others = [
        (a.points, b.points) for a, b in zip(before.parts, after.parts, strict=True) if a.key != key
    ]
    assert all(a == b for a, b in others)


def test_what_is_absent_is_named_with_what_it_would_bring():
    names = [gain.name for gain in health(deals()).gains]
    assert "the reason a deal was lost" in names
    told = health(deals(**{"Closed Lost Reason": ["", "Price"] * 200}))
    assert "the reason a deal was lost" not in [gain.name for gain in told.gains]
    assert health(deals()).sentence.startswith("With the reason a deal was lost and ")


def test_deals_alone_are_told_what_the_list_of_their_accounts_would_bring():
    told = health(deals().drop(columns="Industry"))
    assert told.sentence.startswith("With a list of the accounts and ")
    assert (
        "a list of the 400 accounts, by the same number or name"
        in part(told, "description").improve
    )
    assert "a list of the accounts" not in [gain.name for gain in health(deals()).gains]


def test_nothing_to_study_has_no_points():
    found = measure_health(Study.open({"notes": pd.DataFrame({"a": ["x", "y"]})}).intake)
    assert (found.score, found.parts) == (0, ())


def test_the_sample_is_in_good_health():
    tables, _ = read_sources(
        *(SAMPLE / f"{name}.csv" for name in ("accounts", "deals", "contacts", "notes"))
    )
    assert measure_health(Study.open(tables).intake).score >= 90


def test_without_deals_no_share_of_deals_is_told():
    found = Study.open(
        {
            "customers": pd.DataFrame(
                {
                    "Account ID": [f"a{n}" for n in range(30)],
                    "Industry": ["Food", "Steel"] * 15,
                    "LTV": range(30),
                }
            ).astype(str)
        }
    ).health
    assert part(found, "dates").found.endswith("there are no deals")
    assert part(found, "reasons").found == "nothing says who left, no deal was lost"


def test_advice_names_nothing_that_the_files_hold():
    advice = part(
        health(deals(TMS=["SAP TM", "Descartes"] * 200, Employees=[5, 50] * 200)), "description"
    ).improve
    assert advice.startswith(
        "Add 5 more columns that describe an account, such as country or business model"
    )


def test_health_is_not_high_while_the_best_rest_on_what_most_lack():
    frame = deals(
        **{name: ["x", "y"] * 200 for name in ("Industry", "Country", "TMS", "Model", "Segment")}
    )
    intake = Study.open({"deals": frame}).intake
    full = measure_health(intake)
    assert full.score > 59
    thin = measure_health(intake, (("NPS", 1.0, 0.3),))
    assert thin.score == 59
    assert "“NPS”, which 70\u202f% of customers lack" in thin.capped
    assert measure_health(intake, (("LTV", 0.8, 0.9), ("NPS", 0.2, 0.3))) == full
