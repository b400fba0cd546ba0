"""The best customers as segments describe them: what marks any group of them, and each trait in
every segment.

Comes in: clean accounts and who is best. Goes out: traits with counts. Separate from `find`,
because a person points at groups that no method found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from icp_engine.attributes.model import Attribute
from icp_engine.customers.model import Best
from icp_engine.customers.worth import account_value
from icp_engine.segments import describe
from icp_engine.segments.model import Segments
from icp_engine.types import Frame, Index, Series

if TYPE_CHECKING:
    from icp_engine.types import Bools

SAMPLE_MARKET = 20_000  # accounts that stand for all; shares of more would not differ
PER_SEGMENT = 4
BEST, EVERYBODY = "all best", "all judged"
SHARE_COLUMNS = ("attribute", "value", "segment", "share", "count", "known")


@dataclass(frozen=True)
class People:
    """What segments are described by: clean accounts, their attributes, who is best, worth and
    metrics by account.
    """

    accounts: Frame
    attributes: tuple[Attribute, ...]
    best: Index
    others: Index
    value: Series
    metrics: Frame

    @property
    def market(self) -> Frame:
        """All judged accounts, evenly sampled where there are many."""
        ids = self.best.append(self.others)
        if len(ids) > SAMPLE_MARKET:
            ids = ids[np.linspace(0, len(ids) - 1, SAMPLE_MARKET).astype(int)]
        return self.accounts.loc[ids]


def describe_group(people: People, inside: Bools) -> Frame:
    """Traits that set some of the best apart from the other best; columns as
    `describe.segment_traits`.
    """
    items, held, known = describe.trait_matrix(
        people.accounts.loc[people.best], people.market, people.attributes
    )
    return describe.segment_traits(items, held, known, inside)


def trait_shares(people: People, found: Segments) -> Frame:
    """How common the clearest traits of each segment are in every segment; rows of SHARE_COLUMNS.

    One row a trait and place; places are the segments by name, then BEST and EVERYBODY. share 0–1
    among accounts whose value is known; count and known as accounts (NaN for EVERYBODY, which may
    be a sample). At most PER_SEGMENT traits a segment, in the order of the segments.
    """
    if not found.segments:
        return pd.DataFrame(columns=list(SHARE_COLUMNS))
    wanted = list(
        dict.fromkeys(
            (row.attribute, row.value)
            for segment in found.segments
            for row in segment.traits.head(PER_SEGMENT).itertuples()
        )
    )
    items, held, known = describe.trait_matrix(
        people.accounts.loc[people.best], people.market, people.attributes
    )
    place = {(row.attribute, row.value): at for at, row in enumerate(items.itertuples())}
    labels = found.labels.reindex(people.best).to_numpy()
    names = [segment.name for segment in found.segments]
    groups = {
        segment.name
        if names.count(segment.name) == 1
        else f"{segment.name} ({segment.label + 1})": labels == segment.label
        for segment in found.segments
    } | {BEST: labels > -2}
    rows: list[tuple[Any, ...]] = []
    for pair in wanted:
        at = place[pair]
        for name, inside in groups.items():
            count, total = int(held[inside, at].sum()), int(known[inside, at].sum())
            rows.append((*pair, name, count / total if total else np.nan, count, total))
        rows.append((*pair, EVERYBODY, float(items["everybody"].iloc[at]), np.nan, np.nan))
    return pd.DataFrame(rows, columns=list(SHARE_COLUMNS))


def people(accounts: Frame, attributes: tuple[Attribute, ...], best: Best) -> People:
    """What segments are described by: all best customers against all others that were judged."""
    return People(
        accounts=accounts,
        attributes=attributes,
        best=best.accounts,
        others=best.rest.union(best.worst),
        value=account_value(accounts, best),
        metrics=accounts[[metric.name for metric in best.metrics]],
    )
