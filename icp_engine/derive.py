"""What a study hands from one stage to the next: row sets, lessons, flags, cross-fitted scores.

Comes in: a study. Goes out: inputs of single stages. Separate so that `study` reads as the list of its results.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from icp_engine.customers.find import describe_accounts
from icp_engine.customers.model import Customers
from icp_engine.holdout import account_outcomes
from icp_engine.rubric.bands import with_bands
from icp_engine.rubric.fit import FOLDS
from icp_engine.rubric.model import Flag, Rubric, Match
from icp_engine.rubric.scoring import find_fits, score_fits
from icp_engine.rubric.suggest import Lessons, suggest
from icp_engine.stats.auc import newcombe_interval, weighted_auc
from icp_engine.types import Estimate, Frame, Index, Series
from icp_engine.validation.model import Validation
from icp_engine.validation.validate import validate_rubric

if TYPE_CHECKING:
    from icp_engine.study import Study

BACKTEST_QUARTERS = 6
LEAST_TO_TEST = 5


def known_customers(study: Study) -> Customers:
    """Customers with value metrics from deals closed before the hold-out; held-out accounts keep all theirs."""
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
    """Accounts that derivation may see: not held out, not left out, not only known through later deals."""
    unseen = study.holdout.accounts.union(study.customers.left_out.index)
    return study.accounts.index.difference(unseen, sort=False)


def compared_accounts(study: Study) -> Frame:
    """Derivation accounts with an outcome or a judgement, in the order of the accounts table."""
    judged = study.best.scores.index.union(study.outcomes.index)
    rows = study.accounts.index.isin(judged) & study.accounts.index.isin(derivation_rows(study))
    return study.accounts.loc[rows]


def account_value(study: Study) -> Series:
    """What each account is worth: its weightiest money metric, else its value score."""
    money = sorted((m for m in study.best.metrics if m.unit == "$"), key=lambda m: -m.weight)
    return study.accounts[money[0].name].astype("float64") if money else study.best.scores


def lessons(study: Study) -> Lessons:
    """What the rubric learns from; where nobody is worst, the rest stand against the best."""
    best = study.best
    empty: Index = best.accounts[:0]
    if best.basis == "won":  # the same accounts would be counted twice
        return Lessons(study.outcomes["won"], study.outcomes["lost"], empty, empty)
    return Lessons(study.outcomes["won"], study.outcomes["lost"], best.accounts, best.worst if len(best.worst) else best.rest)


def flags(study: Study) -> tuple[Flag, ...]:
    """Bad-fit traits as switches, all off."""
    tests = {(i.attribute, i.value): _test(i) for i in study.indicators.items}
    table = study.traits.table
    flagged = table[table["strength"] != ""]
    return tuple(
        Flag(attribute=row.attribute, test=tests[(row.attribute, row.value)], strength=row.strength, sentence=row.sentence)
        for row in flagged.itertuples() if (row.attribute, row.value) in tests and row.value != "Other"
    )


def _test(indicator: Any) -> Match:
    if indicator.kind == "range":
        return Match(low=indicator.low, high=indicator.high)
    return Match(values=(indicator.value,))


def fit_key(rubric: Rubric) -> str:
    """Everything of a rubric that decides fits, as text: not its weights, thresholds or missing policy."""
    criteria = [(c.columns, c.levels) for c in rubric.criteria]
    return repr((criteria, rubric.rules, [flag for flag in rubric.flags if flag.on]))


def cross_scores(study: Study) -> Frame:
    """Scores of the compared accounts, each by a rubric suggested without the accounts of its fold."""
    accounts, learned = compared_accounts(study), lessons(study)
    fold = np.random.default_rng(study.settings.seed + 1).permutation(len(accounts)) % FOLDS
    parts = []
    for number in range(FOLDS):
        seen = accounts[fold != number]
        rubric = suggest(seen, study.attributes.attributes, _only(learned, seen.index), study.settings, assess=False)
        rows = accounts[fold == number]
        parts.append(score_fits(rubric, find_fits(rubric, rows, clean=True)))
    return pd.concat(parts).reindex(accounts.index) if parts else score_fits(Rubric(), find_fits(Rubric(), accounts))


def _only(learned: Lessons, index: Index) -> Lessons:
    return Lessons(learned.won[learned.won.index.isin(index)], learned.lost[learned.lost.index.isin(index)],
                   learned.best.intersection(index), learned.worst.intersection(index))


def validation(study: Study) -> Validation:
    """Judge the rubric in force by deals derivation did not see; a suggestion without a hold-out is cross-checked."""
    holdout = study.holdout
    cross_checked = holdout.method == "cross_checked" and study.settings.rubric is None
    judged_ids = holdout.deals if holdout.method == "held_out" else holdout.derivation_deals
    deals = study.deals
    open_deals = deals[deals["won"].isna()] if len(deals) else deals
    scores = study.scores
    if cross_checked:
        scores = pd.concat([study.cross_scores, scores[~scores.index.isin(study.cross_scores.index)]])
    return validate_rubric(
        study.rubric, scores, deals.loc[judged_ids], holdout, open_deals=open_deals, value_scores=value_scores(study),
        scores_are_cross_fitted=cross_checked or study.settings.rubric is not None, settings=study.settings,
        withheld=study.attributes.withheld,
        derivation={"accounts": float(len(study.outcomes)), "won": float(study.outcomes["won"].sum())},
    )


def value_scores(study: Study) -> tuple[Series, Series] | None:
    """Scores of (best customers, the rest and worst), by rubrics that did not see them; None where best means won."""
    best = study.best
    if best.basis != "value" or not len(best.accounts) or not len(best.rest):
        return None
    scores = (study.scores if study.settings.rubric is not None else study.cross_scores)["score"]
    others = best.rest.union(best.worst)
    return scores.reindex(best.accounts).dropna(), scores.reindex(others).dropna()


def ceiling(study: Study) -> Estimate:
    """AUC of gradient boosting fitted on derivation accounts and judged on the held-out ones; None where not held out."""
    if study.holdout.method != "held_out":
        return Estimate(None, None, None, 0)
    from sklearn.ensemble import HistGradientBoostingClassifier

    features = boosting_features(study)
    learned = study.outcomes
    rows = features.index.isin(learned.index)
    y = (learned["won"].reindex(features.index[rows]) >= 0.5).to_numpy()
    if len(np.unique(y)) < 2 or not features.shape[1]:
        return Estimate(None, None, None, 0)
    model = HistGradientBoostingClassifier(max_iter=150, learning_rate=0.05, max_leaf_nodes=8, min_samples_leaf=15,
                                           l2_regularization=1.0, random_state=study.settings.seed % 2**31)
    model.fit(features[rows].to_numpy(), y)
    held = account_outcomes(study.deals.loc[study.holdout.deals])
    score = model.predict_proba(features.reindex(held.index).to_numpy())[:, 1]
    return _auc_estimate(score, held["won"].to_numpy(), held["lost"].to_numpy())


def boosting_features(study: Study) -> Frame:
    """Attributes as numbers: levels by code, tags one column each; unknown stays empty."""
    from icp_engine.rubric.bins import bin_attributes

    attributes = study.attributes.attributes
    numbers = {a.name: study.accounts[a.name].astype("float64") for a in attributes if a.measure == "number"}
    others = tuple(a for a in attributes if a.measure != "number")
    coded = {b.name: pd.Series(b.codes, index=study.accounts.index).where(b.codes >= 0).astype("float64")
             for b in bin_attributes(study.accounts, others, study.settings)}
    return pd.DataFrame({**numbers, **coded}, index=study.accounts.index)


def _auc_estimate(score: np.ndarray, won: np.ndarray, lost: np.ndarray) -> Estimate:
    auc = float(weighted_auc(score, won, lost))
    low, high = newcombe_interval(auc, won.sum(), lost.sum())
    return Estimate(auc, float(low), float(high), float(len(score)))


def backtest(study: Study) -> Frame:
    """The rubric of each past quarter's end on the accounts first closed in the quarter after it.

    Won against lost only: snapshot value metrics take no part, and attributes are as they are today. Columns: quarter,
    learned (accounts), won, lost, auc, low, high. Quarters with fewer than five won or lost accounts are left out.
    """
    columns = ["quarter", "learned", "won", "lost", "auc", "low", "high"]
    deals = study.deals
    closed = deals[deals["new_business"] & deals["won"].notna()] if len(deals) else deals
    if not len(closed) or closed["closed_date"].isna().all():
        return pd.DataFrame(columns=columns)
    outcomes = account_outcomes(closed)
    quarter = outcomes["first_closed"].dt.to_period("Q")
    rows = [_backtest_quarter(study, outcomes, quarter, q) for q in sorted(quarter.dropna().unique())[-BACKTEST_QUARTERS:]]
    return pd.DataFrame([row for row in rows if row], columns=columns)


def _backtest_quarter(study: Study, outcomes: Frame, quarter: Series, q: Any) -> dict[str, Any]:
    before, during = outcomes[quarter < q], outcomes[quarter == q]
    if min(during["won"].sum(), during["lost"].sum(), before["won"].sum(), before["lost"].sum()) < LEAST_TO_TEST:
        return {}
    empty: Index = before.index[:0]
    seen = study.accounts.loc[study.accounts.index.isin(before.index)]
    rubric = suggest(seen, study.attributes.attributes, Lessons(before["won"], before["lost"], empty, empty),
                     study.settings, assess=False)
    rows = study.accounts.loc[study.accounts.index.isin(during.index)]
    score = score_fits(rubric, find_fits(rubric, rows, clean=True))["score"].reindex(during.index)
    estimate = _auc_estimate(score.to_numpy(), during["won"].to_numpy(), during["lost"].to_numpy())
    return {"quarter": str(q), "learned": len(before), "won": float(during["won"].sum()), "lost": float(during["lost"].sum()),
            "auc": estimate.value, "low": estimate.low, "high": estimate.high}


def restore_bands(study: Study, rubric: Rubric) -> Rubric:
    """The rubric with thresholds chosen anew for the derivation accounts."""
    return with_bands(rubric, compared_accounts(study), study.settings)
