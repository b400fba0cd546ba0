"""People can be removed from a study for good: no file and no earlier step holds them afterwards."""

import pandas as pd

from icp_engine.intake.reading.read import read_sources
from icp_engine.store.studies import StudyStore

CONTACTS = pd.DataFrame(
    {
        "First Name": [f"Ada{i}" for i in range(30)],
        "Last Name": [f"Unsworth{i}" for i in range(30)],
        "Email": [f"p{i}@firm{i}.example" for i in range(30)],
        "Job Title": ["CTO", "CFO", "Buyer"] * 10,
        "Company name": [f"Firm {i}" for i in range(30)],
    }
)
ACCOUNTS = pd.DataFrame(
    {
        "Company name": [f"Firm {i}" for i in range(30)],
        "Industry": ["Food", "Tech", "Retail"] * 10,
        "ARR": [str(100 + i) for i in range(30)],
    }
)


def open_people(visit, study):
    at = visit("data", study)
    at.session_state["tabs_data"] = "Columns"
    return at.run()


def test_what_names_people_is_listed_and_its_values_are_not(visit, save, words):
    at = open_people(visit, save(read_sources({"contacts": CONTACTS, "accounts": ACCOUNTS})[0]))
    assert not at.exception
    assert "contacts: First Name, Last Name, Email" in words(at)
    assert "Unsworth" not in words(at)


def test_removed_people_are_in_no_file(visit, save, home_folder):
    named = CONTACTS.assign(**{"Last Name": [f"Gone{i}" for i in range(30)]})
    study = save(read_sources({"contacts": named, "accounts": ACCOUNTS})[0], title="Kept name")
    at = open_people(visit, study)
    at.button(key="remove_people").click().run()
    assert not at.exception
    store = StudyStore(home_folder)
    assert store.load(study) is None
    kept = next(card for card in store.recent(500) if card.title == "Kept name")
    saved = store.load(kept.id)
    assert list(store.tables(saved)["contacts"].columns) == ["Job Title", "Company name"]
    stored = " ".join(
        pd.read_parquet(file).to_csv() for file in (home_folder / "tables").glob("*.parquet")
    )
    assert "Gone7" not in stored


def test_persons_stay_persons_when_what_named_them_is_gone(visit, save, home_folder):
    people = pd.DataFrame(
        {
            "First Name": [f"Ada{i}" for i in range(40)],
            "Email": [f"p{i}@post.example" for i in range(40)],
            "City": ["Kiel", "Ulm"] * 20,
            "Lifetime value": range(40),
        }
    )
    at = open_people(visit, save(read_sources({"customers": people})[0], title="Shop of persons"))
    at.button(key="remove_people").click().run()
    assert not at.exception
    store = StudyStore(home_folder)
    kept = next(card for card in store.recent(500) if card.title == "Shop of persons")
    assert store.load(kept.id).settings.unit == "person"
