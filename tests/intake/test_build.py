"""From raw tables to accounts and deals: the four ways in, faults, settings."""

import numpy as np
import pandas as pd
import pytest

from icp_engine.intake.build import newest, understand
from icp_engine.settings import Filter, Settings

RNG = np.random.default_rng(7)
ACCOUNTS = pd.DataFrame(
    {
        "Company name": [f"Firm {n}" for n in range(40)],
        "Industry": RNG.choice(["FinTech", "Retail", "Health"], 40),
        "Employees": RNG.choice(["1-10", "11-50", "51-200"], 40),
        "LTV": RNG.gamma(2, 1000, 40).round(2),
    }
)
DEALS = pd.DataFrame(
    {
        "Deal ID": [f"D{n}" for n in range(100)],
        "Associated Company": RNG.choice(ACCOUNTS["Company name"], 100),
        "Deal Stage": RNG.choice(["Closed Won", "Closed Lost", "Demo"], 100),
        "Amount": [f"${value:,.2f}" for value in RNG.gamma(2, 5000, 100)],
        "Close Date": pd.date_range("2025-01-01", periods=100).strftime("%Y-%m-%d"),
    }
)


def codes(intake):
    return [problem.code for problem in intake.problems]


def test_accounts_and_deals_join_by_name_whatever_the_tables_are_called():
    intake = understand({"x": ACCOUNTS, "y": DEALS}, Settings())
    assert intake.kinds == {"x": "accounts", "y": "deals"}
    assert len(intake.accounts) == 40 and set(intake.deals["account_id"]) <= set(
        intake.accounts.index
    )
    assert intake.deals["won"].isna().sum() == (DEALS["Deal Stage"] == "Demo").sum()
    assert intake.deals["amount"].sum() == pytest.approx(
        float(DEALS["Amount"].str.replace("[$,]", "", regex=True).astype(float).sum())
    )


def test_attributes_and_metrics_keep_their_headers():
    intake = understand({"x": ACCOUNTS}, Settings())
    assert {name: str(column.role) for name, column in intake.columns.items()} == {
        "Industry": "attribute",
        "Employees": "attribute",
        "LTV": "value_metric",
    }
    assert set(intake.columns) <= set(intake.accounts.columns)


def test_deals_alone_are_accounts_of_their_own_and_say_so():
    intake = understand({"deals": DEALS.drop(columns="Associated Company")}, Settings())
    assert intake.deal_is_account and list(intake.deals["account_id"]) == list(intake.deals.index)
    assert list(intake.accounts.index) == list(intake.deals.index)
    assert "deal-is-account" in codes(intake)


def test_rows_that_stand_twice_are_dropped_when_chance_does_not_explain_them():
    frame = pd.DataFrame(
        RNG.choice(["a", "b", "c"], (60, 12)), columns=[f"q{n}" for n in range(12)]
    ).assign(Status=["Won", "Lost"] * 30)
    doubled = pd.concat([frame, frame.iloc[:20]], ignore_index=True)
    intake = understand({"deals": doubled}, Settings())
    assert len(intake.deals) == 60 and "rows-duplicate" in codes(intake)
    few = pd.DataFrame(
        {
            "size": ["a", "b"] * 40,
            "region": ["x", "x", "y", "y"] * 20,
            "Status": ["Won", "Lost", "Won", "Won"] * 20,
        }
    )
    assert len(understand({"deals": few}, Settings()).deals) == 80


def test_transactions_alone_give_value_and_early_behaviour():
    orders = pd.DataFrame(
        {
            "Customer ID": ["a", "a", "b", "c", "c", "c"],
            "Order date": [
                "2024-01-01",
                "2024-02-01",
                "2024-01-05",
                "2024-01-01",
                "2024-06-01",
                "2024-12-31",
            ],
            "Amount": ["10", "20", "5.5", "1", "2", "3"],
            "Channel": ["web", "shop", "shop", "web", "shop", "shop"],
        }
    )
    accounts = understand({"orders": orders}, Settings()).accounts
    assert accounts.loc["a", ["ltv", "aov", "orders", "repeat_rate"]].tolist() == [
        30.0,
        15.0,
        2.0,
        1.0,
    ]
    assert accounts["further_orders_first_90_days"].to_dict() == {"a": 1.0, "b": 0.0, "c": 0.0}
    assert accounts["first Channel"].tolist() == ["web", "shop", "web"]
    assert accounts.loc["b", "recency_days"] == 361.0


def test_nothing_after_the_as_of_date_describes_a_customer():
    orders = pd.DataFrame(
        {
            "Customer ID": ["a"] * 3,
            "Order date": ["2024-01-01", "2024-02-01", "2025-01-01"],
            "Amount": [1.0, 2.0, 100.0],
        }
    )
    intake = understand({"orders": orders}, Settings(as_of="2024-06-30"))
    assert intake.accounts.loc["a", "ltv"] == 3.0
    assert len(intake.events["orders"]) == 2


def test_subscriptions_tell_mrr_lifetime_value_and_who_left():
    subscriptions = pd.DataFrame(
        {
            "subscription_id": ["s1", "s2", "s3"],
            "account_id": ["a", "a", "b"],
            "mrr_amount": [100, 50, 10],
            "start_date": ["2023-01-01", "2023-07-01", "2023-01-01"],
            "end_date": ["", "2023-12-31", "2023-07-01"],
        }
    )
    accounts = understand({"subs": subscriptions}, Settings(as_of="2024-01-01")).accounts
    assert accounts["mrr"].to_dict() == {"a": 100.0, "b": 0.0}
    assert accounts["churned"].to_dict() == {"a": False, "b": True}
    assert accounts.loc["b", "ltv"] == pytest.approx(10 * 181 / 30.4375)
    assert accounts.loc["b", "churn_date"] == pd.Timestamp("2023-07-01")


def test_a_churn_flag_that_contradicts_the_events_is_known_after():
    accounts = pd.DataFrame(
        {
            "account_id": ["a", "b", "c"],
            "industry": ["x", "y", "x"],
            "churn_flag": ["Yes", "No", "No"],
        }
    )
    churn = pd.DataFrame(
        {
            "churn_event_id": ["1"],
            "account_id": ["b"],
            "churn_date": ["2024-03-01"],
            "reason_code": ["price"],
        }
    )
    intake = understand({"accounts": accounts, "churn": churn}, Settings())
    assert intake.accounts["churned"].tolist() == [False, True, False]
    assert intake.roles["accounts"]["churn_flag"] == "known_after" and "churn-contradicts" in codes(
        intake
    )


def test_pipedrives_status_beats_its_stage():
    frame = pd.DataFrame(
        {
            "Deal - ID": ["1", "2", "3"],
            "Deal - Status": ["won", "Lost", "open"],
            "Deal - Stage": ["Demo", "Demo", "Demo"],
            "Deal - Won time": ["2026-02-01", "", ""],
            "Deal - Lost time": ["", "2026-03-01", ""],
            "Deal - Value": ["1", "2", "3"],
        }
    )
    deals = understand({"t": frame}, Settings()).deals
    assert deals["won"].tolist() == [True, False, pd.NA]
    assert deals["closed_date"].tolist()[:2] == [
        pd.Timestamp("2026-02-01"),
        pd.Timestamp("2026-03-01"),
    ]


def test_not_won_is_open_until_the_deal_is_closed():
    frame = pd.DataFrame(
        {
            "Opportunity ID": ["1", "2", "3"],
            "Is Won": ["TRUE", "FALSE", "FALSE"],
            "Is Closed": ["TRUE", "TRUE", "FALSE"],
        }
    )
    assert understand({"t": frame}, Settings()).deals["won"].tolist() == [True, False, pd.NA]


def test_leads_outside_the_closed_deals_table_were_not_won():
    leads = pd.DataFrame(
        {
            "lead_id": [f"L{n}" for n in range(10)],
            "first_contact_date": ["2024-01-01"] * 10,
            "origin": ["ads", "mail"] * 5,
        }
    )
    closed = pd.DataFrame(
        {
            "lead_id": ["L1", "L4"],
            "seller_id": ["S1", "S2"],
            "won_date": ["2024-02-01", "2024-03-01"],
        }
    )
    intake = understand({"leads": leads, "closed": closed}, Settings())
    assert intake.deals["won"].sum() == 2 and intake.deals["won"].notna().all()
    assert intake.deals.loc["L4", "account_id"] == "S2" and "leads-lost" in codes(intake)


def test_lead_source_describes_a_deal_under_its_own_header():
    deals = DEALS.assign(**{"Lead Source": ["Event", "Web"] * 50})
    intake = understand({"y": deals}, Settings())
    assert intake.deals["lead_source"].equals(intake.deals["Lead Source"].rename("lead_source"))
    assert intake.deal_columns["Lead Source"].role == "attribute"


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (
            pd.DataFrame(
                {"account_id": ["1", "1", "2"], "ltv": ["3", "4", "5"], "industry": ["a", "b", "c"]}
            ),
            "id-duplicate",
        ),
        (
            pd.DataFrame(
                {"account_id": ["1", "", "2"], "ltv": ["3", "4", "5"], "industry": ["a", "b", "c"]}
            ),
            "id-empty",
        ),
        (
            pd.DataFrame(
                {"industry": ["a", "a", "c"], "ltv": ["3", "4", "5"], "region": ["x", "y", "y"]}
            ),
            "id-missing",
        ),
        (
            pd.DataFrame(
                {"account_id": ["1", "2", "3"], "ltv": ["", "", ""], "industry": ["a", "b", "c"]}
            ),
            "metrics-all-missing",
        ),
        (pd.DataFrame({"x": ["1", "2"]}), "nothing-to-study"),
        (
            pd.DataFrame({"Deal ID": ["1", "2"], "Deal Name": ["a", "b"], "Amount": ["1", "2"]}),
            "outcome-missing",
        ),
    ],
)
def test_each_fault_is_named(frame, code):
    assert code in codes(understand({"t": frame}, Settings()))


def test_given_roles_reach_the_deals_and_wrong_ones_are_named():
    frame = pd.DataFrame(
        {"Lead": list("abcdefgh"), "Sign": ["Yes", "No"] * 4, "Industry": list("xxyyxxyy")}
    )
    intake = understand(
        {"t": frame}, Settings(roles={"t": {"Sign": "won", "Nope": "won", "Lead": "bogus"}})
    )
    assert intake.deals["won"].sum() == 4
    assert {"role-unknown", "column-unknown"} <= set(codes(intake))


def test_scope_keeps_rows_that_pass_and_their_accounts():
    scope = (
        Filter(table="accounts", column="Industry", values=("fintech",)),
        Filter(table="deals", column="Close Date", low="2025-02-01"),
    )
    intake = understand({"x": ACCOUNTS, "y": DEALS}, Settings(scope=scope))
    assert set(intake.accounts["Industry"]) == {"FinTech"}
    closed = intake.deals[intake.deals["won"].notna()]
    assert closed["closed_date"].min() >= pd.Timestamp("2025-02-01") and len(closed) < len(
        intake.deals
    )
    assert set(intake.deals["account_id"]) <= set(intake.accounts.index)


def test_merges_missing_words_and_date_formats_are_applied():
    settings = Settings(
        merges={"Industry": {"fin tech": "FinTech"}},
        missing_words={"Industry": ("zzz",)},
        date_formats={"Customer since": "month_first"},
    )
    frame = ACCOUNTS.assign(
        **{
            "Customer since": ["03/04/2024"] * 40,
            "Industry": ["FinTech", "fin tech", "zzz", "Retail"] * 10,
        }
    )
    accounts = understand({"x": frame}, settings).accounts
    assert (
        set(accounts["Industry"].dropna()) == {"FinTech", "Retail"}
        and accounts["Industry"].isna().sum() == 10
    )
    assert set(accounts["customer_since"]) == {pd.Timestamp("2024-03-04")}


def test_mixed_currencies_are_converted_by_rates_or_left_out():
    deals = DEALS.assign(Currency=["USD", "EUR"] * 50)
    assert "currency-mixed" in codes(understand({"y": deals}, Settings()))
    plain = understand({"y": DEALS}, Settings()).deals["amount"]
    rated = understand({"y": deals}, Settings(rates={"USD": 0.5, "EUR": 1.0})).deals["amount"]
    assert (rated / plain).tolist()[:2] == pytest.approx([0.5, 1.0])


def test_as_of_is_the_newest_thing_that_happened_and_no_typing_error():
    dates = pd.Series(
        pd.to_datetime([*["2024-01-01", "2024-05-01", "2024-09-01"] * 3, "2205-01-01"])
    )
    assert newest(dates) == pd.Timestamp("2024-09-01")
    open_deal = DEALS.assign(**{"Deal Stage": ["Closed Won"] * 99 + ["Demo"]})
    assert understand({"y": open_deal}, Settings()).as_of == pd.Timestamp("2025-04-09")


def test_one_mistyped_year_does_not_move_the_day_and_is_told():
    days = [f"2024-{n % 9 + 1:02}-{n % 27 + 1:02}" for n in range(60)]
    deals = pd.DataFrame(
        {
            "Deal ID": range(60),
            "Stage": ["Closed Won", "Closed Lost"] * 30,
            "Amount": range(100, 160),
            "Close Date": ["2025-12-31", *days[1:]],
        }
    )
    found = understand({"deals": deals}, Settings())
    assert found.as_of == pd.Timestamp("2024-09-27")
    ahead = [problem for problem in found.problems if problem.code == "dates-ahead"]
    assert [(problem.column, problem.rows) for problem in ahead] == [("Close Date", (2,))]


def test_a_gap_between_many_days_is_no_typing_error():
    steady = pd.Series(pd.date_range("2023-01-01", periods=20, freq="7D"))
    assert newest(pd.concat([steady, steady + pd.Timedelta(days=400)])) == pd.Timestamp(
        "2024-06-17"
    )


def test_an_amount_in_home_currency_is_the_amount_and_is_not_added_to_another():
    deals = pd.DataFrame(
        {
            "Deal ID": range(20),
            "Stage": ["Closed Won", "Closed Lost"] * 10,
            "AMOUNT_IN_HOME_CURRENCY": range(100, 120),
            "CLOSE_DATE": ["2024-03-01"] * 20,
        }
    )
    found = understand({"deals": deals}, Settings())
    assert found.deals["amount"].sum() == sum(range(100, 120))


@pytest.mark.parametrize(
    ("header", "newest_day"),
    [
        ("Cancelled On", "2025-08-20"),
        ("Churn date", "2025-08-20"),
        ("Contract end date", "2025-04-08"),
    ],
)
def test_customers_who_left_after_the_last_deal_date_the_data_but_plans_do_not(header, newest_day):
    left = ["2025-06-01", "2025-07-10", "2025-08-20", "2090-01-01"]
    accounts = ACCOUNTS.assign(**{header: [*left, *[""] * 36]})
    read = Settings(read_on="2026-01-31")
    assert understand({"x": accounts, "y": DEALS}, read).as_of == pd.Timestamp(newest_day)
    assert understand({"x": accounts, "y": DEALS}, Settings()).as_of == pd.Timestamp("2025-04-08")


def test_people_without_companies_make_the_unit_person():
    people = pd.DataFrame(
        {
            "customer_id": [f"C{n}" for n in range(20)],
            "Gender": ["f", "m"] * 10,
            "Age": [20 + n for n in range(20)],
            "CLTV": range(100, 120),
        }
    )
    assert understand({"t": people}, Settings()).unit == "person"
    assert understand({"x": ACCOUNTS}, Settings()).unit == "company"


def test_contacts_and_notes_find_their_account_and_describe_nothing():
    contacts = pd.DataFrame(
        {
            "First Name": ["Ada"],
            "Last Name": ["L"],
            "Email": ["ada@x.io"],
            "Job Title": ["CTO"],
            "Company": ["firm 3"],
        }
    )
    notes = pd.DataFrame(
        {
            "Company name": ["Firm 4"] * 2,
            "Date": ["2025-01-01"] * 2,
            "Note": ["They need an audit trail for every export.", "Budget comes in spring."],
        }
    )
    intake = understand({"x": ACCOUNTS, "people": contacts, "notes": notes}, Settings())
    assert intake.contacts.loc[0, ["account_id", "job_title"]].tolist() == ["Firm 3", "CTO"]
    assert intake.texts["account_id"].tolist() == ["Firm 4"] * 2
    assert set(intake.columns) == {"Industry", "Employees", "LTV", "contact_roles"}
    assert intake.columns["contact_roles"].role == "known_after"


def test_equal_input_gives_equal_output():
    first, second = (understand({"x": ACCOUNTS, "y": DEALS}, Settings()) for _ in range(2))
    pd.testing.assert_frame_equal(first.accounts, second.accounts)
    pd.testing.assert_frame_equal(first.deals, second.deals)


def test_an_account_column_is_found_by_its_values():
    intake = understand(
        {"x": ACCOUNTS, "y": DEALS.rename(columns={"Associated Company": "zz"})}, Settings()
    )
    assert intake.roles["y"]["zz"] == "account_id" and len(intake.accounts) == 40


def test_a_table_of_associations_links_deals_to_accounts():
    accounts = ACCOUNTS.assign(**{"Record ID": [f"8{n:03}" for n in range(40)]})
    links = pd.DataFrame(
        {"company_id": accounts["Record ID"].tolist(), "deal_id": [f"D{n}" for n in range(40)]}
    )
    intake = understand(
        {"x": accounts, "y": DEALS.drop(columns="Associated Company"), "links": links}, Settings()
    )
    assert intake.deals["account_id"].tolist()[:40] == accounts["Record ID"].tolist()
    assert not intake.deal_is_account and "deals-without-account" in codes(intake)


def test_dates_far_in_the_future_have_a_newest_one():
    dates = pd.Series(pd.to_datetime(["2022-01-01"] * 5 + ["2099-01-01"] * 5 + ["2262-04-01"]))
    assert newest(dates) >= pd.Timestamp("2099-01-01")


def test_without_any_date_there_is_no_as_of():
    assert pd.isna(understand({"x": ACCOUNTS}, Settings()).as_of)


def test_a_given_as_of_that_is_no_date_is_named():
    assert "date-not-understood" in codes(understand({"x": ACCOUNTS}, Settings(as_of="soon")))


def test_an_open_deal_that_names_no_account_is_a_deal_and_no_account():
    deals = DEALS.assign(Stage=["Closed Won", "Negotiation"] * (len(DEALS) // 2))
    deals["Associated Company"] = deals["Associated Company"].where(deals.index % 4 != 1)
    intake = understand({"x": ACCOUNTS, "y": deals}, Settings())
    assert len(intake.deals) == len(deals) and intake.deals["account_id"].isna().any()
    assert len(intake.accounts) == len(ACCOUNTS) and "deals-without-account" in codes(intake)
