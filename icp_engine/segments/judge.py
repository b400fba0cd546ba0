"""How far segments can be trusted: two tests and the verdicts they lead to.

Comes in: the chosen grouping. Goes out: the test against data without groups, over-representation
among the best, and verdicts in words. Separate because every sentence a reader may act on stands
here, beside the rule that allows it.

Is it a group: stability (Hennig 2007) and more evidence per account for the groups over one group
than at least 95 % of reference data sets with the same margins and correlations (`reference`). Is
it the best customers' group: the share of best among accounts likelier in it than in the market at
large, over the share of best overall, its 95 % interval above
1. The weaker test decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from icp_engine.segments.clustering import Classes, Space, fit_batch, fit_classes
from icp_engine.segments.features import Encoding, fit_embedding
from icp_engine.segments.reference import fit_copula
from icp_engine.segments.stability import PATTERN, REPEATS, STABLE, Candidate
from icp_engine.stats.proportions import wilson
from icp_engine.types import Estimate, Verdict, VerdictLevel
from icp_engine.wording.ratios import ratio_number
from icp_engine.wording.shares import percent

if TYPE_CHECKING:
    from icp_engine.types import Floats, Ints

REFERENCES = 40
REFERENCES_LARGE = 20  # above `LARGE` accounts, where each takes longer and the data sets vary less
LARGE = 600
CHANCE = 0.05
RIGID = 1e6  # accounts' weight of the market at which the background no longer moves
FOLDS = 5
WEIGHT_ROUNDS = 20
LEVELS: tuple[VerdictLevel, ...] = ("none", "weak", "moderate", "strong")


@dataclass(frozen=True)
class GroupTest:
    """Against data without groups: `gain` evidence per account over one group, `p` share of
    references reaching it.

    `structured`: the groups explain the best customers better than the market's shares alone.
    """

    gain: float
    references: int
    p: float
    structured: bool = True

    @property
    def passed(self) -> bool:
        """More grouped than at least 95 % of data sets without groups."""
        return self.structured and self.p <= CHANCE


def compare_with_references(
    space: Space, encoding: Encoding, chosen: Candidate, rng: Any
) -> GroupTest:
    """Compare the evidence for the chosen number of groups with that in reference data; not run
    under two groups.

    Here the background is held to the market, so that it cannot take the place of a group.
    """
    if chosen.k < 2:
        return GroupTest(0.0, 0, 1.0)
    space = replace(space, hold=RIGID)
    gain = _gain(space, chosen.k, rng)
    several, nothing = (fit_classes(space, k, rng).evidence for k in (chosen.k, 0))
    copula = fit_copula(space.memberships, encoding)
    count = REFERENCES if len(space.memberships) <= LARGE else REFERENCES_LARGE
    reached = sum(
        _gain(_space_like(space, copula.draw(rng)), chosen.k, rng) >= gain for _ in range(count)
    )
    return GroupTest(float(gain), count, (1 + reached) / (1 + count), several > nothing)


def _gain(space: Space, k: int, rng: Any) -> float:
    several = fit_classes(space, k, rng, starts=4).evidence
    return (several - fit_classes(space, 1, rng).evidence) / len(space.memberships)


def _space_like(space: Space, memberships: Floats) -> Space:
    embedding = fit_embedding(memberships, space.block_of, space.points.shape[1])
    points = embedding.place(memberships, space.block_of)
    return replace(space, memberships=memberships, points=points)


def placed_without_themselves(
    space: Space, chosen: Candidate, market: Floats, rng: Any
) -> tuple[Ints, Ints]:
    """Likely members among the best and among `market` (membership rows of everybody), −1 for none.

    Each best account is placed by classes fitted on the other four folds. Chances start from how
    common each group is in the market, so that a member is more than somebody who has no nearer
    group.
    """
    rows = len(space.memberships)
    fold = rng.permutation(rows) % FOLDS
    weights = np.array([(fold != number).astype(float) for number in range(FOLDS)])
    guess = np.repeat(chosen.classes.probabilities(space.memberships)[None], FOLDS, axis=0)
    fits = fit_batch(space, guess, weights, best_only=False)
    whole = in_market(chosen.classes, market, space.market)
    background = whole.log_share[-1:]
    fits = [
        Classes(np.vstack([fit.log_share[:-1], background]), whole.log_weight, 0.0) for fit in fits
    ]
    labels = np.array([members_of(fit.probabilities(space.memberships)) for fit in fits])
    return np.asarray(labels[fold, np.arange(rows)]), members_of(whole.probabilities(market))


def in_market(classes: Classes, market: Floats, shares: Floats) -> Classes:
    """The same groups beside the market itself as background, with the weights they have among
    `market`'s rows.
    """
    background = np.log(shares)
    classes = replace(classes, log_share=np.vstack([classes.log_share[:-1], background]))
    for _ in range(WEIGHT_ROUNDS):
        size = classes.probabilities(market).sum(axis=0) + 1.0
        classes = replace(classes, log_weight=np.log(size / size.sum()))
    return classes


def members_of(probabilities: Floats) -> Ints:
    """The likeliest class, −1 for the background: stricter than the nearest group."""
    likeliest = probabilities.argmax(axis=1)
    return np.where(likeliest == probabilities.shape[1] - 1, -1, likeliest).astype(np.int64)


def over_represented(
    best: int, others: int, scale_best: float, scale_others: float, overall: float
) -> Estimate:
    """Share of best among a group's members over the share overall; counts are of samples, scales
    undo the sampling.
    """
    n = best + others
    if n == 0 or overall <= 0:
        return Estimate(None, None, None, n)
    share = best * scale_best / (best * scale_best + others * scale_others)
    low, high = wilson(share * n, n)
    return Estimate(share / overall, float(low) / overall, float(high) / overall, n)


def too_little(found: int, needed: int) -> Verdict:
    """Fewer best customers than groups can be looked for in."""
    return Verdict(
        "too_little_data",
        f"{found} best customers are too few to look for segments: {needed - found} more are needed.",
        (f"Segments are looked for from {needed} best customers on.",),
    )


def no_attributes() -> Verdict:
    """Nothing to group by."""
    return Verdict(
        "none", "No segments: no attribute varies among these customers.", ("No usable attribute.",)
    )


def group_level(stability: float, tests: GroupTest) -> VerdictLevel:
    """Is it a group: strong and moderate need both stability and the test against data without
    groups.
    """
    if tests.passed:
        return "strong" if stability >= STABLE else "moderate" if stability >= REPEATS else "weak"
    return "weak" if stability >= PATTERN and tests.structured else "none"


def weaker(first: VerdictLevel, second: VerdictLevel) -> VerdictLevel:
    """The weaker of two levels."""
    return LEVELS[min(LEVELS.index(first), LEVELS.index(second))]


def _is_of_best(represented: Estimate) -> bool:
    return represented.low is not None and represented.low > 1


def one_group(chosen: Candidate, number: int, tests: GroupTest, represented: Estimate) -> Verdict:
    """The verdict on one segment."""
    of_best = _is_of_best(represented)
    if chosen.k == 1:
        level: VerdictLevel = "moderate" if of_best else "weak"
    else:
        level = weaker(
            group_level(float(chosen.jaccard[number]), tests), "strong" if of_best else "weak"
        )
    told = (
        "more common among your best customers"
        if of_best
        else "not shown to be more common among your best"
    )
    overlap = (
        f"overlaps {percent(float(chosen.jaccard[number]))} with itself on resampled customers"
    )
    again = overlap if chosen.k > 1 else "is the only one"
    return Verdict(level, f"This group {again} and is {told}.", (_ratio(represented),))


def _ratio(represented: Estimate) -> str:
    if represented.value is None:
        return "No other customers to compare with."
    return (
        f"Accounts like these are best {ratio_number(represented.value)} times as often as all customers "
        f"({ratio_number(represented.low)} to {ratio_number(represented.high)})."
    )


def overall(chosen: Candidate, tests: GroupTest, represented: list[Estimate], best: int) -> Verdict:
    """The verdict on the whole: no structure, one group, groups of the market, or segments of the
    best.
    """
    if chosen.k == 0:
        return Verdict(
            "none",
            f"No structure: no groups show among the {best} best customers.",
            ("A description by no group fits best.",),
        )
    if chosen.k == 1:
        return Verdict(
            "none",
            f"One group: nothing splits the {best} best customers into segments that repeat.",
            ("A description by one group fits best.", _ratio(represented[0])),
        )
    because = (
        f"On resampled customers the groups overlap {percent(chosen.stability)} on average.",
        _against_references(tests),
        *(_ratio(estimate) for estimate in represented),
    )
    group = group_level(chosen.stability, tests)
    if group == "none":
        return Verdict(
            "none", f"No structure: a split of the {best} best customers does not repeat.", because
        )
    share = float(np.mean([_is_of_best(estimate) for estimate in represented]))
    level = weaker(group, "strong" if share == 1 else "moderate" if share >= 0.5 else "weak")
    return Verdict(level, _sentence(chosen, group, share, best), because)


def _against_references(tests: GroupTest) -> str:
    reached = round(tests.p * (1 + tests.references)) - 1
    return f"{reached} of {tests.references} data sets without groups looked as grouped as yours."


def _sentence(chosen: Candidate, group: VerdictLevel, share: float, best: int) -> str:
    if share == 0:
        return (
            f"{chosen.k} groups of your market, not of your best: "
            f"they are no more common among the {best} best customers."
        )
    if group == "weak":
        return f"The {best} best customers may fall into {chosen.k} segments; that is a pattern, not proven."
    more = "all" if share == 1 else f"{round(share * chosen.k)}"
    return (
        f"The {best} best customers fall into {chosen.k} segments that repeat; "
        f"{more} of them more common among the best than among the rest."
    )
