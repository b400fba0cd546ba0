"""The type of a column from its values, and the rule by which to read it.

Comes in: one raw column and its header as a weak hint. Goes out: a `ColumnRule` and what was odd
about the values. Separate because types are inferred before anybody knows what a column is for.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import pandas as pd

from icp_engine.intake.columns.damage import (
    GOES_BELOW_ZERO,
    dates_for_none,
    find_damage,
    find_impossible,
    words_that_mean_something,
)
from icp_engine.intake.columns.header_words import header_currency, split_header
from icp_engine.intake.columns.rule_details import (
    Counts,
    DecimalEvidence,
    decimal_evidence,
    find_bands,
    find_currencies,
    find_date_order,
    find_decimal,
    find_merges,
    find_month_language,
    find_separator,
    tag_counts,
)
from icp_engine.intake.columns.type_tests import Sample, infer_type, type_of_numbers
from icp_engine.problems import Problem, make_problem
from icp_engine.types import Frame, Series
from icp_engine.values.arrow import is_blank
from icp_engine.values.numbers import parse_number
from icp_engine.values.parse import clean_text, missing_mask, parse_column
from icp_engine.values.ranges import repair_excel_damage
from icp_engine.values.rule import ColumnRule, ColumnType
from icp_engine.values.words.money_words import header_unit
from icp_engine.values.yes_no_missing import MISSING_WORDS, pair_readings
from icp_engine.wording.numbers import plain_number

SAMPLE_ROWS = 20_000
DISTINCT_MAX = 2_000
EXACT = 15  # digits of a number that is quoted as it was read


def infer_rule(
    series: Series, header: str = "", missing_words: tuple[str, ...] = ()
) -> tuple[ColumnRule, list[Problem]]:
    """The rule a column's values suggest, and problems found on the way (their `table` is empty:
    the caller knows it).

    series: raw texts or already typed values; its index labels name rows. header: decides only
    between readings the values leave open. missing_words: further words that mean empty here, any
    case. Never raises for bad values.
    """
    if is_blank(series):
        return ColumnRule(type="empty", missing=_usual_words(missing_words)), []
    missing = _missing_words(series, missing_words, header)
    typed = _type_by_dtype(series, header, missing)
    if typed is not None:
        rule = ColumnRule(type=typed, missing=missing)
        factor = _factor(rule, header)
        return rule.model_copy(update={"factor": factor}), _tell_factor(factor, header)
    sample = _sample(series, header, missing)
    return _finish(series, header, infer_type(sample), sample, missing)


def infer_rule_for(series: Series, type: ColumnType, header: str = "") -> ColumnRule:
    """The rule to read a column as the type that a person or a role demands, whatever its values
    look like.
    """
    missing = _missing_words(series, (), header)
    sample = _sample(series, header, missing)
    return _complete(sample, ColumnRule(type=type, missing=missing))


def settle_decimals(
    frame: Frame, rules: dict[str, ColumnRule]
) -> tuple[dict[str, ColumnRule], list[Problem]]:
    """Rules of one table whose open numbers (1.250) are read by the mark that its other columns prove,
    and what stays open. A column in a currency that is written with a comma is decided.
    """
    marks: Counter[str] = Counter()
    open_ones: dict[str, DecimalEvidence] = {}
    for header, rule in rules.items():
        if rule.type not in ("number", "money", "percent") or _is_typed(frame[header]):
            continue
        found = decimal_evidence(_sample(frame[header], header, rule.missing).counts)
        marks[found.mark] += bool(found.mark)
        in_doubt = found.open_points > 1 and rule.decimal == "."
        if not found.mark and (in_doubt or found.open_commas > 1):
            open_ones[header] = found
    file_mark = "," if marks[","] > marks["."] else "." if marks["."] else ""
    problems, settled = [], dict(rules)
    for header, found in open_ones.items():
        usual = "," if found.open_points and rules[header].type == "money" else "."
        decimal = file_mark or usual
        settled[header] = rules[header].model_copy(update={"decimal": decimal})
        if (found.open_points and not file_mark) or (found.open_commas and decimal == ","):
            problems.append(_two_readings(header, found.example, decimal, bool(file_mark)))
    return settled, problems


def _two_readings(header: str, example: str, decimal: str, by_others: bool) -> Problem:
    read = [parse_number(example, mark) for mark in (decimal, "." if decimal == "," else ",")]
    because = ", as other columns of the file are written" if by_others else ""
    first, second = (plain_number(value) if value is not None else "" for value in read)
    return make_problem(
        "numbers-ambiguous",
        column=header,
        example=example,
        first=first,
        second=second,
        because=because,
    )


def _missing_words(series: Series, given: tuple[str, ...], header: str) -> tuple[str, ...]:
    """The words that mean empty: the usual ones, those given, dates that are none, and “-1” where only
    it is negative; without those that mean something beside the other values.
    """
    words = set(_usual_words(given))
    if not _is_typed(series):
        text = clean_text(_spaced(series)).dropna()
        if _minus_one_is_missing(text, header):
            words |= {"-1", "-1.0"}
        words |= dates_for_none(text)
        words -= words_that_mean_something(text) - set(given)
    elif pd.api.types.is_numeric_dtype(series) and not pd.api.types.is_bool_dtype(series):
        text = clean_text(_spaced(series)).dropna()
        words |= {"-1", "-1.0"} if _minus_one_is_missing(text, header) else set()
    return _usual_words(given) if words == set(_usual_words(given)) else tuple(sorted(words))


def _is_typed(series: Series) -> bool:
    kinds = pd.api.types
    return bool(kinds.is_numeric_dtype(series) or kinds.is_datetime64_any_dtype(series))


@lru_cache(maxsize=256)
def _usual_words(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(MISSING_WORDS | {word.strip().lower() for word in given}))


def _minus_one_is_missing(text: Series, header: str) -> bool:
    """“-1” stands for unknown if it is the only negative value, repeated, beside counts or words; one
    piece less is a return, one point less a change.
    """
    repeated = int(text.isin(["-1", "-1.0"]).sum())
    if repeated < 2:
        return False
    others = text[~text.isin(["-1", "-1.0"]) & ~text.str.lower().isin(MISSING_WORDS)]
    numbers = pd.to_numeric(others, errors="coerce").dropna()
    if len(numbers) < len(others) / 2:
        return True
    if GOES_BELOW_ZERO.search(f"{header} {split_header(header)[1]}"):
        return False
    return bool(
        repeated >= 3 and (numbers >= 0).all() and numbers.nunique() >= 5 and numbers.max() > 2
    )


def _spaced(series: Series) -> Series:
    """At most `SAMPLE_ROWS` rows, evenly spaced, the same each time."""
    return series.iloc[:: max(1, -(-len(series) // SAMPLE_ROWS))]


def _type_by_dtype(series: Series, header: str, missing: tuple[str, ...]) -> ColumnType | None:
    """The type of values that come typed (frames, Parquet); None for texts."""
    kinds = pd.api.types
    if kinds.is_bool_dtype(series):
        return "boolean"
    if kinds.is_datetime64_any_dtype(series):
        return "date"
    if not kinds.is_numeric_dtype(series):
        return None
    sample = Sample(_count_values(_spaced(series)), header)
    return type_of_numbers(sample) if sample.counts else "empty"


def _sample(series: Series, header: str, missing: tuple[str, ...]) -> Sample:
    spaced = _spaced(series)
    known = spaced[~missing_mask(spaced, ColumnRule(missing=missing))]
    # a sparse column may have its values between the sampled rows
    if not len(known) and len(spaced) < len(series):
        known = series[~missing_mask(series, ColumnRule(missing=missing))].iloc[:SAMPLE_ROWS]
    return Sample(_count_values(known), header)


def _count_values(series: Series) -> Counts:
    """Distinct texts with their rows: all of them, or the commonest third and others spaced evenly
    over the column.
    """
    counts = clean_text(series).value_counts()
    if len(counts) > DISTINCT_MAX:
        others = counts.iloc[DISTINCT_MAX // 3 :]
        spaced = others.iloc[:: -(-len(others) // (DISTINCT_MAX - DISTINCT_MAX // 3))]
        counts = pd.concat([counts.iloc[: DISTINCT_MAX // 3], spaced])
    return {str(text): int(times) for text, times in counts.items()}


def _finish(
    series: Series, header: str, kind: ColumnType, sample: Sample, missing: tuple[str, ...]
) -> tuple[ColumnRule, list[Problem]]:
    """The complete rule and the problems that reading the whole column by it brings up."""
    rule = _complete(sample, ColumnRule(type=kind, missing=missing))
    problems: list[Problem] = []
    if kind == "date" and find_date_order(sample.counts) == "ambiguous":
        problems.append(make_problem("dates-ambiguous", column=header, found="day first"))
    problems += _tell_factor(rule.factor, header)
    if kind in _EXPECTED:
        values = parse_column(series, rule)
        problems += find_impossible(series, header, rule, values)
        problems += find_unread(series, header, rule, values)
    if kind in ("number", "money"):
        problems += _find_mixed_currencies(header, sample)
    problems += find_damage(series, header, rule)
    if kind in ("category", "tags"):
        problems += _find_variants(header, sample, rule)
    return rule, problems


def _complete(sample: Sample, rule: ColumnRule) -> ColumnRule:
    """The rule with the details its type needs."""
    if rule.type in ("number", "money", "percent"):
        currency = next(iter(find_currencies(sample.counts)), header_currency(sample.header))
        told = {"decimal": find_decimal(sample.counts), "currency": currency}
        return rule.model_copy(update={**told, "factor": _factor(rule, sample.header)})
    if rule.type == "date":
        evidence = find_date_order(sample.counts)
        told = {"date_order": "dmy" if evidence == "ambiguous" else evidence}
        language = find_month_language(sample.counts)
        return rule.model_copy(update={**told, "month_language": language})
    if rule.type == "boolean":
        return rule.model_copy(update={"merges": pair_readings(sample.counts)})
    if rule.type == "range":
        return rule.model_copy(update={"levels": find_bands(sample.counts)})
    if rule.type == "tags":
        separator = find_separator(sample.counts) or ";"
        merges, _ = find_merges(tag_counts(sample.counts, separator))
        return rule.model_copy(update={"separator": separator, "merges": merges})
    if rule.type == "category":
        return rule.model_copy(update={"merges": find_merges(sample.counts)[0]})
    return rule


_EXPECTED: dict[str, str] = {
    "number": "numbers",
    "money": "amounts",
    "percent": "percentages",
    "date": "dates",
    "range": "ranges",
    "boolean": "yes or no",
}


def _factor(rule: ColumnRule, header: str) -> float:
    """What the header's unit multiplies numbers by: thousands, millions, hundredths; 1 of anything
    that is no amount or count.
    """
    unit = header_unit(header.strip())
    return unit.factor if rule.type in ("number", "money") else 1.0


def _tell_factor(factor: float, header: str) -> list[Problem]:
    if factor == 1.0:
        return []
    return [make_problem("numbers-scaled", column=header, factor=plain_number(factor))]


def find_unread(
    series: Series, header: str, rule: ColumnRule, values: Series | None = None
) -> list[Problem]:
    """Values that the rule cannot read, named by row. `values`: the series as the rule reads it, where
    that is known.
    """
    read = parse_column(series, rule) if values is None else values
    unread = series[read.isna().to_numpy()]
    missing = missing_mask(unread, rule).to_numpy(dtype=bool)
    texts = clean_text(unread[~missing])
    if rule.type == "range":  # damage says so itself
        texts = texts[[repair_excel_damage(text) is None for text in texts]]
    if not len(texts):
        return []
    examples = "”, “".join(list(dict.fromkeys(texts.str.slice(0, 40)))[:3])
    rows = [int(label) for label in texts.index[:20] if isinstance(label, int)]
    return [
        make_problem(
            "values-not-dates" if rule.type == "date" else "values-not-numbers",
            column=header,
            rows=rows,
            count=len(texts),
            total=len(series) - int(missing.sum()),
            expected=_EXPECTED[rule.type],
            examples=examples,
        )
    ]


def _find_mixed_currencies(header: str, sample: Sample) -> list[Problem]:
    rows = find_currencies(sample.counts)
    common = [currency for currency, times in rows.items() if times >= 0.01 * sum(rows.values())]
    if len(common) < 2:
        return []
    return [make_problem("currency-mixed", column=header, found=", ".join(common))]


def _find_variants(header: str, sample: Sample, rule: ColumnRule) -> list[Problem]:
    """Levels that were spelled in several ways."""
    counts = (
        tag_counts(sample.counts, rule.separator)
        if rule.type == "tags"
        else Counter(dict(sample.counts))
    )
    _, variants = find_merges(counts)
    if not variants:
        return []
    shown = "; ".join(
        f"{', '.join(others)} → {level}" for level, others in list(variants.items())[:3]
    )
    count = sum(len(others) for others in variants.values())
    return [make_problem("values-merged", column=header, count=count, examples=shown)]
