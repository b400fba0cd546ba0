"""Accounts as memberships in levels, tags and ranges, and a low-dimensional map of them.

Comes in: accounts with clean columns and the attributes that may describe them. Goes out:
`Encoding` (learned once from the market) whose `encode` turns any frame into a membership matrix,
and `Embedding`, which places its rows in a few dimensions. Separate because clustering, references,
descriptions and `assign` must all see accounts the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from icp_engine.attributes.model import Attribute
from icp_engine.types import Frame, Series

if TYPE_CHECKING:
    from icp_engine.types import Floats, Ints

OTHER = "other"  # rare levels pool here
QUANTILES = (0.1, 0.3, 0.5, 0.7, 0.9)  # knots of a number's overlapping ranges
RARE = 3  # a level with fewer accounts pools
TAG_SHARE = 0.02  # a tag held by fewer or by all but fewer tells nothing


@dataclass(frozen=True)
class Block:
    """One question about an account: which level it holds, whether it has a tag, or where its
    number lies.

    `levels` are the answers (matrix columns), `knots` set for numbers only; a known answer's
    memberships sum to 1.
    """

    attribute: str
    measure: str
    levels: tuple[str, ...]
    knots: tuple[float, ...] = ()
    tag: str = ""


@dataclass(frozen=True)
class Encoding:
    """How accounts become memberships. `start[b]` is block b's first column, `block_of` each
    column's block.
    """

    blocks: tuple[Block, ...]
    start: Ints
    block_of: Ints

    @property
    def width(self) -> int:
        """Number of membership columns."""
        return len(self.block_of)

    def encode(self, frame: Frame) -> Floats:
        """Rows × columns memberships in 0–1; a block whose value is unknown (or column absent) is
        all zero.
        """
        parts = [_memberships(block, frame) for block in self.blocks]
        return np.hstack(parts) if parts else np.zeros((len(frame), 0))


def learn_encoding(frame: Frame, attributes: Sequence[Attribute], levels_max: int) -> Encoding:
    """The blocks of every attribute that varies among `frame`'s accounts; never looks at who is
    best.
    """
    blocks = [
        block
        for attribute in attributes
        if attribute.name in frame.columns
        for block in _blocks(attribute, frame[attribute.name], levels_max)
    ]
    widths = np.array([len(block.levels) for block in blocks], dtype=np.int64)
    start = (
        np.concatenate([[0], np.cumsum(widths)[:-1]]).astype(np.int64)
        if blocks
        else np.zeros(0, np.int64)
    )
    return Encoding(tuple(blocks), start, np.repeat(np.arange(len(blocks)), widths))


def _blocks(attribute: Attribute, column: Series, levels_max: int) -> list[Block]:
    if attribute.measure == "number":
        return _number_block(attribute.name, column)
    if attribute.measure == "tags":
        return _tag_blocks(attribute.name, column, levels_max)
    return _level_block(attribute, column, levels_max)


def _number_block(name: str, column: Series) -> list[Block]:
    known = pd.to_numeric(column, errors="coerce").to_numpy(float, na_value=np.nan)
    known = known[np.isfinite(known)]
    if len(known) < RARE:
        return []
    knots = np.unique(np.quantile(known, QUANTILES))
    if len(knots) < 2:  # mostly one value: the question is whether it differs
        knots = np.unique([known.min(), float(np.median(known)), known.max()])
    if len(knots) < 2:
        return []
    return [Block(name, "number", tuple(f"{knot:.6g}" for knot in knots), tuple(map(float, knots)))]


def _tag_blocks(name: str, column: Series, levels_max: int) -> list[Block]:
    sets = tag_sets(column)
    counts = pd.Series(
        [tag for tags in sets if tags for tag in sorted(tags)], dtype="str"
    ).value_counts()
    known = sum(tags is not None for tags in sets)
    floor = max(RARE, TAG_SHARE * known)
    kept = [tag for tag, count in counts.items() if floor <= count <= known - floor]
    kept.sort(key=lambda tag: (-int(counts[tag]), tag))
    return [Block(name, "tags", ("yes", "no"), tag=str(tag)) for tag in kept[:levels_max]]


def _level_block(attribute: Attribute, column: Series, levels_max: int) -> list[Block]:
    counts = level_texts(column).value_counts()
    kept = sorted(
        (str(level) for level in counts.index if counts[level] >= RARE),
        key=lambda v: (-counts[v], v),
    )
    if attribute.measure == "ordered" and attribute.levels:
        kept = [level for level in attribute.levels if level in set(kept)]
    else:
        kept = kept[:levels_max]
    if counts.sum() - counts.reindex(kept).sum() >= RARE:
        kept.append(OTHER)
    return [Block(attribute.name, attribute.measure, tuple(kept))] if len(kept) > 1 else []


def level_texts(column: Series) -> Series:
    """A level column as text objects; booleans become “yes”/“no”, unknown becomes None."""
    known = column.notna().to_numpy(bool)
    words = {True: "yes", False: "no"} if pd.api.types.is_bool_dtype(column.dtype) else {}
    texts = [
        words.get(value) or str(value) if ok else None
        for value, ok in zip(column.tolist(), known, strict=True)
    ]
    return pd.Series(texts, index=column.index, dtype="object")


def tag_sets(column: Series) -> list[frozenset[str] | None]:
    """Each row's tags (text joined by “; ”); None where unknown."""
    cache: dict[str, frozenset[str]] = {}
    return [
        None if value is None else _split(value, cache) for value in level_texts(column).tolist()
    ]


def _split(text: str, cache: dict[str, frozenset[str]]) -> frozenset[str]:
    if text not in cache:
        cache[text] = frozenset(tag.strip() for tag in text.split(";") if tag.strip())
    return cache[text]


def _memberships(block: Block, frame: Frame) -> Floats:
    if block.attribute not in frame.columns:
        return np.zeros((len(frame), len(block.levels)))
    column = frame[block.attribute]
    if block.measure == "number":
        return hats(
            pd.to_numeric(column, errors="coerce").to_numpy(float, na_value=np.nan), block.knots
        )
    if block.measure == "tags":
        return _tag_memberships(column, block.tag)
    return _level_memberships(column, block.levels)


def hats(numbers: Floats, knots: Sequence[float]) -> Floats:
    """Memberships in overlapping ranges: linear between neighbouring knots, flat outside; unknown
    is all zero.
    """
    known = np.isfinite(numbers)
    place = np.interp(np.where(known, numbers, knots[0]), knots, np.arange(len(knots)))
    return np.asarray(
        np.clip(1 - np.abs(place[:, None] - np.arange(len(knots))), 0, 1) * known[:, None]
    )


def _tag_memberships(column: Series, tag: str) -> Floats:
    sets = tag_sets(column)
    has = np.array([tags is not None and tag in tags for tags in sets], dtype=float)
    known = np.array([tags is not None for tags in sets], dtype=float)
    return np.column_stack([has, known - has])


def _level_memberships(column: Series, levels: Sequence[str]) -> Floats:
    codes = pd.Index(list(levels)).get_indexer(level_texts(column)).astype(np.int64)
    if levels[-1] == OTHER:
        codes = np.where((codes < 0) & column.notna().to_numpy(bool), len(levels) - 1, codes)
    out = np.zeros((len(column), len(levels)))
    rows = np.flatnonzero(codes >= 0)
    out[rows, codes[rows]] = 1.0
    return out


@dataclass(frozen=True)
class Embedding:
    """Places membership rows in few dimensions: centred, divided by the root of each column's
    share, then projected.
    """

    share: Floats
    scale: Floats
    axes: Floats
    spread: Floats

    def place(self, memberships: Floats, block_of: Ints) -> Floats:
        """Rows × dimensions coordinates; unknown blocks contribute nothing (the market's mean)."""
        return np.asarray(standardised(memberships, self.share, self.scale, block_of) @ self.axes)


def standardised(memberships: Floats, share: Floats, scale: Floats, block_of: Ints) -> Floats:
    """Memberships minus the expected share where known, times `scale` (inverse root frequency, as
    in MCA).
    """
    known = known_blocks(memberships, block_of)
    return np.asarray((memberships - share * known) * scale)


def known_blocks(memberships: Floats, block_of: Ints) -> Floats:
    """1 in every column whose block is known for the row, else 0."""
    if memberships.shape[1] == 0:
        return np.zeros_like(memberships)
    start = np.flatnonzero(np.diff(block_of, prepend=-1))
    sums = np.add.reduceat(memberships, start, axis=1)
    return np.asarray((sums > 0.5).astype(float)[:, block_of])


def column_shares(memberships: Floats, block_of: Ints) -> Floats:
    """Share of each column among rows whose block is known (0 where none is)."""
    known = known_blocks(memberships, block_of).sum(axis=0)
    return np.asarray(memberships.sum(axis=0) / np.maximum(known, 1.0))


def fit_embedding(memberships: Floats, block_of: Ints, dimensions: int) -> Embedding:
    """MCA-like embedding by singular value decomposition of the standardised memberships."""
    if memberships.shape[1] == 0:
        return Embedding(np.zeros(0), np.zeros(0), np.zeros((0, dimensions)), np.zeros(dimensions))
    share = column_shares(memberships, block_of)
    scale = 1.0 / np.sqrt(np.maximum(share, 1.0 / max(len(memberships), 1)))
    matrix = standardised(memberships, share, scale, block_of)
    values, vectors = np.linalg.eigh(matrix.T @ matrix / max(len(matrix), 1))
    order = np.argsort(-values, kind="stable")[:dimensions]
    axes = vectors[:, order]
    axes = axes * np.where(
        axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])] < 0, -1.0, 1.0
    )
    return Embedding(share, scale, axes, np.asarray(np.sqrt(np.maximum(values[order], 0.0))))
