"""E-mail addresses and phone numbers inside free text, replaced.

Comes in: texts people wrote. Goes out: the same texts without them. Separate because what is stored
without people, and what pages and documents show of reasons and notes, hide them by the same rule.
"""

from __future__ import annotations

import re

import pandas as pd

from icp_engine.types import Series

MAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++")
PHONE = re.compile(r"(?<![\w.])\+?\(?\d[\d ()/.-]{7,60}\d(?!\w)")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{2}\.\d{2}\.\d{4}")


def mask_contacts(values: Series) -> Series:
    """Free text with e-mail addresses and phone numbers replaced; dates and ids shorter than nine
    digits stay.
    """
    if not pd.api.types.is_string_dtype(values):
        return values
    return values.str.replace(MAIL, "[e-mail]", regex=True).str.replace(PHONE, _phone, regex=True)


def _phone(found: re.Match[str]) -> str:
    digits = sum(sign.isdigit() for sign in found[0])
    looks_like_a_date = DAY.match(found[0])
    return "[phone]" if digits >= 9 and not looks_like_a_date else found[0]
