"""What a header means, in languages and words that no list holds: one witness, heard where all
others are silent.

Comes in: a table as the other witnesses left it, its kind, and which headers no list knows. Goes
out: roles, all of them unsure. Separate because a sentence encoder tells it: without one nothing is
said. Phrases of roles, and of what is no role (a due date is no day of an invoice), stand in
`header_meanings.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from icp_engine.intake.columns import outcomes
from icp_engine.intake.columns.evidence.account_columns import MOST_LEFT
from icp_engine.intake.columns.evidence.deal_columns import KNOWN_WORD, UNSURE, Deals
from icp_engine.intake.columns.evidence.sentence_encoder import encode
from icp_engine.intake.columns.header_words import field_name
from icp_engine.intake.columns.person_names import looks_like_people
from icp_engine.intake.columns.role import Role
from icp_engine.types import Series
from icp_engine.values.lengths import one_header
from icp_engine.values.reference_tables import read_reference

LEAST_COSINE = 0.6  # under which a header means nothing we know
LEAST_MARGIN = 0.06  # by which the role must be nearer than any other meaning
RIVAL = 0.05  # cosine within which another column could be it as well
BY_MEANING = "what its header means"
# Roles that a default gave; sentences, scores and whatever a header said stay
_DEFAULTS = frozenset(("attribute", "ignore", "identifier", "known_after"))
_SAID = 0.8  # sureness above which even these were said by something
_LOST_ONLY = 0.9  # share of the reasons that must stand where a deal was lost
_FEW = 5  # different values up to which nothing is a name, an id or a sum
_REPEATED = 0.6  # different values a row above which nobody's deals repeat
_IDS = ("account_id", "deal_id", "event_id")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GAPS = re.compile(r"[_\s]+")


@dataclass(frozen=True)
class Meaning:
    """The role a header is nearest to, how near (cosine), and by how much more than to all else."""

    role: str
    cosine: float
    margin: float


def fill_by_meaning(
    table: Deals, kind: str, unknown: Iterable[str], fits: Callable[[str, str], bool]
) -> None:
    """Roles of `unknown` headers that nobody has, where `fits` (role, header) and the values agree."""
    free = [role for role, kinds, _ in _meanings() if kind in kinds and not table.has(role)]
    could = {
        header: [role for role in free if fits(role, header) and _looks_like(role, table, header)]
        for header in unknown
        if _is_open(table.roles[header])
    }
    asked = [header for header, roles in could.items() if roles]
    found: dict[str, list[tuple[float, str]]] = {}
    for header, meaning in zip(asked, mean(asked, kind), strict=True):
        if meaning is not None and meaning.role in could[header]:
            found.setdefault(meaning.role, []).append((meaning.cosine, header))
    for role, named in found.items():
        (best, header), *others = sorted(named, reverse=True)
        rivals = tuple(other for cosine, other in others[:3] if cosine > best - RIVAL)
        worth = {"direction": "more", "unit": "$"} if role == "value_metric" else {}
        table.roles[header] = Role(role, UNSURE, BY_MEANING, rivals=rivals, **worth)


def mean(headers: Iterable[str], kind: str) -> list[Meaning | None]:
    """What each header means in a table of `kind`; None where it is near no role, or nearly as near
    to something else, or no encoder is there.
    """
    texts = tuple(_plain(header) for header in headers)
    near = _nearness(texts) if texts else None
    return [None] * len(texts) if near is None else [_nearest(row, kind) for row in near]


def _nearest(row: Any, kind: str) -> Meaning | None:
    second, best = np.argsort(row)[-2:]
    role, kinds, _ = _meanings()[best]
    cosine, margin = float(row[best]), float(row[best] - row[second])
    if kind not in kinds or cosine < LEAST_COSINE or margin < LEAST_MARGIN:
        return None
    return Meaning(role, cosine, margin)


def _nearness(texts: tuple[str, ...]) -> Any:
    """Cosine of each text to the nearest phrase of each meaning; None without an encoder."""
    vectors = encode(texts)
    groups = [encode(phrases) for _, _, phrases in _meanings()] if vectors is not None else []
    return np.stack([(vectors @ group.T).max(axis=1) for group in groups], 1) if groups else None


@lru_cache(maxsize=1)
def _meanings() -> tuple[tuple[str, frozenset[str], tuple[str, ...]], ...]:
    """Role (“” for what is none), kinds of tables that have it, phrases."""
    return tuple(
        (row["role"], frozenset(row["kinds"].split("|")), tuple(row["phrases"].split("|")))
        for row in read_reference("header_meanings")
    )


def _plain(header: str) -> str:
    """The header as a person would say it: “SalesOrder_Date” → “sales order date”."""
    return _GAPS.sub(" ", _CAMEL.sub(" ", field_name(one_header(header)))).strip().lower()


def _is_open(role: Role) -> bool:
    said = role.score > _SAID or (role == "attribute" and role.score >= KNOWN_WORD)
    return role in _DEFAULTS and not role.given and not said


def _looks_like(role: str, table: Deals, header: str) -> bool:
    """Whether values do not only fit a role but speak for it, as nothing else does."""
    values, kind = table.frame[header].dropna(), table.rules[header].type
    if role in ("value_metric", "amount", "event_amount"):
        return kind in ("money", "number") and values.nunique() > _FEW
    if role in ("account_name", "deal_name", *_IDS):
        named = kind in ("text", "category", "id") or (kind == "number" and role in _IDS)
        return named and values.nunique() > _FEW
    if role == "owner":
        return looks_like_people(values) and values.nunique() <= _REPEATED * len(values)
    if role == "churn_date":
        return bool(table.frame[header].notna().mean() < MOST_LEFT)
    if role == "lost_reason":
        return kind in ("category", "text") and _stands_where_lost(table, values)
    if role in ("stage", "lead_source"):
        return kind in ("category", "text") and not outcomes.is_yes_no(values)
    return True


def _stands_where_lost(table: Deals, values: Series) -> bool:
    return bool(table.won[values.index].eq(False).fillna(False).mean() >= _LOST_ONLY)
