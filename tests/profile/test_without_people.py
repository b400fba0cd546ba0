"""What names people stands on no document and no page made for others."""

import pandas as pd
import pytest

from icp_engine import Study
from icp_engine.intake.reading.read import read_sources
from icp_engine.profile.document import FORMS

NAMES = ("Unsworth", "person17@", "+49 30 9876")
ROWS = 80
TABLES = {
    "accounts": pd.DataFrame(
        {
            "Account ID": [f"a{i}" for i in range(ROWS)],
            "Account name": [f"Firm {i}" for i in range(ROWS)],
            "Industry": ["Food", "Tech", "Retail", "Health"] * 20,
            "ARR": [str(100 + i) for i in range(ROWS)],
        }
    ),
    "deals": pd.DataFrame(
        {
            "Deal ID": [f"d{i}" for i in range(ROWS)],
            "Account ID": [f"a{i}" for i in range(ROWS)],
            "Stage": ["Closed Won", "Closed Lost"] * 40,
            "Amount": [str(100 + i) for i in range(ROWS)],
            "Close Date": [f"2025-{1 + i % 12:02d}-10" for i in range(ROWS)],
            "Contact person": [f"Ada Unsworth {i % 8}" for i in range(ROWS)],
        }
    ),
    "contacts": pd.DataFrame(
        {
            "Account ID": [f"a{i}" for i in range(ROWS)],
            "Last Name": [f"Unsworth{i}" for i in range(ROWS)],
            "Email": [f"person{i}@firm{i}.example" for i in range(ROWS)],
            "Phone Number": [f"+49 30 9876{i:03d}" for i in range(ROWS)],
            "Job Title": ["CTO", "CFO"] * 40,
        }
    ),
}


@pytest.fixture(scope="module")
def study():
    return Study.open(read_sources(TABLES)[0])


def test_people_describe_no_account(study):
    text = study.accounts.to_csv()
    assert not any(name in text for name in NAMES)


def test_people_stand_in_no_document(study):
    texts = [form.write(study.profile) for form in FORMS]
    assert not any(name in text for name in NAMES for text in texts)


def test_people_are_no_attribute_and_no_criterion(study):
    assert "Contact person" not in {attribute.name for attribute in study.attributes.attributes}
    assert not any("Unsworth" in criterion.name for criterion in study.rubric.criteria)
