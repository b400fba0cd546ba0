"""What switching a bad-fit trait on would do: accounts that fall, won accounts that had it.

Comes in: the rubric in force, fits and clean accounts, derivation outcomes. Goes out: one row a
flag. Separate from scoring, which knows only flags that are on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from icp_engine.rubric.model import Flag, Rubric
from icp_engine.rubric.scoring import Fits, meets_test, score_fits
from icp_engine.types import Bools, Frame

# bands that a flag takes away
CAPPED = {"disqualifier": ("Green", "Yellow"), "warning": ("Green",), "caution": ()}


@dataclass(frozen=True)
class FlagEffect:
    """One flag on its own: accounts that have the trait; of these, accounts it takes out of Green
    (a disqualifier: out of Green and Yellow); derivation accounts with a won deal, and with lost
    deals only, that have it, each of how many.
    """

    accounts: int
    falling: int
    won: int
    of_won: int
    lost: int
    of_lost: int


def flag_effects(
    rubric: Rubric, fits: Fits, accounts: Frame, outcomes: Frame
) -> tuple[FlagEffect, ...]:
    """The effect of each of the rubric's flags, in their order, whether it is on or off now.

    accounts: clean attributes by account_id, in the order of `fits`. outcomes: won and lost by
    account_id (shares ≥ 0). An account whose value is unknown does not have the trait. Bands are
    those without any flag.
    """
    nobody = np.zeros(len(fits.index), dtype=bool)
    bands = score_fits(rubric, replace(fits, disqualified=nobody, warned=nobody))["band"].to_numpy()
    won = outcomes["won"].reindex(accounts.index).gt(0).to_numpy()
    lost = outcomes["lost"].reindex(accounts.index).gt(0).to_numpy() & ~won
    return tuple(
        _effect(flag, _holds(rubric, flag, accounts), bands, won, lost) for flag in rubric.flags
    )


def _effect(flag: Flag, holds: Bools, bands: np.ndarray, won: Bools, lost: Bools) -> FlagEffect:
    falling = holds & np.isin(bands, CAPPED[flag.strength])
    return FlagEffect(
        accounts=int(holds.sum()),
        falling=int(falling.sum()),
        won=int((holds & won).sum()),
        of_won=int(won.sum()),
        lost=int((holds & lost).sum()),
        of_lost=int(lost.sum()),
    )


def _holds(rubric: Rubric, flag: Flag, accounts: Frame) -> Bools:
    if flag.attribute not in accounts:
        return np.zeros(len(accounts), dtype=bool)
    rule = rubric.rules.get(flag.attribute)
    return meets_test(
        flag.test, accounts[flag.attribute], tags=rule is not None and rule.type == "tags"
    )
