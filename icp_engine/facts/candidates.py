"""Columns that could play a part no column plays yet, ranked by their values, then by their header.

Comes in: a table and its sample. Goes out: headers with a score 0–1. Separate because a question
asks with candidates, and what roles were inferred is what is in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from icp_engine.facts.open_points import Seen, first_rows
from icp_engine.facts.value_meanings import guess_meanings, say_outcome
from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.outcomes import is_yes_no, names_both_outcomes
from icp_engine.intake.columns.person_names import NAMES_A_PERSON
from icp_engine.intake.columns.roles import reads_as_date
from icp_engine.intake.columns.table import Table
from icp_engine.types import Series
from icp_engine.values.plain_words import plain_words

STATES_MOST = 12  # an outcome has few values
STAGES_MOST = 60  # stages of a long process that name won and lost
FILLED_LEAST = 0.3
LIKELY = 0.5  # a candidate from here is worth a question of its own
FREE = frozenset({"attribute", "ignore", "known_after", "identifier", "text", "value_metric"})
OUTCOME_WORDS = re.compile(
    r"\b(outcome|results?|resultat\w*|won|win|sold|success|decision|decided|final\w*|conclusion|verdict"
    r"|got deal|deal done|converted|ausgang|ergebnis|entscheid\w*|gewonnen|issue|gagnee?"
    r"|resultado|ganad[oa]|ganh[oa]|esito|risultato|uitkomst|wynik|utfall|udfald|tulos|vysledek)\b"
)
STATE_WORDS = re.compile(
    r"\b(status\w*|state|stage|stand|phase|position|statut|etat|etape|estado|etapa|fase|situacao"
    r"|stato|etap|stav|tila|lage|zustand)\b"
)
AMOUNT_WORDS = re.compile(
    r"\b(amount|amt|val|balance|net|netto|gross|brutto|value|volume|sum|total|price|revenue|sales|turnover|worth|fee|spend|spent|spending"
    r"|premium|betrag|wert|volumen|summe|umsatz|preis|montant|valeur|chiffre|prix|importe|valor|monto"
    r"|importo|valore|fatturato|prezzo|bedrag|waarde|omzet|kwota|wartosc|belopp|varde|omsattning)\b"
    r"|(wert|volumen|summe|betrag|umsatz|wartosc|omzet)\b"
)
OWN_REVENUE = re.compile(r"\b(revenue|turnover|sales|umsatz|chiffre|fatturato|omzet|income)\b")
CLOSED_WORDS = re.compile(
    r"\b(clos\w*|end\w*|decid\w*|decision|won|finish\w*|complet\w*|abschluss\w*|entschieden|ende"
    r"|cloture\w*|fin|cierre|fechamento|chiusura|afgesloten|zamkniecia|avslut\w*|afslut\w*|air date)\b"
)
CREATED_WORDS = re.compile(
    r"\b(creat\w*|start\w*|open\w*|begin|began|first|angelegt|erstellt|beginn|cree\w*|creacion|criacao"
    r"|creazione|aangemaakt|utworzenia|skapad\w*|oprettet)\b"
)
DAY_WORDS = re.compile(
    r"\b(date|day|datum|tag|fecha|data|dia|jour|dato|paiva|am|on|at|le)\b|datum\b"
)
LEFT_WORDS = re.compile(
    r"\b(churn\w*|attrition|attrited|left|cancel\w*|terminat\w*|exit\w*|inactive"
    r"|gekundigt|kundigung\w*|ausgetreten|abgang|resili\w*|depart|baja|abandono|cancelad[oa]|disdett\w*"
    r"|recess\w*|cessat\w*|opgezegd|opzeg\w*|rezygnacj\w*|uppsagd|opsagt|irtisan\w*)\b|kundigung"
)
ACCOUNT_WORDS = re.compile(
    r"\b(account|company|customer|client\w*|organi[sz]ation|firm|firma|buyer|kunde\w*|empresa|cliente"
    r"|societe|azienda|klant|bedrijf|klient|kund|yritys|asiakas|reseller|merchant|shop|startup|brand"
    r"|member|branch|school|hospital|payer|debtor|debitor|bill(ed)? to|sold to|ship(ped)? to)\b"
)
TAX = re.compile(
    r"\b(vat|tax|taxes|gst|mwst|ust|umsatzsteuer|steuer|iva|tva|btw|moms|podatek|alv)\b"
)
WITH_TAX = re.compile(  # an amount with or without it, not the tax itself
    r"\b(incl\w*|inc|excl\w*|ex|before|after|with|without|net\w*|gross|inkl\w*|exkl\w*|ohne|zzgl|brutto"
    r"|hors|ttc|sin|con|senza|zonder|bez|utan|uden)\b"
)
NOT_MONEY = re.compile(
    r"\b(year|jahr|annee|anno|ano|age|zip|plz|postal|code|phone|lat|lng|lon\w*|latitude|row|rank|number"
    r"|no|nr|id|key|month|months|day|days|week|employees?|staff|headcount|size|score|probability|tier"
    r"|percent|discount|rate|ratio|equity|index|count|ct|chng|change)\b"
)
MEASURED = re.compile(
    r"\b(kb|mb|gb|tb|kwh|mwh|kg|lbs?|km|miles|hours|hrs|minutes|seats|users|licen[sc]es)\b"
)


@dataclass(frozen=True)
class Candidate:
    """A column that could play the part, and how well it fits, 0–1."""

    header: str
    score: float


def outcome_candidates(seen: Seen, table: Table) -> list[Candidate]:
    """Columns that may say which deals were won."""
    return _ranked(seen, table, _outcome_score, "outcome")


def amount_candidates(seen: Seen, table: Table) -> list[Candidate]:
    """Columns that may hold amounts."""
    found = _ranked(seen, table, _amount_score, "amount")
    out = {(use.table, use.column) for use in seen.intake.currencies if use.left_out}
    found = [one for one in found if (table.name, one.header) not in out]
    if found and AMOUNT_WORDS.search(_words(found[0].header)):  # a column that says so, or is money
        return [
            one
            for one in found
            if AMOUNT_WORDS.search(_words(one.header)) or table.rules[one.header].type == "money"
        ]
    return found


def closed_candidates(seen: Seen, table: Table) -> list[Candidate]:
    """Columns that may hold the day a deal was closed."""
    return _ranked(seen, table, _day_score(CLOSED_WORDS, CREATED_WORDS), "closed")


def day_candidates(seen: Seen, table: Table) -> list[Candidate]:
    """Columns that hold days, whichever."""
    return _ranked(seen, table, _day_score(CREATED_WORDS, CLOSED_WORDS), "day")


def left_candidates(seen: Seen, table: Table) -> list[Candidate]:
    """Columns of states that may say who left."""
    return _ranked(seen, table, _left_score, "left")


def account_candidates(seen: Seen, table: Table) -> list[Candidate]:
    """Columns that may name the account, by id or by name."""

    def score(table: Table, header: str, values: Series) -> float:
        return _account_score(table, header, values, seen.key_of(table, header) is not None)

    return _ranked(seen, table, score, "account")


Score = Callable[[Table, str, Series], float]


def _ranked(seen: Seen, table: Table, score: Score, part: str) -> list[Candidate]:
    """Free columns by score, best first, in file order among equals; found once."""
    known: list[Candidate] | None = seen.ranked.get((table.name, table.kind, part))
    if known is not None:
        return known
    sample, head = seen.sample(table), first_rows(table)
    free = _free(table, given=seen.offer_given)
    found = [Candidate(header, score(head, header, sample[header])) for header in free]
    ranked = sorted((one for one in found if one.score > 0), key=lambda one: -one.score)
    seen.ranked[table.name, table.kind, part] = ranked
    return ranked


def _free(table: Table, *, given: bool) -> Iterator[str]:
    """Columns whose role many may have; without those a person gave it, unless `given`."""
    for header, role in table.roles.items():
        if role in FREE and (given or not role.given) and table.rules[header].type != "empty":
            yield header


def _words(header: str) -> str:
    return split_header(header)[1]


def _outcome_score(table: Table, header: str, values: Series) -> float:
    if table.rules[header].type in ("date", "domain", "email", "phone"):
        return 0.0
    filled, words = values.dropna().drop_duplicates(), _words(header)
    if not 2 <= len(filled) <= STAGES_MOST:
        return 0.0
    if names_both_outcomes(filled):
        return 0.95
    if len(filled) > STATES_MOST or values.notna().mean() < FILLED_LEAST:
        return 0.0
    said = 0.4 if OUTCOME_WORDS.search(words) else 0.25 if STATE_WORDS.search(words) else 0.0
    known = table.roles[header].score >= LIKELY and not said
    if is_yes_no(filled):
        return 0.1 if known else 0.25 + said
    texts = [str(value) for value in filled]
    numbered = all(text.strip().lstrip("-").isdigit() for text in texts)
    coded = say_outcome(texts) is not None and bool(said or not numbered)
    return 0.05 if known and not coded else (0.45 if coded else 0.1) + said


def _amount_score(table: Table, header: str, values: Series) -> float:
    kind, words = table.rules[header].type, _words(header)
    numbers = (
        pd.to_numeric(table.clean(header), errors="coerce").dropna() if _counts(kind) else None
    )
    if numbers is None or numbers.nunique() < 5 or (kind != "money" and MEASURED.search(words)):
        return 0.0
    if TAX.search(words) and not WITH_TAX.search(words):
        return 0.0
    counted = NOT_MONEY.search(words) is not None
    if counted and not AMOUNT_WORDS.search(words):
        return 0.0
    if _counts_rows(numbers):
        return 0.0
    years = numbers.between(1900, 2100).mean() > 0.95 and (numbers % 1 == 0).all()
    told = is_told(table, header)
    score = 0.35 if kind == "money" else 0.2
    score += 0.4 if AMOUNT_WORDS.search(words) else 0.0
    score += 0.2 if numbers.median() > 0 and numbers.max() > 5 * numbers.median() else 0.0
    score += 0.15 if numbers.nunique() > min(50, 0.2 * len(numbers)) else 0.0
    score -= (0.35 if told else 0.0) + (0.3 if counted else 0.0)
    return 0.0 if years else max(0.0, min(score, 0.95))


def is_told(table: Table, header: str) -> bool:
    """Whether a column is known to describe a company: by its header, which names no amount or its
    own revenue.
    """
    words, role = _words(header), table.roles[header]
    own = OWN_REVENUE.search(words) or not AMOUNT_WORDS.search(words)
    return role == "attribute" and role.score >= LIKELY and bool(own)


def _counts_rows(numbers: Series) -> bool:
    """Whether the numbers only count rows: whole, each once, without a gap."""
    whole = bool((numbers % 1 == 0).all()) and numbers.is_unique
    return whole and bool(numbers.max() - numbers.min() + 1 == len(numbers))


def _counts(kind: str) -> bool:
    return kind in ("money", "number")


def _day_score(wanted: re.Pattern[str], other: re.Pattern[str]) -> Score:
    def score(table: Table, header: str, values: Series) -> float:
        rule, words = table.rules[header], _words(header)
        spoken = wanted.search(words) or other.search(words) or DAY_WORDS.search(words)
        if rule.type != "date" and not spoken:
            return 0.0
        if not reads_as_date(values, rule, header):
            return 0.0
        said = 0.4 if wanted.search(words) else -0.15 if other.search(words) else 0.1
        return max(0.05, min(0.45 + said + 0.1 * float(values.notna().mean()), 0.95))

    return score


def _left_score(table: Table, header: str, values: Series) -> float:
    filled = values.dropna().drop_duplicates()
    said = LEFT_WORDS.search(_words(header)) is not None
    if not 2 <= len(filled) <= STATES_MOST or table.rules[header].type == "date":
        return 0.0
    if is_yes_no(filled):
        return 0.6 if said else 0.0
    in_words = any(LEFT_WORDS.search(plain_words(str(value))) for value in filled)
    return 0.8 if in_words and said else 0.6 if in_words or (said and len(filled) == 2) else 0.0


def _account_score(table: Table, header: str, values: Series, is_key: bool) -> float:
    filled = values.dropna().astype("str")
    kind, words = table.rules[header].type, _words(header)
    if kind not in ("text", "id", "category", "tags", "domain", "number") or filled.nunique() < 5:
        return 0.0
    named = ACCOUNT_WORDS.search(words) is not None
    if kind == "number" and not (is_key or named):
        return 0.0
    repeats = filled.nunique() / max(len(filled), 1)
    score = (0.6 if is_key else 0.0) + (0.45 if named else 0.0)
    score += 0.2 if 0.02 < repeats < 0.98 and filled.nunique() > 12 else 0.0
    score -= 0.4 if table.roles[header].reason == NAMES_A_PERSON else 0.0
    return max(0.05, min(score, 0.95))


def best_meanings(seen: Seen, table: Table, header: str) -> list[dict[str, str]]:
    """What the values of an outcome column may mean, likeliest first; one empty dict where its
    words are known.
    """
    values = seen.sample(table)[header].dropna()
    if names_both_outcomes(values) or is_yes_no(values):
        return [{}]
    return guess_meanings(values, seen.sample(table), table)
