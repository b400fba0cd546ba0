"""Why deals were lost, counted.

Comes in: the study's deals. Goes out: a `Chart`. Separate because reasons describe and never score.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from icp_engine.charts import theme
from icp_engine.charts.model import Chart
from icp_engine.holdout.set_aside import closed_new_business
from icp_engine.types import Frame, Series
from icp_engine.wording.numbers import count, of
from icp_engine.wording.shares import percent

MOST_REASONS = 8


def lost_reason_chart(deals: Frame) -> Chart | None:
    """Lost new-business deals by recorded reason; None where no reason is recorded."""
    closed = closed_new_business(deals)
    lost = closed[~closed["won"]]
    if "lost_reason" not in lost or not lost["lost_reason"].notna().any():
        return None
    counts = _tally(lost["lost_reason"].dropna())
    known, first = int(counts.sum()), counts.index[0]
    table = pd.DataFrame({"reason": counts.index.astype("str"), "deals": counts.to_numpy()})
    table["label"] = [f"{count(n)} · {percent(n / known)}" for n in table["deals"]]
    return Chart(
        title=f"As written down, “{first}” comes first: {of(counts.iloc[0], known)} deals",
        specification=lost_reason_specification(),
        data=table.head(MOST_REASONS),
        how_to_read=(
            f"Lost new-business deals by the reason written down; {of(known, len(lost))} lost deals have "
            "one. Reasons describe; they never score an account."
        ),
        table=table.rename(
            columns={"reason": "Reason", "deals": "Lost deals", "label": "Count and share"}
        ),
    )


def _tally(reasons: Series) -> Series:
    """Counts by reason in its commonest spelling, largest first."""
    text = reasons.astype("str").str.strip()
    folded = text.str.casefold()
    spelling = text.groupby(folded).agg(lambda group: group.mode().iloc[0])
    counts = folded.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return counts.rename(index=spelling)


@cache
def lost_reason_specification() -> dict[str, Any]:
    """Bars of counts, labelled."""
    reason = alt.Y(
        "reason:N",
        sort=alt.EncodingSortField("deals", op="max", order="descending"),
        title=None,
        axis=alt.Axis(labelLimit=190, ticks=False, domain=False),
    )
    bars = (
        alt.Chart()
        .mark_bar(height=14, cornerRadiusEnd=3, color=theme.OUTCOMES["lost"])
        .encode(
            x=alt.X("deals:Q", title="Lost deals", axis=alt.Axis(tickMinStep=1, tickCount=5)),
            y=reason,
            tooltip=[
                alt.Tooltip("reason:N", title="Reason"),
                alt.Tooltip("label:N", title="Lost deals"),
            ],
        )
    )
    labels = alt.Chart().mark_text(align="left", dx=6).encode(x="deals:Q", y=reason, text="label:N")
    return theme.to_specification(
        alt.layer(bars, labels, data=theme.source()).properties(height=alt.Step(26))
    )
