"""What a value says of a sale or a customer in words of some thirty languages: won, lost, open,
left, staying, prospect, customer.

Comes in: the plain words of one value. Goes out: the sides they name; a word that is denied (“no
ganado”, “nicht gewonnen”) names the other side. Separate because the words are a table that grows
by a row a language, and what they are looked for is no pattern but a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from icp_engine.values.plain_words import LETTERS, plain_words, squeeze
from icp_engine.values.reference_tables import read_reference

Side = Literal["won", "lost", "open", "left", "stays", "prospect", "customer"]
SALE: tuple[Side, ...] = ("lost", "won", "open")
CUSTOMER: tuple[Side, ...] = ("left", "stays")
RELATION: tuple[Side, ...] = ("prospect", "customer")
UNSPACED = frozenset({"Japanese", "Chinese", "Korean", "Thai"})
LONGEST = 6  # words of the longest phrase
SHORTEST_STEM = 3
_ARTICLE = "ال"
DENIALS = frozenset(
    plain_words(word).translate(LETTERS)
    for word in (
        *("not", "never", "nicht", "nie", "pas", "jamais", "niet", "nooit", "nao", "ikke", "inte"),
        *("ej", "icke", "ei", "nem", "nu", "ne", "ni", "не", "ні", "δεν", "μη", "değil", "tidak"),
        *("belum", "khong", "chua", "لم", "غير", "ليس", "לא", "नहीं"),
    )
)
# “no” also stands before what it does not deny (“No, lost”), so that it denies only a win beside it
NO = frozenset(("no", "non"))
OTHER_SIDE: dict[Side, Side] = {
    "won": "lost",
    "left": "stays",
    "stays": "left",
    "customer": "prospect",
}
YET = frozenset(
    plain_words(word).translate(LETTERS)
    for word in (
        *("yet", "noch", "encore", "aun", "todavia", "ainda", "ancora", "nog", "jeszcze", "еще"),
        *("belum", "chua", "henuz", "ännu", "endnu", "ennå", "vielä", "még", "ještě", "още"),
    )
)
# One letter each: what W beside L says; letters that may stand beside them say that it is open
CODES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("w", "l", frozenset("opiand")),
    ("g", "v", frozenset("oia")),
    ("g", "p", frozenset("oacei")),
    ("v", "p", frozenset("oai")),
)


def fold_words(words: str) -> str:
    """Plain words with letters such as ł and ı as people without the key write them."""
    return words.translate(LETTERS)


def says_yet(words: str) -> bool:
    """Whether a value speaks of what is still to come (“not yet won”)."""
    return bool(YET & set(fold_words(words).split()))


def denies_loss(words: str) -> bool:
    """Whether a value speaks of a loss only to deny it (“not lost”)."""
    tokens = set(fold_words(words).split())
    return bool(DENIALS & tokens) and sale_side(words) is None


def sale_side(words: str) -> Side | None:
    """Won, lost or open by the words of one value; None where they say neither. Lost stands before
    won: “lost, competitor won”.
    """
    found = _sides(fold_words(words), SALE)
    return next((side for side in SALE if side in found), None)


def customer_side(words: str) -> Side | None:
    """Left or staying by the words of one value."""
    found = _sides(fold_words(words), CUSTOMER)
    return next((side for side in CUSTOMER if side in found), None)


def relation_side(words: str) -> Side | None:
    """Prospect or customer by the words of one value; “potential customer” is a prospect."""
    found = _sides(fold_words(words), RELATION)
    return next((side for side in RELATION if side in found), None)


def read_codes(texts: set[str]) -> dict[str, bool | None]:
    """What letters say where a column holds nothing else: W beside L. Empty where they are no such
    pair.
    """
    letters = {text: text.strip().casefold() for text in texts}
    for won, lost, beside in CODES:
        said = set(letters.values())
        if {won, lost} <= said <= {won, lost} | beside:
            meant = {won: True, lost: False}
            return {text: meant.get(letter) for text, letter in letters.items()}
    return {}


@lru_cache(maxsize=4096)
def _sides(words: str, wanted: tuple[Side, ...]) -> frozenset[Side]:
    tokens = [token.removeprefix(_ARTICLE) for token in words.split()]
    joined = squeeze(words)
    unspaced = next((side for phrase, side in _unspaced(wanted) if phrase in joined), None)
    if unspaced is not None:
        return frozenset({unspaced})
    return frozenset(_found(tokens, wanted))


def _found(tokens: list[str], wanted: tuple[Side, ...]) -> Iterator[Side]:
    """The side of each longest phrase, from left to right."""
    place = 0
    while place < len(tokens):
        side, length = _phrase_at(tokens, place, wanted)
        if side is not None:
            denied = _denied(tokens, place, length, side)
            if denied is not None:
                yield denied
        place += max(length, 1)


def _denied(tokens: list[str], place: int, length: int, side: Side) -> Side | None:
    """The side as it stands after what is said before it: “not won” is lost, “not yet won” open."""
    before = tokens[max(0, place - 2) : place]
    after = tokens[place + length : place + length + 1]
    beside = before[-1:] if not YET & set(before[-1:]) else before
    denied = bool(DENIALS & {*before, *after}) or (
        side in ("won", "stays", "customer") and bool(NO & set(beside))
    )
    if not denied:
        return side
    if side in ("won", "lost") and says_yet(" ".join(tokens)):
        return "open"
    return OTHER_SIDE.get(side)


def _phrase_at(tokens: list[str], place: int, wanted: tuple[Side, ...]) -> tuple[Side | None, int]:
    """The side and number of words of the longest known phrase that begins at `place`."""
    exact, stems = _phrases(wanted)
    for length in range(min(LONGEST, len(tokens) - place), 0, -1):
        phrase = " ".join(tokens[place : place + length])
        whole = length == len(tokens)
        side = exact.get(phrase) or (exact.get(f"={phrase}") if whole else None)
        if side is None and len(tokens[place + length - 1]) >= SHORTEST_STEM:
            starts = (phrase[:end] for end in range(len(phrase), SHORTEST_STEM - 1, -1))
            side = next((stems[start] for start in starts if start in stems), None)
        if side is not None:
            return side, length
    return None, 0


@lru_cache(maxsize=4)
def _phrases(wanted: tuple[Side, ...]) -> tuple[dict[str, Side], dict[str, Side]]:
    """Whole phrases and beginnings of words → side."""
    exact: dict[str, Side] = {}
    stems: dict[str, Side] = {}
    for language, side, phrase in _rows(wanted):
        if language in UNSPACED:
            continue
        said = fold_words(plain_words(phrase)).split()
        words = " ".join(token.removeprefix(_ARTICLE) for token in said)
        if phrase.endswith("*"):
            stems.setdefault(words, side)
        else:
            exact.setdefault(f"={words}" if phrase.startswith("=") else words, side)
    return exact, stems


@lru_cache(maxsize=4)
def _unspaced(wanted: tuple[Side, ...]) -> tuple[tuple[str, Side], ...]:
    """Phrases of scripts without blanks, longest first, so that 不成約 is found before 成約."""
    phrases = [
        (squeeze(fold_words(plain_words(phrase))), side)
        for language, side, phrase in _rows(wanted)
        if language in UNSPACED
    ]
    return tuple(sorted(phrases, key=lambda found: -len(found[0])))


def _rows(wanted: tuple[Side, ...]) -> Iterator[tuple[str, Side, str]]:
    for row in read_reference("outcome_words"):
        for side in wanted:
            for phrase in filter(None, row[side].split("|")):
                yield row["language"], side, phrase
