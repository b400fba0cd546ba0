"""Bands such as “51-200”, “$10M–$50M”, “More than 25K” → limits and one canonical label.

Comes in: cell texts. Goes out: (low, high) and labels such as “51–200”, “10001+”, “<10”. Separate
because headcount and revenue bands are spelled in many ways that mean the same band, and Excel
turns some into dates.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from icp_engine.values.lengths import one_value
from icp_engine.values.numbers import (
    DIGITS,
    UNIT,
    parse_number,
    read_digits,
    round_scaled,
)
from icp_engine.values.words.money_words import CURRENCY, SCALE, scale_of

Limits = tuple[float | None, float | None]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LOWER = r">=|≥|>|more than|greater than|over|above|at least|min\.?|from|ab|über|mehr als|mindestens|plus de|más de"
_UPPER = r"<=|≤|<|less than|fewer than|lower than|under|below|up to|at most|max\.?|unter|weniger als|moins de|menos de"
_MORE = r"\+|plus|and more|or more|and above|or above|and over|and up|upwards|oder mehr|und mehr|et plus|o más"
_LESS = r"or less|or fewer|and below|or below|and under|oder weniger"
# Blanks are taken whole (*+): shared out between neighbours they took polynomial time.
_AMOUNT = rf"{CURRENCY}?\s*+{{digits}}\s*+{{scale}}?\s*+{{sign}}?"


def _amount(name: str) -> str:
    return _AMOUNT.format(
        digits=f"(?P<{name}>{DIGITS})",
        scale=f"(?P<{name}_scale>{SCALE})",
        sign=f"(?P<{name}_sign>{CURRENCY})",
    )


_TAIL = rf"\s*+{UNIT}?"
_BETWEEN = re.compile(
    rf"\A(?:between|from|zwischen|von|entre|de|от)?\s*+{_amount('low')}{_TAIL}\s*+(?:-|‐|‑|–|—|−|~|\.\.++|to|till|until|and|und|bis|à|a|y|до)\s*+"
    rf"{_amount('high')}{_TAIL}"
)
_OPEN_BEFORE_SCALE = re.compile(rf"(\d)\s*+\+\s*+(?={SCALE})(.*)")
_AT_LEAST = re.compile(
    rf"\A(?:{_LOWER})\s*+{_amount('low')}\s*+\+?{_TAIL}|\A{_amount('bound')}{_TAIL}\s*+(?:{_MORE}){_TAIL}"
)
_AT_MOST = re.compile(
    rf"\A(?:{_UPPER})\s*+{_amount('high')}{_TAIL}|\A{_amount('bound')}{_TAIL}\s*+(?:{_LESS}){_TAIL}"
)
_REMARK = re.compile(r"(?<!\s)(?:\s*+\((?![\d(])[^()]*+\)|\s++per year$|\s*+p\.\s?a\.$)")
_DAY_MONTH = re.compile(r"\A(\d{1,2})[-./ ]([a-z]{3})[a-z]*+\.?")
_MONTH_NUMBER = re.compile(r"\A([a-z]{3})[a-z]*+\.?[-./ ](\d{1,2})")
_ISO_DAY = re.compile(r"20\d\d-(\d\d)-(\d\d)(?:[ t]00:00(?::00(?:\.0+)?)?)?")


def parse_range(text: str) -> Limits | None:
    """(low, high) of a band, None for an open end; None for anything else, a plain number included.

    A scale word that stands only at the end counts for both: “$100 to $500 million” is (1e8, 5e8).
    """
    lowered = _REMARK.sub("", one_value(text).casefold()).strip()
    if len(lowered) < 2 or not any(letter.isdigit() for letter in lowered):
        return None
    lowered = _OPEN_BEFORE_SCALE.sub(r"\1 \2+", lowered)  # “10+ billion” is “10 billion+”
    for pattern, ends in (
        (_BETWEEN, ("low", "high")),
        (_AT_LEAST, ("low", "")),
        (_AT_MOST, ("", "high")),
    ):
        match = pattern.fullmatch(lowered)
        if match:
            return _limits(match.groupdict(), ends)
    return None


def _limits(parts: dict[str, str | None], ends: tuple[str, str]) -> Limits | None:
    low, high = (_bound(parts, end) if end else None for end in ends)
    if ends == ("low", "high"):
        if low is None or high is None:
            return None
        if parts["high_scale"] and not parts["low_scale"]:
            lifted = round_scaled(low * (_factor(parts, "high") or 1.0))
            low = lifted if lifted < high else low
        return (low, high) if low < high else None
    return None if low is None and high is None else (low, high)


def _bound(parts: dict[str, str | None], end: str) -> float | None:
    name = end if parts.get(end) else "bound"
    digits, scale = parts.get(name), parts.get(f"{name}_scale")
    if not digits:
        return None
    value = read_digits(digits, "." if scale else _group_aware(digits))
    factor = _factor(parts, name)
    return None if value is None or factor is None else round_scaled(value * factor)


def _factor(parts: dict[str, str | None], name: str) -> float | None:
    scale = parts.get(f"{name}_scale")
    return scale_of(scale, "", parts.get(f"{name}_sign") or "") if scale else 1.0


def _group_aware(digits: str) -> str:
    """Bands are of whole things: a lone mark before three digits groups thousands, whichever mark
    it is.
    """
    return "," if "." in digits else "."


def format_bound(value: float) -> str:
    """A limit without thousands separators: 51, 2.5, 10000000."""
    return str(int(value)) if value == int(value) and abs(value) < 1e18 else repr(value)


def range_label(limits: Limits) -> str:
    """The canonical spelling of a band: “51–200”, “10001+” (open above), “<10” (open below)."""
    low, high = limits
    if low is None:
        return f"<{format_bound(high or 0.0)}"
    return f"{format_bound(low)}+" if high is None else f"{format_bound(low)}–{format_bound(high)}"


def midpoint(limits: Limits) -> float:
    """One number for a band: the geometric mean of its limits; the limit of “10001+”, half of
    “<10”.
    """
    low, high = limits
    if low is None:
        return (high or 0.0) / 2
    if high is None:
        return low
    return math.sqrt(low * high) if low > 0 else (low + high) / 2


def band_order(limits: Limits) -> tuple[float, float]:
    """A sort key that puts bands in order, open ends outermost."""
    low, high = limits
    return (-math.inf if low is None else low, math.inf if high is None else high)


def repair_excel_damage(text: str) -> Limits | None:
    """The band that Excel turned into a date: “01-May” and “5-Jan” were 1-5, “Nov-50” was 11-50;
    None if it was not.

    Day and month are both small numbers and a band rises, so the smaller one is the lower limit.
    """
    lowered = one_value(text).casefold()
    match = _DAY_MONTH.fullmatch(lowered)
    if match and match[2] in _MONTHS:
        return _rising(int(match[1]), _MONTHS.index(match[2]) + 1)
    match = _MONTH_NUMBER.fullmatch(lowered)
    if match and match[1] in _MONTHS:
        return _rising(_MONTHS.index(match[1]) + 1, int(match[2]))
    match = _ISO_DAY.fullmatch(lowered)
    return _rising(int(match[1]), int(match[2])) if match else None


def _rising(first: int, second: int) -> Limits | None:
    return None if first == second else (float(min(first, second)), float(max(first, second)))


def band_of(value: float, bands: Sequence[tuple[str, Limits]]) -> str | None:
    """The label of the first band that contains `value` (both limits included), else None.

    A value between two bands of whole numbers (10.5 between 1–10 and 11–50) goes to the lower one.
    """
    below: str | None = None
    for label, (low, high) in bands:
        if low is not None and value < low:
            return below
        if high is None or value < high or (low is not None and value == high):
            return label
        below = label
    return None


def read_band(text: str, bands: Sequence[tuple[str, Limits]]) -> str | None:
    """The band's canonical label for one cell: a band, a band damaged by Excel, or a number inside
    a known band.
    """
    limits = parse_range(text)
    if limits is not None:
        return range_label(limits)
    number = parse_number(text)
    if number is not None:
        return band_of(number, bands)
    damaged = repair_excel_damage(text)
    return None if damaged is None else _known_label(range_label(damaged), bands)


def _known_label(label: str, bands: Sequence[tuple[str, Limits]]) -> str | None:
    """A repaired band counts only if the column's other bands leave room for it."""
    known = {name for name, _ in bands}
    return label if not known or label in known else None
