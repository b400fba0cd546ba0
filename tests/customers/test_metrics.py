"""Value metrics of customers: every class has its weight, and any number can join."""

import re

import pandas as pd
import pytest

import icp_engine as icp
from icp_engine.customers.metrics import OBJECTIVE_WEIGHTS
from icp_engine.intake.columns.column_types import infer_rule
from icp_engine.intake.columns.roles import infer_roles
from icp_engine.intake.events.events import metric_column
from icp_engine.values import metric_kinds
from icp_engine.values.metric_kinds import KINDS, MetricKind


def test_every_class_has_a_weight_in_every_objective_but_tenure():
    classes = {kind.metric_class for kind in KINDS} - {"tenure"}
    assert all(classes <= set(weights) for weights in OBJECTIVE_WEIGHTS.values())
    assert not any("tenure" in weights for weights in OBJECTIVE_WEIGHTS.values())


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


NEW = MetricKind(
    "noise", "effort", "less", "dB", True, re.compile(r"\bnoise level\b"), re.compile(r"\bnoise\b")
)
HEADERS = {
    "Promoter score": ("nps", "more", "score"),
    "Deal size": ("aov", "more", "$"),
    "Basket value": ("aov", "more", "$"),
    "Mean order value": ("aov", "more", "$"),
    "Cost to serve": ("cost_to_serve", "less", "$"),
    "Costs": ("cost", "less", "$"),
    "Recency": ("recency", "less", "days"),
    "Advocates": ("referrals", "more", "count"),
    "Won deals": ("orders", "more", "deals"),
}


def accounts_with(header, values):
    return pd.DataFrame(
        {
            "Account ID": [f"A-{n}" for n in range(len(values))],
            "Industry": ["Retail", "Media"] * (len(values) // 2),
            "Account type": "Customer",
            header: values,
        }
    )


def role_in(frame, header):
    rules = {column: infer_rule(frame[column], column)[0] for column in frame}
    return infer_roles(frame, rules, "accounts")[header]


@pytest.mark.parametrize("header", HEADERS)
def test_what_customers_call_a_metric_is_one_without_a_persons_word(header):
    accounts = accounts_with(header, [float(n) + 0.5 for n in range(40)])
    role = role_in(accounts, header)
    assert (str(role), role.direction, role.unit) == ("value_metric", *HEADERS[header][1:])
    metric = icp.Study.open({"accounts": accounts}).customers.metrics[0]
    assert (metric.kind, metric.direction, metric.unit) == HEADERS[header]


def test_one_line_more_is_a_metric_more_for_roles_summaries_and_customers(monkeypatch):
    accounts = accounts_with("Noise level", [float(n) for n in range(40)])
    assert role_in(accounts, "Noise level") == "attribute"
    monkeypatch.setattr(metric_kinds, "KINDS", (NEW, *KINDS))
    roles = (
        role_in(accounts, "Noise level"),
        metric_column("noise_level", "orders", accounts["Noise level"]).role,
    )
    assert [(str(role), role.direction, role.unit) for role in roles] == [
        ("value_metric", "less", "dB")
    ] * 2
    metric = icp.Study.open({"accounts": accounts}).customers.metrics[0]
    assert (metric.kind, metric.metric_class, metric.direction) == ("noise", "effort", "less")
    assert metric.grows_with_time
