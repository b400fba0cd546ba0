"""Words that carry meaning in any column: spellings of missing, of yes and no, and how spellings
are compared.

Comes in: cell texts. Goes out: folded texts, word lists, and what says yes or no. Separate because parsing, type
inference, roles and joins must all take the same two spellings for equal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile
from types import MappingProxyType

import pandas as pd

from icp_engine.types import Series
from icp_engine.values.plain_words import OWN_LETTERS
from icp_engine.values.reference_tables import read_reference

# “none” and “no” are absent on purpose: they are real answers in CRM columns.
MISSING_WORDS: frozenset[str] = frozenset(
    {
        "",
        "n/a",
        "n.a.",
        "n.a",
        "na",
        "n/d",
        "#n/a",
        "#n/a n/a",
        "#na",
        "<na>",
        "null",
        "(null)",
        "nan",
        "-nan",
        "nat",
        "nil",
        "unknown",
        "(unknown)",
        "unknwon",
        "unbekannt",
        "inconnu",
        "desconocido",
        "unknown / non-applicable",
        "not known",
        "not available",
        "not specified",
        "not provided",
        "not set",
        "not disclosed",
        "not applicable",
        "not reported",
        "no data",
        "no value",
        "(no value)",
        "(blank)",
        "blank",
        "empty",
        "(empty)",
        "undefined",
        "unspecified",
        "unassigned",
        "missing",
        "keine angabe",
        "k.a.",
        "k. a.",
        "non renseigné",
        "select",
        "--select--",
        "-- select --",
        "select...",
        "please select",
        "bitte wählen",
        "--none--",
        "-none-",
        "-",
        "--",
        "---",
        "–",
        "—",
        ".",
        "..",
        "...",
        "?",
        "??",
        "???",
        "tbd",
        "tbc",
        "tba",
        "to be defined",
        "to be confirmed",
        "#name?",
        "#value!",
        "#ref!",
        "#div/0!",
        "#num!",
        "#null!",
        "#error!",
        "#error",
        "#####",
        "######",
        "#######",
        "########",
    }
)

# Words that may mean something else (a code, a stage, sand): where a column is not all of one
# language's yes and no, they are read only beside their other side
BESIDE_ONLY: frozenset[str] = frozenset(
    {
        *("j", "o", "s", "д", "н", "co", "ya", "sand", "sai", "on", "off", "enabled", "disabled"),
        *("checked", "unchecked", "○", "〇", "◯", "⭕", "◎", "×", "✕", "✖", "□", "正", "有", "無"),
    }
)
# A column of one such word alone is yes or no only where its header asks a question
COUNTS_OR_CODES: frozenset[str] = frozenset({"1", "0", "1.0", "0.0", "x", "n", "t", "f", "y"})
# English and figures, which stand among the words of every language
COMMON: frozenset[str] = frozenset({"yes", "no", "true", "false", "1", "0"})
DISTINCT_MAX = 40  # spellings; no column of yes and no has more

HASHES = re.compile(r"#{2,}")  # what a spreadsheet shows where a column is too narrow
# 8.1E+09: a long number of which only the start is shown
ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+[0-9]{1,3}")

_ACCENTS = re.compile("[\u0300-\u036f]")
_BLANKS = re.compile(r"\s+")
# A point, comma or hyphen between digits tells 1.5 from 15 and 1-5 from 15, so it stays.
_ASCII_NOISE = re.compile(r"(?<=.)(?<!\d)[-.,]|[-.,](?!\d)|[^\w.,+#<>%=-]|_")
_WHOLE = re.compile(r"^([01]),0$")
_MINUS_GRADE = re.compile(r"\w-")


def fold(text: str) -> str:
    """The spelling used to compare: case, accents, blanks and punctuation removed, so “Fin-tech”
    equals “fintech ”.

    Signs that tell values apart stay: “C++”, “C#”, “A-”, “<50”, “1-5”, “1.5”. A text of nothing but
    punctuation folds to itself.
    """
    lowered = _BLANKS.sub(" ", text.casefold()).strip()
    if _MINUS_GRADE.fullmatch(lowered):
        return lowered
    if not lowered.isascii():
        lowered = (
            _ACCENTS.sub("", unicodedata.normalize("NFKD", lowered)).replace("–", "-").casefold()
        )
    if lowered.isascii():
        folded = _ASCII_NOISE.sub("", lowered)
    else:
        folded = "".join(
            letter
            for letter in lowered
            if unicodedata.category(letter)[0] in "LMN" or letter in "+#<>%="
        )
    return folded or lowered


@dataclass(frozen=True)
class YesNo:
    """What one language (or a way to tick boxes) says for yes and for no, as `yes_no_word` spells
    it.
    """

    language: str
    yes: frozenset[str]
    no: frozenset[str]

    def holds(self, words: frozenset[str]) -> bool:
        """Whether every word is a yes or a no of this language."""
        return words <= self.yes | self.no

    def forms(self, words: frozenset[str]) -> bool:
        """Whether the words hold both its yes and its no."""
        return bool(words & self.yes) and bool(words & self.no)


@lru_cache(maxsize=1)
def yes_no_pairs() -> tuple[YesNo, ...]:
    """The one list of yes and no: the rows of `tables/yes_no_words.csv`; one row more is a language
    more.
    """
    return tuple(
        YesNo(row["language"], _words_in(row["yes"]), _words_in(row["no"]))
        for row in read_reference("yes_no_words")
    )


def _words_in(cell: str) -> frozenset[str]:
    return frozenset(yes_no_word(word) for word in cell.split("|"))


@lru_cache(maxsize=1)
def _alone() -> dict[str, bool]:
    """What a word says where no other word tells: as the first row that holds it (“x” is ticked)."""
    said: dict[str, bool] = {}
    for pair in yes_no_pairs():
        for word in sorted(pair.yes | pair.no):
            said.setdefault(word, word in pair.yes)
    return said


def yes_no_word(text: str) -> str:
    """The spelling by which answers are compared: no case, accents, blanks or points around it;
    “NÃO. ” is “nao”, “1,0” is “1.0”, a tick keeps its sign without the emoji mark.
    """
    word = text.casefold().strip()
    if not word.isascii():
        spelled = unicodedata.normalize("NFKD", word)
        kept = (c for c in spelled if unicodedata.category(c) not in ("Mn", "Cf"))
        word = "".join(kept).casefold().translate(OWN_LETTERS)
    word = _BLANKS.sub(" ", word).strip()
    if any(letter.isalpha() for letter in word):
        return _without_points(_without_points(word)[::-1])[::-1]
    return _WHOLE.sub(r"\1.0", word.rstrip("."))


def _without_points(word: str) -> str:
    """The word from its first letter on; a vowel sign is no letter to `str`, but no point either."""
    return "".join(dropwhile(lambda letter: unicodedata.category(letter)[0] in "PZSC", word))


def read_yes_no(texts: Iterable[str]) -> dict[str, bool]:
    """Each of a column's different texts that says yes (True) or no (False).

    Texts are read by the pair they form: “x” beside “✓” is a no, alone it is ticked. What is
    neither is left out.
    """
    words = {text: yes_no_word(text) for text in texts}
    said = _meant(frozenset(words.values()))
    return {text: said[word] for text, word in words.items() if word in said}


def _meant(words: frozenset[str]) -> dict[str, bool]:
    pairs = sorted(_formed(words), key=lambda pair: -len(words & (pair.yes | pair.no)))
    said: dict[str, bool] = {}
    for pair in pairs:
        for word in words & (pair.yes | pair.no):
            said.setdefault(word, word in pair.yes)
    known, one_language = _alone(), any(pair.holds(words) for pair in yes_no_pairs())
    for word in words:
        if word in known and (one_language or word not in BESIDE_ONLY):
            said.setdefault(word, known[word])
    return said


def _formed(words: frozenset[str]) -> list[YesNo]:
    return [pair for pair in yes_no_pairs() if pair.forms(words)]


def says_yes_or_no(texts: Iterable[str]) -> bool:
    """Whether every text is a yes or a no, under a header that asks for one. Languages may mix; a
    word of `BESIDE_ONLY` needs its other side.
    """
    words = frozenset(yes_no_word(text) for text in texts)
    beside = frozenset().union(*(pair.yes | pair.no for pair in _formed(words)))
    return bool(words) and words <= _meant(words).keys() and not (words - beside) & BESIDE_ONLY


def is_yes_no_column(texts: Collection[str], asked: bool) -> bool:
    """Whether texts are yes and no whatever the header: all of one language, or beside each
    language's yes its no. `asked`: the header is a question, so that a lone “x” or “1” is an answer.
    """
    if not 0 < len(texts) <= DISTINCT_MAX:
        return False
    words = frozenset(yes_no_word(text) for text in texts)
    if len(words) == 1 and words <= BESIDE_ONLY | COUNTS_OR_CODES:
        return asked
    if any(pair.holds(words) for pair in yes_no_pairs()):
        return True
    beside = frozenset().union(*(pair.yes | pair.no for pair in _formed(words)))
    return words <= beside | COMMON


def pair_readings(texts: Collection[str]) -> dict[str, str]:
    """Words of a column that its pair reads otherwise than they are read alone: {“x”: “no”} beside
    ticks. A rule keeps them for the next list.
    """
    if len(texts) > DISTINCT_MAX:
        return {}
    said, known = _meant(frozenset(yes_no_word(text) for text in texts)), _alone()
    return {
        word: "yes" if said[word] else "no" for word in sorted(said) if said[word] != known[word]
    }


def yes_or_no(text: str, readings: Mapping[str, str] = MappingProxyType({})) -> bool | None:
    """One text by itself: True, False, or None. `readings`: what `pair_readings` found of its
    column.
    """
    word, known = yes_no_word(text), _alone()
    return known.get(yes_no_word(readings.get(word, word)), known.get(word))


def is_switch(text: str) -> bool:
    """Whether a text says how something stands (on, disabled) rather than answers a question."""
    return yes_no_word(text) in _switch_words()


@lru_cache(maxsize=1)
def _switch_words() -> frozenset[str]:
    switches = (pair for pair in yes_no_pairs() if pair.language == "switch")
    return frozenset(word for pair in switches for word in pair.yes | pair.no)


def fold_series(series: Series) -> Series:
    """`fold` of each value; missing stays missing. Index kept, text in and out."""
    codes, spellings = pd.factorize(series)
    folded = pd.Series([fold(str(spelling)) for spelling in spellings], dtype="str")
    result = (
        folded.take(codes.clip(0)).set_axis(series.index)
        if len(folded)
        else pd.Series(None, index=series.index, dtype="str")
    )
    return result.where(codes >= 0).rename(series.name)
