"""Whoever sold is told by the header in many languages; what only sounds like it is not."""

# ruff: noqa: E501 - one line a kind reads best whole

import pytest

from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.who_knew.sellers import says_who_sold
from icp_engine.study.study import Study

SELLERS = (
    "Assigned Rep|AE|SDR|Closer|Agent|Account Exec|Relationship Manager|Sales Manager|VP Sales|Team|Regional office|Handled by"
    "|Vertriebler|Außendienst|Kundenberater|Commercial|Chargé d'affaires|Vendedor|Gestor comercial|Venditore|Verkoper|Relatiebeheerder"
    "|Opiekun klienta|Obchodník|Säljare|Sælger|Müşteri temsilcisi|Менеджер|担当者|Customer success lead|Consultant|Territory manager"
)
OTHERS = "Industry|Sales region|Sales model|Team collaboration tool|Agency type|Managed services|User type|Managers employed"


@pytest.mark.parametrize("header", SELLERS.split("|"))
def test_whoever_sold_is_told(header):
    assert says_who_sold(split_header(header)[1], "category")


@pytest.mark.parametrize("header", OTHERS.split("|"))
def test_what_only_sounds_like_it_is_not(header):
    assert not says_who_sold(split_header(header)[1], "category")


def test_how_many_managers_there_are_is_a_number_and_stays():
    assert not says_who_sold("manager", "number")
    assert says_who_sold("employee key", "number")


def test_a_second_seller_is_named_and_scores_no_deal():
    import pandas as pd

    rows = 120
    frame = pd.DataFrame(
        {
            "Deal ID": [f"d{row}" for row in range(rows)],
            "Stage": ["Won" if row % 3 else "Lost" for row in range(rows)],
            "Vertriebler": ["Nord" if row % 3 else "Süd" for row in range(rows)],
            "Sales Manager": ["Team A" if row % 3 else "Team B" for row in range(rows)],
        }
    )
    study = Study.open({"deals": frame})
    roles = study.roles["deals"]
    assert {str(roles["Vertriebler"]), str(roles["Sales Manager"])} == {"owner", "identifier"}
    assert not study.attributes.attributes
