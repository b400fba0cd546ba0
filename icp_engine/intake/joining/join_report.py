"""How a table found its accounts, as counts and a sentence.

Comes in: what each row calls its account and what joined it. Goes out: `TableJoin`. Separate
because every table reports alike, whatever joined it.
"""

from __future__ import annotations

import pandas as pd

from icp_engine.intake.joining.joins_and_summaries import TableJoin, Unmatched
from icp_engine.types import Series
from icp_engine.wording.numbers import count, of

UNMATCHED_MOST = 200  # keys listed; further ones are only counted
ROWS_MOST = 20
FOUND_BY = {
    "chosen": "joined by you",
    "deal": "through their deal",
    "subscription": "through their subscription",
    "order": "through their order",
    "spelling": "by an id in another spelling",
}


def report_join(
    table: str, own: Series, by: Series, rows: Series, total: int | None = None
) -> TableJoin:
    """The report of one table.

    own: what each row calls its account, missing where it names none. by: what joined the row,
    missing where nothing did. rows: file row numbers. total: rows of the table, where rows that
    name none were left out here.
    """
    named = int((own.notna() | by.notna()).sum())
    counts = {str(how): int(count) for how, count in by.value_counts().items()}
    lost = own[by.isna() & own.notna()]
    matched = sum(counts.values())
    size = len(own) if total is None else total
    sentence = _sentence(size, named, matched, counts)
    return TableJoin(table, size, named, matched, counts, _unmatched(lost, rows), sentence)


def _unmatched(lost: Series, rows: Series) -> tuple[Unmatched, ...]:
    if not len(lost):
        return ()
    counts = lost.value_counts()
    listed = (
        counts.sort_index(kind="stable")
        .sort_values(ascending=False, kind="stable")
        .index[:UNMATCHED_MOST]
    )
    shown = lost[lost.isin(listed)]
    numbers = (
        rows.reindex(shown.index)
        .groupby(shown.to_numpy())
        .agg(lambda group: tuple(group[:ROWS_MOST]))
    )
    return tuple(
        Unmatched(
            str(key), int(counts[key]), tuple(int(row) for row in numbers[key] if not pd.isna(row))
        )
        for key in listed
    )


def _sentence(rows: int, named: int, matched: int, by: dict[str, int]) -> str:
    if not named:
        return f"None of {count(rows)} rows names an account."
    ways = [f"{count(found)} {FOUND_BY.get(how, f'by {how}')}" for how, found in by.items()]
    share = count(matched) if 0 < matched < named else ("all" if matched else "none")
    told = f": {', '.join(ways)}" if ways else ""
    who = (
        f"{of(named, rows)} rows name an account"
        if named < rows
        else f"All {count(rows)} rows name an account"
    )
    return f"{who}; {share} found it{told}."
