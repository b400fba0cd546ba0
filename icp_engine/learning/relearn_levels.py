"""The same criteria and weights with levels learned from other accounts.

Comes in: a rubric, which of its criteria were learned, accounts to learn from. Goes out: a rubric
that may score the accounts it did not see. Separate because weights can only be compared on levels
that did not see the outcome.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING

from icp_engine.attributes.model import Attribute
from icp_engine.learning.candidates import Binned, bin_attributes
from icp_engine.learning.fit import code_values, fit_joined
from icp_engine.learning.pairs import name_joined
from icp_engine.learning.rows import Rows, stack_targets
from icp_engine.learning.suggest import cap_points, make_criterion
from icp_engine.rubric.model import Criterion, Rubric
from icp_engine.settings import Settings
from icp_engine.types import Frame

if TYPE_CHECKING:
    from icp_engine.types import Floats


def relearn_levels(
    rubric: Rubric,
    learned: Mapping[str, str],
    accounts: Frame,
    attributes: tuple[Attribute, ...],
    targets: list[tuple[Floats, Floats]],
    settings: Settings,
) -> Rubric:
    """The rubric with the levels of its learned criteria learned anew from `accounts`; all else
    stays.

    learned: criterion name → the name under which it was suggested. targets: (good, bad) weights by
    account. A criterion that these accounts cannot teach (a tag none of them has) has no levels and
    tells nobody apart.
    """
    columns = {name for c in rubric.criteria if c.name in learned for name in c.attributes}
    wanted = tuple(attribute for attribute in attributes if attribute.name in columns)
    candidates = bin_attributes(accounts, wanted, settings)
    rows = stack_targets(targets, settings.seed)
    criteria = tuple(
        _relearned(c, _learn(learned[c.name], candidates, rows, c.weight))
        if c.name in learned
        else c
        for c in rubric.criteria
    )
    return rubric.model_copy(update={"criteria": criteria})


def _relearned(criterion: Criterion, new: Criterion | None) -> Criterion:
    if new is None:
        return criterion.model_copy(update={"levels": (), "unknown_fit": 0})
    return criterion.model_copy(update={"levels": new.levels, "unknown_fit": new.unknown_fit})


def _learn(name: str, candidates: list[Binned], rows: Rows, weight: int) -> Criterion | None:
    """The candidate of this name, single or joined; None where these accounts hold nothing of it."""
    for binned in candidates:
        if binned.name == name:
            return learn_criterion(binned, rows, weight)
    for one, other in combinations(candidates, 2):
        if name == name_joined(one, other):
            return _as_criterion(*fit_joined(one, other, rows), weight)
    return None


def learn_criterion(binned: Binned, rows: Rows, weight: int) -> Criterion:
    """One candidate as a criterion of a given weight, its levels as outcomes say."""
    return _as_criterion(
        binned, code_values(binned.codes, rows, len(binned.labels), binned.ordered), weight
    )


def _as_criterion(binned: Binned, values: Floats, weight: int) -> Criterion:
    points = cap_points(binned, values - values.min())
    reach = float(points[binned.codes[binned.codes >= 0]].max())
    return make_criterion(binned, points / reach if reach > 0 else points, weight)
