"""Which country, state and region a place name means: in several languages, by code, or by a
well-known city.

Comes in: one text (“Deutschland”, “Austin, TX”, “UK”). Goes out: an ISO code, or the name of a
region; None where the text does not say. Separate because merging spellings and grouping places
read the same names. Sources: ISO 3166-1 (pycountry), CLDR territory names (babel), Census regions,
own tables of aliases and cities.
"""

from __future__ import annotations

import functools

from icp_engine.values.plain_words import plain_words
from icp_engine.values.reference_tables import read_reference, read_word_lists

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "da", "sv", "nb", "fi", "pl", "cs")


@functools.lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """{plain words: ISO 3166-1 alpha-2} of every name, alias and three-letter code; no two-letter
    codes.
    """
    # loaded when asked for: start-up stays light
    import pycountry
    from babel import Locale

    names: dict[str, str] = {}
    for country in pycountry.countries:
        for field in ("name", "common_name", "official_name", "alpha_3"):
            text = getattr(country, field, "")
            if text:
                names.setdefault(plain_words(text), country.alpha_2)
    codes = {country.alpha_2 for country in pycountry.countries}
    for language in LANGUAGES:
        for code, text in Locale.parse(language).territories.items():
            if code in codes:
                names.setdefault(plain_words(text), code)
    return names | read_word_lists("country_words", "country")


@functools.lru_cache(maxsize=1)
def country_codes() -> frozenset[str]:
    """Every ISO 3166-1 alpha-2 code."""
    return frozenset(country_names().values())


@functools.lru_cache(maxsize=20_000)
def find_country(text: str, *, codes: bool = True) -> str | None:
    """The country a text names as ISO alpha-2; None if none. `codes`: two capital letters count
    (“DE”).
    """
    words = plain_words(text)
    found = country_names().get(words) or country_names().get(words.removeprefix("the "))
    if found is None and codes and len(text.strip()) == 2 and text.strip().isupper():
        return text.strip() if text.strip() in country_codes() else None
    return found


@functools.lru_cache(maxsize=1)
def _english_names() -> dict[str, str]:
    # loaded when asked for: start-up stays light
    from babel import Locale

    return dict(Locale.parse("en").territories)


def country_name(code: str) -> str:
    """The usual English name of an ISO alpha-2 code."""
    return _english_names().get(code, code)


@functools.lru_cache(maxsize=1)
def _states() -> dict[str, str]:
    rows = read_reference("us_states")
    return {plain_words(row[field]): row["code"] for field in ("name", "code") for row in rows}


@functools.lru_cache(maxsize=1)
def _cities() -> dict[str, tuple[str, str]]:
    return {
        plain_words(row["city"]): (row["country"], row["state"]) for row in read_reference("cities")
    }


@functools.lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[str]]:
    return {
        row["continent"]: frozenset(row["countries"].split())
        for row in read_reference("continents")
    }


@functools.lru_cache(maxsize=20_000)
def find_place(text: str) -> tuple[str, str] | None:
    """(country, U.S. state or “”) of a country, state, city or “city, state”; None where the text
    does not say.

    The last part of “Austin, TX” or “Lyon, France” decides; where it is no place, the first does. A
    country's name is no state (“Georgia”), a city that is also one elsewhere is not in the table.
    """
    parts = [part.strip() for part in text.replace("/", ",").split(",") if part.strip()]
    for part in [text, *reversed(parts)]:
        found = _one_place(part, after_city=len(parts) > 1 and part == parts[-1])
        if found is not None:
            return found
    return None


def _one_place(text: str, *, after_city: bool) -> tuple[str, str] | None:
    words = plain_words(text)
    state = _states().get(words)
    if state is not None and (after_city or len(words) > 2) and words != "georgia":
        return "US", state
    country = find_country(text, codes=True)
    if country is not None:
        return country, ""
    if words in _cities():
        return _cities()[words]
    return ("US", state) if state is not None and text.strip().isupper() else None


def find_state(text: str) -> str | None:
    """The U.S. state a text names (two letters), by name, code, or city; None if it names none."""
    words = plain_words(text)
    if words in _states():
        return _states()[words]
    place = find_place(text)
    return place[1] or None if place else None


def us_region(text: str) -> str | None:
    """Census region of a U.S. state or city: “Northeast”, “Midwest”, “South” or “West”."""
    state = find_state(text)
    regions = {row["code"]: row["region"] for row in read_reference("us_states")}
    return regions.get(state) if state else None


def country_of(text: str) -> str | None:
    """English name of the country a place lies in."""
    place = find_place(text)
    return country_name(place[0]) if place else None


def continent_of(text: str) -> str | None:
    """“Europe”, “Asia”, “Africa”, “North America”, “South America”, “Oceania”."""
    place = find_place(text)
    if place is None:
        return None
    return next((name for name, codes in _groups().items() if place[0] in codes), None)


def in_european_union(text: str) -> str | None:
    """“EU” for members, “Europe outside the EU”, “outside Europe”."""
    place = find_place(text)
    if place is None:
        return None
    if place[0] in _groups()["European Union"]:
        return "EU"
    return "Europe outside the EU" if place[0] in _groups()["Europe"] else "outside Europe"
