"""What the values of one column say about how to read them: decimal mark, order of day and month,
separator, spellings.

Comes in: a column's distinct values with counts. Goes out: parts of a `ColumnRule`. Separate
because a rule is needed both where the type was inferred and where a person or a role demands it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from icp_engine.values.dates import DateOrder, numeric_parts, parse_date
from icp_engine.values.numbers import UNIT_WORDS, find_currency
from icp_engine.values.parse import split_tags
from icp_engine.values.ranges import (
    Limits,
    band_order,
    parse_range,
    range_label,
    repair_excel_damage,
)
from icp_engine.values.words.date_words import (
    language_rank,
    languages_of,
    languages_that_disagree,
)
from icp_engine.values.yes_no_missing import fold

Counts = Mapping[str, int]  # distinct text → number of rows
DateEvidence = Literal["ymd", "dmy", "mdy", "ambiguous"]

# currencies of countries that write a decimal comma and points between thousands
COMMA_CURRENCIES = frozenset(
    [
        "EUR",
        "CZK",
        "DKK",
        "SEK",
        "NOK",
        "BRL",
        "PLN",
        "HUF",
        "RON",
        "RSD",
        "BAM",
        "ISK",
        "TRY",
        "ARS",
        "CLP",
        "COP",
        "PYG",
        "UYU",
        "IDR",
        "VND",
    ]
)
TAG_SEPARATORS = (";", "|", ",", "\n", " / ")
MERGED_LEVELS_MAX = 500  # more distinct spellings than that are names, not levels

_BOTH_MARKS = re.compile(r"(?<=[.,'’\s\d])([.,])\d++\D*+$")
_LONE_MARK = re.compile(r"\A\D*+(\d++)([.,])(\d++)\D*+$")
_WHOLE_NUMBER = re.compile(r"\A\D*+(\d++)\D*+$")
_COMPACT_DAY = re.compile(r"[0-9]{6}(?:[0-9]{2})?")
_YEAR_AND_MONTH = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-3][0-9])?$")
_UNIT = re.compile(r"\d\s*+([^\W\d]{3,}+)$")


def find_decimal(counts: Counts) -> Literal[".", ","]:
    """The decimal mark of a column: by values that can be read one way only, else by euro-style
    amounts, else “.”.
    """
    evidence = decimal_evidence(counts)
    if evidence.mark:
        return evidence.mark
    return "," if evidence.open_points and _comma_currency(counts) else "."


def _comma_currency(counts: Counts) -> bool:
    """Whether amounts with points in threes are in a currency that is written with a comma."""
    return any(find_currency(text) in COMMA_CURRENCIES for text in counts if "." in text)


@dataclass(frozen=True)
class DecimalEvidence:
    """What values prove of the decimal mark: the mark (“” where none does), and how many rows could be
    read both ways, by the sign that stands in them.
    """

    mark: Literal[".", ",", ""]
    open_points: int = 0
    open_commas: int = 0
    example: str = ""


def decimal_evidence(counts: Counts) -> DecimalEvidence:
    """Which mark the values of a column prove: each by itself, else all together.

    950 beside 1.250 and 12.500 are thousands: whoever writes three decimals writes 950.000. 12500
    beside 1.250 are decimals: whoever groups thousands groups all of them.
    """
    votes: Counter[str] = Counter()
    open_ones: Counter[str] = Counter()
    small = large = 0
    example = ""
    for text, times in counts.items():
        mark = _decimal_of(text)
        lone = None if mark else _LONE_MARK.match(text)
        if mark:
            votes[mark] += times
        elif lone:
            open_ones[lone[2]] += times
            example = example or text
        elif whole := _WHOLE_NUMBER.match(text):
            small += len(whole[1]) < 4
            large += len(whole[1]) > 3
    said: Literal[".", ",", ""] = ""
    if votes[","] != votes["."]:
        said = "," if votes[","] > votes["."] else "."
    elif len(open_ones) == 1 and not votes:
        (sign,) = open_ones
        other: Literal[".", ","] = "," if sign == "." else "."
        if small and not large:
            said = other
        elif large >= max(2, small):
            said = "." if sign == "." else ","
    return DecimalEvidence(said, open_ones["."], open_ones[","], example)


def _decimal_of(text: str) -> str:
    """The decimal mark that `text` proves, “” if it proves none."""
    if "." in text and "," in text:
        match = _BOTH_MARKS.search(text)
        return match[1] if match else ""
    if text.count(".") > 1 or text.count(",") > 1:
        return "," if "." in text else "."
    match = _LONE_MARK.match(text)
    if match is None:
        return ""
    looks_grouped = len(match[3]) == 3 and len(match[1]) <= 3 and match[1] != "0"
    return "" if looks_grouped else match[2]


def find_currencies(counts: Counts) -> dict[str, int]:
    """Rows per currency that values name themselves, most first."""
    found: Counter[str] = Counter()
    for text, times in counts.items():
        currency = find_currency(text)
        if currency:
            found[currency] += times
    return dict(found.most_common())


def has_mixed_units(counts: Counts) -> bool:
    """Whether values carry different units (“2 years”, “6 months”), so that their numbers cannot be
    compared.
    """
    units = {match[1].casefold().rstrip("s") for text in counts if (match := _UNIT.search(text))}
    known = {unit.rstrip("s") for unit in UNIT_WORDS}
    time_like = (
        units
        & known
        & {"day", "week", "month", "year", "yr", "hour", "minute", "tage", "monate", "jahre"}
    )
    return len(time_like) > 1


def find_date_order(counts: Counts) -> DateEvidence:
    """The one order of day and month a column uses; “ambiguous” if every value can be read both
    ways.
    """
    day_first = month_first = open_ones = pointed = 0
    for text, times in counts.items():
        parts = numeric_parts(text)
        if parts is None:
            continue
        first, second, sign = parts
        day_first += times * (first > 12)
        month_first += times * (second > 12 >= first)
        open_ones += times * (first <= 12 and second <= 12)
        pointed += times * (sign == ".")
    compact = _compact_order(counts)
    if compact:
        return compact
    if day_first or month_first:
        return "dmy" if day_first >= month_first else "mdy"
    if pointed:  # a point between day and month is written day first wherever it is used
        return "dmy"
    return "ambiguous" if open_ones else "ymd"


def _compact_order(counts: Counts) -> DateEvidence | None:
    """The order of dates in six or eight figures without signs (311224, 31122024) where most values
    are such and year and month first (20241231, 202412) does not read them; None for anything else.
    """
    figures = {text: times for text, times in counts.items() if _COMPACT_DAY.fullmatch(text)}
    rows = sum(figures.values())
    if rows < max(2, 0.5 * sum(counts.values())):
        return None

    def share(order: DateOrder) -> float:
        read = (times for text, times in figures.items() if _near(parse_date(text, order)))
        return sum(read) / rows

    year_first = sum(t for text, t in figures.items() if _YEAR_AND_MONTH.match(text)) / rows
    day_first, month_first = share("dmy"), share("mdy")
    if year_first >= max(day_first, month_first, 0.9):
        return "ymd"
    if max(day_first, month_first) < 0.9:
        return None
    if day_first == month_first:
        return "ambiguous"
    return "dmy" if day_first > month_first else "mdy"


def _near(day: date | None) -> bool:
    return day is not None and 1950 <= day.year < 2050


def find_month_language(counts: Counts) -> str:
    """Whose month names a column holds, where one of its words is another month elsewhere; else “”."""
    if not any(languages_that_disagree(text) for text in counts if len(text) < 40):
        return ""
    votes: Counter[str] = Counter()
    for text, times in counts.items():
        for language in languages_of(text):
            votes[language] += times
    most = max(votes.values())
    known = [language for language in votes if votes[language] == most]
    return min(known, key=language_rank)


def find_separator(counts: Counts) -> str:
    """The sign that separates tags, “” if cells hold no tag lists.

    Only where the parts repeat across rows (a vocabulary) and are not tied to a place in the cell,
    as city and state in “Austin, TX” are.
    """
    listed = sum(times for text, times in counts.items() if text[:1] + text[-1:] in ("[]", "{}"))
    if listed * 2 > sum(counts.values()):
        return ","
    return next(
        (separator for separator in TAG_SEPARATORS if _separates_tags(counts, separator)), ""
    )


def _separates_tags(counts: Counts, separator: str) -> bool:
    lists = [(split_tags(text, separator), times) for text, times in counts.items() if text]
    several = sum(times for parts, times in lists if len(parts) > 1)
    if several < max(2, 0.05 * sum(counts.values())):
        return False
    uses: Counter[str] = Counter()
    places: dict[str, set[bool]] = defaultdict(set)
    companions: dict[str, set[str]] = defaultdict(set)
    for parts, times in lists:
        for place, part in enumerate(parts):
            uses[fold(part)] += times
            places[fold(part)].add(place == 0)
            companions[fold(part)].add(fold(parts[place - 1]))
    return _is_vocabulary(uses, lists) and _is_unordered(uses, places, lists)


def _is_vocabulary(uses: Counter[str], lists: Sequence[tuple[list[str], int]]) -> bool:
    """Few, short parts, each used several times."""
    total = sum(uses.values())
    repeated = sum(times for times in uses.values() if times > 1)
    parts = [part for row, _ in lists for part in row]
    words = sum(len(part.split()) for part in parts) / max(len(parts), 1)
    return (
        total >= 2 * len(uses)
        and repeated >= 0.7 * total
        and words <= 4
        and max(map(len, parts), default=0) <= 60
    )


def _is_unordered(
    uses: Counter[str], places: Mapping[str, set[bool]], lists: Sequence[tuple[list[str], int]]
) -> bool:
    """Parts stand now first, now later; a hierarchy or an address keeps each part in its place."""
    moving = sum(uses[part] for part, where in places.items() if len(where) == 2)
    lengths = {len(parts) for parts, _ in lists if parts}
    return moving >= (0.2 if len(lengths) > 1 else 0.3) * sum(uses.values())


def tag_counts(counts: Counts, separator: str) -> Counter[str]:
    """Rows per tag as spelled."""
    uses: Counter[str] = Counter()
    for text, times in counts.items():
        for tag in set(split_tags(text, separator)):
            uses[tag] += times
    return uses


def find_merges(counts: Counts) -> tuple[dict[str, str], dict[str, list[str]]]:
    """{folded spelling: the level it stands for} for every level, and {level: its other spellings}.

    The commonest spelling wins; of equally common ones the one with more capitals, then the first
    by alphabet. Empty where there are more spellings than a category has.
    """
    if len(counts) > MERGED_LEVELS_MAX:
        return {}, {}
    groups: dict[str, list[str]] = defaultdict(list)
    for text in counts:
        groups[fold(text)].append(" ".join(text.split()))
    merges: dict[str, str] = {}
    variants: dict[str, list[str]] = {}
    for folded, spellings in groups.items():
        distinct = sorted(
            set(spellings), key=lambda text: (-_rows_of(counts, text), -_capitals(text), text)
        )
        merges[folded] = distinct[0]
        if len(distinct) > 1:
            variants[distinct[0]] = distinct[1:]
    return merges, variants


def _rows_of(counts: Counts, tidy: str) -> int:
    return counts.get(tidy, 0)


def _capitals(text: str) -> int:
    return sum(letter.isupper() for letter in text)


def find_bands(counts: Counts) -> tuple[str, ...]:
    """The canonical labels of all bands in the column, lowest first.

    A band that Excel turned into a date joins if it overlaps none of those that are still bands.
    """
    bands: dict[str, Limits] = {}
    for text in counts:
        limits = parse_range(text)
        if limits is not None:
            bands[range_label(limits)] = limits
    intact = list(bands.values())
    for text in counts:
        damaged = repair_excel_damage(text)
        if damaged is not None and not any(_overlap(damaged, limits) for limits in intact):
            bands[range_label(damaged)] = damaged
    return tuple(sorted(bands, key=lambda label: band_order(bands[label])))


def _overlap(first: Limits, second: Limits) -> bool:
    """Whether two bands share more than an end; equal bands do not count as overlapping."""
    (low, high), (other_low, other_high) = band_order(first), band_order(second)
    return first != second and low < other_high and other_low < high
