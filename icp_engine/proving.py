"""What proof needs from a study: scores by rubrics that did not see the account, rivals, past
quarters.

Comes in: a study. Goes out: inputs and results of validation. Separate from `derive`: nothing
derived rests on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from icp_engine import derive
from icp_engine.attributes.indicators import as_levels
from icp_engine.holdout import account_outcomes, decided_on
from icp_engine.relearning import LEARN_MOST, relearned_folds
from icp_engine.rubric.fit import FOLDS
from icp_engine.rubric.model import Rubric
from icp_engine.rubric.scoring import Fits, find_fits, meets_test, score_fits
from icp_engine.rubric.suggest import Lessons, suggest
from icp_engine.traits.sentences import name_trait
from icp_engine.types import Frame, Index, Series
from icp_engine.validation.backtest import AHEAD_MOST, Cell, backtest_table, enough
from icp_engine.validation.compare import baseline_table, compare_scores
from icp_engine.validation.measure import Judged, collect_outcomes, judge
from icp_engine.validation.model import Comparison
from icp_engine.validation.reading import LAST
from icp_engine.validation.refit import carry_over, why_not_refitted

if TYPE_CHECKING:
    from icp_engine.study import Study
    from icp_engine.types import Floats

BACKTEST_QUARTERS = 8
GRADES: tuple[tuple[str, ...], ...] = (  # best first
    ("a+", "a", "a-", "b+", "b", "b-", "c+", "c", "c-", "d", "e", "f"),
    ("hot", "warm", "cold"),
    ("very high", "high", "medium", "low", "very low"),
    ("strong", "moderate", "weak"),
    ("tier 1", "tier 2", "tier 3", "tier 4"),
)


# ---------------------------------------------------------------------- scores that did not see the


@dataclass(frozen=True)
class Unseen:
    """Scores of the derivation accounts by rubrics that did not see them; None with the reason
    where there are none.

    `carried`: the person's changes were carried over to each fold's suggestion.
    """

    scores: Frame | None
    carried: bool = False
    reason: str = ""


def fold_rubrics(study: Study) -> list[tuple[Index, Rubric]]:
    """For each of five folds of the compared accounts: its accounts, and the suggestion made
    without them.
    """
    accounts, learned = derive.compared_accounts(study), derive.lessons(study)
    rng = np.random.default_rng(study.settings.seed + 1)
    fold = rng.permutation(len(accounts)) % FOLDS
    rubrics = []
    for number in range(FOLDS):
        others = np.flatnonzero(fold != number)
        if len(others) > LEARN_MOST:
            others = np.sort(rng.choice(others, LEARN_MOST, replace=False))
        seen = accounts.iloc[others]
        one = suggest(
            seen,
            study.attributes.attributes,
            _only(learned, seen.index),
            derive.without_thresholds(study.settings),
            assess=False,
        )
        rubrics.append((accounts.index[fold == number], one))
    return rubrics


def _only(learned: Lessons, index: Index) -> Lessons:
    return Lessons(
        learned.won[learned.won.index.isin(index)],
        learned.lost[learned.lost.index.isin(index)],
        learned.best.intersection(index),
        learned.worst.intersection(index),
    )


def unseen_scores(study: Study) -> Unseen:
    """Out-of-fold scores under the rubric in force.

    The suggestion: by each fold's own. A rubric typed in without the data: its own scores. A
    suggestion that a person changed: the same changes on each fold's suggestion, where that can be
    said.
    """
    changed = study.settings.rubric
    if changed is None and study.suggestion.criteria:
        return Unseen(study.cross_scores)
    if changed is None or not changed.learned_from:
        return Unseen(study.scores.loc[derive.compared_accounts(study).index])
    suggestion = study.suggestion
    if reason := why_not_refitted(changed, suggestion):
        return Unseen(None, reason=reason)
    relearned = relearned_folds(study)
    if relearned is None:
        return Unseen(study.cross_scores)
    carried = [
        carry_over(changed, suggestion, theirs, fresh)
        for (_, theirs), fresh in zip(study.fold_rubrics, relearned.rubrics, strict=True)
    ]
    return Unseen(score_folds(study, carried), True)


def score_folds(study: Study, rubrics: list[Rubric]) -> Frame:
    """Scores of the compared accounts, each fold by its rubric; fits are kept while only weights
    move.
    """
    parts, known = [], study._key("suggestion")
    for number, rubric in enumerate(rubrics):
        key = ("fold_fits", number, known, derive.fit_key(rubric))
        parts.append(
            score_fits(rubric, study._memo.get(key, partial(_fold_fits, study, number, rubric)))
        )
    places = study._memo.get(
        ("fold_order", known),
        lambda: np.concatenate(
            [study.accounts.index.get_indexer(index) for index, _ in study.fold_rubrics]
        ),
    )
    return pd.concat(parts).iloc[np.argsort(places)]


def _fold_fits(study: Study, number: int, rubric: Rubric) -> Fits:
    return find_fits(rubric, study.accounts.loc[study.fold_rubrics[number][0]], clean=True)


@dataclass(frozen=True)
class Tested:
    """What the rubric in force is judged by: scores of all accounts, the deals, and how honest that
    is.

    `fresh`: no judged deal helped to make the score that judges it, unless `flattered`: a rubric
    that learned from these deals, was changed, and cannot be scored out of fold.
    """

    scores: Frame
    deals: Frame
    fresh: bool
    flattered: bool = False

    @property
    def comparable(self) -> bool:
        """Whether its AUC may stand beside another's."""
        return self.fresh and not self.flattered and len(self.deals) > 0


def tested(study: Study) -> Tested:
    """Held-out deals with the delivered rubric; else all closed deals with out-of-fold scores,
    where there are any.
    """
    holdout = study.holdout
    if holdout.method == "held_out":
        return Tested(study.scores, study.deals.loc[holdout.deals], True)
    deals = study.deals.loc[holdout.derivation_deals]
    if holdout.method == "cross_checked":
        unseen = unseen_scores(study)
        if unseen.scores is not None:
            return Tested(everyone(study, unseen.scores), deals, True)
    rubric = study.settings.rubric
    return Tested(
        study.scores, deals, rubric is not None, rubric is not None and bool(rubric.learned_from)
    )


def everyone(study: Study, unseen: Frame | None) -> Frame:
    """Scores of all accounts: out of fold where there are such, else the rubric in force."""
    if unseen is None:
        return study.scores
    rest = np.ones(len(study.scores), dtype=bool)
    # isin takes ten times as long on text
    rest[study.scores.index.get_indexer(unseen.index)] = False
    joined = pd.concat([unseen, study.scores[rest]])
    joined.attrs["missing_columns"] = study.scores.attrs.get("missing_columns", [])
    return joined


def value_scores(study: Study, unseen: Unseen) -> tuple[tuple[Series, Series] | None, str]:
    """Scores of (best customers, the rest and worst) by rubrics that did not see them; else None
    and why.
    """
    best = study.best
    if best.basis != "value":
        return None, "best customers are those that bought, as no value is recorded"
    if not len(best.accounts) or not len(best.rest):
        return None, "there are too few customers to compare"
    if unseen.scores is None:
        return None, unseen.reason
    score, others = unseen.scores["score"], best.rest.union(best.worst)
    return (score.reindex(best.accounts).dropna(), score.reindex(others).dropna()), ""


# ---------------------------------------------------------------------- what else validation shows


def earlier_outcomes(study: Study, unseen: Unseen) -> tuple[Floats, Floats] | None:
    """Out-of-fold scores and won weight of the accounts the rubric was made from; None where
    nothing was held out.
    """
    if study.holdout.method != "held_out" or unseen.scores is None:
        return None
    index = study.outcomes.index.intersection(unseen.scores.index)
    score, won = unseen.scores.loc[index, "score"], study.outcomes.loc[index, "won"]
    return score.to_numpy(dtype=float), won.to_numpy(dtype=float)


def mature_customers(study: Study) -> Frame:
    """Customers old enough to judge, by account_id: value, churned, days_to_close, cost; only what
    is recorded.
    """
    return study._memo.get(
        ("mature_customers", study._key("best")), lambda: _mature_customers(study)
    )


def _mature_customers(study: Study) -> Frame:
    customers = study.customers
    known = customers.is_customer[customers.is_customer].index
    known = known.difference(customers.too_young).difference(customers.left_out.index)
    rows = customers.accounts.loc[customers.accounts.index.isin(known)]
    money = sorted(
        (m for m in study.best.metrics if m.unit == "$" and m.direction == "more"),
        key=lambda m: -m.weight,
    )
    days = (m.name for m in customers.metrics if m.derived and m.name.startswith("days_to_close"))
    found = {
        "churned": "churned" if "churned" in rows else None,
        "value": money[0].name if money else None,
        "days_to_close": next(days, None),
        "cost": next((m.name for m in customers.metrics if m.kind == "cac"), None),
    }
    return pd.DataFrame({key: rows[name] for key, name in found.items() if name}, index=rows.index)


def recent_deals(study: Study, scores: Frame) -> Frame:
    """The last 20 won and 20 lost new-business deals, as `Validation.scored` has them."""
    from icp_engine.validation.validate import scored_deals

    last = study._memo.get(
        ("recent_deals", study._key("everyone")), lambda: _last_closed(study.deals)
    )
    return scored_deals(last, judge(scores, collect_outcomes(last)))


def _last_closed(deals: Frame) -> Frame:
    closed = deals[deals["new_business"] & deals["won"].notna()] if len(deals) else deals
    newest = closed.sort_values("closed_date", ascending=False, kind="stable", na_position="last")
    won = newest["won"].astype(bool)
    return pd.concat([newest[won].head(LAST), newest[~won].head(LAST)])


def cost_of_winning(study: Study) -> Series | None:
    """Acquisition cost by account_id, in the study's currency; None where no column says."""
    name = next((m.name for m in study.customers.metrics if m.kind == "cac"), None)
    return study.customers.accounts[name].astype("float64") if name else None


# ---------------------------------------------------------------------- rivals


def compare_rubrics(study: Study, other: Rubric | str | Series) -> Comparison:
    """The rubric in force beside another score on the same judged deals, paired:
    `icp.compare_rubrics`.

    other: a rubric, the name of a column with today's score (numbers, or grades such as A–F), or a
    Series by account_id. A rubric that learned from the judged accounts is scored out of fold, as
    ours is. Where nothing can be judged, or the other cannot be scored fairly, the figures are None
    and the sentence says why. KeyError for an unknown column.
    """
    ours = tested(study)
    name = (
        other if isinstance(other, str) else str(getattr(other, "name", "") or "the other rubric")
    )
    score, reason = _other_score(study, other)
    judged = judge(ours.scores, collect_outcomes(ours.deals))
    if not ours.comparable:
        score, reason = None, "there are no deals that the rubric has not seen"
    if score is None:
        empty = compare_scores(judged, pd.Series(dtype=float), name)
        return Comparison(
            name,
            empty.auc_ours,
            empty.auc_other,
            empty.difference,
            empty.table,
            0,
            f"{name} cannot be compared: {reason}.",
        )
    return compare_scores(judged, score, name)


def _other_score(study: Study, other: Rubric | str | Series) -> tuple[Series | None, str]:
    if isinstance(other, str):
        score = as_score(study.accounts[other])
        return (
            score,
            ""
            if score is not None
            else "its values are neither numbers nor grades that have an order",
        )
    if not isinstance(other, Rubric):
        return other, ""
    theirs = study.replace(rubric=other)
    result = tested(theirs)
    if result.flattered:
        return None, unseen_scores(theirs).reason or "it learned from these same deals"
    return result.scores["score"], ""


def as_score(column: Series) -> Series | None:
    """A column as numbers, higher is better; grades by their order; None where the values have
    none.
    """
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_numeric_dtype(column):
        return column.astype("Float64").astype("float64")
    words = column.astype("str").str.strip().str.lower().where(column.notna())
    for grades in GRADES:
        order = {grade: float(len(grades) - place) for place, grade in enumerate(grades)}
        if words.dropna().isin(order).all() and words.notna().any():
            return words.map(order).astype("float64")
    return None


def baselines(study: Study) -> Frame:
    """Ours beside no score, today's score and the best single trait; see
    `validation.compare.baseline_table`.

    Empty where no fresh deals can be judged. Gradient boosting is `study.ceiling`.
    """
    ours = tested(study)
    if not ours.comparable:
        return baseline_table(judge(ours.scores, collect_outcomes(ours.deals.head(0))), {}).head(0)
    judged = judge(ours.scores, collect_outcomes(ours.deals))
    return baseline_table(judged, {**existing_scores(study), **single_trait(study, judged)})


def existing_scores(study: Study) -> dict[str, Series]:
    """Columns with the role existing_score that can be read as a score."""
    names = [
        name for name, column in study.customers.columns.items() if column.role == "existing_score"
    ]
    found = {name: as_score(study.accounts[name]) for name in names if name in study.accounts}
    return {f"Today's score: {name}": score for name, score in found.items() if score is not None}


def single_trait(study: Study, judged: Judged) -> dict[str, Series]:
    """The one trait that ranks derivation deals best, as a score of the judged accounts; chosen
    anew in each fold.
    """
    indicators = study.indicators
    usable = [j for j, item in enumerate(indicators.items) if item.value != "Other"]
    if not usable:
        return {}
    outcomes = study.outcomes.reindex(indicators.index)
    won, lost = (outcomes[side].fillna(0.0).to_numpy() for side in ("won", "lost"))
    placed = np.where(indicators.known, np.where(indicators.held, 1.0, 0.0), 0.5)[:, usable]
    if study.holdout.method == "held_out":
        best, sign = _strongest(placed, won, lost)
        item = indicators.items[usable[best]]
        rows = study.accounts.reindex(judged.outcomes.accounts)
        return {f"Best single trait: {name_trait(item)}": sign * _holds(study, item, rows)}
    score = np.full(len(indicators.index), np.nan)
    for index, _ in study.fold_rubrics:
        inside = indicators.index.isin(index)
        best, sign = _strongest(placed[~inside], won[~inside], lost[~inside])
        score[inside] = sign * placed[inside, best]
    return {"Best single trait, chosen anew in each fold": pd.Series(score, index=indicators.index)}


def _strongest(placed: Floats, won: Floats, lost: Floats) -> tuple[int, float]:
    """Column with the AUC farthest from ½ (levels 0, ½ unknown, 1), and whether more or less of it
    is better.
    """
    shares = [
        np.stack([weight @ (placed == level) for level in (0.0, 0.5, 1.0)])
        for weight in (won, lost)
    ]
    below = np.cumsum(shares[1], axis=0) - shares[1] / 2
    auc = (shares[0] * below).sum(axis=0) / max(won.sum() * lost.sum(), 1e-12)
    best = int(np.argmax(np.abs(auc - 0.5)))
    return best, 1.0 if auc[best] >= 0.5 else -1.0


def _holds(study: Study, item: Any, rows: Frame) -> Series:
    column = rows[item.attribute]
    column = as_levels(column) if pd.api.types.is_bool_dtype(column) else column
    tags = any(
        a.name == item.attribute and a.measure == "tags" for a in study.attributes.attributes
    )
    held = meets_test(derive._test(item), column, tags=tags)
    return pd.Series(np.where(column.notna(), held.astype(float), 0.5), index=rows.index)


# ---------------------------------------------------------------------- past quarters


def backtest(study: Study) -> Frame:
    """The rubric of each of the last eight quarters' ends on the next four quarters; see
    `backtest_table`.

    Won against lost only, from deals decided before the quarter's end: snapshot value metrics take
    no part, and attributes are as they are today. Cells with fewer than five won or lost accounts
    are left out.
    """
    deals = study.deals
    closed = deals[deals["new_business"] & deals["won"].notna()] if len(deals) else deals
    if not len(closed) or closed["closed_date"].isna().all():
        return backtest_table([], study.settings.seed)
    outcomes = account_outcomes(closed)
    quarters = outcomes["first_closed"].dt.to_period("Q")
    ends = sorted(quarters.dropna().unique())[:-1][-BACKTEST_QUARTERS:]
    cells = [cell for end in ends for cell in _cells(study, closed, outcomes, quarters, end)]
    return backtest_table(cells, study.settings.seed)


def _cells(study: Study, closed: Frame, outcomes: Frame, quarters: Series, end: Any) -> list[Cell]:
    past = closed[decided_on(closed) < (end + 1).start_time]
    before = account_outcomes(past)
    later = {ahead: outcomes[quarters == end + ahead] for ahead in range(1, AHEAD_MOST + 1)}
    later = {ahead: rows for ahead, rows in later.items() if enough(rows["won"], rows["lost"])}
    if not later or not enough(before["won"], before["lost"]):
        return []
    nobody: Index = before.index[:0]
    seen = study.accounts.loc[study.accounts.index.isin(before.index)]
    rubric = suggest(
        seen,
        study.attributes.attributes,
        Lessons(before["won"], before["lost"], nobody, nobody),
        study.settings,
        assess=False,
    )
    wanted = study.accounts.reindex(pd.concat(list(later.values())).index)
    score = score_fits(rubric, find_fits(rubric, wanted, clean=True))["score"]
    return [
        Cell(
            str(end),
            ahead,
            str(end + ahead),
            len(before),
            outcomes.index.get_indexer(rows.index),
            score.reindex(rows.index).to_numpy(dtype=float),
            rows["won"].to_numpy(),
            rows["lost"].to_numpy(),
        )
        for ahead, rows in later.items()
    ]
