"""Spellings of one id that meet: case, blanks, “.0”, Salesforce's 15 and 18 signs, lost zeros, a prefix.

Comes in: ids as two tables write them. Goes out: which id of the one each id of the other stands
for. Separate because every tool writes ids in its own way, while a wrong pair is worse than none:
a spelling counts only where it keeps all known ids apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

import pandas as pd

from icp_engine.types import Series

# share of a column's ids that one prefix must lead before the bare number may stand for them
LEAST_PREFIXED = 0.95
# share of different ids that must meet by their bare number, or they met by chance
LEAST_BARE = 0.5
SALESFORCE_SHORT = 15
_SALESFORCE = re.compile(r"^(?:[A-Za-z0-9]{15}|[A-Za-z0-9]{18})$")
_FLOAT = re.compile(r"^(-?[0-9]+)\.0+$")
# what stands between signs, not between two digits: “1-2” is not “12”
_GAPS = re.compile(r"(?<![0-9])[\s_/#.-]+|[\s_/#.-]+(?![0-9])")
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
_PREFIXED = re.compile(r"^([a-z]{0,12})([0-9]+)$")


def plain(ids: Series) -> Series:
    """Ids without case, blanks, punctuation and the “.0” of numbers that were read as decimals."""
    texts = ids.astype("str").str.strip(" {}").str.replace(_FLOAT.pattern, r"\1", regex=True)
    return texts.str.casefold().str.replace(_GAPS.pattern, "", regex=True)


def salesforce(ids: Series) -> Series:
    """The 15 signs, case and all, that an id of 15 or 18 signs begins with; else missing."""
    texts = ids.astype("str").str.strip()
    shaped = texts.str.fullmatch(_SALESFORCE.pattern).fillna(False).astype(bool)
    return texts.str[:SALESFORCE_SHORT].where(shaped)


def unpadded(ids: Series) -> Series:
    """Plain ids without zeros in front of a number, which spreadsheets lose."""
    return plain(ids).str.replace(_ZEROS.pattern, "", regex=True)


def bare(ids: Series) -> Series:
    """The number of ids that one prefix leads (“ACC-0012” → “12”); missing where several do."""
    parts = unpadded(ids).str.extract(_PREFIXED.pattern)
    known = int(ids.notna().sum())
    if not known or parts[1].notna().sum() < LEAST_PREFIXED * known or parts[0].nunique() > 1:
        return pd.Series(pd.NA, index=ids.index, dtype="str")
    return parts[1].str.replace(_ZEROS.pattern, "", regex=True)


def find_prefix(ids: Series) -> str:
    """The letters that lead all numbered ids, “” where none do."""
    found = plain(ids).str.extract(_PREFIXED.pattern)[0].dropna()
    return str(found.iloc[0]) if len(found) else ""


Shape: TypeAlias = Callable[[Series], Series]
SHAPES: tuple[Shape, ...] = (salesforce, plain, unpadded)


def respell(asked: Series, known: pd.Index) -> Series:
    """By the index of `asked`: the known id that each id is another spelling of, else missing.

    A shape that two known ids share is left out, and the number alone counts only where one of the
    two tables writes a prefix and the other none: “C-12” is not “D-12”.
    """
    ids = pd.Series(known, dtype="str")
    found = pd.Series(pd.NA, index=asked.index, dtype="str")
    distinct = pd.Series(asked.dropna().unique(), dtype="str")
    if not len(ids) or not len(distinct):
        return found
    pairs: dict[str, str] = {}
    shapes = SHAPES if find_prefix(ids) and find_prefix(distinct) else (*SHAPES, bare)
    for shape in shapes:
        lookup = _unambiguous(shape(ids), ids)
        waiting = distinct[~distinct.isin(list(pairs))]
        met = shape(waiting).map(lookup)
        if shape is bare and met.notna().sum() < LEAST_BARE * len(waiting):
            continue
        pairs |= dict(zip(waiting[met.notna()], met.dropna(), strict=True))
    return asked.map(pairs).astype("str") if pairs else found


def _unambiguous(shaped: Series, ids: Series) -> dict[str, str]:
    usable = shaped.notna() & ~shaped.duplicated(keep=False) & (shaped != "")
    return dict(zip(shaped[usable], ids[usable], strict=True))
