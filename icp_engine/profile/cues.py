"""Words that tell what a sentence in a note is about, and words that say nothing.

Comes in: nothing (definitions only). Goes out: `CUES`, `LOSS_SOURCE`, `STOP_WORDS`. Separate
because these lists grow and the code does not. English only: notes in another language fill no
section, and its starter questions stay.
"""

from __future__ import annotations

import re


def _any_of(*beginnings: str) -> str:
    return rf"\b(?:{'|'.join(beginnings)})"


_CUES: dict[str, str] = {
    "pain_points": _any_of(
        r"struggl",
        r"problem",
        r"pains?\b",
        r"manual",
        r"slow",
        r"frustrat",
        r"wast",
        r"errors?\b",
        r"cannot",
        r"can't",
        r"could not",
        r"couldn't",
        r"too long",
        r"too many",
        r"hard to",
        r"difficult",
        r"lack",
        r"blind",
        r"chaos",
        r"broke",
        r"keep up",
        r"cost them",
        r"miss(?:ed|es)\b",
    ),
    "goals": _any_of(
        r"wants?\b",
        r"wanted",
        r"needs? to\b",
        r"needed to",
        r"goals?\b",
        r"aims?\b",
        r"plans? to\b",
        r"planned to",
        r"targets?\b",
        r"hop(?:es?|ed|ing) to",
        r"objectives?\b",
        r"looking to",
        r"success for",
        r"measure",
    ),
    "triggers": _any_of(
        r"trigger",
        r"after\b",
        r"since\b",
        r"when\b",
        r"recently",
        r"just (?:hired|raised|moved|opened)",
        r"new (?:ceo|cfo|cto|head|vp|owner|regulation|law)",
        r"funding",
        r"deadline",
        r"migrat",
        r"merger",
        r"expir",
        r"opened a",
        r"merged",
        r"started the",
    ),
    "value_drivers": _any_of(
        r"sav(?:e|es|ed|ing)\b",
        r"faster",
        r"reduc",
        r"because\b",
        r"lov(?:e|es|ed)\b",
        r"lik(?:e|es|ed) that",
        r"worked",
        r"easier",
        r"paid (?:off|back)",
        r"value[sd]?\b",
        r"gain",
        r"improv",
        r"thanks to",
        r"cut\b",
        r"decided it",
        r"alone in",
    ),
    "objections": _any_of(
        r"price",
        r"pricing",
        r"expensive",
        r"budget",
        r"cost",
        r"security",
        r"missing",
        r"competitor",
        r"no time",
        r"not now",
        r"too (?:big|small|complex)",
        r"legal",
        r"procurement",
        r"lost",
        r"chose",
        r"went with",
        r"objection",
        r"worr",
        r"concern",
        r"asked whether",
        r"resources",
    ),
}

# notes on why a deal or customer was lost
CUES = {theme: re.compile(pattern, re.IGNORECASE) for theme, pattern in _CUES.items()}
LOSS_SOURCE = re.compile(r"loss|lost|churn|cancel|exit", re.IGNORECASE)

_SILENT = """
a about after all also am an and any are as asked at be because been before being but by call called can could customer
customers did do does every for from get got had has have he her his how i if in into is it its just me more most much
my need needed needs new no not note now of on one only or our out over own said say says see she since so some still
such than that the their them then there these they this those to told too up us very want wanted wants was we were
what when where which while who why will with would you your first second third two three four five six seven eight
nine ten data every
"""
STOP_WORDS = frozenset(_SILENT.split())
