"""How sure the choice of criteria is: the suggestion made again from many draws of the same
accounts.

Comes in: what the suggestion was made from. Goes out: one row a criterion. Separate because it is
asked for on demand: fifty refits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from icp_engine.learning.candidates import Binned, bin_attributes
from icp_engine.learning.derivation import Derivation
from icp_engine.learning.fit import fit_candidates
from icp_engine.learning.rows import stack_targets
from icp_engine.learning.suggest import make_criteria
from icp_engine.rubric.model import Rubric
from icp_engine.settings import Settings
from icp_engine.types import Frame, Progress

if TYPE_CHECKING:
    from icp_engine.types import Floats

REFITS = 50
ACCOUNTS_MOST = 5_000
STABILITY_COLUMNS = (
    "criterion",
    "chosen_share",
    "weight_median",
    "weight_low",
    "weight_high",
    "weight",
)


def selection_frequency(
    derivation: Derivation,
    suggestion: Rubric,
    settings: Settings,
    progress: Progress | None = None,
) -> Frame:
    """How often each criterion is chosen, and with what weight, when the suggestion is made from
    redrawn accounts.

    Columns STABILITY_COLUMNS. chosen_share 0–1: of REFITS bootstrap draws by account (at most
    ACCOUNTS_MOST accounts, drawn once without replacement where there are more). weight_median,
    weight_low, weight_high: median and 2.5th and 97.5th percentile of the weight (of 100) among the
    refits that chose it. weight: in the suggestion, 0 where it is not in it. The suggestion's
    criteria come first, then others by share. Empty where the suggestion has no criteria. progress:
    told before each refit. Notes: an account drawn twice weighs double instead of standing twice,
    else it would teach and test the same fold. Cut points are blind to the outcome and stay.
    Seeded. Source: Sauerbrei and Schumacher 1992.
    """
    if not suggestion.criteria:
        return pd.DataFrame(
            {
                name: pd.Series(dtype="str" if name == "criterion" else "float64")
                for name in STABILITY_COLUMNS
            }
        )
    draw = np.random.default_rng([settings.seed, 50])
    accounts, size = derivation.accounts, len(derivation.accounts)
    if size > ACCOUNTS_MOST:
        accounts = accounts.iloc[np.sort(draw.choice(size, ACCOUNTS_MOST, replace=False))]
    targets, _ = derivation.lessons.targets(accounts.index, settings.learn_from)
    candidates = bin_attributes(accounts, derivation.attributes, settings)
    drawn = []
    for number in range(REFITS if targets else 0):
        if progress is not None:
            progress(f"Suggesting from redrawn accounts, {REFITS - number} left", number / REFITS)
        drawn.append(_refit(candidates, targets, draw, settings))
    return _summarise([weights for weights in drawn if weights is not None], suggestion)


def _refit(
    candidates: list[Binned],
    targets: list[tuple[Floats, Floats]],
    draw: np.random.Generator,
    settings: Settings,
) -> dict[str, int] | None:
    """Criterion name → weight of one refit; None where the draw has no account of one outcome."""
    size = len(targets[0][0])
    times = draw.multinomial(size, np.full(size, 1 / size)).astype("float64")
    pairs = [(positive * times, negative * times) for positive, negative in targets]
    if any(not side.any() for pair in pairs for side in pair):
        return None
    rows = stack_targets(pairs, int(draw.integers(2**31)))
    criteria = make_criteria(fit_candidates(candidates, rows, settings.criteria_max))
    return {criterion.name: criterion.weight for criterion in criteria}


def _summarise(refits: list[dict[str, int]], suggestion: Rubric) -> Frame:
    now = {criterion.name: criterion.weight for criterion in suggestion.criteria}
    others = sorted({name for weights in refits for name in weights} - set(now))
    others.sort(key=lambda name: -sum(name in weights for weights in refits))
    rows = [
        _describe(name, [w[name] for w in refits if name in w], len(refits), now)
        for name in (*now, *others)
    ]
    return pd.DataFrame(rows, columns=list(STABILITY_COLUMNS))


def _describe(
    name: str, weights: list[int], refits: int, now: dict[str, int]
) -> tuple[str | float, ...]:
    low, median, high = np.percentile(weights, [2.5, 50, 97.5]) if weights else (np.nan,) * 3
    share = len(weights) / refits if refits else np.nan
    return name, share, float(median), float(low), float(high), float(now.get(name, 0))
