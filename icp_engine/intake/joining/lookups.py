"""Tables that describe a column of the deals: products, sales teams, pipelines.

Comes in: tables that hold neither accounts nor events, and the deals. Goes out: the deals with
their columns added. Separate because such a table joins by what a deal names, not by its account.
What it adds tells deals apart (scope) and describes no account unless a person gives it the role of
an attribute.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from icp_engine.intake.columns.table import Table
from icp_engine.intake.joining.deals import DEAL_COLUMNS, OWN_NAMES, Deals
from icp_engine.intake.joining.joins_and_summaries import TableJoin, Unmatched
from icp_engine.problems import Problem, make_problem
from icp_engine.types import Frame, Series
from icp_engine.values.parse import fold_series
from icp_engine.wording.numbers import of
from icp_engine.wording.shares import percent

LEAST_MATCHED = 0.5  # share 0–1 of a column's different values that the table must know
LEAST_KNOWN = 2  # different values of the deals it must know
SAMPLE_VALUES = 2000


@dataclass(frozen=True)
class Lookup:
    """A table's key column and the deals' column it explains; `share` 0–1 of that column's values
    known.
    """

    key: str
    column: str
    share: float


def add_lookups(
    tables: dict[str, Table], deals: Deals
) -> tuple[Deals, list[TableJoin], list[Problem]]:
    """Deals with the columns of every table that explains one of theirs, how each joined, and a
    note on it.
    """
    joins, problems = [], []
    for table in tables.values():
        found = (
            find_lookup(table, deals.frame)
            if table.kind == "unknown" and len(deals.frame)
            else None
        )
        if found is None:
            continue
        deals, join = _attach(table, found, deals)
        joins.append(join)
        problems.append(
            make_problem(
                "table-lookup",
                table=table.name,
                column=found.column,
                found=percent(found.share),
            )
        )
    return deals, joins, problems


def find_lookup(table: Table, deals: Frame) -> Lookup | None:
    """The pair of columns that fits best: a key that never repeats, and a deals' column whose
    values it knows.
    """
    best: Lookup | None = None
    words = {name: _values(deals[name]) for name in deals if _names_things(deals[name])}
    for header in table.frame.columns:
        key = fold_series(table.frame[header].astype("str")).dropna()
        if not len(key) or key.duplicated().any() or len(table.frame.columns) < 2:
            continue
        known = set(key)
        for column, values in words.items():
            hits = sum(value in known for value in values)
            share = hits / len(values)
            if (
                hits >= LEAST_KNOWN
                and share >= LEAST_MATCHED
                and (best is None or share > best.share)
            ):
                best = Lookup(str(header), str(column), share)
    return best


def _names_things(column: Series) -> bool:
    """A column of words that repeat: what names every row apart explains nothing."""
    if column.name in ("account_id", "deal_name") or not pd.api.types.is_string_dtype(column):
        return False
    return 1 < column.nunique() < max(0.5 * len(column), 3)


def _values(column: Series) -> list[str]:
    return list(
        pd.unique(fold_series(column.dropna().drop_duplicates().iloc[:SAMPLE_VALUES].astype("str")))
    )


def _attach(table: Table, found: Lookup, deals: Deals) -> tuple[Deals, TableJoin]:
    """The table's other columns beside the deals, by the folded value of their column."""
    key = fold_series(table.frame[found.key].astype("str"))
    asked = fold_series(deals.frame[found.column].astype("str")).where(
        deals.frame[found.column].notna()
    )
    frame, columns = deals.frame.copy(), dict(deals.columns)
    for header in table.frame.columns:
        if header == found.key or table.rules[header].type == "empty":
            continue
        taken = header in frame or header in DEAL_COLUMNS or header in OWN_NAMES
        name = f"{header} ({table.name})" if taken else header
        values = pd.Series(table.clean(header).to_numpy(), index=key)
        values = values[values.index.notna()]
        frame[name] = asked.map(values).to_numpy()
        if table.roles[header] in ("attribute", "known_after"):
            columns[name] = replace(table.column(header), name=name)
    return replace(deals, frame=frame, columns=columns), _report(
        table, found, deals.frame[found.column], asked, key
    )


def _report(table: Table, found: Lookup, written: Series, asked: Series, key: Series) -> TableJoin:
    hit = asked.isin(set(key.dropna())) & asked.notna()
    lost = written[asked.notna() & ~hit].value_counts()
    unmatched = tuple(Unmatched(str(value), int(count), ()) for value, count in lost.items())
    named, matched = int(asked.notna().sum()), int(hit.sum())
    sentence = f"Joined to deals by “{found.column}”: {of(matched, named)} deals found their row."
    return TableJoin(
        table.name, len(written), named, matched, {"name": matched}, unmatched, sentence
    )
