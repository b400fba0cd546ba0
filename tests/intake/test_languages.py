"""Deals and customers under headers of twelve languages: outcome, amount, days, account, worth."""

import pandas as pd
import pytest

from icp_engine import Study

ROWS = 60
DAYS = pd.date_range("2023-01-05", periods=ROWS, freq="9D")
# deal, account, state, amount, closed, created, seller, sector, words for won, lost, open
DEALS = {
    "de": (
        "Verkaufschance",
        "Firma",
        "Status",
        "Volumen",
        "Abschluss am",
        "Angelegt am",
        "Vertriebler",
        "Branche",
        ("Gewonnen", "Verloren", "In Verhandlung"),
    ),
    "fr": (
        "Affaire",
        "Société",
        "Étape",
        "Montant",
        "Date de clôture",
        "Date de création",
        "Commercial",
        "Secteur",
        ("Gagnée", "Perdue", "Négociation"),
    ),
    "es": (
        "Oportunidad",
        "Empresa",
        "Etapa",
        "Importe",
        "Fecha de cierre",
        "Fecha de creación",
        "Comercial",
        "Sector",
        ("Ganada", "Perdida", "Negociación"),
    ),
    "pt": (
        "Negócio",
        "Empresa",
        "Etapa",
        "Valor",
        "Data de fechamento",
        "Data de criação",
        "Vendedor",
        "Setor",
        ("Ganho", "Perdido", "Negociação"),
    ),
    "it": (
        "Trattativa",
        "Azienda",
        "Fase",
        "Importo",
        "Data chiusura",
        "Data creazione",
        "Commerciale",
        "Settore",
        ("Vinta", "Persa", "In corso"),
    ),
    "nl": (
        "Verkoopkans",
        "Bedrijf",
        "Status",
        "Bedrag",
        "Sluitingsdatum",
        "Aangemaakt op",
        "Accountmanager",
        "Branche",
        ("Gewonnen", "Verloren", "Offerte"),
    ),
    "pl": (
        "Szansa",
        "Firma",
        "Etap",
        "Wartość",
        "Data zamknięcia",
        "Data utworzenia",
        "Handlowiec",
        "Branża",
        ("Wygrana", "Przegrana", "Negocjacje"),
    ),
    "cs": (
        "Obchod",
        "Firma",
        "Stav",
        "Hodnota",
        "Datum uzavření",
        "Vytvořeno",
        "Obchodník",
        "Odvětví",
        ("Vyhráno", "Prohráno", "Nabídka"),
    ),
    "sv": (
        "Affär",
        "Företag",
        "Status",
        "Belopp",
        "Stängd",
        "Skapad",
        "Säljare",
        "Bransch",
        ("Vunnen", "Förlorad", "Offert"),
    ),
    "tr": (
        "Fırsat",
        "Firma",
        "Aşama",
        "Tutar",
        "Kapanış tarihi",
        "Oluşturma tarihi",
        "Temsilci",
        "Sektör",
        ("Kazanıldı", "Kaybedildi", "Teklif"),
    ),
    "ru": (
        "Сделка",
        "Компания",
        "Этап",
        "Сумма",
        "Дата закрытия",
        "Дата создания",
        "Менеджер",
        "Отрасль",
        ("Выиграна", "Проиграна", "Переговоры"),
    ),
    "ja": (
        "案件名",
        "会社名",
        "ステータス",
        "金額",
        "完了予定日",
        "作成日",
        "担当者",
        "業種",
        ("受注", "失注", "商談中"),
    ),
}
# id, name, sector, staff, country, customer since, revenue, left on
CUSTOMERS = {
    "de": (
        "Kundennr.",
        "Firmenname",
        "Branche",
        "Mitarbeiter",
        "Land",
        "Kunde seit",
        "Umsatz mit uns",
        "Gekündigt am",
    ),
    "fr": (
        "Code client",
        "Raison sociale",
        "Secteur",
        "Effectif",
        "Pays",
        "Client depuis",
        "CA client",
        "Résilié le",
    ),
    "es": (
        "Código cliente",
        "Razón social",
        "Sector",
        "Empleados",
        "País",
        "Cliente desde",
        "Facturación total",
        "Fecha de baja",
    ),
    "pt": (
        "Código do cliente",
        "Razão social",
        "Setor",
        "Funcionários",
        "País",
        "Cliente desde",
        "Receita total",
        "Data de cancelamento",
    ),
    "it": (
        "Codice cliente",
        "Ragione sociale",
        "Settore",
        "Dipendenti",
        "Paese",
        "Cliente dal",
        "Fatturato totale",
        "Data disdetta",
    ),
    "nl": (
        "Klantnummer",
        "Bedrijfsnaam",
        "Branche",
        "Medewerkers",
        "Land",
        "Klant sinds",
        "Totale omzet",
        "Opgezegd op",
    ),
    "pl": (
        "Nr klienta",
        "Nazwa firmy",
        "Branża",
        "Liczba pracowników",
        "Kraj",
        "Klient od",
        "Przychód łączny",
        "Data rezygnacji",
    ),
    "cs": (
        "Číslo zákazníka",
        "Název firmy",
        "Odvětví",
        "Počet zaměstnanců",
        "Země",
        "Zákazník od",
        "Celkové tržby",
        "Datum výpovědi",
    ),
    "sv": (
        "Kundnr",
        "Företagsnamn",
        "Bransch",
        "Anställda",
        "Land",
        "Kund sedan",
        "Total omsättning",
        "Uppsagd datum",
    ),
    "tr": (
        "Müşteri no",
        "Firma adı",
        "Sektör",
        "Çalışan sayısı",
        "Ülke",
        "Müşteri başlangıcı",
        "Toplam ciro",
        "İptal tarihi",
    ),
    "ru": (
        "Код клиента",
        "Название компании",
        "Отрасль",
        "Сотрудники",
        "Страна",
        "Клиент с",
        "Выручка всего",
        "Дата расторжения",
    ),
    "ja": ("顧客コード", "会社名", "業種", "従業員数", "国", "取引開始日", "累計売上", "解約日"),
}


def iso(days):
    return days.strftime("%Y-%m-%d")


def deals(deal, account, state, amount, closed, created, seller, sector, words):
    return {
        deal: [f"Projekt {row}" for row in range(ROWS)],
        account: [f"Firm {row % 25} GmbH" for row in range(ROWS)],
        state: [words[row % 3] for row in range(ROWS)],
        amount: [str(1000 + 73 * row) for row in range(ROWS)],
        closed: iso(DAYS + pd.Timedelta("60D")),
        created: iso(DAYS),
        seller: [("Anna Maier", "Jan Novak", "Ute Roth")[row % 3] for row in range(ROWS)],
        sector: [("A", "B", "C", "D")[row * 7 % 4] for row in range(ROWS)],
    }


def customers(number, name, sector, staff, country, since, revenue, left):
    gone = iso(DAYS + pd.Timedelta("400D"))
    return {
        number: [f"K{row:03}" for row in range(ROWS)],
        name: [f"Firm {row} GmbH" for row in range(ROWS)],
        sector: [("A", "B", "C", "D")[row * 7 % 4] for row in range(ROWS)],
        staff: [str(5 + row * 13 % 400) for row in range(ROWS)],
        country: [("DE", "FR")[row % 2] for row in range(ROWS)],
        since: iso(DAYS),
        revenue: [f"{1000 + 73.5 * row:.2f}" for row in range(ROWS)],
        left: [day if row % 5 == 0 else "" for row, day in enumerate(gone)],
    }


def opened(columns):
    return Study.open({"table": pd.DataFrame(columns)})


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("language", DEALS)
def test_deals_in_twelve_languages(language, turned):
    columns = deals(*DEALS[language])
    study = opened(dict(reversed(columns.items())) if turned else columns)
    found = study.intake.deals
    assert study.intake.kinds == {"table": "deals"}
    assert found["won"].value_counts(dropna=False).tolist() == [20, 20, 20]
    assert found["amount"].sum() == sum(1000 + 73 * row for row in range(ROWS))
    assert found["closed_date"].max() == DAYS[-1] + pd.Timedelta("60D")
    assert found["created_date"].min() == DAYS[0] and found["account_id"].nunique() == 25
    assert str(study.intake.roles["table"][DEALS[language][6]]) == "owner"


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("language", CUSTOMERS)
def test_customers_in_twelve_languages(language, turned):
    columns = customers(*CUSTOMERS[language])
    study = opened(dict(reversed(columns.items())) if turned else columns)
    roles = dict(zip(CUSTOMERS[language], ROLES, strict=True))
    assert study.intake.kinds == {"table": "accounts"} and len(study.accounts) == ROWS
    found = study.intake.roles["table"]
    assert {header: str(found[header]) for header in roles} == roles


ROLES = (
    *("account_id", "account_name", "attribute", "attribute", "attribute"),
    *("customer_since", "value_metric", "churn_date"),
)
