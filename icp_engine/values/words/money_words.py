"""How people write currencies and thousands: all ISO codes with their usual signs, scale words, units in headers.

Comes in: nothing, or a header. Goes out: word lists, and what a header says its numbers are in.
Separate because numbers, bands and headers all read the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from icp_engine.values.lengths import one_header
from icp_engine.wording.currency import CURRENCY_SIGNS

_CODES = (  # ISO 4217 without metals, funds and test codes
    "aed afn all amd aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd btn bwp"
    " byn bzd cad cdf chf clp"
    " cny cop crc cup cve czk djf dkk dop dzd egp ern etb eur fjd fkp gbp gel ghs gip gmd gnf"
    " gtq gyd hkd hnl hrk htg"
    " huf idr ils inr iqd irr isk jmd jod jpy kes kgs khr kmf kpw krw kwd kyd kzt lak lbp lkr"
    " lrd lsl lyd mad mdl mga"
    " mkd mmk mnt mop mru mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php"
    " pkr pln pyg qar ron rsd"
    " rub rwf sar sbd scr sdg sek sgd shp sle sos srd ssp stn svc syp szl thb tjs tmt tnd top"
    " try ttd twd tzs uah ugx"
    " usd uyu uzs ved ves vnd vuv wst xaf xcd xcg xof xpf yer zar zmw zwg"
)
# Codes that are words too: read only in capitals, in front only of amounts with a mark
WORDS_TOO = frozenset(
    [
        "all",
        "ars",
        "bam",
        "bob",
        "cad",
        "cop",
        "cup",
        "dop",
        "gel",
        "kid",
        "lak",
        "mad",
        "mop",
        "mur",
        "pen",
        "php",
        "r",
        "ron",
        "rub",
        "sar",
        "sek",
        "sos",
        "top",
        "try",
    ]
)
_SIGNS = (
    "AUD:a$ au$ $a aud$|ARS:ar$|AZN:₼|BAM:km|BBD:bds$|BDT:৳ tk tk.|BGN:лв"
    " лв.|BMD:bm$|BND:b$|BOB:bs.|BRL:r$ br$|BSD:bs$"
    "|BYN:br|BZD:bz$|CAD:c$ ca$ $ca cdn$|CHF:fr. sfr. sfr franken francs|CLP:clp$|CNY:rmb 元"
    " cn¥ 人民币 yuan|COP:col$|CRC:₡"
    "|CZK:kč kc koruna|DKK:dkr dkr.|DOP:rd$|EGP:e£ ج.م|EUR:euro euros eu €uro|FJD:fj$|GBP:gb£"
    " uk£ pounds|GEL:₾|GHS:gh₵ ₵ gh¢"
    "|GTQ:q.|GYD:gy$|HKD:hk$ $hk|HUF:ft ft. forint|IDR:rp rp.|ILS:₪ nis|INR:rs. rs"
    " rupees|ISK:ikr|JMD:j$|JPY:円 jp¥ yen ￥|KES:ksh"
    " kshs ksh.|KHR:៛|KRW:₩ 원 ￦|KZT:₸ тенге|LAK:₭|LBP:ل.ل|LKR:lkrs|LRD:l$|MAD:dh"
    " dhs|MNT:₮|MUR:mur.|MXN:mx$ mex$ pesos|MYR:rm"
    "|NAD:n$|NGN:₦|NOK:nkr|NZD:nz$ $nz|PEN:s/ s/.|PHP:₱|PKR:pkr.|PLN:zł zl zł."
    " złotych|PYG:₲|RON:lei leu|RSD:din. дин.|RUB:₽ руб. руб"
    " р. рублей|SAR:ر.س sr|SEK:kr. kr|SGD:s$ sg$ $sg|SRD:sr$|THB:฿ บาท|TRY:₺"
    " tl|TTD:tt$|TWD:nt$ ntd 台幣|TZS:tsh|UAH:₴ грн грн."
    "|UGX:ush|USD:us$ $us u$s dollar dollars|UYU:$u|UZS:soʻm so'm|VND:₫ đ"
    " vnđ|XAF:fcfa|XCD:ec$|XOF:cfa|AED:د.إ|AMD:֏|AFN:؋|ZAR:r"
)


def _codes_by_sign() -> dict[str, str]:
    found = {sign: code for code, sign in CURRENCY_SIGNS.items()}
    for entry in _SIGNS.split("|"):
        code, signs = entry.split(":", 1)
        found.update(dict.fromkeys(signs.split(), code))
    return {**found, **{code: code.upper() for code in _CODES.split()}}


# what stands in cells: the signs we write, read back, and how else people write a currency
CODES_BY_SIGN: dict[str, str] = _codes_by_sign()

_SCALE_WORDS = (
    (1e2, "百"),
    (
        1e3,
        "k tsd tsd. thousand thousands tausend tausende mille milliers mila miles duizend"
        " tusen tusind tuhatta ezer"
        " tys tys. tis tis. тыс тыс. тысяч хил. хиляди bin χιλ. ribu rb nghìn ngàn ألف אלף"
        " हजार 千 천",
    ),
    (1e4, "万 萬 만"),
    (1e5, "lakh lakhs lac lacs लाख 十万"),
    (
        1e6,
        "m mm mn mln mln. mio mio. mill mill. million millions millionen millón millones"
        " milhão milhões mi milione"
        " milioni miljoen miljoner millioner milj milj. milj milionów milionů milyon juta jt"
        " triệu tr мил. млн млн."
        " миллионов εκατ. مليون מיליון 百万 백만",
    ),
    (1e7, "crore crores cr cr. करोड़ 千万"),
    (1e8, "億 亿 억"),
    (
        1e9,
        "b bn mrd mrd. mld mld. md mds mds. bio milliard milliards milliarden billion"
        " billions miljard miljarder milyar"
        " miliar miliardi miliardów bi bilhão bilhões tỷ млрд млрд. δισ. مليار מיליארד",
    ),
    (1e12, "trn tn trillion trillions trilhões трлн 兆 조"),
)
SCALES: dict[str, float] = {
    word: factor for factor, words in _SCALE_WORDS for word in words.split()
}
# What only the currency beside it tells: “10 T€” is thousands, “$1.5T” is trillions
OPEN_SCALES = frozenset({"t", "mil", "mil.", "l"})
_THOUSAND_IS_MIL = frozenset(["EUR", "BRL", "MXN", "ARS", "CLP", "COP", "PEN", "UYU", "AOA"])


def scale_of(word: str, before: str, after: str) -> float | None:
    """The factor of a scale word beside the currency signs `before` and `after` the number; None
    where nothing tells.
    """
    if word not in OPEN_SCALES:
        return SCALES[word]
    code = CODES_BY_SIGN.get(before) or CODES_BY_SIGN.get(after)
    if code is None or (word == "l" and code != "INR"):
        return None
    if word == "l":
        return 1e5
    if word == "t":
        return 1e3 if after or code in ("EUR", "CHF") else 1e12
    return scale_of_mil(code, "mil")


def scale_of_mil(code: str, scale: str) -> float:
    """“R$ mil” and “000” are thousands, “$ mil” millions."""
    return 1e6 if scale == "mil" and code and code not in _THOUSAND_IS_MIL else 1e3


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of `words`, longest first so that “mio.” is not read as “m”."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# a word is no part of a longer one: the last letters of “users” are no rupees
_SIGNED = alternatives(word for word in CODES_BY_SIGN if not word[-1].isalpha())
_SPELLED = alternatives(word for word in CODES_BY_SIGN if word[-1].isalpha())
CURRENCY = rf"(?:{_SIGNED}|(?:{_SPELLED})(?![^\W\d_]))"
# a scale word ends where letters end, or where a currency begins (“TEUR”, “mkr”, “万円”)
SCALE = (
    rf"(?:(?!{CURRENCY})(?:{alternatives([*SCALES, *OPEN_SCALES])})(?=[^\w]|\d|_|\Z|{CURRENCY}))"
)

_GROUPED = r"(?:['’]?000s?|1[.,]?000)"
_WORDS_IN_HEADERS = alternatives(
    word
    for word in [*SCALES, "mil"]
    if (len(word) > 1 or not word.isascii())
    and word not in ("mi", "md", "tr", "jt", "rb", "bi", "tn", "cr")
)
_SIGN = alternatives(sign for sign in CODES_BY_SIGN if sign not in ("eu", "r"))
# “T€”, “Mio. EUR”, “千円” · “$M”, “USD '000”
_SCALE_THEN_SIGN = re.compile(
    rf"(?<![^\W_])(?P<scale>[tkmb]|{_GROUPED}|{_WORDS_IN_HEADERS})[ .]?(?P<sign>{_SIGN})(?![^\W_])",
    re.IGNORECASE,
)
_SIGN_THEN_SCALE = re.compile(
    rf"(?<![^\W_])(?P<sign>{_SIGN})[ _]?(?P<scale>[kmb]|{_GROUPED}|{_WORDS_IN_HEADERS})(?![^\W_])",
    re.IGNORECASE,
)
# “(in thousands)”, “[Mio.]”, “revenue in millions”, “ARR (k)”
_IN_BRACKETS = re.compile(
    rf"[(\[（]\s?(?:in|en|em|w|v|i|в|x|×)?\s?(?P<scale>[kmb]|{_GROUPED}|{_WORDS_IN_HEADERS})\s?[)\]）]",
    re.IGNORECASE,
)
_AT_THE_END = re.compile(
    rf"[\s_,](?:in|en|em|w|v|i|в|x|×)[\s_](?P<scale>{_GROUPED}|{_WORDS_IN_HEADERS})$"
    r"|[\s_,](?P<word>thousands|millions|billions|lakhs?|crores?|tsd\.?|mio\.?|mrd\.?|mln|mn)$",
    re.IGNORECASE,
)
_SMALL = re.compile(
    r"(?:(?<=[a-zé])[\s_]|[(\[])(?:in[\s_])?(?P<unit>micros?|cents|centavos|centimes|céntimos|"
    r"centesimi|pence|groszy|öre|øre)[)\]]?$"
    r"|[\s_,](?:in)[\s_](?P<one>cent)$",
    re.IGNORECASE,
)
# codes that people write in small letters right behind a scale (“teur”); others make words (“Bron”)
_SMALL_CODES = frozenset(
    (
        *("eur", "usd", "gbp", "chf", "jpy", "cad", "aud", "nzd", "sek"),
        *("nok", "dkk", "czk", "pln", "huf", "brl", "mxn", "inr"),
    )
)
_EMPTY_BRACKETS = re.compile(r"[(\[（][\s.]?(?:in|x|×)?\s?[)\]）]", re.IGNORECASE)
_LEFT_OVER = re.compile(r"(?<![\s_,–-])[\s_,–-]++(?:in)?$", re.IGNORECASE)


@dataclass(frozen=True)
class HeaderUnit:
    """What a header says its numbers are in: the header without it, the factor, the currency's code
    (“” where none is named).
    """

    rest: str
    factor: float = 1.0
    currency: str = ""


@lru_cache(maxsize=10_000)
def header_unit(header: str) -> HeaderUnit:
    """Thousands, millions or hundredths that a header names: “Umsatz T€ H1” → (“Umsatz H1”, 1000,
    “EUR”). A lone letter counts only beside a currency or in brackets.
    """
    text = one_header(header)
    for pattern in (_SCALE_THEN_SIGN, _SIGN_THEN_SCALE, _IN_BRACKETS, _AT_THE_END, _SMALL):
        match = pattern.search(text)
        if match and not _is_a_word(match):
            return _unit(text, match)
    return HeaderUnit(header)


def _is_a_word(match: re.Match[str]) -> bool:
    """Whether a scale and a currency's code are rather one word: “Bron”, “MwSt” beside “TEUR”."""
    if match.re is not _SCALE_THEN_SIGN or match.end("scale") != match.start("sign"):
        return False
    sign = match["sign"]
    code = len(sign) == 3 and sign.isalpha() and not sign.isupper()
    return code and sign.casefold() not in _SMALL_CODES


def _unit(text: str, match: re.Match[str]) -> HeaderUnit:
    parts = match.groupdict()
    sign = CODES_BY_SIGN.get((parts.get("sign") or "").casefold(), "")
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    rest = " ".join(_EMPTY_BRACKETS.sub(" ", rest).split())
    rest = _LEFT_OVER.sub("", rest)
    if match.re is _SMALL:
        return HeaderUnit(
            rest, 1e-6 if (parts["unit"] or "").casefold().startswith("micro") else 0.01
        )
    scale = (parts.get("scale") or parts.get("word") or "").casefold()
    factor = 1e3 if scale == "t" else SCALES.get(scale) or scale_of_mil(sign, scale)
    return HeaderUnit(rest, factor, sign) if rest else HeaderUnit(text)
