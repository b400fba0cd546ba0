"""Newer files: compared before anything changes, used in one step, and the old state comes back
with undo.
"""

import pandas as pd
import pytest

from icp_engine.intake.reading.read import read_sources
from icp_engine.store.studies import StudyStore


def deals(rows, year, **columns):
    base = {
        "Deal ID": [f"d{i}" for i in range(rows)],
        "Account": [f"a{i % 40}" for i in range(rows)],
        "Stage": ["Closed Won", "Closed Lost"] * (rows // 2),
        "Amount": [str(100 + i) for i in range(rows)],
        "Close Date": [f"{year}-{1 + i % 12:02d}-10" for i in range(rows)],
        "Industry": ["Food", "Tech", "Retail", "Health"] * (rows // 4),
    }
    return pd.DataFrame({**base, **columns})


@pytest.fixture
def study(save):
    return save(
        read_sources({"deals": deals(80, 2025)})[0],
        pins={"a1": "strategic"},
        merges={"Industry": {"Helth": "Health"}},
    )


@pytest.fixture
def compared(visit, study):
    """The page after newer files, which lack the column of the merges, were compared."""
    at = visit("data", study)
    newer = deals(120, 2026).drop(columns="Industry").to_csv(index=False).encode()
    at.file_uploader[0].upload("deals_2026.csv", newer, "text/csv").run()
    at.button(key="next_compare").click().run()
    assert not at.exception
    return at


def test_nothing_changes_before_it_is_confirmed(compared, words, study, home_folder):
    assert "80 → 120 rows" in words(compared)
    assert "merged spellings" in words(compared)
    assert StudyStore(home_folder).load(study).settings.merges
    assert len(StudyStore(home_folder).tables(StudyStore(home_folder).load(study))["deals"]) == 80


def test_used_in_one_step_and_undone_in_one(compared, words, study, home_folder):
    compared.button(key="next_use").click().run()
    assert not compared.exception
    assert "120 deals" in words(compared)
    assert StudyStore(home_folder).load(study).settings.pins == {"a1": "strategic"}
    compared.button(key="shell_undo").click().run()
    assert not compared.exception
    assert "80 deals" in words(compared)


def test_put_aside_leaves_the_study_alone(compared, words):
    compared.button(key="next_aside").click().run()
    assert not compared.exception
    assert "80 deals" in words(compared)
    assert compared.button(key="next_compare").disabled


def test_a_file_may_be_told_to_add_to_its_table(compared, words):
    assert "80 → 120 rows" in words(compared)
    compared.segmented_control(key="next_how_deals").set_value(True).run()
    assert not compared.exception and "80 → 120 rows" in words(compared)
    assert "adds to it" in list(compared.dataframe[0].value["The file"])
