"""Joins: match rates, near matches and subsidiaries to tick, summaries to switch; nothing is joined
unasked.
"""

import pandas as pd
import pytest

from icp_engine.intake.reading.read import read_sources
from tests.pages.reading import table

NAMES = [
    "Alder Labs",
    "Birch Retail",
    "Cedar Bank",
    "Dogwood Clinic",
    "Elm Freight",
    "Fir Energy",
    "Gum Studios",
    "Hazel Foods",
    "Ivy Telecom",
    "Juniper Parts",
    "Kauri Media",
    "Larch Logistics",
    "Maple Pharma",
    "Maple Pharma Germany",
    "Oak Mutual",
    "Pine Robotics",
    "Quince Travel",
    "Rowan Steel",
    "Spruce Games",
    "Teak Textiles",
]
ACCOUNTS = pd.DataFrame(
    {
        "Account ID": [f"a{i}" for i in range(20)],
        "Account name": NAMES,
        "Industry": ["Food", "Tech"] * 10,
    }
)
DEALS = pd.DataFrame(
    {
        "Deal ID": [f"d{i}" for i in range(60)],
        "Account name": [
            NAMES[i % 19] if i % 20 else "Birch Retail Ltd" if i else "Ceder Bank"
            for i in range(60)
        ],
        "Stage": ["Closed Won", "Closed Lost", "Proposal"] * 20,
        "Amount": [str(100 + i) for i in range(60)],
        "Close Date": [f"2025-{1 + i % 12:02d}-10" for i in range(60)],
    }
)
TICKETS = pd.DataFrame(
    {
        "Ticket ID": [f"t{i}" for i in range(60)],
        "Account ID": [f"a{i % 20}" for i in range(60)],
        "Opened": [f"2025-{1 + i % 12:02d}-11" for i in range(60)],
        "Satisfaction": [str(1 + i % 5) for i in range(60)],
    }
)


@pytest.fixture
def study(save):
    return save(read_sources({"accounts": ACCOUNTS, "deals": DEALS, "tickets": TICKETS})[0])


@pytest.fixture
def at(visit, study):
    at = visit("data", study)
    at.session_state["tabs_data"] = "For analysts"
    at.run()
    assert not at.exception
    return at


def edit(at, start, rows):
    key = next(
        key for key in at.session_state._state.filtered_state if key.startswith(f"choices_{start}")
    )
    at.session_state[key] = {"edited_rows": rows, "added_rows": [], "deleted_rows": []}
    form = key.replace("choices_", "form_")
    next(button for button in at.button if button.form_id == form).click().run()
    assert not at.exception


def test_each_table_says_how_many_rows_found_their_account(at):
    found = table(at, "Found", "By").set_index("Table")["Found"]
    assert found["tickets"] == 100
    assert found["deals"] < 100


def test_a_near_match_is_joined_only_when_ticked(at, settings):
    assert settings().joins == {}
    place = table(at, "Join", "As written")["As written"].tolist().index("Ceder Bank")
    edit(at, "near", {place: {"Join": True}})
    assert settings().joins == {"deals": {"Ceder Bank": "a2"}}


def test_a_subsidiary_is_merged_only_when_ticked(at, settings):
    links = table(at, "Merge", "Into")
    place = links["Account"].tolist().index("Maple Pharma Germany")
    assert links["May be"][place] == "part of the other one"
    edit(at, "links", {place: {"Merge": True}})
    assert settings().merge_accounts == {"a13": "a12"}


def test_a_summary_can_be_switched(at, settings):
    summaries = table(at, "Use", "Summary")
    edit(at, "summaries", {0: {"Use": not bool(summaries["Use"].iloc[0])}})
    assert list(settings().summaries.values()) == [not bool(summaries["Use"].iloc[0])]
