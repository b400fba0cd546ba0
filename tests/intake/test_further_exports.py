"""Exports of further tools, as they come: each is read without help."""

import io
import json

import pandas as pd
import pytest

from icp_engine import Study

FIRMS = [
    f"{first} {last}"
    for first in ("Nordwind", "Aurora", "Kestrel", "Vela")
    for last in ("GmbH", "Ltd", "Labs")
]
DAYS = [day.strftime("%d.%m.%Y") for day in pd.date_range("2024-01-05", periods=36, freq="11D")]
ISO = [
    day.strftime("%Y-%m-%d %H:%M:%S") for day in pd.date_range("2024-01-05", periods=36, freq="11D")
]


def as_file(text, name="export.csv", encoding="utf-8"):
    file = io.BytesIO(text.encode(encoding))
    file.name = name
    return file


def opened(rows, name="export.csv", sep=",", encoding="utf-8"):
    return Study.open(as_file(pd.DataFrame(rows).to_csv(index=False, sep=sep), name, encoding))


def outcomes(study):
    won = study.intake.deals["won"]
    return int((won == True).sum()), int((won == False).sum()), int(won.isna().sum())  # noqa: E712


def roles(study):
    (found,) = study.intake.roles.values()
    return {header: str(role) for header, role in found.items()}


def test_dynamics_in_german_with_actual_and_estimated_revenue():
    study = opened(
        [
            {
                "(Nicht ändern) Verkaufschance": f"{n:08x}-9999-4abc",
                "Thema": f"Angebot {n}",
                "Potenzieller Kunde": FIRMS[n % 12],
                "Geschätzter Umsatz": f"5.{100 + n},00 €",
                "Tatsächlicher Umsatz": f"4.{100 + n},00 €" if n % 3 == 0 else "",
                "Status": ("Gewonnen", "Verloren", "Offen")[n % 3],
                "Erstellt am": f"{DAYS[n]} 09:14",
                "Tatsächliches Abschlussdatum": DAYS[n] if n % 3 < 2 else "",
                "Voraussichtliches Abschlussdatum": DAYS[n],
            }
            for n in range(36)
        ],
        sep=";",
        encoding="cp1252",
    )
    found = roles(study)
    assert (
        found["Tatsächlicher Umsatz"] == "amount" and found["Geschätzter Umsatz"] == "known_after"
    )
    assert found["Tatsächliches Abschlussdatum"] == "closed_date" and found["Thema"] == "deal_name"
    assert outcomes(study) == (12, 12, 12) and study.deals["amount"].max() == 4133.0


def test_zoho_in_spanish():
    study = opened(
        [
            {
                "ID de registro": f"zcrm_413{n:09d}",
                "Nombre de Trato": f"Trato {n}",
                "Nombre de Cuenta": FIRMS[n % 12],
                "Importe": f"{1000 + n}",
                "Fase": ("Cerrado ganado", "Cerrado perdido", "Propuesta")[n % 3],
                "Fecha de cierre": DAYS[n],
                "Fuente de posible cliente": ("Web", "Referencia")[n % 2],
                "Hora de creación": f"{DAYS[0]} 10:00",
            }
            for n in range(36)
        ]
    )
    assert list(roles(study).values()) == [
        "deal_id",
        "deal_name",
        "account_name",
        "amount",
        "stage",
        "closed_date",
        "lead_source",
        "created_date",
    ]
    assert outcomes(study) == (12, 12, 12) and len(study.accounts) == 12


def test_pipedrives_api_as_json_lines():
    lines = [
        json.dumps(
            {
                "id": n,
                "title": f"Deal {n}",
                "value": 1000 + n,
                "currency": "EUR",
                "status": ("won", "lost", "open")[n % 3],
                "stage_id": n % 5,
                "add_time": ISO[n],
                "close_time": ISO[n] if n % 3 < 2 else None,
                "won_time": ISO[n] if n % 3 == 0 else None,
                "org_id": {"name": FIRMS[n % 12], "value": 100 + n % 12},
                "user_id": {"id": 7, "name": "Sam"},
            }
        )
        for n in range(36)
    ]
    study = Study.open(as_file("\n".join(lines), "deals.jsonl"))
    found = roles(study)
    assert (found["org_id.name"], found["org_id.value"]) == ("account_name", "account_id")
    assert found["add_time"] == "created_date" and found["user_id.name"] == "owner"
    assert outcomes(study) == (12, 12, 12) and len(study.accounts) == 12
    assert study.deals["closed_date"].notna().sum() == 24


def grouped_report():
    lines = [
        "Opportunities by Stage",
        "As of 2026-01-05",
        "",
        "Stage,Account Name,Opportunity Name,Amount,Close Date",
    ]
    for stage in ("Closed Won", "Closed Lost", "Negotiation"):
        lines += [
            f'{"" if n else stage},{FIRMS[n]},{stage} {n},"$1,{n:03d}.00",3/{n + 1}/2025'
            for n in range(12)
        ]
        lines += ['Subtotal,,,"$9,999.00",', ",,Count,12,"]
    return "\n".join(
        [*lines, 'Total,,,"$29,997.00",', "", "Copyright (c) 2026 salesforce.com, inc."]
    )


@pytest.mark.parametrize(("row", "kept"), [(",Total,,4650", 30), (",Total Foods,Ulm,4650", 31)])
def test_a_grand_total_behind_an_empty_number_is_no_customer(row, kept):
    lines = ["No,Customer,City,ARR", *(f"{n},Firm {n},Ulm,{100 + n}" for n in range(30)), row]
    study = Study.open(as_file("\n".join(lines), "customers.csv"))
    assert len(study.accounts) == kept


def test_a_grouped_salesforce_report_names_its_group_in_every_row():
    study = Study.open(as_file(grouped_report(), "report.csv"))
    assert outcomes(study) == (12, 12, 12) and study.deals["amount"].max() == 1011.0
    (problem,) = [problem for problem in study.problems if problem.code == "rows-total"]
    assert problem.message.startswith("7 rows")


def test_empty_cells_of_an_ungrouped_list_stay_empty():
    text = grouped_report().replace("Subtotal", "Other").replace("\nTotal", "\nOther")
    assert outcomes(Study.open(as_file(text, "report.csv")))[0] <= 1


def test_stripes_subscriptions_with_unix_times():
    start = 1_672_531_200
    study = opened(
        [
            {
                "id": f"sub_1N{n:010d}",
                "Customer ID": f"cus_{n:06d}",
                "Plan": f"price_{n % 3}",
                "Quantity": 1,
                "Currency": "usd",
                "Interval": "month",
                "Amount": f"{49 + n}.00",
                "Status": ("active", "canceled")[n % 2],
                "Created (UTC)": start + n * 864_000,
                "Start (UTC)": start + n * 864_000,
                "Ended At (UTC)": start + n * 864_000 + 4_320_000 if n % 2 else "",
            }
            for n in range(36)
        ]
    )
    assert list(study.intake.kinds.values()) == ["subscriptions"]
    assert study.accounts["mrr"].notna().all() and study.intake.as_of == pd.Timestamp("2024-02-05")
    assert study.accounts["churned"].sum() == 18


def test_shopifys_orders_have_lines_of_their_own_and_buyers_known_by_mail():
    rows = []
    for n in range(36):
        mail = f"buyer{n % 12}@example.com"
        rows.append(
            {
                "Name": f"#10{n:02d}",
                "Email": mail,
                "Financial Status": "paid",
                "Total": 50 + n,
                "Currency": "EUR",
                "Created at": f"{ISO[n]} +0200",
                "Lineitem quantity": 1,
                "Lineitem name": "Pot",
                "Id": f"50{n}",
            }
        )
        rows.append(
            {"Name": f"#10{n:02d}", "Email": mail, "Lineitem quantity": 2, "Lineitem name": "Cup"}
        )
    study = opened(rows)
    assert list(study.intake.kinds.values()) == ["orders"] and study.intake.unit == "person"
    buyer = study.accounts.loc["buyer0@example.com"]
    assert buyer["orders"] == 3 and buyer["ltv"] == 50 + 62 + 74


def test_netsuites_transactions_join_by_the_id_before_the_name():
    customers = pd.DataFrame(
        {
            "ID": [f"CUST{n:05d}" for n in range(12)],
            "Company Name": [f"{firm} Holding" for firm in FIRMS],
            "Industry": ["Food", "Steel"] * 6,
            "Number Of Employees": range(30, 42),
        }
    ).astype(str)
    transactions = pd.DataFrame(
        {
            "Date": DAYS,
            "Type": ["Invoice", "Invoice", "Credit Memo"] * 12,
            "Document Number": [f"INV{n:06d}" for n in range(36)],
            "Name": [f"CUST{n % 12:05d} {FIRMS[n % 12]}" for n in range(36)],
            "Amount": ["100.00", "100.00", "(50.00)"] * 12,
        }
    )
    study = Study.open({"customers": customers, "transactions": transactions})
    assert len(study.accounts) == 12 and study.accounts["ltv"].sum() == 12 * 100 * 2 - 12 * 50


def test_closes_leads_carry_their_first_opportunity():
    study = opened(
        [
            {
                "id": f"lead_{n:06d}Abc",
                "display_name": f"{FIRMS[n % 12]} {n}",
                "url": f"https://f{n}.example.com",
                "date_created": f"{ISO[n][:10]}T10:00:00+00:00",
                "primary_opportunity_value": 1000 + n,
                "primary_opportunity_status_type": ("won", "lost", "active")[n % 3],
                "primary_opportunity_date_won": ISO[n][:10] if n % 3 == 0 else "",
                "custom.Industry": ("SaaS", "Retail")[n % 2],
            }
            for n in range(36)
        ]
    )
    assert outcomes(study) == (12, 12, 12) and study.deals["amount"].notna().all()
    assert roles(study)["display_name"] == "account_name"


def test_apollos_account_stage_says_who_is_a_customer():
    study = opened(
        [
            {
                "Company Name": f"{FIRMS[n % 12]} {n}",
                "Company Name for Emails": f"{FIRMS[n % 12]} {n}",
                "Account Stage": ("Cold", "Current Client", "Active Opportunity")[n % 3],
                "# Employees": 20 + n,
                "Industry": ("retail", "software")[n % 2],
                "Apollo Account Id": f"{n:024x}",
            }
            for n in range(36)
        ]
    )
    assert study.intake.accounts["account_type"].value_counts().to_dict() == {
        "prospect": 24,
        "customer": 12,
    }
    assert roles(study)["Company Name for Emails"] == "identifier"


def test_gongs_calls_are_notes_on_accounts():
    described = {"Account Name": FIRMS, "Industry": ["Food", "Steel"] * 6, "Employees": range(12)}
    accounts = pd.DataFrame(described).astype(str)
    calls = pd.DataFrame(
        [
            {
                "Call ID": f"70{n:017d}",
                "Title": f"{FIRMS[n % 12]} <> Us - demo",
                "Started": f"{ISO[n][:10]}T14:00:00Z",
                "Duration (min)": 30,
                "Account": FIRMS[n % 12],
                "Participants": "Ann Roe; Bob Low",
                "Brief": f"They asked about pricing {n} and about the integration "
                "with their data warehouse this quarter.",
            }
            for n in range(36)
        ]
    ).astype(str)
    intake = Study.open({"accounts": accounts, "calls": calls}).intake
    assert intake.kinds["calls"] == "notes" and len(intake.accounts) == 12
    assert intake.texts["text"].str.contains("data warehouse").sum() == 36


@pytest.mark.parametrize(
    ("reason", "wanted"), [("Raison de perte", (12, 12, 12)), ("Remarque", (12, 0, 24))]
)
def test_odoo_tells_a_lost_deal_by_its_reason_alone(reason, wanted):
    study = opened(
        [
            {
                "ID externe": f"__export__.crm_lead_{n}",
                "Opportunité": f"Offre {n}",
                "Client": FIRMS[n % 12],
                "Revenu espéré": f"{1000 + n},00",
                "Étape": ("Gagné", "Proposition", "Nouveau")[n % 3],
                reason: ("Trop cher", "Pas de budget")[n % 2] if n % 3 == 2 else "",
                "Date de clôture": ISO[n],
            }
            for n in range(36)
        ],
        sep=";",
    )
    assert outcomes(study) == wanted and study.deals["amount"].max() == 1035.0
    asked = {problem.code for problem in study.problems} & {"outcome-unsure", "deal-is-account"}
    assert len(study.accounts) == 12 and asked == (set() if wanted[1] else {"outcome-unsure"})


def test_shopifys_customers_are_accounts_and_their_orders_find_them_by_mail():
    customers = pd.DataFrame(
        [
            {
                "Customer ID": f"90{n}",
                "First Name": "Ann",
                "Last Name": f"Roe {n}",
                "Email": f"Buyer{n}@mail.example",
                "City": ("Rome", "Oslo")[n % 2],
                "Total Spent": f"{n}.00",
                "Total Orders": n % 5,
            }
            for n in range(12)
        ]
    ).astype(str)
    orders = pd.DataFrame(
        [
            {
                "Name": f"#10{n:02d}",
                "Email": f"buyer{n % 12}@mail.example",
                "Financial Status": "paid",
                "Created at": ISO[n],
                "Total": 50 + n,
                "Lineitem name": "Pot",
                "Lineitem quantity": 1,
            }
            for n in range(36)
        ]
    ).astype(str)
    study = Study.open({"customers": customers, "orders": orders})
    assert study.intake.unit == "person" and list(study.accounts.index) == [
        f"90{n}" for n in range(12)
    ]
    assert study.accounts.loc["900", "ltv"] == 50 + 62 + 74


@pytest.mark.parametrize(
    ("headers", "stages"),
    [
        (
            ("Nazwa szansy", "Nazwa firmy", "Etap", "Kwota", "Data zamknięcia"),
            ("Wygrana", "Przegrana", "Oferta"),
        ),
        (("Affär", "Företag", "Status", "Belopp", "Avslutsdatum"), ("Vunnen", "Förlorad", "Öppen")),
        (
            ("Salgsmulighed", "Virksomhed", "Status", "Beløb", "Lukkedato"),
            ("Vundet", "Tabt", "Åben"),
        ),
    ],
)
def test_deals_in_polish_swedish_and_danish(headers, stages):
    rows = [
        dict(
            zip(
                headers,
                (f"S{n}", FIRMS[n % 12] + str(n), stages[n % 3], f"{n} 100,00", ISO[n]),
                strict=True,
            )
        )
        for n in range(36)
    ]
    study = opened(rows, sep=";")
    assert outcomes(study) == (12, 12, 12) and study.deals["amount"].max() == 35_100.0
    assert study.deals["closed_date"].notna().all() and len(study.accounts) == 36


def test_stripes_cancellations_date_the_data_and_yearly_amounts_are_a_twelfth_a_month():
    study = opened(
        [
            {
                "id": f"sub_1N{n:010d}",
                "Customer ID": f"cus_{n:06d}",
                "Interval": ("month", "year")[n % 2],
                "Amount": ("100.00", "1200.00")[n % 2],
                "Status": ("active", "canceled")[n % 2],
                "Start (UTC)": ISO[n],
                "Current Period End (UTC)": "2026-03-01 10:00",
                "Canceled At (UTC)": "2025-06-01 10:00" if n % 2 else "",
            }
            for n in range(36)
        ]
    )
    assert (
        study.intake.as_of == pd.Timestamp("2025-06-01") and study.accounts["churned"].sum() == 18
    )
    assert study.accounts["mrr"].sum() == 1800


def test_attios_companies_and_the_entries_of_its_list():
    companies = [
        {
            "Record ID": f"{n:08x}-1111-4222-8333-{n:012x}",
            "Record": f"{FIRMS[n % 12]} {n}",
            "Domains": f"firm{n}.example",
            "Categories": ("SaaS", "Retail", "Media")[n % 3],
            "Employee range": ("1-10", "11-50", "51-250")[n % 3],
            "Country": ("DE", "FR")[n % 2],
            "Foundation date": f"{1990 + n % 30}-01-01",
        }
        for n in range(36)
    ]
    entries = [
        {
            "Entry ID": f"{n:08x}-2222-4222-8333-{n:012x}",
            "Company > Record ID": companies[n]["Record ID"],
            "Company": companies[n]["Record"],
            "Company > Domains": f"firm{n}.example",
            "Stage": ("Lead", "Won 🎉", "Lost")[n % 3],
            "Deal value": 1000 + n,
            "Entry created at": ISO[n],
        }
        for n in range(36)
    ]
    study = Study.open(
        {"companies": pd.DataFrame(companies), "list": pd.DataFrame(entries).astype(str)}
    )
    found = {
        name: {header: str(role) for header, role in table.items()}
        for name, table in study.intake.roles.items()
    }
    assert (found["companies"]["Record"], found["companies"]["Domains"]) == (
        "account_name",
        "domain",
    )
    assert found["companies"]["Foundation date"] == "attribute"
    assert [found["list"][name] for name in entries[0]] == [
        "deal_id",
        "account_id",
        "account_name",
        "domain",
        "stage",
        "amount",
        "created_date",
    ]
    assert len(study.accounts) == 36 and outcomes(study) == (12, 12, 12)


def test_hubspots_api_keeps_the_company_of_a_deal():
    deals = [
        {
            "id": str(9000 + n),
            "archived": False,
            "properties": {
                "amount": str(1000 + n),
                "dealname": f"Deal {n}",
                "closedate": f"{ISO[n][:10]}T10:00:00Z",
                "dealstage": ("closedwon", "closedlost", "contractsent")[n % 3],
            },
            "associations": {
                "companies": {
                    "results": [
                        {"id": str(500 + n % 12), "type": name}
                        for name in ("deal_to_company", "deal_to_company_unlabeled")
                    ]
                }
            },
        }
        for n in range(36)
    ]
    study = Study.open(
        as_file(json.dumps({"results": deals, "paging": {"next": {"after": "36"}}}), "deals.json")
    )
    assert outcomes(study) == (12, 12, 12) and sorted(study.accounts.index) == [
        str(500 + n) for n in range(12)
    ]
