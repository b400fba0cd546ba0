"""What a row refers to lends it its account; where one way ends, another is gone."""

import pandas as pd
import pytest

from icp_engine import Study

DAYS = pd.date_range("2024-01-05", periods=60, freq="4D").strftime("%Y-%m-%d")
# sale, person, activity, lead: the same four tables under other names
NAMES = {
    "en": ("SalesID", "ContactID", "ActivityID", "LeadID", "OpportunityID"),
    "de": ("Verkaufsnr", "Kontaktnr", "Aktivitätsnr", "Leadnr", "Chancennr"),
}


def opened(**tables):
    return Study.open({name: pd.DataFrame(columns) for name, columns in tables.items()})


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("language", NAMES)
def test_deals_go_by_their_sale_and_where_they_have_none_by_the_lead_behind_them(language, turned):
    sale, person, activity, lead, deal = NAMES[language]
    tables = {
        "people": {
            person: [f"C{row:03}" for row in range(20)],
            "Full name": [f"Ann Maker {row}" for row in range(20)],
            "Country": ["US", "UK"] * 10,
        },
        "leads": {
            lead: [f"L{row:04}" for row in range(30)],
            person: [f"C{row % 20:03}" for row in range(30)],
            "Lead Status": ["Working", "Qualified", "Contacted"] * 10,
            "Created date": DAYS[:30],
        },
        "activities": {
            activity: [f"A{row:04}" for row in range(40)],
            lead: [f"L{row % 30:04}" for row in range(40)],
            "Activity type": ["Meeting", "Call"] * 20,
            "Activity date": DAYS[:40],
        },
        "sales": {
            sale: [f"S{row:04}" for row in range(15)],
            person: [f"C{row:03}" for row in range(15)],
            "Sale date": DAYS[:15],
        },
        "deals": {
            deal: [f"O{row:04}" for row in range(40)],
            activity: [f"A{row:04}" for row in range(40)],
            "Stage": ["Closed Won", "Closed Lost", "Negotiation", "Closed Won"] * 10,
            "Amount": [str(100 + 31 * row) for row in range(40)],
            "Close date": DAYS[:40],
            sale: [f"S{row:04}" if row < 15 else "" for row in range(40)],
        },
    }
    study = opened(**(dict(reversed(tables.items())) if turned else tables))
    assert len(study.accounts) == 20
    assert study.intake.deals["account_id"].nunique() == 20
    assert "deals-without-account" not in {problem.code for problem in study.problems}
