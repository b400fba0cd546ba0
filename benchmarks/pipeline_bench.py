"""Time from files to profile, stage by stage, and growth with rows.

Comes in: market sizes. Goes out: rows of seconds. Separate because it times, it does not test.
"""

from __future__ import annotations

import resource
import time

from benchmarks.markets_proof import open_market
from sample_data.markets import planted_market

STAGES = (
    "intake",
    "best",
    "attributes",
    "traits",
    "suggestion",
    "segments",
    "scores",
    "validation",
    "profile",
)


def measure(sizes: tuple[int, ...] = (650, 5000)) -> list[dict[str, object]]:
    """One row a size (customers; accounts are about 2.3 times as many): seconds a stage, in all,
    peak memory in MB.
    """
    rows: list[dict[str, object]] = []
    for customers in sizes:
        market = planted_market(1, accounts=customers)
        study = open_market(market)
        row: dict[str, object] = {"accounts": len(market.accounts), "deals": len(market.deals)}
        began = time.perf_counter()
        for stage in STAGES:
            start = time.perf_counter()
            getattr(study, stage)
            row[stage] = time.perf_counter() - start
        row["total"] = time.perf_counter() - began
        row["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        rows.append(row)
    return rows
