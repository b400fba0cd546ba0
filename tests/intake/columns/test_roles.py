"""Roles from headers and values, in several CRMs' spellings."""

import pandas as pd
import pytest

from icp_engine.intake.columns.column_types import infer_rule
from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.roles import infer_roles


def roles_of(frame, kind, given=None):
    rules = {column: infer_rule(frame[column], column)[0] for column in frame}
    return infer_roles(frame, rules, kind, given)


def one_column(header, values, kind="accounts"):
    frame = pd.DataFrame({"Account ID": [f"A-{n}" for n in range(len(values))], header: values})
    return roles_of(frame, kind)[header]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Deal - Won time", ("deal", "won time")),
        ("AccountId", ("", "account id")),
        ("# Employees", ("", "number employees")),
        ("ICP_Score__c", ("", "icp score")),
        ("property_dealname", ("", "dealname")),
        ("Associated Company IDs", ("", "associated company ids")),
    ],
)
def test_headers_split_into_object_and_words(header, words):
    assert split_header(header) == words


@pytest.mark.parametrize(
    ("header", "direction", "unit"),
    [
        ("LTV", "more", "$"),
        ("Net revenue retention", "more", "%"),
        ("NPS", "more", "score"),
        ("Support tickets", "less", "count"),
        ("Onboarding days", "less", "days"),
        ("CAC", "less", "$"),
        ("Total spend", "more", "$"),
        ("Sales cycle", "less", "days"),
    ],
)
def test_value_metrics_know_their_direction_and_unit(header, direction, unit):
    role = one_column(header, [float(n) * 1.5 for n in range(30)])
    assert (role, role.direction, role.unit) == ("value_metric", direction, unit)


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Industry", "firmographic"),
        ("CRM used", "technographic"),
        ("Tech stack", "technographic"),
        ("Headcount growth", "behavioural"),
        ("Gender", "demographic"),
        ("Budget confirmed", "buying"),
        ("attr_1", "firmographic"),
    ],
)
def test_attributes_get_a_kind(header, kind):
    role = one_column(header, ["a", "b", "c"] * 10)
    assert (role, role.kind) == ("attribute", kind)


@pytest.mark.parametrize(
    "header",
    [
        "Churn reason",
        "Closed Won Reason",
        "Renewal forecast",
        "Handover complete",
        "Last activity type",
    ],
)
def test_what_the_outcome_fills_in_is_known_after(header):
    assert one_column(header, ["a", "b", "c"] * 10) == "known_after"


def test_annual_revenue_describes_the_company_and_is_no_value_metric():
    assert one_column("Annual Revenue", [1e6, 2e6, 5e6] * 5) == "attribute"


def test_revenue_beside_sector_is_firmographic_and_alone_a_value():
    frame = pd.DataFrame(
        {"account": [f"Firm {n}" for n in range(20)], "revenue": [10.5 * n for n in range(20)]}
    )
    assert roles_of(frame, "accounts")["revenue"] == "value_metric"
    assert roles_of(frame.assign(sector=["a", "b"] * 10), "accounts")["revenue"] == "attribute"


def test_type_is_an_account_type_only_when_its_values_are():
    assert one_column("Type", ["Customer", "Prospect", "Partner"] * 5) == "account_type"
    assert one_column("Type", ["Round", "Square", "Flat"] * 5) == "attribute"


def test_a_role_that_one_column_can_have_goes_to_the_best_candidate():
    frame = pd.DataFrame(
        {
            "Churn Label": ["Yes", "No"] * 5,
            "Churn Value": ["1", "0"] * 5,
            "Customer ID": [f"C{n}" for n in range(10)],
        }
    )
    roles = roles_of(frame, "accounts")
    assert (roles["Churn Value"], roles["Churn Label"]) == ("churned", "known_after")


def test_a_column_without_values_takes_no_role_from_one_that_has_some():
    frame = pd.DataFrame(
        {"Account Name": [""] * 6, "Company": [f"Firm {letter}" for letter in "abcdef"]}
    )
    assert roles_of(frame, "accounts")["Company"] == "account_name"


def test_a_given_role_stays_and_displaces_the_inferred_one():
    frame = pd.DataFrame(
        {
            "Deal ID": [f"D{n}" for n in range(10)],
            "Status": ["Won", "Lost"] * 5,
            "Converted": ["Yes", "No"] * 5,
        }
    )
    roles = roles_of(frame, "deals", {"Status": "ignore", "Converted": "won"})
    assert (roles["Status"], roles["Converted"], roles["Converted"].given) == (
        "ignore",
        "won",
        True,
    )


def test_every_role_says_how_sure_it_is_and_why():
    frame = pd.DataFrame({"Company name": ["a", "b"], "zz": ["x", "y"], "LTV": [1.0, 2.0]})
    assert all(0 < role.score <= 1 and role.reason for role in roles_of(frame, "accounts").values())


def test_a_title_beside_a_first_name_is_a_job_and_else_the_deals_name():
    leads = pd.DataFrame(
        {
            "Lead ID": [f"L{n}" for n in range(20)],
            "First Name": ["Ann", "Bob"] * 10,
            "Title": ["CTO", "CFO"] * 10,
            "Is Converted": ["TRUE", "FALSE"] * 10,
        }
    )
    assert roles_of(leads, "deals")["Title"] == "contact_job_title"
    deals = leads.drop(columns="First Name").assign(Title=[f"Rollout {n}" for n in range(20)])
    assert roles_of(deals, "deals")["Title"] == "deal_name"


def deals_with(**columns):
    frame = pd.DataFrame(
        {"Deal no": [f"D{n}" for n in range(30)], "Stage": ["Won", "Lost", "Lost"] * 10} | columns
    )
    return roles_of(frame, "deals")


def test_the_only_money_of_a_deal_is_its_amount():
    assert deals_with(**{"Worth (EUR)": [f"{n}00" for n in range(30)]})["Worth (EUR)"] == "amount"


def test_a_further_amount_of_a_deal_describes_no_company():
    some = [f"{n}00.5" for n in range(30)]
    assert (
        deals_with(**{"Amount (EUR)": some, "Amount (USD)": some})["Amount (USD)"] == "known_after"
    )


@pytest.mark.parametrize("header", ["Vorgangs-Nr", "Ticket no", "Nº de caso"])
def test_an_id_in_every_row_of_deals_is_the_deals_own_whatever_else_its_header_may_mean(header):
    frame = pd.DataFrame(
        {
            header: [f"V{70001 + n}" for n in range(40)],
            "Company": [f"Firm {n % 9}" for n in range(40)],
            "Stage": ["Closed Won", "Closed Lost"] * 20,
        }
    )
    assert roles_of(frame, "deals")[header] == "deal_id"
