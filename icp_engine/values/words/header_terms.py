"""A header of another language in English, put together from the terms it is made of.

Comes in: a header's plain words. Goes out: the English header they make, “” where a word is unknown.
Separate because nobody can list every header: “Data wystawienia faktury” and “Rechnungsdatum” are both
a date and an invoice. Each language has its terms (`tables/header_terms.csv`, a row a term, “*” for any
ending, “-” for words that say nothing); what terms make together where that is more than their names in
a row stands in `tables/header_phrases.csv`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from icp_engine.values.plain_words import fold_letters, plain_words, squeeze
from icp_engine.values.reference_tables import read_reference

LONGEST = 80  # letters of a header that is put together from terms; a longer one is a sentence
ENDING = 4  # letters that may follow a term written with “*”; fewer after a short one
UNSPACED = frozenset(("Japanese", "Chinese", "Korean"))
# languages that write several terms as one word
COMPOUNDS = frozenset(
    ("German", "Dutch", "Swedish", "Danish", "Norwegian", "Finnish", "Hungarian", *UNSPACED)
)
# what a term may end with inside a word or before another: “Auftrag-s-nummer”, “faktura-ns”
_NORDIC = ("s", "n", "en", "et", "ns", "ens", "ets")
LINKS: dict[str, tuple[str, ...]] = {
    "German": ("s", "es", "e", "n", "en"),
    "Dutch": ("s", "en"),
    "Finnish": ("n", "en"),
    "Hungarian": ("e", "a", "i"),
    "Swedish": _NORDIC,
    "Danish": _NORDIC,
    "Norwegian": _NORDIC,
}
# The order in which terms make an English header: “unit” before “price”, “customer” before “name”
IN_ENGLISH = (
    *("expected", "actual", "annual", "monthly", "first", "last", "next", "total", "net", "gross"),
    *("unit", "line", "tax", "discount", "subscription", "contract", "company", "customer", "lead"),
    *("deal", "quote", "sales", "order", "invoice", "document", "transaction", "product", "ticket"),
    *(
        "contact",
        "campaign",
        "payment",
        "delivery",
        "employee",
        "industry",
        "revenue",
        "lost",
        "won",
    ),
    *("due", "paid", "issued", "created", "closed", "cancelled", "open", "start", "end", "since"),
    *("rep", "owner", "activity", "step", "subject", "group", "category", "currency", "country"),
    *(
        "city",
        "region",
        "quantity",
        "count",
        "price",
        "amount",
        "stage",
        "status",
        "type",
        "source",
    ),
    *("reason", "probability", "priority", "description", "notes", "code", "number", "id", "name"),
    *("date", "percent", "channel"),
)
# words that English shares with a language in which they may mean something else
_SHARED = ("text", "item", "prospect", "opportunity", "cause", "note", "incident", "demand", "real")
_OWN = (*IN_ENGLISH, *_SHARED, "of", "no", "num")
_OWN_ENDINGS = ("", "s", "es", "ed", "er", "ing", "al")
ENGLISH = {term + ending: ("english",) for term in _OWN for ending in _OWN_ENDINGS}


@dataclass(frozen=True)
class Language:
    """Terms by their letters without blanks; `stems`: those that take endings."""

    exact: Mapping[str, tuple[str, ...]]
    stems: Mapping[str, tuple[str, ...]]
    compounds: bool
    spaced: bool

    @property
    def longest(self) -> int:
        """Letters of the longest term."""
        return max(map(len, (*self.exact, *self.stems)))


@dataclass(frozen=True)
class Letters:
    """A header's letters without blanks; `begins` and `ends`: where its words do."""

    text: str
    begins: frozenset[int]
    ends: tuple[int, ...]


def header_in_english(words: str) -> str:
    """The English header that all words of a header make, by the first language that knows them all;
    “” where none does, and for what is English.
    """
    if len(words) > LONGEST or (len(words) < 2 and words.isascii()):
        return ""
    tokens = fold_letters(words).split()
    places = tuple(accumulate(map(len, tokens)))
    letters = Letters("".join(tokens), frozenset((0, *places[:-1])), places)
    read = (_terms_of(letters, language, longest) for language, longest in _languages())
    return _make(next(filter(None, read), frozenset()))


def _terms_of(letters: Letters, language: Language, longest: int) -> frozenset[str]:
    """The terms that cover a header from its first letter to its last, the fewest; none where some
    letter is left.
    """
    best: list[tuple[int, tuple[str, ...]] | None] = [None] * (len(letters.text) + 1)
    best[0] = (0, ())
    for place in range(len(letters.text)):
        so_far = best[place]
        if so_far is None:
            continue
        for end, terms in _from(letters, place, language, longest):
            known = best[end]
            if known is None or known[0] > so_far[0] + 1:
                best[end] = (so_far[0] + 1, (*so_far[1], *terms))
    found = best[-1]
    return frozenset(found[1]) if found else frozenset()


def _from(
    letters: Letters, place: int, language: Language, longest: int
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Terms that begin at `place`, with where they end."""
    begins = place in letters.begins
    if not begins and not language.compounds:
        return
    for end in range(place + 1, min(place + longest, len(letters.text)) + 1):
        terms = language.exact.get(letters.text[place:end])
        if terms is not None and _may_stand(begins, end in letters.ends, end - place, language):
            yield end, terms
    word_end = next(end for end in letters.ends if end > place)
    for end in range(word_end, max(place, word_end - ENDING - 1), -1):
        terms = language.stems.get(letters.text[place:end])
        if terms is not None and word_end - end <= end - place - 2:
            yield word_end, terms
            return


def _may_stand(begins: bool, ends: bool, length: int, language: Language) -> bool:
    """Whether a term may stand there: inside a word only where words are put together, and short
    ones only at its end.
    """
    if not language.spaced:
        return True
    if not language.compounds or length == 1:
        return begins and ends
    return ends or length > 2


def _make(terms: frozenset[str]) -> str:
    """The English header of these terms."""
    phrase = "" if "english" in terms else _phrases().get(terms)
    return phrase if phrase is not None else " ".join(t for t in IN_ENGLISH if t in terms)


@lru_cache(maxsize=1)
def _phrases() -> dict[frozenset[str], str]:
    """Sets of terms → the English header they make; “” where they say too little."""
    return {
        frozenset(terms.split()): row["english"]
        for row in read_reference("header_phrases")
        for terms in row["terms"].split("|")
    }


@lru_cache(maxsize=1)
def _languages() -> tuple[tuple[Language, int], ...]:
    """Every language of the table with the length of its longest term, in the table's order."""
    exact: dict[str, dict[str, tuple[str, ...]]] = {}
    stems: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in read_reference("header_terms"):
        name = row["language"]
        terms = () if row["english"] == "-" else tuple(row["english"].split())
        for spelling in row["words"].split("|"):
            word = squeeze(fold_letters(plain_words(spelling)))
            of = stems if spelling.endswith("*") else exact
            of.setdefault(name, {}).setdefault(word, terms)
    found = [(english := Language(ENGLISH, {}, compounds=True, spaced=True), english.longest)]
    for name, spelled in exact.items():
        compounds, spaced = name in COMPOUNDS, name not in UNSPACED
        linked = {
            word + link: terms
            for word, terms in spelled.items()
            for link in LINKS.get(name, ())
            if len(word) > 3
        }
        signs = {"percent": ("percent",)}  # what becomes of “%”
        language = Language({**signs, **linked, **spelled}, stems.get(name, {}), compounds, spaced)
        found.append((language, language.longest))
    return tuple(found)
