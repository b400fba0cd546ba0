"""A header or label as plain lower-case words.

Comes in: text. Goes out: words. Separate because headers, values and lists are compared by them.
"""

from __future__ import annotations

import re
import unicodedata

# letters that bear no accent which could be taken off, and how people without the key write them
OWN_LETTERS = str.maketrans({"ı": "i", "ł": "l", "đ": "d", "ø": "o"})
LETTERS = OWN_LETTERS | str.maketrans({"æ": "ae", "œ": "oe"})  # with those written as two
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_WORD = re.compile(r"[^\W_]+")


def plain_words(text: str) -> str:
    """Words in lower case without accents, split at capitals and punctuation."""
    text = text.replace("#", " number ").replace("%", " percent ")
    text = _WORD_START.sub(" ", text)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = unicodedata.normalize("NFC", text).casefold()  # syllables of Hangul are whole again
    text = text.translate(OWN_LETTERS)
    return " ".join(_WORD.findall(text))


def squeeze(words: str) -> str:
    """The words without spaces, so that “dealname”, “deal name” and “DealName” compare equal."""
    return words.replace(" ", "")


def fold_letters(words: str) -> str:
    """Plain words with letters such as ł and æ as people without the key write them."""
    return words.translate(LETTERS)
