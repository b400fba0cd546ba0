"""Further tables give named figures, each cut at the days it may use, switchable, its role
overridable.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from icp_engine.intake.advice.fixes import suggest_fixes
from icp_engine.intake.build import understand
from icp_engine.intake.events.summary_words import WORDS
from icp_engine.settings import Settings
from icp_engine.study.study import Study
from icp_engine.values.job_titles import find_roles

RNG = np.random.default_rng(11)
NAMES = [f"A{n}" for n in range(60)]
ACCOUNTS = pd.DataFrame(
    {
        "account_id": NAMES,
        "industry": RNG.choice(["Food", "Steel"], 60),
        "customer_since": pd.date_range("2023-01-01", periods=60).strftime("%Y-%m-%d"),
    }
)


def told(intake):
    return {summary.name: summary for summary in intake.summaries}


def deals(won):
    return pd.DataFrame(
        {
            "deal_id": [f"D{n}" for n in range(60)],
            "account_id": NAMES,
            "stage": np.where(won, "Closed Won", "Closed Lost"),
            "create_date": "2024-02-01",
            "close_date": pd.date_range("2024-04-01", periods=60).strftime("%Y-%m-%d"),
            "amount": RNG.gamma(2, 1000, 60).round(),
        }
    )


def test_invoices_tell_revenue_growth_and_how_late_they_are_paid():
    invoices = pd.DataFrame(
        {
            "Invoice No": ["1", "2", "3", "4"],
            "account_id": ["A0", "A0", "A1", "A0"],
            "Invoice date": ["2022-01-01", "2023-06-01", "2023-12-01", "2024-03-01"],
            "Due date": ["2022-02-01", "2023-07-01", "2024-01-01", "2024-06-01"],
            "Paid date": ["2022-02-11", "2023-06-20", "", ""],
            "Amount": ["100", "200", "50", "300"],
        }
    )
    intake = understand({"accounts": ACCOUNTS, "invoices": invoices}, Settings(as_of="2024-03-31"))
    assert intake.kinds["invoices"] == "invoices"
    first = intake.accounts.loc["A0"]
    assert first[["revenue_invoiced", "revenue_last_12_months", "days_late"]].tolist() == [
        600.0,
        500.0,
        5.0,
    ]
    assert intake.accounts.loc["A1", "days_late"] == 90.0
    assert (
        "late_payments_share" not in intake.accounts and not told(intake)["late_payments_share"].on
    )


def test_nrr_compares_what_runs_now_with_what_ran_a_year_ago():
    subscriptions = pd.DataFrame(
        {
            "subscription_id": ["1", "2", "3"],
            "account_id": ["a", "a", "b"],
            "mrr": [100, 50, 80],
            "plan": ["Pro", "Pro", "Basic"],
            "start_date": ["2022-01-01", "2023-10-01", "2022-01-01"],
            "end_date": ["", "", "2023-06-01"],
        }
    )
    intake = understand(
        {"subs": subscriptions}, Settings(as_of="2024-01-01", summaries={"arr": True})
    )
    assert intake.accounts["nrr"].to_dict() == {"a": 150.0, "b": 0.0}
    assert intake.accounts["arr"].to_dict() == {"a": 1800.0, "b": 0.0}
    assert intake.columns["first plan"].role == "known_after"


def test_the_first_90_days_hold_basket_interval_and_discounts():
    orders = pd.DataFrame(
        {
            "Order ID": ["1", "1", "2", "3"],
            "Customer ID": ["a", "a", "a", "b"],
            "Order date": ["2024-01-01", "2024-01-01", "2024-01-31", "2024-02-01"],
            "Amount": [10, 20, 30, 5],
            "Category": ["Tea", "Cups", "Coffee", "Tea"],
            "Discount": [0, 5, 0, 0],
        }
    )
    accounts = understand({"orders": orders}, Settings(as_of="2024-12-31")).accounts
    assert accounts.loc["a", "Category in the first 90 days"] == "Coffee; Cups; Tea"
    assert accounts.loc["a", ["days_to_second_order", "discount_share_first_90_days"]].tolist() == [
        30.0,
        1 / 3,
    ]
    assert pd.isna(accounts.loc["b", "days_to_second_order"])


def test_usage_tells_adoption_and_nothing_of_it_scores_but_what_came_before_the_deal():
    usage = pd.DataFrame(
        {
            "account_id": ["A0", "A0", "A1"],
            "usage_date": ["2024-05-11", "2024-06-01", "2024-07-01"],
            "feature": ["x", "y", "x"],
            "usage_count": [3, 4, 5],
        }
    )
    accounts = ACCOUNTS.assign(customer_since="2024-05-01")
    intake = understand({"accounts": accounts, "usage": usage}, Settings(as_of="2024-07-29"))
    assert intake.accounts["adoption_days"].dropna().to_dict() == {"A0": 10.0, "A1": 61.0}
    assert intake.accounts.loc["A0", ["features_used", "active_share"]].tolist() == [2.0, 2 / 3]
    assert {
        str(intake.columns[n].role) for n in ("usage_count", "features_used", "active_share")
    } == {"known_after"}


def test_survey_answers_and_support_load_are_value_metrics():
    surveys = pd.DataFrame(
        {
            "survey_id": ["1", "2"],
            "account_id": ["A0", "A0"],
            "survey_date": ["2024-01-01"] * 2,
            "nps_score": ["9", "6"],
        }
    )
    tickets = pd.DataFrame(
        {
            "ticket_id": ["1", "2", "3"],
            "account_id": ["A0"] * 3,
            "created_at": ["2024-05-01"] * 3,
            "priority": ["high"] * 3,
        }
    )
    raw = {
        "accounts": ACCOUNTS,
        "deals": deals(np.arange(60) < 30),
        "surveys": surveys,
        "tickets": tickets,
    }
    intake = understand(raw, Settings())
    assert intake.kinds["surveys"] == "surveys" and intake.accounts.loc["A0", "nps"] == 7.5
    load = intake.accounts.loc["A0", "support_load_ratio"]
    assert load == pytest.approx(3000 / intake.deals.loc["D0", "amount"])
    assert intake.columns["support_load_ratio"].role.direction == "less"


def test_marketing_counts_only_in_the_90_days_before_the_deal_was_opened():
    touches = pd.DataFrame(
        {
            "touch_id": [str(n) for n in range(5)],
            "account_id": ["A0", "A0", "A0", "A1", "A2"],
            "touch_date": ["2023-06-01", "2023-12-01", "2024-01-20", "2024-02-01", "2024-05-01"],
            "channel": ["Ads", "Webinar", "Mail", "Ads", "Ads"],
        }
    )
    raw = {"accounts": ACCOUNTS, "deals": deals(np.arange(60) < 30), "touches": touches}
    intake = understand(raw, Settings())
    assert intake.accounts.loc[["A0", "A1", "A2"], "touches_before_deal"].tolist() == [
        2.0,
        0.0,
        0.0,
    ]
    assert intake.accounts.loc["A0", ["first_touch", "channels_before_deal"]].tolist() == [
        "Webinar",
        "Mail; Webinar",
    ]
    assert told(intake)["touches_before_deal"].cut == "90 days before the first deal was opened"


def test_campaign_costs_give_the_cost_of_winning_by_source():
    costs = pd.DataFrame(
        {"Campaign": ["Ads", "Fair"], "Cost": ["900", "100"], "Month": ["2024-01-01"] * 2}
    )
    won = np.arange(60) < 30
    raw = {"deals": deals(won).assign(**{"Lead Source": ["Ads", "Fair"] * 30}), "costs": costs}
    accounts = understand(raw, Settings()).accounts
    assert accounts.loc[["A0", "A1"], "cac"].tolist() == [60.0, pytest.approx(100 / 15)]
    assert accounts.loc["A40":"A59", "cac"].isna().all()


def test_a_summary_can_be_switched_off_and_its_role_changed():
    orders = pd.DataFrame(
        {
            "Order ID": ["1", "2"],
            "Customer ID": ["a", "b"],
            "Order date": ["2024-01-01"] * 2,
            "Amount": [10, 20],
        }
    )
    settings = Settings(
        summaries={"aov": False, "nope": True}, summary_roles={"recency_days": "known_after"}
    )
    intake = understand({"orders": orders}, settings)
    assert "aov" not in intake.accounts and not told(intake)["aov"].on
    assert intake.columns["recency_days"].role == "known_after"
    assert "summary-unknown" in {problem.code for problem in intake.problems}


def test_orders_that_begin_after_the_deal_describe_and_never_score():
    orders = pd.DataFrame(
        {
            "Order ID": [str(n) for n in range(30)],
            "account_id": NAMES[:30],
            "Order date": "2024-09-01",
            "Amount": RNG.gamma(2, 100, 30).round(),
            "Channel": ["web", "shop"] * 15,
        }
    )
    intake = understand(
        {"accounts": ACCOUNTS, "deals": deals(np.arange(60) < 30), "orders": orders}, Settings()
    )
    assert intake.columns["first Channel"].role == "known_after"


@pytest.mark.parametrize("kind", ["usage", "touches", "orders"])
def test_an_event_that_happens_only_after_winning_is_nowhere(kind):
    won = RNG.random(60) < 0.5
    after = [name for name, is_won in zip(NAMES, won, strict=True) if is_won]
    before = RNG.choice(NAMES, 80)
    frame = pd.DataFrame(
        {
            "account_id": [*after, *before],
            {"usage": "usage_date", "touches": "touch_date", "orders": "Order date"}[kind]: [
                *["2024-08-01"] * len(after),
                *pd.date_range("2023-09-01", periods=80).strftime("%Y-%m-%d"),
            ],
            {"usage": "feature", "touches": "channel", "orders": "Category"}[kind]: [
                *["Kickoff"] * len(after),
                *RNG.choice(["Demo", "Docs"], 80),
            ],
            {"usage": "usage_count", "touches": "touch_id", "orders": "Amount"}[kind]: range(
                len(after) + 80
            ),
        }
    )
    study = Study.open(
        {"accounts": ACCOUNTS.drop(columns="customer_since"), "deals": deals(won), kind: frame}
    )
    assert kind in study.intake.events
    attributes = [
        name for name, column in study.intake.columns.items() if column.role == "attribute"
    ]
    scored = study.accounts[attributes].astype("str")
    assert not scored.apply(lambda column: column.str.contains("Kickoff")).any(axis=None)
    assert not study.traits.table["value"].astype("str").str.contains("Kickoff").any()
    assert not any("Kickoff" in criterion.name for criterion in study.rubric.criteria)


def test_the_page_of_methods_names_every_summary_as_it_is():
    page = (Path(__file__).parents[3] / "docs" / "methods" / "further_tables.md").read_text(
        encoding="utf-8"
    )
    for name, words in WORDS.items():
        assert (
            f"| `{name}`{'' if words.on else ' (off)'} | {words.label} | {words.formula} |" in page
        )


def test_the_last_day_counts_at_whatever_hour():
    orders = pd.DataFrame(
        {
            "Order ID": ["o1", "o2", "o3"],
            "Customer ID": ["a", "a", "b"],
            "Amount": ["10", "20", "30"],
            "Order Date": ["2025-01-01 08:00:00", "2025-03-01 23:10:00", "2025-02-01 10:00:00"],
        }
    )
    found = understand({"orders": orders}, Settings())
    assert found.as_of == pd.Timestamp("2025-03-01") and found.accounts["ltv"].to_dict() == {
        "a": 30.0,
        "b": 30.0,
    }


def test_credit_notes_are_taken_back_and_void_invoices_do_not_count_unless_a_person_says_so():
    invoices = pd.DataFrame(
        {
            "Invoice No": list("123456"),
            "account_id": ["A0", "A0", "A0", "A1", "A1", "A1"],
            "Invoice date": ["2024-01-01"] * 6,
            "Due date": ["2024-02-01"] * 6,
            "Amount": ["100", "40", "7", "50", "9", "8"],
            "Type": ["Invoice", "Credit Note", "Invoice", "Rechnung", "Gutschrift", "Invoice"],
            "Status": ["Paid", "Paid", "Void", "Paid", "Paid", "Draft"],
        }
    )
    study = Study.open(
        {"accounts": ACCOUNTS, "invoices": invoices}, settings=Settings(as_of="2024-03-31")
    )
    assert study.accounts.loc[["A0", "A1"], "revenue_invoiced"].tolist() == [60.0, 41.0]
    (problem,) = [problem for problem in study.problems if problem.code == "rows-uncounted"]
    assert problem.rows == (4, 7) and "“Void” (1), “Draft” (1)" in problem.message
    (fix,) = suggest_fixes(problem, study.intake, study.settings)
    counted = study.replace(**fix.changes).accounts
    assert counted.loc[["A0", "A1"], "revenue_invoiced"].tolist() == [67.0, 49.0]


def test_a_subscription_cancelled_without_a_day_runs_no_more():
    subscriptions = pd.DataFrame(
        {
            "Subscription ID": ["s1", "s2", "s3"],
            "account_id": ["A0", "A0", "A1"],
            "MRR": ["100", "40", "30"],
            "Start date": ["2023-01-01", "2023-01-01", "2023-01-01"],
            "Status": ["active", "canceled", "canceled"],
        }
    )
    found = understand(
        {"accounts": ACCOUNTS, "subscriptions": subscriptions}, Settings(as_of="2024-12-31")
    ).accounts
    assert found.loc[["A0", "A1"], "mrr"].tolist() == [100.0, 0.0]
    assert (
        found["churned"].sum() == 1
        and found.loc["A1", "churned"]
        and pd.isna(found.loc["A1", "ltv"])
    )


def test_what_was_written_after_the_day_of_the_data_says_nothing():
    told_twice = [
        "They asked twice whether the export would run without any help of their own people."
    ] * 2
    days = ["2024-03-31 18:00", "2024-04-01"]
    notes = pd.DataFrame({"account_id": ["A0", "A1"], "Note date": days, "Note": told_twice})
    for day, wanted in (("2024-03-31", ["A0"]), (None, ["A0", "A1"])):
        intake = understand({"accounts": ACCOUNTS, "notes": notes}, Settings(as_of=day))
        assert intake.texts["account_id"].tolist() == wanted


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Leiterin Einkauf", "Purchasing"),
        ("Directeur Informatique", "Technology"),
        ("Hoofd Inkoop", "Purchasing"),
        ("Amministratore Delegato", "Management"),
        ("Diretora Comercial", "Sales"),
        ("Ekonomichef", "Finance"),
        ("Responsable des ressources humaines", "People"),
        ("Jefe de Operaciones", "Operations"),
        ("Dyrektor ds. zakupów", "Purchasing"),
        ("Responsabile Legale", "Legal"),
        ("Jednatel společnosti", "Management"),
        ("Vertriebsleiter", "Sales"),
        ("Toimitusjohtaja", "Management"),
        ("Assistant", None),
    ],
)
def test_a_job_title_names_its_part_of_the_firm_in_any_language(title, role):
    (found,) = find_roles(pd.Series([title], dtype="str"))
    assert found == role if role else pd.isna(found)
