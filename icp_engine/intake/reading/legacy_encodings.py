"""Which of the encodings of before Unicode a text is in, told by language.

Comes in: bytes that are no UTF-8. Goes out: the encoding whose letters make the likeliest words.
Separate because it is a guess, and what it rests on are tables of letters: every byte is a letter in
some encoding, but only in the right one are they the frequent letters of one language, in words.
"""

from __future__ import annotations

import math
import re
from collections import Counter

_SAMPLE = 1 << 20
_MOST_HIGH = 8_000  # bytes that are no ASCII: enough to tell, few enough to try each encoding
_NOT_HIGH = bytes(range(0x80))
# letters of a language beyond a–z, the frequent ones first; in other scripts all of them
_WESTERN = (
    "äüößéàèç", "éèàçêôîùûâëïœ", "ñóáíéúü¿¡", "ãçáéóíõêâúàô", "òàèéùìí", "åäöéü", "øåæéöä",
    "ëéïèöüóê", "ðþáíéóúöæý", "çàéèíòóúï·",
)  # fmt: skip
_CENTRAL = (
    "łóąężśćńź", "áíéěýřčžšůúťďňó", "áéíóúýčšžľťňäôďĺŕ", "éáóöőíüúű", "čšžćđ", "ăîâşţșț", "äüößéë",
)  # fmt: skip
_TURKISH = ("ıiüşçğöİâ",)
_BALTIC = ("ėųšžįąčęū", "āīēšūžņļķģč", "õäöüšž")
_RUSSIAN = (
    "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
    "оаинеітвркслудпмяьзгбчйжхцюєїшщфґ",
    "аоиетнсвръдлпкмзябугчцжшщхфюьй",
    "аиоенјстрвдукмлпзгбшчцњљжхфћџђ",
)
_GREEK = ("αοιετσνηυρπκμλςωγδάίόχθφβέξζύήώψϊϋ",)
_ARABIC = ("المينتروبدعسكفقحجهةشأصطخضزثذءغىئظإؤآ", "اینردمتوهسبشکزفگلعخقجپحصآطضغچثذظژ")
_HEBREW = ("יוהלארמתבשנדקעחכפםטגצסןזךףץ",)
_THAI = ("านรอกเงยลมวสดทัตหปคแขพชบ่้ีิไำโใุูถผซจญธศณษฐภฟฝื์ึฮฉๆ",)
_LANGUAGES: dict[str, tuple[str, ...]] = {  # the first of equals is taken
    "cp1252": _WESTERN, "cp1250": _CENTRAL, "iso8859_2": _CENTRAL, "iso8859_15": _WESTERN,
    "cp1254": _TURKISH, "cp1257": _BALTIC, "iso8859_13": _BALTIC,
    "mac_roman": _WESTERN, "mac_latin2": _CENTRAL, "mac_turkish": _TURKISH,
    "cp850": _WESTERN, "cp852": _CENTRAL, "cp857": _TURKISH,
    "cp1251": _RUSSIAN, "koi8_r": _RUSSIAN, "koi8_u": _RUSSIAN, "iso8859_5": _RUSSIAN,
    "cp866": _RUSSIAN, "mac_cyrillic": _RUSSIAN,
    "cp1253": _GREEK, "iso8859_7": _GREEK, "cp1255": _HEBREW, "iso8859_8": _HEBREW,
    "cp1256": _ARABIC, "iso8859_6": _ARABIC, "cp874": _THAI,
}  # fmt: skip
_LATIN = frozenset({*_WESTERN, *_CENTRAL, *_TURKISH, *_BALTIC})
# signs that stand in names and offices again and again, by script
_COMMON = {
    "cp932": "株式会社田中山本日東京大阪市高橋商事工業電機村井川産有限西南北野部名受注失金額円成約合業種製造小売",
    "euc_jp": "株式会社田中山本日東京大阪市高橋商事工業電機村井川産有限西南北野部名受注失金額円成約合業種製造小売",
    "gb18030": "有限公司科技股份集团中国北京上海市深圳广州东南西江省区电子商贸工业信息技术发展实业金额客户成交的一",
    "big5": "有限公司股份科技集團中國台灣北市電子商貿工業資訊發展實業金額客戶成交新華國際東南西高雄的一是灣",
    "cp949": "주식회사한국서울부산대구인천성삼전자산업기술테크이가지의정시스템김박최사고객명금액성공실패제조",
}
EAST_ASIAN = frozenset(_COMMON)  # two bytes a sign
_KANA = re.compile(r"[\u3041-\u30fe\u30fc]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_HALF_KANA = re.compile(r"[\uff61-\uff9f]")
_LETTERS = [chr(code) for code in (*range(0x41, 0x180), *range(0x370, 0x460))]
_LOWER, _UPPER = (
    "".join(letter for letter in _LETTERS if is_it(letter)) for is_it in (str.islower, str.isupper)
)
_CASE_BREAK = re.compile(f"[{_LOWER}](?=[{_UPPER}])")
_NEIGHBOURS = re.compile(r"[A-Za-z](?=[^\x00-\x7f\W\d_])|[^\x00-\x7f\W\d_](?=[A-Za-z])")
# a capital that stands alone: “5.100,00 €” read as “5.100,00 Ä”
_ALONE = re.compile(
    f"(?<![A-Za-z{_LOWER}{_UPPER}])(?=[^A-Z])[{_UPPER}](?![A-Za-z{_LOWER}{_UPPER}])"
)
# signs that stand in no word: “£ód ¯ó³w” is “Łód żółw” in another encoding
_IN_WORD = re.compile(r"[£¥±²³§©®\u02c0-\u02ff\u2500-\u259f](?=[^\W\d_])")
_RUN = re.compile(r"[^\x00-\x7f\W\d_]{3,}")
_WORD = re.compile(r"[^\x00-@\[-`{-~]+")
_USUAL_SIGNS = dict.fromkeys("“”‘’–—«»„…€£¥±°№\u00a0®™©§·²³•㈱㈲①②③、。・（）", -6.0)
_RARE = {"cp1257": -4.0} | dict.fromkeys(
    ("mac_latin2", "mac_turkish", "cp857", "cp852", "cp850", "iso8859_13"), -5.0
)
_BROKEN, _STRANGE, _FOREIGN, _ODD = -16.0, -9.0, -8.0, -3.0
Letters = dict[str, float]


def guess_legacy(content: bytes) -> str:
    """The likeliest encoding of text that is no UTF-8, by Python's name."""
    sample = _lines_with_high_bytes(content[:_SAMPLE])
    scores = {name: _likelihood(sample, name) for name in (*_LANGUAGES, *_COMMON)}
    return max(scores, key=lambda name: scores[name])


def _lines_with_high_bytes(content: bytes) -> bytes:
    """Lines that tell something, each once; whole lines, since a sign may take several bytes."""
    kept, high = [], 0
    for line in dict.fromkeys(content.splitlines()):
        telling = len(line.translate(None, _NOT_HIGH))
        if telling:
            kept.append(line)
            high += telling
        if high > _MOST_HIGH:
            break
    return b"\n".join(kept)[: 20 * _MOST_HIGH]


def _likelihood(sample: bytes, encoding: str) -> float:
    """Log of how likely the bytes are as text of one of the encoding's languages."""
    try:
        text = sample.decode(encoding, "replace")
    except LookupError:
        return -math.inf
    words = set(_WORD.findall(text))  # a sign behind every price is one piece of evidence
    signs = Counter(sign for word in words for sign in word if sign > "\x7f")
    if encoding in _COMMON:
        return _east_asian(text, signs, encoding)
    languages = _LANGUAGES[encoding]
    score = max(_letters_score(signs, _frequencies(letters)) for letters in languages)
    score += _RARE.get(encoding, 0.0)
    out_of_place = len(_ALONE.findall(text)) + len(_IN_WORD.findall(text))
    score += _ODD * (len(_CASE_BREAK.findall(text)) + 2 * out_of_place)
    if languages[0] in _LATIN:
        return score + _ODD * sum(len(run) - 2 for run in _RUN.findall(text))
    return score + _ODD * len(_NEIGHBOURS.findall(text))


def _frequencies(letters: str) -> Letters:
    """Log of each letter's share: the n-th is about 1/n as frequent; capitals a fifth of that."""
    total = sum(1 / (place + 2) for place in range(len(letters)))
    found: Letters = {}
    for place, letter in enumerate(letters):
        share = 1 / (place + 2) / total
        found.setdefault(letter, math.log(share))
        found.setdefault(letter.upper(), math.log(share / 5))
    return found


def _letters_score(signs: Counter[str], known: Letters) -> float:
    return sum(times * (known.get(sign) or _unknown(sign)) for sign, times in signs.items())


def _unknown(sign: str) -> float:
    if sign == "\ufffd" or "\x80" <= sign <= "\x9f" or "\ue000" <= sign <= "\uf8ff":
        return _BROKEN
    return _USUAL_SIGNS.get(sign) or (_FOREIGN if sign.isalpha() else _STRANGE)


def _east_asian(text: str, signs: Counter[str], encoding: str) -> float:
    """Two bytes a sign; kana, Hangul and signs of the first, frequent part of a set are likely."""
    common = frozenset(_COMMON[encoding])
    score = sum(times * _ideograph(sign, encoding, common) for sign, times in signs.items())
    return score + _ODD * len(_NEIGHBOURS.findall(text))


def _ideograph(sign: str, encoding: str, common: frozenset[str]) -> float:
    if sign in common:
        return -5.0
    if sign in _USUAL_SIGNS:
        return -7.0
    if _KANA.match(sign) and encoding in ("cp932", "euc_jp"):
        return -5.0
    if _HALF_KANA.match(sign):
        return _FOREIGN if encoding != "cp932" else -6.0
    if _HANGUL.match(sign) and encoding == "cp949":
        return (
            -7.5 if sign.encode("cp949")[0] >= 0xB0 and sign.encode("cp949")[1] >= 0xA1 else -14.0
        )
    if not "\u4e00" <= sign <= "\u9fff":
        return _BROKEN if _unknown(sign) == _BROKEN else -10.0
    return -8.3 if _is_frequent(sign.encode(encoding), encoding) else -13.0


def _is_frequent(code: bytes, encoding: str) -> bool:
    """Whether a sign stands in the part of its set that holds the frequent ones."""
    first, second = code[0], code[1]
    if encoding == "cp932":
        return 0x88 <= first <= 0x97 or (first == 0x98 and second <= 0x72)
    if encoding == "euc_jp":
        return 0xB0 <= first <= 0xCF
    if encoding == "gb18030":
        return 0xB0 <= first <= 0xD7 and second >= 0xA1
    return encoding == "big5" and 0xA4 <= first <= 0xC6
