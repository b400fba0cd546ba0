"""Words that carry meaning in any column: spellings of missing, of yes and no, and how spellings
are compared.

Comes in: cell texts. Goes out: folded texts and word lists. Separate because parsing, type
inference, roles and joins must all take the same two spellings for equal.
"""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

from icp_engine.types import Series

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

# Pairs per language, so that a column of “S” and “N” counts as boolean but “S”, “M”, “L” does not.
BOOLEAN_PAIRS: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (frozenset({"yes", "y"}), frozenset({"no", "n"})),
    (frozenset({"true", "t"}), frozenset({"false", "f"})),
    (frozenset({"1", "1.0"}), frozenset({"0", "0.0"})),
    (frozenset({"ja", "j"}), frozenset({"nein", "n", "nee", "nej"})),
    (frozenset({"wahr"}), frozenset({"falsch"})),
    (frozenset({"oui", "o"}), frozenset({"non", "n"})),
    (frozenset({"vrai"}), frozenset({"faux"})),
    (frozenset({"si", "sí", "sì", "s"}), frozenset({"no", "n"})),
    (frozenset({"sim", "s"}), frozenset({"não", "nao", "n"})),
    (frozenset({"verdadero", "verdadeiro", "vero"}), frozenset({"falso"})),
    (frozenset({"on", "checked", "x", "✓", "✔"}), frozenset({"off", "unchecked"})),
    (
        frozenset({"ano", "áno", "tak", "да", "da", "так"}),
        frozenset({"ne", "nie", "нет", "nu", "не", "ні"}),
    ),
    (
        frozenset({"prawda", "pravda", "истина", "sant", "sann", "sandt", "tosi", "igaz"}),
        frozenset({"fałsz", "nepravda", "ложь", "falskt", "usann", "falsk", "epätosi", "hamis"}),
    ),
    (frozenset({"kyllä", "igen", "evet", "ναι"}), frozenset({"ei", "nem", "hayır", "όχι"})),
    (
        frozenset({"是", "はい", "예", "네", "نعم", "כן"}),
        frozenset({"否", "いいえ", "아니오", "아니요", "لا", "לא"}),
    ),
    (frozenset({"enabled"}), frozenset({"disabled"})),
)
TRUE_WORDS: frozenset[str] = frozenset().union(*(yes for yes, _ in BOOLEAN_PAIRS))
FALSE_WORDS: frozenset[str] = frozenset().union(*(no for _, no in BOOLEAN_PAIRS))

HASHES = re.compile(r"#{2,}")  # what a spreadsheet shows where a column is too narrow
# 8.1E+09: a long number of which only the start is shown
ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+[0-9]{1,3}")

_ACCENTS = re.compile("[\u0300-\u036f]")
_BLANKS = re.compile(r"\s+")
# A point, comma or hyphen between digits tells 1.5 from 15 and 1-5 from 15, so it stays.
_ASCII_NOISE = re.compile(r"(?<=.)(?<!\d)[-.,]|[-.,](?!\d)|[^\w.,+#<>%=-]|_")
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
