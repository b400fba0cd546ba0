"""Headers that mean the same thing about a company, as data: “Headcount” is “Number of Employees”.

Comes in: a header. Goes out: the name of its meaning, “” when it is in no list. Separate because it
is a list to extend: a prospect list comes from another tool than the CRM export the rubric was made
from.
"""

from __future__ import annotations

from functools import cache

from icp_engine.intake.columns.header_words import split_header
from icp_engine.values.plain_words import squeeze

MEANINGS: dict[str, str] = {
    "headcount": "number of employees|employees|employee count|num employees|no of employees|headcount|"
    "number employees|head count|staff|company size|size|fte|ftes|mitarbeiter|anzahl mitarbeiter|effectif|empleados|"
    "nombre d'employes|numero de empleados|funcionarios|dipendenti|medewerkers|employee range|"
    "estimated num employees|company headcount",
    "revenue": "annual revenue|revenue|yearly revenue|company revenue|turnover|umsatz|jahresumsatz|chiffre d'affaires|"
    "ingresos|ingresos anuales|facturacion|receita|fatturato|omzet|annual revenue usd|estimated revenue|revenue range",
    "industry": "industry|sector|vertical|branche|industrie|secteur|secteur d'activite|industria|sector de actividad|"
    "setor|settore|industry sector|primary industry|market segment|line of business",
    "country": "country|country region|land|pays|pais|paese|nation|billing country|mailing country|country name|"
    "hq country|company country|country code|location country",
    "state": "state|state region|province|bundesland|billing state|provincia|departement|state province",
    "city": "city|town|stadt|ort|ville|ciudad|cidade|citta|stad|billing city|company city|location",
    "region": "region|territory|sales region|area|gebiet|regione",
    "founded": "year founded|founded|founded year|founding year|established|year established|grundungsjahr|gegrundet|"
    "annee de creation|fecha de fundacion|date founded",
    "funding stage": "funding stage|latest funding|last funding stage|funding round|last round|investment stage|"
    "latest funding stage|stage of funding|funding",
    "total funding": "total funding|funding total|total raised|total money raised|funding amount",
    "technology": "tech stack|technologies|technology|technologies used|web technologies|tools|tools used|stack|"
    "software used|technology stack|technographics",
    "crm": "crm|crm used|crm system|current crm|crm in use|crm tool",
    "cloud": "cloud|cloud provider|hosting|hosting provider|cloud platform|infrastructure",
    "growth": "headcount growth|employee growth|growth|headcount growth 12 months|employee growth rate|12 month growth|"
    "twelve month growth rate|headcount growth rate",
    "open roles": "open roles|open jobs|job openings|open positions|jobs open|openings|hiring",
    "business model": "business model|model|geschaftsmodell|revenue model|b2b or b2c|b2b b2c",
    "ownership": "ownership|ownership type|public or private|company type|legal form",
    "lead source": "lead source|source|original source|channel|acquisition channel|herkunft|lead origin|traffic source",
}


@cache
def _by_spelling() -> dict[str, str]:
    return {
        squeeze(split_header(phrase)[1]): meaning
        for meaning, text in MEANINGS.items()
        for phrase in text.split("|")
    }


def meaning_of(header: str) -> str:
    """The meaning of a header in this list, “” when it is in none."""
    return _by_spelling().get(squeeze(split_header(header)[1]), "")
