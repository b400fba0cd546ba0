"""Order lines and invoices are read under the headers of a dozen languages, in any order."""

import numpy as np
import pandas as pd
import pytest

import icp_engine as icp

# order number, customer, article, quantity, unit price, order date, discount in percent
LINES = {
    "German": "Auftragsnr|Kunde|Artikel|Menge|Einzelpreis|Datum|Rabatt %",
    "French": "N° commande|Client|Article|Qté|Prix unitaire|Date commande|Remise %",
    "Spanish": "Nº pedido|Cliente|Artículo|Cantidad|Precio unitario|Fecha pedido|Descuento %",
    "Portuguese": "Nº Pedido|Cliente|Produto|Qtd|Valor Unitário|Data do Pedido|Desconto %",
    "Italian": "N. ordine|Cliente|Articolo|Quantità|Prezzo unitario|Data ordine|Sconto %",
    "Dutch": "Ordernummer|Klant|Artikel|Aantal|Stukprijs|Orderdatum|Korting %",
    "Polish": "Nr zamówienia|Klient|Towar|Ilość|Cena jednostkowa|Data zamówienia|Rabat %",
    "Czech": "Číslo objednávky|Zákazník|Položka|Množství|Jednotková cena|Datum objednávky|Sleva %",
    "Swedish": "Ordernr|Kund|Artikel|Antal|À-pris|Orderdatum|Rabatt %",
    "Turkish": "Sipariş No|Müşteri|Ürün|Miktar|Birim Fiyat|Sipariş Tarihi|İndirim %",
    "Russian": "Номер заказа|Клиент|Товар|Количество|Цена|Дата заказа|Скидка %",
    "Japanese": "注文番号|顧客名|商品|数量|単価|注文日|割引率 %",
}
# invoice number, customer, invoice date, due date, net, tax, gross
INVOICES = {
    "German": "Rechnungsnr.|Kunde|Rechnungsdatum|Fällig am|Netto|MwSt|Brutto",
    "French": "N° facture|Client|Date de facture|Échéance|Montant HT|TVA|Montant TTC",
    "Spanish": "Nº factura|Cliente|Fecha factura|Vencimiento|Base imponible|IVA|Total factura",
    "Portuguese": "Nº da Nota|Cliente|Emissão|Vencimento|Valor Líquido|Impostos|Valor Bruto",
    "Italian": "N. fattura|Cliente|Data fattura|Scadenza|Imponibile|IVA|Totale fattura",
    "Dutch": "Factuurnr|Klant|Factuurdatum|Vervaldatum|Excl. btw|Btw|Incl. btw",
    "Polish": "Nr faktury|Nabywca|Data wystawienia|Termin płatności|Kwota netto|VAT|Kwota brutto",
    "Czech": "Číslo faktury|Odběratel|Datum vystavení|Splatnost|Bez DPH|DPH|S DPH",
    "Swedish": "Fakturanr|Kund|Fakturadatum|Förfallodatum|Exkl. moms|Moms|Inkl. moms",
    "Turkish": "Fatura No|Müşteri|Fatura Tarihi|Vade Tarihi|KDV Hariç|KDV|KDV Dahil",
    "Russian": "Номер счета|Клиент|Дата счета|Срок оплаты|Без НДС|НДС|С НДС",
    "Japanese": "請求書番号|取引先名|請求日|支払期限|税抜金額|消費税|税込金額",
}


def opened(headers, columns, language):
    table = pd.DataFrame(dict(zip(headers.split("|"), columns, strict=True)))
    order = np.random.default_rng(len(language)).permutation(len(table.columns))
    return icp.Study.open({"tabelle": table.iloc[:, order]})


@pytest.mark.parametrize("language", LINES)
def test_order_lines(language):
    rng, rows = np.random.default_rng(1), 180
    article, quantity = rng.integers(0, 15, rows), rng.integers(1, 9, rows)
    price, percent = rng.lognormal(4, 1, 15).round(2)[article], rng.choice([0, 0, 10, 20], rows)
    columns = (
        [f"A{1000 + row // 3}" for row in range(rows)],
        [f"Firma {row // 3 % 25} GmbH" for row in range(rows)],
        [f"P{number}" for number in article],
        quantity,
        price,
        pd.date_range("2024-01-01", periods=rows).strftime("%Y-%m-%d"),
        percent,
    )
    study = opened(LINES[language], columns, language)
    worth = (price * quantity * (1 - percent / 100)).sum()
    assert study.accounts["ltv"].sum() == pytest.approx(worth, abs=1) and len(study.accounts) == 25


@pytest.mark.parametrize("language", INVOICES)
def test_invoices_count_net(language):
    rng, rows = np.random.default_rng(2), 120
    net, days = rng.lognormal(7, 1, rows).round(2), pd.date_range("2024-01-01", periods=rows)
    columns = (
        [f"R-{2000 + row}" for row in range(rows)],
        [f"Firma {row % 25} GmbH" for row in range(rows)],
        days.strftime("%Y-%m-%d"),
        (days + pd.Timedelta(days=30)).strftime("%Y-%m-%d"),
        net,
        (net * 0.2).round(2),
        (net * 1.2).round(2),
    )
    study = opened(INVOICES[language], columns, language)
    assert study.facts["tables"].value == {"tabelle": "invoices"}
    assert study.accounts["revenue_invoiced"].sum() == pytest.approx(net.sum(), abs=1)
