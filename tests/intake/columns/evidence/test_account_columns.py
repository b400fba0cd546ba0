"""Who left, told by values and by days that only some have."""

import io

import numpy as np
import pandas as pd
import pytest

import icp_engine as icp
from icp_engine.intake.columns.column_types import infer_rule
from icp_engine.intake.columns.roles import infer_roles

ROWS = 60


def roles_of(**columns):
    frame = pd.DataFrame(
        {
            "Customer ID": [f"K{row}" for row in range(ROWS)],
            "Industry": np.resize(["a", "b", "c"], ROWS),
            **columns,
        }
    ).replace({"": None})
    rules = {header: infer_rule(frame[header], header)[0] for header in frame}
    return infer_roles(frame, rules, "accounts")


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Attrition_Flag", ("Attrited Customer", "Existing Customer")),
        ("Kundenlage", ("gekündigt", "Bestandskunde")),
        ("Situation", ("résiliée", "active")),
        ("契約", ("解約", "継続")),
        ("Hoe het staat", ("Opgezegd", "Actief")),
    ],
)
def test_values_that_say_left_and_staying_are_who_left(header, words):
    assert roles_of(**{header: np.resize(words, ROWS)})[header] == "churned"


def test_a_model_of_leaving_is_not_who_left():
    values = np.resize([0.1, 0.7, 0.3], ROWS).astype("str")
    assert (
        roles_of(**{"Naive Bayes Attrition Flag": values})["Naive Bayes Attrition Flag"]
        != "churned"
    )


@pytest.mark.parametrize(
    "header", ["gekündigt zum", "Date de départ résiliation", "Uppsagd den", "解約日付"]
)
def test_a_day_of_leaving_is_one_only_where_somebody_stayed(header):
    days = pd.date_range("2024-01-01", periods=ROWS).strftime("%Y-%m-%d").to_numpy()
    assert roles_of(**{header: np.where(np.arange(ROWS) % 5, "", days)})[header] == "churn_date"


def test_a_column_named_date_does_not_say_that_anybody_left():
    days = pd.date_range("2024-01-01", periods=ROWS).strftime("%Y-%m-%d")
    assert roles_of(Date=days)["Date"] != "churn_date"


@pytest.mark.parametrize(
    "header", ["expected_mrr_usd", "Erwarteter Umsatz", "Potential ARR", "Ingresos previstos"]
)
def test_an_estimate_is_no_value_of_a_customer(header):
    values = np.arange(1000, 1000 + ROWS).astype("str")
    assert roles_of(**{header: values})[header] != "value_metric"


@pytest.mark.parametrize(
    "header", ["Number of Plants", "Anzahl Werke", "Nombre de sites", "Site count"]
)
def test_a_count_of_none_and_one_is_a_number(header):
    assert infer_rule(pd.Series(["0", "1", None, "1", "0"]), header)[0].type == "number"


@pytest.mark.parametrize("header", ["Hospital", "Einrichtung", "ACCT_NM", "Name der Schule"])
def test_accounts_are_called_by_the_first_column_of_names_of_their_own(header):
    table = pd.DataFrame(
        {
            "Key": [f"K{n:03}" for n in range(40)],
            header: [f"{'St. Anna' if n % 2 else 'Nordstern'} {n}" for n in range(40)],
            "Industry": ["private", "public"] * 20,
            "Joined": ["2024-05-01"] * 40,
        }
    )
    assert icp.Study.open({"list": table}).roles["list"][header] == "account_name"


def test_companies_among_a_deals_words_name_its_account_without_any_header():
    rows = [
        f"OP{n:03},Firma {n % 25} {form},{('won', 'lost')[n % 2]},{100 + n},2025-03-{1 + n % 28:02}"
        for n, form in enumerate(["GmbH", "LLC", "", "Ltd", "AG"] * 20)
    ]
    stream = io.BytesIO("\n".join(rows).encode())
    stream.name = "dump.csv"
    study = icp.Study.open(stream)
    assert len(study.deals) == 100 and len(study.accounts) < 80


def test_codes_under_customer_are_its_number_where_another_column_holds_the_names():
    frame = pd.DataFrame(
        {
            "Customer": [f"Q-{1000 + row}" for row in range(ROWS)],
            "Called": [
                f"{chr(65 + row % 26)}{chr(97 + row // 26)} Works Ltd" for row in range(ROWS)
            ],
            "Industry": np.resize(["a", "b", "c"], ROWS),
        }
    )
    rules = {header: infer_rule(frame[header], header)[0] for header in frame}
    roles = infer_roles(frame, rules, "accounts")
    assert (roles["Customer"], roles["Called"]) == ("account_id", "account_name")
    alone = infer_roles(frame.drop(columns="Called"), rules, "accounts")
    assert alone["Customer"] == "account_name"
