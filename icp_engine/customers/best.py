"""Best, rest and worst customers: several value metrics at once, each ranked so that time is not merit.

Comes in: `Customers` (who counts, metrics), the hold-out, settings. Goes out: `Best`. Separate because every later
stage contrasts these groups.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from icp_engine.customers.model import Best, Customers, Metric
from icp_engine.settings import Condition, Settings
from icp_engine.types import Frame, Index, Series

LEAST_COHORT = 30  # customers of a customer-since quarter before they are ranked among themselves
LARGEST_SHARE = 1 / 3
DAYS_PER_YEAR = 365.25


def choose_best(customers: Customers, held_out: Index, outcomes: Frame, as_of: pd.Timestamp, settings: Settings) -> Best:
    """Choose best, rest and worst among judged customers that derivation may see.

    `outcomes`: one row an account with closed new-business deals of derivation (won, lost shares). Where no metric can
    rank the winners, best means won and rest means lost.
    """
    judged = _judged(customers)
    metrics = tuple(m for m in customers.metrics if m.weight > 0 and customers.accounts.loc[judged, m.name].nunique() > 1)
    if not metrics:
        return _best_is_won(customers, held_out, outcomes)
    ranks = rank_metrics(customers, metrics, judged, as_of)
    contributions = _contributions(ranks, metrics, settings)
    scores = contributions.sum(axis=1, min_count=1).rename("score")
    scores = scores[scores.notna()]
    contributions = contributions.loc[scores.index].fillna(0.0)
    derivation = scores.index.difference(held_out)
    chosen, worst = _choose(customers, scores.loc[derivation], settings)
    everyone, _ = _choose(customers, scores, settings)
    rest = derivation.difference(chosen).difference(worst)
    return Best(
        accounts=chosen, worst=worst, rest=rest, too_young=customers.too_young,
        set_aside=everyone.intersection(held_out), scores=scores.loc[derivation],
        contributions=contributions.loc[derivation], metrics=metrics, basis="value",
        worst_basis=_worst_basis(customers, worst), sentence=_sentence(len(chosen), len(derivation), metrics),
        notes=_notes(customers, judged, scores),
    )


def _judged(customers: Customers) -> Index:
    """Customers old enough to judge (`too_young` never holds a pinned customer)."""
    return customers.accounts.index[customers.is_customer].difference(customers.too_young)


def rank_metrics(customers: Customers, metrics: tuple[Metric, ...], judged: Index, as_of: pd.Timestamp) -> Frame:
    """Each metric as a mid-rank 0–1 (1 = best), ties share their mean rank, unknown stays NaN."""
    values = customers.accounts.loc[judged, [m.name for m in metrics]].astype("float64")
    since = customers.customer_since.loc[judged]
    cohort = age_cohorts(since)
    ranks = {}
    for metric in metrics:
        column = values[metric.name] if metric.direction == "more" else -values[metric.name]
        ranks[metric.name] = _rank_fairly(column, cohort, since, as_of) if metric.grows_with_time else _mid_rank(column)
    return pd.DataFrame(ranks, index=judged)


def _mid_rank(column: Series) -> Series:
    return (column.rank(method="average") - 0.5) / max(1, int(column.notna().sum()))


def age_cohorts(since: Series) -> Series | None:
    """Customer-since quarters, neighbours joined until each holds 30 customers; None where fewer than two would."""
    quarters = since.dt.to_period("Q")
    counts = quarters.value_counts().sort_index()
    if counts.sum() < 2 * LEAST_COHORT:
        return None
    groups, current, size = {}, 0, 0
    for quarter, count in counts.items():
        groups[quarter] = current
        size += int(count)
        if size >= LEAST_COHORT:
            current, size = current + 1, 0
    if size and current:  # the last, too small group joins the one before it
        groups = {quarter: min(group, current - 1) for quarter, group in groups.items()}
    return quarters.map(groups).astype("float64").fillna(-1.0)


def _rank_fairly(column: Series, cohort: Series | None, since: Series, as_of: pd.Timestamp) -> Series:
    """Rank among customers of the same age, else the metric per year of tenure."""
    if cohort is not None:
        known = column.groupby(cohort)
        return (known.rank(method="average") - 0.5) / known.transform("count").clip(lower=1)
    years = ((as_of - since).dt.days / DAYS_PER_YEAR).clip(lower=0.5)
    return _mid_rank(column / years.fillna(years.median() if years.notna().any() else 1.0))


def _contributions(ranks: Frame, metrics: tuple[Metric, ...], settings: Settings) -> Frame:
    """Weighted ranks over the weights known; rows under the floor are empty."""
    weights = np.array([m.weight for m in metrics])
    known = ranks.notna().to_numpy()
    known_weight = known @ weights
    enough = known_weight >= settings.min_metrics_share * weights.sum()
    share = np.divide(weights * known, known_weight[:, None], out=np.zeros(known.shape), where=known_weight[:, None] > 0)
    contributions = ranks.fillna(0.0) * share
    return contributions.where(pd.Series(enough & (known_weight > 0), index=ranks.index), np.nan, axis=0)


def group_size(judged: int, share: float, number: int | None, least: int) -> int:
    """How many customers a group takes: a share or a number, at least `least`, at most a third, 0 where under three."""
    wanted = number if number is not None else max(least, round(share * judged))
    return int(min(wanted, judged * LARGEST_SHARE))


def _choose(customers: Customers, scores: Series, settings: Settings) -> tuple[Index, Index]:
    """Best and worst of the scored customers; churned customers are never best."""
    churned = _churned(customers, scores.index)
    size = group_size(len(scores), settings.top_share, settings.top_n, settings.min_best)
    ordered = scores.sort_values(ascending=False, kind="stable")
    allowed = ordered[~churned.loc[ordered.index] & _meets(customers, ordered.index, settings)]
    pinned = [name for name in settings.pins if name in scores.index and not churned.loc[name]]
    free = allowed.index.difference(pinned, sort=False)
    best = pd.Index([*pinned, *free[: max(0, size - len(pinned))]], dtype=scores.index.dtype)
    return best, _worst(customers, scores.drop(best), churned, len(scores), settings)


def _churned(customers: Customers, index: Index) -> Series:
    if "churned" not in customers.accounts:
        return pd.Series(False, index=index)
    return customers.accounts.loc[index, "churned"].fillna(False).astype(bool)


def _meets(customers: Customers, index: Index, settings: Settings) -> Series:
    """Hard conditions and “at least the median on each chosen metric”; unknown values do not meet a condition."""
    meets = pd.Series(True, index=index)
    for condition in settings.conditions:
        if condition.metric in customers.accounts:
            meets &= condition_met(customers.accounts.loc[index, condition.metric], condition)
    if settings.at_least_median:
        for metric in customers.metrics:
            if metric.weight > 0:
                column = customers.accounts.loc[index, metric.name].astype("float64")
                signed = column if metric.direction == "more" else -column
                meets &= signed >= signed.median()
    return meets


def condition_met(column: Series, condition: Condition) -> Series:
    """Which values meet one hard condition; with `times_median` the bounds are multiples of the median."""
    column = column.astype("float64")
    unit = float(column.median()) if condition.times_median else 1.0
    met = column.notna()
    if condition.at_least is not None:
        met &= column >= condition.at_least * unit
    if condition.at_most is not None:
        met &= column <= condition.at_most * unit
    return met


def _worst(customers: Customers, scores: Series, churned: Series, judged: int, settings: Settings) -> Index:
    """Churned customers first, those who left soonest leading; then the lowest scores."""
    left = churned.loc[scores.index]
    size = group_size(judged, settings.worst_share, None, settings.min_best)
    size = int(max(size, min(int(left.sum()), judged * LARGEST_SHARE)))
    order = pd.DataFrame({"left": left, "days": _days_until_churn(customers, scores.index), "score": scores})
    order = order.sort_values(["left", "days", "score"], ascending=[False, True, True], kind="stable", na_position="last")
    return order.index[: min(size, len(order))]


def _days_until_churn(customers: Customers, index: Index) -> Series:
    if "churn_date" not in customers.accounts:
        return pd.Series(np.nan, index=index)
    churn_date = customers.accounts.loc[index, "churn_date"]
    return (churn_date - customers.customer_since.loc[index]).dt.days.astype("float64")


def _worst_basis(customers: Customers, worst: Index) -> str:
    left = int(_churned(customers, worst).sum())
    if left:
        return f"{left} of {len(worst)} churned, those who left soonest first; the others rank lowest in value"
    return "the lowest in value; no churn is recorded, which makes this weaker evidence"


def _sentence(best: int, judged: int, metrics: tuple[Metric, ...]) -> str:
    names = ", ".join(m.label for m in sorted(metrics, key=lambda m: -m.weight)[:4])
    return f"{best} of {judged} judged customers are your best, by {names}."


def _notes(customers: Customers, judged: Index, scores: Series) -> tuple[str, ...]:
    notes = []
    if len(customers.too_young):
        notes.append(f"{len(customers.too_young)} customers are too young to judge and stand in no group.")
    if len(judged) > len(scores):
        notes.append(f"{len(judged) - len(scores)} customers have too few value metrics to be judged.")
    if len(customers.left_out):
        notes.append(f"{len(customers.left_out)} accounts were left out (partners, competitors, test records or by hand).")
    return tuple(notes)


def _best_is_won(customers: Customers, held_out: Index, outcomes: Frame) -> Best:
    """Nothing ranks the winners: best means won, rest means lost; there is no worst."""
    empty: Index = pd.Index([], dtype=customers.accounts.index.dtype)
    left_out = customers.left_out.index
    won = outcomes.index[outcomes["won"] >= 0.5].difference(held_out).difference(left_out).intersection(customers.accounts.index)
    lost = outcomes.index[outcomes["won"] < 0.5].difference(held_out).difference(left_out).intersection(customers.accounts.index)
    scores = pd.concat([pd.Series(1.0, index=won), pd.Series(0.0, index=lost)]).rename("score")
    sentence = (f"Nothing in these files says what a customer is worth, so “best” means the {len(won)} won accounts, "
                f"against {len(lost)} lost ones.")
    return Best(won, empty, lost, empty, empty, scores, scores.to_frame("won"), (), "won",
                "not defined: nothing says which customers were bad ones", sentence)
