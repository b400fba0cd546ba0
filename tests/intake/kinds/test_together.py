"""Kinds of rows over all tables, with headers in five languages, renamed and shuffled."""

import pandas as pd
import pytest

from icp_engine.intake.build import understand
from icp_engine.settings import Settings

NUMBERS = range(40)
FIRMS = [f"Firma {n} GmbH" for n in NUMBERS]
DEALS = pd.DataFrame(
    {
        "Deal ID": [f"D{n}" for n in NUMBERS],
        "Company": FIRMS,
        "Deal Stage": ["Closed Won", "Closed Lost"] * 20,
        "Amount": [f"{1000 + n}.50" for n in NUMBERS],
        "Create Date": [f"2023-01-{n % 27 + 1:02}" for n in NUMBERS],
        "Close Date": [f"2023-06-{n % 27 + 1:02}" for n in NUMBERS],
    }
)
DAYS = [f"2024-03-{n % 27 + 1:02}" for n in NUMBERS]
# fmt: off
# what only a header may say and what values say, by language
TICKETS = {
    "en": ("Case No", "Firm", "State", "Urgency", "Closed Date",
           "Resolved|Waiting on us|New|Closed", "High|Low|Medium"),
    "de": ("Vorgang", "Firma", "Stand", "Priorität", "Geschlossen am",
           "Gelöst|In Bearbeitung|Neu|Geschlossen", "Hoch|Mittel|Niedrig"),
    "fr": ("N° demande", "Société", "Statut", "Priorité", "Clôturé le",
           "Résolu|En attente|Nouveau|Fermé", "Haute|Moyenne|Basse"),
    "es": ("Incidencia", "Empresa", "Estado", "Prioridad", "Fecha de cierre",
           "Resuelto|En espera|Nuevo|Cerrado", "Alta|Media|Baja"),
    "pt": ("Chamado", "Empresa", "Situação", "Prioridade", "Data de fechamento",
           "Resolvido|Pendente|Novo|Fechado", "Alta|Média|Baixa"),
    "pl": ("Zgłoszenie", "Firma", "Status", "Priorytet", "Data zamknięcia",
           "Rozwiązane|W toku|Nowe|Zamknięte", "Wysoki|Średni|Niski"),
}
# fmt: on
TASKS = {
    "en": ("Deferred|Completed|Not started|In progress", "Outcome", "Due date"),
    "de": ("Zurückgestellt|Erledigt|Nicht begonnen|In Bearbeitung", "Ergebnis", "Fällig am"),
    "fr": ("Reportée|Terminée|Non commencée|En cours", "Résultat", "Échéance"),
    "es": ("Aplazada|Completada|No iniciada|En curso", "Resultado", "Vencimiento"),
    "pt": ("Adiada|Concluída|Não iniciada|Em andamento", "Resultado", "Vencimento"),
    "pl": ("Odłożone|Ukończone|Nie rozpoczęte|W toku", "Wynik", "Termin"),
}
ACTIVITIES = {
    "en": "Call|Meeting|E-mail",
    "de": "Anruf|Besprechung|E-Mail",
    "fr": "Appel|Réunion|E-mail",
    "es": "Llamada|Reunión|Correo",
    "pt": "Chamada|Reunião|Nota",
    "pl": "Rozmowa|Spotkanie|E-mail",
}
LEADS = {
    "en": ("Lead ID", "Lead status", "Qualified|Unqualified|Contacted|Converted"),
    "de": ("Lead-Nr.", "Lead-Status", "Qualifiziert|Nicht qualifiziert|Kontaktiert|Konvertiert"),
    "fr": ("ID prospect", "Statut du prospect", "Qualifié|Non qualifié|Contacté|Converti"),
    "es": ("ID lead", "Estado del lead", "Calificado|No calificado|Contactado|Convertido"),
    "pt": ("ID lead", "Status do lead", "Qualificado|Desqualificado|Contatado|Convertido"),
    "pl": ("ID lead", "Status lead", "Zakwalifikowany|Niezakwalifikowany|Skontaktowany|Skonwertowany"),
}  # fmt: skip


def cycle(words):
    parts = words.split("|")
    return [parts[n % len(parts)] for n in NUMBERS]


def shuffled(frame):
    return frame[frame.columns[::-1]]


def opened(**tables):
    return understand({name: frame.copy() for name, frame in tables.items()}, Settings())


def outcomes(intake):
    won = intake.deals["won"]
    return len(won), int((won == True).sum()), int((won == False).sum())  # noqa: E712 - <NA> too


@pytest.mark.parametrize("turn", [lambda frame: frame, shuffled], ids=["as is", "shuffled"])
@pytest.mark.parametrize("language", TICKETS)
def test_tickets_are_no_deals(language, turn):
    key, firm, state, urgency, closed, states, levels = TICKETS[language]
    tickets = pd.DataFrame(
        {
            key: [f"T{n}" for n in NUMBERS],
            firm: FIRMS,
            state: cycle(states),
            urgency: cycle(levels),
            closed: DAYS,
        }
    )
    intake = opened(deals=DEALS, helpdesk=turn(tickets))
    assert outcomes(intake) == (40, 20, 20)
    assert intake.kinds["helpdesk"] == "tickets"


@pytest.mark.parametrize("language", TASKS)
def test_tasks_are_neither_deals_nor_invoices(language):
    states, outcome, due = TASKS[language]
    tasks = pd.DataFrame(
        {"Nr": [f"A{n}" for n in NUMBERS], "Firma": FIRMS, outcome: cycle(states), due: DAYS}
    )
    intake = opened(deals=DEALS, todo=tasks)
    assert outcomes(intake) == (40, 20, 20)
    assert intake.kinds["todo"] in ("notes", "unknown", "engagement")


@pytest.mark.parametrize("language", ACTIVITIES)
def test_calls_and_meetings_are_no_deals(language):
    rows = {"Nr": NUMBERS, "Firma": FIRMS, "Typ": cycle(ACTIVITIES[language]), "Outcome": "ok"}
    intake = opened(deals=DEALS, log=pd.DataFrame({**rows, "Close Date": DAYS}).astype(str))
    assert outcomes(intake) == (40, 20, 20)
    assert intake.kinds["log"] == "engagement"


@pytest.mark.parametrize("language", LEADS)
def test_leads_beside_deals_are_not_poured_into_them(language):
    key, state, states = LEADS[language]
    leads = pd.DataFrame(
        {
            key: [f"L{n}" for n in NUMBERS],
            "Company": FIRMS,
            state: cycle(states),
            "Created": [f"2022-12-{n % 27 + 1:02}" for n in NUMBERS],
        }
    )
    intake = opened(deals=DEALS, pool=leads)
    assert intake.kinds["pool"] == "leads"
    assert outcomes(intake) == (40, 20, 20)
    assert "leads-apart" in {problem.code for problem in intake.problems}


def test_leads_alone_stand_in_for_deals_and_it_is_said():
    leads = pd.DataFrame(
        {
            "Lead ID": [f"L{n}" for n in NUMBERS],
            "Company": FIRMS,
            "Lead status": cycle("Converted|Unqualified|New|Contacted"),
        }
    )
    intake = opened(pool=leads)
    assert intake.kinds["pool"] == "deals" and outcomes(intake) == (40, 10, 10)
    assert "leads-stand-in" in {problem.code for problem in intake.problems}


def test_a_converted_lead_names_the_account_of_its_deal_and_never_its_outcome():
    leads = pd.DataFrame(
        {
            "Lead ID": [f"L{n}" for n in NUMBERS],
            "Company": FIRMS,
            "Lead status": "Converted",
            "Converted opportunity ID": [f"D{n}" for n in NUMBERS],
            "Industry": ["Retail", "Media"] * 20,
        }
    )
    deals = DEALS.drop(columns="Company").assign(**{"Deal Stage": ["Closed Won", "Proposal"] * 20})
    intake = opened(pool=leads, deals=deals)
    assert outcomes(intake) == (40, 20, 0)
    assert intake.accounts.loc[intake.deals.loc["D7", "account_id"], "account_name"] == FIRMS[7]
    assert intake.deals.loc["D7", "Industry"] == "Media"


@pytest.mark.parametrize(
    ("key", "stage", "day"),
    [("deal_id", "stage", "entered"), ("Vorgang", "Phase", "seit"), ("negocio", "etapa", "fecha")],
)
def test_steps_of_a_history_are_no_deals(key, stage, day):
    steps = pd.DataFrame(
        [
            {key: f"D{n}", stage: word, day: f"2023-0{place + 2}-{n % 27 + 1:02}"}
            for n in NUMBERS
            for place, word in enumerate(("New", "Qualified", ("Closed Won", "Closed Lost")[n % 2]))
        ]
    )
    intake = opened(deals=DEALS, log=shuffled(steps))
    assert intake.kinds["log"] in ("history", "unknown")
    assert outcomes(intake) == (40, 20, 20)


def test_quotes_of_a_deal_are_not_counted_and_what_they_deny_is_told():
    quotes = pd.DataFrame(
        {
            "Quote ID": [f"Q{n}" for n in NUMBERS],
            "Deal ID": [f"D{n}" for n in NUMBERS],
            "Quote status": ["won", "lost"] * 18 + ["lost", "won"] * 2,
            "Amount": "1000.00",
            "Close date": DAYS,
        }
    )
    intake = opened(deals=DEALS, offers=quotes)
    assert intake.kinds["offers"] == "quotes" and outcomes(intake) == (40, 20, 20)
    said = next(p for p in intake.problems if p.code == "sale-contradicts")
    assert "4 of 40" in said.message


@pytest.mark.parametrize("result", [("Won", "Lost"), ("W", "L"), ("Gewonnen", "Verloren")])
def test_one_list_of_companies_with_an_outcome_is_deals(result):
    frame = pd.DataFrame(
        {
            "Company": FIRMS,
            "Industry": ["Retail", "Media"] * 20,
            "Employees": [str(10 + n) for n in NUMBERS],
            "Country": ["DE", "FR"] * 20,
            "Final": [result[n % 2] for n in NUMBERS],
            "Value (EUR)": [f"{1000 + n}.50" for n in NUMBERS],
            "Decided": DAYS,
        }
    )
    assert opened(list=shuffled(frame)).kinds["list"] == "deals"


@pytest.mark.parametrize("party", ["Reseller", "Abnehmer", "Odbiorca"])
def test_the_list_that_sales_refer_to_holds_the_accounts_and_no_other_does(party):
    buyers = pd.DataFrame(
        {
            f"{party} Key": [f"R{n}" for n in NUMBERS],
            "Title": FIRMS,
            "Sort": ["a", "b"] * 20,
        }
    )
    products = pd.DataFrame(
        {"Product Key": [f"P{n}" for n in NUMBERS], "Unit Price": "3.50", "Category": "x"}
    )
    sales = pd.DataFrame(
        {
            "Order Number": [f"S{n}" for n in range(120)],
            "Order Date": DAYS * 3,
            f"{party} Key": [f"R{n % 30}" for n in range(120)],
            "Product Key": [f"P{n % 25}" for n in range(120)],
            "Sales Amount": [f"{n}.75" for n in range(120)],
        }
    )
    kinds = opened(buyers=buyers, goods=products, sales=sales).kinds
    assert kinds == {"buyers": "accounts", "goods": "unknown", "sales": "orders"}
