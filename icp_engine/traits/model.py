"""What the trait stage hands on.

Comes in: nothing (definitions only). Goes out: `Traits` and the column names of its tables.
"""

from __future__ import annotations

from dataclasses import dataclass

from icp_engine.types import Frame, Verdict

TRAIT_COLUMNS: tuple[str, ...] = (
    "attribute", "value", "kind", "n_best", "n_rest", "n_worst", "of_best", "of_rest", "of_worst",
    "lift", "lift_low", "lift_high", "lift_worst", "lift_worst_low", "lift_worst_high",
    "p_value", "q_value", "direction", "strength",
)


@dataclass(frozen=True)
class Traits:
    """Every trait tried, with what came of it.

    table: one row a single trait, columns TRAIT_COLUMNS plus `sentence` and `attribute_kind`, strongest first.
    pairs: two traits together, same columns, a family of its own. won_lost: best = won, rest = lost new-business
    accounts, same columns. verdict: what the table as a whole says.
    """

    table: Frame
    pairs: Frame
    won_lost: Frame
    verdict: Verdict
