"""Decide which traits are claimed, in which direction, and how strongly a bad-fit trait warns.

Comes in: compared traits. Goes out: q-values, direction and strength. Separate because these few
rules are what "does not lie" rests on. A trait is claimed (direction other than “none”) when q is
under the false-discovery rate and an interval, widened for having been selected, lies outside
1/1.25–1.25.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from icp_engine.stats.multiple import benjamini_hochberg, selected_level
from icp_engine.stats.ratios import ratio_interval
from icp_engine.types import Frame

if TYPE_CHECKING:
    from icp_engine.types import Bools, Floats

SMALLEST_LIFT = 1.25  # a smaller lift is of no use to a seller
WARNING_LIFT, DISQUALIFIER_LIFT = 1.5, 2.5  # lower 95 % limit of worst against best
DISQUALIFIER_ACCOUNTS = 20  # worst accounts that hold the trait
DISQUALIFIER_WINS = 0.05  # share of derivation wins it may hit


def add_q_and_direction(table: Frame, rate: float) -> Frame:
    """Add q_value (Benjamini–Hochberg over all rows) and direction (“icp”, “anti”, “both”, “none”).

    icp: more frequent among best than rest (or rarer among worst than best). anti: rarer among best
    than rest, or more frequent among worst than best. both: more frequent among best and worst than
    among the rest.
    """
    q = benjamini_hochberg(table["p_value"])
    selected = q < rate
    level = selected_level(int(selected.sum()), len(table), rate)
    lift = _reach(table, "best", "rest", level)
    worst = _reach(table, "worst", "best", level)
    icp = selected & ((lift > 0) | ((worst < 0) & (lift == 0)))
    anti = selected & ((worst > 0) | ((lift < 0) & (worst == 0)))
    both = icp & (lift > 0) & ((_reach(table, "worst", "rest", level) > 0) | anti)
    direction = np.select([both, icp, anti], ["both", "icp", "anti"], "none")
    return table.assign(q_value=q, direction=direction)


def sets_apart(table: Frame) -> Bools:
    """Which claimed traits best customers hold more often than the rest, by an interval that leaves
    1 out.

    A trait is claimed as “icp” also because the worst lack it; that alone does not set the best
    apart.
    """
    return (table["direction"].isin(["icp", "both"]) & (table["lift_low"] > 1)).to_numpy()


def _reach(table: Frame, first: str, second: str, level: float) -> Floats:
    """1 where the adjusted interval of first against second lies above 1.25, −1 where below 1/1.25,
    else 0.
    """
    a, n1, b, n2 = (table[f"{part}_{group}"] for group in (first, second) for part in ("n", "of"))
    _, low, high = ratio_interval(a, n1, b, n2, level)
    return np.where(low > SMALLEST_LIFT, 1.0, np.where(high < 1 / SMALLEST_LIFT, -1.0, 0.0))


def grade_bad_fit(table: Frame, lost_more: Bools, wins_hit: Floats) -> Frame:
    """Add strength to anti traits: “caution”, “warning”, “disqualifier”, or “”.

    `lost_more`: the trait is more frequent among lost than won derivation deals (one vote an
    account). `wins_hit`: share 0–1 of derivation wins that hold it, nan without wins (then nothing
    disqualifies). Warning from a lower limit of worst against best of 1.5, if the worst hold it
    more often than the rest too; disqualifier from 2.5 with at least 20 worst accounts that hold
    it, the same direction in lost deals, and at most 5 % of wins hit.
    """
    anti = (table["direction"] == "anti").to_numpy()
    low = np.nan_to_num(table["lift_worst_low"].to_numpy(), nan=0.0)
    above_rest = (
        table["n_worst"] * table["of_rest"] > table["n_rest"] * table["of_worst"]
    ).to_numpy()
    warning = anti & (low >= WARNING_LIFT) & above_rest
    enough = (table["n_worst"] >= DISQUALIFIER_ACCOUNTS).to_numpy() & (low >= DISQUALIFIER_LIFT)
    disqualifier = warning & enough & lost_more & (wins_hit <= DISQUALIFIER_WINS)
    grades = ["disqualifier", "warning", "caution"]
    return table.assign(strength=np.select([disqualifier, warning, anti], grades, ""))
