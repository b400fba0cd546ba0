"""Values that wait for a person's word, as tables to read and tick.

Comes in: proposals. Goes out: frames; settings as ticked.
Separate from the page, which only asks.
"""

from __future__ import annotations

import pandas as pd

from icp_engine import Study
from icp_engine.intake.columns.proposal_model import (
    GroupingProposal,
    MergeProposal,
    Variant,
)
from icp_engine.types import Frame
from icp_engine.wording.numbers import count

SURE = {"certain": "certain", "likely": "likely", "ask": "please check"}


def list_merges(
    pairs: list[tuple[MergeProposal, Variant]], merges: dict[str, dict[str, str]]
) -> Frame:
    """The proposals as a table; what a table of names settles, and what is merged now, is ticked."""
    return pd.DataFrame(
        {
            "Merge": [
                variant.text in merges.get(merge.column, {}) or merge.sure == "certain"
                for merge, variant in pairs
            ],
            "Column": [merge.column for merge, _ in pairs],
            "Written as": [variant.text for _, variant in pairs],
            "Rows": [variant.rows for _, variant in pairs],
            "Becomes": [
                merges.get(merge.column, {}).get(variant.text, merge.level)
                for merge, variant in pairs
            ],
            "Sure": [SURE[merge.sure] for merge, _ in pairs],
            "Now": [
                "merged" if variant.text in merges.get(merge.column, {}) else ""
                for merge, variant in pairs
            ],
            "Why": [merge.evidence for merge, _ in pairs],
        }
    )


def merged_as_ticked(
    merges: dict[str, dict[str, str]], pairs: list[tuple[MergeProposal, Variant]], edited: Frame
) -> dict[str, dict[str, str]]:
    """Settings with the ticked spellings, without those whose tick was taken away; others stay."""
    wanted = {column: dict(levels) for column, levels in merges.items()}
    rows = zip(pairs, edited["Merge"], edited["Becomes"], strict=True)
    for (merge, variant), ticked, level in rows:
        levels = wanted.setdefault(merge.column, {})
        if ticked and level:
            levels[variant.text] = str(level).strip()
        else:
            levels.pop(variant.text, None)
    return {column: levels for column, levels in wanted.items() if levels}


def list_groupings(groupings: tuple[GroupingProposal, ...]) -> Frame:
    """The proposals as a table; those in force are ticked."""
    return pd.DataFrame(
        {
            "Group": [grouping.accepted for grouping in groupings],
            "Column": [grouping.column for grouping in groupings],
            "Grouped by": [grouping.title for grouping in groupings],
            "Understood": [100 * grouping.understood for grouping in groupings],
            "Values": [f"{count(g.levels_before)} → {count(g.levels_after)}" for g in groupings],
            "For example": [
                "; ".join(f"{value} → {group}" for value, group in g.examples[:3])
                for g in groupings
            ],
            "Why": [grouping.evidence for grouping in groupings],
        }
    )


def turn_words(
    study: Study, turned: list[tuple[str, str, bool]]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """Settings after some words were turned: (column, word, counts as empty)."""
    empty = {column: list(words) for column, words in study.settings.missing_words.items()}
    kept = {column: list(words) for column, words in study.settings.kept_words.items()}
    for column, word, counts in turned:
        gains, loses = (empty, kept) if counts else (kept, empty)
        loses[column] = [
            held for held in loses.get(column, []) if held.casefold() != word.casefold()
        ]
        gains[column] = [*gains.get(column, []), word]
    return {
        "missing_words": {column: tuple(words) for column, words in empty.items() if words},
        "kept_words": {column: tuple(words) for column, words in kept.items() if words},
    }
