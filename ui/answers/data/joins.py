"""How tables found their accounts, and what further tables add, as tables to read and tick.

Comes in: joins, matches, summaries of an intake. Goes out: frames; settings as ticked.
Separate from the page, which only asks.
"""

from __future__ import annotations

import pandas as pd

from icp_engine.intake.joining.joins_and_summaries import (
    NearMatch,
    SummaryColumn,
    TableJoin,
)
from icp_engine.types import Frame
from icp_engine.wording.numbers import count

UNMATCHED_SHOWN = 200


def list_joins(joins: tuple[TableJoin, ...]) -> Frame:
    """Table, rows, those that found their account, and by what."""
    return pd.DataFrame(
        {
            "Table": [join.table for join in joins],
            "Rows": [join.rows for join in joins],
            "Found": [None if join.share is None else 100 * join.share for join in joins],
            "By": [
                ", ".join(f"{how} {count(rows)}" for how, rows in join.by.items() if rows)
                for join in joins
            ],
            "In words": [join.sentence for join in joins],
        }
    )


def list_unmatched(join: TableJoin) -> Frame:
    """Keys that no account has, with the numbers of their first rows."""
    some = join.unmatched[:UNMATCHED_SHOWN]
    return pd.DataFrame(
        {
            "As written": [key.key for key in some],
            "Rows": [key.rows for key in some],
            "First rows": [", ".join(str(row) for row in key.first_rows) for key in some],
        }
    )


def joined_as_ticked(
    joins: dict[str, dict[str, str]], matches: tuple[NearMatch, ...], ticked: pd.Series
) -> dict[str, dict[str, str]]:
    """Settings with the ticked matches, without those whose tick was taken away."""
    wanted = {table: dict(keys) for table, keys in joins.items()}
    for match, on in zip(matches, ticked, strict=True):
        keys = wanted.setdefault(match.table, {})
        if on:
            keys[match.key] = match.account_id
        elif keys.get(match.key) == match.account_id:
            del keys[match.key]
    return {table: keys for table, keys in wanted.items() if keys}


def list_summaries(summaries: tuple[SummaryColumn, ...]) -> Frame:
    """One row an aggregation: what it is, how it is computed, up to which day."""
    return pd.DataFrame(
        {
            "Use": [summary.on for summary in summaries],
            "Summary": [summary.label for summary in summaries],
            "Table": [summary.table for summary in summaries],
            "Role": [str(summary.role) for summary in summaries],
            "Accounts": [count(summary.accounts) for summary in summaries],
            "Computed as": [summary.formula for summary in summaries],
            "Days": [summary.cut for summary in summaries],
        }
    )
