"""Which columns of companies, deals and events name a person: by the header, and by what the values
look like.

Comes in: a header's words and values. Goes out: yes or no. Separate because roles keep such columns
away from every comparison, and what is stored without people leaves them out, by the same rule.
"""

from __future__ import annotations

import functools
import re

from icp_engine.intake.columns.who_knew.sellers import says_who_sold
from icp_engine.types import Series
from icp_engine.values.plain_words import plain_words, squeeze
from icp_engine.values.reference_tables import read_word_lists

NAMES_A_PERSON = "names a person"
NAMES = frozenset(
    {
        "name",
        "fullname",
        "contactname",
        "contactperson",
        "contact",
        "primarycontact",
        "maincontact",
        "personname",
        "person",
        "ansprechpartner",
        "kontakt",
        "kontaktperson",
        "interlocuteur",
        "contacto",
        "persona",
        "respondent",
        "interviewee",
        "nameofcontact",
        "associatedcontact",
        "associatedcontacts",
        "middlename",
        "salutation",
        "mobilephonenumber",
        "mobile",
        "mobilephone",
        "linkedinprofile",
        "linkedinurl",
        "personlinkedinurl",
        "twitter",
    }
)
# Headers that may name a person, or may say what somebody does: the values decide
_MAY_NAME = re.compile(
    r"\b(contacts?|kontakt\w*|ansprechpartner\w*|interlocuteur|contacto|contatto|contato|contactpersoon|referente"
    r"|responsable|responsabile|ceo|cfo|cto|cio|coo|founders?|geschaftsfuhr\w*|inhaber\w*|vorstand|dirigeant\w*|gerant\w*"
    r"|gerente|titolare|jednatel|prezes|vd|decision ?makers?|entscheider\w*|champion|sponsor|stakeholder|signatory"
    r"|(signed|referred|recommended|introduced|empfohlen|created|updated|modified|entered|approved|invited) (by|von)"
    r"|referrer|key person|persona?|respondent|interviewee"
    r"|participants?|attendees?|author|admin|primary user|first user"
    r"|(recommande|presente|parraine|introduit|cree) (par|e par)|parrain|(recomendado|referido|presentado|creado) por"
    r"|(indicado|criado) por|(segnalato|presentato|creato) da|(doorverwezen|aangebracht|aangemaakt) door"
    r"|polecony przez|doporucil|rekommenderad av|anbefalt av|anbefalet af|suosittelija|vermittelt (von|durch)"
    r"|empfehlung von|angelegt von|erfasst von|tippgeber\w*|beirat|aufsichtsrat|board member|investor|mentor)\b"
)
# What a header says of things: two capitalised words under it are no person's name
_OF_THINGS = re.compile(
    r"\b(products?|produkt\w*|produits?|productos?|produtos?|prodott[oi]|cit(y|ies)|town|place|stadt|ort|ville|ciudad|cidade"
    r"|citta|plaats|miasto|mesto|region\w*|state|province|county|country|land|pays|pais|paese|location\w*|address|street"
    r"|industr\w*|sector|sektor|branche|settore|setor|vertical|segment\w*|plan|tier|package|edition|platform|software|tools?"
    r"|system\w*|erp|crm|stack|vendor|supplier|competitor\w*|wettbewerb\w*|incumbent|provider|source|quelle|channel|kanal"
    r"|campaign\w*|event|brand|marke|model|category|kategorie|type|typ|class|status|stage|service\w*|department|abteilung"
    r"|university|school|hotel|bank|airport|station|language|currency|title|position|funktion|theme|topic|airline|hospital)\b"
)
_PERSON = re.compile(
    r"\A(?:(?:dr|prof|mr|mrs|ms|herr|frau|mme|sr|sra|sig|dhr|mevr|pan|pani)\.? )*[^\W\d_][\w'’.-]*,?"
    r"(?: (?:van|von|de|der|den|di|da|la|le|del|dos|el|al|bin|zu))*"
    r"(?: [^\W\d_][\w'’.-]*){1,3}",
    re.IGNORECASE,
)
_INITIAL = re.compile(
    r"\A[^\W\d_]\.? ?[^\W\d_]?\.? [^\W\d_][\w'’-]+\Z|\A[^\W\d_][\w'’-]+,? [^\W\d_]\.\Z"
)
_FIRM = re.compile(
    r"\b(gmbh|ag|kg|ug|se|inc|llc|ltd|limited|corp|plc|sarl|sas|sa|srl|spa|bv|nv|oy|ab|as|aps|sro|zoo|kk|group|holding|&"
    r"|university|college|bank|partners|consulting|solutions|software|systems|technologies|services|team)\b",
    re.IGNORECASE,
)
# Towns that begin with a word before a saint's or a man's name: San Jose, Fort Wayne, St. Louis
_TOWNS = "san santa santo sao saint st ste fort port lake mount los las el la new north south east west villa ville"
_BEFORE_A_TOWN = frozenset(_TOWNS.split(" "))
_TITLES = frozenset(
    ("dr", "prof", "mr", "mrs", "ms", "herr", "frau", "mme", "sr", "sra", "sig", "pan", "pani")
)
_FIRM_WORD = re.compile(_FIRM.pattern.replace("(", "(?:", 1))  # pandas warns of groups
FIRMS = 0.3  # share of names of firms that say so
MOSTLY = 0.8  # share of values that look like a first and a last name
LEAST_PEOPLE = 8  # different values, or four in ten rows; fewer are answers such as “Finance lead”
FIRST_NAMES = (
    0.5  # share of the different values with a first name that is known, where no header tells
)
FEW_FIRST_NAMES = 0.25  # and where the header may name people
SAMPLE = 300


def names_people(words: str, values: Series) -> bool:
    """Whether a column that is no account's or deal's name names persons; `words` are those of its
    header.
    """
    if words != "name" and squeeze(words) in NAMES:
        return True
    if _MAY_NAME.search(words):
        return look_like_people(values) or looks_like_people(values, FEW_FIRST_NAMES)
    if says_who_sold(words, "text"):
        return False  # asked on its own: teams and numbers sell as well
    least = 0.9 if _OF_THINGS.search(words) else FIRST_NAMES
    return looks_like_people(values, least)


def looks_like_people(values: Series, least: float = FEW_FIRST_NAMES) -> bool:
    """Whether the different values are names of people: shaped like first and last name, and so many
    of them (`least`, 0–1) with a first name that is known, in either order.
    """
    different = _different(values)
    if len(different) < 2:
        return False
    shaped = [text for text in different if is_shaped_like_a_name(text)]
    if len(shaped) < MOSTLY * len(different):
        return _are_first_names(different)
    known = sum(has_first_name(text) or bool(_INITIAL.match(text)) for text in shaped)
    return known >= least * len(different) and known >= 2


def is_shaped_like_a_name(text: str) -> bool:
    """Two to four words, the first and the last with a capital, no sign of a firm."""
    if not _PERSON.fullmatch(text) or _FIRM.search(text):
        return False
    parts = text.split()
    return all(part[:1].isupper() or not part[:1].islower() for part in (parts[0], parts[-1]))


def has_first_name(text: str) -> bool:
    """Whether a text of several words begins with a known first name, or ends with one (“Nagy Péter”,
    “Schmidt, Anna”) and is no town (“San Jose”).
    """
    words = plain_words(text.replace("'", "").replace("’", "")).split()
    titled = len(words) > 1 and words[0] in _TITLES
    words = words[titled:]
    if len(words) < 2:
        return titled
    known = first_names()
    return words[0] in known or (words[-1] in known and words[0] not in _BEFORE_A_TOWN)


@functools.lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """First names of many languages, in plain words."""
    return frozenset(read_word_lists("first_names", "language"))


def _different(values: Series) -> list[str]:
    filled = values.dropna().astype("str").str.strip()
    return [text for text in filled[filled != ""].unique()[:SAMPLE] if text]


def _are_first_names(different: list[str]) -> bool:
    """“Anna”, “Jens”, “Łukasz”: four and more, nearly all known."""
    known = sum(plain_words(text) in first_names() for text in different)
    return len(different) >= 4 and known >= 0.9 * len(different)


def look_like_people(values: Series) -> bool:
    """Shape alone, where the header may name people: many different ones."""
    filled = values.dropna().astype("str").str.strip()
    filled = filled[filled != ""].iloc[:SAMPLE]
    if filled.nunique() < min(LEAST_PEOPLE, max(2.0, 0.4 * len(filled))):
        return False
    return float(filled.map(is_shaped_like_a_name).mean()) >= MOSTLY


def names_firms(values: Series) -> bool:
    """Whether many values carry a legal form or another word of firms (“Nordwind GmbH”)."""
    texts = values.dropna().astype("str").str.slice(0, 200).iloc[:SAMPLE]
    return (
        len(texts) > 0 and float(texts.str.contains(_FIRM_WORD.pattern, case=False).mean()) >= FIRMS
    )
