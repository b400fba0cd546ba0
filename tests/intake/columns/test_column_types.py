"""Types come from values; the header only tips what the values leave open."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from icp_engine.intake.columns.column_types import infer_rule, infer_rule_for, settle_decimals
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


def read(values, header):
    rule = rule_of(values, header)
    return parse_column(pd.Series(values), rule).tolist()


def test_thousands_with_points_are_known_by_the_small_numbers_beside_them():
    assert read(["950", "1.250", "12.500", "870"], "Umsatz") == [950, 1250, 12500, 870]
    assert read(["950", "1,250", "12,500", "870"], "Sales") == [950, 1250, 12500, 870]
    assert read(["12500", "1.250", "13200", "0.875"], "Weight") == [12500, 1.25, 13200, 0.875]


@pytest.mark.parametrize(
    ("others", "read_as", "codes"),
    [
        (["10,5", "11,5", "12,5"], 1250.0, []),
        (["10.5", "11.5", "12.5"], 1.25, []),
        (["10", "11", "12"], 1250.0, ["numbers-ambiguous"]),
    ],
)
def test_open_numbers_are_read_as_the_file_is_written_or_told(others, read_as, codes):
    frame = pd.DataFrame({"Price": ["1.250", "12.500", "3.400"], "Margin": others})
    rules = {header: rule_of(frame[header].tolist(), header) for header in frame}
    settled, problems = settle_decimals(frame, rules)
    assert parse_column(frame["Price"], settled["Price"]).iloc[0] == read_as
    assert [problem.code for problem in problems] == codes


def test_a_header_in_thousands_counts_once_and_is_told():
    assert read(["12,5", "7,0", "10 T€"], "Auftragswert (T€)") == [12_500, 7_000, 10_000]
    assert read(["12.5", "7.0"], "Revenue (in thousands)") == [12_500, 7_000]
    assert codes_of(["12.5", "7.0"], "Revenue ($M)") == ["numbers-scaled"]
    assert rule_of([12.5, 7.0], "ARR (k€)").factor == 1_000
    assert rule_of(["Ann", "Bob"], "Team (K)").factor == 1


@pytest.mark.parametrize("header", ["Quantity", "Menge", "Cantidad", "数量", "Balance change"])
def test_one_piece_less_is_a_return(header):
    values = ["-1"] * 4 + ["1", "2", "3", "4", "5", "6"]
    assert "-1" not in rule_of(values, header).missing
    assert "-1" in rule_of(values, "Founded").missing


def test_codes_with_an_e_are_no_numbers_and_rounded_numbers_are():
    assert rule_of(["5E0", "5E1", "5E2", "5E3"], "Machine").type == "category"
    assert rule_of(["2e1", "3e1", "7e4"], "Modell").type == "category"
    assert rule_of(["1.5e-05", "2.5e-04", "3.1e+02"], "Rate").type == "number"


@pytest.mark.parametrize(
    ("header", "words"),
    [("LTV", "see contract"), ("Betrag", "auf Anfrage"), ("Founded", "n.d."), ("Size", "offen")],
)
def test_many_numbers_stay_numbers_beside_a_word_and_the_cells_are_told(header, words):
    values = [str(1000 + 7 * n) for n in range(40)] + [words] * 12
    rule, problems = infer_rule(pd.Series(values, index=range(2, 54)), header)
    assert rule.type in ("number", "money")
    assert [(p.code, p.rows[:2]) for p in problems] == [("values-not-numbers", (42, 43))]


def test_names_with_some_numbers_among_them_stay_names():
    values = [str(1000 + n) for n in range(40)] + [f"A{n}" for n in range(12)]
    assert rule_of(values, "Product").type in ("category", "id")


@pytest.mark.parametrize("header", ["Close date", "Abschlussdatum", "Date de clôture", "Дата"])
def test_dates_stay_dates_beside_words_and_the_cells_are_told(header):
    values = [f"2024-03-{n:02d}" for n in range(1, 21)] + ["waiting"] * 10
    rule, problems = infer_rule(pd.Series(values, index=range(2, 32)), header)
    assert rule.type == "date"
    assert [(p.code, p.rows[0]) for p in problems] == [("values-not-dates", 22)]


def test_impossible_dates_are_told_not_taken_for_words():
    assert codes_of(["31.02.2024"] * 5, "Closed") == ["values-not-dates"]


@pytest.mark.parametrize(
    ("values", "header", "first"),
    [
        (["202403", "202404", "202411"], "Monat", "2024-03-01"),
        (["010324", "311224", "150124"], "Close date", "2024-03-01"),
        (["31122024", "01032024", "15012024"], "Datum", "2024-12-31"),
        (["03152024", "12312024", "01022024"], "Close date", "2024-03-15"),
        (["10. listopada 2023", "5. siječnja 2023", "1. lipnja 2023"], "Datum", "2023-10-10"),
        (["10 listopada 2023", "5 stycznia 2023", "1 lipca 2023"], "Data", "2023-11-10"),
        (["3 mrt. 2024", "1 mei 2024", "7 okt. 2024"], "Gesloten op", "2024-03-03"),
        (["Q1 2024", "Q2 2024", "Q4 2023"], "Quarter", "2024-01-01"),
        (["1709251200000000", "1709337600000000", "1709424000000000"], "created_at", "2024-03-01"),
    ],
)
def test_dates_in_the_notation_of_the_column(values, header, first):
    rule = rule_of(values, header)
    assert rule.type == "date"
    assert str(parse_column(pd.Series(values), rule).iloc[0])[:10] == first


@pytest.mark.parametrize(
    "none", ["0000-00-00", "0000-00-00 00:00:00", "9999-12-31", "31.12.9999", "00/01/1900"]
)
def test_a_date_for_none_is_empty_and_takes_no_column(none):
    values = [none] * 5 + [f"2024-03-{n:02d}" for n in range(1, 6)]
    rule, problems = infer_rule(pd.Series(values), "Created")
    assert (rule.type, none in rule.missing, problems) == ("date", True, [])


@pytest.mark.parametrize(
    ("others", "is_value"),
    [
        (["EMEA", "APAC", "LATAM"], True),
        (["EU", "Asia", "MEA", "EMEA"], True),
        (["DE", "FR", "ZA", "BW", "AO", "ZM"], True),  # Namibia
        (["CA", "NY", "TX", "WA", "FL", "OH"], False),  # states
        (["EMEA", "APAC", "North America"], False),
        (["Retail", "Media", "Banking"], False),
    ],
)
def test_na_is_a_place_beside_places(others, is_value):
    assert ("na" not in rule_of([*others, "NA"] * 3, "Region").missing) == is_value


def test_a_minus_beside_a_plus_is_a_grade():
    assert "-" not in rule_of(["+", "-", "0"] * 4, "Fit").missing
    assert "-" in rule_of(["a", "-", "b"] * 4, "Fit").missing


def test_values_that_cannot_be_are_told():
    assert "values-impossible" in codes_of(["5", "7", "-50"], "Employees")
    assert "values-impossible" in codes_of(["105", "98", "1e9"], "NRR")
    assert "values-impossible" not in codes_of(["5", "7", "-50"], "Change in employees")


def test_years_with_months_in_figures_are_days_under_any_header():
    months = [str(year * 100 + month) for year in (2023, 2024) for month in range(1, 13)]
    assert rule_of(months * 3, "LAST_BILL").type == "date"
    assert rule_of([*months, "202455", "204499"] * 3, "LAST_BILL").type != "date"


@pytest.mark.parametrize("letters", ["R", "RM", "S/", "K", "Kc", "L", "F"])
def test_numbers_that_follow_one_another_behind_letters_are_codes_and_no_money(letters):
    numbers = [f"{letters}{1000 + 2 * n}" for n in range(30)]
    assert rule_of(numbers, "Beleg").type == "id"
    assert rule_of(numbers, "Factura no").type == "id"


@pytest.mark.parametrize("letters", ["R", "RM"])
def test_amounts_in_rand_and_ringgit_stay_money(letters):
    assert rule_of([f"{letters}{950 + 731 * n * n}" for n in range(30)], "Deal").type == "money"
    assert rule_of([f"{letters}{1000 + 2 * n}" for n in range(30)], "Amount").type == "money"


@pytest.mark.parametrize(
    "values",
    [
        ["base.us", "base.mx", "base.de"],
        ["crm.new", "crm.won", "crm.lost", "crm.open"],
        ["uom.hour", "uom.day"],
    ],
)
def test_ids_of_another_system_with_a_dot_are_no_web_addresses(values):
    assert rule_of(values * 8, "Land/id").type != "domain"
    hosts = ["acme.com", "acme.de", "nord.de", "vela.io", "kestrel.co", "aurora.fr"]
    assert rule_of(hosts, "Partner").type == "domain"
