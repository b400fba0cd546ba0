"""Criteria the rubric lacks and could have.

Comes in: attributes in levels, outcomes. Goes out: names and learned criteria. Separate because
weights are one question, criteria another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from icp_engine.crossfit.relearned import candidate_name
from icp_engine.learning.candidates import Binned
from icp_engine.learning.relearn_levels import learn_criterion
from icp_engine.learning.rows import stack_targets
from icp_engine.rubric.edit import ADDED
from icp_engine.rubric.model import Criterion, Rubric
from icp_engine.values.rule import ColumnRule

if TYPE_CHECKING:
    from icp_engine.types import Pair


def name_candidates(rubric: Rubric, candidates: Sequence[Binned]) -> list[str]:
    """Names of what could become one more criterion: those the rubric lacks."""
    used = {candidate_name(rubric, criterion) for criterion in rubric.criteria}
    return [binned.name for binned in candidates if binned.name not in used]


def learned_criterion(
    name: str, weight: int, candidates: Sequence[Binned], targets: list[Pair], seed: int
) -> tuple[Criterion, dict[str, ColumnRule]]:
    """A candidate as a criterion with the levels the derivation accounts suggest, and how its
    column is read.

    targets: (good, bad) weights by account. Raises ValueError for an unknown name, and where there
    are too few outcomes to learn from.
    """
    binned = next((one for one in candidates if one.name == name), None)
    if binned is None or not targets:
        raise ValueError(f"levels of “{name}” cannot be learned from these accounts")
    criterion = learn_criterion(binned, stack_targets(targets, seed), weight)
    rules = {attribute.name: attribute.rule for attribute in binned.attributes}
    return criterion.model_copy(update={"why": ADDED}), rules
