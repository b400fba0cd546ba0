"""Value metrics: every one of the field's words is known with its direction, unit and class."""

import pytest

from icp_engine.intake.columns.header_words import split_header
from icp_engine.values.metric_kinds import KINDS, OTHER, grows_with_time, kind_of, metric_of

WORDS = {
    "LTV": ("ltv", "more", "$"),
    "ACV": ("acv", "more", "$"),
    "TCV": ("tcv", "more", "$"),
    "AOV": ("aov", "more", "$"),
    "Repeat rate": ("repeat_rate", "more", "share"),
    "NRR": ("nrr", "more", "%"),
    "NPS": ("nps", "more", "score"),
    "Health score": ("health", "more", "score"),
    "Tenure": ("tenure", "more", "months"),
    "Retention": ("retention", "more", "%"),
    "Expansion rate": ("expansion", "more", "%"),
    "Gross margin": ("margin", "more", "%"),
    "Support load": ("support", "less", "count"),
    "Onboarding days": ("onboarding", "less", "days"),
    "Adoption days": ("adoption", "less", "days"),
    "CAC": ("cac", "less", "$"),
    "Sales cycle": ("sales_cycle", "less", "days"),
    "Referrals": ("referrals", "more", "count"),
}


@pytest.mark.parametrize("word", WORDS)
def test_a_word_of_the_field_has_direction_and_unit(word):
    kind = kind_of(split_header(word)[1])
    assert (kind.key, kind.direction, kind.unit) == WORDS[word]


@pytest.mark.parametrize(
    "name", ["LTV", "TCV", "orders", "Expansion rate", "Total charges", "Support tickets"]
)
def test_totals_grow_with_time(name):
    assert grows_with_time(split_header(name)[1])


@pytest.mark.parametrize(
    "name", ["NRR", "AOV", "ARR", "Sales cycle", "Monthly spend", "Tickets (12 months)"]
)
def test_rates_means_and_yearly_figures_do_not_grow(name):
    assert not grows_with_time(split_header(name)[1])


def test_a_line_names_each_metric_once_with_one_class_and_direction():
    said = {(kind.key, kind.metric_class, kind.direction) for kind in KINDS}
    assert len(said) == len({kind.key for kind in KINDS})
    assert len({(kind.pattern, kind.words) for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("tenure days", "days"),
        ("tenure", "months"),
        ("days late", "days"),
        ("late payments share", "share"),
        ("expansion revenue", "$"),
        ("expansion rate", "%"),
        ("support cost", "$"),
        ("support tickets", "count"),
    ],
)
def test_the_unit_is_that_of_what_the_words_measure(words, unit):
    assert metric_of(words).unit == unit


@pytest.mark.parametrize("words", ["ltv cac ratio", "cac to ltv", "clv to cac"])
def test_what_a_cost_brings_in_is_no_cost(words):
    assert (kind_of(words).key, kind_of(words).direction) == ("ltv_to_cac", "more")


@pytest.mark.parametrize(
    "words", ["growth", "headcount growth", "cost center", "support language", "cycle", "usage"]
)
def test_words_that_describe_a_company_make_no_metric_by_themselves(words):
    assert metric_of(words) is None


def test_a_column_a_person_makes_a_metric_is_told_by_looser_words_and_else_is_other():
    assert kind_of("growth").key == "expansion"
    assert kind_of("rooms rented") == OTHER


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("umsatz h1 2017", "period_revenue"),
        ("revenue q3 2025", "period_revenue"),
        ("sales last 12 months", "period_revenue"),
        ("revenue 2024 05", "period_revenue"),
        ("revenue 2024", None),
        ("annual revenue", None),
    ],
)
def test_revenue_of_a_part_of_a_year_is_what_a_customer_bought(header, key):
    found = metric_of(header)
    assert (found.key if found else None) == key


@pytest.mark.parametrize(
    "header",
    [
        *("Umsatz T€ H1/2017", "Q1 2024 Sales", "Sales 2024-Q1", "Revenue 2024-03", "CA T2 2023"),
        *(
            "Erlöse 2. Halbjahr 2023",
            "Ventas 1er trimestre 2024",
            "Fatturato Q3 2022",
            "Выручка Q2 2024",
        ),
        *("Omzet Q4 2023", "Sprzedaż 2 kwartał 2024", "Tržby Q1 2024"),
    ],
)
def test_what_was_sold_in_a_part_of_a_year_is_what_customers_are_worth(header):
    kind = metric_of(split_header(header)[1])
    assert kind is not None and (kind.key, kind.unit, kind.direction) == (
        "period_revenue",
        "$",
        "more",
    )


@pytest.mark.parametrize(
    "header", ["Revenue 2023", "Umsatz 2017", "Annual revenue", "H1 2017", "CA 2"]
)
def test_a_firms_own_turnover_of_a_year_is_none(header):
    assert metric_of(split_header(header)[1]) is None
