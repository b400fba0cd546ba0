"""What outcome values mean: won or lost, churned, new business or renewal, customer or partner.

Comes in: one raw column. Goes out: a column of boolean or a few fixed words, <NA> where the value
says neither. Separate because the words differ by CRM, portal and language, while the meaning does
not. Each reader works on the unique values, so a million rows cost as much as their vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

import numpy as np
import pandas as pd

from icp_engine.intake.columns.dialects import DIALECTS
from icp_engine.intake.columns.evidence.outcome_words import (
    customer_side,
    denies_loss,
    read_codes,
    relation_side,
    sale_side,
    says_yet,
)
from icp_engine.types import Series
from icp_engine.values.plain_words import plain_words
from icp_engine.values.yes_no_missing import (
    DISTINCT_MAX,
    is_switch,
    read_yes_no,
    says_yes_or_no,
)

LOST = re.compile(
    r"\b(lost|verloren|perdu(e|s)?|perdid[oa]s?|pers[oa]|prohra|disqualif\w*|unqualified|rejected|declined|abandoned|dead"
    r"|no decision|cancel+ed|junk|not converted|not won|closed no|churned deal|churned|omitted|withdrawn|abgelehnt"
    r"|refuse|przegran[aey]|forlorad|tabt|tapt|havitty"
    r"|no deal|unsuccessful|loss|lose|failed|nicht gewonnen)\b"
)
WON = re.compile(
    r"\b(won|gewonnen|gagnee?s?|ganad[oa]s?|ganh[oa]s?|vint[oaei]|signee?s?|converted|signed|closed yes"
    r"|success(ful)?|sold|purchased|win"
    r"|vyhra|auftrag|accepted deal|wygran[aey]|vunn[ae]n?|vundet|vunnet|voitettu)\b"
)
_CLOSED_AS = re.compile(r"\bclosed ?(won|lost)\b")
_SAYS_STAYING = re.compile(r"\b(active|is customer|aktiv|actif|activo|ativo|attivo|actief)\b")
OPEN_FIRST = re.compile(r"\b(back|if|to be|likely|expected|old stage|almost|nearly)\b")
CHURNED = re.compile(
    r"\b(churn(ed)?|cancel+ed|inactive|former( customer| client)?|expired|lapsed|terminated|lost( customer)?"
    r"|ex (customer|client|cliente|klant|kunde)|ended|closed|past customer|dormant|deactivated|suspended"
    r"|non? renew(ed|ing)|exited|gone|gekundigt|inaktiv|ehemalig\w*( kunde)?|ausgelaufen|abgelaufen|storniert"
    r"|resiliee?|inacti(f|ve)|ancien(ne)? cliente?|expiree?|inactiv[oa]|cancelad[oa]|baja|vencid[oa]"
    r"|antiguo cliente"
    r"|inativ[oa]|encerrad[oa]|inattiv[oa]|cessat[oa]|disdett[oa]|scadut[oa]|annullat[oa]|inactief|opgezegd|verlopen"
    r"|oud klant|voormalig\w*|beeindigd)\b"
)
IS_ACTIVE = re.compile(r"\b(active|is customer|aktiv|actif|activo|ativo|attivo|actief)\b")
IS_GONE = re.compile(r"\b(churn\w*|cancel\w*|attrition|exited|left|lost|gekundigt|resilie)\b")
STAYING = re.compile(
    r"\b(active|aktiv\w*|actif|activ[oa]|ativ[oa]|attiv[oa]|actief|current|live|customer|retained|stayed|renewed|ok"
    r"|open|onboarding|trial|client|kunde|bestandskunde|laufend|en cours|vigente|em vigor|in corso"
    r"|lopend|cliente|klant)\b"
)
DEAL_TYPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "renewal",
        re.compile(
            r"\b(renew(al|als|ed)?|verlangerung|vertragsverlangerung|renouvellement|renovacion|renovacao|rinnovo"
            r"|verlenging|extension|resign)\b"
        ),
    ),
    (
        "upsell",
        re.compile(
            r"\b(up ?sell(ing)?|up ?sale|cross ?sell(ing)?|cross ?sale|expan(d|sion)|add ?on|upgrade|downgrade"
            r"|existing ?(business|customer)?|erweiterung|vente additionnelle|client existant|montee en gamme"
            r"|ampliacion"
            r"|cliente existente|expansao|espansione|ampliamento|uitbreiding|bestaande klant"
            r"|growth|additional|bestandskunde\w*|bestandsgeschaft|existing client|amendment|recurring)\b"
        ),
    ),
    (
        "new",
        re.compile(
            r"\b(new ?(business|customer|logo|client|deal)?|neu\w*|nouve(au|lle)|nuev[oa]|nov[oa]|nuov[oa]|nieuwe?"
            r"|first|land|initial"
            r"|net new|acquisition)\b"
        ),
    ),
)
ACCOUNT_TYPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "test",
        re.compile(r"\b(test|test ?(kunde|account|customer|client)|demo account|dummy|sandbox)\b"),
    ),
    ("own", re.compile(r"\b(own|internal|intern|employee|our company|self)\b")),
    ("competitor", re.compile(r"\b(competitor|wettbewerber|concurrent|competidor|concorrente)\b")),
    (
        "partner",
        re.compile(
            r"\b(partner|partenaire|socio|parceiro|partnership|reseller|integrator|distributor"
            r"|agency partner|channel partner|affiliate"
            r"|investor)\b"
        ),
    ),
    (
        "vendor",
        re.compile(
            r"\b(vendor|supplier|lieferant|fournisseur|proveedor|fornecedor|fornitore|leverancier)\b"
        ),
    ),
    (
        "prospect",
        re.compile(
            r"\b(prospect|lead|opportunity|target|subscriber|(marketing|sales) ?qualified( ?lead)?|mql|sql|analyst"
            r"|client(e)? poten\w+|potenziale cliente|potentieller kunde|cliente in potenza"
            r"|interessent|suspect|cold|non customer|not a customer|evaluating|prospective|other|press)\b"
        ),
    ),
    (
        "customer",
        re.compile(
            r"\b(customer|client|kunde|cliente|klant|evangelist|buyer|subscribed|former|churn(ed)?|gekundigt"
            r"|ehemalig\w*|resiliee?)\b"
        ),
    ),
)
CODES_MAX = 8  # different letters; more of them are no code of outcomes
STATE_LONGEST = 40  # signs of a state; what is longer is a sentence
STATE_WORDS_MOST = 5
_FULL_STOP = re.compile(r"[.!?…।؟][\"'”’»)]?$")
_UNSPACED_STOP = re.compile(r"[。！？]$")  # of languages that set no blanks between words
_MARK = re.compile(r"[:：;|(（\[–—]|\s-\s|\s/\s")  # between a state and what is said of it
Label = Callable[[str], object]
DELETED = frozenset({"geloscht", "supprime", "eliminado", "excluido", "eliminato", "verwijderd"})
# What a person may say a value means → the word the readers below understand
SPOKEN: dict[str, str] = {
    **{
        word: word
        for word in ("won", "lost", "open", "churned", "renewal", "upsell", "customer", "prospect")
    },
    **{word: word for word in ("partner", "vendor", "competitor", "test", "own")},
    "staying": "active",
    "new": "new business",
}


def _map_values(
    series: Series, label: Label, answers: Mapping[str, bool | None] | None = None
) -> Series:
    """`label` of each unique value's plain words, mapped back; object column with None for no
    meaning. `answers`: texts that need no label.
    """
    text = series.astype("str").where(series.notna()).str.slice(0, 80)
    codes, different = pd.factorize(text)
    said = answers or {}
    meaning = [said[v] if v in said else label(_words_of(v)) for v in map(str, different)]
    values = np.array([*meaning, None], dtype=object)  # code -1 (missing) takes the last, None
    return pd.Series(values[codes], index=series.index, name=series.name)


def _different(series: Series) -> list[str]:
    """The different filled texts of a column, cut as `_map_values` cuts them."""
    filled = series[series.notna()]
    return [str(value) for value in pd.unique(filled.astype("str").str.slice(0, 80))]


def _answers(series: Series) -> dict[str, bool]:
    """Texts of the column that say yes or no, as the pair they form says it."""
    return read_yes_no(_different(series))


def says_deleted(series: Series) -> Series:
    """Which values say that the row was deleted in the CRM (Pipedrive keeps such deals); False
    where missing.
    """
    return _map_values(
        series, lambda words: words in DELETED or _stages().get(words) == "deleted" or None
    ).notna()


def explain_values(series: Series, meanings: Mapping[str, str]) -> Series:
    """Values replaced by words that say what a person takes them for; compared without case and
    blanks at the ends.
    """
    if not meanings:
        return series
    said = {
        value.strip().casefold(): SPOKEN.get(meaning, meaning)
        for value, meaning in meanings.items()
    }
    told = series.astype("object").map(
        lambda value: said.get(str(value).strip().casefold()), na_action="ignore"
    )
    return told.where(told.notna(), series.astype("object")).astype("str")


def _words_of(value: str) -> str:
    return _CLOSED_AS.sub(r"closed \1", plain_words(value))


@lru_cache(maxsize=1)
def _stages() -> dict[str, str]:
    """Words of the stages that CRMs come with → won, lost, open or deleted."""
    return {
        _words_of(stage): meaning
        for crm in DIALECTS
        for meaning, stages in crm.stages.items()
        for stage in stages.split("|")
    }


def won_label(words: str) -> bool | None:
    """True for won, False for lost, None for open or unknown: one value of a stage, status or
    outcome column.
    """
    stage = _stages().get(words)
    if stage is not None:
        return {"won": True, "lost": False}.get(stage)
    if OPEN_FIRST.search(words):
        return None
    side = sale_side(words)
    if side == "open" and says_yet(words):
        return None
    if side == "lost" or LOST.search(words):
        return None if side != "lost" and denies_loss(words) else False
    return True if words == "customer" or side == "won" or WON.search(words) else None


def read_outcome(series: Series) -> Series:
    """Won (True), lost (False), <NA> from words of a stage or status; yes and no are read as won
    and lost.
    """
    codes = read_codes(set(_different(series))) if series.nunique() <= CODES_MAX else {}
    return _map_values(series, won_label, codes or _answers(series)).astype("boolean")


def share_meant(series: Series, label: Label) -> float:
    """Share 0–1 of the filled rows whose value `label` understands; 0 for an empty column."""
    filled = series[series.notna()]
    if not len(filled):
        return 0.0
    return float(_map_values(filled, label).notna().mean())


def says_won_or_lost(series: Series) -> bool:
    """Whether a column of words (not yes/no) names both sides of an outcome, or one of them beside
    open stages.
    """
    if series.nunique() > 60:
        return False
    meant = set(_map_values(series, won_label).dropna())
    return meant == {True, False} or (bool(meant) and share_meant(series, won_label) > 0.05)


def states_of(texts: Iterable[str]) -> list[str]:
    """The states that values name: each as it stands, of a sentence only what is marked off at its
    beginning (“Closed – Lost: they never came back to us”). “No decision-maker in the room yet.”
    tells of no sale.
    """
    return [state for text in texts if (state := _state(text.strip()))]


def _state(text: str) -> str:
    if not _is_sentence(text):
        return text
    beginnings = [text[: mark.start()].strip() for mark in _MARK.finditer(text[:80])]
    return next((start for start in reversed(beginnings) if not _is_sentence(start)), "")


def _is_sentence(text: str) -> bool:
    words = len(text.split())
    if len(text) > STATE_LONGEST or words > STATE_WORDS_MOST:
        return True
    return bool(_UNSPACED_STOP.search(text) or (words > 2 and _FULL_STOP.search(text)))


def names_both_outcomes(series: Series) -> bool:
    """Whether values name won and lost in words. Stricter than `says_won_or_lost`: for headers that
    say nothing, and therefore deaf to sentences.
    """
    filled = series.dropna()
    if filled.nunique() > 60 or not len(filled):
        return False
    states = states_of(filled.astype("str").unique())
    return {won_label(_words_of(state)) for state in states} >= {True, False}


def share_of_sale_words(series: Series) -> float:
    """Share 0–1 of the filled rows that say won, lost or open, in words of any language known."""
    return share_meant(series, lambda words: won_label(words) is not None or sale_side(words))


def label_values(series: Series, label: Label) -> Series:
    """What `label` says of each value's plain words; None where it says nothing."""
    return _map_values(series, label)


def says_codes(series: Series) -> bool:
    """Whether a column holds one letter for won and one for lost, and little else."""
    return series.nunique() <= CODES_MAX and bool(read_codes(set(_different(series))))


def is_yes_no(series: Series) -> bool:
    """Whether every filled value is a yes or a no (or true/false, 1/0, a tick or a cross)."""
    texts = _different(series)
    return len(texts) <= DISTINCT_MAX and says_yes_or_no(texts)


def churn_label(words: str) -> bool | None:
    """True for churned, False for a customer that stays, None when the words say neither."""
    side = customer_side(words)
    if side is None and CHURNED.search(words):
        return not words.startswith("not ")
    if side == "left":
        return True
    return False if side == "stays" or STAYING.search(words) else None


def _left(series: Series, header: str = "") -> Series:
    """Churned (True), staying (False), None: a yes under “active” stays, and so does what is on,
    unless the header speaks of leaving.
    """
    words = plain_words(header)
    active, leaving = IS_ACTIVE.search(words), IS_GONE.search(words)
    answers = {
        text: yes != bool(active or (is_switch(text) and not leaving))
        for text, yes in _answers(series).items()
    }
    return _map_values(series, churn_label, answers)


def read_churned(series: Series, header: str = "") -> Series:
    """Churned as boolean. Under a header “active” or “is customer” a yes is read the other way
    round.
    """
    return _left(series, header).astype("boolean")


def says_churn(series: Series) -> bool:
    """Whether values tell churned from staying customers: yes/no, or words of which some mean
    churned. What is on or off needs a person's word.
    """
    if series.nunique() > DISTINCT_MAX:
        return False
    filled = series.dropna()
    switches = filled.astype("str").map(is_switch).astype("bool")
    if not switches.any() and is_yes_no(series):
        return True
    if series.nunique() > 30:
        return False
    meant = _left(filled).mask(switches, None)
    return bool((meant == True).any()) and float(meant.notna().mean()) > 0.6  # noqa: E712 - an object column


def says_who_left(series: Series) -> bool:
    """Whether a relationship column tells customers that left from those that stay (“Customer”,
    “Churned” …).
    """
    meant = _left(series.dropna())
    return {True, False} <= set(meant.dropna())


def _first_match(patterns: tuple[tuple[str, re.Pattern[str]], ...]) -> Callable[[str], str | None]:
    def label(words: str) -> str | None:
        return next((name for name, pattern in patterns if pattern.search(words)), None)

    return label


deal_type_label = _first_match(DEAL_TYPES)
_relation_label = _first_match(ACCOUNT_TYPES)


def account_type_label(words: str) -> str | None:
    """What relation a value names: by patterns, and customer or prospect in further languages by
    their words. A potential customer is none yet.
    """
    label = _relation_label(words)
    return relation_side(words) or label if label in (None, "customer") else label


def read_deal_type(series: Series) -> Series:
    """“new”, “renewal” or “upsell”, <NA> where the value says none."""
    return _map_values(series, deal_type_label).astype("str").where(lambda s: s.notna())


def read_account_type(series: Series) -> Series:
    """“customer”, “prospect”, “partner”, “vendor”, “competitor”, “test” or “own”, <NA> where the
    value says none.
    """
    return _map_values(series, account_type_label).astype("str").where(lambda s: s.notna())


def says_deal_type(series: Series) -> bool:
    """Whether most values are a type of business; a column with one type only is too little to go
    by.
    """
    return series.nunique() <= 30 and share_meant(series, deal_type_label) >= 0.6


def says_account_type(series: Series) -> bool:
    """Whether most values are a relationship (customer, prospect, partner …)."""
    return series.nunique() <= 40 and share_meant(series, account_type_label) >= 0.6
