"""How often traits are claimed where there are none, how many planted ones are found, and how fast
pairs are.

Run: `python -m benchmarks.trait_errors`. Comes in: nothing. Goes out: rows of measured figures.
"""

from __future__ import annotations

import time

import numpy as np
import pandas as pd

from benchmarks.trait_markets import Market, make_market
from icp_engine.settings import Settings
from icp_engine.traits.compare import Groups, compare_counts, count_traits, locate
from icp_engine.traits.find import find_traits
from icp_engine.traits.model import Traits
from icp_engine.traits.pairs import compare_pairs


def find(market: Market) -> Traits:
    """The traits of a market under default settings."""
    outcomes = pd.DataFrame({"won": market.won_weight, "lost": market.lost_weight})
    return find_traits(market.indicators, market.attributes, market.best, outcomes, Settings())


def measure_null(seeds: int = 200, accounts: int = 600, first: int = 0) -> dict[str, float]:
    """Share of signal-free markets in which single traits, pairs, won v lost, or any of them is
    claimed.
    """
    tables = ("table", "pairs", "won_lost")
    claimed = np.zeros((seeds, 3), dtype=bool)
    for seed in range(seeds):
        traits = find(make_market(first + seed, accounts))
        claimed[seed] = [(getattr(traits, name)["direction"] != "none").any() for name in tables]
    shares = dict(zip(tables, claimed.mean(axis=0).round(4).tolist(), strict=True))
    return {
        "accounts": accounts,
        "seeds": seeds,
        **shares,
        "any": round(float(claimed.any(axis=1).mean()), 4),
    }


def measure_planted(seeds: int = 20, accounts: int = 4000, first: int = 10_000) -> dict[str, float]:
    """Share of planted good and bad traits claimed in the right direction; nuisance attributes
    among the claimed.
    """
    found, wrong, attributes, pairs = [], 0, 0, 0
    for seed in range(seeds):
        market = make_market(first + seed, accounts, planted=True)
        traits = find(market)
        claimed = traits.table[traits.table["direction"] != "none"]
        by_trait = claimed.set_index(["attribute", "value"])["direction"].to_dict()
        found += [by_trait.get(trait) in ("icp", "both") for trait in market.good]
        found += [by_trait.get(trait) == "anti" for trait in market.bad]
        named = set(claimed["attribute"])
        wrong += len(named - {name for name, _ in market.good | market.bad})
        attributes += len(named)
        pairs += int((traits.pairs["direction"] != "none").sum())
    return {
        "accounts": accounts,
        "seeds": seeds,
        "found": round(float(np.mean(found)), 4),
        "nuisance_attributes": round(wrong / max(attributes, 1), 4),
        "pairs_claimed": round(pairs / seeds, 1),
    }


def measure_pairs_time(accounts: int = 100_000, repeats: int = 5) -> dict[str, float]:
    """Median seconds for all pairs of 90 traits of a market with `accounts` / 2 judged customers."""
    market = make_market(1, accounts, planted=True, tags=40)
    parts = (market.best.accounts, market.best.rest, market.best.worst)
    groups = Groups(*(locate(market.indicators.index, part) for part in parts))
    singles = compare_counts(*count_traits(market.indicators, groups))
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        compare_pairs(market.indicators, groups, singles, 0.05)
        seconds.append(time.perf_counter() - start)
    return {
        "judged": accounts // 2,
        "traits": len(singles),
        "seconds": round(float(np.median(seconds)), 3),
    }


def measure() -> list[dict[str, float]]:
    """All figures."""
    nulls = [measure_null(accounts=accounts) for accounts in (60, 100, 300, 600, 2000)]
    planted = [measure_planted(accounts=accounts) for accounts in (900, 2000, 4000)]
    return [*nulls, *planted, measure_pairs_time()]


if __name__ == "__main__":
    for row in measure():
        print(row)
