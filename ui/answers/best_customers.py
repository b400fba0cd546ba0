"""What the page of best customers says.

Comes in: a study. Goes out: sentences and figures. Separate because documents and links say the
same.
"""

from __future__ import annotations

from icp_engine import Study
from icp_engine.profile.from_traits import FOR_DIRECTIONS, flagged_rows, trait_name
from icp_engine.wording.numbers import count, plural
from icp_engine.wording.sentences import listed
from icp_engine.wording.shares import percent
from ui.answers.figure import Figure
from ui.answers.markdown import plain
from ui.answers.terms import explain, linked

TRAITS_NAMED = 4  # of the ideal customer, in one sentence


def ideal_customer(study: Study) -> str:
    """“Your ideal customer: Funding stage = Series B and Industry = FinTech.”; “” while none is
    proven.
    """
    proven = flagged_rows(study.traits.table, FOR_DIRECTIONS)
    if not len(proven):
        return ""
    strongest = proven.drop_duplicates("attribute").head(TRAITS_NAMED)
    return f"Your ideal customer: {listed([trait_name(row) for row in strongest.itertuples()])}."


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
