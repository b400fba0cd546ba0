"""What a study hands from one stage to the next: row sets, lessons, flags, cross-fitted scores.

Comes in: a study. Goes out: inputs of single stages. Separate so that `study` reads as the list of
its results.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from icp_engine.learning.suggest import Lessons
from icp_engine.segments.find import find_segments
from icp_engine.segments.model import Segments
from icp_engine.segments.people import people
from icp_engine.types import Frame, Index
from icp_engine.validation.model import Validation
from icp_engine.validation.validate import validate_rubric

if TYPE_CHECKING:
    from icp_engine.study.study import Study


def find_groups(study: Study) -> Segments:
    """Segments as found: names and merges of a person come later, so that they need no new search."""
    who = people(study)
    settings = study.settings.merged(segment_names={}, segment_merges={})
    return find_segments(
        who.accounts,
        who.attributes,
        who.best,
        who.others,
        who.value,
        who.metrics,
        settings,
        study.progress,
    )


def validation(study: Study) -> Validation:
    """Judge the rubric in force by deals derivation did not see; without a hold-out it is
    cross-checked.
    """
    from icp_engine.crossfit.unseen import earlier_outcomes, tested, unseen_scores, value_scores
    from icp_engine.crossfit.unseen import everyone as proving_everyone
    from icp_engine.customers.mature import cost_of_winning, mature_customers
    from icp_engine.validation.deal_rows import recent_deals

    case, unseen = tested(study), unseen_scores(study)
    value, value_note = value_scores(study, unseen)
    everyone, deals = proving_everyone(study, unseen.scores), study.deals
    held_out = study.holdout.method == "held_out"
    # a held-out account is judged by the delivered rubric, every other by one that did not see it
    return validate_rubric(
        study.rubric,
        case.scores,
        case.deals,
        study.holdout,
        value_scores=value,
        value_note=value_note,
        open_deals=deals[deals["won"].isna()] if len(deals) else deals,
        scores_are_cross_fitted=case.fresh and not held_out,
        changes_carried=unseen.carried,
        settings=study.settings,
        withheld=study.attributes.withheld,
        derivation={
            "accounts": float(len(study.outcomes)),
            "won": float(study.outcomes["won"].sum()),
        },
        earlier=earlier_outcomes(study, unseen),
        explain=study.explain,
        closed=recent_deals(study, everyone) if unseen.scores is not None else None,
        customers=mature_customers(study) if unseen.scores is not None else None,
        customer_scores=everyone,
        cost=cost_of_winning(study),
    )


def derivation_rows(study: Study) -> Index:
    """Accounts that derivation may see: not held out, not left out, not only known through later
    deals.
    """
    unseen = study.holdout.accounts.union(study.customers.left_out.index)
    return study.accounts.index.difference(unseen, sort=False)


def compared_accounts(study: Study) -> Frame:
    """Derivation accounts with an outcome or a judgement, in the order of the accounts table."""
    judged = study.best.scores.index.union(study.outcomes.index)
    rows = study.accounts.index.isin(judged) & study.accounts.index.isin(derivation_rows(study))
    return study.accounts.loc[rows]


def lessons(study: Study) -> Lessons:
    """What the rubric learns from; where nobody is worst, the rest stand against the best."""
    best = study.best
    empty: Index = best.accounts[:0]
    if best.basis == "won":  # the same accounts would be counted twice
        return Lessons(study.outcomes["won"], study.outcomes["lost"], empty, empty)
    against = best.worst if len(best.worst) else best.rest
    return Lessons(study.outcomes["won"], study.outcomes["lost"], best.accounts, against)
