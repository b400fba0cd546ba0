"""Types come from values; the header only tips what the values leave open."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from icp_engine.intake.columns.column_types import infer_rule, infer_rule_for
from icp_engine.intake.reading.read import read_sources
from icp_engine.values.parse import parse_column

DATA = Path(__file__).parents[4] / "shared" / "data"


def rule_of(values, header="", **more):
    return infer_rule(pd.Series(values), header, **more)[0]


def codes_of(values, header=""):
    return [problem.code for problem in infer_rule(pd.Series(values), header)[1]]


@pytest.mark.parametrize(
    ("values", "header", "kind"),
    [
        (["1", "2", "35", "4"], "Employees", "number"),
        (["$1.2M", "$300k", "N/A"], "x", "money"),
        (["12 %", "5%"], "x", "percent"),
        (["100", "2500"], "Amount", "money"),
        (["51-200", "11-50", "10,001+"], "Size", "range"),
        (["Yes", "No", "Unknown"], "x", "boolean"),
        (["1", "0", "1"], "x", "boolean"),
        (["1", "1"], "Is Won", "boolean"),
        (["1", "1"], "Count", "number"),
        (["S", "M", "L"], "Size", "category"),
        (["2024-01-05", "2024-02-06"], "x", "date"),
        (["30.09.2026", "01.10.2026"], "x", "date"),
        (["19970101", "19970112"], "x", "date"),
        (["45631", "45700"], "Close date", "date"),
        (["45631", "45700"], "Employees", "number"),
        (["1996", "2004"], "Founded", "number"),
        (["00001", "00002", "00417"], "customer", "id"),
        (["17", "18"], "Account ID", "id"),
        (["94105", "02118"], "Zip", "id"),
        (["a@b.co", "c@d.com"], "x", "email"),
        (["https://www.acme.com", "http://b.io/x"], "x", "domain"),
        (["acme.com", "b.io"], "Domain", "domain"),
        (["+49 30 123456", "+1 555 678 9012"], "x", "phone"),
        (["555-678-9012", "555-012-3456"], "Phone", "phone"),
        (["AWS; Slack", "Slack", "AWS; Zoom", "Zoom; AWS"], "Tech", "tags"),
        (["['a', 'b']", "['b']", "['a']"], "x", "tags"),
        (["Austin, TX", "Dallas, TX", "Austin, TX", "Miami, FL", "Tampa, FL"], "City", "category"),
        (["Acme, Inc.", "Bolt, Inc."], "Name", "category"),
        (["2 years", "6 months", "1 year"], "Tenure", "category"),
        (["None", "No", "Maybe"], "x", "category"),
        ([], "x", "empty"),
        (["N/A", ""], "x", "empty"),
    ],
)
def test_type_of_a_column(values, header, kind):
    assert rule_of(values, header).type == kind


def test_free_text_is_long_and_distinct():
    texts = [
        f"They asked for {word} before signing and then went quiet for weeks"
        for word in ("speed", "price", "safety")
    ]
    assert rule_of(texts).type == "text"
    assert (
        rule_of(
            ["We switched to a competitor this year for good"] * 40 + ["Too expensive"] * 40
        ).type
        == "category"
    )


def test_distinct_codes_are_ids_and_distinct_names_are_not():
    assert rule_of([f"A-{number:x}9" for number in range(50)]).type == "id"
    assert rule_of([f"Company_{number}" for number in range(50)], "account_name").type == "category"


@pytest.mark.parametrize(
    ("values", "decimal"),
    [
        (["1.234,56", "1.000"], ","),
        (["1,234.56", "1,000"], "."),
        (["12,5", "1.250"], ","),
        (["€1.500", "€12.000"], ","),
        (["$1.500", "$2.125"], "."),
        (["1.234.567", "5.000"], ","),
    ],
)
def test_the_decimal_mark_comes_from_values_that_prove_it(values, decimal):
    assert rule_of(values).decimal == decimal


@pytest.mark.parametrize(
    ("values", "order", "codes"),
    [
        (["25/12/2024", "01/02/2024"], "dmy", []),
        (["12/25/2024", "01/02/2024"], "mdy", []),
        (["01.02.2024"] * 3, "dmy", []),
        (["01/02/2024", "03/04/2024"], "dmy", ["dates-ambiguous"]),
        (["2024-01-02"], "ymd", []),
    ],
)
def test_one_order_of_day_and_month_a_column(values, order, codes):
    assert rule_of(values).date_order == order
    assert codes_of(values) == codes


def test_bands_are_ordered_levels_and_excels_damage_finds_its_place():
    series = pd.Series(["200+", "20-50", "01-May", "May-20", "50-200", "20-50", "unknown"])
    rule, problems = infer_rule(series, "average_stock")
    assert rule.levels == ("1–5", "5–20", "20–50", "50–200", "200+")
    assert parse_column(series, rule).tolist()[2:4] == ["1–5", "5–20"]
    assert [(problem.code, problem.rows) for problem in problems] == [
        ("values-excel-dates", (2, 3))
    ]


def test_a_few_words_among_numbers_are_named_with_their_rows():
    values = pd.Series(["10"] * 30 + ["soon", "later"], index=range(2, 34))
    rule, problems = infer_rule(values, "Deal value")
    assert rule.type == "money"
    assert [(problem.code, problem.rows) for problem in problems] == [
        ("values-not-numbers", (32, 33))
    ]
    assert "“soon”, “later”" in problems[0].message


def test_one_bad_value_does_not_turn_eight_numbers_into_words():
    assert rule_of(["1", "2", "3", "4", "5", "6", "7", "oops"]).type == "number"
    assert rule_of(["1", "2", "3", "a", "b", "c"]).type == "category"


def test_minus_one_is_missing_beside_counts_and_words_but_not_among_numbers_around_zero():
    founded = ["-1"] * 4 + ["1996", "2001", "2003", "1989", "2010"]
    assert parse_column(pd.Series(founded), rule_of(founded)).isna().sum() == 4
    assert "-1" in rule_of(["-1", "-1", "Retail", "Banking"]).missing
    assert "-1" not in rule_of(["-1", "-1", "-1", "-2", "0", "3", "5", "7", "8"]).missing
    assert "-1" not in rule_of(["-1", "0", "1"] * 20).missing


def test_missing_words_of_the_caller_join_the_usual_ones():
    rule = rule_of(["tbx", "Retail", "N/A"], missing_words=("TBX",))
    assert parse_column(pd.Series(["tbx", "Retail", "N/A"]), rule).dropna().tolist() == ["Retail"]


def test_spellings_are_unified_to_the_commonest_and_said():
    values = pd.Series(["FinTech"] * 3 + ["fintech ", "Fin-tech", "Retail"])
    rule, problems = infer_rule(values, "Industry")
    assert parse_column(values, rule).unique().tolist() == ["FinTech", "Retail"]
    assert [problem.code for problem in problems] == ["values-merged"]
    assert "values-merged" not in codes_of(["C++", "C#", "C", "A-", "A"])


def test_two_currencies_in_one_column_are_reported():
    assert "currency-mixed" in codes_of(["$100", "€200", "$300"], "Amount")
    assert rule_of(["€100", "€200"], "Amount").currency == "EUR"


def test_typed_values_keep_their_type():
    assert rule_of([True, False]).type == "boolean"
    assert rule_of(pd.to_datetime(["2024-01-01", None])).type == "date"
    assert rule_of([1.5, np.nan]).type == "number"
    assert rule_of([np.nan, np.nan]).type == "empty"
    assert rule_of([101, 102], "deal_id").type == "id"


def test_a_demanded_type_gets_its_details_from_the_values():
    assert infer_rule_for(pd.Series(["1.234,5"]), "money").decimal == ","
    assert infer_rule_for(pd.Series(["12/25/2024"]), "date").date_order == "mdy"
    assert infer_rule_for(pd.Series(["a|b", "b|c", "c|a", "b"]), "tags").separator == "|"
    assert infer_rule_for(pd.Series(["1-5", "6-10"]), "range").levels == ("1–5", "6–10")


def test_a_large_column_is_judged_from_a_sample_and_read_as_a_whole():
    values = ["1,250.50"] * 199_999 + ["never"]
    rule, problems = infer_rule(pd.Series(values, index=range(2, 200_002)), "Amount")
    assert rule.type == "money"
    assert problems[0].rows == (200_001,)


@pytest.mark.skipif(not DATA.is_dir(), reason="public data are not beside the project")
def test_public_files_are_typed_rightly():
    tables, _ = read_sources(
        DATA / "glassdoor_firms/Uncleaned_DS_jobs.csv",
        DATA / "cdnow/CDNOW_master.txt",
        DATA / "salvirt_b2b/Salvirt_B2B_ML_dataset.csv",
        DATA / "ravenstack/ravenstack_accounts.csv",
        DATA / "olist_funnel/olist_closed_deals_dataset.csv",
    )
    expected = {
        "Uncleaned_DS_jobs": {
            "Size": "range",
            "Revenue": "range",
            "Salary Estimate": "range",
            "Founded": "number",
            "Job Description": "text",
            "Competitors": "tags",
            "Industry": "category",
            "Location": "category",
        },
        "CDNOW_master": {
            "customer_id": "id",
            "date": "date",
            "number_of_cds": "number",
            "dollar_value": "money",
        },
        "Salvirt_B2B_ML_dataset": {
            "Product": "category",
            "RFP": "boolean",
            "Needs_def": "category",
            "Status": "category",
        },
        "ravenstack_accounts": {
            "account_id": "id",
            "account_name": "category",
            "signup_date": "date",
            "churn_flag": "boolean",
        },
        "olist_closed_deals_dataset": {
            "mql_id": "id",
            "won_date": "date",
            "average_stock": "range",
            "has_company": "boolean",
        },
    }
    found = {
        table: {column: infer_rule(tables[table][column], column)[0].type for column in columns}
        for table, columns in expected.items()
    }
    assert found == expected
