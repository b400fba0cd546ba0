"""Which databases the operator configured: a TOML file that the environment variable `ICP_SOURCES`
names.

Comes in: the file. Goes out: sources, and a problem for each entry that cannot be used. Separate
because nobody at a browser may name a database; only who starts the process may.
"""

from __future__ import annotations

import math
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from icp_engine.intake.reading.databases.model import (
    DEFAULT_ROWS,
    DEFAULT_SECONDS,
    DatabaseTable,
    Source,
)
from icp_engine.intake.reading.limits import MAX_ROWS
from icp_engine.problems import InputRefused, Problem, make_problem

VARIABLE = "ICP_SOURCES"
MAX_FILE_BYTES = 1 << 20
MAX_SECONDS = 3600.0
_PLACE = re.compile(r"at line \d+|at end of document")
_SCHEME = re.compile(r"(postgres(ql)?(\+psycopg)?|duckdb)://")
_NAME = re.compile(r"[^\W_][\w -]{0,40}")
_KNOWN = frozenset({"url", "url_from", "schemas", "tables", "rows", "seconds"})


class _Wrong(Exception):  # noqa: N818 - what is wrong with an entry, in words without secrets
    pass


def find_sources(
    environment: Mapping[str, str] | None = None,
) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """The configured sources in the file's order, and what is wrong with the rest; both empty where
    none is configured.

    environment: where `ICP_SOURCES` and the variables that `url_from` names are looked up; None
    means the process's. Never raises. No problem repeats anything of an address.
    """
    known = os.environ if environment is None else environment
    path = known.get(VARIABLE, "").strip()
    if not path:
        return (), ()
    try:
        entries = _read_entries(Path(path).expanduser())
    except _Wrong as wrong:
        return (), (make_problem("source-settings", table=VARIABLE, found=str(wrong)),)
    sources: list[Source] = []
    problems: list[Problem] = []
    for name, entry in entries.items():
        try:
            sources.append(_read_source(name, entry, known))
        except _Wrong as wrong:
            problems.append(make_problem("source-settings", table=name, found=str(wrong)))
    return tuple(sources), tuple(problems)


def find_table(asked: str, sources: tuple[Source, ...] | None = None) -> DatabaseTable:
    """The table that “source:table” names. Raises InputRefused where no such source is configured."""
    known, problems = find_sources() if sources is None else (sources, ())
    name, _, table = asked.partition(":")
    for source in known:
        if source.name == name and table:
            return DatabaseTable(source, table)
    names = ", ".join(source.name for source in known) or "none"
    raise InputRefused([*problems, make_problem("source-unknown", table=asked, found=names)])


def _read_entries(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_FILE_BYTES)
        return tomllib.loads(content.decode("utf-8-sig"))
    except OSError as error:
        raise _Wrong(
            f"names a file that cannot be read: {(error.strerror or 'no file').lower()}"
        ) from None
    except UnicodeDecodeError:
        raise _Wrong("names a file that is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        raise _Wrong(f"names a file that is not TOML ({place[0] if place else 'syntax'})") from None


def _read_source(name: str, entry: Any, environment: Mapping[str, str]) -> Source:
    if not _NAME.fullmatch(name):
        raise _Wrong("has a name with other signs than letters, digits, blanks and “-”")
    if not isinstance(entry, dict):
        raise _Wrong("is not a section with a url")
    if unknown := sorted(set(entry) - _KNOWN):
        raise _Wrong(
            f"has an unknown key “{unknown[0][:40]}”; known are {', '.join(sorted(_KNOWN))}"
        )
    return Source(
        name=name,
        url=_read_url(entry, environment),
        schemas=_read_names(entry, "schemas"),
        tables=_read_names(entry, "tables"),
        rows=int(_read_number(entry, "rows", DEFAULT_ROWS, MAX_ROWS)),
        seconds=_read_number(entry, "seconds", DEFAULT_SECONDS, MAX_SECONDS),
    )


def _read_url(entry: Mapping[str, Any], environment: Mapping[str, str]) -> str:
    variable = entry.get("url_from")
    url = entry.get("url") if variable is None else environment.get(str(variable), "")
    if variable is not None and not url:
        raise _Wrong(
            f"takes its address from the environment variable {str(variable)[:60]}, which is not set"
        )
    if not isinstance(url, str) or not _SCHEME.match(url):
        raise _Wrong("has no url that begins with postgresql:// or duckdb://")
    return url


def _read_names(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    names = entry.get(key, [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _Wrong(f"has a key “{key}” that is not a list of names")
    return tuple(names)


def _read_number(entry: Mapping[str, Any], key: str, default: float, most: float) -> float:
    value = entry.get(key, default)
    if (
        isinstance(value, bool)
        or not isinstance(value, (int, float))
        or not (math.isfinite(value) and value > 0)
    ):
        raise _Wrong(f"has a key “{key}” that is not a number above 0")
    if key == "rows" and value < 1:
        raise _Wrong("has a key “rows” below 1")
    return min(float(value), most)
