"""Columns of a table of events that their values give away where no header does: when it happened,
for how much, how many.

Comes in: the table's sample, rules, words of headers, and roles by header. Goes out: roles, each
with its reason. Separate because an order without a day, or with a day of shipping for its own, is
read wrong in silence; the only day a table has is known in every language.
"""

from __future__ import annotations

import re

import pandas as pd

from icp_engine.intake.columns.evidence.buyers import CODE
from icp_engine.intake.columns.evidence.deal_columns import (
    MONEY_WORDS,
    SURE,
    UNSURE,
    Deals,
    award,
    not_before,
)
from icp_engine.intake.columns.evidence.money import has_cents
from icp_engine.intake.columns.evidence.sums import find_product, find_tax, first_numbers, whole
from icp_engine.intake.columns.role import Role
from icp_engine.types import Series

TRADES = ("orders", "invoices", "subscriptions")
DAY_OF = 2.0  # points from which a day is the event's own
AMOUNT_OF = 2.0
MANY_CODES, LEAST_CODES = 20, 0.05  # different order numbers, and share of rows
NEARLY_ALL = 0.95  # share of rows that have the day on which they happened
NO_TIME = pd.Timedelta(0).to_timedelta64()

_ANOTHER_DAY = re.compile(
    r"\b(due|ship\w*|deliver\w*|paid|payment|last|next|modif\w*|updat\w*|birth\w*|expir\w*|valid\w*|required|promised|planned"
    r"|liefer\w*|versand\w*|bezahlt|zahlung\w*|geandert|letzte\w*|nachste\w*|geburt\w*|gultig\w*|livr\w*|expedi\w*|paiement"
    r"|modifi\w*|naissance|entrega|envio|pago|modificac\w*|nacimiento|pagamento|nascimento|consegna|spedizione|nascita|modifica"
    r"|lever\w*|verzend\w*|betal\w*|gewijzigd|geboorte\w*|dostaw\w*|wysyl\w*|platn\w*|zmian\w*|urodz\w*|dodan\w*|zmen\w*"
    r"|naroz\w*|leverans\w*|betaln\w*|fodel\w*|andrad|доставк\w*|отгрузк\w*|оплат\w*|изменен\w*|рожд\w*|teslim\w*|odeme\w*"
    r"|dogum\w*|sevk\w*)\b|納品|出荷|支払|入金|更新|生年|发货|付款|更新|生日|배송|결제|수정|생년"
)
_NOT_THE_TOTAL = re.compile(
    r"\b(unit|each|per|list|single|einzel\w*|stuck\w*|unitaire|unitari[oa]|stuks\w*|eenheid\w*|jednostk\w*|jednotk\w*|styck\w*"
    r"|birim|tax|vat|mwst|ust|steuer\w*|tva|iva|btw|dph|podatek|moms|kdv|ндс|shipping|freight|versand\w*|porto|frais|discount"
    r"|rabat\w*|remise|descuento|desconto|sconto|korting|sleva|indirim|скидк\w*|cost|costs|kosten|cout|coste|costo|custo|koszt"
    r"|naklad\w*|maliyet|margin|marge|profit|balance|outstanding|saldo|rate|kurs|weight|gewicht|score|age|id|code|nr|no|number"
    r"|zip|plz|percent)\b|税|単価|单价|送料|割引|折扣|세금|단가|할인"
)
_COUNTS = re.compile(
    r"\b(quantity|qty|pcs|anz|stk|pz|szt|ks|kpl|pieces|units|count|menge|anzahl|stuckzahl|quantite|qte|cantidad|quantidade|qtd|quantita|aantal|ilosc"
    r"|mnozstvi|pocet|antal|antall|maara|miktar|adet|pezzi|stuks|uds|db|количество|шт|mennyiseg|cantitate)\b|数量|個数|件数|수량|개수"
)


def fill_event_roles(table: Deals, kind: str) -> None:
    """Day, amount and quantity of events, where no header said them."""
    if not table.has("event_date"):
        _name_the_day(table)
    if kind not in TRADES:
        return
    _name_the_number(table)
    numbers = first_numbers(table.frame, table.rules)
    total, counting = find_product(numbers) or (None, None)
    if not table.has("event_amount"):
        _name_the_amount(table, total, find_tax(numbers) or (None, None))
    if kind == "orders" and not table.has("event_quantity"):
        _name_the_quantity(table, counting)


def _name_the_number(table: Deals) -> None:
    """Codes of which each stands on one day, and that are many: what an order is called, on each of
    its lines.
    """
    day = table.header("event_date")
    for header in table.open_to("category"):
        if table.roles[header] != "attribute" or day is None:
            continue
        values = table.frame[header].dropna().astype("str")
        if values.nunique() < max(MANY_CODES, LEAST_CODES * len(table.frame)):
            continue
        coded = float(values.drop_duplicates().str.fullmatch(CODE.pattern).mean()) >= NEARLY_ALL
        days = table.clean(day).groupby(values).nunique()
        if coded and float((days <= 1).mean()) >= NEARLY_ALL:
            role = "identifier" if table.has("event_id") else "event_id"
            table.roles[header] = Role(role, SURE, "codes that stand on one day each")


def _name_the_day(table: Deals) -> None:
    open_ones = (one for one in table.open_to("date") if table.roles[one] != "churn_date")
    days = {header: table.clean(header) for header in open_ones}
    points = {}
    for header, day in days.items():
        others = [other for name, other in days.items() if name != header]
        points[header] = _day_points(table.words[header], day, others)
    award(table, "event_date", points, DAY_OF)


def _day_points(words: str, day: Series, others: list[Series]) -> tuple[float, str]:
    """A day that every row has, that is no day of another thing, and before which none lies."""
    filled = float(day.notna().mean())
    first = any(not_before(day, other) for other in others) and all(
        _none_before(day, other) for other in others
    )
    alone = not others
    points = (
        1.0 * (filled >= NEARLY_ALL)
        + 2.0 * alone
        + 1.5 * first
        + 0.5 * (words == "date")
        - 2.0 * bool(_ANOTHER_DAY.search(words))
    )
    return points, "the only day its rows have" if alone else "the first of the days of its rows"


def _none_before(first: Series, second: Series) -> bool:
    """Whether `second` is hardly ever before `first`; it may be the same day."""
    both = (first.notna() & second.notna()).to_numpy()
    lag = second[both].to_numpy() - first[both].to_numpy()
    return not both.any() or bool((lag >= NO_TIME).mean() >= NEARLY_ALL)


def _name_the_amount(
    table: Deals, total: str | None, taxed: tuple[str, str] | tuple[None, None]
) -> None:
    net, tax = taxed
    points = {
        header: _amount_points(table, header, is_product=header == total)
        for header in table.open_to("money", "number")
        if header != tax and not _COUNTS.search(table.words[header])
    }
    if net in points:
        points[net] = max(points[net][0], AMOUNT_OF + 1.0), "what is left of the total without tax"
    best = award(table, "event_amount", points, AMOUNT_OF)
    if best is not None and points[best][0] < AMOUNT_OF + 1.0:
        role = table.roles[best]
        table.roles[best] = Role("event_amount", UNSURE, role.reason, rivals=role.rivals)


def _amount_points(table: Deals, header: str, *, is_product: bool) -> tuple[float, str]:
    words, values = table.words[header], table.clean(header)
    money, cents = table.rules[header].type == "money", has_cents(table.frame[header], values)
    varied = values.nunique() > max(3, 0.1 * int(values.notna().sum()))
    points = (
        2.0 * money
        + 1.5 * (cents and not money)
        + 1.0 * bool(MONEY_WORDS.search(words))
        + 0.5 * varied
        + 2.0 * is_product
        - 2.5 * bool(_NOT_THE_TOTAL.search(words))
    )
    return points, "price times quantity" if is_product else "money that changes from row to row"


def _name_the_quantity(table: Deals, counting: str | None) -> None:
    points = {
        header: (2.0 + (header == counting), "whole numbers under a header that counts")
        for header in table.open_to("number")
        if (header == counting or _COUNTS.search(table.words[header]))
        and whole(table.clean(header))
    }
    award(table, "event_quantity", points, 1.0)
