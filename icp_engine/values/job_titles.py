"""What a job title says of the person: which part of the firm, and how high up.

Comes in: job titles. Goes out: buying roles (“Finance”, “Technology”, …). Separate because it is a
list to extend, and because only the roles leave the contacts: names and addresses do not.
"""

from __future__ import annotations

import re

from icp_engine.types import Series
from icp_engine.values.plain_words import plain_words

_ROLES: tuple[tuple[str, str], ...] = (
    (
        "Management",
        r"\b(ceo|coo|cfo|cto|cio|cmo|cro|ciso|chief|founder|owner|president|managing director|geschaftsfuhr\w*"
        r"|inhaber\w*|vorstand\w*|directeur general|directrice generale|pdg|dirigeant\w*|gerant\w*"
        r"|gerente general|general manager|partner|director\w* general|consejer\w* delegad\w*"
        r"|amministrator\w* (delegat|unic)\w*|titolare|socio|socia|diretor\w* geral|algemeen directeur"
        r"|bestuurder|eigenaar|directeur eigenaar|verkstallande direktor|vd|administrerende direktor"
        r"|toimitusjohtaja|prezes|wlasciciel\w*|jednatel\w*|generalni reditel\w*)\b",
    ),
    (
        "Finance",
        r"\b(cfo|finance|financial|controll(er|ing)|account(ing|ant)|treasur\w*|buchhalt\w*|finanz\w*|comptab\w*"
        r"|financier\w*|finanzas|financeir\w*|finanziari\w*|contab\w*|tesorer\w*|financieel\w*|boekhoud\w*"
        r"|ekonomi\w*|okonomi\w*|talous\w*|ksiegow\w*|finansow\w*|financni\w*)\b",
    ),
    (
        "Technology",
        r"\b(cto|cio|ciso|it|engineer\w*|developer|devops|architect|software|technology|technical|data|security"
        r"|systems?|entwickl\w*|informati\w*|technik\w*|ingenieur\w*|technique|dsi|desarroll\w*|sistemas"
        r"|tecnolog\w*|ingenier\w*|engenhei\w*|sviluppat\w*|sistemi|ontwikkel\w*|automatisering|utvecklare"
        r"|udvikler|edb|programista|vyvoj\w*)\b",
    ),
    ("Marketing", r"\b(cmo|marketing|brand|growth|demand|content|communications?|seo|pr)\b"),
    (
        "Sales",
        r"\b(cro|sales|account (executive|manager)|business development|vertriebs?\w*|verkauf\w*|commerci\w*"
        r"|ventes|ventas|vendas|comercial|vendite|verkoop\w*|forsaljning\w*|salg\w*|myynti\w*|sprzedaz\w*"
        r"|handlow\w*|obchod\w*)\b",
    ),
    (
        "Operations",
        r"\b(coo|operations?|logistics?|supply chain|production|manufacturing|plant|facility|betriebs\w*|betrieb"
        r"|produktion\w*|werkleit\w*|exploitation|operaciones|operacoes|operazioni|produccion|producao"
        r"|produzione|logisti[ck]\w*|productie|drift\w*|produkcj\w*)\b",
    ),
    (
        "Purchasing",
        r"\b(procurement|purchas\w*|buyer|sourcing|einkauf\w*|beschaffung\w*|achats?|acheteu\w*|compras"
        r"|comprador\w*|acquisti|inkoop\w*|inkop\w*|indkob\w*|innkjop\w*|hankin\w*|zakup\w*|nakup\w*)\b",
    ),
    (
        "People",
        r"\b(hr|human resources|people|talent|recruit\w*|personal\w*|rh|drh|ressources humaines|recursos humanos"
        r"|risorse umane|personeel\w*|henkilosto\w*|kadr\w*)\b",
    ),
    ("Product", r"\b(product (manager|owner|lead|director)|head of product|cpo|ux|design\w*)\b"),
    ("Customer success", r"\b(customer (success|support|service)|support|kundenservice)\b"),
    (
        "Legal",
        r"\b(legal|counsel|lawyer|attorney|compliance|recht\w*|jurid\w*|juris\w*|avvocat\w*|legale|prawn\w*)\b",
    ),
)
ROLES = tuple((role, re.compile(pattern)) for role, pattern in _ROLES)


def find_roles(titles: Series) -> Series:
    """Roles each title names, as tags in the order of `ROLES`; missing where it names none. Index
    kept.
    """
    unique = {title: _roles_of(str(title)) for title in titles.dropna().unique()}
    return titles.map(unique)


def _roles_of(title: str) -> str | None:
    words = plain_words(title)
    found = [role for role, pattern in ROLES if pattern.search(words)]
    return "; ".join(found) or None
