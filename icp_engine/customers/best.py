"""Best, rest and worst customers: several value metrics at once, each ranked so that time is not
merit.

Comes in: `Customers` (who counts, metrics), the hold-out, settings. Goes out: `Best`. Separate
because every later stage contrasts these groups.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from icp_engine.customers.age import age_cohorts, comparable, compare_ages, customer_start, mid_rank
from icp_engine.customers.model import AgeDifference, Best, Customers, Metric
from icp_engine.customers.worst import Badness, churned, judge_badness, say_basis
from icp_engine.settings import Condition, Settings
from icp_engine.types import Bools, Floats, Frame, Index, Ints, Series
from icp_engine.wording.numbers import count, of
from icp_engine.wording.sentences import sentence as as_sentence

LARGEST_SHARE = 1 / 3


def choose_best(
    customers: Customers, held_out: Index, outcomes: Frame, as_of: pd.Timestamp, settings: Settings
) -> Best:
    """Choose best, rest and worst among judged customers that derivation may see.

    `outcomes`: one row an account with closed new-business deals of derivation (won, lost shares).
    Where no metric can rank the winners, best means won and rest means lost. Held-out customers are
    ranked apart, to list those that would have been chosen. Ties in score are broken by account_id,
    never by the order of the file.
    """
    judged = judged_customers(customers)
    metrics = used_metrics(customers, judged)
    if not metrics:
        return _best_is_won(customers, held_out, outcomes)
    seen = judged.difference(held_out)
    ranks = rank_metrics(customers, metrics, seen, as_of)
    contributions = weigh(ranks, metrics, settings.min_metrics_share).dropna()
    scores = contributions.sum(axis=1).rename("score")
    chosen = _take(customers, scores, settings)
    bad = judge_badness(customers, ranks, scores, metrics, outcomes["lost"])
    worst = _worst(bad, scores, chosen, settings)
    rest = scores.index[~scores.index.isin(chosen) & ~scores.index.isin(worst)]
    age = compare_ages(customer_start(customers, seen, as_of), chosen, rest, as_of)
    return Best(
        accounts=chosen,
        worst=worst,
        rest=rest,
        too_young=customers.too_young,
        set_aside=_would_be_best(customers, metrics, judged, held_out, as_of, settings),
        scores=scores,
        contributions=contributions,
        metrics=metrics,
        basis="value",
        worst_basis=say_basis(bad, worst),
        sentence=_sentence(len(chosen), len(scores), metrics),
        notes=_notes(customers, seen, scores, bad, worst, age, settings),
        age=age,
    )


def judged_customers(customers: Customers) -> Index:
    """Customers old enough to judge, by id (`too_young` never holds a pinned customer)."""
    return (
        customers.accounts.index[customers.is_customer]
        .difference(customers.too_young)
        .sort_values()
    )


def used_metrics(customers: Customers, judged: Index) -> tuple[Metric, ...]:
    """Metrics with weight that tell at least two judged customers apart."""
    return tuple(
        m
        for m in customers.metrics
        if m.weight > 0 and customers.accounts.loc[judged, m.name].nunique() > 1
    )


def _would_be_best(
    customers: Customers,
    metrics: tuple[Metric, ...],
    judged: Index,
    held_out: Index,
    as_of: pd.Timestamp,
    settings: Settings,
) -> Index:
    """Held-out customers that would be best if everyone were ranked together."""
    if not judged.isin(held_out).any():
        return judged[:0]
    contributions = weigh(
        rank_metrics(customers, metrics, judged, as_of), metrics, settings.min_metrics_share
    ).dropna()
    return _take(customers, contributions.sum(axis=1), settings).intersection(held_out)


def rank_metrics(
    customers: Customers, metrics: tuple[Metric, ...], judged: Index, as_of: pd.Timestamp
) -> Frame:
    """Each metric as a mid-rank 0–1 (1 = best), ties share their mean rank, unknown stays NaN."""
    columns, cohorts = rankable(customers, metrics, judged, as_of)
    return pd.DataFrame(
        {name: mid_rank(columns[name], cohorts[name]) for name in columns}, index=judged
    )


def rankable(
    customers: Customers, metrics: tuple[Metric, ...], judged: Index, as_of: pd.Timestamp
) -> tuple[Frame, dict[str, Series | None]]:
    """What is ranked, more being better, and among whom: one column a metric, and its cohorts
    (None: everyone).
    """
    since = customer_start(customers, judged, as_of)
    cohort = age_cohorts(since)
    columns, cohorts = {}, {}
    for metric in metrics:
        column = customers.accounts.loc[judged, metric.name].astype("float64")
        signed = column if metric.direction == "more" else -column
        columns[metric.name] = (
            comparable(signed, cohort, since, as_of) if metric.grows_with_time else signed
        )
        cohorts[metric.name] = cohort if metric.grows_with_time else None
    return pd.DataFrame(columns, index=judged), cohorts


def weigh(ranks: Frame, metrics: tuple[Metric, ...], least_share: float) -> Frame:
    """Contributions: each rank times its metric's weight over the weights known, 0 where unknown;
    rows sum to scores.

    Rows with less than `least_share` of the weight known are NaN.
    """
    values = weigh_values(ranks.to_numpy(), np.array([m.weight for m in metrics]), least_share)
    return pd.DataFrame(values, index=ranks.index, columns=ranks.columns)


def weigh_values(ranks: Floats, weights: Floats, least_share: float) -> Floats:
    """`weigh` on arrays: customers × metrics."""
    known = ~np.isnan(ranks)
    known_weight = known @ weights
    enough = (known_weight > 0) & (known_weight >= least_share * weights.sum() * (1 - 1e-9))
    share = weights * known / np.where(known_weight > 0, known_weight, 1.0)[:, None]
    contributions: Floats = np.where(known, ranks, 0.0) * share
    contributions[~enough] = np.nan
    return contributions


def group_size(judged: int, share: float, number: int | None, least: int) -> int:
    """How many customers a group takes: a share or a number, at least `least`, at most a third, 0
    where under three.
    """
    wanted = number if number is not None else max(least, round(share * judged))
    return int(min(wanted, judged * LARGEST_SHARE))


@dataclass(frozen=True)
class Candidates:
    """Who may be best, row by row: `allowed` (not churned, meets the conditions) and `pinned` by a
    person.
    """

    allowed: Bools
    pinned: Bools


def find_candidates(customers: Customers, index: Index, settings: Settings) -> Candidates:
    """Churned customers are never best, not even pinned ones."""
    stays = ~churned(customers, index)
    allowed = stays & _meets(customers, index, settings)
    return Candidates(
        allowed.to_numpy(dtype=bool), (stays & index.isin(list(settings.pins))).to_numpy(dtype=bool)
    )


def take_best(scores: Floats, candidates: Candidates, settings: Settings) -> Ints:
    """Positions of the best: pinned first, then by score; NaN scores are never taken. Ties go to
    the earlier row.
    """
    known = ~np.isnan(scores)
    pinned = candidates.pinned & known
    size = max(
        group_size(int(known.sum()), settings.top_share, settings.top_n, settings.min_best),
        int(pinned.sum()),
    )
    key = np.where(pinned, np.inf, np.where(candidates.allowed & known, scores, -np.inf))
    order = np.argsort(-key, kind="stable")[:size]
    taken: Ints = order[key[order] > -np.inf]
    return taken


def _take(customers: Customers, scores: Series, settings: Settings) -> Index:
    return scores.index[
        take_best(scores.to_numpy(), find_candidates(customers, scores.index, settings), settings)
    ]


def _meets(customers: Customers, index: Index, settings: Settings) -> Series:
    """Hard conditions and “at least the median on each chosen metric”; unknown values do not meet a
    condition.
    """
    meets = pd.Series(True, index=index)
    for condition in settings.conditions:
        figures = figures_of(customers, index, condition.metric)
        if figures is not None:
            meets &= condition_met(figures, condition)
    return meets & medians_met(customers, index) if settings.at_least_median else meets


def figures_of(customers: Customers, index: Index, name: str) -> Series | None:
    """The column as numbers, NaN where unknown; None where there is none or it does not hold
    numbers.
    """
    if name not in customers.accounts:
        return None
    column = customers.accounts.loc[index, name]
    if not pd.api.types.is_numeric_dtype(column):
        return None
    return column.astype("Float64").astype("float64")


def medians_met(customers: Customers, index: Index) -> Series:
    """Who is at least as good as the median of `index` on every metric with weight; unknown is not."""
    meets = pd.Series(True, index=index)
    for metric in customers.metrics:
        if metric.weight > 0:
            column = customers.accounts.loc[index, metric.name].astype("float64")
            signed = column if metric.direction == "more" else -column
            meets &= signed >= signed.median()
    return meets


def condition_met(column: Series, condition: Condition) -> Series:
    """Which values meet one hard condition; with `times_median` the bounds are multiples of the
    median.
    """
    unit = float(column.median()) if condition.times_median else 1.0
    met = column.notna()
    if condition.at_least is not None:
        met &= column >= condition.at_least * unit
    if condition.at_most is not None:
        met &= column <= condition.at_most * unit
    return met


def _worst(bad: Badness, scores: Series, best: Index, settings: Settings) -> Index:
    """The worst: a share of the judged, or all who left where they are more, at most a third; never
    a best customer.
    """
    left = int(bad.left.drop(best).sum())
    size = group_size(len(scores), settings.worst_share, None, settings.min_best)
    size = int(max(size, min(left, len(scores) * LARGEST_SHARE)))
    order = pd.DataFrame({"bad": bad.order, "score": scores}).drop(best)
    return order.sort_values(["bad", "score"], ascending=[False, True], kind="stable").index[:size]


def _sentence(best: int, judged: int, metrics: tuple[Metric, ...]) -> str:
    named = [m.label for m in by_importance(metrics)]
    names = ", ".join(
        named if len(named) < 6 else [*named[:4], f"and {len(named) - 4} more metrics"]
    )
    return as_sentence(f"{of(best, judged)} judged customers are your best, by {names}")


def by_importance(metrics: tuple[Metric, ...]) -> list[Metric]:
    """Metrics as one would name them: the weightiest class first, money first where equal."""
    totals = {
        m.metric_class: sum(o.weight for o in metrics if o.metric_class == m.metric_class)
        for m in metrics
    }
    return sorted(
        metrics,
        key=lambda m: (
            -totals[m.metric_class],
            m.metric_class != "value",
            -m.weight,
            m.unit != "$",
        ),
    )


def _notes(
    customers: Customers,
    judged: Index,
    scores: Series,
    bad: Badness,
    worst: Index,
    age: AgeDifference | None,
    settings: Settings,
) -> tuple[str, ...]:
    """What a reader should know about who was judged, in sentences; only those that apply."""
    too_few = len(judged) - len(scores)
    unused = [name for name in settings.pins if name not in scores.index or bad.left[name]]
    elsewhere = int(bad.left.drop(worst).sum())
    counted = (
        (len(customers.too_young), "customer|customers", "too young to judge, in no group"),
        (too_few, "customer|customers", "with too few value metrics to be judged"),
        (
            len(customers.left_out),
            "account|accounts",
            "left out (partners, competitors, test records or by hand)",
        ),
        (
            len(unused),
            "pinned account|pinned accounts",
            "not among the best: churned, held out, or not to be judged",
        ),
        (elsewhere, "customer|customers", "that left, yet not among the worst: others left sooner"),
    )
    notes = [
        f"{count(number)} {who.split('|')[number > 1]} {what}."
        for number, who, what in counted
        if number
    ]
    notes += [
        f"The condition on “{condition.metric}” holds nobody back: no such column of numbers is known."
        for condition in settings.conditions
        if figures_of(customers, judged, condition.metric) is None
    ]
    return (*notes, age.sentence) if age is not None and age.matters else tuple(notes)


def _best_is_won(customers: Customers, held_out: Index, outcomes: Frame) -> Best:
    """Nothing ranks the winners: best means won, rest means lost; there is no worst."""
    empty: Index = pd.Index([], dtype=customers.accounts.index.dtype)
    unseen = held_out.union(customers.left_out.index)
    known = outcomes["won"][
        outcomes.index.isin(customers.accounts.index) & ~outcomes.index.isin(unseen)
    ].sort_index()
    won, lost = known.index[known >= 0.5], known.index[known < 0.5]
    scores = pd.concat([pd.Series(1.0, index=won), pd.Series(0.0, index=lost)]).rename("score")
    why = (
        "No value metric with weight tells these customers apart"
        if customers.metrics
        else "Nothing in these files says what a customer is worth"
    )
    sentence = f"{why}, so “best” means the {len(won)} won accounts, against {len(lost)} lost ones."
    return Best(
        won,
        empty,
        lost,
        empty,
        empty,
        scores,
        scores.to_frame("won"),
        (),
        "won",
        "not defined: nothing says which customers were bad ones",
        sentence,
    )
