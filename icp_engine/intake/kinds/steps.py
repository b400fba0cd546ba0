"""Whether rows are the steps of a history: one record again and again, each time a stage further.

Comes in: a table, its columns that hold another table's key, its columns of stages. Goes out: yes
or no. Separate because a history looks like deals in every word of its header; only how its rows
repeat tells.
"""

from __future__ import annotations

from icp_engine.types import Frame
from icp_engine.values.rule import ColumnRule

FEWEST_RECORDS = 5  # records with several rows
NEARLY_ALL = 0.9  # share 0–1 of them whose rows differ in stage and not in amount
ROWS_A_RECORD = 1.3  # on average


def are_steps(
    frame: Frame, rules: dict[str, ColumnRule], keys: set[str], stages: list[str]
) -> bool:
    """Whether some key repeats, its rows all in different stages, none with an amount of its own."""
    amounts = [header for header, rule in rules.items() if rule.type == "money" and header in frame]
    return any(
        _walks(frame, key, stage, amounts) for key in keys for stage in stages if key != stage
    )


def _walks(frame: Frame, key: str, stage: str, amounts: list[str]) -> bool:
    rows = frame[frame[key].notna() & frame[stage].notna()]
    grouped = rows.groupby(key, sort=False)
    sizes = grouped.size()
    several = sizes[sizes > 1]
    if len(several) < FEWEST_RECORDS or sizes.mean() < ROWS_A_RECORD:
        return False
    if float((grouped[stage].nunique().reindex(several.index) == several).mean()) < NEARLY_ALL:
        return False
    # rows of one record have one amount; deals of one customer have many
    return all(
        float((grouped[amount].nunique().reindex(several.index) <= 1).mean()) >= NEARLY_ALL
        for amount in amounts
    )
