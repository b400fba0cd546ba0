"""What the trait stage hands on.

Comes in: nothing (definitions only). Goes out: `Traits` and the column names of its tables.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from icp_engine.traits.value_with import Figure
from icp_engine.types import Frame, Verdict

TRAIT_COLUMNS: tuple[str, ...] = (
    "attribute",
    "value",
    "kind",
    "n_best",
    "n_rest",
    "n_worst",
    "of_best",
    "of_rest",
    "of_worst",
    "lift",
    "lift_low",
    "lift_high",
    "lift_worst",
    "lift_worst_low",
    "lift_worst_high",
    "p_value",
    "q_value",
    "direction",
    "strength",
)
ADJUSTED_COLUMNS: tuple[str, ...] = (
    "lift_adjusted",
    "lift_adjusted_low",
    "lift_adjusted_high",
    "lift_worst_adjusted",
    "adjusted_for",
)


@dataclass(frozen=True)
class Traits:
    """Every trait tried, with what came of it.

    table: one row a single trait, columns TRAIT_COLUMNS plus `sentence` and `attribute_kind`,
    strongest first. pairs: two traits together, same columns, a family of its own. won_lost: best =
    won, rest = lost new-business accounts, same columns. verdict: what the table as a whole says.
    ADJUSTED_COLUMNS are filled for claimed traits and the first 30 rows (never for pairs): lifts
    among accounts that are alike in the attribute `adjusted_for`. with_without: row by row beside
    `table`, what customers with and without the trait are worth (see `value_with`); figures: what
    its columns mean.
    """

    table: Frame
    pairs: Frame
    won_lost: Frame
    verdict: Verdict
    with_without: Frame = field(default_factory=pd.DataFrame)
    figures: tuple[Figure, ...] = ()
