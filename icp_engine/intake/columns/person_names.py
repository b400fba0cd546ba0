"""Which columns of companies, deals and events name a person: by the header, and by what the values
look like.

Comes in: a header's words and values. Goes out: yes or no. Separate because roles keep such columns
away from every comparison, and what is stored without people leaves them out, by the same rule.
"""

from __future__ import annotations

import re

from icp_engine.types import Series
from icp_engine.values.plain_words import squeeze

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
    r"|(signed|referred|recommended|introduced|empfohlen) (by|von)|referrer|key person|persona?|respondent|interviewee"
    r"|participants?|attendees?|author|admin|primary user|first user)\b"
)
_PERSON = re.compile(
    r"\A(?:(?:dr|prof|mr|mrs|ms|herr|frau|mme|sr|sra)\.? )*[^\W\d_][\w'’.-]+(?: (?:van|von|de|der|den|di|da|la|le))*"
    r"(?: [^\W\d_][\w'’.-]*){1,3}",
    re.IGNORECASE,
)
MOSTLY = 0.8  # share of values that look like a first and a last name
LEAST_PEOPLE = 8  # different values, or four in ten rows; fewer are answers such as “Finance lead”
SAMPLE = 300


def names_people(words: str, values: Series) -> bool:
    """Whether a column that is no account's or deal's name names persons; `words` are those of its
    header.
    """
    if words != "name" and squeeze(words) in NAMES:
        return True
    return bool(_MAY_NAME.search(words)) and look_like_people(values)


def look_like_people(values: Series) -> bool:
    """Whether most values look like a first and a last name, and there are several of them."""
    filled = values.dropna().astype("str").str.strip()
    filled = filled[filled != ""].iloc[:SAMPLE]
    if filled.nunique() < min(LEAST_PEOPLE, max(2.0, 0.4 * len(filled))):
        return False
    capital = filled.str.split().map(
        lambda parts: all(part[:1].isupper() for part in (parts[0], parts[-1]))
    )
    return float((filled.str.fullmatch(_PERSON) & capital).mean()) >= MOSTLY
