"""What names people is recognised, and where asked gone before anything is stored; joins hold
without it.
"""

import pandas as pd
import pytest

from icp_engine import Settings, Study
from icp_engine.intake.advice.personal import leave_out_people, mask_contacts
from icp_engine.profile.document import FORMS
from icp_engine.store.studies import StudyStore

CONTACTS = pd.DataFrame(
    {
        "First Name": ["Ada", "Max", "Eva"] * 10,
        "Last Name": ["Lovelace", "Mueller", "Noll"] * 10,
        "Email": [f"p{i}@firm{i}.example" for i in range(30)],
        "Phone Number": [f"+49 30 12345{i:03d}" for i in range(30)],
        "Job Title": ["CTO", "CFO", "Buyer"] * 10,
        "Associated Company": [f"Firm {i}" for i in range(30)],
    }
)
ACCOUNTS = pd.DataFrame(
    {
        "Account ID": [f"a{i}" for i in range(30)],
        "Company name": [f"Firm {i}" for i in range(30)],
        "Company Domain Name": [f"firm{i}.example" for i in range(30)],
        "Industry": ["Food", "Tech", "Retail"] * 10,
        "ARR": [str(100 + i) for i in range(30)],
        "Number of Employees": ["11-50", "51-200", "201-500"] * 10,
    }
)


def columns(name, **tables):
    return list(leave_out_people(tables).tables[name].columns)


def test_names_mail_and_phone_go_and_the_job_title_stays():
    assert columns("contacts", contacts=CONTACTS, accounts=ACCOUNTS) == [
        "Job Title",
        "Associated Company",
    ]


def test_accounts_lose_nothing():
    assert columns("accounts", contacts=CONTACTS, accounts=ACCOUNTS) == list(ACCOUNTS.columns)


def test_what_was_left_out_is_said():
    (problem,) = leave_out_people({"contacts": CONTACTS, "accounts": ACCOUNTS}).problems
    assert (problem.code, problem.table) == ("people-left-out", "contacts")
    assert "“First Name”, “Last Name”, “Email”, “Phone Number”" in problem.message


def test_an_address_that_is_the_only_way_to_the_account_leaves_its_domain():
    lone = CONTACTS.drop(columns="Associated Company")
    found = leave_out_people({"contacts": lone, "accounts": ACCOUNTS}).tables
    assert list(found["contacts"]["E-mail domain"][:2]) == ["firm0.example", "firm1.example"]
    assert Study.open(found).intake.contacts["account_id"].tolist()[:2] == ["a0", "a1"]


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Deal - Contact person", ["Ada Lovelace", "Max Mueller", "Eva Noll"]),
        ("Primary Contact", ["Ada Lovelace", "Max Mueller", "Eva Noll"]),
        ("Reply to", ["ada@x.example", "max@y.example", "eva@z.example"]),
    ],
)
def test_people_in_other_tables_are_found(header, values):
    deals = pd.DataFrame(
        {
            "Deal ID": [f"d{i}" for i in range(30)],
            "Account ID": [f"a{i}" for i in range(30)],
            header: values * 10,
            "Stage": ["Closed Won", "Closed Lost", "Proposal"] * 10,
            "Amount": [str(i) for i in range(30)],
            "Deal owner": ["Kim", "Lee", "Pat"] * 10,
            "Has technical contact": ["Yes", "No", "Yes"] * 10,
        }
    )
    kept = columns("deals", deals=deals, accounts=ACCOUNTS)
    assert header not in kept
    assert {"Deal owner", "Has technical contact", "Account ID"} <= set(kept)


def test_people_who_are_the_accounts_are_numbered_alike_in_every_table():
    people = pd.DataFrame(
        {
            "Customer": [f"Ada {i}" for i in range(30)],
            "Age": [str(20 + i) for i in range(30)],
            "Gender": ["f", "m", "d"] * 10,
            "LTV": [str(i) for i in range(30)],
        }
    )
    orders = pd.DataFrame(
        {
            "Order ID": [f"o{i}" for i in range(60)],
            "Customer": [f"Ada {i % 30}" for i in range(60)],
            "Order date": ["2025-01-10", "2025-02-11"] * 30,
            "Total": [str(5 + i) for i in range(60)],
        }
    )
    found = leave_out_people({"customers": people, "orders": orders}).tables
    assert not found["customers"]["Customer"].str.contains("Ada").any()
    assert found["orders"]["Customer"].tolist() == found["customers"]["Customer"].tolist() * 2


def test_addresses_inside_free_text_are_masked_and_dates_stay():
    text = pd.Series(
        ["Ask ada@firm.example or +49 (0)30 1234567 by 2025-04-01, order 12345678"], dtype="str"
    )
    assert mask_contacts(text)[0] == "Ask [e-mail] or [phone] by 2025-04-01, order 12345678"


def test_the_stored_files_hold_no_trace(tmp_path):
    found = leave_out_people({"contacts": CONTACTS, "accounts": ACCOUNTS})
    StudyStore(tmp_path).create(found.tables, Settings(), found.problems)
    stored = [pd.read_parquet(file) for file in (tmp_path / "tables").glob("*.parquet")]
    text = " ".join(frame.to_csv() for frame in stored)
    assert "Firm 7" in text
    assert not any(word in text for word in ("Lovelace", "Mueller", "p3@firm3.example", "+49 30"))


PEOPLE = [
    f"{first} {last}"
    for first in ("Ann", "Bo", "Eva")
    for last in ("Roe", "van Dyck", "Lindqvist", "Silva")
]


@pytest.mark.parametrize(
    "header",
    [
        "Primary Contact",
        "CEO Name",
        "Geschäftsführer",
        "Nom du contact",
        "Decision Maker",
        "Referred by",
    ],
)
def test_a_column_that_names_persons_is_never_an_attribute(header):
    firms = pd.DataFrame(
        {
            "Account ID": [f"A{n}" for n in range(36)],
            "Industry": ["Food", "Steel"] * 18,
            "Employees": range(36),
            "LTV": range(36),
            header: PEOPLE * 3,
        }
    ).astype(str)
    intake = Study.open({"accounts": firms}).intake
    assert (
        header not in intake.columns and intake.roles["accounts"][header].reason == "names a person"
    )
    assert header not in columns("accounts", accounts=firms)


@pytest.mark.parametrize("answers", [["CFO", "Finance lead", "IT"] * 12, ["Yes", "No"] * 18])
def test_what_a_decision_maker_is_stays_an_attribute(answers):
    firms = pd.DataFrame(
        {
            "Account ID": [f"A{n}" for n in range(36)],
            "Industry": ["Food", "Steel"] * 18,
            "Employees": range(36),
            "LTV": range(36),
            "Decision Maker": answers,
        }
    ).astype(str)
    assert "Decision Maker" in Study.open({"accounts": firms}).intake.columns


@pytest.mark.parametrize(
    ("first", "last", "title"),
    [
        ("Imię", "Nazwisko", "Stanowisko"),
        ("Förnamn", "Efternamn", "Befattning"),
        ("Nombre", "Apellidos", "Cargo"),
        ("Prénom", "Nom", "Poste"),
        ("Jméno", "Příjmení", "Pozice"),
    ],
)
def test_contacts_in_other_languages_are_contacts(first, last, title):
    people = [name.split(" ", 1) for name in PEOPLE]
    contacts = pd.DataFrame(
        {
            "Account ID": [f"a{n}" for n in range(12)],
            first: [name[0] for name in people],
            last: [name[1] for name in people],
            title: ["CFO"] * 12,
        }
    )
    intake = Study.open({"accounts": ACCOUNTS, "contacts": contacts}).intake
    assert intake.kinds["contacts"] == "contacts"
    assert list(intake.roles["contacts"].values())[1:] == [
        "contact_first_name",
        "contact_last_name",
        "contact_job_title",
    ]


def test_addresses_in_lost_reasons_are_neither_stored_nor_shown():
    deals = pd.DataFrame(
        {
            "Deal ID": [f"d{n}" for n in range(24)],
            "Account ID": [f"a{n % 12}" for n in range(24)],
            "Stage": ["Closed Won", "Closed Lost"] * 12,
            "Amount": ["100"] * 24,
            "Close Date": ["2025-01-05"] * 24,
            "Lost reason": ["", "price, ask bo.roe@firm.example or +49 151 23456789"] * 12,
        }
    )
    study = Study.open({"accounts": ACCOUNTS, "deals": deals})
    shown = "".join(form.write(study.profile) for form in FORMS) + study.reasons.to_csv()
    assert "[e-mail]" in shown and "firm.example" not in shown and "23456789" not in shown
    assert "firm.example" not in leave_out_people({"deals": deals}).tables["deals"].to_csv()


def test_persons_known_by_their_address_alone_are_numbered_and_their_orders_still_find_them():
    buyers = [f"p{n}@mail.example" for n in range(30)]
    customers = pd.DataFrame(
        {
            "Customer Email": buyers,
            "First Name": ["Ann", "Bo"] * 15,
            "Last Name": ["Roe"] * 30,
            "City": ["Rome", "Oslo"] * 15,
            "Total Spent": range(20, 50),
        }
    ).astype(str)
    orders = pd.DataFrame(
        {
            "Order ID": [f"o{n}" for n in range(60)],
            "Customer Email": buyers * 2,
            "Order Date": ["2025-01-05"] * 60,
            "Amount": ["10"] * 60,
        }
    )
    assert (
        Study.open({"customers": customers, "orders": orders}).accounts["ltv"].tolist()
        == [20.0] * 30
    )
    kept = leave_out_people({"customers": customers, "orders": orders}).tables
    assert "mail.example" not in "".join(frame.to_csv() for frame in kept.values())
    accounts = Study.open(kept).accounts
    assert (
        len(accounts) == 30
        and accounts["ltv"].tolist() == [20.0] * 30
        and accounts["City"].notna().all()
    )
