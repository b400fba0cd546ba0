"""What distinguishes a segment, its name, key and two sentences.

Comes in: best customers with their labels. Goes out: traits with counts, names, keys, examples and
sentences in which each claim is a number. Separate from clustering because it reads the attributes
as people do: levels, tags and ranges.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from icp_engine.attributes.model import Attribute
from icp_engine.segments.features import level_texts, tag_sets
from icp_engine.stats.proportions import wilson
from icp_engine.types import NOT_APPLICABLE, Estimate, Frame, Series
from icp_engine.values.yes_no_missing import yes_or_no
from icp_engine.wording.numbers import SHORT_FROM, number, of
from icp_engine.wording.shares import percent

if TYPE_CHECKING:
    from icp_engine.types import Bools, Floats

TRAIT_COLUMNS = (
    "attribute",
    "value",
    "here",
    "others",
    "everybody",
    "lift",
    "n_here",
    "known_here",
)
TRAITS_KEPT = 8
NAME_PARTS = 2
CLEAR = 2.0  # standard errors a trait must stand out by to enter a name
MIN_HELD = 5  # best customers a level needs to be described by


def trait_matrix(
    best: Frame, market: Frame, attributes: Sequence[Attribute]
) -> tuple[Frame, Bools, Bools]:
    """Every level, tag and range of the best customers.

    Returns (items with attribute, value, words, tag, everybody; held best × items; known best ×
    items). Ranges are runs of the market's fifths, so they do not depend on who is best.
    `everybody`: share of the market's known values.
    """
    items: list[tuple[str, str, str, bool, float]] = []
    held: list[Bools] = []
    known: list[Bools] = []
    for attribute in attributes:
        if attribute.name not in best.columns:
            continue
        everybody = _shares(attribute, market[attribute.name])
        for value, words, has in _answers(attribute, best[attribute.name], market[attribute.name]):
            if has.sum() >= MIN_HELD:
                items.append(
                    (
                        attribute.name,
                        value,
                        words,
                        attribute.measure == "tags",
                        everybody.get(value, 0.0),
                    )
                )
                held.append(has)
                known.append(best[attribute.name].notna().to_numpy(bool))
    empty = np.zeros((len(best), 0), dtype=bool)
    table = pd.DataFrame(items, columns=["attribute", "value", "words", "tag", "everybody"])
    return (
        table,
        np.column_stack(held) if held else empty,
        np.column_stack(known) if known else empty,
    )


def _shares(attribute: Attribute, market: Series) -> dict[str, float]:
    known = max(int(market.notna().sum()), 1)
    return {
        value: float(has.sum()) / known for value, _, has in _answers(attribute, market, market)
    }


def _answers(attribute: Attribute, column: Series, market: Series) -> list[tuple[str, str, Bools]]:
    if attribute.measure == "number":
        return _ranges(attribute, column, market)
    if attribute.measure == "tags":
        sets = tag_sets(column)
        tags = sorted({tag for held in sets if held for tag in held})
        return [
            (tag, tag, np.array([held is not None and tag in held for held in sets]))
            for tag in tags
        ]
    texts = level_texts(column)
    return [
        (level, _words(attribute, level), (texts == level).to_numpy(bool))
        for level in sorted(texts.dropna().unique())
    ]


def _words(attribute: Attribute, level: str) -> str:
    """A level as a name would say it: “FinTech”, “51–200 employees”, “Hiring: yes”."""
    if attribute.measure == "boolean" or yes_or_no(level) is not None:
        return f"{_label(attribute.name)}: {level}"
    return _range_words(attribute, level) if level[:1].isdigit() else level


def _range_words(attribute: Attribute, value: str) -> str:
    """“39 or more employees”; a name that counts nothing, such as a size, leads: “Fleet Size 39 or
    more”.
    """
    unit = _unit(attribute.name)
    return f"{value} {unit}" if unit.endswith("s") else f"{_label(attribute.name)} {value}"


def _unit(name: str) -> str:
    """A name behind its number: “employees” of “Number of employees”."""
    return _label(name).lower().removeprefix("number of ").removeprefix("no. of ")


def _label(name: str) -> str:
    return name.replace("_", " ").strip().capitalize() if name.islower() else name


def _ranges(attribute: Attribute, column: Series, market: Series) -> list[tuple[str, str, Bools]]:
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(float, na_value=np.nan)
    whole = pd.to_numeric(market, errors="coerce").to_numpy(float, na_value=np.nan)
    whole = whole[np.isfinite(whole)]
    if len(whole) < MIN_HELD:
        return []
    cuts = np.unique([_round(cut) for cut in np.quantile(whole, (0.2, 0.4, 0.6, 0.8))])
    edges = np.array([-np.inf, *cuts, np.inf])
    counts = bool((whole == np.round(whole)).all())
    out = []
    for low in range(len(edges) - 1):
        for high in range(low + 1, len(edges)):
            if high - low <= max(1, (len(edges) - 1) // 2):
                value = _range_text(float(edges[low]), float(edges[high]), counts)
                out.append(
                    (
                        value,
                        _range_words(attribute, value),
                        (numbers >= edges[low]) & (numbers < edges[high]),
                    )
                )
    return out


def _round(number: float) -> float:
    """Two significant digits, as a person would draw the line."""
    return float(f"{number:.2g}")


def _range_text(low: float, high: float, counts: bool) -> str:
    """low ≤ value < high in words; short ranges of counts name their last number, so that none seem
    to overlap.
    """
    if np.isinf(low):
        return f"under {number(high)}"
    if np.isinf(high):
        return f"{number(low)} or more"
    last = high - 1 if counts and high < SHORT_FROM and high == round(high) else high
    return number(low) if last == low else f"{number(low)}–{number(last)}"


def segment_traits(items: Frame, held: Bools, known: Bools, inside: Bools) -> Frame:
    """Traits that set `inside` apart from the other best customers, clearest first.

    `here`, `others` (best customers), `everybody` (judged customers): shares among accounts whose
    value is known; `lift` the ratio of the first two with half an account added; one row an
    attribute (tags: one a tag), only rows more frequent inside.
    """
    n_here, known_here = held[inside].sum(axis=0), known[inside].sum(axis=0)
    n_rest, known_rest = held[~inside].sum(axis=0), known[~inside].sum(axis=0)
    here, others = n_here / np.maximum(known_here, 1), n_rest / np.maximum(known_rest, 1)
    table = items.assign(
        here=here,
        others=others,
        n_here=n_here,
        known_here=known_here,
        lift=((n_here + 0.5) / (known_here + 1)) / ((n_rest + 0.5) / (known_rest + 1)),
        clear=_clearness(here, others, known_here, known_rest),
    )
    table = table[(table["n_here"] >= MIN_HELD) & (table["clear"] > 0)]
    table = table.sort_values(
        ["clear", "attribute", "value"], ascending=[False, True, True], kind="stable"
    )
    first = ~table.duplicated("attribute") | table["tag"]
    return table[first].head(TRAITS_KEPT).reset_index(drop=True)


def _clearness(here: Floats, others: Floats, known_here: Floats, known_rest: Floats) -> Floats:
    """Difference of shares in standard errors, times the share inside: what is both typical and
    telling leads.
    """
    pooled = (here * known_here + others * known_rest) / np.maximum(known_here + known_rest, 1)
    spread = pooled * (1 - pooled) * (1 / np.maximum(known_here, 1) + 1 / np.maximum(known_rest, 1))
    return np.asarray((here - others) / np.sqrt(np.maximum(spread, 1e-9)) * np.sqrt(here))


def segment_name(traits: Frame, label: int) -> str:
    """The strongest traits in a few words; a number when nothing stands out."""
    clear = traits[traits["clear"] >= CLEAR]
    words = list(dict.fromkeys(clear["words"].head(NAME_PARTS)))
    return ", ".join(words) if words else f"Segment {label + 1}"


def segment_key(traits: Frame, label: int) -> str:
    """A key that stays while the strongest traits stay, whatever the order of the segments."""
    parts = sorted(f"{row.attribute}={row.value}" for row in traits.head(NAME_PARTS).itertuples())
    return hashlib.blake2s(
        ("|".join(parts) or f"segment {label}").encode(), digest_size=4
    ).hexdigest()


def share_estimate(count: int, total: int) -> Estimate:
    """Share of `total` with its Wilson interval."""
    low, high = wilson(count, total)
    return Estimate(count / total, float(low), float(high), total) if total else NOT_APPLICABLE


def value_share(value: Floats, inside: Bools) -> Estimate:
    """Share of the best customers' value that lies inside; interval by linearised ratio, None where
    value sums to 0.
    """
    amounts = np.maximum(np.nan_to_num(value, nan=0.0), 0.0)
    total, n = amounts.sum(), len(amounts)
    if total <= 0 or n < 2:
        return Estimate(None, None, None, n)
    share = float(amounts[inside].sum() / total)
    error = 1.96 * float(np.sqrt(n / (n - 1) * ((amounts * (inside - share)) ** 2).sum())) / total
    return Estimate(share, max(0.0, share - error), min(1.0, share + error), n)


def medoids(points: Floats, inside: Bools, index: Any, count: int = 3) -> tuple[str, ...]:
    """The accounts nearest to the middle of the segment."""
    rows = np.flatnonzero(inside)
    distance = ((points[rows] - np.median(points[rows], axis=0)) ** 2).sum(axis=1)
    return tuple(
        str(account) for account in index[rows[np.argsort(distance, kind="stable")[:count]]]
    )


def sentence(share: Estimate, size: int, worth: Estimate, traits: Frame) -> str:
    """Two sentences: how large the segment is, and what distinguishes it; every claim a number."""
    low, high = share.low or 0.0, share.high or 0.0
    first = (
        f"{of(size, share.n)} best customers ({percent(share.value or 0)}, "
        f"{percent(low)} to {percent(high)})"
    )
    if worth.value is not None:
        first += f" with {percent(worth.value)} of their value"
    claims = [
        f"{row.words} in {row.n_here} of {row.known_here} ({percent(row.here)} against {percent(row.others)} "
        "of the other best)"
        for row in traits.head(NAME_PARTS).itertuples()
    ]
    second = (
        " and ".join(claims)
        if claims
        else "No attribute sets them apart from the other best customers"
    )
    return f"{first}. {second[:1].upper()}{second[1:]}."
