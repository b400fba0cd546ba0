"""Sentences and tables about segments, bad fit, the rubric and its proof.

Comes in: the result objects of those stages. Goes out: statements and tables. Separate because
these sections report results whole, where the others pick from them.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from icp_engine.customers.model import Best
from icp_engine.profile.from_traits import bad_traits
from icp_engine.profile.model import Evidence, Statement, Table
from icp_engine.rubric.explain import explain_origin
from icp_engine.rubric.model import FIT_UNITS, Criterion, Match, Rubric
from icp_engine.segments.model import Segment, Segments
from icp_engine.traits.model import Traits
from icp_engine.types import LEVEL_WORDS, Verdict
from icp_engine.validation.band_order import find_reversals
from icp_engine.validation.model import Check, Validation
from icp_engine.validation.shortfalls import missed_rules
from icp_engine.wording.numbers import count, number, number_estimate, of, plural
from icp_engine.wording.ratios import ratio_estimate
from icp_engine.wording.sentences import listed, sentence
from icp_engine.wording.shares import SURE, percent, percent_estimate, percent_interval

PROVEN = ("strong", "moderate", "weak")
GIVEN_UP = (
    ("wins_given_up", "wins"),
    ("revenue_given_up", "won revenue"),
    ("pipeline_given_up", "open pipeline by amount"),
)


def verdict_statements(verdict: Verdict, source: str) -> tuple[Statement, ...]:
    """The verdict's sentence, then its reasons."""
    return tuple(
        Statement(text, "data", source) for text in (verdict.sentence, *verdict.because) if text
    )


def describe_segments(segments: Segments, best: Best) -> tuple[tuple[Statement, ...], Table | None]:
    """The verdict, a sentence a segment, and sizes with their intervals."""
    statements: tuple[Statement, ...] = (Statement(segments.verdict.sentence, "data", "segments"),)
    statements += tuple(
        Statement(f"{segment.name}: {segment.sentence}", "data", "segments")
        for segment in segments.segments
    )
    if not segments.segments:
        return statements, None
    rows = tuple(_segment_row(segment, len(best.accounts)) for segment in segments.segments)
    columns = (
        "Segment",
        "Best customers",
        f"Share of best ({SURE})",
        f"Share of their value ({SURE})",
        f"Best, times as often as all customers ({SURE})",
        "Stability 0–1",
        "Evidence",
    )
    return statements, Table(columns, rows)


def _segment_row(segment: Segment, best: int) -> tuple[str, ...]:
    return (
        segment.name,
        of(segment.size, best),
        percent_estimate(segment.share),
        percent_estimate(segment.value_share),
        ratio_estimate(
            segment.represented.value, segment.represented.low, segment.represented.high
        ),
        f"{segment.stability:.2f}",
        LEVEL_WORDS[segment.verdict.level],
    )


def describe_anti_icp(traits: Traits, rubric: Rubric, best: Best) -> tuple[Statement, ...]:
    """What worst customers rest on, the traits that mark them, and which of them cap a score."""
    if not len(best.worst):
        return ()
    basis = f": {best.worst_basis.rstrip('.')}" if best.worst_basis else ""
    worst = Statement(
        f"{plural(len(best.worst), 'customer')} counted as worst{basis}.",
        "data",
        "best and worst customers",
    )
    found = bad_traits(traits)
    silent = (
        ()
        if found
        else (Statement("No trait is proven to mark bad-fit customers.", "data", "traits"),)
    )
    return (worst, *found, *silent, *_flags(rubric))


def _flags(rubric: Rubric) -> tuple[Statement, ...]:
    caps = {
        "disqualifier": "caps the band at Red",
        "warning": "caps the band at Yellow",
        "caution": "is shown beside the score and changes nothing",
    }
    return tuple(
        Statement(
            f"Switched on in the rubric: {flag.attribute}, {_flag_value(flag.test)}; it {caps[flag.strength]}.",
            "data",
            "rubric: flags",
        )
        for flag in rubric.flags
        if flag.on
    )


def _flag_value(test: Match) -> str:
    if test.values:
        return listed(test.values, "or")
    low = "" if test.low is None else f"from {number(test.low)}"
    high = "" if test.high is None else f"under {number(test.high)}"
    return " ".join(part for part in (low, high) if part) or "any value"


def describe_rubric(
    rubric: Rubric, suggestion: Rubric
) -> tuple[tuple[Statement, ...], Table | None]:
    """How a score comes about and what the bands are, with every criterion and level, and whose
    they are.
    """
    if not rubric.criteria:
        text = (
            rubric.note
            or "No criterion helps to tell who buys, so every account scores 50 and no band is given."
        )
        return (Statement(text, "data", "rubric"),), None
    statements = [Statement(_scoring_sentence(rubric), _tag(rubric), f"rubric: {rubric.origin}")]
    if rubric.bands_note:
        statements.append(Statement(sentence(rubric.bands_note), "data", "rubric: bands"))
    if rubric.note:
        statements.append(Statement(sentence(rubric.note), "data", "rubric"))
    rows = tuple(_criterion_row(criterion, rubric, suggestion) for criterion in rubric.criteria)
    return tuple(statements), Table(
        ("Criterion", "Group", "Weight", "Levels: what earns which share of it", "Why"), rows
    )


def _tag(rubric: Rubric) -> Evidence:
    return "data" if rubric.origin == "suggested" else "assumption"


def _scoring_sentence(rubric: Rubric) -> str:
    return (
        f"An account scores 0 to 100 over {plural(len(rubric.criteria), 'criterion', 'criteria')};"
        f" Green from {rubric.green}, Yellow from {rubric.yellow}, Red below. Under"
        f" {percent(rubric.coverage_floor)} known weight there is no band."
    )


def _criterion_row(criterion: Criterion, rubric: Rubric, suggestion: Rubric) -> tuple[str, ...]:
    groups = {group.key: group.name for group in rubric.groups}
    levels = "; ".join(
        f"{level.label} {percent(level.fit / FIT_UNITS)}" for level in criterion.levels
    )
    return (
        criterion.name,
        groups[criterion.group],
        str(criterion.weight),
        levels or criterion.question,
        explain_origin(criterion, suggestion),
    )


def describe_proof(validation: Validation) -> tuple[tuple[Statement, ...], Table | None]:
    """The verdict with its reasons, impact and what it costs, and every check that cautions."""
    statements = verdict_statements(validation.verdict, "validation")
    statements += tuple(
        Statement(line, "data", "validation")
        for line in (
            _order_sentence(validation),
            *missed_rules(validation),
            _impact_sentence(validation),
            _chance_sentence(validation),
        )
        if line
    )
    statements += tuple(
        Statement(_check_sentence(check), "data", f"check {check.code}")
        for check in validation.checks
        if check.outcome == "caution"
    )
    return statements, _band_table(validation)


def _check_sentence(check: Check) -> str:
    return f"{check.title}: {check.finding} {check.what_to_do}".strip()


def _order_sentence(validation: Validation) -> str:
    """A reversal of bands that chance can explain; one beyond chance is a check of its own."""
    found = find_reversals(validation.bands)
    return found[0].sentence if found and found[0].could_be_chance else ""


def _impact_sentence(validation: Validation) -> str:
    """Effort saved and what is given up for it, always together; nothing where nothing is proven."""
    metrics = {
        name: metric for name, metric in validation.metrics.items() if metric.value is not None
    }
    needed = ("deals_per_win", "deals_per_win_green_yellow", "wins_given_up")
    if validation.verdict.level not in PROVEN or any(name not in metrics for name in needed):
        return ""
    given_up = [
        f"{percent_estimate(metrics[name])} of the {what}"
        for name, what in GIVEN_UP
        if name in metrics
    ]
    return (
        f"Working only Green and Yellow takes {number_estimate(metrics['deals_per_win_green_yellow'])} deals per win"
        f" instead of {number_estimate(metrics['deals_per_win'])}; it gives up {listed(given_up)}."
    )


def _chance_sentence(validation: Validation) -> str:
    chance = validation.permutation_p
    if chance is None:
        return ""
    return f"With outcomes shuffled, a ranking this good came up in {percent(chance)} of the tries."


def _band_table(validation: Validation) -> Table | None:
    if not len(validation.bands):
        return None
    rows = tuple(
        (
            str(row.band),
            count(row.accounts),
            count(row.deals),
            count(row.won),
            _rate(row),
            percent_interval(row.low, row.high),
        )
        for row in validation.bands.itertuples()
    )
    return Table(("Band", "Accounts", "Closed deals", "Won", "Win rate", f"{SURE} interval"), rows)


def _rate(row: Any) -> str:
    if not row.deals:
        return "no deals"
    return "withheld" if pd.isna(row.win_rate) else percent(row.win_rate)
