"""Cut texts into words and two-word phrases that say something.

Comes in: texts. Goes out: phrases, and which text holds which. Separate because cutting knows
nothing of accounts or groups.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import numpy as np
from scipy import sparse

from icp_engine.traits.reasons import WORDS_FILE
from icp_engine.traits.silent_words import NEGATIONS, SILENT

SENTENCE_END = re.compile(r"(?<![.!?])[.!?]++(?:\s++|$)|[\n;:]+")
WORD = re.compile(r"[^\W\d_](?:[\w’'-]*[^\W_])?")
PERSONAL = re.compile(r"(?<!\S)\S[^\s@]*+@\S+|https?://\S+|www\.\S+|\+?\d[\d\s().-]{6,}\d")
PLAIN_WORD = re.compile(r"[a-z]{3,}")
SHORTEST = 3  # letters of a word that stands alone
LONGEST_TEXT = 4_000  # characters read of one text


def split_sentences(text: str) -> list[str]:
    """The sentences of a text, blanks trimmed, without e-mail addresses, links and telephone
    numbers.
    """
    cleaned = PERSONAL.sub(" … ", text[:LONGEST_TEXT])
    return [" ".join(part.split()) for part in SENTENCE_END.split(cleaned) if part.strip()]


def words_of(sentence: str) -> list[str]:
    """Its words, folded, in order."""
    return [word.casefold().replace("’", "'") for word in WORD.findall(sentence)]


@cache
def ordinary_words() -> frozenset[str]:
    """Words that speak of business even when somebody bears them as a name: Price, Long."""
    return (
        SILENT
        | NEGATIONS
        | frozenset(PLAIN_WORD.findall(WORDS_FILE.read_text(encoding="utf-8").lower()))
    )


def phrases_in(words: list[str], people: frozenset[str]) -> set[tuple[str, ...]]:
    """Words and two-word phrases that begin and end in a word that says something; a negation may
    lead a phrase.
    """
    said = [word if word not in people or word in ordinary_words() else "" for word in words]
    single = {
        (word,)
        for word in said
        if len(word) >= SHORTEST and word not in SILENT and word not in NEGATIONS
    }
    double = {
        (a, b)
        for a, b in pairwise(said)
        if a and b and a not in SILENT and b not in SILENT and b not in NEGATIONS
    }
    return single | double


def find_phrases(
    texts: list[str], people: frozenset[str]
) -> tuple[tuple[tuple[str, ...], ...], sparse.csr_matrix]:
    """All phrases, and a 0/1 matrix texts × phrases. `people`: folded names, never part of a
    phrase.
    """
    places: dict[tuple[str, ...], int] = {}
    rows: list[int] = []
    columns: list[int] = []
    for row, text in enumerate(texts):
        found = set().union(*(phrases_in(words_of(said), people) for said in split_sentences(text)))
        columns += [places.setdefault(phrase, len(places)) for phrase in sorted(found)]
        rows += [row] * len(found)
    shape = (len(texts), len(places))
    return tuple(places), sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
