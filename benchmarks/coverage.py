"""How often 95 % intervals hold the truth: AUC, win rate and lift, in 10 + 10, 20 + 20 and 100 +
100.

Run: `python -m benchmarks.coverage`. Comes in: sample sizes and truths. Goes out: one row a cell.
Lift and win rate are exact (all outcomes weighed by their probability); AUC is simulated.
"""

from __future__ import annotations

import itertools

import numpy as np
from scipy import special, stats

from icp_engine.stats.auc import newcombe_interval
from icp_engine.stats.proportions import wilson
from icp_engine.stats.ratios import ratio_interval

SIZES = (10, 20, 100)
SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
AUCS = (0.5, 0.6, 0.7, 0.8, 0.9)


def win_rate_coverage(n: int, share: float) -> float:
    """Probability that the Wilson interval of `n` deals holds the win rate `share`."""
    won = np.arange(n + 1)
    low, high = wilson(won, n)
    return float(stats.binom.pmf(won, n, share)[(low <= share) & (share <= high)].sum())


def lift_coverage(n1: int, share1: float, n2: int, share2: float) -> float:
    """Probability that the score interval of two groups of `n1` and `n2` holds the lift share1 /
    share2.
    """
    a, b = np.meshgrid(np.arange(n1 + 1), np.arange(n2 + 1), indexing="ij")
    _, low, high = ratio_interval(a, n1, b, n2)
    chance = stats.binom.pmf(a, n1, share1) * stats.binom.pmf(b, n2, share2)
    return float(chance[(low <= share1 / share2) & (share1 / share2 <= high)].sum())


def auc_coverage(n: int, truth: float, samples: int, seed: int, levels: int | None = None) -> float:
    """Share of `samples` of n + n normal scores whose interval holds the AUC; `levels`: scores in
    so many steps.
    """
    rng = np.random.default_rng([seed, n, round(1000 * truth), levels or 0])
    shift = special.ndtri(truth) * np.sqrt(2)
    won, lost = rng.normal(shift, 1, (samples, n)), rng.normal(0, 1, (samples, n))
    if levels:
        edges = np.linspace(-1.5, 1.5 + shift, levels - 1)
        won, lost = np.searchsorted(edges, won), np.searchsorted(edges, lost)
        truth = _stepped_auc(edges, shift)
    found = np.array(
        [
            ((w[:, None] > x) + 0.5 * (w[:, None] == x)).mean()
            for w, x in zip(won, lost, strict=True)
        ]
    )
    low, high = newcombe_interval(found, n, n)
    return float(((low <= truth) & (truth <= high)).mean())


def _stepped_auc(edges: np.ndarray, shift: float) -> float:
    limits = np.concatenate([[-np.inf], edges, [np.inf]])
    won, lost = np.diff(stats.norm.cdf(limits, shift)), np.diff(stats.norm.cdf(limits))
    return float((won * (lost.cumsum() - lost / 2)).sum())


def measure(samples: int = 5000, seed: int = 7) -> list[dict[str, object]]:
    """One row a cell: interval, sizes, truth, coverage 0–1."""
    rows: list[dict[str, object]] = []
    for n in SIZES:
        size = f"{n} + {n}"
        rows += [
            _row("win rate", size, f"{share:.0%}", win_rate_coverage(2 * n, share))
            for share in SHARES
        ]
        for one, two in itertools.product(SHARES, SHARES):
            rows.append(_row("lift", size, f"{one:.0%} v {two:.0%}", lift_coverage(n, one, n, two)))
        for truth in AUCS:
            rows.append(_row("auc", size, f"{truth}", auc_coverage(n, truth, samples, seed)))
            rows.append(
                _row("auc, 8 steps", size, f"{truth}", auc_coverage(n, truth, samples, seed, 8))
            )
    return rows


def _row(interval: str, size: str, truth: str, coverage: float) -> dict[str, object]:
    return {"interval": interval, "size": size, "truth": truth, "coverage": round(coverage, 4)}


def summarise(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Mean and lowest coverage by interval and size."""
    summary = []
    for key in dict.fromkeys((row["interval"], row["size"]) for row in rows):
        values = [
            float(str(row["coverage"])) for row in rows if (row["interval"], row["size"]) == key
        ]
        summary.append(
            {
                "interval": key[0],
                "size": key[1],
                "cells": len(values),
                "mean": round(float(np.mean(values)), 4),
                "lowest": min(values),
            }
        )
    return summary


if __name__ == "__main__":
    for line in summarise(measure()):
        print(line)
