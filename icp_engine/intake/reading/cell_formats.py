"""Number formats of a workbook's cells → the unit each cell style shows.

Comes in: the archive. Goes out: cell style → “%” or a currency's code. Separate because a format is
a little language of its own, and because only here it is known which words are currencies.
"""

from __future__ import annotations

import html
import re
import zipfile

from icp_engine.values.numbers import find_currency

_MOST_STYLES = 1 << 22  # bytes of the style sheet that are looked at
_MOST_TOLD = 2_000  # cell styles
_FORMAT = re.compile(r"<(?:\w{1,20}:)?numFmt\s([^<>]{1,2000})>")
_ID = re.compile(r"""\bnumFmtId\s?=\s?["']([0-9]{1,6})["']""")
_CODE = re.compile(r"""\bformatCode\s?=\s?(?:"([^"<>]*)"|'([^'<>]*)')""")
_CELL_STYLES = "cellXfs"
_STYLE = re.compile(r"<(?:\w{1,20}:)?xf\b([^<>]{0,2000})>")
_BRACKETS = re.compile(r"\[\$([^\]\-]{1,8})(?:-([0-9A-Fa-f]{1,8}))?\]")
_WORDS = re.compile(r'"([^"]{1,8})"|\\(.)|([$€£¥₹₽₺₩₪₫₴₦฿])')
_QUOTED = re.compile(r'"[^"]{0,99}"')
_PERCENTS = frozenset({"9", "10"})  # formats that need no code
# whose “$”, “¥” or “kr” it is, by the place a format names
_PLACES = {
    "1009": "CAD",
    "C0C": "CAD",
    "C09": "AUD",
    "1409": "NZD",
    "80A": "MXN",
    "416": "BRL",
    "804": "CNY",
    "411": "JPY",
    "414": "NOK",
    "406": "DKK",
    "41D": "SEK",
    "40F": "ISK",
    "4009": "INR",
    "1004": "SGD",
    "4809": "SGD",
    "C04": "HKD",
    "404": "TWD",
    "340A": "CLP",
    "2C0A": "ARS",
    "240A": "COP",
}


def find_units(archive: zipfile.ZipFile) -> dict[int, str]:
    """Cell style → the unit its format shows; styles without one are left out."""
    try:
        with archive.open("xl/styles.xml") as stream:
            text = stream.read(_MOST_STYLES).decode("utf-8", "replace")
    except KeyError:
        return {}
    units = dict.fromkeys(_PERCENTS, "%")
    for attributes in _FORMAT.findall(text):
        number, code = _ID.search(attributes), _CODE.search(attributes)
        if number and code:
            units[number[1]] = unit_of(html.unescape(code[1] or code[2] or ""))
    styles = text.split(_CELL_STYLES, 2)[1:2]
    found: dict[int, str] = {}
    for place, attributes in enumerate(_STYLE.findall(styles[0] if styles else "")):
        number = _ID.search(attributes)
        unit = units.get(number[1], "") if number else ""
        if unit and len(found) < _MOST_TOLD:
            found[place] = unit
    return found


def unit_of(code: str) -> str:
    """“%”, the currency a format code writes, or nothing."""
    first = code.split(";", 1)[0]
    for sign, place in _BRACKETS.findall(first):
        named = _PLACES.get(place.upper().lstrip("0")) if not sign.isalpha() or sign == "kr" else ""
        if currency := named or find_currency(f"{sign.strip()} 1"):
            return currency
    plain = _BRACKETS.sub("", first)
    words = "".join(one or two or three for one, two, three in _WORDS.findall(plain)).strip()
    if words and (currency := find_currency(f"{words} 1")):
        return currency
    return "%" if "%" in _QUOTED.sub("", plain) else ""
