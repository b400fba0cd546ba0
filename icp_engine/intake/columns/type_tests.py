"""Which type a column's values fit: one test a type, tried from the most specific to any text.

Comes in: a sample of distinct values with counts, and the header as a weak hint. Goes out: the
type. Separate because each test is a claim about values that can be read and tried by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial

from icp_engine.intake.columns.header_words import header_currency
from icp_engine.intake.columns.rule_details import (
    Counts,
    find_currencies,
    find_separator,
    has_mixed_units,
)
from icp_engine.values.dates import DateOrder, parse_date
from icp_engine.values.lengths import one_header
from icp_engine.values.numbers import parse_number
from icp_engine.values.parse import parse_range, read_domain
from icp_engine.values.ranges import repair_excel_damage
from icp_engine.values.rule import ColumnType
from icp_engine.values.yes_no_missing import ROUNDED, is_yes_no_column

HINTED = 0.5  # or half of them, where the header says what they are
FEW_WORDS = 3  # different words that stand instead of numbers (“see contract”, “on request”)
MOSTLY = 0.9  # a type holds if at most one value in ten (or a single one) does not fit it

_EMAIL = re.compile(r"\A(?:mailto:)?[^@\s;,]++@[^@\s;,]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"\A\+?[\d\s().\-/]{7,25}(?:\s*+(?:x|ext\.?)\s*+\d++)?", re.IGNORECASE)
_CODE = re.compile(r"\A(?=\D*+\d)[\w/+=:.#-]++")
_TOP_LEVEL = re.compile(r"\.[a-z]{2,6}$")
_COMPACT_DATE = re.compile(r"(?:19[5-9]|20[0-4])\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_GUID = re.compile(r"\{?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\}?")
_MONTH = re.compile(r"(?:19[89]|20[0-4])\d(?:0[1-9]|1[0-2])")
MANY_MONTHS = 8  # different ones that are no chance
_SERIAL = re.compile(r"[3-5]\d{4}(?:\.\d++)?")
# seconds, milli-, micro- or nanoseconds since 1970, and ticks of .NET
_EPOCH = re.compile(r"(?:[89]\d{8}|1\d{9})(?:\d{3}){0,3}(?:\.0)?|6[34]\d{16}(?:\.0)?")
_YEAR_MONTH = re.compile(r"(?:19[5-9]|20[0-4])\d(?:0[1-9]|1[0-2])")
_FIGURES = re.compile(r"\d{6}(?:\d{2})?")
# what has the look of a date, be it one of the calendar or not (31.02.2024, 2999-01-01)
_DATE_SHAPE = re.compile(
    r"\A(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d{2}))(?:[T ].{0,40})?$"
)
_CODE_WITH_E = re.compile(r"\A\d++[eE]\d{1,3}")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LETTERED = re.compile(r"[A-Za-z]{1,3}[/.-]?(\d{1,9})")
_LONG_DIGITS = re.compile(r"\d{12,}")
_HOLDS_DIGIT = re.compile(r"\d")
FEWEST_CODES = 10  # different codes that tell how they are numbered
CLOSE = 3  # numbers of codes fill at least a third of their range
MANY_NUMBERS = 12  # different numbers that make a column of numbers in spite of words
_ZERO_PADDED = re.compile(r"0\d+")
ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\.0)?")

_WORDS = r"(?:^|[^a-z])(?:{})(?:[^a-z]|$)"
DATE_HEADER = re.compile(
    _WORDS.format(
        "date|datum|fecha|data|time|timestamp|yyyymm|yyyymmdd|created|closed|since|seit|day|at|on|signup|birthday|deadline|until|utc|gmt"
        "|month|monat|mois|mes|mese|maand|period|periode|période|période|zeitraum|week|woche|quarter|quartal"
        "|angelegt|erstellt|abschluss|abgeschlossen|geschlossen|beginn|ende|start|end|started|ended|opened|won|lost"
        "|clôture|créé|créée|création|depuis|creado|creada|cierre|creación|desde|criado|criada|fechamento|criação"
        "|chiusura|creazione|creato|dal|aangemaakt|gesloten|sinds|utworzono|utworzenia|zamknięcia|vytvořeno|uzavření"
        "|dato|oprettet|lukket|skapad|stängd|päivä|päivämäärä|dátum|tarih|tarihi|дата|создан|закрыт|месяц|ημερομηνία"
    )
    + r"|datum|päivämäärä|日付|日時|日$|年月|날짜|일자|일$|月份|日期|تاريخ|תאריך|วันที่|ngày",
    re.I,
)
ID_HEADER = re.compile(
    r"(?:^|[^a-z])(?:ids?|id\.value|guid|uuid|zip|plz|postcode|postal|zip code|postal code)$|[a-z](?:ID|Id)$"
    r"|(?:^|[^a-z])(?:zip|postal)(?:[^a-z]|$)"
)
NUMBERING_HEADER = re.compile(r"(?:^|[^a-z])(?:nr|no|number|key|nummer)\.?$|^index$")
CODE_HEADER = re.compile(r"(?:^|[^a-z])(?:code|sic|naics|nace)(?:[^a-z]|$)")
NAME_HEADER = re.compile(r"(?:^|[^a-z])names?$")
COUNT_HEADER = re.compile(_WORDS.format("of|count|employees|number of|anzahl"), re.I)
# A count of 0 and 1 is a count
HOW_MANY = re.compile(
    r"^(?:number|num|no\.?|nb\.?|nbr|count|anzahl|anz\.?|nombre|n[uú]mero|n[ºo°]|numero|aantal|antal|antall|liczba|po[cč]et"
    r"|qty|quantity|#) (?:of |de |d'|di |der )?[^\W\d_]|(?:^|[^a-z])(?:count|anzahl|qty)$",
    re.I,
)
FLAG_HEADER = re.compile(
    r"^(?:is|has|was|can|does|did)[_ ]|(?:^|[^a-z])(?:flag|active|won|lost|churned|churn|converted|deleted|opt(?:ed)?"
    r"|enabled|yes|no)(?:[^a-z]|$)|^(?:Is|Has)[A-Z]",
    re.I,
)
MONEY_HEADER = re.compile(
    _WORDS.format(
        "amount|revenue|price|value|cost|spend|spent|budget|mrr|arr|acv|tcv|ltv|cltv|aov|sales|fee|salary|turnover|umsatz"
        "|betrag|usd|eur|gbp|dollars?|income|margin|profit|charges?|funding|total"
    ),
    re.I,
)
PERCENT_HEADER = re.compile(r"%|(?:^|[^a-z])(?:percent|pct|percentage)(?:[^a-z]|$)", re.I)
PHONE_HEADER = re.compile(_WORDS.format("phone|mobile|fax|tel|telephone|telefon|cell|handy"), re.I)
DOMAIN_HEADER = re.compile(_WORDS.format("domain|website|url|web|site|homepage"), re.I)
TEXT_HEADER = re.compile(
    _WORDS.format("description|notes?|comments?|feedback|details|remarks?|beschreibung|summary"),
    re.I,
)


@dataclass(frozen=True)
class Sample:
    """What type inference looks at: distinct values with counts from evenly spaced rows."""

    counts: Counts
    header: str
    shares: dict[Callable[[str], object], float] = field(
        default_factory=dict, repr=False, compare=False
    )

    @cached_property
    def rows(self) -> int:
        """Rows with a value."""
        return sum(self.counts.values())

    def share(self, fits: Callable[[str], object]) -> float:
        """Share 0–1 of rows whose value fits; several types ask the same."""
        if fits not in self.shares:
            fitting = sum(times for text, times in self.counts.items() if fits(text))
            self.shares[fits] = fitting / max(self.rows, 1)
        return self.shares[fits]

    def mostly(self, fits: Callable[[str], object]) -> bool:
        """Whether at most a tenth of the rows does not fit, or one row of at least four."""
        rows, others = self.rows, 0
        for text, times in self.counts.items():
            others += 0 if fits(text) else times
            if others > 1 and others >= (1 - MOSTLY) * rows:  # no text to come mends it
                return False
        return others < (1 - MOSTLY) * rows or others == 0 or (others == 1 and rows >= 4)

    def suggests(self, pattern: re.Pattern[str]) -> bool:
        """Whether the header hints at something; underscores and camel case count as blanks."""
        header = one_header(self.header)
        spaced = _CAMEL.sub(" ", header.replace("_", " ").strip())
        return bool(
            pattern.search(header) or pattern.search(spaced) or pattern.search(spaced.lower())
        )


def infer_type(sample: Sample) -> ColumnType:
    """The first type in this order that the values fit: from the most specific to any text."""
    if not sample.counts:
        return "empty"
    for name, fits in _TESTS:
        if fits(sample):
            return type_of_numbers(sample) if name == "number" else name
    return _type_of_words(sample)


def _is_boolean(sample: Sample) -> bool:
    if sample.suggests(HOW_MANY) and not sample.suggests(FLAG_HEADER):
        return False
    return is_yes_no_column(sample.counts, sample.suggests(FLAG_HEADER))


def _is_email(sample: Sample) -> bool:
    return sample.mostly(_EMAIL.fullmatch)


def _is_domain(sample: Sample) -> bool:
    addressed = sample.share(lambda text: "://" in text or text.lower().startswith("www."))
    if addressed > 0.5 or sample.suggests(DOMAIN_HEADER):
        return sample.mostly(read_domain)
    named = {text.rsplit(".", 1)[0] for text in sample.counts}
    return (
        sample.rows >= 5
        and len(named) > len(sample.counts) / 2  # “base.us”, “base.mx” are ids, of one file
        and sample.share(_looks_like_host) >= MOSTLY
        and sample.share(read_domain) >= MOSTLY
    )


def _looks_like_host(text: str) -> bool:
    return text == text.lower() and " " not in text and bool(_TOP_LEVEL.search(text))


def _is_phone(sample: Sample) -> bool:
    international = sample.share(lambda text: text.startswith("+") and _PHONE.fullmatch(text))
    hinted = sample.suggests(PHONE_HEADER)
    return (hinted or international > 0.5) and sample.share(_is_phone_number) >= 0.8


def _is_phone_number(text: str) -> bool:
    return bool(_PHONE.fullmatch(text) or ROUNDED.fullmatch(text))


def _is_date(sample: Sample) -> bool:
    hinted = sample.suggests(DATE_HEADER)
    written = sample.share(_is_written_date)
    if written >= HINTED and hinted and not sample.suggests(FLAG_HEADER):
        return True
    if written >= 0.5:
        return sample.mostly(lambda text: _is_written_date(text) or _is_numeric_date(text))
    if sample.mostly(_is_compact_date) or _is_all_months(sample):
        return True
    if not hinted or sample.suggests(ID_HEADER) or sample.suggests(MONEY_HEADER):
        return False
    return (
        sample.mostly(_is_numeric_date)
        or sample.mostly(_DATE_SHAPE.match)
        or _is_date_in_figures(sample)
    )


def _is_date_in_figures(sample: Sample) -> bool:
    """Year and month (202403), or day, month and year without signs (010324), some of them different."""
    if len(sample.counts) < 3:
        return False
    if sample.mostly(_YEAR_MONTH.fullmatch):
        return True
    return sample.mostly(_FIGURES.fullmatch) and any(
        sample.mostly(partial(_in_order, order=order)) for order in ORDERS
    )


def _in_order(text: str, order: DateOrder) -> bool:
    day = parse_date(text, order)
    return day is not None and 1950 <= day.year < 2050


def _is_written_date(text: str) -> bool:
    return len(text) >= 6 and parse_date(text) is not None


def _is_all_months(sample: Sample) -> bool:
    """Whether every value is a year and a month (202403): among other numbers one in eight would be."""
    return len(sample.counts) >= MANY_MONTHS and sample.share(_MONTH.fullmatch) >= 0.99


def _is_compact_date(text: str) -> bool:
    return bool(_COMPACT_DATE.fullmatch(text))


def _is_numeric_date(text: str) -> bool:
    """YYYYMMDD, an Excel serial of 1982 to 2064, or epoch seconds or milliseconds."""
    return bool(_SERIAL.fullmatch(text)) or _is_compact_date(text) or _is_epoch(text)


def _is_epoch(text: str) -> bool:
    """Seconds since 1970 that fall into 1995 to 2033, or as many milliseconds."""
    return bool(_EPOCH.fullmatch(text))


def _is_plain_number(text: str) -> bool:
    return parse_number(text) is not None


def _is_number(sample: Sample) -> bool:
    """Mostly plain numbers; a band among them counts, since it has a middle. Where the header speaks of
    money, or many numbers stand beside a few words (“see contract”), the words are what is odd.
    """
    plain = sample.share(_is_plain_number)
    if _counts_up_behind_letters(sample):
        return False
    if plain < 0.5 or has_mixed_units(sample.counts) or sample.share(_CODE_WITH_E.fullmatch) > 0.5:
        return False
    if sample.mostly(lambda text: _is_plain_number(text) or parse_range(text) is not None):
        return True
    words = [text for text in sample.counts if not _is_plain_number(text)]
    numbers = len(sample.counts) - len(words)
    if any(parse_range(text) is not None for text in words) or sample.suggests(ID_HEADER):
        return False
    few = len(words) <= FEW_WORDS and plain >= 0.7 and not any(map(_HOLDS_DIGIT.search, words))
    return numbers >= MANY_NUMBERS and (few or sample.suggests(MONEY_HEADER))


def _counts_up_behind_letters(sample: Sample) -> bool:
    """Numbers that follow one another behind letters: “R1001” is an invoice, no 1,001 rand."""
    if len(sample.counts) < max(FEWEST_CODES, MOSTLY * sample.rows):
        return False
    if not sample.mostly(_LETTERED.fullmatch) or sample.suggests(MONEY_HEADER):
        return False
    numbers = [int(found[1]) for text in sample.counts if (found := _LETTERED.fullmatch(text))]
    return max(numbers) - min(numbers) < CLOSE * len(numbers) or sample.suggests(NUMBERING_HEADER)


def _is_range(sample: Sample) -> bool:
    """At least half are bands; the rest may be plain numbers or bands that Excel turned into dates."""
    return sample.share(parse_range) >= 0.5 and sample.mostly(_is_band_like)


def _is_band_like(text: str) -> bool:
    return (
        parse_range(text) is not None
        or _is_plain_number(text)
        or repair_excel_damage(text) is not None
    )


def _is_damaged_range(sample: Sample) -> bool:
    """Bands of which Excel turned most into dates: some still are bands, none is a whole date."""
    return (
        sample.share(parse_range) > 0.05
        and sample.mostly(_is_band_like)
        and not sample.share(_is_written_date) > 0.5
    )


def _is_tags(sample: Sample) -> bool:
    return not sample.suggests(TEXT_HEADER) and bool(find_separator(sample.counts))


def _is_guid(sample: Sample) -> bool:
    return sample.mostly(_GUID.fullmatch)


_TESTS: tuple[tuple[ColumnType, Callable[[Sample], bool]], ...] = (
    ("id", _is_guid),
    ("boolean", _is_boolean),
    ("email", _is_email),
    ("phone", _is_phone),
    ("date", _is_date),
    ("number", _is_number),
    ("range", _is_range),
    ("range", _is_damaged_range),
    ("domain", _is_domain),
    ("tags", _is_tags),
)


def type_of_numbers(sample: Sample) -> ColumnType:
    """Which kind of number: flag, id, code, percent, money, date in digits, or a plain number."""
    texts = set(sample.counts)
    counted = sample.suggests(HOW_MANY)
    if (texts == {"0", "1"} and not counted) or (
        texts <= {"0", "1"} and sample.suggests(FLAG_HEADER)
    ):
        return "boolean"
    if sample.suggests(DATE_HEADER) and not sample.suggests(ID_HEADER) and sample.mostly(_is_epoch):
        return "date"
    if _is_numbered_id(sample):
        return "id"
    if sample.suggests(CODE_HEADER) and sample.mostly(str.isdigit):
        return "category"  # a number in it measures nothing
    if sample.suggests(DATE_HEADER) and sample.mostly(_is_compact_date):
        return "date"
    if sample.share(lambda text: "%" in text) >= 0.5 or sample.suggests(PERCENT_HEADER):
        return "percent"
    if find_currencies(sample.counts) or header_currency(sample.header):
        return "money"
    years = sample.share(_YEAR.fullmatch) >= MOSTLY
    return "money" if sample.suggests(MONEY_HEADER) and not years else "number"


def _is_numbered_id(sample: Sample) -> bool:
    """Digits that name rather than measure: zero-padded, very long, or headed as an id and whole."""
    if sample.share(_ZERO_PADDED.fullmatch) >= 0.05 and sample.mostly(str.isdigit):
        return True
    if sample.share(_LONG_DIGITS.fullmatch) >= MOSTLY:
        return True
    numbering = sample.suggests(NUMBERING_HEADER) and len(sample.counts) >= 0.9 * sample.rows
    named = (numbering or sample.suggests(ID_HEADER)) and not sample.suggests(COUNT_HEADER)
    return named and sample.mostly(lambda text: text.isdigit() or bool(ROUNDED.fullmatch(text)))


def _type_of_words(sample: Sample) -> ColumnType:
    """Texts: free text is long or headed as notes, ids are distinct codes, anything else is a
    category.
    """
    distinct_share = len(sample.counts) / sample.rows
    words = sum(len(text.split()) * times for text, times in sample.counts.items()) / sample.rows
    spaced = sample.share(lambda text: " " in text)
    if (
        spaced >= 0.5
        and distinct_share >= 0.5
        and (words >= 6 or (words >= 3 and sample.suggests(TEXT_HEADER)))
    ):
        return "text"
    coded = sample.share(_CODE.fullmatch) >= MOSTLY
    if sample.suggests(ID_HEADER) and (coded or (spaced < 1 - MOSTLY and distinct_share >= 0.05)):
        return "id"
    named = sample.suggests(NAME_HEADER)
    return (
        "id" if coded and distinct_share >= 0.9 and sample.rows >= 10 and not named else "category"
    )
