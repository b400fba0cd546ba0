"""Criteria the rubric lacks and could have.

Comes in: attributes. Goes out: names and learned criteria. Separate because weights are one
question, criteria another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from icp_engine.crossfit.relearned import candidate_name, targets
from icp_engine.learning.candidates import Binned, bin_attributes
from icp_engine.learning.derivation import compared_accounts
from icp_engine.learning.relearn_levels import learn_criterion
from icp_engine.learning.rows import stack_targets
from icp_engine.rubric.edit import ADDED
from icp_engine.rubric.model import Criterion
from icp_engine.values.rule import ColumnRule

if TYPE_CHECKING:
    from icp_engine.study.study import Study


def criterion_candidates(study: Study) -> list[str]:
    """Names of what could become one more criterion: attributes that may score, and tags, that the
    rubric lacks.
    """
    used = {candidate_name(study.rubric, c) for c in study.rubric.criteria}
    return [binned.name for binned in _candidates(study) if binned.name not in used]


def learned_criterion(
    study: Study, name: str, weight: int
) -> tuple[Criterion, dict[str, ColumnRule]]:
    """A candidate as a criterion with the levels the derivation accounts suggest, and how its
    column is read.

    Raises ValueError for an unknown name, and where there are too few outcomes to learn from.
    """
    binned = next((one for one in _candidates(study) if one.name == name), None)
    found = targets(study)
    if binned is None or not found:
        raise ValueError(f"levels of “{name}” cannot be learned from these accounts")
    criterion = learn_criterion(binned, stack_targets(found, study.settings.seed), weight)
    rules = {attribute.name: attribute.rule for attribute in binned.attributes}
    return criterion.model_copy(update={"why": ADDED}), rules


def _candidates(study: Study) -> list[Binned]:
    return study._memo.get(
        ("criterion_candidates", study._key("suggestion")),
        lambda: bin_attributes(
            compared_accounts(study), study.attributes.attributes, study.settings
        ),
    )
