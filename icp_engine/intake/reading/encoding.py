"""Bytes of a text file in whatever encoding → UTF-8, and the encoding's name.

Comes in: bytes. Goes out: UTF-8 bytes without byte order mark. Separate because every text format
needs it, and because files are large: bytes are decoded piece by piece, never as one text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

_PIECE = 4 << 20
_SAMPLE = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
# in cp1252 signs and capitals, in Mac Roman ä é ö ü
_MAC_LETTER = re.compile(rb"[A-Za-z][\x80-\x9f](?=[A-Za-z])")
_WESTERN_LETTER = re.compile(rb"[A-Za-z][\xc0-\xff](?=[A-Za-z])")
_NOT_HIGH = bytes(range(0x80))
_NOT_LEADING = bytes(range(0xC0))  # what is left starts a sign of several bytes


def to_utf8(content: bytes) -> tuple[bytes, str]:
    """The content as UTF-8 without BOM, and the encoding it had; what cannot be decoded becomes
    “\ufffd”.

    utf-8, utf-16 and utf-32 are certain; cp1252, mac_roman, cp1251, shift_jis and gb18030 are
    guessed from the bytes.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return (
                _checked(content[len(mark) :])
                if encoding == "utf-8"
                else (_recode(content, encoding), encoding)
            )
    head = content[:2000]
    if len(head) >= 4 and head.count(0) > len(head) / 4:
        wide = "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
        return _recode(content, wide), "utf-16"
    return _checked(content)


def whole_text(text: str) -> str:
    """The text with each half of a surrogate pair that stands alone, which no file can hold, as “?”."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _pieces(content: bytes, encoding: str, errors: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    for start in range(0, len(content), _PIECE):
        yield decoder.decode(content[start : start + _PIECE], start + _PIECE >= len(content))


def _recode(content: bytes, encoding: str) -> bytes:
    return b"".join(
        piece.encode("utf-8", "replace") for piece in _pieces(content, encoding, "replace")
    )


def _decodes(content: bytes, encoding: str) -> bool:
    if encoding == "utf-8" and content.isascii():
        return True
    try:
        for _ in _pieces(content, encoding, "strict"):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _checked(content: bytes) -> tuple[bytes, str]:
    """UTF-8 as it is; with a few broken bytes repaired; anything else by the encoding its bytes
    look like.
    """
    if _decodes(content, "utf-8"):
        return content, "utf-8"
    repaired = _recode(content, "utf-8")
    broken = repaired.count("\ufffd".encode())
    if len(repaired.translate(None, _NOT_LEADING)) - broken > 5 * broken:
        return repaired, "utf-8"
    encoding = guess_encoding(content)
    return _recode(content, encoding), encoding


def guess_encoding(content: bytes) -> str:
    """The encoding of text that is no UTF-8: by whether high bytes stand alone, as accents do, or
    make whole words.
    """
    sample = content[:_SAMPLE]
    high = sample.translate(None, _NOT_HIGH)
    if high.count(b"\x82") + high.count(b"\x83") > 0.2 * len(high) and _decodes(
        content, "shift_jis"
    ):
        return "shift_jis"  # the bytes before every kana; alone they are rare signs elsewhere
    runs = _HIGH_RUN.findall(sample)
    if sum(map(len, runs)) < 3 * len(runs):
        mac, western = len(_MAC_LETTER.findall(sample)), len(_WESTERN_LETTER.findall(sample))
        return "mac_roman" if mac > western else "cp1252"
    if sum(byte >= 0xE0 for byte in high) > 0.6 * len(high):
        return "cp1251"
    return next((name for name in ("gb18030", "cp1251") if _decodes(content, name)), "cp1252")
