"""Texts without names: after a word for saying, a title, beside a job, on record; reasons stay."""

# ruff: noqa: E501 - one line a kind reads best whole

import pandas as pd
import pytest

from icp_engine.values.masks import HIDDEN, hide_names, mask_names, name_keys

NAMED = (
    "Price too high (said Hartmut Klobrezel, CFO of Quaxolotl)|Klobrezel,Quaxolotl,Hartmut",
    "Zu teuer, sagt Frau Wabnitz|Wabnitz",
    "Trop cher selon M. Vauquelin|Vauquelin",
    "Dijo Wendelino Brask que es caro|Wendelino,Brask",
    "Secondo il Sig. Bertucci troppo caro|Bertucci",
    "Volgens Maarten Kloet te duur|Maarten,Kloet",
    "Klobrezel Hartmut meint, zu teuer|Klobrezel,Hartmut",
    "Rejected by Zwibbel|Zwibbel",
    "Geschäftsführer der Vexolin AG will nicht|Vexolin",
    "Head of IT at Brantix stopped it|Brantix",
    "No budget (Jo Bantock, Plomtech Ltd)|Bantock,Plomtech",
    "Pan Kowalczuk powiedział nie|Kowalczuk",
)
REASONS = (
    "Price too high|Missing feature|Zu teuer|Kein Budget|Lost to Salesforce|Chose Blue Prism|Blocked by IT|Laut Einkauf zu teuer"
    "|San Jose office closed|Real Estate downturn|Missing Single Sign On|Customer said price is too high|Director of Finance left"
    "|No budget in Q4|Lack of Executive Sponsor|Microsoft Teams preferred"
)


@pytest.mark.parametrize("told", NAMED)
def test_names_go_and_the_reason_stays(told):
    text, names = told.split("|")
    masked = hide_names(text)
    assert not [name for name in names.split(",") if name in masked]
    assert HIDDEN in masked


@pytest.mark.parametrize("text", REASONS.split("|"))
def test_a_reason_without_names_stays_as_it_is(text):
    assert hide_names(text) == text


def test_names_on_record_go_wherever_they_stand():
    known = name_keys(pd.Series(["Quaxolotl", "Prokkel", "Zwölf Apostel GmbH", "Price"]))
    texts = pd.Series(["Prokkel left", "Quaxolotl chose SAP", "Zwölf Apostel GmbH merged", "Price"])
    masked = mask_names(texts, known)
    assert list(masked) == ["… left", "… chose SAP", "… merged", "Price"]
