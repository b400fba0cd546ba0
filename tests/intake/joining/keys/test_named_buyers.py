"""Who bought is told by codes or firms that come again, where no header and no other table says."""

import pandas as pd
import pytest

from icp_engine import Study

ROWS = 60
DAYS = pd.date_range("2023-01-05", periods=ROWS, freq="9D").strftime("%Y-%m-%d")
AMOUNTS = [f"{100 + 7.35 * row:.2f}" for row in range(ROWS)]
CODES = [f"K{row % 14:03}" for row in range(ROWS)]
FIRMS = [f"Firm {row % 14} {('GmbH', 'Ltd', 'SAS')[row % 14 % 3]}" for row in range(ROWS)]
# number, buyer, day, thing, amount: words that no list of headers holds
HEADERS = {
    "de": ("Vorgang", "Kunden-Code", "Gebucht am", "Ware", "Summe netto"),
    "fr": ("Réf. vente", "Identifiant client", "Le", "Désignation", "Total ligne HT"),
    "es": ("Folio", "Clave de cliente", "Fecha operación", "Descripción", "Monto"),
    "it": ("Rif. ordine", "Committente", "Data operazione", "Descrizione", "Imponibile"),
    "nl": ("Bon", "Debiteur", "Boekingsdatum", "Omschrijving", "Omzet"),
    "fi": ("Tositenumero", "Asiakasnro", "Pvm", "Tuote", "Summa"),
    "hu": ("Bizonylat", "Vevőkód", "Teljesítés", "Cikk", "Nettó érték"),
    "none": ("aa", "bb", "cc", "dd", "ee"),
}


def rows(header, buyers):
    number, buyer, day, thing, amount = header
    return {
        number: [f"A{1000 + row}" for row in range(ROWS)],
        buyer: buyers,
        day: DAYS,
        thing: [f"P{row % 5}" for row in range(ROWS)],
        amount: AMOUNTS,
    }


def opened(**tables):
    return Study.open({name: pd.DataFrame(columns) for name, columns in tables.items()})


@pytest.mark.parametrize("buyers", [CODES, FIRMS], ids=["codes", "firms"])
@pytest.mark.parametrize("language", HEADERS)
def test_what_comes_again_names_the_buyer(language, buyers):
    columns = rows(HEADERS[language], buyers)
    for table in (columns, dict(reversed(columns.items()))):
        study = opened(sales=table)
        assert study.intake.kinds == {"sales": "orders"} and len(study.accounts) == 14
        assert study.intake.events["sales"]["amount"].sum() == pytest.approx(
            sum(map(float, AMOUNTS))
        )


def test_two_columns_that_could_be_it_are_told():
    columns = {
        **rows(HEADERS["none"], CODES),
        "ff": [f"W{row % 13:03}" for row in range(ROWS)],
    }
    study = opened(sales=columns)
    (told,) = [problem for problem in study.problems if problem.code == "role-rivals"]
    assert told.column in ("bb", "ff") and told.severity == "warn"


def test_a_list_of_customers_with_their_postal_codes_stays_a_list():
    columns = {
        "aa": [f"K{row:03}" for row in range(ROWS)],
        "bb": [f"Haus am Ring {row}" for row in range(ROWS)],
        "cc": [f"D-{10115 + row % 14}" for row in range(ROWS)],
        "dd": DAYS,
        "ee": AMOUNTS,
    }
    study = opened(people=columns)
    assert study.intake.kinds == {"people": "accounts"} and len(study.accounts) == ROWS


@pytest.mark.parametrize(
    "header",
    [
        ("Bestellnr", "Kundennr", "Datum", "Position", "Betrag"),
        ("Nr zamówienia", "Nr klienta", "Data", "Pozycja", "Kwota"),
        ("N° commande", "Code client", "Date commande", "Ligne", "Montant"),
        ("Nº pedido", "Cód. cliente", "Data", "Item", "Valor total"),
        ("Номер заказа", "Код клиента", "Дата", "Строка", "Сумма"),
        ("注文番号", "顧客コード", "注文日", "明細番号", "金額"),
    ],
)
def test_lines_of_orders_take_the_buyer_and_the_day_of_their_order(header):
    number, buyer, day, line, amount = header
    orders = {
        number: [f"B{row:04}" for row in range(20)],
        buyer: [f"K{row % 6}" for row in range(20)],
        day: DAYS[:20],
    }
    lines = {
        line: [f"Z{row:04}" for row in range(ROWS)],
        number: [f"B{row % 20:04}" for row in range(ROWS)],
        "x": [f"P{row % 5}" for row in range(ROWS)],
        amount: AMOUNTS,
    }
    study = opened(heads=orders, lines=lines)
    events = study.intake.events["lines"]
    assert len(study.accounts) == 6 and events["account_id"].nunique() == 6
    assert str(events["date"].max())[:10] == DAYS[19]


@pytest.mark.parametrize("codes", [14, 9])
def test_an_anonymous_list_of_customers_with_codes_of_regions_stays_a_list(codes):
    columns = {
        "aa": [f"K{row:03}" for row in range(ROWS)],
        "bb": [f"Z{row % codes:02}" for row in range(ROWS)],
        "cc": DAYS,
        "dd": AMOUNTS,
        "ee": ["Food", "Steel", "Toys"] * 20,
        "ff": ["small", "large"] * 30,
        "gg": ["yes", "no", "no"] * 20,
    }
    study = opened(people=columns)
    assert study.intake.kinds == {"people": "accounts"} and len(study.accounts) == ROWS
