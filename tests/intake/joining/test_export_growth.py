"""Headcount growth from two exports: for accounts in both, by the year where days are known, never
after the deal.
"""

import io

import pandas as pd
import pytest

from icp_engine import Settings, Study
from icp_engine.intake.advice.fixes import suggest_fixes
from icp_engine.intake.joining.export_days import read_day

YEARLY = "Headcount growth between exports (% a year)"


def accounts(first=0, last=40, more=0):
    numbers = range(first, last)
    return pd.DataFrame(
        {
            "Account ID": [f"A{n}" for n in numbers],
            "Industry": [["Food", "Steel", "Paper"][n % 3] for n in numbers],
            "Employees": [str(100 + n + more * (n % 5)) for n in numbers],
            "LTV": [str(1000 + 7 * n) for n in numbers],
        }
    )


def deals(start):
    return pd.DataFrame(
        {
            "Deal ID": [f"D{n}" for n in range(40)],
            "Account ID": [f"A{n}" for n in range(40)],
            "Stage": ["Closed Won", "Closed Lost"] * 20,
            "Amount": ["100"] * 40,
            "Close Date": pd.date_range(start, periods=40).strftime("%Y-%m-%d"),
        }
    )


def test_two_exports_uploaded_together_give_growth_and_the_newest_says_what_is_true_today():
    tables = {
        "accounts_2024-09-30": accounts(0, 35),
        "accounts_2025-09-30": accounts(5, 40, more=10),
    }
    study = Study.open({**tables, "deals": deals("2025-11-01")})
    made = next(made for made in study.proposals.derived if made.name == YEARLY)
    assert study.accounts.loc["A9", "Employees"] == 149
    assert study.accounts.loc["A9", YEARLY] == pytest.approx(100 * 40 / 109 * 365.25 / 365, abs=0.1)
    assert (
        study.accounts[YEARLY].notna().sum() == 30
        and made.context == ""
        and "30 Sep 2024" in made.formula
    )
    assert YEARLY in {attribute.name for attribute in study.attributes.attributes}


def test_growth_measured_after_the_deals_is_context_and_never_scores():
    tables = {"accounts_2024-09-30": accounts(), "accounts_2025-09-30": accounts(more=10)}
    study = Study.open({**tables, "deals": deals("2025-01-01")})
    made = next(made for made in study.proposals.derived if made.name == YEARLY)
    assert "40 of 40 accounts were decided already" in made.context
    assert [w.code for w in study.attributes.withheld if w.attribute == YEARLY] == ["known-after"]
    assert YEARLY not in study.replace(derived_off=(YEARLY,)).accounts


def test_accounts_decided_before_the_growth_was_known_have_none():
    moved = deals("2025-11-01")
    moved.loc[7, "Close Date"] = "2025-02-01"
    tables = {"accounts_2024Q3": accounts(), "accounts_2025Q3": accounts(more=10)}
    growth = Study.open({**tables, "deals": moved}).accounts[YEARLY]
    assert growth.isna().sum() == 1 and pd.isna(growth["A7"])


def test_newer_files_keep_the_older_headcounts_and_a_study_file_carries_them():
    study = Study.open({"accounts": accounts(), "deals": deals("2024-05-01")})
    following = study.next_files({"accounts": accounts(more=10), "deals": deals("2025-05-01")})
    assert following.change.tables_missing == () and following.change.columns_gone == ()
    newer = following.study
    assert newer.accounts.loc["A4", YEARLY] == pytest.approx(100 * 40 / 104 * 365.25 / 365, abs=0.1)
    assert len(newer.accounts) == 40
    elsewhere = Study.open(io.BytesIO(newer.to_file()))
    pd.testing.assert_frame_equal(elsewhere.accounts, newer.accounts)


def test_a_third_quarter_keeps_both_and_compares_with_the_one_a_year_back():
    study = Study.open({"accounts": accounts(), "deals": deals("2024-03-01")})
    for start, more in (("2024-12-01", 3), ("2025-03-01", 10)):
        study = study.next_files({"accounts": accounts(more=more), "deals": deals(start)}).study
    kept = [name for name in study.raw if "headcount on" in name]
    assert kept == ["accounts (headcount on 2024-04-09)", "accounts (headcount on 2025-01-09)"]
    assert "9 Apr 2024" in next(
        made.formula for made in study.proposals.derived if made.name == YEARLY
    )


def test_without_days_growth_is_plain_and_only_context():
    study = Study.open(
        {"old accounts": accounts(), "accounts": accounts(more=10)}, settings=Settings()
    )
    made = next(made for made in study.proposals.derived)
    assert made.name == "Headcount growth between exports (%)" and made.context.startswith(
        "no date"
    )
    assert study.accounts.loc["A4", made.name] == pytest.approx(100 * 40 / 104, abs=0.1)


def test_two_exports_are_told_and_a_person_can_say_that_they_are_two_tables():
    study = Study.open({"accounts_2024": accounts(), "accounts_2025": accounts(more=10)})
    (problem,) = [problem for problem in study.problems if problem.code == "tables-one-in-time"]
    assert (
        problem.table == "accounts_2024"
        and "“accounts_2025” (31 Dec 2024 and 31 Dec 2025)" in problem.message
    )
    (fix,) = suggest_fixes(problem, study.intake, study.settings)
    apart = study.replace(**fix.changes)
    assert (
        apart.accounts.loc["A4", "Employees"] == 104
        and study.accounts.loc["A4", "Employees"] == 144
    )
    assert "tables-one-in-time" not in {problem.code for problem in apart.problems}
    assert not any("exports" in made.name for made in apart.proposals.derived)


def test_different_tables_are_no_two_exports_of_one():
    sellers = pd.DataFrame(
        {"Account ID": ["A1", "A2"], "Country": ["SE", "DE"], "Employees": ["5", "6"]}
    )
    study = Study.open({"accounts_2024": accounts(), "regions_2025": sellers})
    assert not any("exports" in made.name for made in study.proposals.derived)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("accounts_2025-09-30", "2025-09-30"),
        ("Accounts 20250930", "2025-09-30"),
        ("konten 30.09.2025", "2025-09-30"),
        ("accounts_2025Q3", "2025-09-30"),
        ("Q3 2025 accounts", "2025-09-30"),
        ("accounts-2025-09", "2025-09-30"),
        ("accounts sept 2025", "2025-09-30"),
        ("accounts_2025", "2025-12-31"),
        ("accounts", None),
        ("top 2000", None),
    ],
)
def test_the_day_in_a_name(name, day):
    found = read_day(name)
    assert pd.isna(found) if day is None else found == pd.Timestamp(day)
