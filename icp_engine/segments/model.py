"""What the segment stage hands on.

Comes in: nothing (definitions only). Goes out: `Segment`, `Segments`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from icp_engine.types import Estimate, Frame, Series, Verdict


@dataclass(frozen=True)
class Segment:
    """One group of best customers.

    `label` 0… as in `Segments.labels`. `name` is made from its strongest traits (or given by a
    person). `size` best accounts, `share` of the best with interval, `stability` mean Jaccard over
    resamples 0–1. `traits`: rows attribute, value, here (share of known in the segment), others
    (share in the other best), everybody (share of all judged customers), lift, n_here, known_here.
    `examples` are medoid account_ids. `values`: metric → median in the segment. `sentence` two
    sentences in which each claim is a number. `represented`: share of best among all customers
    nearest to it, divided by the share overall.
    """

    label: int
    key: str
    name: str
    size: int
    share: Estimate
    value_share: Estimate
    stability: float
    represented: Estimate
    traits: Frame
    examples: tuple[str, ...]
    values: dict[str, float]
    sentence: str
    verdict: Verdict


@dataclass(frozen=True)
class Segments:
    """Segments of the best customers.

    `labels`: by account_id, exactly the best accounts, −1 = in none. `assign(frame)` takes rows
    like `study.accounts` and returns a DataFrame (segment label, name, confidence 0–1) with the
    frame's index. `stability`: one row per candidate (method, k, stability, coverage, score,
    chosen). `map`: x, y, label per best.
    """

    labels: Series
    segments: tuple[Segment, ...]
    verdict: Verdict
    stability: Frame
    map: Frame
    method: str
    assign: Callable[[Frame], Frame]
