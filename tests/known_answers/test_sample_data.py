"""The committed sample data is what its generator writes, and holds the truth that it claims."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
FILES = (
    "accounts.csv",
    "deals.csv",
    "contacts.csv",
    "notes.csv",
    "truth.json",
    "shop/orders.csv",
    "shop/truth.json",
)
MISSING = ("", "N/A", "Unknown", "-", "Select")


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(SAMPLE / name, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def accounts() -> pd.DataFrame:
    return read("accounts.csv").drop_duplicates("Record ID").set_index("Record ID")


@pytest.fixture(scope="module")
def deals() -> pd.DataFrame:
    return read("deals.csv").set_index("Record ID")


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    return json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def planted(accounts: pd.DataFrame, truth: dict[str, Any]) -> pd.DataFrame:
    """The truth of every account, beside its row."""
    return pd.DataFrame(truth["accounts"]).T.loc[accounts.index]


def test_generator_writes_the_committed_bytes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(SAMPLE / "generate.py"), str(tmp_path)], check=True)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (SAMPLE / name).read_bytes(), name


def test_files_are_under_two_megabytes_together() -> None:
    assert sum((SAMPLE / name).stat().st_size for name in FILES) < 2_000_000


def test_counts_in_truth_are_the_counts_in_the_files(
    truth: dict[str, Any], accounts: pd.DataFrame
) -> None:
    for name, rows in truth["counts"]["rows"].items():
        assert len(read(f"{name}.csv")) == rows
    assert len(accounts) == truth["counts"]["accounts"] == len(truth["accounts"])
    kinds = accounts["Type"].str.lower().value_counts().to_dict()
    assert kinds == truth["counts"]["kinds"]


def closed_new_business(deals: pd.DataFrame) -> pd.DataFrame:
    return deals[
        (deals["Deal Type"] == "New Business") & deals["Deal Stage"].str.startswith("Closed")
    ]


def test_planted_win_probability_ranks_deals_at_0_78_to_0_82(
    deals: pd.DataFrame, truth: dict[str, Any]
) -> None:
    from sklearn.metrics import roc_auc_score

    closed = closed_new_business(deals)
    chance = [truth["win_probability_of_deals"][deal] for deal in closed.index]
    auc = roc_auc_score(closed["Deal Stage"] == "Closed Won", chance)
    assert 0.78 <= auc <= 0.82
    assert auc == pytest.approx(truth["planted_auc_on_closed_new_business"], abs=0.001)


def test_newest_deals_follow_the_same_law(deals: pd.DataFrame, truth: dict[str, Any]) -> None:
    newest = closed_new_business(deals).sort_values("Close Date").tail(300)
    chance = pd.Series(truth["win_probability_of_deals"])[newest.index]
    assert (newest["Deal Stage"] == "Closed Won").mean() == pytest.approx(chance.mean(), abs=0.07)


def test_every_planted_segment_level_is_likelier_among_members(
    accounts: pd.DataFrame, planted: pd.DataFrame, truth: dict[str, Any]
) -> None:
    for label, profile in enumerate(truth["segments"]):
        for attribute in ("Funding stage", "Business model", "Has technical contact"):
            if attribute in profile:
                held = accounts[attribute].str.casefold() == profile[attribute].casefold()
                member = planted["segment"] == label
                assert held[member].mean() > 1.5 * held[~member].mean(), (label, attribute)


def test_no_column_alone_separates_a_segment(accounts: pd.DataFrame, planted: pd.DataFrame) -> None:
    known = ~accounts["Industry"].isin(MISSING)
    industry = accounts.loc[known, "Industry"].str.casefold().str.replace(r"[^a-z]", "", regex=True)
    for label in (0, 1, 2):
        member = planted.loc[known, "segment"] == label
        commonest = industry[member].mode()[0]
        assert (industry[member] == commonest).mean() < 0.85
        assert member[industry == commonest].mean() < 0.6


def test_members_are_worth_more_and_bad_fits_churn_more(
    accounts: pd.DataFrame, planted: pd.DataFrame
) -> None:
    customers = accounts["Type"] == "Customer"
    arr = pd.to_numeric(accounts["ARR"].str.replace(r"[$,]", "", regex=True), errors="coerce")
    member, bad = planted["segment"] >= 0, planted["bad_fit"] >= 0
    assert arr[customers & member].median() > 1.8 * arr[customers & ~member].median()
    left = accounts["Churned"] == "Yes"
    assert left[customers & bad].mean() > 2 * left[customers & ~bad].mean()


def test_bad_fits_win_less(deals: pd.DataFrame, planted: pd.DataFrame) -> None:
    closed = closed_new_business(deals)
    closed = closed[closed["Associated Company IDs"] != ""]
    bad = planted["bad_fit"].reindex(closed["Associated Company IDs"]).to_numpy() >= 0
    won = (closed["Deal Stage"] == "Closed Won").to_numpy()
    assert won[bad].mean() < 0.6 * won[~bad].mean()


def test_leak_columns_are_filled_by_the_outcome_only(
    accounts: pd.DataFrame, deals: pd.DataFrame
) -> None:
    assert ((accounts["Renewal forecast"] != "") == (accounts["Type"] == "Customer")).all()
    assert ((deals["Handover complete"] != "") == (deals["Deal Stage"] == "Closed Won")).all()
    assert (deals.loc[deals["Closed Lost Reason"] != "", "Deal Stage"] == "Closed Lost").all()


def test_gaps_are_realistic_and_larger_among_prospects(
    accounts: pd.DataFrame, truth: dict[str, Any]
) -> None:
    columns = [
        c for c in (*truth["informative_attributes"], *truth["noise_attributes"]) if c in accounts
    ]
    gone = accounts[columns].apply(lambda column: column.isin(MISSING))
    customer = accounts["Type"] == "Customer"
    assert 0.05 < gone.to_numpy().mean() < 0.15
    assert gone[~customer].to_numpy().mean() > gone[customer].to_numpy().mean() + 0.02


def test_mess_is_there(accounts: pd.DataFrame, deals: pd.DataFrame) -> None:
    assert {"FinTech", "fintech", "Fin-tech"} <= set(accounts["Industry"])
    assert accounts["Number of Employees"].str.fullmatch(r"\d+").any()
    assert accounts["Number of Employees"].str.fullmatch(r"\d+-\d+").mean() > 0.6
    assert read("accounts.csv")["Record ID"].duplicated().sum() == 18
    assert (~deals["Associated Company"].isin(accounts["Company name"])).sum() > 100


def test_who_counts_is_a_question(
    accounts: pd.DataFrame, deals: pd.DataFrame, truth: dict[str, Any]
) -> None:
    assert {"Customer", "Prospect", "Partner", "Competitor"} == set(accounts["Type"])
    assert truth["counts"]["customers_younger_than_180_days"] > 30
    assert {"New Business", "Renewal", "Upsell"} == set(deals["Deal Type"])
    finished = deals["Deal Stage"].str.startswith("Closed")
    assert deals.loc[finished, "Close Date"].max() <= truth["as_of"]


def test_first_order_drives_who_returns_to_the_shop() -> None:
    orders = read("shop/orders.csv")
    first = orders.groupby("Customer ID").agg(
        orders=("Order ID", "size"), category=("Category", "first"), channel=("Channel", "first")
    )
    traits = json.loads((SAMPLE / "shop" / "truth.json").read_text())["traits"]
    for trait in traits:
        held = first[trait["attribute"].lower()] == trait["value"]
        ratio = first.loc[held, "orders"].mean() / first.loc[~held, "orders"].mean()
        assert ratio > 1.3 if trait["direction"] == "icp" else ratio < 0.75, trait
