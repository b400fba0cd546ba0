"""Amounts, counts and percentages in any notation → floats.

Comes in: cell texts such as “1.234,56 €”, “$36.9 Million”, “(1,234)”, “9 000 Kč”. Goes out: floats
and the currency. Separate because ranges, types and columns all read numbers alike.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow
import pyarrow.compute

from icp_engine.types import Series
from icp_engine.values.arrow import to_arrow
from icp_engine.values.lengths import KEPT, one_value
from icp_engine.values.words.money_words import (
    CODES_BY_SIGN,
    CURRENCY,
    SCALE,
    SCALES,
    WORDS_TOO,
    alternatives,
    scale_of,
)

if TYPE_CHECKING:
    from icp_engine.types import Floats

UNIT_WORDS: tuple[str, ...] = (
    *("utilisateurs", "usuarios", "benutzer", "nutzer", "gebruikers", "utenti", "heures", "horas"),
    *(
        "stunden",
        "std",
        "std.",
        "jours",
        "días",
        "dias",
        "dagen",
        "giorni",
        "mois",
        "meses",
        "mesi",
    ),
    *(
        "maanden",
        "wochen",
        "ans",
        "années",
        "años",
        "anos",
        "anni",
        "jaar",
        "uur",
        "ore",
        "stück",
        "stk",
    ),
    *("stk.", "pcs", "pieces", "units", "lizenzen", "plätze", "kunden", "customers", "clients"),
    *(
        "medewerkers",
        "dipendenti",
        "collaborateurs",
        "funcionários",
        "pers.",
        "名",
        "人",
        "社",
        "件",
        "명",
    ),
    "employees",
    "employee",
    "people",
    "persons",
    "staff",
    "headcount",
    "mitarbeiter",
    "mitarbeitende",
    "ma",
    "fte",
    "ftes",
    "empleados",
    "salariés",
    "users",
    "user",
    "seats",
    "seat",
    "licenses",
    "days",
    "day",
    "tage",
    "weeks",
    "months",
    "month",
    "monate",
    "years",
    "year",
    "yrs",
    "yr",
    "jahre",
    "hours",
    "hour",
    "hrs",
    "hr",
    "h",
    "min",
    "minutes",
    "points",
    "pts",
    "per year",
    "per month",
    "a year",
    "a month",
    "p.a.",
    "/year",
    "/yr",
    "/month",
    "/mo",
    "/user",
    "pa",
)


UNIT = rf"(?:(?:{alternatives(UNIT_WORDS)})(?![^\W\d_]))"
DIGITS = r"\d++(?:[.,'’ \u00a0\u202f\u2009]\d++)*+"
# Runs are taken whole (++, *+): one that may be shared out between two neighbours takes polynomial
# time.
_NUMBER = re.compile(
    rf"\A[~≈]?\s*+(?P<before>[-+−]?)\s*+(?P<lead>{CURRENCY})?\s*+(?P<after>[-+−]?)\s*+(?P<digits>{DIGITS}|[.,]\d++)"
    rf"(?P<dash>[.,][-–—]++)?\s*+(?P<scale>{SCALE})?\s*+(?P<trail>{CURRENCY}|%)?\s*+(?P<unit>{UNIT})?\s*+(?P<end>-?)"
)
_GROUPED_THOUSANDS = re.compile(
    r"\A\d{1,3}(?:(?P<sign>\D)\d{3})(?:(?P=sign)\d{3})*+|\A\d{1,2}(?:,\d{2}(?!\d))++,\d{3}"
)
# read alike whatever the decimal mark, in as many digits as a float keeps
_SIMPLE = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,2})?")
_NO_SIGN = re.compile(r"[-+0-9.,:/ ]*+")
_EXPONENT = re.compile(r"\A[-+]?\d++(?:[.,]\d++)?e[-+]?\d{1,3}")
# For Arrow, whose patterns know no ++
_PLAIN_TEXT = re.compile(r"^-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?$")
_GROUPED_TEXT = {  # one or more groups of thousands, with a common currency sign or none
    ".": re.compile(r"^-?[$€£]? ?-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)? ?[$€£]?$"),
    ",": re.compile(r"^-?[$€£]? ?-?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)? ?[$€£]?$"),
}
_GROUP_SIGNS = {".": re.compile("[$€£ ,]"), ",": re.compile("[$€£ .]")}
_THIN_BLANKS = re.compile("[’\u00a0\u202f\u2009 ]")
_NO_DIGIT = re.compile(r"\D")
_CURRENCY_BEFORE = re.compile(
    rf"\A[-+−(~\s]*+(?P<sign>{CURRENCY})(?=[\s\d.,+−(-])[\s+−(-]*+(?P<digits>{DIGITS})?"
)
_CURRENCY_AFTER = re.compile(
    rf"(?<=\d)[-.,–—]{{0,3}}\s*+(?:{SCALE})?\s*+(?P<sign>{CURRENCY})\s*+(?:{UNIT})?\s*+-?\)?$"
)
# “3億5,000万円”: parts of falling size, each with its sign
_MYRIADS = re.compile(
    rf"\A(?P<lead>{CURRENCY})?\s*+(?P<parts>(?:[0-9.,]++[兆億亿万萬千조억만천]){{2,4}}(?:[0-9,]++)?|[0-9.,]++[兆億亿万萬조억만][0-9,]++)"
    rf"\s*+(?P<trail>{CURRENCY})?"
)
_MYRIAD = re.compile(r"([0-9.,]++)([兆億亿万萬千조억만천]?)")


def read_digits(digits: str, decimal: str) -> float | None:
    """A run of digits with separators as a number; `decimal` decides only where both readings are
    possible.

    “1,234.56”, “1.234,56”, “1 234,56”, “1'234.50” and “12,34,567” read by themselves; None if the
    groups are wrong.
    """
    plain = _THIN_BLANKS.sub("'", digits)
    point, comma = plain.rfind("."), plain.rfind(",")
    if point >= 0 and comma >= 0:
        mark = "." if point > comma else ","
    elif point >= 0 or comma >= 0:
        mark = _lone_decimal_mark(plain, "." if point >= 0 else ",", decimal)
    else:
        mark = ""
    whole, _, fraction = plain.rpartition(mark) if mark else (plain, "", "")
    if not fraction.isdigit() and mark:
        return None
    if whole and not whole.isdigit():
        if not _GROUPED_THOUSANDS.fullmatch(whole):
            return None
        whole = _NO_DIGIT.sub("", whole)
    return float(f"{whole or 0}.{fraction or 0}")


def _lone_decimal_mark(plain: str, mark: str, decimal: str) -> str:
    """Whether the only kind of mark in `plain` is the decimal mark (returned) or groups thousands
    (“”).
    """
    head, _, tail = plain.rpartition(mark)
    if plain.count(mark) > 1:
        return ""
    looks_grouped = (
        len(tail) == 3 and head.isdigit() and len(head) <= 3 and not head.startswith("0")
    )
    return "" if looks_grouped and mark != decimal else mark


def parse_number(text: str, decimal: str = ".") -> float | None:
    """One number with sign, currency, scale word or unit; None if `text` is anything else (a band
    is not a number).

    Percent signs are dropped: “12 %” is 12.0. Parentheses and a trailing minus are negative.
    """
    value = one_value(text)
    return float(value) if _SIMPLE.fullmatch(value) else _read_number(value, decimal)


@lru_cache(maxsize=KEPT)
def _read_number(text: str, decimal: str) -> float | None:
    lowered = text.casefold()
    if not any(letter.isdigit() for letter in lowered):
        return None
    if _EXPONENT.fullmatch(lowered):
        return _finite(float(lowered.replace(",", ".")))
    negative = lowered.startswith("(") and lowered.endswith(")")
    match = _NUMBER.fullmatch(lowered[1:-1] if negative else lowered)
    if match is None:
        return _parse_myriads(lowered)
    # “5.000,-” names its mark
    value = read_digits(match["digits"], match["dash"][0] if match["dash"] else decimal)
    signs = (match["lead"] or "", match["trail"] or "")
    factor = scale_of(match["scale"], *signs) if match["scale"] else 1.0
    if value is None or factor is None or not _are_currencies(signs, match["digits"], text):
        return None
    marks = [match[name] for name in ("before", "after", "end")]
    minus = negative or any(mark in ("-", "−") for mark in marks if mark)
    scaled = round_scaled(value * factor)
    return _finite(-scaled if minus else scaled)


def _are_currencies(signs: tuple[str, str], digits: str, text: str) -> bool:
    """Whether codes that are words too are meant as currencies: in capitals, and in front only of an
    amount with a mark (“TOP 10” is none).
    """
    lead, trail = signs
    if lead in WORDS_TOO and (lead.upper() not in text or (digits.isdigit() and len(digits) < 4)):
        return False
    return trail not in WORDS_TOO or (trail.upper() in text and len(trail) > 1)


def _parse_myriads(lowered: str) -> float | None:
    match = _MYRIADS.fullmatch(lowered)
    if match is None:
        return None
    total, last = 0.0, math.inf
    for digits, sign in _MYRIAD.findall(match["parts"]):
        value, size = read_digits(digits, "."), SCALES[sign] if sign else 1.0
        if value is None or size >= last:
            return None
        total, last = total + value * size, size
    return round_scaled(total)


def names_scale(text: str) -> bool:
    """Whether a number carries a scale word of its own, which then counts instead of the header's."""
    lowered = one_value(text).casefold()
    match = _NUMBER.fullmatch(lowered.strip("()"))
    return bool(match["scale"]) if match else _MYRIADS.fullmatch(lowered) is not None


def round_scaled(value: float) -> float:
    """Undo the binary dust of a scale word: 36.9 × 10⁶ is 36,900,000, not 36,899,999.999."""
    return float(f"{value:.15g}")


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def find_currency(text: str) -> str:
    """The ISO code of the currency a value is written in, “” if it names none."""
    value = one_value(text)
    return "" if _NO_SIGN.fullmatch(value) else _read_currency(value)


@lru_cache(maxsize=KEPT)
def _read_currency(text: str) -> str:
    lowered = text.casefold()
    if not any(letter.isdigit() for letter in lowered):
        return ""
    match = _CURRENCY_BEFORE.match(lowered)
    if match and _are_currencies((match["sign"], ""), match["digits"] or "", text):
        return CODES_BY_SIGN[match["sign"]]
    match = _CURRENCY_AFTER.search(lowered)
    meant = match and _are_currencies(("", match["sign"]), "", text)
    return CODES_BY_SIGN[match["sign"]] if match and meant else ""


def parse_plain_numbers(text: Series, decimal: str) -> Floats:
    """Numbers in plain and in grouped notation with a currency sign, vectorised; NaN where
    `parse_number` is needed.
    """
    values = _to_floats(text if decimal == "." else _with_point(text))
    open_ones = np.isnan(values) & text.notna().to_numpy()
    if open_ones.any():
        rest = to_arrow(text[open_ones])
        grouped = pyarrow.compute.match_substring_regex(rest, _GROUPED_TEXT[decimal].pattern)
        digits = pyarrow.compute.replace_substring_regex(rest, _GROUP_SIGNS[decimal].pattern, "")
        digits = pyarrow.compute.replace_substring(digits, ",", ".")
        values[open_ones] = _cast(pyarrow.compute.if_else(grouped, digits, None))
    return values


def _with_point(text: Series) -> Series:
    """Decimal commas as points; texts with a point are left for the careful reader."""
    return text.where(~text.str.contains(".", regex=False, na=False)).str.replace(
        ",", ".", regex=False
    )


def _to_floats(text: Series) -> Floats:
    """Plain numbers as floats, NaN for anything else; Arrow reads a column of nothing else in one
    go.
    """
    values = to_arrow(text)
    try:
        return _cast(values)
    except pyarrow.ArrowInvalid:
        return _cast(
            pyarrow.compute.if_else(
                pyarrow.compute.match_substring_regex(values, _PLAIN_TEXT.pattern), values, None
            )
        )


def _cast(values: Any) -> Floats:
    numbers = pyarrow.compute.cast(values, pyarrow.float64()).to_numpy()
    return np.where(np.isfinite(numbers), numbers, np.nan)
