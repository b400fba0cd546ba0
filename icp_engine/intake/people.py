"""What a job title says of the person: which part of the firm, and how high up.

Comes in: job titles. Goes out: buying roles (“Finance”, “Technology”, …). Separate because it is a list to extend, and
because only the roles leave the contacts: names and addresses do not.
"""

from __future__ import annotations

import re

from icp_engine.intake.headers import plain_words
from icp_engine.types import Series

ROLES: tuple[tuple[str, str], ...] = (
    (
        "Management",
        r"\b(ceo|coo|cfo|cto|cio|cmo|cro|ciso|chief|founder|owner|president|managing director|geschaftsfuhr\w*"
        r"|inhaber\w*|vorstand|directeur general|pdg|gerente general|general manager|partner)\b",
    ),
    (
        "Finance",
        r"\b(cfo|finance|financial|controll(er|ing)|account(ing|ant)|treasur\w*|buchhalt\w*|finanz\w*|comptab\w*)\b",
    ),
    (
        "Technology",
        r"\b(cto|cio|ciso|it|engineer\w*|developer|devops|architect|software|technology|technical|data|security|systems?"
        r"|entwickl\w*|informatik\w*|technik\w*|ingenieur\w*)\b",
    ),
    ("Marketing", r"\b(cmo|marketing|brand|growth|demand|content|communications?|seo|pr)\b"),
    ("Sales", r"\b(cro|sales|account (executive|manager)|business development|vertrieb\w*|commercial|ventes)\b"),
    (
        "Operations",
        r"\b(coo|operations?|logistics?|supply chain|production|manufacturing|plant|facility|betrieb\w*|produktion)\b",
    ),
    ("Purchasing", r"\b(procurement|purchas\w*|buyer|sourcing|einkauf\w*|achats|compras)\b"),
    ("People", r"\b(hr|human resources|people|talent|recruit\w*|personal\w*)\b"),
    ("Product", r"\b(product (manager|owner|lead|director)|head of product|cpo|ux|design\w*)\b"),
    ("Customer success", r"\b(customer (success|support|service)|support|kundenservice)\b"),
    ("Legal", r"\b(legal|counsel|lawyer|attorney|compliance|recht\w*)\b"),
)


def find_roles(titles: Series) -> Series:
    """Roles each title names, as tags in the order of `ROLES`; missing where it names none. Index kept."""
    unique = {title: _roles_of(str(title)) for title in titles.dropna().unique()}
    return titles.map(unique)


def _roles_of(title: str) -> str | None:
    words = plain_words(title)
    found = [role for role, pattern in ROLES if re.search(pattern, words)]
    return "; ".join(found) or None
