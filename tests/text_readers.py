"""Every reader of a cell, a header or a text, as a function of one text.

Comes in: nothing. Goes out: `READERS`. Separate because cost also hides in the code around patterns:
each is timed on long and hard texts, without what a cache remembers.
"""

import io
from collections.abc import Callable
from contextlib import suppress

import pandas as pd

from icp_engine.activate.export import to_csv_text
from icp_engine.activate.list_files import defuse, list_to_csv, list_to_xlsx
from icp_engine.intake.columns import header_words as headers
from icp_engine.intake.columns import rule_details, type_tests, variants
from icp_engine.intake.columns.column_types import infer_rule, infer_rule_for
from icp_engine.intake.columns.damage import find_damage
from icp_engine.intake.columns.meanings import attribute_role
from icp_engine.intake.columns.outcomes import (
    account_type_label,
    churn_label,
    deal_type_label,
    won_label,
)
from icp_engine.intake.columns.person_names import looks_like_people, names_people
from icp_engine.intake.columns.roles import infer_roles
from icp_engine.intake.columns.who_knew.late_headers import known_late
from icp_engine.intake.columns.who_knew.sellers import says_who_sold
from icp_engine.intake.joining.export_days import read_day
from icp_engine.intake.joining.next_tables import _stem
from icp_engine.intake.kinds.judge import infer_kind
from icp_engine.intake.reading.delimited import read_delimited
from icp_engine.intake.reading.encoding import to_utf8
from icp_engine.intake.reading.header_lines import is_headerless
from icp_engine.intake.reading.limits import TooLarge
from icp_engine.intake.reading.markup_tables import read_for_parent
from icp_engine.intake.reading.table_in_rows import header_names
from icp_engine.profile.document import escape_markdown
from icp_engine.profile.from_texts import recurring_phrases
from icp_engine.share.markdown import render_inline
from icp_engine.traits.phrases import find_phrases, split_sentences
from icp_engine.traits.reasons import reasons_in
from icp_engine.values import dates, numbers, ranges
from icp_engine.values.industries import find_industry
from icp_engine.values.job_titles import find_roles
from icp_engine.values.masks import hide_names, hide_rivals, mask_contacts
from icp_engine.values.metric_kinds import grows_with_time, kind_of, metric_of
from icp_engine.values.name_likeness import compare_domains, compare_names, name_words
from icp_engine.values.parse import parse_column, read_domain, split_tags
from icp_engine.values.places import find_country, find_place
from icp_engine.values.rule import ColumnRule
from icp_engine.values.yes_no_missing import fold
from icp_engine.wording.ranges import show_value
from ui.answers.markdown import plain

TYPES = ("number", "money", "range", "boolean", "tags", "category", "date", "id", "phone", "domain")


def _column(text: str) -> pd.Series:
    return pd.Series([text, f"{text}.", f"x{text}"], dtype="str")


def _sample(text: str) -> type_tests.Sample:
    return type_tests.Sample({text: 3, f"{text}1": 2}, text)


def _as(type: str) -> Callable[[str], object]:
    return lambda text: parse_column(_column(text), ColumnRule(type=type, separator=","))


def _roles(text: str) -> object:
    frame = pd.DataFrame({text: _column("x"), f"{text} id": _column("1")})
    rules = {header: infer_rule(frame[header], header)[0] for header in frame}
    kind = infer_kind(frame, rules, frame)
    return infer_roles(frame, rules, kind.name)


def _csv(text: str) -> object:
    with suppress(TooLarge):  # a comma begins a column
        return read_delimited(f"id,{text}\n1,2\n3,{text}\n".encode())


READERS: dict[str, Callable[[str], object]] = {
    "parse_number": numbers.parse_number,
    "find_currency": numbers.find_currency,
    "parse_plain_numbers": lambda text: numbers.parse_plain_numbers(_column(text), "."),
    "parse_range": ranges.parse_range,
    "repair_excel_damage": ranges.repair_excel_damage,
    "parse_date": dates.parse_date,
    "numeric_parts": dates.numeric_parts,
    "parse_dates": lambda text: dates.parse_dates(_column(text)),
    "read_domain": read_domain,
    "split_tags": lambda text: split_tags(text, ","),
    "fold": fold,
    **{f"parse_column {type}": _as(type) for type in TYPES},
    "infer_rule": lambda text: infer_rule(_column(text), text),
    "infer_rule_for range": lambda text: infer_rule_for(_column(text), "range", text),
    "infer_type": lambda text: type_tests.infer_type(_sample(text)),
    "type_of_numbers": lambda text: type_tests.type_of_numbers(_sample(text)),
    "find_separator": lambda text: rule_details.find_separator({text: 3, f"{text},b": 3}),
    "find_decimal": lambda text: rule_details.find_decimal({text: 3}),
    "has_mixed_units": lambda text: rule_details.has_mixed_units({text: 3}),
    "find_merges": lambda text: rule_details.find_merges({text: 3, text.upper(): 2}),
    "find_damage": lambda text: find_damage(_column(text), "a", ColumnRule(type="range")),
    "find_damage of ids": lambda text: find_damage(_column(text), "a", ColumnRule(type="id")),
    "split_header": headers.split_header.__wrapped__,
    "header_currency": headers.header_currency,
    "plain_words": headers.plain_words,
    "header_names": lambda text: header_names([text]),
    "is_headerless": lambda text: is_headerless([text, "b"]),
    "metric_of": metric_of,
    "attribute_role": attribute_role,
    "kind_of": kind_of,
    "grows_with_time": grows_with_time,
    "kinds and roles": _roles,
    "a file with this header": _csv,
    "a page with this cell": lambda text: read_for_parent(
        f"<table><tr><td>{text}</td><td>1</td></tr><tr><td {text}></table>".encode(), io.BytesIO()
    ),
    "to_utf8": lambda text: to_utf8(text.encode("latin-1", "replace")),
    "find_roles": lambda text: find_roles(_column(text)),
    "names_people": lambda text: names_people("contact", _column(text)),
    "won_label": won_label,
    "churn_label": churn_label,
    "deal_type_label": deal_type_label,
    "account_type_label": account_type_label,
    "find_industry": getattr(find_industry, "__wrapped__", find_industry),
    "find_country": getattr(find_country, "__wrapped__", find_country),
    "find_place": getattr(find_place, "__wrapped__", find_place),
    "find_variants": lambda text: variants.find_variants({text: 9, f"{text}a": 1, "b": 3}, text),
    "mask_contacts": lambda text: mask_contacts(_column(text)),
    "hide_names": hide_names,
    "hide_rivals": hide_rivals,
    "looks_like_people": lambda text: looks_like_people(_column(text)),
    "known_late": lambda text: known_late(text, "boolean", of_deals=True),
    "says_who_sold": lambda text: says_who_sold(text, "category"),
    "name_words": name_words.__wrapped__,
    "compare_names": lambda text: compare_names(text, f"{text}x"),
    "compare_domains": lambda text: compare_domains(text, f"{text}.com"),
    "read_day": read_day,
    "stem of a table's name": _stem,
    "split_sentences": split_sentences,
    "find_phrases": lambda text: find_phrases([text], frozenset()),
    "recurring_phrases": lambda text: recurring_phrases({"a": [text], "b": [text]}, set(), set()),
    "reasons_in": reasons_in,
    "escape_markdown": escape_markdown,
    "render_inline": lambda text: render_inline(text, lambda _target: ""),
    "plain": plain,
    "show_value": show_value,
    "defuse": defuse,
    "list_to_csv": lambda text: list_to_csv(pd.DataFrame({"a": _column(text)}), [text]),
    "list_to_xlsx": lambda text: list_to_xlsx(pd.DataFrame({"a": _column(text)}), [text]),
    "to_csv_text": lambda text: to_csv_text(pd.DataFrame({text: _column(text)})),
}
