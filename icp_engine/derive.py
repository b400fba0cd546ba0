"""What a study hands from one stage to the next: row sets, lessons, flags, cross-fitted scores.

Comes in: a study. Goes out: inputs of single stages. Separate so that `study` reads as the list of
its results.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from icp_engine.customers.find import describe_accounts
from icp_engine.customers.model import Customers
from icp_engine.holdout import account_outcomes
from icp_engine.rubric.model import Flag, Match, Rubric
from icp_engine.rubric.suggest import Lessons
from icp_engine.segments.find import find_segments
from icp_engine.segments.model import Segments
from icp_engine.segments.people import People
from icp_engine.settings import Settings
from icp_engine.stats.auc import newcombe_interval, weighted_auc
from icp_engine.types import Estimate, Frame, Index, Series
from icp_engine.validation.model import Validation
from icp_engine.validation.validate import validate_rubric

if TYPE_CHECKING:
    from icp_engine.study import Study


def known_customers(study: Study) -> Customers:
    """Customers with value metrics from deals closed before the hold-out; held-out accounts keep
    all theirs.
    """
    customers, cut = study.customers, study.holdout.cut
    if study.holdout.method != "held_out":
        return customers
    early = describe_accounts(study.intake, *study._everyone, study.settings, before=cut)
    accounts = early.accounts.copy()
    for metric in customers.metrics:
        if metric.derived:
            held_out = accounts.index.isin(study.holdout.accounts)
            column = accounts.get(metric.name, pd.Series(np.nan, index=accounts.index))
            accounts[metric.name] = column.where(~held_out, customers.accounts[metric.name])
    return replace(customers, accounts=accounts)


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


def account_value(study: Study) -> Series:
    """What each account is worth: its weightiest money metric, else its value score; nothing where
    best means won.
    """
    if study.best.basis == "won":
        return study.best.scores * 0.0
    money = sorted((m for m in study.best.metrics if m.unit == "$"), key=lambda m: -m.weight)
    return study.accounts[money[0].name].astype("float64") if money else study.best.scores


def people(study: Study) -> People:
    """What segments are described by: all best customers against all others that were judged."""
    return People(
        accounts=study.accounts,
        attributes=study.attributes.attributes,
        best=study.best.accounts,
        others=study.best.rest.union(study.best.worst),
        value=account_value(study),
        metrics=study.accounts[[metric.name for metric in study.best.metrics]],
    )


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


def lessons(study: Study) -> Lessons:
    """What the rubric learns from; where nobody is worst, the rest stand against the best."""
    best = study.best
    empty: Index = best.accounts[:0]
    if best.basis == "won":  # the same accounts would be counted twice
        return Lessons(study.outcomes["won"], study.outcomes["lost"], empty, empty)
    against = best.worst if len(best.worst) else best.rest
    return Lessons(study.outcomes["won"], study.outcomes["lost"], best.accounts, against)


def flags(study: Study) -> tuple[Flag, ...]:
    """Bad-fit traits as switches, all off."""
    tests = {(i.attribute, i.value): _test(i) for i in study.indicators.items}
    table = study.traits.table
    flagged = table[table["strength"] != ""]
    return tuple(
        Flag(
            attribute=row.attribute,
            test=tests[(row.attribute, row.value)],
            strength=row.strength,
            sentence=row.sentence,
        )
        for row in flagged.itertuples()
        if (row.attribute, row.value) in tests and row.value != "Other"
    )


def without_thresholds(settings: Settings) -> Settings:
    """Settings from which a suggestion chooses its own thresholds, so that moving one makes no
    other suggestion.
    """
    return (
        settings.merged(green=None, yellow=None) if settings.green or settings.yellow else settings
    )


def with_thresholds(rubric: Rubric, settings: Settings) -> Rubric:
    """The rubric with a person's thresholds, where they gave any."""
    if settings.green is None and settings.yellow is None:
        return rubric
    green = settings.green or min(100, max(rubric.green, (settings.yellow or 0) + 1))
    yellow = min(settings.yellow if settings.yellow is not None else rubric.yellow, green - 1)
    return rubric.model_copy(update={"green": green, "yellow": yellow, "bands_note": "set by hand"})


def _test(indicator: Any) -> Match:
    if indicator.kind == "range":
        return Match(low=indicator.low, high=indicator.high)
    return Match(values=(indicator.value,))


def fit_key(rubric: Rubric) -> str:
    """Everything of a rubric that decides fits, as text: not its weights, thresholds or missing
    policy.
    """
    parts = rubric.model_dump_json(include={"criteria": {"__all__": {"levels"}}, "rules": True})
    return repr(
        ([c.columns for c in rubric.criteria], parts, [flag for flag in rubric.flags if flag.on])
    )


def validation(study: Study) -> Validation:
    """Judge the rubric in force by deals derivation did not see; without a hold-out it is
    cross-checked.
    """
    from icp_engine import proving

    case, unseen = proving.tested(study), proving.unseen_scores(study)
    value, value_note = proving.value_scores(study, unseen)
    everyone, deals = proving.everyone(study, unseen.scores), study.deals
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
        earlier=proving.earlier_outcomes(study, unseen),
        explain=study.explain,
        closed=proving.recent_deals(study, everyone) if unseen.scores is not None else None,
        customers=proving.mature_customers(study) if unseen.scores is not None else None,
        customer_scores=everyone,
        cost=proving.cost_of_winning(study),
    )


def ceiling(study: Study) -> Estimate:
    """AUC of gradient boosting, fitted on derivation accounts, on the held-out ones; None where not
    held out.
    """
    if study.holdout.method != "held_out":
        return Estimate(None, None, None, 0)
    from sklearn.ensemble import HistGradientBoostingClassifier

    features = boosting_features(study)
    learned = study.outcomes
    rows = features.index.isin(learned.index)
    # its binning fails on a column nobody has a value in
    features = features.loc[:, features[rows].notna().any()]
    y = (learned["won"].reindex(features.index[rows]) >= 0.5).to_numpy()
    if len(np.unique(y)) < 2 or not features.shape[1]:
        return Estimate(None, None, None, 0)
    model = HistGradientBoostingClassifier(
        max_iter=150,
        learning_rate=0.05,
        max_leaf_nodes=8,
        min_samples_leaf=15,
        l2_regularization=1.0,
        random_state=study.settings.seed % 2**31,
    )
    model.fit(features[rows].to_numpy(), y)
    held = account_outcomes(study.deals.loc[study.holdout.deals])
    score = model.predict_proba(features.reindex(held.index).to_numpy())[:, 1]
    return _auc_estimate(score, held["won"].to_numpy(), held["lost"].to_numpy())


def boosting_features(study: Study) -> Frame:
    """Attributes as numbers: levels by code, tags one column each; unknown stays empty."""
    from icp_engine.rubric.bins import bin_attributes

    attributes = study.attributes.attributes
    numbers = {
        a.name: study.accounts[a.name].astype("float64")
        for a in attributes
        if a.measure == "number"
    }
    others = tuple(a for a in attributes if a.measure != "number")
    coded = {
        b.name: pd.Series(b.codes, index=study.accounts.index).where(b.codes >= 0).astype("float64")
        for b in bin_attributes(study.accounts, others, study.settings)
    }
    return pd.DataFrame({**numbers, **coded}, index=study.accounts.index)


def _auc_estimate(score: np.ndarray, won: np.ndarray, lost: np.ndarray) -> Estimate:
    auc = float(weighted_auc(score, won, lost))
    low, high = newcombe_interval(auc, won.sum(), lost.sum())
    return Estimate(auc, float(low), float(high), float(len(score)))
