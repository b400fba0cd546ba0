"""E-mail addresses, phone numbers and names of people and companies inside free text, replaced.

Comes in: texts people wrote, and names on record. Goes out: the same texts without them. Separate
because what is stored without people, and what pages and documents show of reasons and notes, hide
them by the same rule.
"""

from __future__ import annotations

import functools
import re

import pandas as pd

from icp_engine.types import Series
from icp_engine.values.job_titles import ROLES
from icp_engine.values.places import find_country
from icp_engine.values.plain_words import plain_words
from icp_engine.values.reference_tables import read_reference, read_word_lists
from icp_engine.values.words import name_cues as cues
from icp_engine.values.words.name_cues import CAPITALS, PARTICLES, WORD

MAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++")
PHONE = re.compile(r"(?<![\w.])\+?\(?\d[\d ()/.-]{7,60}\d(?!\w)")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{2}\.\d{2}\.\d{4}")
HIDDEN = "…"
MOST_HIDDEN = re.compile(r"…(?:[ ,]{0,3}…)++")
LONGEST_READ = 4_000  # characters of one text looked through for names
AROUND = 160  # characters before a word that are looked at for a name
LEAST_OF_A_SURNAME = 4  # letters of a single word on record
LONGEST_ACRONYM = 4  # letters of IT, SAP, CRM
LEAST_OF_A_DAY = 3  # letters; “Mo” and “Do” are names as well
LONGEST_NAME = 6  # words
DAY_LANGUAGES = frozenset(("en", "de", "fr", "es", "pt", "it", "nl", "pl", "tr", "sv", "da", "nb"))
# Patterns, and how many words after them (before them) make a name where no first name is known
_RUNS_AFTER = (
    (cues.SAID, 1),
    (cues.THANKED, 2),
    (cues.JOB_AT, 1),
    (cues.BOSS_OF, 1),
    (cues.BOSS_FIRST, 1),
    (cues.JOB_FIRST, 2),
    (cues.FIRM_FIRST, 1),
)
_RUNS_BEFORE = (
    (cues.SAYS_AFTER, 2),
    (cues.JOB_AFTER, 2),
    (cues.TITLE_AFTER, 1),
    (cues.FIRM_AFTER, 1),
)


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
    if not changed:
        return values
    # pandas' own `replace` walks all values for each text
    return values.map(masked).astype(values.dtype)


def name_keys(names: Series) -> frozenset[tuple[str, ...]]:
    """Names on record as `mask_names` looks them up: their words, in plain letters."""
    return frozenset(
        words
        for name in names.dropna().unique()
        if (words := tuple(plain_words(str(name)).split()))
    )


def hide_names(text: str, known: frozenset[tuple[str, ...]] = frozenset()) -> str:
    """One text without names; what is longer than LONGEST_READ is cut."""
    text = _hide_small(text[:LONGEST_READ], known)
    if text.islower():
        return text
    text = cues.TITLED.sub(_hide_certain, text)
    if not any(map(_may_name, WORD.findall(text))):
        return MOST_HIDDEN.sub(HIDDEN, text)  # as most reasons are
    text = cues.INITIALS.sub(_hide_initials, text)
    for pattern in (cues.CLOSED, cues.MAY_TITLE):
        text = pattern.sub(functools.partial(_hide_run, least=1), text)
    text = CAPITALS.sub(lambda found: _hide_known(found.group(), known), text)
    for pattern, least in _RUNS_AFTER:
        text = pattern.sub(functools.partial(_hide_run, least=least), text)
    for pattern, least in _RUNS_BEFORE:
        text = _hide_before(text, pattern, least)
    return MOST_HIDDEN.sub(HIDDEN, text)


def hide_rivals(text: str) -> str:
    """One reason without the company that it says was chosen instead, short ones (SAP) too."""
    text = cues.RIVAL_AFTER.sub(_hide_rival, text[:LONGEST_READ])
    return MOST_HIDDEN.sub(HIDDEN, text)


def _hide_rival(found: re.Match[str]) -> str:
    run, start = found.group(1), found.start(1) - found.start()
    end = 0
    for word in WORD.finditer(run):
        if word.group()[:1].islower() or _is_ordinary(_plain(word.group())):
            break
        end = word.end()
    return found.group()[:start] + (HIDDEN if end else "") + run[end:] + _rest(found)


def _hide_small(text: str, known: frozenset[tuple[str, ...]]) -> str:
    """A text without names on record of two words and more, however they are written."""
    begins = _begins(known)
    if not begins:
        return text
    words = list(WORD.finditer(text))
    plain = [_plain(word.group()) for word in words]
    for place in reversed(range(len(words) - 1)):
        if plain[place] not in begins:
            continue
        for length in range(min(LONGEST_NAME, len(words) - place), 1, -1):
            key = tuple(" ".join(plain[place : place + length]).split())
            last = words[place + length - 1]
            if key in known and not all(map(_is_ordinary, key)):
                text = text[: words[place].start()] + HIDDEN + text[last.end() :]
                break
    return text


@functools.lru_cache(maxsize=4)
def _begins(known: frozenset[tuple[str, ...]]) -> frozenset[str]:
    """First words of the names of several words."""
    return frozenset(name[0] for name in known if len(name) > 1)


def _hide_certain(found: re.Match[str]) -> str:
    """The match with its run hidden whatever its first word means elsewhere (“Mr Price”), jobs not."""
    run, start = found.group(1), found.start(1) - found.start()
    words = list(WORD.finditer(run))
    first = next((word for word in words if word.group() not in PARTICLES), words[0])
    if first.group()[:1].islower() or _is_job(first.group()):
        return found.group()
    return found.group()[:start] + _hide_from_start(run, 1, first.end()) + _rest(found)


def _hide_initials(found: re.Match[str]) -> str:
    """The match without initials and the surname after them; ordinary words are none (“B. Price”)."""
    words = WORD.findall(found.group(2))
    return HIDDEN if words and _may_name(words[-1]) else found.group()


def _hide_run(found: re.Match[str], least: int) -> str:
    """The match with the capitalised words that its run begins with hidden, if `least` or more."""
    run, start = found.group(1), found.start(1) - found.start()
    return found.group()[:start] + _hide_from_start(run, least) + _rest(found)


def _rest(found: re.Match[str]) -> str:
    return found.group()[found.end(1) - found.start() :]


def _hide_from_start(run: str, least: int, end: int = 0) -> str:
    """The run without the name that it begins with; `end`: what surely belongs to it."""
    named, last = int(end > 0), end
    for word in WORD.finditer(run):
        if word.start() < end:
            continue
        if HIDDEN in run[last : word.start()]:
            break
        if _may_name(word.group()):
            last, named = word.end(), named + 1
        elif word.group() not in PARTICLES:
            break
    alone = named == 1 and _plain(run[:last].strip()) in _first_names()
    return HIDDEN + run[last:] if named >= least or alone else run


def _hide_before(text: str, pattern: re.Pattern[str], least: int) -> str:
    """The text without the `least` and more capitalised words before each match; a known first name may
    stand alone. A job needs a comma, bracket or dash before it.
    """
    for found in reversed(list(pattern.finditer(text))):
        start = max(0, found.start() - AROUND)
        run = text[start : found.start()].rstrip(" ,(–-")
        if pattern is cues.JOB_AFTER and not text[start + len(run) : found.start()].strip():
            continue
        begin, named = _end_of_run(run, of_firm=pattern is cues.FIRM_AFTER)
        if named >= least or (named and _plain(run[begin:]) in _first_names()):
            text = text[: start + begin] + HIDDEN + text[start + len(run) :]
    return text


def _end_of_run(run: str, *, of_firm: bool) -> tuple[int, int]:
    """Where the names at the end of a text begin, and how many words they are; one blank between two.

    of_firm: ordinary words may stand within (“Brackwell & Sons”), but not alone.
    """
    begin, named, place = len(run), 0, len(run)
    for word in reversed(list(WORD.finditer(run))):
        between = run[word.end() : place].strip(" ")
        if between not in (("", ".", "&", "+", "& Co.") if of_firm else ("", ".")):
            break
        if _may_name(word.group()):
            begin, named = word.start(), named + 1
        elif word.group() not in PARTICLES and not (of_firm and word.group()[:1].isupper()):
            break
        place = word.start()
    return begin, named


@functools.lru_cache(maxsize=50_000)
def _may_name(word: str) -> bool:
    """Whether a word of a text may be part of a name: a capital, no ordinary word, no country, no job,
    no short acronym (IT, SAP).
    """
    if word[:1].islower() or _is_acronym(word):
        return False
    return not _is_ordinary(_plain(word)) and not _is_job(word)


def _is_acronym(word: str) -> bool:
    return word.isupper() and len(word) <= LONGEST_ACRONYM


@functools.lru_cache(maxsize=50_000)
def _is_ordinary(plain: str) -> bool:
    """Whether all parts of a plain word (“single sign on”) are words of a language, days or countries."""
    return all(part in _ordinary() or cues.ABSTRACT.search(part) for part in plain.split()) or bool(
        find_country(plain, codes=False)
    )


@functools.lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    """Words of business and grammar, months and days of the week in the languages of `first_names`."""
    days = [row for row in read_reference("date_words") if row["language"] in DAY_LANGUAGES]
    dated = " ".join(" ".join(row.values()).replace("|", " ") for row in days)
    named = {word for word in plain_words(dated).split() if len(word) >= LEAST_OF_A_DAY}
    return frozenset(
        (
            *map(_plain, read_word_lists("ordinary_words", "language")),
            *map(str.casefold, read_word_lists("common_words", "what")),
            *named,
        )
    )


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
    for length in range(min(LONGEST_NAME, len(words) - place), 0, -1):
        key = tuple(" ".join(plain[place : place + length]).split())
        if key in known and (length > 1 or _tells_alone(words[place].group())):
            return length
    if plain[place] not in _first_names() or _is_acronym(words[place].group()):
        return 0
    return _surname_length(words, plain, place + 1)


def _surname_length(words: list[re.Match[str]], plain: list[str], place: int) -> int:
    """Words of a first name and the surname at `place`, particles and further first names between; 0
    where none follows.
    """
    end, last, follows = place, place, False
    while end < len(words) and end - place < LONGEST_NAME:
        while end < len(words) and words[end].group() in PARTICLES:
            end += 1
        if end == len(words) or not _may_name(words[end].group()):
            break
        follows, last = True, end
        if plain[end] not in _first_names():
            break
        end += 1
    return last + 2 - place if follows else 0


def _tells_alone(word: str) -> bool:
    return len(word) >= LEAST_OF_A_SURNAME and not _is_ordinary(_plain(word)) and not _is_job(word)


def _phone(found: re.Match[str]) -> str:
    digits = sum(sign.isdigit() for sign in found[0])
    looks_like_a_date = DAY.match(found[0])
    return "[phone]" if digits >= 9 and not looks_like_a_date else found[0]
