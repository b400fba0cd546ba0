"""Coded cautions about a validation: how each is detected, why it matters, what to do.

Comes in: `Facts` (metrics, bands, scores, what derivation saw). Goes out: `Check` objects in a
fixed order, each passed, caution or not applicable. Separate because a caution is data: pages,
documents and docs list the same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from icp_engine.attributes.model import Withheld
from icp_engine.rubric.model import NOT_RATED, NOT_RATED_CODE, Rubric
from icp_engine.stats.proportions import difference_interval
from icp_engine.types import Estimate, Frame
from icp_engine.validation.band_order import find_reversals
from icp_engine.validation.measure import Judged
from icp_engine.validation.model import Check
from icp_engine.validation.verdict import CHANCE, NONE_BELOW
from icp_engine.wording.numbers import of, show_step, show_times
from icp_engine.wording.sentences import first_few
from icp_engine.wording.shares import SURE, in_hundred, percent, times_in_hundred

Outcome = Literal["passed", "caution", "not_applicable"]
Finding: TypeAlias = tuple[Outcome, str]

GENERIC_ABOVE, NARROW_BELOW = 0.40, 0.02  # share of accounts Green
COLUMNS_NAMED = 5
FEW_EVENTS = 30  # won or lost accounts under which intervals are wide
NOT_RATED_ABOVE = 0.30  # share of judged accounts without a band
COVERAGE_GAP = 0.15  # difference of known weight between judged and other accounts
TOO_GOOD_FROM = 0.95  # lower limit of AUC that no honest attribute reaches


@dataclass(frozen=True)
class Facts:
    """What the checks read. `derivation`: {"won": accounts weight won, "accounts": accounts with
    closed deals}.
    """

    rubric: Rubric
    scores: Frame
    judged: Judged
    bands: Frame
    metrics: Mapping[str, Estimate]
    method: str
    rates_known: bool
    looks: int
    withheld: tuple[Withheld, ...]
    allowed: tuple[str, ...]
    derivation: Mapping[str, float]


@dataclass(frozen=True)
class Rule:
    """One entry of the catalogue: its texts, and the function that finds it."""

    code: str
    title: str
    how_detected: str
    why_it_matters: str
    what_to_do: str
    find: Callable[[Facts], Finding]


def run_checks(facts: Facts) -> tuple[Check, ...]:
    """Every check of the catalogue, in its order."""
    return tuple(_run(rule, facts) for rule in RULES)


def _run(rule: Rule, facts: Facts) -> Check:
    outcome, finding = rule.find(facts)
    return Check(
        rule.code,
        rule.title,
        outcome,
        rule.how_detected,
        rule.why_it_matters,
        rule.what_to_do,
        finding,
    )


def find_band_order(facts: Facts) -> Finding:
    """Green wins at least as often as Yellow, Yellow as Red; a caution only where the reversal
    exceeds chance.
    """
    rows = facts.bands[(facts.bands["band"] != NOT_RATED) & (facts.bands["accounts"] > 0)]
    if len(rows) < 2 or not facts.rates_known:
        return "not_applicable", "Fewer than two bands hold deals that can be compared."
    found = find_reversals(rows)
    if not found:
        return "passed", "The bands are in order."
    grave = [one.sentence for one in found if not one.could_be_chance]
    return ("caution", " ".join(grave)) if grave else ("passed", found[0].sentence)


def _green_share(facts: Facts) -> tuple[float, int, int]:
    # an account that only a deal names has nothing to be rated by
    described = facts.scores["coverage"] > 0
    counts = facts.scores.loc[described, "band"].value_counts()
    green, total = int(counts.get("Green", 0)), int(counts.sum())
    return (green / total if total else 0.0), green, total


def find_too_generic(facts: Facts) -> Finding:
    """More than 40 % of the scored accounts are Green."""
    share, green, total = _green_share(facts)
    if not facts.rubric.criteria or not total:
        return "not_applicable", "No account is rated."
    return (
        "caution" if share > GENERIC_ABOVE else "passed"
    ), f"{of(green, total)} accounts are Green."


def find_too_narrow(facts: Facts) -> Finding:
    """Fewer than 2 % of the scored accounts are Green."""
    share, green, total = _green_share(facts)
    if not facts.rubric.criteria or not total:
        return "not_applicable", "No account is rated."
    return (
        "caution" if share < NARROW_BELOW else "passed"
    ), f"{of(green, total)} accounts are Green."


def find_few_events(facts: Facts) -> Finding:
    """Fewer than 30 won or 30 lost accounts were judged."""
    if not len(facts.judged.won):
        return "not_applicable", "No closed deals were judged."
    won = round(float(facts.judged.won.sum()))
    lost = len(facts.judged.won) - won
    outcome: Outcome = "caution" if min(won, lost) < FEW_EVENTS else "passed"
    return outcome, f"{won} won and {lost} lost accounts were judged."


def find_win_rate_moved(facts: Facts) -> Finding:
    """The win rate of the judged deals differs from that of the deals the rubric was made from."""
    earlier = facts.derivation
    judged, count = facts.judged.won, len(facts.judged.won)
    if (
        facts.method != "held_out"
        or not facts.rates_known
        or not earlier.get("accounts")
        or not count
    ):
        return "not_applicable", "There are no two periods to compare."
    won, accounts = float(earlier.get("won", 0)), float(earlier["accounts"])
    difference, low, high = (
        float(part) for part in difference_interval(judged.sum(), count, won, accounts)
    )
    moved = low > 0 or high < 0
    found = f"Win rate {percent(judged.mean())} in the judged deals, {percent(won / accounts)} in those before"
    return (
        "caution" if moved else "passed"
    ), f"{found} (difference {show_step(100 * difference, 0)} points)."


def find_disagreement(facts: Facts) -> Finding:
    """One of the two proofs holds while the other is refuted."""
    deals, value = facts.metrics["auc"], facts.metrics["auc_value"]
    if None in (deals.low, deals.high, value.low, value.high):
        return "not_applicable", "Only one of the two was tested."
    finding = f"Won ranks above lost {times_in_hundred(deals)}, best above other customers {times_in_hundred(value)}."
    contradicts = _refuted(deals, value) or _refuted(value, deals)
    return ("caution" if contradicts else "passed"), finding


def _refuted(one: Estimate, other: Estimate) -> bool:
    low, other_low, other_high = one.low or 0.0, other.low or 0.0, other.high or 0.0
    return low > CHANCE and other_low <= CHANCE and other_high < NONE_BELOW


def find_looks(facts: Facts) -> Finding:
    """Changed settings were checked on the same held-out deals before."""
    if facts.method == "no_deals":
        return "not_applicable", "No deals were looked at."
    if facts.looks == 0:
        return "passed", "No changed setting was checked on these deals."
    return "caution", f"Changed settings were checked {show_times(facts.looks)} on these deals."


def find_leaks(facts: Facts) -> Finding:
    """Columns that give the outcome away were withheld; a caution when one of them scores all the
    same.
    """
    used = {name for criterion in facts.rubric.criteria for name in criterion.attributes}
    let_in = sorted({*facts.allowed, *(one.attribute for one in facts.withheld)} & used)
    if let_in:
        return "caution", "Scored although withheld: " + ", ".join(let_in) + "."
    if not facts.withheld:
        return "passed", "No column had to be withheld."
    names = [one.attribute for one in facts.withheld]
    return "passed", f"Withheld, so they score nothing: {first_few(names, COLUMNS_NAMED)}."


def find_too_good(facts: Facts) -> Finding:
    """The AUC's lower limit is 0.95 or more."""
    low = facts.metrics["auc"].low
    if low is None:
        return "not_applicable", "Nothing was ranked."
    finding = f"The lower limit is {in_hundred(low)} in 100."
    return ("caution" if low >= TOO_GOOD_FROM else "passed"), finding


def find_not_rated(facts: Facts) -> Finding:
    """Over 30 % of the judged accounts are not rated, or a column the rubric reads is missing
    altogether.
    """
    if not len(facts.judged.won) or not facts.rubric.criteria:
        return "not_applicable", "No judged account could be rated."
    missing, total = (
        int((facts.judged.band == NOT_RATED_CODE).sum()),
        len(facts.judged.won),
    )
    absent = facts.scores.attrs.get("missing_columns", [])
    lacking = f" Columns the rubric reads and the data lack: {', '.join(absent)}." if absent else ""
    outcome: Outcome = "caution" if absent or missing / total > NOT_RATED_ABOVE else "passed"
    return outcome, f"{missing} of {total} judged accounts are not rated.{lacking}"


def find_coverage(facts: Facts) -> Finding:
    """Less (or more) is known of the judged accounts than of the others."""
    others = facts.scores[~facts.scores.index.isin(facts.judged.outcomes.accounts)]
    if (
        facts.method != "held_out"
        or "coverage" not in others
        or not len(others)
        or not len(facts.judged.won)
    ):
        return "not_applicable", "There are no other accounts to compare with."
    here, there = float(facts.judged.coverage.mean()), float(others["coverage"].mean())
    finding = f"Known weight of the rubric: {percent(here)} for judged accounts, {percent(there)} for the others."
    return ("caution" if abs(here - there) > COVERAGE_GAP else "passed"), finding


RULES: tuple[Rule, ...] = (
    Rule(
        "bands-out-of-order",
        "Order of the bands",
        f"A lower band won more often than a higher one, and the {SURE} interval of the difference excludes zero.",
        "A team that works Green first would work the wrong accounts first.",
        "Go back to the suggested weights, or drop the criterion that turned the order.",
        find_band_order,
    ),
    Rule(
        "too-generic",
        "Too generic",
        f"More than {percent(GENERIC_ABOVE)} of all accounts are Green.",
        "A profile that fits nearly everyone does not tell a team where to begin.",
        "Raise the Green threshold, or give weight to criteria fewer accounts meet.",
        find_too_generic,
    ),
    Rule(
        "too-narrow",
        "Too narrow",
        f"Fewer than {percent(NARROW_BELOW)} of all accounts are Green.",
        "There are too few Green accounts to fill a pipeline.",
        "Lower the Green threshold to the suggested one, or widen the best levels.",
        find_too_narrow,
    ),
    Rule(
        "few-events",
        "Few deals to judge by",
        "Fewer than 30 won or 30 lost accounts were judged.",
        "Intervals are wide: the true figure may be far from the one shown.",
        "Read the intervals, not the figures, and judge again when more deals have closed.",
        find_few_events,
    ),
    Rule(
        "win-rate-moved",
        "Win rate moved",
        f"The {SURE} interval of the difference between judged deals and earlier deals excludes zero.",
        "The market, the pricing or the way deals are logged has changed; earlier patterns may have aged.",
        "Ask what changed at that time; narrow the scope to the period that still holds.",
        find_win_rate_moved,
    ),
    Rule(
        "value-and-deals-disagree",
        "Wins against value",
        "One of the two proofs holds (lower limit above 50 in 100) while the other ends under 60 and includes 50.",
        "The accounts that are easy to win are not those worth winning, or the reverse.",
        "Choose what the rubric shall learn from: won deals, or best customers.",
        find_disagreement,
    ),
    Rule(
        "holdout-looked-at",
        "Held-out deals looked at",
        "Changed settings were checked on the same deals before.",
        "Each look lets luck choose; the proof weakens although the figure rises.",
        "Wait for new deals, or move the hold-out's date.",
        find_looks,
    ),
    Rule(
        "leak-used",
        "Columns that give the outcome away",
        "A column withheld by the leak checks is a criterion of the rubric.",
        "What is known only after the sale ranks old deals well and new ones not at all.",
        "Remove it from the rubric, unless it is known before the sale in your process.",
        find_leaks,
    ),
    Rule(
        "too-good",
        "Too good to be true",
        "The lower limit of the ranking is 95 in 100 or more.",
        "Attributes known before a sale rarely do that; a column filled in later does.",
        "Look through the criteria for one that is filled in when a deal closes.",
        find_too_good,
    ),
    Rule(
        "many-not-rated",
        "Accounts without a band",
        f"More than {percent(NOT_RATED_ABOVE)} of the judged accounts are not rated, or a column the rubric reads "
        "is missing.",
        "The rates speak only of accounts that are well recorded.",
        "Fill in the columns the rubric asks for, or lower the floor of known weight.",
        find_not_rated,
    ),
    Rule(
        "known-data-differs",
        "What is known of whom",
        "The known share of the rubric's weight differs by more than 15 points between judged and other accounts.",
        "The rubric may rank how well accounts are recorded rather than how well they fit.",
        "Fill in the same columns for old and new accounts, at the same moment of the process.",
        find_coverage,
    ),
)
