"""Nothing is merged, grouped or converted before a person says so; what is said is kept, and undone
in one click.
"""

import pandas as pd
import pytest

from icp_engine.intake.reading.read import read_sources
from tests.pages.reading import table
from ui.answers.data.values import merged_as_ticked

ROWS = 60
PLACES = [
    "Germany",
    "France",
    "Spain",
    "Italy",
    "Poland",
    "Austria",
    "Belgium",
    "Canada",
    "Mexico",
    "Brazil",
    "Chile",
    "Peru",
    "Japan",
    "China",
    "India",
    "Kenya",
    "Ghana",
    "Norway",
    "Sweden",
    "Finland",
]
ACCOUNTS = pd.DataFrame(
    {
        "Account ID": [f"a{i}" for i in range(ROWS)],
        "Industry": ["Technology"] * 40 + ["technolgy"] * 8 + ["Food"] * 12,
        "Country": [*["USA", "United States"] * 10, *PLACES * 2],
        "Year founded": [str(1990 + i % 30) for i in range(ROWS)],
        "CRM used": ["HubSpot", "Salesforce", "N/A"] * 20,
    }
)
DEALS = pd.DataFrame(
    {
        "Deal ID": [f"d{i}" for i in range(ROWS)],
        "Account ID": [f"a{i}" for i in range(ROWS)],
        "Stage": ["Closed Won", "Closed Lost", "Pilot"] * 20,
        "Amount": [str(100 + i) for i in range(ROWS)],
        "Currency": ["EUR", "EUR", "USD"] * 20,
        "Close Date": [f"2025-{1 + i % 12:02d}-10" for i in range(ROWS)],
    }
)


@pytest.fixture
def study(save):
    return save(read_sources({"accounts": ACCOUNTS, "deals": DEALS})[0])


def edit(at, start, rows):
    """Edit rows of the table whose key begins with `start`, then press its form's button."""
    key = next(
        key for key in at.session_state._state.filtered_state if key.startswith(f"choices_{start}")
    )
    at.session_state[key] = {"edited_rows": rows, "added_rows": [], "deleted_rows": []}
    form = key.replace("choices_", "form_")
    next(button for button in at.button if button.form_id == form).click().run()
    assert not at.exception


def test_nothing_is_merged_before_it_is_applied(open_tab, settings):
    at = open_tab("data", "Values")
    assert settings().merges == {}
    assert {"technolgy", "United States"} <= set(table(at, "Written as")["Written as"])


def test_ticked_spellings_are_merged_and_undo_takes_them_back(open_tab, settings):
    at = open_tab("data", "Values")
    shown = table(at, "Written as")
    place = shown["Written as"].tolist().index("technolgy")
    edit(at, "merges", {place: {"Merge": True}})
    assert settings().merges["Industry"] == {"technolgy": "Technology"}
    at.button(key="shell_undo").click().run()
    assert settings().merges == {}


def test_a_tick_taken_away_splits_again_and_others_stay():
    class Pair:
        column, text, level = "Industry", "technolgy", "Technology"

    held = {"Industry": {"technolgy": "Technology", "hand": "made"}}
    edited = pd.DataFrame({"Merge": [False], "Becomes": ["Technology"]})
    assert merged_as_ticked(held, [(Pair, Pair)], edited) == {"Industry": {"hand": "made"}}


def test_a_grouping_is_used_when_ticked(open_tab, settings):
    at = open_tab("data", "Values")
    place = table(at, "Grouped by")["Grouped by"].tolist().index("Continent")
    edit(at, "groupings", {place: {"Group": True}})
    assert settings().groupings == {"Country": "continent"}


def test_a_computed_attribute_can_be_taken_away(open_tab, settings):
    at = open_tab("data", "Values")
    name = table(at, "Computed as")["Name"].iloc[0]
    edit(at, "derived", {0: {"Use": False}})
    assert settings().derived_off == (name,)


def test_a_rate_turns_the_currencies_into_one(open_tab, settings):
    at = open_tab("data", "Values")
    rate = next(number for number in at.number_input if number.label == "1 USD in EUR")
    rate.set_value(0.9)
    next(
        button for button in at.button if button.form_id and button.form_id.startswith("rates_")
    ).click().run()
    assert settings().rates == {"USD": 0.9}
    assert not at.exception


def test_a_stage_is_given_another_meaning(open_tab, settings):
    at = open_tab("data", "Values")
    frames = [frame.value for frame in at.dataframe if "Means" in frame.value]
    number = next(place for place, frame in enumerate(frames) if "Pilot" in frame["Value"].tolist())
    edit(
        at,
        f"meanings_{number}",
        {frames[number]["Value"].tolist().index("Pilot"): {"Means": "won"}},
    )
    assert settings().meanings == {"Stage": {"Pilot": "won"}}


def test_a_word_may_mean_empty_or_be_real(open_tab, settings):
    at = open_tab("data", "Values")
    assert table(at, "Word")[["Empty", "Word", "Rows"]].iloc[0].tolist() == [True, "N/A", 20]
    edit(at, "missing", {0: {"Empty": False}})
    assert settings().kept_words == {"CRM used": ("N/A",)}
