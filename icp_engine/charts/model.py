"""What a chart is: a finding, a constant picture, a small table, one line on how to read it.

Comes in: nothing (definitions only). Goes out: `Chart`. Separate because pages and documents show
the same charts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from icp_engine.types import Frame


@dataclass(frozen=True)
class Chart:
    """A chart ready to show.

    `title` states the finding. `specification` is Vega-Lite without data, the same object on every
    call. `data` is what it draws, aggregated or sampled. `table` is the exact table beneath,
    headers in plain words.
    """

    title: str
    specification: dict[str, Any]
    data: Frame
    how_to_read: str
    table: Frame
