"""Markets whose traits are known, as indicators: with nothing to find, or with planted traits.

Comes in: a seed and sizes. Goes out: what `find_traits` takes, and the planted answer. Separate
because tests and the long measurements must draw from the same markets.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from icp_engine.attributes.model import Attribute, Indicator, Indicators
from icp_engine.customers.model import Best
from icp_engine.values.rule import ColumnRule

LEVELS = {
    "Industry": 9,
    "Region": 5,
    "Size": 6,
    "Owner": 3,
    "Source": 6,
    "Model": 2,
    "Uses SSO": 2,
    "Support": 2,
}
TAGS = 12
NUMBERS = ("Revenue", "Website visits", "Years")
GOOD = (("Industry", 0), ("Region", 1), ("Size", 2), ("Tools", 0), ("Uses SSO", 0))
BAD = (("Source", 1), ("Tools", 3))
TOGETHER = (("Model", 0), ("Support", 0))  # worth nothing alone


@dataclass(frozen=True)
class Market:
    """Indicators, attributes, groups, deal weights, and the planted (attribute, value) of good and
    bad fits.
    """

    indicators: Indicators
    attributes: tuple[Attribute, ...]
    best: Best
    won_weight: pd.Series
    lost_weight: pd.Series
    good: frozenset[tuple[str, str]]
    bad: frozenset[tuple[str, str]]


def make_market(
    seed: int,
    accounts: int = 600,
    planted: bool = False,
    missing: float = 0.1,
    *,
    together: bool = False,
    tags: int = TAGS,
) -> Market:
    """A market of `accounts` rows, half of them customers: a fifth best, a fifth worst. `missing`:
    share of cells.

    Attributes hang together (a hidden kind of company shifts all of them). Without planted traits
    quality and outcomes are luck; with them GOOD and BAD move quality, each by one standard
    deviation, and the odds of a win. `together`: two attributes that are worth nothing alone lift
    quality where both hold, and only there.
    """
    rng = np.random.default_rng(seed)
    codes = _levels(rng, accounts)
    tagged = rng.random((accounts, tags)) < np.linspace(0.08, 0.5, tags)
    numbers = rng.lognormal(sigma=1.2, size=(accounts, len(NUMBERS)))
    quality = _pull(codes, tagged) * planted
    if together:
        quality = quality + 2.0 * _exclusive(codes)
    indicators = _indicators(rng, codes, tagged, numbers, missing)
    ids = indicators.index
    best = _groups(ids[: accounts // 2], quality[: accounts // 2] + rng.normal(size=accounts // 2))
    won, lost = _deals(rng, ids, quality)
    good = frozenset((name, f"{name} {level}") for name, level in GOOD) if planted else frozenset()
    bad = frozenset((name, f"{name} {level}") for name, level in BAD) if planted else frozenset()
    return Market(indicators, _attributes(), best, won, lost, good, bad)


def _levels(rng: np.random.Generator, accounts: int) -> dict[str, np.ndarray]:
    hidden = rng.integers(0, 3, accounts)
    codes = {}
    for name, count in LEVELS.items():
        shares = (
            rng.dirichlet(np.full(count, 4.0), size=3) * 0.3
            + rng.dirichlet(np.full(count, 20.0)) * 0.7
        )
        edges = shares.cumsum(axis=1)[hidden]
        codes[name] = np.minimum((rng.random((accounts, 1)) > edges).sum(axis=1), count - 1)
    return codes


def _pull(codes: dict[str, np.ndarray], tags: np.ndarray) -> np.ndarray:
    def holds(name: str, level: int) -> np.ndarray:
        return tags[:, level] if name == "Tools" else codes[name] == level

    return sum(holds(*trait) for trait in GOOD).astype(float) - sum(
        1.5 * holds(*trait) for trait in BAD
    )


def _exclusive(codes: dict[str, np.ndarray]) -> np.ndarray:
    """1 where both or none of TOGETHER hold, −1 where one does: no effect of either alone at equal
    shares.
    """
    first, second = (codes[name] == level for name, level in TOGETHER)
    return np.where(first == second, 1.0, -1.0)


def _indicators(
    rng: np.random.Generator,
    codes: dict[str, np.ndarray],
    tags: np.ndarray,
    numbers: np.ndarray,
    missing: float,
) -> Indicators:
    items, held, known = [], [], []
    accounts, tag_count = tags.shape
    for name, count in LEVELS.items():
        seen = rng.random(accounts) >= missing
        items += [Indicator(name, f"{name} {level}", "level") for level in range(count)]
        held += [(codes[name] == level) & seen for level in range(count)]
        known += [seen] * count
    seen = rng.random(accounts) >= missing
    items += [Indicator("Tools", f"Tools {tag}", "tag") for tag in range(tag_count)]
    held += [tags[:, tag] & seen for tag in range(tag_count)]
    known += [seen] * tag_count
    for column, name in enumerate(NUMBERS):
        seen = rng.random(accounts) >= missing
        fifth = np.searchsorted(
            np.quantile(numbers[:, column], [0.2, 0.4, 0.6, 0.8]), numbers[:, column]
        )
        items += [Indicator(name, f"{name} {part}", "range") for part in range(5)]
        held += [(fifth == part) & seen for part in range(5)]
        known += [seen] * 5
    index = pd.Index([f"A{row:06d}" for row in range(accounts)])
    return Indicators(index, tuple(items), np.column_stack(held), np.column_stack(known))


def _attributes() -> tuple[Attribute, ...]:
    rule = ColumnRule()
    levels = [Attribute(name, "firmographic", "category", (), rule) for name in LEVELS]
    numbers = [Attribute(name, "behavioural", "number", (), rule) for name in NUMBERS]
    return (*levels, Attribute("Tools", "technographic", "tags", (), rule), *numbers)


def _groups(ids: pd.Index, score: np.ndarray) -> Best:
    order = np.argsort(-score, kind="stable")
    fifth = len(ids) // 5
    none = ids[:0]
    scores = pd.Series(score, index=ids)
    return Best(
        accounts=ids[order[:fifth]],
        worst=ids[order[len(ids) - fifth :]],
        rest=ids[order[fifth : len(ids) - fifth]],
        too_young=none,
        set_aside=none,
        scores=scores,
        contributions=scores.to_frame(),
        metrics=(),
        basis="value",
        worst_basis="low value",
        sentence="",
    )


def _deals(
    rng: np.random.Generator, ids: pd.Index, quality: np.ndarray
) -> tuple[pd.Series, pd.Series]:
    """Every account has deals; a dozen have forty, with luck of their own, so that deals are not
    independent.
    """
    deals = rng.integers(1, 4, len(ids))
    deals[rng.choice(len(ids), min(12, len(ids) // 4), replace=False)] = 40
    luck = rng.normal(size=len(ids))
    chance = 1 / (1 + np.exp(-(quality - quality.mean() + luck - 0.5)))
    share = rng.binomial(deals, chance) / deals
    return pd.Series(share, index=ids), pd.Series(1 - share, index=ids)
