"""Bytes of a text file in whatever encoding → UTF-8, and the encoding's name.

Comes in: bytes. Goes out: UTF-8 bytes without byte order mark. Separate because every text format
needs it, and because files are large: bytes are decoded piece by piece, never as one text.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator

from icp_engine.intake.reading.legacy_encodings import EAST_ASIAN, guess_legacy

_PIECE = 4 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LEAST_PROPER = 0.1  # of the lines with other letters, for two encodings to stand in one file
_NOT_LEADING = bytes(range(0xC0))  # what is left starts a sign of several bytes


def to_utf8(content: bytes) -> tuple[bytes, str]:
    """The content as UTF-8 without BOM, and the encoding it had; what cannot be decoded becomes
    “\ufffd”.

    utf-8, utf-16 and utf-32 are certain; those of before Unicode are guessed by `legacy_encodings`.
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
    if (mixed := _line_by_line(content)) is not None:
        return mixed
    repaired = _recode(content, "utf-8")
    broken = repaired.count("\ufffd".encode())
    if len(repaired.translate(None, _NOT_LEADING)) - broken > 5 * broken:
        return repaired, "utf-8"
    encoding = guess_legacy(content)
    return _recode(content, encoding), encoding


def _line_by_line(content: bytes) -> tuple[bytes, str] | None:
    """Lines of UTF-8 beside lines of an older encoding, as files put together have them, each by its
    own; None where the content is of one encoding.

    A line of one byte a letter is by chance no UTF-8, one of two bytes a letter may be.
    """
    proper, others = 0, []
    for line in io.BytesIO(content):
        if line.isascii():
            continue
        if _decodes(line, "utf-8"):
            proper += 1
        elif line.decode("utf-8", "ignore").isascii():
            others.append(line)
    if len(others) < 2 or proper < LEAST_PROPER * (proper + len(others)):
        return None
    encoding = guess_legacy(b"".join(others))
    if encoding in EAST_ASIAN:
        return None
    return (
        b"".join(
            line if _decodes(line, "utf-8") else _in_either(line, encoding)
            for line in io.BytesIO(content)
        ),
        f"utf-8 and {encoding}",
    )


def _in_either(line: bytes, encoding: str) -> bytes:
    """A line that is no UTF-8: damaged where it holds letters of it, else of the older encoding."""
    damaged = not line.decode("utf-8", "ignore").isascii()
    return _recode(line, "utf-8" if damaged else encoding)
