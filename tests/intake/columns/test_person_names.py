"""Names of people are told by their values, in several languages and orders; products, towns and
industries of two words are acquitted.
"""

import pandas as pd
import pytest

from icp_engine.intake.columns.person_names import looks_like_people, names_people

PEOPLE = (
    "Hartmut Klobrezel|Ingrid Wabnitz|Jonas Trupke|Anselm Drobny",
    "Mireille Vauquelin|Benoît Sarrazin|Cécile Aubertin|Luc Tardiveau",
    "Schmidt, Anna|Vogel, Jens|Trupke, Ingrid",
    "Nagy Péter|Szabó Zsuzsanna|Tóth István",
    "J. Brask|M. Plom|T. Zawada",
    "Dr. Nora Helmbrecht|Frau Petra Wunn|Sabine von Trapp",
    "Łukasz Zawada|Agnieszka Brzoza|Piotr Wilk",
    "Rajesh Nambar|Priya Tollan|Anil Kasture",
)
THINGS = (
    ("product", "Blue Prism|Palo Alto|Gold Plus"),
    ("tool", "Blue Prism|Palo Alto|Red Hat|Power Apps"),
    ("where", "San Jose|San Diego|Los Angeles|New York|Santa Ana"),
    ("what", "Real Estate|Financial Services|Health Care|Life Sciences"),
    ("plan", "Gold Plus|Silver Plus|Bronze Basic"),
    ("hq", "Fort Wayne|St. Louis|Port Arthur"),
    ("city", "Santa Rosa|San Antonio|Victoria Falls|Charlotte Amalie"),
)


@pytest.mark.parametrize("values", PEOPLE)
def test_people_are_told_whatever_the_header_says(values):
    series = pd.Series(values.split("|") * 20)
    assert looks_like_people(series)
    assert names_people("kolumne", series)


@pytest.mark.parametrize(("words", "values"), THINGS)
def test_things_of_two_words_are_acquitted(words, values):
    assert not names_people(words, pd.Series(values.split("|") * 20))


def test_invented_names_are_told_by_a_header_that_may_name_people():
    names = [f"{a}ux {b}orl" for a in ("X", "Br", "Tw") for b in ("Z", "Kl", "Pf")]
    assert names_people("recommande par", pd.Series(names * 5))
    assert not names_people("recommande par", pd.Series(["Trade Fair", "Web Search"] * 20))
