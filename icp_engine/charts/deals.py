"""Why deals were lost, counted; open deals with what to watch.

Comes in: the study's deals, cautions, scores. Goes out: a `Chart` and a table. Separate because reasons and cautions
describe and never score.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from icp_engine.charts import theme
from icp_engine.charts.model import Chart
from icp_engine.charts.words import counted, percent
from icp_engine.profile.from_deals import closed_new_business
from icp_engine.types import Frame, Series

MOST_REASONS = 8


def lost_reason_chart(deals: Frame) -> Chart | None:
    """Lost new-business deals by recorded reason; None where no reason is recorded."""
    closed = closed_new_business(deals)
    lost = closed[~closed["won"]]
    if "lost_reason" not in lost or not lost["lost_reason"].notna().any():
        return None
    counts = _tally(lost["lost_reason"].dropna())
    known = int(counts.sum())
    table = pd.DataFrame({"reason": counts.index.astype("str"), "deals": counts.to_numpy()})
    table["label"] = [f"{n:,.0f} · {percent(n / known)}" for n in table["deals"]]
    return Chart(
        title=f"“{table['reason'].iloc[0]}” is the commonest reason: {counted(table['deals'].iloc[0], known)} deals",
        specification=lost_reason_specification(), data=table.head(MOST_REASONS),
        how_to_read=(f"Lost new-business deals by the reason written down; {counted(known, len(lost))} lost deals have "
                     "one. Reasons describe; they never score an account."),
        table=table.rename(columns={"reason": "Reason", "deals": "Lost deals", "label": "Count and share"}),
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
    reason = alt.Y("reason:N", sort=alt.EncodingSortField("deals", op="max", order="descending"), title=None,
                   axis=alt.Axis(labelLimit=190, ticks=False, domain=False))
    bars = alt.Chart().mark_bar(height=14, cornerRadiusEnd=3, color=theme.OUTCOMES["lost"]).encode(
        x=alt.X("deals:Q", title="Lost deals", axis=alt.Axis(tickMinStep=1, tickCount=5)), y=reason,
        tooltip=[alt.Tooltip("reason:N", title="Reason"), alt.Tooltip("label:N", title="Lost deals")])
    labels = alt.Chart().mark_text(align="left", dx=6).encode(x="deals:Q", y=reason, text="label:N")
    return theme.to_specification(alt.layer(bars, labels, data=theme.source()).properties(height=alt.Step(26)))


def open_deal_table(pipeline: Frame, watch: Frame, names: Series | None, as_of: pd.Timestamp) -> Frame:
    """Open deals by deal_id, in the order of `pipeline`: score and band, cautions, reason, then what is known.

    pipeline: of `activate.study_files.pipeline_table`; watch: `Study.deal_watch`, which judges new business only.
    """
    owner = pipeline["account_id"]
    if names is not None:
        owner = names.reindex(owner).set_axis(pipeline.index).fillna(owner)
    table = pd.DataFrame({"Account": owner, "Score": pipeline["score"], "Band": pipeline["band"]}, index=pipeline.index)
    if "amount" in pipeline:
        table.insert(1, "Amount", pipeline["amount"])
    table = table.assign(Watch=watch["caution"].reindex(pipeline.index).fillna(""), Why=pipeline["why"])
    if "stage" in pipeline:
        table["Stage"] = pipeline["stage"]
    if "created_date" in pipeline:
        days = (as_of - pipeline["created_date"]).dt.days
        table = table.assign(Created=pipeline["created_date"], **{"Days open": days.where(days >= 0)})
    return table


def watch_sentence(pipeline: Frame, watch: Frame) -> str:
    """How many open new-business deals carry a caution, and how many of those are at Green accounts."""
    judged = pipeline.index.isin(watch.index)
    warned = pipeline.index.isin(watch.index[watch["cautions"] > 0])
    if not judged.any():
        return "No open deal is new business, so there is nothing to watch for."
    if not warned.any():
        return f"Nothing to watch for in the {judged.sum():,} open new-business deals."
    green = int((pipeline.loc[warned, "band"] == "Green").sum())
    return (f"{counted(warned.sum(), judged.sum())} open new-business deals carry a caution, {green:,} of them at "
            "Green accounts. Cautions are signs while a deal runs; they never change a score.")
