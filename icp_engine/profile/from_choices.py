"""How the profile came about: data, groups, hold-out, what was withheld, and every setting changed
from its default.

Comes in: the study. Goes out: statements, and the sentences on objective and scope. Separate
because this section is about choices, the others about customers.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pandas as pd

from icp_engine.profile.model import Statement
from icp_engine.results import Results
from icp_engine.settings import OBJECTIVES, Filter, Settings
from icp_engine.version import __version__
from icp_engine.wording.dates import date
from icp_engine.wording.numbers import NOT_KNOWN, count, plural, show_times
from icp_engine.wording.sentences import listed, quote

WORDED_ELSEWHERE = {
    "title",
    "objective",
    "scope",
    "pins",
    "exclusions",
    "profile_edits",
    "rubric",
    "as_of",
    "read_on",
    "seed",
    "looks",
    "looked_at",
    "checked",
    "scenarios",
    "scenario",
    "read_from",
}
AND_MORE = re.compile(r" and \d+ more$")  # how a study made from several files is called at first
CLOSING = re.compile(r"clos|won (date|time)", re.IGNORECASE)


def objective_sentence(settings: Settings) -> str:
    """What the profile is for."""
    return f"Made to: {OBJECTIVES[settings.objective].lower()}."


def scope_sentence(settings: Settings) -> str:
    """Which rows count; everything when no filter is set."""
    if not settings.scope:
        return "Scope: all accounts and deals in the files."
    return f"Scope: {'; '.join(filter_sentence(row_filter) for row_filter in settings.scope)}."


def filter_sentence(row_filter: Filter) -> str:
    """One row filter in words: “deals whose “Pipeline” is not “Renewals””."""
    parts = (
        [f"is {listed([quote(value) for value in row_filter.values], 'or')}"]
        if row_filter.values
        else []
    )
    parts += (
        [f"is not {listed([quote(value) for value in row_filter.exclude], 'or')}"]
        if row_filter.exclude
        else []
    )
    parts += [f"is from {_bound(row_filter.low)}"] if row_filter.low else []
    parts += (
        [f"{'' if row_filter.low else 'is '}up to {_bound(row_filter.high)}"]
        if row_filter.high
        else []
    )
    said = f"{row_filter.table} whose {quote(row_filter.column)} {' '.join(parts) or 'is anything'}"
    return said + _of_open_deals(row_filter)


def _of_open_deals(row_filter: Filter) -> str:
    """What a filter by the day of closing does with deals that are open still."""
    by_day = row_filter.table == "deals" and (row_filter.low or row_filter.high)
    if not by_day or (row_filter.keep_open is None and not CLOSING.search(row_filter.column)):
        return ""
    return ", open deals left out" if row_filter.keep_open is False else ", open deals included"


def _bound(text: str) -> str:
    """A limit as people write it: dates as 30 Sep 2026."""
    return date(text) if text.count("-") == 2 else text


def title_of(study: Results) -> str:
    """The study's name as a person gave it; one that only says which files were read says nothing
    to a reader.
    """
    title = study.settings.title.strip()
    from_files = AND_MORE.sub("", title) in study.raw
    return "Ideal Customer Profile" if not title or from_files else title


def describe_method(study: Results) -> tuple[Statement, ...]:
    """Counts at every step, the hold-out, hand-made choices with their reasons, withheld columns,
    seed and version.
    """
    lines = [
        _data(study),
        _customers(study),
        _groups(study),
        study.holdout.sentence,
        *study.best.notes,
        *_by_hand(study.settings),
        _left_out(study),
        _hand_set_weights(study),
        _looks(study.settings),
        _changed(study.settings),
        _reproduce(study),
    ]
    counted = tuple(Statement(line, "data", "how it was made") for line in lines if line)
    return counted + _withheld(study)


def hand_made(study: Results) -> tuple[str, ...]:
    """What whoever reads a result must know of how it came about: weights set by hand, looks at the
    held-out deals.
    """
    return tuple(line for line in (_hand_set_weights(study), _looks(study.settings)) if line)


def _data(study: Results) -> str:
    deals = f" and {plural(len(study.deals), 'deal')}" if len(study.deals) else ", no deals"
    accounts, remarks = (
        plural(len(study.accounts), "account"),
        plural(len(study.problems), "remark"),
    )
    return f"Read: {accounts}{deals}; {remarks} on the files."


def _customers(study: Results) -> str:
    customers = int(study.customers.is_customer.sum())
    return f"{count(customers)} of {plural(len(study.accounts), 'account')} count as customers."


def _groups(study: Results) -> str:
    best = study.best
    judged = len(best.accounts) + len(best.rest) + len(best.worst)
    metrics = listed([metric.label or metric.name for metric in best.metrics if metric.weight > 0])
    held = len(best.set_aside)
    aside = (
        f"; {count(held)} more would be best, but {'is' if held == 1 else 'are'} held out"
        if held
        else ""
    )
    return (
        f"Of {count(judged)} judged customers {count(len(best.accounts))} are best, {count(len(best.worst))} worst,"
        f" {count(len(best.rest))} in between{aside}."
        + (f" Ranked by: {metrics}." if metrics else "")
    )


def _by_hand(settings: Settings) -> list[str]:
    """Pins and exclusions by reason; the accounts themselves are not named."""
    groups = (("counted as best by hand", settings.pins), ("left out by hand", settings.exclusions))
    return [
        f"{plural(count, 'account')} {what}, because: {quote(reason) if reason else 'no reason given'}."
        for what, chosen in groups
        for reason, count in sorted(Counter(chosen.values()).items())
    ]


def _left_out(study: Results) -> str:
    reasons = Counter(str(reason).rstrip(".") for reason in study.customers.left_out).most_common(6)
    return (
        f"Left out: {listed([f'{count(rows)} ({reason})' for reason, rows in reasons])}."
        if reasons
        else ""
    )


def _changed(settings: Settings) -> str:
    """Settings that differ from their default, with their values."""
    default = Settings.model_validate({})
    names = [
        name
        for name in Settings.model_fields
        if name not in WORDED_ELSEWHERE and getattr(settings, name) != getattr(default, name)
    ]
    if not names:
        return "Every other setting has its default."
    values = [f"{name.replace('_', ' ')} = {_setting(getattr(settings, name))}" for name in names]
    return f"Settings changed from their default: {'; '.join(values)}."


def _hand_set_weights(study: Results) -> str:
    """What a person made of the suggested weights, criterion by criterion."""
    if study.settings.rubric is None:
        return ""
    suggested = {criterion.name: criterion.weight for criterion in study.suggestion.criteria}
    moved = [
        f"{quote(c.name)} {suggested.get(c.name, 0)} → {c.weight}"
        for c in study.rubric.criteria
        if suggested.get(c.name, 0) != c.weight
    ]
    return f"Weights set by hand (suggested → now): {listed(moved)}." if moved else ""


def _looks(settings: Settings) -> str:
    if not settings.looks:
        return ""
    return (
        f"The held-out deals were looked at {show_times(settings.looks)} while settings changed, so they "
        "are no longer unseen; the next quarter's deals are the honest test."
    )


def _setting(value: Any) -> str:
    if isinstance(value, dict):
        return (
            listed([f"{key}: {_setting(inner)}" for key, inner in list(value.items())[:8]])
            or "none"
        )
    if isinstance(value, tuple):
        return listed([_setting(inner) for inner in value[:8]]) or "none"
    return str(value)


def _reproduce(study: Results) -> str:
    same = "the same data and settings give the same profile"
    return f"Made with ICP Workbench {__version__}, seed {study.settings.seed}; {same}."


def _withheld(study: Results) -> tuple[Statement, ...]:
    return tuple(
        Statement(
            f"Not used: {quote(column.attribute)}. {column.how_detected} {column.why_it_matters}",
            "data",
            f"check {column.code}",
        )
        for column in study.attributes.withheld[:12]
    )


def as_of_words(study: Results) -> str:
    """The date the data speak for; intake falls back to the epoch where no table holds a date."""
    found = pd.Timestamp(study.as_of)
    return (
        f"a day that is {NOT_KNOWN}" if pd.isna(found) or found == pd.Timestamp(0) else date(found)
    )
