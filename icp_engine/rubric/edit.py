"""Editing a rubric by hand: criteria added, removed, renamed and moved, levels set; weights always
sum to 100.

Comes in: a rubric and what a person wants. Goes out: a rubric. Separate from `weights`, which only
moves numbers: here the criteria themselves change. ValueError in words a person understands where
an edit cannot be made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from icp_engine.rubric.model import FIT_UNITS, GROUPS, Criterion, Level, Match, Rubric
from icp_engine.rubric.scoring import find_fits
from icp_engine.rubric.starter import ANSWERS
from icp_engine.rubric.weights import share_out
from icp_engine.values.rule import ColumnRule
from icp_engine.wording.ranges import show_range
from icp_engine.wording.sentences import first_few

if TYPE_CHECKING:
    from icp_engine.types import Frame

MOST = 12
# `Criterion.why` of a criterion whose levels are as the data say
ADDED = "learned from your data, added by hand"
# as `suggest` writes it: levels that differ from the suggestion's are edited ones
EDITED = "suggested from your data"
ANY_OTHER = "any other value"
VALUES_NAMED = 4  # in the label of a level


def add_criterion(
    rubric: Rubric, criterion: Criterion, rules: Mapping[str, ColumnRule] | None = None
) -> Rubric:
    """The rubric with one more criterion of the weight it carries (1–99); the others shrink in
    proportion.

    rules: how its columns are read, where the rubric does not know yet.
    """
    if len(rubric.criteria) >= MOST:
        raise ValueError(f"a rubric holds at most {MOST} criteria: remove one first")
    _check_name(rubric, criterion.name)
    weight = criterion.weight if rubric.criteria else 100
    others = share_out(100 - weight, {c.name: float(c.weight) for c in rubric.criteria})
    criteria = (*_weighed(rubric, others), criterion.model_copy(update={"weight": weight}))
    known = {name: rule for name, rule in (rules or {}).items() if name not in rubric.rules}
    return _made(
        rubric, criteria=criteria, rules={**rubric.rules, **known}, groups=_unlocked(rubric)
    )


def remove_criterion(rubric: Rubric, name: str) -> Rubric:
    """The rubric without a criterion; the others take its weight in proportion."""
    _find(rubric, name)
    rest = {c.name: float(c.weight) for c in rubric.criteria if c.name != name}
    criteria = tuple(c for c in _weighed(rubric, share_out(100, rest)) if c.name != name)
    return _made(rubric, criteria=criteria, groups=_unlocked(rubric))


def rename_criterion(rubric: Rubric, name: str, new: str) -> Rubric:
    """The same criterion under another name; a question is asked under its new name from then on."""
    wanted = new.strip()
    if wanted == name:
        return rubric
    _check_name(rubric, wanted)
    return replace_criterion(rubric, name, name=wanted)


def rename_group(rubric: Rubric, key: str, new: str) -> Rubric:
    """A criterion group under another name; an empty one returns to the usual name."""
    usual = {group.key: group.name for group in GROUPS}
    name = new.strip() or usual.get(key, key)
    if any(group.name == name and group.key != key for group in rubric.groups):
        raise ValueError(f"there is a group “{name}” already")
    return _made(
        rubric,
        groups=tuple(
            group.model_copy(update={"name": name}) if group.key == key else group
            for group in rubric.groups
        ),
    )


def replace_criterion(rubric: Rubric, place: str, /, **changes: Any) -> Rubric:
    """The rubric with some fields of one criterion changed; validated."""
    old = _find(rubric, place)
    new = Criterion.model_validate({**dict(old), **changes})
    return _made(rubric, criteria=tuple(new if c is old else c for c in rubric.criteria))


def set_levels(rubric: Rubric, name: str, levels: Sequence[Level], accounts: Frame) -> Rubric:
    """The criterion with other levels; what an unknown value earns is their average over `accounts`
    (clean rows).

    Levels that were learned and then changed are marked so: nobody can say how they would have been
    changed on other accounts, so out-of-fold figures end there.
    """
    if not levels:
        raise ValueError("a criterion needs at least one level")
    old = _find(rubric, name)
    if tuple(levels) == old.levels:
        return rubric
    why = EDITED if old.why == ADDED else old.why
    changed = replace_criterion(rubric, name, levels=tuple(levels), why=why)
    fits = find_fits(changed, accounts, clean=True).fits[
        :, [c.name for c in changed.criteria].index(name)
    ]
    known = fits[fits >= 0]
    average = int(np.floor(known.mean() + 0.5)) if len(known) else FIT_UNITS // 2
    return replace_criterion(changed, name, unknown_fit=average)


def make_question(name: str, group: str, weight: int, question: str) -> Criterion:
    """A criterion without a column: people answer best, good or none; unknown on old data."""
    levels = tuple(
        Level(label=answer, fit=fit, tests=(Match(values=(answer,)),)) for answer, fit in ANSWERS
    )
    return Criterion(
        name=name.strip(),
        group=group,
        weight=weight,
        levels=levels,
        question=question.strip(),
        unknown_fit=FIT_UNITS // 2,
        why="asked of people",
    )


def value_level(values: Sequence[str], fit: int) -> Level:
    """A level that holds for any of these values; no values: for any other value."""
    names = tuple(dict.fromkeys(value.strip() for value in values if value.strip()))
    if not names or names == (ANY_OTHER,):
        return Level(label=ANY_OTHER, fit=fit, tests=(Match(),))
    label = first_few(names, VALUES_NAMED)
    return Level(label=label, fit=fit, tests=(Match(values=names),))


def range_level(low: float | None, high: float | None, fit: int) -> Level:
    """A level that holds from `low` to below `high`; None is open."""
    if low is not None and high is not None and low >= high:
        raise ValueError(f"a range must end above its beginning: {low:g} to {high:g}")
    whole = all(edge is None or float(edge).is_integer() for edge in (low, high))
    label = ANY_OTHER if low is None and high is None else show_range(low, high, whole=whole)
    return Level(label=label, fit=fit, tests=(Match(low=low, high=high),))


def _find(rubric: Rubric, name: str) -> Criterion:
    found = next((c for c in rubric.criteria if c.name == name), None)
    if found is None:
        raise ValueError(f"the rubric has no criterion “{name}”")
    return found


def _check_name(rubric: Rubric, name: str) -> None:
    if not name:
        raise ValueError("a criterion needs a name")
    if name in {c.name for c in rubric.criteria}:
        raise ValueError(f"there is a criterion “{name}” already")


def _weighed(rubric: Rubric, weights: Mapping[str, int]) -> tuple[Criterion, ...]:
    return tuple(c.model_copy(update={"weight": weights.get(c.name, 0)}) for c in rubric.criteria)


def _unlocked(rubric: Rubric) -> tuple[Any, ...]:
    """Groups without held totals: what they held is no longer what they hold."""
    return tuple(group.model_copy(update={"locked_total": None}) for group in rubric.groups)


def _made(rubric: Rubric, **changes: Any) -> Rubric:
    return Rubric.model_validate({**dict(rubric), **changes, "origin": "by hand"})
