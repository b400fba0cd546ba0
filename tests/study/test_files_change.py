"""A newer quarter's files stand where the older ones stood; what no longer matches is listed."""

import numpy as np
import pandas as pd
import pytest

from icp_engine import Settings, Study

RNG = np.random.default_rng(5)


def accounts(count=80):
    return pd.DataFrame(
        {
            "Account ID": [f"A{n}" for n in range(count)],
            "Industry": [["Food", "Steel", "Paper"][n % 3] for n in range(count)],
            "Employees": [str(20 + n) for n in range(count)],
            "LTV": [str(1000 + 7 * n) for n in range(count)],
        }
    )


def deals(first=0, count=120, start="2024-01-01"):
    numbers = range(first, first + count)
    return pd.DataFrame(
        {
            "Deal ID": [f"D{n}" for n in numbers],
            "Account ID": [f"A{n % 80}" for n in numbers],
            "Stage": [["Closed Won", "Closed Lost"][n % 2] for n in numbers],
            "Close Date": pd.date_range(start, periods=count).strftime("%Y-%m-%d"),
            "Amount": ["1000"] * count,
        }
    )


@pytest.fixture
def study():
    settings = Settings(
        as_of="2024-06-30",
        roles={"deals_2026Q1": {"Amount": "amount"}},
        merges={"Industry": {"Stahl": "Steel"}},
        pins={"A3": "reference"},
    )
    return Study.open({"accounts": accounts(), "deals_2026Q1": deals()}, settings=settings)


def test_a_whole_new_export_replaces_its_table_and_settings_hold(study):
    study = study.replace(pins={"A3": "reference", "A500": "first customer"})
    newer = study.next_files({"accounts (2)": accounts(79), "deals_2026Q2": deals(count=200)})
    change = newer.change
    assert [(t.table, t.file, t.how) for t in change.tables] == [
        ("accounts", "accounts (2)", "replaced"),
        ("deals_2026Q1", "deals_2026Q2", "replaced"),
    ]
    assert (
        newer.study.roles["deals_2026Q1"]["Amount"].given
        and newer.study.settings.merges == study.settings.merges
    )
    assert change.pins_without_account == ("A500",) and not change.nothing_lost
    assert change.sentence.endswith("1 of your earlier choices no longer match.")
    assert len(study.deals) == 120 and len(newer.study.deals) == 200


def test_only_newer_deals_join_the_old_ones(study):
    newer = study.next_files({"deals_2026Q2": deals(first=100, count=60, start="2024-07-01")})
    assert [(t.table, t.how) for t in newer.change.tables] == [
        ("accounts", "kept"),
        ("deals_2026Q1", "added"),
    ]
    assert len(newer.study.deals) == 160 and newer.change.tables_missing == ("accounts",)
    assert newer.study.deals.loc["D100", "closed_date"] == pd.Timestamp("2024-07-01")


def test_a_person_may_say_that_a_file_replaces_the_table(study):
    newer = study.next_files(
        {"deals_2026Q2": deals(first=100, count=60)}, add={"deals_2026Q1": False}
    )
    assert len(newer.study.deals) == 60


def test_the_day_that_cut_the_older_data_no_longer_cuts(study):
    newer = study.next_files({"deals_2026Q2": deals(count=400)})
    assert newer.study.settings.as_of is None and newer.study.as_of > pd.Timestamp("2024-12-01")
    assert any("2024-06-30" in line for line in newer.change.lines)


def test_gone_new_and_respelled_columns_are_listed(study):
    frame = accounts().rename(columns={"Industry": "industry", "Employees": "Region"})
    change = study.next_files({"accounts": frame}).change
    assert change.columns_gone == (("accounts", "Employees"),)
    assert change.columns_new == (("accounts", "Region"),)
    assert change.columns_renamed == (("accounts", "Industry", "industry"),)
    assert change.roles_lost == (("accounts", "Employees", "attribute"),)


def test_new_levels_and_criteria_without_a_column_are_listed(study):
    frame = accounts().assign(Industry=["Food", "Glass"] * 40)
    assert ("Industry", "Glass") in study.next_files({"accounts": frame}).change.levels_never_seen
    kept = study.next_files({"accounts": frame.drop(columns="Industry")}, keep_rubric=True)
    asked = {name for criterion in study.rubric.criteria for name in criterion.columns}
    assert bool(kept.change.criteria_without_column) == ("Industry" in asked)
    assert kept.study.rubric.criteria == study.rubric.criteria


def test_equal_files_lose_nothing(study):
    change = study.next_files({"accounts": accounts(), "deals_2026Q1": deals()}).change
    assert change.nothing_lost and change.sentence.endswith(
        "Everything you had set found its place."
    )
    assert change.levels_never_seen == () and change.roles_changed == ()
