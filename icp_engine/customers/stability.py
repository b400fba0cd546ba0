"""How sure each best customer is: how often it would be best with other weights and another draw of
customers.

Comes in: customers, the chosen set, settings. Goes out: one row a judged customer, and sentences.
Separate because it is asked for on demand: 200 redraws, each with weights of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from icp_engine.customers.best import (
    Candidates,
    find_candidates,
    group_size,
    judged_customers,
    rank_metrics,
    rankable,
    take_best,
    weigh_values,
)
from icp_engine.customers.model import Best, Customers
from icp_engine.settings import Settings
from icp_engine.types import Bools, Floats, Frame, Index, Ints, Series
from icp_engine.wording.numbers import count, of

RESAMPLES = 200
FEWER_RESAMPLES = 60  # above MANY customers, where shares of a redraw hardly differ
MANY = 20_000
# a weight of average size moves by about so much (standard deviation over mean)
WEIGHT_SPREAD = 0.25
BORDERLINE = (0.25, 0.75)
STABILITY_COLUMNS = ("best", "chosen_share", "borderline", "by_hand")


@dataclass(frozen=True)
class Sorted:
    """One metric's customers in order of cohort and value, to rank them in any redraw.

    `rows`: customers with a value, in that order. The others are positions in the running total:
    where each row's ties and cohort begin and end.
    """

    rows: Ints
    tie_start: Ints
    tie_end: Ints
    cohort_start: Ints
    cohort_end: Ints

    def ranks(self, drawn: Floats) -> Floats:
        """Mid-ranks of all customers, NaN where unknown, when customer i was drawn `drawn[i]`
        times.
        """
        running = np.concatenate([[0.0], drawn[self.rows].cumsum()])
        below = running[self.tie_start] - running[self.cohort_start]
        equal = running[self.tie_end] - running[self.tie_start]
        total = running[self.cohort_end] - running[self.cohort_start]
        found: Floats = np.full(len(drawn), np.nan)
        found[self.rows] = np.where(total > 0, (below + 0.5 * equal) / np.maximum(total, 1.0), 0.5)
        return found


def sort_metric(column: Series, cohort: Series | None) -> Sorted:
    """Prepare one metric (more is better, NaN unknown) and its cohorts for redraws."""
    values = column.to_numpy(dtype=float)
    groups = np.zeros(len(values)) if cohort is None else cohort.to_numpy(dtype=float)
    rows = np.lexsort((values, groups))
    rows = rows[~np.isnan(values[rows])]
    new_cohort = np.diff(groups[rows], prepend=np.nan) != 0
    new_tie = new_cohort | (np.diff(values[rows], prepend=np.nan) != 0)
    return Sorted(rows, *_ends(new_tie), *_ends(new_cohort))


def _ends(begins: Bools) -> tuple[Ints, Ints]:
    """Where the block of each row begins and ends, from which rows begin one."""
    starts = np.flatnonzero(begins)
    block = np.cumsum(begins) - 1
    return starts[block], np.append(starts, len(begins))[1:][block]


def measure_stability(
    customers: Customers, best: Best, held_out: Index, as_of: pd.Timestamp, settings: Settings
) -> Frame:
    """How often each judged customer is best, by account_id; columns STABILITY_COLUMNS.

    best: in the set now. chosen_share 0–1: share of redraws in which it is chosen. Each redraw
    draws the customers with replacement and the metrics' weights from a Dirichlet distribution
    around their own, spread so that a weight of average size moves by about a quarter; every
    customer is then ranked against the customers drawn. borderline: chosen in 25–75 %. by_hand:
    “in” when best only because it is pinned, “out” when a pin took its place, else “”. Pinned
    customers are always chosen, churned ones never. Seeded. Empty where best means won.
    """
    if not best.metrics:
        return pd.DataFrame(columns=list(STABILITY_COLUMNS), index=best.scores.index[:0])
    seen = judged_customers(customers).difference(held_out)
    candidates = find_candidates(customers, seen, settings)
    columns, cohorts = rankable(customers, best.metrics, seen, as_of)
    sorted_metrics = [sort_metric(columns[m.name], cohorts[m.name]) for m in best.metrics]
    weights = np.array([m.weight for m in best.metrics])
    share = pd.Series(_redraw(sorted_metrics, weights, candidates, settings), index=seen)
    table = pd.DataFrame(
        {
            "best": seen.isin(best.accounts),
            "chosen_share": share,
            "borderline": share.between(*BORDERLINE),
        },
        index=seen,
    )
    table["by_hand"] = _moved_by_hand(customers, best, seen, as_of, settings)
    return table.loc[best.scores.index]


def _redraw(
    metrics: list[Sorted], weights: Floats, candidates: Candidates, settings: Settings
) -> Floats:
    """Share of redraws in which each customer is chosen."""
    rng = np.random.default_rng(settings.seed)
    n, times = (
        len(candidates.allowed),
        RESAMPLES if len(candidates.allowed) <= MANY else FEWER_RESAMPLES,
    )
    chosen = np.zeros(n)
    for _ in range(times):
        drawn = np.bincount(rng.integers(0, n, n), minlength=n).astype(float)
        ranks = np.column_stack([metric.ranks(drawn) for metric in metrics])
        scores = weigh_values(ranks, draw_weights(weights, rng), settings.min_metrics_share).sum(
            axis=1
        )
        chosen[_take_among_drawn(scores, drawn, candidates, settings)] += 1.0
    return chosen / times


def draw_weights(weights: Floats, rng: np.random.Generator) -> Floats:
    """Weights around the given ones, summing to 1; a single weight stays."""
    if len(weights) == 1:
        return np.ones(1)
    concentration = (len(weights) - 1) / WEIGHT_SPREAD**2 - 1
    drawn: Floats = rng.dirichlet(weights / weights.sum() * concentration)
    return drawn


def _take_among_drawn(
    scores: Floats, drawn: Floats, candidates: Candidates, settings: Settings
) -> Ints:
    """Who is above the line that the drawn customers set; a customer drawn twice fills two places."""
    known = ~np.isnan(scores)
    size = group_size(
        int(drawn[known].sum()), settings.top_share, settings.top_n, settings.min_best
    )
    pinned = candidates.pinned & known
    key = np.where(pinned, np.inf, np.where(candidates.allowed & known, scores, -np.inf))
    order = np.argsort(-key, kind="stable")
    before = drawn[order].cumsum() - drawn[order]
    inside: Bools = (before < size) | pinned[order]
    taken: Ints = order[inside & (key[order] > -np.inf)]
    return taken


def _moved_by_hand(
    customers: Customers, best: Best, seen: Index, as_of: pd.Timestamp, settings: Settings
) -> Series:
    """“in” and “out” against the set without pins; whoever was too young without one is not judged
    there.
    """
    moved = pd.Series("", index=seen, dtype="str")
    pinned = seen.isin(list(settings.pins))
    if not pinned.any():
        return moved
    young = ((as_of - customers.customer_since.loc[seen]).dt.days < settings.min_age_days).to_numpy(
        dtype=bool
    )
    without = seen[~(pinned & young)]
    contributions = weigh_values(
        rank_metrics(customers, best.metrics, without, as_of).to_numpy(),
        np.array([m.weight for m in best.metrics]),
        settings.min_metrics_share,
    )
    plain = settings.merged(pins={})
    was = without[
        take_best(contributions.sum(axis=1), find_candidates(customers, without, plain), plain)
    ]
    moved[best.accounts.difference(was)] = "in"
    moved[was.difference(best.accounts)] = "out"
    return moved


def describe_stability(table: Frame) -> tuple[str, ...]:
    """Sentences: how many best customers hold, how many are borderline, what pins changed. Empty
    without a set.
    """
    of_best = int(table["best"].sum())
    if not of_best:
        return ()
    firm = int((table["best"].astype(bool) & (table["chosen_share"] >= BORDERLINE[1])).sum())
    close = table[table["borderline"].astype(bool)]
    sentences = [
        f"{of(firm, of_best)} best customers stay best in at least three of four redraws of weights and customers."
    ]
    if len(close):
        inside = int(close["best"].sum())
        sentences.append(
            f"{count(len(close))} customers are borderline: {count(inside)} among the best now, "
            f"{count(len(close) - inside)} just below the line."
        )
    by_hand = table["by_hand"].value_counts()
    if by_hand.get("in", 0) or by_hand.get("out", 0):
        sentences.append(
            f"By hand: {count(by_hand.get('in', 0))} are best only because they are pinned, "
            f"{count(by_hand.get('out', 0))} lost their place to a pin."
        )
    return tuple(sentences)
