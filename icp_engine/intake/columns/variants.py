"""Spellings of one level that stand beside each other in a column: “technolgy” and “technology”,
“USA” and “US”.

Comes in: levels with their rows, as they stand after spellings that differ only in case, blanks and
punctuation were read as one. Goes out: `Variants`, a level with the texts that seem to mean it and
why. Separate because it is a guess: it proposes, a person merges. Precision first: a pair is named
only where the difference looks like a slip of the hand or a known name, never where it may carry
meaning (a number, a short word, a single letter, a prefix, two known words).

Source: typing errors by optimal string alignment (Damerau 1964), computed by rapidfuzz.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from icp_engine.intake.columns.header_words import split_header
from icp_engine.values.industries import industry_words
from icp_engine.values.lengths import LONGEST_VALUE
from icp_engine.values.places import country_name, country_names, find_country
from icp_engine.values.plain_words import plain_words
from icp_engine.values.reference_tables import read_reference, read_word_lists

Sure = Literal["certain", "likely", "ask"]
Why = Literal["spelling", "country", "abbreviation"]

LEVELS_MAX = 2_000  # more levels than that are names
SHORTEST_TYPO = 5  # letters a word needs before one wrong letter is a slip rather than another word
SHORTEST_TWO = 9  # letters from which two slips are allowed
DOMINANCE = 5  # times as many rows the other spelling needs where no table knows either word
_INDUSTRY = re.compile(r"\b(industry|industries|sector|vertical|branche|secteur|settore)\b")
_COUNTRY = re.compile(r"\b(country|countries|land|pays|pais|paese|nation)\b")
_CITY = re.compile(
    r"\b(city|town|stadt|ort|ville|ciudad|cidade|citta|plaats|location|headquarters?|hq|miasto|mesto)\b"
)
COUNTRY_SHARE = 0.7  # share of rows that must be countries before levels are read as such
_OPPOSITES = (
    ("inter", "intra"),
    ("micro", "macro"),
    ("hyper", "hypo"),
    ("over", "under"),
    ("north", "south"),
    ("east", "west"),
    ("in", "ex"),
    ("im", "ex"),
    ("in", "out"),
    ("up", "down"),
    ("pre", "pro"),
)
_PREFIXES = (
    "non",
    "un",
    "in",
    "im",
    "dis",
    "anti",
    "pre",
    "post",
    "sub",
    "super",
    "inter",
    "intra",
    "multi",
    "semi",
)
_ENDINGS = ("s", "es")


@dataclass(frozen=True)
class Variants:
    """A level and the other texts that seem to mean it, with what the guess rests on."""

    level: str
    texts: tuple[str, ...]
    sure: Sure
    why: Why
    evidence: str


def find_variants(levels: Mapping[str, int], header: str = "") -> list[Variants]:
    """Groups of levels that seem to be one, the level with most rows first; each text is in one
    group at most.

    levels: level → rows; what is longer than LONGEST_VALUE is a sentence and stays. header: says
    whether short codes are countries.
    """
    levels = {text: rows for text, rows in levels.items() if len(text) <= LONGEST_VALUE}
    if len(levels) > LEVELS_MAX:
        return []
    if holds_countries(levels, header):
        return _same_country(levels)
    cities = _same_city(levels, header)
    levels = {
        text: rows
        for text, rows in levels.items()
        if not any(text in found.texts for found in cities)
    }
    near = _near_pairs(list(levels))
    groups: dict[str, list[tuple[str, Sure, Why, str]]] = {}
    taken: set[str] = set()
    for text in sorted(levels, key=lambda text: (levels[text], text)):
        found = _best_target(text, near.get(text, ()), levels)
        if found is not None and found[0] not in taken and text not in groups:
            groups.setdefault(found[0], []).append((text, *found[1:]))
            taken.add(text)
    variants = [_grouped(level, members, levels) for level, members in groups.items()]
    return (
        cities
        + variants
        + _misspelled_industries([text for text in levels if text not in taken], header)
    )


def _near_pairs(texts: list[str]) -> dict[str, list[str]]:
    """The other levels worth comparing with each: at most two letters apart, the same words, or its
    initials.
    """
    # loaded when asked for: start-up stays light
    import numpy as np
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cdist

    tokens = [_tokens(text) for text in texts]
    spoken = [" ".join(words) for words in tokens]
    near: dict[str, list[str]] = {text: [] for text in texts}
    apart = cdist(spoken, spoken, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)
    for first, second in zip(*np.nonzero(apart <= 2), strict=True):
        if first != second:
            near[texts[first]].append(texts[second])
    keys: dict[str, list[str]] = {}
    for text, words in zip(texts, tokens, strict=True):
        for key in {" ".join(sorted(words)), *_short_keys(words)}:
            keys.setdefault(key, []).append(text)
    for text, words in zip(texts, tokens, strict=True):
        wanted = {
            " ".join(sorted(words)),
            words[0][:3] if len(words) == 1 and text.strip().endswith(".") else "",
        }
        near[text] += [
            other for key in wanted if key for other in keys.get(key, ()) if other != text
        ]
    return near


def _short_keys(words: list[str]) -> set[str]:
    """What a level may be shortened to: its initials, or the first three letters of its only word."""
    return {"".join(word[0] for word in words)} if len(words) > 1 else {word[:3] for word in words}


def _misspelled_industries(texts: list[str], header: str) -> list[Variants]:
    """Levels of an industry column one slip away from a known industry that the column does not
    hold itself.
    """
    if not _INDUSTRY.search(plain_words(header)):
        return []
    found = []
    for text in texts:
        words = _tokens(text)
        if len(words) != 1 or words[0] in _known_words():
            continue
        near = [known for known in industry_words() if _is_slip(words[0], known)]
        if len(near) == 1:
            level = near[0].capitalize() if text[:1].isupper() else near[0]
            evidence = f"“{text}” is no word of its own and one slip away from “{level}”"
            found.append(Variants(level, (text,), "likely", "spelling", evidence))
    return found


def holds_countries(levels: Mapping[str, int], header: str = "") -> bool:
    """Whether a column names countries: most rows do, two-letter codes counting only under such a
    header.
    """
    codes = bool(_COUNTRY.search(plain_words(header)))
    known = sum(rows for text, rows in levels.items() if find_country(text, codes=codes))
    return known >= COUNTRY_SHARE * max(1, sum(levels.values()))


def _same_country(levels: Mapping[str, int]) -> list[Variants]:
    """Levels that name the same country; the commonest one stands."""
    groups: dict[str, list[str]] = {}
    near: dict[str, str] = {}
    for text in sorted(levels, key=lambda text: (-levels[text], text)):
        code = find_country(text)
        if code is None and (close := _near_country(text)) is not None:
            code, near[text] = close, close
        if code is not None:
            groups.setdefault(code, []).append(text)
    found = []
    for code, texts in groups.items():
        if len(texts) > 1 and any(text not in near for text in texts):
            level = next(text for text in texts if text not in near)
            others = tuple(text for text in texts if text != level)
            sure: Sure = "likely" if any(text in near for text in texts) else "certain"
            found.append(Variants(level, others, sure, "country", f"all name {country_name(code)}"))
        elif texts[0] in near:
            evidence = f"one slip away from {country_name(code)}"
            found.append(Variants(country_name(code), tuple(texts), "likely", "country", evidence))
    return found


def _same_city(levels: Mapping[str, int], header: str) -> list[Variants]:
    """Levels of a column of cities that name one city in several languages; the commonest one
    stands.
    """
    if not _CITY.search(split_header(header)[1]):
        return []
    named: dict[str, list[str]] = {}
    for text in sorted(levels, key=lambda text: (-levels[text], text)):
        if (city := read_word_lists("city_words", "city").get(plain_words(text))) is not None:
            named.setdefault(city, []).append(text)
    return [
        Variants(level, tuple(others), "certain", "spelling", f"all name {city}")
        for city, (level, *others) in named.items()
        if others
    ]


def _near_country(text: str) -> str | None:
    """The country whose name is one slip away, if it is the only one."""
    words = plain_words(text)
    near = {
        code for name, code in country_names().items() if len(name) > 5 and _is_slip(words, name)
    }
    return near.pop() if len(near) == 1 else None


def _best_target(
    text: str, near: Iterable[str], levels: Mapping[str, int]
) -> tuple[str, Sure, Why, str] | None:
    """The level that `text` seems to mean, commonest first, with how sure that is, why, and the
    evidence.
    """
    for other in sorted(set(near), key=lambda other: (-levels[other], other)):
        found = compare_levels(text, other, levels[text], levels[other])
        if found is not None:
            return (other, *found)
    return None


def compare_levels(
    text: str, other: str, rows: int, other_rows: int
) -> tuple[Sure, Why, str] | None:
    """Whether `text` looks like another writing of `other`; None where they may mean different
    things.
    """
    first, second = _tokens(text), _tokens(other)
    if (
        not first
        or not second
        or _numbers(first) != _numbers(second)
        or _signs(text) != _signs(other)
    ):
        return None
    if sorted(first) == sorted(second):
        if rows > other_rows or (rows == other_rows and text < other):
            return None
        return "likely", "spelling", "the same words but for order, accents or punctuation"
    if abbreviation := _abbreviates(text, first, second):
        return "ask", "abbreviation", abbreviation
    differing = [(a, b) for a, b in zip(first, second, strict=False) if a != b]
    if len(first) != len(second) or len(differing) != 1:
        return None
    return _compare_words(
        *differing[0], rows, other_rows, acronym=_is_acronym(text) and _is_acronym(other)
    )


def _compare_words(
    word: str, other: str, rows: int, other_rows: int, *, acronym: bool
) -> tuple[Sure, Why, str] | None:
    """Whether the one word that differs was mistyped, or is the other's plural."""
    known, other_known = word in _known_words(), other in _known_words()
    if acronym or _is_prefixed(word, other) or _is_opposite(word, other):
        return None
    if _is_plural(word, other):
        wins = other_rows > rows or (other_rows == rows and len(other) < len(word))
        return ("likely", "spelling", "one is the plural of the other") if wins else None
    if not _is_slip(word, other) or known:
        return None
    if other_known:
        return (
            "likely",
            "spelling",
            f"“{word}” is no word of its own and one slip away from “{other}”",
        )
    if other_rows >= DOMINANCE * rows:
        return (
            "ask",
            "spelling",
            f"one slip away from “{other}”, which is {other_rows // rows} times as common",
        )
    return None


def _tokens(text: str) -> list[str]:
    """Words in lower case without accents; a capital inside a word (“HubSpot”) does not split it."""
    return [
        word
        for word in plain_words(text.casefold()).split()
        if word not in ("and", "und", "et", "y", "the")
    ]


def _numbers(tokens: list[str]) -> list[str]:
    """What tells levels apart whatever the rest looks like: digits, single letters, words of up to
    three letters.
    """
    return sorted(
        token for token in tokens if len(token) < 4 or any(letter.isdigit() for letter in token)
    )


def _signs(text: str) -> str:
    return "".join(sign for sign in text if sign in "+#<>%=")


def _is_acronym(text: str) -> bool:
    """Names such as “MySQL” or “SAP” are no words in which a letter slips."""
    name = text.strip()
    return (
        sum(letter.isupper() for letter in name) > 2
        and " " not in name
        and (not name.isupper() or len(name) < 7)
    )


def _is_prefixed(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return any(long == prefix + short for prefix in _PREFIXES)


def _is_opposite(word: str, other: str) -> bool:
    """Whether only a prefix differs and the two prefixes say different things (“micro”, “macro”)."""
    return any(
        word.startswith(first) and other == second + word.removeprefix(first)
        for pair in _OPPOSITES
        for first, second in (pair, pair[::-1])
    ) or any(
        word.startswith(way) and other.startswith(way) for way in ("north", "south", "east", "west")
    )


def _is_plural(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return len(short) >= SHORTEST_TYPO - 1 and any(long == short + ending for ending in _ENDINGS)


def _is_slip(word: str, other: str) -> bool:
    """One letter missing, doubled, swapped or wrong; two in long words. First letters are hardly
    ever mistyped.
    """
    # loaded when asked for: start-up stays light
    from rapidfuzz.distance import OSA

    if word[:1] != other[:1] or min(len(word), len(other)) < SHORTEST_TYPO:
        return False
    if not (word.replace(" ", "").isalpha() and other.replace(" ", "").isalpha()):
        return False
    return 0 < OSA.distance(word, other) <= (2 if min(len(word), len(other)) >= SHORTEST_TWO else 1)


def _abbreviates(text: str, first: list[str], second: list[str]) -> str:
    """Why `text` is short for the other's words: initials in capitals (“SMB”), or a word cut short
    (“Mfg.”).
    """
    letters = text.strip().replace(".", "")
    if (
        3 <= len(letters) <= 5
        and letters.isupper()
        and letters.casefold() == "".join(word[0] for word in second)
    ):
        return f"“{text}” are the first letters of the other"
    alone = len(first) == len(second) == 1 and text.strip().endswith(".")
    if alone and 2 < len(first[0]) < len(second[0]) and second[0][:3] == first[0][:3]:
        return f"“{text}” is a word cut short"
    return ""


@functools.lru_cache(maxsize=1)
def _known_words() -> frozenset[str]:
    """Words of the tables (industries, places, common words of levels): a word that is one of them
    is not mistyped.
    """
    texts = [
        *industry_words(),
        *country_names(),
        *(row["name"] for row in read_reference("us_states")),
    ]
    texts += [row["city"] for row in read_reference("cities")] + [
        row["title"] for row in read_reference("naics")
    ]
    texts += list(read_word_lists("common_words", "what"))
    return frozenset(word for text in texts for word in plain_words(text).split())


def _grouped(
    level: str, members: list[tuple[str, Sure, Why, str]], levels: Mapping[str, int]
) -> Variants:
    """One group; it is as sure as its least sure member."""
    members = sorted(members, key=lambda member: (-levels[member[0]], member[0]))
    grades: tuple[Sure, ...] = ("certain", "likely", "ask")
    sure = max((member[1] for member in members), key=grades.index)
    evidence = "; ".join(dict.fromkeys(member[3] for member in members))
    return Variants(level, tuple(member[0] for member in members), sure, members[0][2], evidence)


__all__ = ["Variants", "compare_levels", "find_variants", "holds_countries"]
