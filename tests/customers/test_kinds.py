"""Value metrics: every one of the field's words is known with its direction, unit and class; any
number can join.
"""

import pandas as pd
import pytest

import icp_engine as icp
from icp_engine.customers.kinds import grows_with_time, kind_of
from icp_engine.customers.metrics import OBJECTIVE_WEIGHTS

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
    kind = kind_of(word)
    assert (kind.key, kind.direction, kind.unit) == WORDS[word]


def test_every_class_has_a_weight_in_every_objective_but_tenure():
    classes = {kind_of(word).metric_class for word in WORDS} - {"tenure"}
    assert all(classes <= set(weights) for weights in OBJECTIVE_WEIGHTS.values())
    assert not any("tenure" in weights for weights in OBJECTIVE_WEIGHTS.values())


@pytest.mark.parametrize(
    "name", ["LTV", "TCV", "orders", "Expansion rate", "Total charges", "Support tickets"]
)
def test_totals_grow_with_time(name):
    assert grows_with_time(name)


@pytest.mark.parametrize(
    "name", ["NRR", "AOV", "ARR", "Sales cycle", "Monthly spend", "Tickets (12 months)"]
)
def test_rates_means_and_yearly_figures_do_not_grow(name):
    assert not grows_with_time(name)


def open_with(column: str, values: list, **settings):
    accounts = pd.DataFrame(
        {
            "account_id": [f"a{i:02d}" for i in range(len(values))],
            "account_type": "Customer",
            "industry": ["Retail", "Media"] * (len(values) // 2),
            column: values,
        }
    )
    return icp.Study.open(
        {"accounts": accounts},
        roles={"accounts": {column: "value_metric"}},
        settings=icp.Settings(as_of="2026-09-30", **settings),
    )


def test_any_number_can_be_made_a_metric_with_its_unit_and_a_direction():
    study = open_with("Rooms rented", [f"${value}" for value in range(100, 140)])
    metric = next(m for m in study.customers.metrics if m.name == "Rooms rented")
    assert (metric.unit, metric.weight > 0) == ("$", True)
    turned = study.replace(metric_directions={"Rooms rented": "less"})
    assert set(turned.best.accounts) & set(study.best.accounts) == set()


def test_a_cost_made_a_metric_by_hand_counts_downwards():
    study = open_with("Cost to serve", list(range(100, 140)))
    assert study.customers.metrics[0].direction == "less"
    assert "a00" in study.best.accounts


def test_words_cannot_rank_and_do_not_break():
    assert open_with("Mood", ["good", "bad"] * 20).customers.metrics == ()
