"""A header as words: without what a CRM writes around a field's name, and in English.

Comes in: a header. Goes out: its object (“deal” in `Deal - Owner`) and plain words. Separate because
every table of words is looked up by them. Words are compared without spaces, accents and case.
"""

from __future__ import annotations

import functools
import re

from icp_engine.intake.columns.dialects import DIALECTS
from icp_engine.values.lengths import one_header
from icp_engine.values.plain_words import fold_letters, plain_words, squeeze
from icp_engine.values.reference_tables import read_word_lists
from icp_engine.values.words.header_terms import header_in_english
from icp_engine.values.words.money_words import CODES_BY_SIGN, CURRENCY, header_unit

OBJECTS: dict[str, str] = {
    "deal": "deal",
    "opportunity": "deal",
    "obchod": "deal",
    "angebot": "deal",
    "organization": "account",
    "organisation": "account",
    "organizace": "account",
    "company": "account",
    "account": "account",
    "person": "contact",
    "contact": "contact",
    "osoba": "contact",
    "lead": "lead",
    **dict.fromkeys(
        ("affaire", "negocio", "negócio", "trato", "oportunidad", "oportunidade", "trattativa"),
        "deal",
    ),
    **dict.fromkeys(
        ("organización", "organização", "organizzazione", "organisatie", "unternehmen", "firma"),
        "account",
    ),
    **dict.fromkeys(("empresa", "entreprise", "bedrijf", "azienda"), "account"),
    **dict.fromkeys(("kontakt", "personne", "persona", "pessoa", "persoon"), "contact"),
}
_OBJECT_PREFIX = re.compile(rf"^({'|'.join(OBJECTS)})s?\s+[-–:>]\s+(.+)$", re.IGNORECASE)
# What a CRM writes before and after a field's own name (“property_dealname”, “ICP_Tier__c”) …
_BEFORE = re.compile(
    f"^({'|'.join(part for crm in DIALECTS for part in crm.before)})++", re.IGNORECASE
)
_AFTER = re.compile(f"({'|'.join(part for crm in DIALECTS for part in crm.after)})$")
# … and around it (“Address 1: Country”, “Country of Address”)
_AROUND = re.compile("|".join(part for crm in DIALECTS for part in crm.around))
_IN_ZONE = re.compile(r" (utc|gmt)$")  # “Created (UTC)”
# “Value (EUR)”, “Amount in €”, “ARR_USD”; codes that are words of their own only in brackets. Each
# run is looked at from its first sign on only: from every sign of it is quadratic.
_IN_CURRENCY = re.compile(
    rf"(?<!\s)\s*+[(\[]\s*+(?:in\s++)?({CURRENCY})\s*+[)\]]$|(?<!\s)\s++in\s++({CURRENCY})$"
    r"|(?<=[^\W_])[\s_\-–,]++([€$£]|eur|usd|gbp|chf|jpy|cad|aud|nzd|sek|nok|dkk|czk|pln|huf|brl|mxn|inr|zar|sgd|hkd)$",
    re.IGNORECASE,
)


def field_name(header: str) -> str:
    """The header without what tools put before and after a field's own name."""
    return _AFTER.sub("", _BEFORE.sub("", header.strip("* ")))


@functools.lru_cache(maxsize=10_000)
def split_header(header: str) -> tuple[str, str]:
    """Object named before a dash (“” when none) and the header's words, lower case without accents.

    “Deal - Won time” → (“deal”, “won time”); “AccountId” → (“”, “account id”); “# Employees” → (“”,
    “number employees”). A header in another language becomes the English one it stands for
    (“Kundennummer” → “account id”), where a table has it or all the terms it is made of. A header
    longer than LONGEST_HEADER says nothing.
    """
    text = header_unit(one_header(header).strip("\ufeff*: \t\r\n")).rest
    text = _IN_CURRENCY.sub("", text)
    found = _OBJECT_PREFIX.match(text)
    named = OBJECTS[found.group(1).lower()] if found else ""
    words = _IN_ZONE.sub(
        "", _AROUND.sub("", plain_words(field_name(found.group(2) if found else text)))
    )
    english = _english().get(_key(words.removesuffix(" percent"))) or header_in_english(words)
    return named, english or words


def header_currency(header: str) -> str:
    """The ISO code of the currency that a header names at its end, “” if it names none: “Value
    (EUR)” → “EUR”.
    """
    text = one_header(header).strip("\ufeff*: \t\r\n")
    if header_unit(text).currency:
        return header_unit(text).currency
    found = _IN_CURRENCY.search(text)
    sign = next((part for part in found.groups() if part), "") if found else ""
    return CODES_BY_SIGN.get(sign.casefold(), "")


@functools.lru_cache(maxsize=1)
def _english() -> dict[str, str]:
    """Headers of other languages without blanks → the English header they stand for."""
    return {
        _key(plain_words(word)): english
        for word, english in read_word_lists("header_words", "english").items()
    }


def _key(words: str) -> str:
    """What words of a header are looked up by."""
    return squeeze(fold_letters(words))
