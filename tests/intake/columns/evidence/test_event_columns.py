"""Orders and invoices in any language know their day, amount, quantity and customer."""

import pandas as pd
import pytest

from icp_engine import Study

ROWS = 60
DAYS = pd.date_range("2023-01-05", periods=ROWS, freq="9D")
# number, customer, day, product, quantity, amount
ORDERS = {
    "de": ("Auftragsnr.", "Kundennr.", "Bestelldatum", "Artikel", "Menge", "Nettobetrag"),
    "fr": ("N° commande", "Code client", "Date", "Article", "Qté", "Montant HT"),
    "es": ("Pedido", "Cliente", "Fecha", "Producto", "Cantidad", "Importe neto"),
    "pt": ("Nº pedido", "Cód. cliente", "Data da venda", "Produto", "Quantidade", "Valor total"),
    "it": ("Numero ordine", "Codice cliente", "Data ordine", "Articolo", "Quantità", "Importo"),
    "nl": ("Ordernummer", "Klantnummer", "Orderdatum", "Artikel", "Aantal", "Bedrag"),
    "pl": ("Nr zamówienia", "Nr klienta", "Data zamówienia", "Towar", "Ilość", "Wartość"),
    "cs": ("Číslo objednávky", "Číslo zákazníka", "Datum", "Zboží", "Množství", "Cena celkem"),
    "sv": ("Ordernr", "Kundnr", "Orderdatum", "Artikel", "Antal", "Belopp"),
    "tr": ("Sipariş no", "Müşteri no", "Tarih", "Ürün", "Miktar", "Tutar"),
    "ru": ("Номер заказа", "Код клиента", "Дата", "Товар", "Количество", "Сумма"),
    "ja": ("注文番号", "顧客コード", "注文日", "商品", "数量", "金額"),
}
# number, customer, day, due day, amount
INVOICES = {
    "de": ("Belegnummer", "Kunde", "Datum", "Fällig am", "Betrag"),
    "fr": ("N° facture", "Client", "Date facture", "Échéance", "Montant TTC"),
    "es": ("Nº factura", "Cliente", "Fecha", "Vencimiento", "Total"),
    "pt": ("Nota fiscal", "Cliente", "Data de emissão", "Vencimento", "Valor"),
    "it": ("N. fattura", "Cliente", "Data", "Scadenza", "Totale"),
    "nl": ("Factuurnr", "Klant", "Datum", "Vervaldatum", "Bedrag"),
    "pl": ("Nr faktury", "Kontrahent", "Data wystawienia", "Termin płatności", "Kwota brutto"),
    "cs": ("Číslo faktury", "Odběratel", "Vystaveno", "Splatnost", "Celkem"),
    "sv": ("Fakturanr", "Kund", "Fakturadatum", "Förfallodatum", "Belopp"),
    "tr": ("Fatura no", "Müşteri", "Fatura tarihi", "Vade", "Tutar"),
    "ru": ("Номер счета", "Контрагент", "Дата", "Срок оплаты", "Сумма"),
    "ja": ("請求書番号", "得意先", "請求日", "支払期限", "金額"),
}
AMOUNTS = [f"{100 + 7.35 * row:.2f}" for row in range(ROWS)]
IN_ALL = round(sum(map(float, AMOUNTS)), 2)


def orders(header):
    number, customer, day, product, quantity, amount = header
    return {
        number: [f"A{1000 + row}" for row in range(ROWS)],
        customer: [f"K{row % 14:03}" for row in range(ROWS)],
        day: DAYS.strftime("%Y-%m-%d"),
        product: [f"P{row % 5}" for row in range(ROWS)],
        quantity: [str(row % 6 + 1) for row in range(ROWS)],
        amount: AMOUNTS,
    }


def invoices(header):
    number, customer, day, due, amount = header
    return {
        number: [f"R{1000 + row}" for row in range(ROWS)],
        customer: [f"Firm {row % 14} GmbH" for row in range(ROWS)],
        day: DAYS.strftime("%Y-%m-%d"),
        due: (DAYS + pd.Timedelta("30D")).strftime("%Y-%m-%d"),
        amount: AMOUNTS,
    }


def opened(columns, **others):
    tables = {"table": columns, **others}
    return Study.open({name: pd.DataFrame(table) for name, table in tables.items()})


def read(study):
    events = study.intake.events["table"]
    total = round(float(events["amount"].sum()), 2)
    return study.intake.kinds["table"], len(study.accounts), total, events["date"].max()


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("language", ORDERS)
def test_orders_in_twelve_languages(language, turned):
    columns = orders(ORDERS[language])
    columns = dict(reversed(columns.items())) if turned else columns
    study = opened(columns)
    assert read(study) == ("orders", 14, IN_ALL, DAYS[-1])
    assert study.intake.events["table"]["quantity"].sum() == 210


@pytest.mark.parametrize("language", INVOICES)
def test_invoices_in_twelve_languages_go_by_their_own_day_and_not_the_due_one(language):
    assert read(opened(invoices(INVOICES[language]))) == ("invoices", 14, IN_ALL, DAYS[-1])


@pytest.mark.parametrize(
    ("day", "amount"), [("Wann", "Wieviel"), ("Kiedy", "Ile"), ("Quando", "Quanto"), ("x7", "x8")]
)
def test_the_only_day_and_the_only_money_need_no_known_word(day, amount):
    columns = {"Order No": "", "Customer ID": "", **orders(ORDERS["de"])}
    columns = {
        "Order No": columns["Auftragsnr."],
        "Customer ID": columns["Kundennr."],
        day: columns["Bestelldatum"],
        amount: AMOUNTS,
    }
    assert read(opened(columns)) == ("orders", 14, IN_ALL, DAYS[-1])


def test_the_first_of_several_days_is_the_orders_own():
    columns = orders(ORDERS["de"])
    columns = {
        "Bestellnr": columns["Auftragsnr."],
        "Kundennr": columns["Kundennr."],
        "Lieferung": (DAYS + pd.Timedelta("6D")).strftime("%Y-%m-%d"),
        "Eingegangen": DAYS.strftime("%Y-%m-%d"),
        "Betrag": AMOUNTS,
    }
    assert read(opened(columns))[3] == DAYS[-1]


def test_a_lines_total_is_its_amount_and_no_price_or_tax():
    quantity = [row % 6 + 1 for row in range(ROWS)]
    columns = orders(ORDERS["de"])
    columns = {
        "Bestellnr": columns["Auftragsnr."],
        "Kundennr": columns["Kundennr."],
        "Datum": columns["Bestelldatum"],
        "Anz": [str(count) for count in quantity],
        "Steuer EUR": [f"{19.5 + row:.2f}" for row in range(ROWS)],
        "Stückpreis EUR": AMOUNTS,
        "Zeile EUR": [
            f"{count * float(price):.2f}" for count, price in zip(quantity, AMOUNTS, strict=True)
        ],
    }
    total = round(
        sum(c * round(float(price), 2) for c, price in zip(quantity, AMOUNTS, strict=True)), 2
    )
    assert read(opened(columns))[2] == pytest.approx(total)


def test_rows_of_no_known_kind_that_name_customers_with_a_day_and_money_are_orders():
    people = {
        "osoba_id": [str(row) for row in range(14)],
        "nazwa": [f"Firma {row % 13}" for row in range(14)],  # namesakes stay two
        "branza": ["A", "B"] * 7,
        "wojewodztwo": ["X", "Y"] * 7,
    }
    things = {
        "zapis_id": [str(row) for row in range(ROWS)],
        "osoba_id": [str(row % 14) for row in range(ROWS)],
        "co": [f"P{row % 5}" for row in range(ROWS)],
        "za_ile": AMOUNTS,
        "kiedy": DAYS.strftime("%Y-%m-%d"),
    }
    assert read(opened(things, osoby=people)) == ("orders", 14, IN_ALL, DAYS[-1])


@pytest.mark.parametrize(
    ("header", "discounts", "kept"),
    [
        ("Discount", ["0", "0.25", "0.1"], 0.88333333),
        ("Rabatt", ["0 %", "25 %", "10 %"], 0.88333333),
        ("Remise", ["0", "40", "75"], 1.0),  # amounts, or percentages: nothing says which
    ],
)
def test_a_share_taken_off_a_line_is_taken_off_its_amount(header, discounts, kept):
    columns = {
        "Order No": [f"A{1000 + row}" for row in range(ROWS)],
        "Customer ID": [f"K{row % 14:03}" for row in range(ROWS)],
        "Order date": DAYS.strftime("%Y-%m-%d"),
        "Unit price": ["50.00"] * 30 + ["80.00"] * 30,
        "Quantity": ["2"] * ROWS,
        header: [discounts[row % 3] for row in range(ROWS)],
    }
    assert read(opened(columns))[2] == pytest.approx(130 * 60 * kept, rel=1e-4)


@pytest.mark.parametrize("number", ["Sales No", "Vorgang", "Wz", "伝票"])
def test_a_code_that_stands_on_the_lines_of_one_order_describes_nobody(number):
    columns = {
        number: [f"SO{43659 + row // 3}" for row in range(ROWS * 3)],
        "Customer ID": [f"K{row // 3 % 14:03}" for row in range(ROWS * 3)],
        "Order date": [str(DAYS[row // 3])[:10] for row in range(ROWS * 3)],
        "Channel": [("Web", "Shop")[row % 2] for row in range(ROWS * 3)],
        "Line total": AMOUNTS * 3,
    }
    roles = opened(columns).intake.roles["table"]
    assert str(roles[number]) in ("event_id", "identifier") and roles["Channel"] == "attribute"


def several_days(**days):
    return {
        "Customer ID": [f"K{row % 14:03}" for row in range(ROWS)],
        "Order No": [f"A{1000 + row}" for row in range(ROWS)],
        "Amount": AMOUNTS,
        **{name: days[name].strftime("%Y-%m-%d") for name in days},
    }


def test_a_day_that_others_share_or_follow_is_the_first():
    later, much_later = DAYS + pd.Timedelta("365D"), DAYS + pd.Timedelta("900D")
    study = opened(several_days(police_bis=later, police_von=DAYS, faellig=DAYS, stand=much_later))
    assert study.intake.roles["table"]["police_von"] == "event_date"


def test_days_in_no_order_are_asked_about():
    turned = DAYS[::-1]
    study = opened(several_days(eins=DAYS, zwei=turned))
    (question,) = [one for one in study.questions if one.grave]
    assert "eins" in question.sentence and "zwei" in question.sentence
    again = study.replace(**question.answers[0].settings)
    assert again.intake.events["table"]["date"].notna().all() and not again.questions


@pytest.mark.parametrize(
    ("net", "tax", "gross"),
    [("Ex VAT", "GST", "Inc VAT"), ("Alpha", "Beta", "Gamma"), ("Goods", "Freight", "Payable")],
)
@pytest.mark.parametrize("order", [(0, 1, 2), (1, 2, 0), (2, 1, 0)])
def test_of_two_sums_that_make_a_third_the_larger_is_the_amount(net, tax, gross, order):
    sold = [100 + 7.35 * row for row in range(ROWS)]
    sums = {
        net: [f"{one:.2f}" for one in sold],
        tax: [f"{(0.2 if row % 3 else 0.05) * one:.2f}" for row, one in enumerate(sold)],
        gross: [f"{(1.2 if row % 3 else 1.05) * one:.2f}" for row, one in enumerate(sold)],
    }
    columns = [list(sums.items())[place] for place in order]
    frame = pd.DataFrame(
        {
            "Doc": [f"R-{2000 + row}" for row in range(ROWS)],
            "Sold to": [f"Firm {chr(65 + row % 13)} Ltd" for row in range(ROWS)],
            "On": DAYS.strftime("%Y-%m-%d"),
            **dict(columns),
        }
    )
    study = Study.open({"book": frame})
    assert study.facts.tables.value["book"] in ("orders", "invoices")
    assert study.roles["book"][net] == "event_amount"
    assert study.roles["book"][tax] not in ("event_amount", "value_metric", "attribute")
