"""What column headers mean, as data: the spellings of HubSpot, Salesforce, Pipedrive, Zoho,
Dynamics and further languages.

Comes in: a header. Goes out: its object (“deal” in `Deal - Owner`) and plain words, and the tables
that `roles` and `kinds` look words up in. Separate because it is a list to extend, not logic: one
line adds a spelling. Spellings were taken from FORMATS.md and public exports; they are compared
without spaces, accents and case.
"""

# ruff: noqa: E501 - one line a rule keeps the tables readable
from __future__ import annotations

import functools
import re

from icp_engine.values.numbers import CODES_BY_SIGN, CURRENCY
from icp_engine.values.plain_words import plain_words, squeeze
from icp_engine.values.reference_tables import read_word_lists

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
# “Address 1: Country”, “Country of Address”
_OF_ADDRESS = re.compile(r"^address \d (?=[a-z])|(?<=[a-z]) of address$")
_IN_ZONE = re.compile(r" (utc|gmt)$")  # “Created (UTC)”
_IN_CURRENCY = re.compile(  # “Value (EUR)”, “Amount in €”, “ARR_USD”; codes that are words of their own only in brackets
    rf"\s*[(\[]\s*(?:in\s+)?({CURRENCY})\s*[)\]]$|\s+in\s+({CURRENCY})$"
    r"|(?<=\w)[\s_\-–,]+([€$£]|eur|usd|gbp|chf|jpy|cad|aud|nzd|sek|nok|dkk|czk|pln|huf|brl|mxn|inr|zar|sgd|hkd)$",
    re.IGNORECASE,
)


@functools.lru_cache(maxsize=10_000)
def split_header(header: str) -> tuple[str, str]:
    """Object named before a dash (“” when none) and the header's words, lower case without accents.

    “Deal - Won time” → (“deal”, “won time”); “AccountId” → (“”, “account id”); “# Employees” → (“”,
    “number employees”). A header in another language becomes the English one it stands for
    (“Kundennummer” → “account id”), where the table has it.
    """
    text = _IN_CURRENCY.sub("", header.strip("\ufeff*: \t\r\n"))
    found = _OBJECT_PREFIX.match(text)
    named = OBJECTS[found.group(1).lower()] if found else ""
    words = _IN_ZONE.sub("", _OF_ADDRESS.sub("", plain_words(found.group(2) if found else text)))
    english = _english().get(squeeze(words.removesuffix(" percent")))
    return named, english or words


def header_currency(header: str) -> str:
    """The ISO code of the currency that a header names at its end, “” if it names none: “Value
    (EUR)” → “EUR”.
    """
    found = _IN_CURRENCY.search(header.strip("\ufeff*: \t\r\n"))
    sign = next((part for part in found.groups() if part), "") if found else ""
    return CODES_BY_SIGN.get(sign.casefold(), "")


@functools.lru_cache(maxsize=1)
def _english() -> dict[str, str]:
    """Headers of other languages without blanks → the English header they stand for."""
    return {
        squeeze(word): english
        for word, english in read_word_lists("header_words", "english").items()
    }
