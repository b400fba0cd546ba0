"""Money.

Comes in: amounts with a currency's code or sign. Goes out: text. Separate because charts, pages and
documents all show money, and a sign stands in one table.
"""

from __future__ import annotations

from icp_engine.wording.numbers import MINUS, NOT_KNOWN, THIN, is_known, number

# code → the sign that everybody reads as this currency; `values.numbers` reads signs by the reverse
CURRENCY_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}
SCALES = ((9, "B"), (6, "M"), (3, "k"))


def with_currency(amount: str, currency: str = "", *, negative: bool = False) -> str:
    """“$1.2M”, “CHF 537k”, “−$940”: the sign, or the code where there is none, stands in front.
    currency: a code or a sign.
    """
    is_sign = currency in CURRENCY_SIGNS.values()
    sign = currency if is_sign else CURRENCY_SIGNS.get(currency, "")
    front = sign or (f"{currency}{THIN}" if currency else "")
    return f"{MINUS if negative else ''}{front}{amount}"


def money(value: float | None, currency: str = "") -> str:
    """“$12,400”: the exact amount, for tables and lists."""
    if not is_known(value):
        return NOT_KNOWN
    shown = number(abs(value))
    return with_currency(shown, currency, negative=value < 0 and shown != "0")


def money_short(value: float | None, currency: str = "") -> str:
    """“$1.2M”, “CHF 537k”, “$940”: for sentences and labels; the exact amount stands in the table."""
    if not is_known(value):
        return NOT_KNOWN
    size, unit = next(
        ((10**power, unit) for power, unit in SCALES if abs(value) >= 0.9995 * 10**power), (1, "")
    )
    shown = _three_digits(abs(value) / size, whole=not unit)
    return with_currency(shown + unit, currency, negative=round(value) < 0)


def _three_digits(scaled: float, *, whole: bool) -> str:
    if scaled >= 99.95 or whole:
        return f"{scaled:,.0f}"
    return (f"{scaled:.1f}" if scaled >= 9.95 else f"{scaled:.2g}").removesuffix(".0")
