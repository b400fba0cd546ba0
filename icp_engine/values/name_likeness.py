"""How alike two company names or web addresses are, with the evidence in words.

Comes in: two names, or two domains. Goes out: a score 0–100 and a sentence, or nothing. Separate
because it is asked of keys that joined nothing and of accounts that may be one, and must never be
too bold: what differs in a number, a letter of its own or a region's name is another firm or
another part of it.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

from icp_engine.types import Series
from icp_engine.values.lengths import LONGEST_VALUE
from icp_engine.values.plain_words import plain_words

_LEGAL_FORMS = (
    "inc incorporated llc llp lp ltd limited plc corp corporation co company gmbh ag kg kgaa ug ohg gbr mbh se ev eg sa"
    " sas sarl sl slu srl spa snc bv nv vof cv oy oyj ab as asa aps kft zrt sro sp zoo z oo doo dd ood eood pty pte pvt"
    " private bhd sdn kk ltda eireli sab cia the and und et y e"
)
_PARTS = (
    "group holding holdings international global europe european emea apac americas america north south east west usa"
    " us uk germany deutschland france italia italy spain espana iberica iberia austria osterreich switzerland schweiz"
    " suisse netherlands nederland benelux belgium poland polska czech nordics nordic sweden norway denmark finland"
    " ireland india china japan korea singapore australia canada mexico brazil brasil latam africa asia middle eastern"
    " western central northern southern services solutions systems technologies technology software digital labs"
    " subsidiary branch"
)
JOINING = frozenset(("and", "the", "und", "et", "y", "e", "co"))
LEADING = frozenset(("ab", "oy", "ooo", "pt"))  # stand before the name in some countries
LEGAL_FORMS = frozenset(_LEGAL_FORMS.split())
# share 0–1 of different names that end in a legal form, in a list of companies
COMPANIES_LEAST = 0.25
PARTS = frozenset(_PARTS.split())
SECOND_LEVEL = frozenset(("co", "com", "org", "net", "gov", "edu", "ac"))
_SCANDINAVIAN = re.compile(r"\ba/s\b")
_INITIALS_POINT = re.compile(r"(?<=\b\w)\.(?=\w\b)")
_WORD = re.compile(r"[^\W_]+")
LEAST_LETTERS = 6  # a slip of the pen in a shorter name makes another name
LONG_LETTERS = 12


@dataclass(frozen=True)
class Likeness:
    """How alike two names are, 0–100, why, and whether one seems to be a part of the other."""

    score: float
    evidence: str
    part: bool = False


@functools.lru_cache(maxsize=200_000)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a company's name, folded, without its legal form; all words where nothing else
    is left.
    """
    text = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = _SCANDINAVIAN.sub("as", text)
    # “s.r.o.” → “sro.”
    text = _INITIALS_POINT.sub("", text.replace("&", " ").replace("+", " "))
    words = _WORD.findall(text)
    closing = _closing(words)
    kept = [
        word
        for place, word in enumerate(words)
        if word not in LEGAL_FORMS
        or not (word in JOINING or place >= closing or (not place and word in LEADING))
    ]
    return tuple(kept or words)


def _closing(words: list[str]) -> int:
    """The place from which a name ends: nothing follows but legal forms, or the name of a part
    (“Acme Inc Germany”).
    """
    place = len(words)
    while place and (words[place - 1] in LEGAL_FORMS or words[place - 1] in PARTS):
        place -= 1
    return place


def compare_names(first: str, second: str) -> Likeness | None:
    """How alike two names are; None where they are not, or where what differs tells them apart."""
    one, two = name_words(first), name_words(second)
    if not one or not two:
        return None
    if first.casefold().split() == second.casefold().split():
        return Likeness(97.0, f"both are called “{second}”")
    if one == two:
        return Likeness(96.0, f"“{first}” and “{second}” differ in their legal form only")
    if "".join(one) == "".join(two):
        return Likeness(95.0, f"“{first}” and “{second}” differ in blanks and legal form only")
    return _part(one, two, first, second) or _slip(one, two, first, second)


def _part(one: tuple[str, ...], two: tuple[str, ...], first: str, second: str) -> Likeness | None:
    """One name is the other with the words of a region or a group beside it."""
    short, long = sorted((one, two), key=len)
    if len(short) == len(long) or long[: len(short)] != short or len("".join(short)) < 4:
        return None
    more = long[len(short) :]
    if not set(more) <= PARTS:
        return None
    return Likeness(
        85.0,
        f"“{first}” and “{second}” share “{' '.join(short)}”; “{' '.join(more)}” is a part",
        True,
    )


def _slip(one: tuple[str, ...], two: tuple[str, ...], first: str, second: str) -> Likeness | None:
    """One or two letters differ in long words; numbers and single letters are equal."""
    # loaded when asked for: start-up stays light
    from rapidfuzz.distance import OSA

    if _tellers(one) != _tellers(two):
        return None
    left, right = " ".join(one), " ".join(two)
    if max(len(left), len(right)) > LONGEST_VALUE:  # no name, and time grows with the square
        return None
    letters = min(len(left), len(right))
    allowed = 0 if letters < LEAST_LETTERS else 1 if letters < LONG_LETTERS else 2
    distance = OSA.distance(left, right, score_cutoff=allowed)
    if not allowed or distance > allowed or _another_part(one, two):
        return None
    much = "one letter differs" if distance == 1 else f"{distance} letters differ"
    return Likeness(90.0 - 5.0 * (distance - 1), f"“{first}” and “{second}”: {much}")


def _tellers(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words that tell firms apart however alike the rest is: with digits, or of up to two letters."""
    return tuple(
        word for word in words if len(word) < 3 or any(letter.isdigit() for letter in word)
    )


def _another_part(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    return bool((set(one) ^ set(two)) & PARTS)


def compare_domains(first: str, second: str) -> Likeness | None:
    """Two web addresses of one name under other endings, or one below the other; None where they
    share nothing.
    """
    if first == second:
        return Likeness(97.0, f"both have the address {first}")
    if first.endswith(f".{second}") or second.endswith(f".{first}"):
        return Likeness(92.0, f"{first} and {second} are one address and a part of it", True)
    root = domain_root(first)
    if len(root) >= 4 and root == domain_root(second):
        return Likeness(82.0, f"{first} and {second} differ in their ending only", True)
    return None


def domain_root(domain: str) -> str:
    """The name in an address: “acme” of shop.acme.co.uk."""
    labels = domain.split(".")
    if len(labels) < 2:
        return domain
    ending = 2 if len(labels) > 2 and labels[-2] in SECOND_LEVEL else 1
    return labels[-ending - 1]


def are_companies(values: Series) -> bool:
    """Whether texts are names of companies, by the legal forms at their ends."""
    words = values.dropna().astype("str").drop_duplicates().map(plain_words).str.split()
    ends = words.map(lambda parts: len(parts) > 1 and parts[-1] in LEGAL_FORMS)
    return len(ends) > 1 and bool(ends.mean() >= COMPANIES_LEAST)
