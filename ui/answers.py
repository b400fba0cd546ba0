"""Each page's sentence and figures, where more than the page itself says them.

Comes in: the study. Goes out: sentences and `Figure`s. Separate because the pages, the shared page
and a guest's pages must say the same.
"""

from __future__ import annotations

from icp_engine import Study
from icp_engine.charts import traits
from icp_engine.profile.from_traits import FOR_DIRECTIONS, flagged_rows, trait_name
from icp_engine.profile.wording import word_list
from icp_engine.segments.model import Segments
from ui.cards import Figure
from ui.terms import explain, linked
from ui.words import count, of, percent, percent_interval, plain, plural

TRAITS_NAMED = 4  # of the ideal customer, in one sentence


def ideal_customer(study: Study) -> str:
    """“Your ideal customer: Funding stage = Series B and Industry = FinTech.”; “” while none is
    proven.
    """
    proven = flagged_rows(study.traits.table, FOR_DIRECTIONS)
    if not len(proven):
        return ""
    strongest = proven.drop_duplicates("attribute").head(TRAITS_NAMED)
    return f"Your ideal customer: {word_list([trait_name(row) for row in strongest.itertuples()])}."


def best_figures(study: Study) -> list[Figure]:
    """Best, worst, too young, kept for the test: each of how many."""
    best = study.best
    judged, customers_known = len(best.scores), int(study.customers.is_customer.sum())
    by_value = best.basis == "value"
    return [
        Figure(
            "Best customers" if by_value else "Won accounts",
            count(len(best.accounts)),
            percent(len(best.accounts) / judged) if judged else "",
            f"of {count(judged)} judged",
            help=explain("best"),
        ),
        Figure(
            "Worst customers" if by_value else "Lost accounts",
            count(len(best.worst if by_value else best.rest)),
            of=f"of {count(judged)} judged",
            help=linked(f"Worst: {plain(best.worst_basis)}.", "worst"),
        ),
        Figure(
            "Too young to judge",
            count(len(best.too_young)),
            of=f"of {count(customers_known)} customers",
            help=linked(
                f"Customers for less than {study.settings.min_age_days} days stand in no group.",
                "judged",
            ),
        ),
        Figure(
            "Kept for the test",
            plural(len(study.holdout.accounts), "account"),
            of=kept_aside(len(best.set_aside)),
            help=explain("held out"),
        ),
    ]


def kept_aside(number: int) -> str:
    """How many of the accounts kept for the test would otherwise be best."""
    return "none would have been best" if not number else f"{count(number)} would have been best"


def segment_figures(found: Segments) -> list[Figure]:
    """Groups, best customers in one, how alike on resampling, how much commoner among the best."""
    total, placed = len(found.labels), int((found.labels >= 0).sum())
    if not found.segments:
        return [
            Figure("Segments", "0", of=f"in {count(total)} best customers", help=explain("segment"))
        ]
    least = min(found.segments, key=lambda segment: segment.stability)
    largest = found.segments[0]
    return [
        Figure(
            "Segments",
            count(len(found.segments)),
            of=f"in {count(total)} best customers",
            help=explain("segment"),
        ),
        Figure(
            "Best customers in one",
            percent(placed / total),
            of=of(placed, total),
            help=linked("The others are too unlike any group.", "segment"),
        ),
        Figure(
            "Most valuable segment",
            percent(largest.value_share.value),
            percent_interval(largest.value_share),
            "of the best customers' value",
            help=linked(
                f"“{plain(largest.name)}”, {of(largest.size, total)} best customers.", "segment"
            ),
        ),
        Figure(
            "Comes back when redrawn",
            percent(least.stability),
            of="of the segment that repeats least",
            help=explain("stability"),
        ),
    ]


def bad_fit_sentence(study: Study) -> str:
    """How many traits point to a bad fit, and the clearest in a sentence."""
    table, verdict = study.traits.table, study.traits.verdict
    bad = traits.proven(table, traits.AGAINST)
    if not len(study.best.worst):
        rarer = f"; {plural(len(bad), 'trait is', 'traits are')} rarer among the best than among the others"
        return f"Nothing in these files says which customers were a bad fit{rarer if len(bad) else ''}."
    if not len(bad):
        why = (
            f"none of {count(len(table))} tried is more common among the worst than chance allows."
            if verdict.level != "too_little_data"
            else verdict.sentence
        )
        return f"No trait is proven to mark a bad fit: {why}"
    return f"{plural(len(bad), 'trait points', 'traits point')} to a bad fit. {bad['sentence'].iloc[0]}"


def bad_fit_figures(study: Study) -> list[Figure]:
    """Worst customers, bad-fit traits, switches on, accounts held at Red."""
    table, best = study.traits.table, study.best
    flags = [flag for flag in study.rubric.flags if flag.strength != "caution"]
    bad, switches = (
        len(traits.proven(table, traits.AGAINST)),
        plural(len(flags), "switch", "switches"),
    )
    held = int(study.scores["disqualified"].sum())
    return [
        Figure(
            "Worst customers",
            count(len(best.worst)),
            of=f"of {count(len(best.scores))} judged",
            help=linked(f"Worst: {plain(best.worst_basis)}.", "worst"),
        ),
        Figure(
            "Traits of a bad fit",
            count(bad),
            of=f"of {count(len(table))} tried",
            help=linked("More common among the worst than among the best, beyond chance.", "trait"),
        ),
        Figure(
            "Switched on",
            count(sum(flag.on for flag in flags)),
            of=f"of {switches}",
            help=linked("Traits that cap a band; nothing is switched on by itself.", "flag"),
        ),
        Figure(
            "Accounts held at Red",
            count(held),
            percent(held / max(len(study.scores), 1)),
            f"of {count(len(study.scores))}",
            help=linked("By a disqualifier that is switched on.", "flag"),
        ),
    ]
