"""E-mail addresses, phone numbers and names of people and companies inside free text, replaced.

Comes in: texts people wrote, and names on record. Goes out: the same texts without them. Separate
because what is stored without people, and what pages and documents show of reasons and notes, hide
them by the same rule.
"""

# ruff: noqa: E501 - one line a language reads best whole

from __future__ import annotations

import functools
import re

import pandas as pd

from icp_engine.types import Series
from icp_engine.values.job_titles import ROLES
from icp_engine.values.plain_words import plain_words
from icp_engine.values.reference_tables import read_word_lists

MAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++")
PHONE = re.compile(r"(?<![\w.])\+?\(?\d[\d ()/.-]{7,60}\d(?!\w)")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{2}\.\d{2}\.\d{4}")
HIDDEN = "…"
MOST_HIDDEN = re.compile(r"…(?:[ ,]{0,3}…)++")
LONGEST_READ = 4_000  # characters of one text looked through for names
_RUN = r"(?:[^\W\d_][\w'’&.-]{0,40}[ ,]{1,2}){0,4}[^\W\d_][\w'’&-]{0,40}"
_SAYS = (
    r"said|says|told(?: us)?|stated|mentioned|wrote|writes|explained|replied|according to|quoting|quote from|acc\. to|feedback from|call with|spoke (?:to|with)|talked (?:to|with)|contact(?: is)?:|signed"
    r"|(?:rejected|vetoed|blocked|stopped|declined|cancelled|decided|confirmed|reported|escalated|approved) by"
    r"|sagt|sagte|meint|meinte|erklärte?|schreibt|schrieb|laut|gemäß|zufolge|so(?= Herr| Frau)|lt\.|Rückmeldung von|Gespräch mit|Telefonat mit|(?:abgelehnt|gestoppt|blockiert|entschieden) (?:von|durch)"
    r"|dit|a dit|selon|d['’]après|écrit|explique|affirme|échange avec|(?:refusé|bloqué|rejeté|décidé) par"
    r"|dijo|dice|según|comentó|explicó|afirma|hablé con|(?:rechazado|bloqueado|decidido) por"
    r"|disse|diz|segundo|conforme|comentou|explicou|(?:recusado|rejeitado|bloqueado|decidido) por"
    r"|ha detto|dice|secondo|afferma|scrive|(?:rifiutato|bloccato|respinto|deciso) da"
    r"|zei|zegt|volgens|schreef|meldt|(?:afgewezen|geblokkeerd) door"
    r"|powiedział|powiedziała|mówi|według|zdaniem|řekl|řekla|říká|podle|enligt|säger|sade|ifølge|sagde|siger|sier|mukaan|sanoi|сказал|сказала|говорит|по словам"
)
SAID = re.compile(rf"(?<!\w)(?:{_SAYS})(?!\w)[ :,]{{1,3}}({_RUN})", re.IGNORECASE)
SAYS_AFTER = re.compile(
    r"(?<= )(?:said|says|told|stated|mentioned|wrote|explained|sagt|sagte|meint|meinte|erklärt|schrieb|dit|dijo|dice|disse|diz|zei|zegt|powiedział|powiedziała|řekl|řekla|säger|sade|sagde|sier|sanoi|сказал|сказала)(?!\w)"
)
TITLED = re.compile(
    r"(?<!\w)(?:Mr|Mrs|Ms|Miss|Mister|Dr|Prof|Herrn?|Frau|Hr|Fr(?=\.)|M(?=\.)|Mme|Mlle|Monsieur|Madame|Sr|Sra|Srta|Señor|Señora|Don|Doña|Dña|Senhor|Senhora|Sig|Sigra|Signor|Signora|Signore|Dott|Dottor|Dottoressa"
    r"|Dhr|Mevr|Mw|Mevrouw|Meneer|Pan|Pani|Pana|Panem|Paní|Hr|Fru|Fröken|Herra|Rouva|Bay|Bayan|г-н|г-жа|господин|госпожа)\.? "
    rf"({_RUN})"
)
_JOBS = (
    r"C[EFTIOMR]O|CISO|CPO|CHRO|VP|SVP|EVP|[Pp]resident|[Ff]ounder|[Cc]o-?[Ff]ounder|[Oo]wner|[Mm]anaging [Dd]irector|[Dd]irector|[Mm]anager|[Hh]ead|[Cc]hief|[Ll]ead|[Bb]uyer|[Cc]ontroller|[Pp]artner"
    r"|Geschäftsführer(?:in)?|Vorstand|Leiter(?:in)?|\w{0,20}leiter(?:in)?|Einkäufer(?:in)?|Inhaber(?:in)?|Prokurist(?:in)?|GF"
    r"|[Dd]irecteur|[Dd]irectrice|PDG|DAF|DSI|DG|[Gg]érante?|[Aa]cheteu(?:r|se)|[Dd]irectora?|[Gg]erente|[Jj]ef[ea]|[Dd]ueñ[oa]|[Dd]iretora?|[Tt]itolare|[Dd]irettore|[Dd]irettrice|[Aa]mministratore"
    r"|[Bb]estuurder|[Hh]oofd|[Ii]nkoper|[Ee]igenaar|[Pp]rezes|[Kk]ierownik|[Dd]yrektor|[Řř]editel(?:ka)?|[Jj]ednatel|VD|[Dd]irektør|[Dd]irektör|[Jj]ohtaja|[Dd]irektor|директор"
)
JOB_FIRST = re.compile(rf"(?<!\w)(?:{_JOBS}) (?:(?:Mr|Ms|Mrs|Dr|Herr|Frau)\.? )?({_RUN})")
JOB_AFTER = re.compile(rf"(?<=[ (–-])(?:{_JOBS})(?!\w)")
JOB_OF = re.compile(
    rf"(?<!\w)(?:{_JOBS})(?!\w)[^.;()\n]{{0,40}}? (?:of|at|from|bei|beim|von|der|des|chez|de|du|di|da|del|della|do|presso|van|bij|hos|på|w|ve|u|в) ({_RUN})"
)
JOB_AT = re.compile(
    rf"(?<!\w)(?:{_JOBS})(?!\w)[^.;()\n]{{0,40}}? (?:at|from|bei|beim|chez|presso|bij|hos|på) ({_RUN})"
)
FIRM_AFTER = re.compile(
    r"(?<= )(?:GmbH|AG|KG|UG|Ltd|Limited|LLC|Inc|Corp|PLC|SARL|SAS|SpA|Srl|SRL|BV|NV|Oy|Oyj|ApS|s\.r\.o|Sp\. z o|S\.A|S\.L)(?!\w)"
)
AROUND = 160  # characters before a word that are looked at for a name
_CAPITAL = r"(?![a-zß-öø-ÿ])[^\W\d_][\w'’&.-]{0,40}"
_BETWEEN = r"van|von|de|der|den|di|da|la|le|del|dos|du|zu|y|v\."
CAPITALS = re.compile(
    rf"(?<![\w'’&.-]){_CAPITAL}(?:,? (?:(?:{_BETWEEN}) ){{0,2}}{_CAPITAL}){{0,40}}"
)
WORD = re.compile(r"[^\W\d_][\w'’&-]*")
PARTICLES = frozenset(_BETWEEN.replace("\\.", "").split("|"))
_NOBODY = """the a an this that they he she it we you i our their his her its no not but and or if as at in on by for with from to of
too very more price pricing budget cost costs customer customers client clients company competitor prospect buyer team board management
procurement purchasing finance legal it hr user users vendor support sales project timing feature features contract security
der die das den dem des ein eine er sie es wir ihr man kunde kundin kunden firma zu sehr mehr preis preise kosten einkauf
vorstand geschäftsführung budget projekt anbieter vertrieb wettbewerber nein kein keine aber und oder
le la les un une il elle ils nous client cliente prix coût trop budget achats direction projet concurrent mais et ou non pas
el los las ella ellos nosotros cliente precio coste muy demasiado presupuesto compras dirección proyecto pero y o
o os as ele ela nós preço muito caro orçamento mas lo gli lei noi prezzo troppo ma e
het een zij wij klant prijs te duur maar en of directie inkoop klient cena zbyt drogo ale zákazník příliš kund pris för men og asiakas hinta"""
NOBODY = frozenset(_NOBODY.split())
LEAST_OF_A_SURNAME = 4  # letters of a single word on record


def mask_contacts(values: Series) -> Series:
    """Free text with e-mail addresses and phone numbers replaced; dates and ids shorter than nine
    digits stay.
    """
    if not pd.api.types.is_string_dtype(values):
        return values
    return values.str.replace(MAIL, "[e-mail]", regex=True).str.replace(PHONE, _phone, regex=True)


def mask_names(values: Series, known: frozenset[tuple[str, ...]] = frozenset()) -> Series:
    """Free text without names: after a word for saying, after a title, beside a job, first and last name,
    and names on record (`known`, from `name_keys`).
    """
    if not pd.api.types.is_string_dtype(values):
        return values
    masked = {text: hide_names(text, known) for text in values.dropna().unique()}
    changed = {text: new for text, new in masked.items() if new != text}
    return values if not changed else values.replace(changed).astype(values.dtype)


def name_keys(names: Series) -> frozenset[tuple[str, ...]]:
    """Names on record as `mask_names` looks them up: their words, in plain letters."""
    return frozenset(
        words
        for name in names.dropna().unique()
        if (words := tuple(plain_words(str(name)).split()))
    )


def hide_names(text: str, known: frozenset[tuple[str, ...]] = frozenset()) -> str:
    """One text without names; what is longer than LONGEST_READ is cut."""
    text = text[:LONGEST_READ]
    if text.islower():
        return text
    text = CAPITALS.sub(lambda found: _hide_known(found.group(), known), text)
    for pattern in (SAID, TITLED, JOB_AT, JOB_OF, JOB_FIRST):
        text = pattern.sub(_hide_run, text)
    for pattern, least in ((SAYS_AFTER, 2), (JOB_AFTER, 2), (FIRM_AFTER, 1)):
        text = _hide_before(text, pattern, least)
    return MOST_HIDDEN.sub(HIDDEN, text)


def _hide_run(found: re.Match[str]) -> str:
    """The match with the capitalised words that its run begins with hidden."""
    run, start = found.group(1), found.start(1) - found.start()
    return found.group()[:start] + _hide_from_start(run) + found.group()[start + len(run) :]


def _hide_from_start(run: str) -> str:
    end = 0
    for word in WORD.finditer(run):
        if not _may_name(word.group()) and not (end and word.group() in PARTICLES):
            break
        if _may_name(word.group()):
            end = word.end()
    return HIDDEN + run[end:] if end else run


def _hide_before(text: str, pattern: re.Pattern[str], least: int) -> str:
    """The text without the `least` and more capitalised words before each match; a known first name may
    stand alone. A job needs a comma, bracket or dash before it.
    """
    for found in reversed(list(pattern.finditer(text))):
        start = max(0, found.start() - AROUND)
        run = text[start : found.start()].rstrip(" ,(–-")
        if pattern is JOB_AFTER and not text[start + len(run) : found.start()].strip():
            continue
        begin, named = _end_of_run(run)
        if named >= least or (named and _plain(run[begin:]) in _first_names()):
            text = text[: start + begin] + HIDDEN + text[start + len(run) :]
    return text


def _end_of_run(run: str) -> tuple[int, int]:
    """Where the names at the end of a text begin, and how many words they are; one blank between two."""
    begin, named, place = len(run), 0, len(run)
    for word in reversed(list(WORD.finditer(run))):
        if run[word.end() : place].strip(" .") or place - word.end() > 2:
            break
        if _may_name(word.group()):
            begin, named = word.start(), named + 1
        elif not (named and word.group() in PARTICLES):
            break
        place = word.start()
    return begin, named


def _may_name(word: str) -> bool:
    """Whether a word of a text may be part of a name: a capital, no word of business, no job, no short
    acronym (IT, SAP).
    """
    if word[:1].islower() or word.casefold() in NOBODY or (word.isupper() and len(word) <= 4):
        return False
    return not _is_job(word)


@functools.lru_cache(maxsize=50_000)
def _plain(word: str) -> str:
    return plain_words(word)


@functools.lru_cache(maxsize=50_000)
def _is_job(word: str) -> bool:
    words = _plain(word)
    return any(pattern.fullmatch(words) for _, pattern in ROLES)


@functools.lru_cache(maxsize=1)
def _first_names() -> frozenset[str]:
    return frozenset(read_word_lists("first_names", "language"))


def _hide_known(run: str, known: frozenset[tuple[str, ...]]) -> str:
    """A run of words without names on record, and without a first name followed by another name."""
    words = list(WORD.finditer(run))
    plain = [_plain(word.group()) for word in words]
    hidden: list[tuple[int, int]] = []
    place = 0
    while place < len(words):
        length = _known_length(words, plain, place, known)
        if length:
            hidden.append((words[place].start(), words[place + length - 1].end()))
        place += length or 1
    for start, end in reversed(hidden):
        run = run[:start] + HIDDEN + run[end:]
    return run


def _known_length(
    words: list[re.Match[str]], plain: list[str], place: int, known: frozenset[tuple[str, ...]]
) -> int:
    """How many words from `place` on are a name; 0 for none."""
    if words[place].group()[:1].islower():
        return 0
    for length in range(min(6, len(words) - place), 0, -1):
        key = tuple(" ".join(plain[place : place + length]).split())
        if key in known and (length > 1 or _tells_alone(words[place].group())):
            return length
    if plain[place] not in _first_names() or not _may_name(words[place].group()):
        return 0
    return _surname_length(words, place + 1)


def _surname_length(words: list[re.Match[str]], place: int) -> int:
    """Words of a first name and the surname at `place`, particles between; 0 where none follows."""
    end = place
    while end < len(words) and words[end].group() in PARTICLES:
        end += 1
    follows = end < len(words) and _may_name(words[end].group())
    return end + 2 - place if follows else 0


def _tells_alone(word: str) -> bool:
    return len(word) >= LEAST_OF_A_SURNAME and word.casefold() not in NOBODY and not _is_job(word)


def _phone(found: re.Match[str]) -> str:
    digits = sum(sign.isdigit() for sign in found[0])
    looks_like_a_date = DAY.match(found[0])
    return "[phone]" if digits >= 9 and not looks_like_a_date else found[0]
