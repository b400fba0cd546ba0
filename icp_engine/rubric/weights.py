"""Moving weights: some are set, the others follow in proportion, and the sum stays 100.

Comes in: a rubric and the weights asked for. Goes out: a rubric. Separate because sliders,
scenarios and the suggestion share one rounding rule (largest remainder).
"""

from __future__ import annotations

from collections.abc import Mapping

from icp_engine.rubric.model import Criterion, Rubric

# the split most templates begin with
CLASSIC_TOTALS: dict[str, int] = {"must_have": 40, "growth": 30, "technical": 30}


def share_out(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """Integers that sum to `total`, in proportion to `weights` (equal where all are 0), by largest
    remainder.

    Ties go to the name that stands first.
    """
    if not weights:
        return {}
    whole = sum(weights.values())
    exact = {
        name: total * (weight / whole if whole > 0 else 1 / len(weights))
        for name, weight in weights.items()
    }
    shares = {name: int(value + 1e-9) for name, value in exact.items()}
    # remainders as whole billionths: else dust of the subtraction would decide ties, and the
    # browser has other dust
    order = sorted(exact, key=lambda name: -int((exact[name] - shares[name]) * 1e9 + 0.5))
    for name in order[: total - sum(shares.values())]:
        shares[name] += 1
    return shares


def group_totals(rubric: Rubric) -> dict[str, int]:
    """Group key → what its criteria weigh together, of 100; a group without criteria has 0."""
    return {
        g.key: sum(c.weight for c in rubric.criteria if c.group == g.key) for g in rubric.groups
    }


def with_group_totals(rubric: Rubric, totals: Mapping[str, int]) -> Rubric:
    """The rubric with other group totals: within a group, criteria keep their proportions (largest
    remainder).

    totals: group key → share of 100; a group without criteria cannot hold its share, so the shares
    of the others are scaled to 100. A lock on a group moves to its new total. A rubric without
    criteria stays as it is.
    """
    members = {
        g.key: {c.name: float(c.weight) for c in rubric.criteria if c.group == g.key}
        for g in rubric.groups
    }
    wanted = share_out(
        100, {key: float(totals.get(key, 0)) for key, names in members.items() if names}
    )
    weights = {
        name: w
        for key, total in wanted.items()
        for name, w in share_out(total, members[key]).items()
    }
    groups = tuple(
        g if g.locked_total is None else g.model_copy(update={"locked_total": wanted.get(g.key)})
        for g in rubric.groups
    )
    criteria = tuple(c.model_copy(update={"weight": weights[c.name]}) for c in rubric.criteria)
    return Rubric.model_validate(
        {**dict(rubric), "criteria": criteria, "groups": groups, "origin": "by hand"}
    )


def rebalance(rubric: Rubric, weights: Mapping[str, int]) -> Rubric:
    """Set `weights` (criterion name → integer 0–100); the others change in proportion to 100.

    A locked group total holds unless the weights asked for exceed it; a locked criterion keeps its
    weight where that is possible. ValueError for unknown names, weights outside 0–100, a sum over
    100, or a sum under 100 when no criterion is left to take the rest.
    """
    asked = {name: _checked(rubric, name, weight) for name, weight in weights.items()}
    if sum(asked.values()) > 100:
        raise ValueError(f"the weights asked for sum to {sum(asked.values())}, which is over 100")
    totals = _group_totals(rubric, asked)
    new = dict(asked)
    for key, total in totals.items():
        members = {c.name: c for c in rubric.criteria if key is None or c.group == key}
        if key is None:
            members = {c.name: c for c in rubric.criteria if c.group not in totals}
        new.update(_within(members, asked, total))
    if rubric.criteria and sum(new.values()) != 100:
        raise ValueError(
            f"the weights asked for sum to {sum(new.values())}, and no other criterion can take the rest"
        )
    criteria = tuple(c.model_copy(update={"weight": new[c.name]}) for c in rubric.criteria)
    return Rubric.model_validate({**dict(rubric), "criteria": criteria, "origin": "by hand"})


def _checked(rubric: Rubric, name: str, weight: int) -> int:
    if name not in {criterion.name for criterion in rubric.criteria}:
        raise ValueError(f"the rubric has no criterion “{name}”")
    if int(weight) != weight or not 0 <= weight <= 100:
        raise ValueError(
            f"the weight of “{name}” must be a whole number from 0 to 100, not {weight}"
        )
    return int(weight)


def _group_totals(rubric: Rubric, asked: Mapping[str, int]) -> dict[str | None, int]:
    """Total of each locked group, and of all other criteria together (key None)."""
    locked = {g.key: g.locked_total for g in rubric.groups if g.locked_total is not None}
    members = {key: [c.name for c in rubric.criteria if c.group == key] for key in locked}
    members = {key: names for key, names in members.items() if names}
    needed = {key: sum(asked.get(name, 0) for name in names) for key, names in members.items()}
    settled = {key for key, names in members.items() if all(name in asked for name in names)}
    totals = {
        key: needed[key] if key in settled else max(int(locked[key] or 0), needed[key])
        for key in members
    }
    free = [c.name for c in rubric.criteria if c.group not in members]
    least = sum(asked.get(name, 0) for name in free)
    left = 100 - least - sum(totals.values())
    if left < 0 or (left > 0 and all(name in asked for name in free)):
        totals = _unlocked(totals, needed, members, asked, 100 - least)
    by_group: dict[str | None, int] = dict(totals.items())
    return {**by_group, None: 100 - sum(totals.values())} if free else by_group


def _unlocked(
    totals: dict[str, int],
    needed: dict[str, int],
    members: dict[str, list[str]],
    asked: Mapping[str, int],
    room: int,
) -> dict[str, int]:
    """Totals of locked groups that cannot all hold: what is asked for, the rest in proportion to
    what was spare.
    """
    movable = {
        key: float(totals[key] - needed[key])
        for key, names in members.items()
        if any(n not in asked for n in names)
    }
    spare = share_out(max(0, room - sum(needed.values())), movable)
    return {key: needed[key] + spare.get(key, 0) for key in totals}


def _within(
    members: Mapping[str, Criterion], asked: Mapping[str, int], total: int
) -> dict[str, int]:
    """Weights of one group: the asked ones, locked ones where they fit, the rest in proportion."""
    fixed = {name: asked[name] for name in members if name in asked}
    locked = {name: c.weight for name, c in members.items() if c.locked and name not in fixed}
    free = {
        name: float(c.weight)
        for name, c in members.items()
        if name not in fixed and name not in locked
    }
    left = total - sum(fixed.values())
    if sum(locked.values()) > left or (not free and sum(locked.values()) != left):
        free, locked = {**free, **{name: float(weight) for name, weight in locked.items()}}, {}
    return {**fixed, **locked, **share_out(left - sum(locked.values()), free)}
