"""All pairs of traits beside pysubgroup's beam search on the same rows.

Comes in: nothing. Goes out: seconds of both and their ratio. Separate because the rival takes a
while.
"""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pysubgroup

from benchmarks.trait_errors import measure_pairs_time
from benchmarks.trait_markets import make_market


def measure(rows: int = 50_000) -> list[dict[str, object]]:
    """Exact p and intervals of all pairs (ours) and the 200 best pairs by a beam search (theirs)."""
    ours = measure_pairs_time(2 * rows, 3)
    market = make_market(1, 2 * rows, planted=True, tags=40)
    judged = market.indicators.index.isin(
        market.best.accounts.union(market.best.rest).union(market.best.worst)
    )
    held = market.indicators.held[judged][:, :90]
    frame = pd.DataFrame({f"t{i}": held[:, i] for i in range(held.shape[1])})
    frame["best"] = np.asarray(market.indicators.index[judged].isin(market.best.accounts))
    target = pysubgroup.BinaryTarget("best", True)
    selectors = [pysubgroup.EqualitySelector(name, True) for name in frame.columns[:-1]]
    task = pysubgroup.SubgroupDiscoveryTask(
        frame, target, selectors, result_set_size=200, depth=2, qf=pysubgroup.WRAccQF()
    )
    began = time.perf_counter()
    pysubgroup.BeamSearch(beam_width=200).execute(task)
    theirs = time.perf_counter() - began
    return [
        {
            "rows": len(frame),
            "traits": held.shape[1],
            "icp_engine s": ours["seconds"],
            "pysubgroup s": theirs,
            "ratio": ours["seconds"] / theirs,
        }
    ]
