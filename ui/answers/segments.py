"""What the page of segments says.

Comes in: a study. Goes out: figures. Separate because documents and links say the same.
"""

from __future__ import annotations

import pandas as pd

from icp_engine import Study
from icp_engine.charts import segments as charts
from icp_engine.segments.model import Segment, Segments
from icp_engine.types import LEVEL_WORDS, Frame, Index
from icp_engine.wording.numbers import count, of
from icp_engine.wording.shares import percent, percent_interval
from icp_engine.wording.units import with_unit
from ui.answers.account_names import account_names
from ui.answers.figure import Figure
from ui.answers.markdown import plain
from ui.answers.terms import explain, linked

GENERAL = 2  # reasons that speak of all segments together


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


def single_reasons(found: Segments) -> list[str]:
    """The verdict's reasons that speak of single segments, each with the name of its own."""
    reasons = list(found.verdict.because[GENERAL:])
    if len(reasons) != len(found.segments):
        return reasons
    pairs = zip(found.segments, reasons, strict=True)
    return [f"{segment.name}: {reason[:1].lower()}{reason[1:]}" for segment, reason in pairs]


def middle_values(study: Study, segment: Segment) -> str:
    """“ARR $67,900 · NRR 128 %”: the middle value of each metric in its unit."""
    known = {metric.name: metric for metric in study.best.metrics}
    return " · ".join(
        f"{known[name].label} {with_unit(value, known[name].unit_in(study.intake.currency))}"
        for name, value in segment.values.items()
        if name in known
    )


def chosen_table(study: Study, found: Segments, ids: Index) -> Frame:
    """One row an account: name, segment, score, band."""
    named = {segment.label: segment.name for segment in found.segments}
    table = pd.DataFrame(
        {"Segment": [named.get(int(at), charts.NONE_NAME) for at in found.labels.reindex(ids)]},
        index=ids.rename("account_id"),
    )
    names = account_names(study)
    if names is not None:
        table.insert(0, "Account", names.reindex(ids))
    return table.join(
        study.scores[["score", "band"]].rename(columns={"score": "Score", "band": "Band"})
    )


def _number_row(found: Segments, k: int, present: bool) -> dict[str, object]:
    weakest = min((segment.stability for segment in found.segments), default=float("nan"))
    return {
        "Segments": k,
        "Now": "in force" if present else "",
        "Sizes": " · ".join(count(segment.size) for segment in found.segments),
        "In none": int((found.labels < 0).sum()),
        "Weakest comes back": percent(weakest),
        "On average": percent(
            sum(s.stability for s in found.segments) / max(len(found.segments), 1)
        ),
        "Evidence": LEVEL_WORDS[found.verdict.level],
    }
