"""Which NAICS 2022 industry a text means: “FinTech”, “Gesundheitswesen” or “541511”.

Comes in: one text of an industry column. Goes out: its code and sector, None where nothing fits.
Separate because the tables grow by hand and because a guess must stay a proposal: exact words and
known synonyms first, near spellings last. Source: U.S. Census Bureau, NAICS 2022 (sectors,
subsectors and the industry groups that synonyms need).
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from icp_engine.values.plain_words import plain_words
from icp_engine.values.reference_tables import read_reference, read_word_lists

_NAICS = re.compile(r"\A\s*+(?:naics\s*+)?(\d{2,6})(?:\.0)?\s*+")
_FILLERS = re.compile(r"\b(industry|industries|sector|company|companies|branche)\b")
_NEAR = 90.0  # share of letters (0–100) from which a misspelled word counts as the known one
_SHORTEST_NEAR = 7


@dataclass(frozen=True)
class Industry:
    """A NAICS 2022 code (two to six digits, or a sector's range) and the title of its sector."""

    code: str
    title: str
    sector: str


@functools.lru_cache(maxsize=1)
def _titles() -> dict[str, str]:
    return {row["code"]: row["title"] for row in read_reference("naics")}


@functools.lru_cache(maxsize=1)
def _sectors() -> dict[str, str]:
    """Two digits → title of the sector; “31-33” stands for 31, 32 and 33."""
    sectors = {}
    for code, title in _titles().items():
        first, _, last = code.partition("-")
        if len(first) == 2:
            sectors.update({str(two): title for two in range(int(first), int(last or first) + 1)})
    return sectors


@functools.lru_cache(maxsize=1)
def industry_words() -> dict[str, str]:
    """{plain words: code} of every synonym and official title; the synonym wins."""
    titles = {key_words(title): code for code, title in reversed(_titles().items())}
    synonyms = {
        key_words(word): code for word, code in read_word_lists("industry_words", "code").items()
    }
    return titles | synonyms


def key_words(text: str) -> str:
    """Plain words without “and”, so that “Health & Beauty” equals “health and beauty”."""
    spoken = _FILLERS.sub(" ", plain_words(text.casefold().replace("_", " ")))
    return " ".join(
        word for word in spoken.split() if word not in ("and", "und", "et", "y", "e", "the", "of")
    )


@functools.lru_cache(maxsize=20_000)
def find_industry(text: str) -> Industry | None:
    """The industry a text names; None where it is in no table, or its words point to different
    sectors.
    """
    code = _by_number(text) or _by_words(key_words(text))
    if code is None:
        return None
    nearest = next(
        code[:digits]
        for digits in range(len(code), 0, -1)
        if code[:digits] in _titles() or digits <= 2
    )
    return Industry(code, _titles().get(nearest, _sectors()[code[:2]]), _sectors()[code[:2]])


def _by_number(text: str) -> str | None:
    found = _NAICS.fullmatch(text.casefold())
    return found[1] if found and found[1][:2] in _sectors() else None


def _by_words(words: str) -> str | None:
    known = industry_words()
    if words in known:
        return known[words]
    return _by_part(words, known) or _by_near_spelling(words, known)


def _by_part(words: str, known: dict[str, str]) -> str | None:
    """The longest known phrases inside a longer text, if all of them lie in one sector."""
    tokens = words.split()
    if not 2 <= len(tokens) <= 10:
        return None
    spans = [
        (start, stop)
        for size in range(min(4, len(tokens)), 0, -1)
        for start in range(len(tokens) - size + 1)
        if " ".join(tokens[start : (stop := start + size)]) in known
    ]
    taken: list[tuple[int, int]] = []
    for start, stop in spans:  # longest first; a phrase inside a longer one says nothing of its own
        if not any(start < end and begin < stop for begin, end in taken):
            taken.append((start, stop))
    codes = [known[" ".join(tokens[start:stop])] for start, stop in taken]
    if not codes or len({_sectors()[code[:2]] for code in codes}) > 1:
        return None
    covered = sum(stop - start for start, stop in taken)
    if covered * 2 < len(tokens):
        return None
    return codes[0] if len(set(codes)) == 1 else _sector_code(codes[0])


def _sector_code(code: str) -> str:
    """The sector's own code: 541 → 54, 334 → 31-33."""
    return next(known for known, title in _titles().items() if title == _sectors()[code[:2]])


def _by_near_spelling(words: str, known: dict[str, str]) -> str | None:
    # loaded when asked for: start-up stays light
    from rapidfuzz import fuzz, process

    if len(words) < _SHORTEST_NEAR:
        return None
    near = {word: word for word in known if word[:1] == words[:1]}
    found = process.extractOne(words, near, scorer=fuzz.ratio, score_cutoff=_NEAR)
    return known[found[0]] if found else None


def naics_sector(text: str) -> str | None:
    """Title of the NAICS 2022 sector."""
    found = find_industry(text)
    return found.sector if found else None


def naics_code(text: str) -> str | None:
    """NAICS 2022 code with its title: “5132 Software Publishers”."""
    found = find_industry(text)
    return f"{found.code} {found.title}" if found else None
