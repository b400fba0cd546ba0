"""What the page of segments says.

Comes in: a study. Goes out: figures. Separate because documents and links say the same.
"""

from __future__ import annotations

from icp_engine.segments.model import Segments
from icp_engine.wording.numbers import count, of
from icp_engine.wording.shares import percent, percent_interval
from ui.answers.figure import Figure
from ui.answers.markdown import plain
from ui.answers.terms import explain, linked


def segment_figures(found: Segments) -> list[Figure]:
    """Groups, best customers in one, how alike on resampling, how much commoner among the best."""
    total, placed = len(found.labels), int((found.labels >= 0).sum())
    if not found.segments:
        return [
            Figure("Segments", "0", of=f"in {count(total)} best customers", help=explain("segment"))
        ]
    least = min(found.segments, key=lambda segment: segment.stability)
    largest = found.segments[0]
    return [
        Figure(
            "Segments",
            count(len(found.segments)),
            of=f"in {count(total)} best customers",
            help=explain("segment"),
        ),
        Figure(
            "Best customers in one",
            percent(placed / total),
            of=of(placed, total),
            help=linked("The others are too unlike any group.", "segment"),
        ),
        Figure(
            "Most valuable segment",
            percent(largest.value_share.value),
            percent_interval(largest.value_share.low, largest.value_share.high),
            "of the best customers' value",
            help=linked(
                f"“{plain(largest.name)}”, {of(largest.size, total)} best customers.", "segment"
            ),
        ),
        Figure(
            "Comes back when redrawn",
            percent(least.stability),
            of="of the segment that repeats least",
            help=explain("stability"),
        ),
    ]
