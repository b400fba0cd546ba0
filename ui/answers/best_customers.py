"""What the page of best customers says.

Comes in: a study. Goes out: sentences and figures. Separate because documents and links say the
same.
"""

from __future__ import annotations

from icp_engine import Study
from icp_engine.charts import traits
from icp_engine.customers.changes import SetChange
from icp_engine.customers.stability import describe_stability
from icp_engine.profile.from_traits import FOR_DIRECTIONS, flagged_rows, trait_name
from icp_engine.traits.model import Traits
from icp_engine.traits.pairs import SMALLEST_GROUP
from icp_engine.types import Frame, Index
from icp_engine.wording.numbers import count, of, plural
from icp_engine.wording.sentences import listed
from icp_engine.wording.shares import percent
from ui.answers.account_names import (
    account_names,
)
from ui.answers.figure import Figure
from ui.answers.markdown import plain
from ui.answers.terms import explain, linked

TRAITS_NAMED = 4  # of the ideal customer, in one sentence
NAMED = 6
# judged customers: 64 ms at 500; above, redraws wait for their tab (440 ms at 5,000)
REDRAWN_AT_ONCE = 1_500
LEAST = 10  # best customers, where a third of the judged are so many


def ideal_customer(study: Study) -> str:
    """“Your ideal customer: Funding stage = Series B and Industry = FinTech.”; “” while none is
    proven.
    """
    proven = flagged_rows(study.traits.table, FOR_DIRECTIONS)
    if not len(proven):
        return ""
    strongest = proven.drop_duplicates("attribute").head(TRAITS_NAMED)
    return f"Your ideal customer: {listed([trait_name(row) for row in strongest.itertuples()])}."


def pairs_sentence(found: Traits) -> str:
    """How many pairs of traits add to their stronger half, and the clearest one in counts."""
    proven = traits.proven(found.pairs, traits.TOWARDS)
    if not len(found.pairs):
        return f"No two traits are held together by {SMALLEST_GROUP} best customers, so there is no pair to compare."
    first = (proven if len(proven) else found.pairs).head(1)
    row = traits.pair_table(first, found.table).iloc[0]
    clearest = f"Of customers with {row['Pair']}, {row['Best, of those with both']} are best."
    if not len(proven):
        return f"No pair is proven to say more than the stronger of its two traits. {clearest}"
    return f"{plural(len(proven), 'pair says', 'pairs say')} more than the stronger of its traits. {clearest}"


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


def how_sure(study: Study) -> str:
    """How many best customers hold in redraws; “” where that is not known yet and would keep the
    page waiting.
    """
    best = study.best
    if not best.metrics or (len(best.scores) > REDRAWN_AT_ONCE and not study.knows("stability")):
        return ""
    said = describe_stability(study.stability)
    return f"How sure: {said[0]}" if said else ""


def name_some(study: Study, ids: Index) -> str:
    """The first few by name, then how many more."""
    names = account_names(study)
    known = [str(account) if names is None else str(names.get(account, account)) for account in ids]
    more = f" and {len(known) - NAMED} more" if len(known) > NAMED else ""
    return ", ".join(known[:NAMED]) + more


def change_table(study: Study, change: SetChange) -> Frame:
    """One row an account that moves, in plain headers."""
    table = change.table.rename(
        columns={
            "change": "Change",
            "rank_before": "Rank before",
            "rank_now": "Rank now",
            "metric": "Moved most by",
            "points": "Points of 100",
        }
    ).round({"Points of 100": 1})
    names = account_names(study)
    if names is not None:
        table.insert(0, "Account", names.reindex(table.index))
    return table


def taken(best: int, judged: int, share: float, number: int | None) -> str:
    """How many are taken and why, where it is not what was asked for; else empty."""
    said, wanted = of(best, judged, "judged customers are best"), number or round(share * judged)
    if best > max(wanted, LEAST):
        return f"{said}, pinned ones included."
    if best > wanted:
        third = "" if best >= LEAST else ", but never more than a third"
        return f"{said}: at least {LEAST} are taken{third}."
    if best < wanted or (best < LEAST and best < judged):
        return f"{said}: never more than a third, and only those who meet the conditions."
    return ""


def cannot_be_best(study: Study, account: str) -> str:
    """Why a pin would change nothing; empty where it would."""
    known = study.customers
    churned = study.accounts.get("churned")
    if account in known.left_out.index:
        return f"it is left out: {known.left_out[account]}"
    if not known.is_customer.get(account, False):
        return "it is not a customer"
    if churned is not None and churned.fillna(False).astype(bool).get(account, False):
        return "it left, and a customer that left is never best"
    if account in study.holdout.accounts:
        return "it is kept for the test, so it takes no part"
    if not study.best.metrics:
        return "nothing ranks customers in these files, so best means won"
    return ""


def _sentence(study: Study) -> str:
    table, best = study.conditions, len(study.best.accounts)
    on = int(table["on"].sum())
    if not on:
        return "No condition is on: the best are the highest-ranked customers. Each line says who would pass."
    passing = int(table.loc[table["on"].astype(bool), "pass_together"].min())
    return (
        f"{count(on)} on: {of(passing, int(table['of_judged'].iloc[0]), 'judged customers')} pass, "
        f"{count(best)} of them are best."
    )
