"""A person's rubric without what its levels learned from an account: the same changes on a rubric that did not see it.

Comes in: the rubric in force, the suggestion it was made from, a suggestion made without some accounts. Goes out: a
rubric that may score these accounts as a test. Separate because it decides what is a fair test of a changed rubric.
"""

from __future__ import annotations

from typing import TypeAlias

from icp_engine.rubric.model import Criterion, Rubric
from icp_engine.rubric.weights import share_out

LEARNED = "suggested from your data"  # what `suggest` writes into `Criterion.why`
ADDED = "learned from your data, added by hand"  # what `rubric.edit` writes: learned, and not edited since
MOST = 12

ByAttributes: TypeAlias = dict[tuple[str, ...], Criterion]


def why_not_refitted(changed: Rubric, suggestion: Rubric) -> str:
    """Why the changes cannot be carried over to another suggestion; empty where they can.

    Weights, added and removed criteria, thresholds and policies carry over. Levels that were learned and then edited
    do not: nobody can say how they would have been edited on other data.
    """
    known = {(c.attributes, c.levels) for c in suggestion.criteria}
    moved = [c.name for c in changed.criteria if c.why == LEARNED and (c.attributes, c.levels) not in known]
    if not moved:
        return ""
    return (f"the levels of {', '.join(moved[:3])} were learned from these customers and then edited, or learned "
            "before the data or settings changed")


def carry_over(changed: Rubric, suggestion: Rubric, unseen: Rubric) -> Rubric:
    """`unseen`, changed as `changed` was changed from `suggestion`.

    A weight moves by the same factor; a criterion that was removed or added is so here too; what only `unseen` has
    stays. With nothing changed the result scores as `unseen`.
    """
    ours = {c.attributes: c for c in changed.criteria if is_learned(c, suggestion)}
    first = {c.attributes: c for c in suggestion.criteria}
    weights: dict[int, float] = {}
    criteria: list[Criterion] = []
    for criterion in unseen.criteria:
        factor = _factor(criterion, ours, first)
        if factor is not None:
            weights[len(criteria)] = criterion.weight * factor
            criteria.append(criterion)
    names = {c.name for c in changed.criteria if not is_learned(c, suggestion)}
    kept = [i for i, c in enumerate(criteria) if c.name not in names]
    added = [c for c in changed.criteria if not is_learned(c, suggestion)]
    kept = sorted(sorted(kept, key=lambda i: -weights[i])[: MOST - len(added)])
    chosen = {i: (criteria[i], weights[i]) for i in kept}
    chosen |= {len(criteria) + i: (c, float(c.weight)) for i, c in enumerate(added)}
    return _weighed(changed, unseen, list(chosen.values()))


def is_learned(criterion: Criterion, suggestion: Rubric) -> bool:
    """Whether the criterion's levels were learned: so marked, or equal to the suggestion's."""
    same = any((c.attributes, c.levels) == (criterion.attributes, criterion.levels) for c in suggestion.criteria)
    return criterion.why in (LEARNED, ADDED) or same


def _factor(criterion: Criterion, ours: ByAttributes, first: ByAttributes) -> float | None:
    """By how much the person moved this criterion's weight; None where they removed it."""
    if criterion.attributes not in first:
        return 1.0
    if criterion.attributes not in ours:
        return None
    before = first[criterion.attributes].weight
    return ours[criterion.attributes].weight / before if before else 1.0


def _weighed(changed: Rubric, unseen: Rubric, chosen: list[tuple[Criterion, float]]) -> Rubric:
    given = {str(i): weight for i, (_, weight) in enumerate(chosen)}
    groups = (*changed.groups, *(g for g in unseen.groups if g.key not in {one.key for one in changed.groups}))
    changes: dict[str, object] = {"criteria": (), "rules": {**unseen.rules, **changed.rules}, "groups": groups}
    if sum(given.values()) > 0:
        shares = share_out(100, given)
        changes["criteria"] = tuple(c.model_copy(update={"weight": shares[str(i)]}) for i, (c, _) in enumerate(chosen))
    return changed.model_copy(update=changes)
