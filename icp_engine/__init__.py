"""ICP Workbench's engine: from CRM exports to an Ideal Customer Profile tested on deals it never
saw.

>>> import icp_engine as icp
>>> study = icp.Study.open("accounts.csv", "deals.csv")
>>> study.validation.verdict.sentence

Names load when first used, so that `import icp_engine` stays quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from icp_engine.version import __version__

if TYPE_CHECKING:
    from icp_engine.intake.columns.role import Role
    from icp_engine.learning.from_table import suggest_rubric
    from icp_engine.problems import InputRefused, Problem
    from icp_engine.rubric.model import Rubric
    from icp_engine.settings import Settings
    from icp_engine.study.compare import compare_rubrics
    from icp_engine.study.study import Study
    from icp_engine.validation.model import Validation
    from icp_engine.validation.validate import validate

__all__ = [
    "InputRefused",
    "Problem",
    "Role",
    "Rubric",
    "Settings",
    "Study",
    "Validation",
    "__version__",
    "compare_rubrics",
    "suggest_rubric",
    "validate",
]

_HOMES = {
    "Study": "icp_engine.study.study",
    "Settings": "icp_engine.settings",
    "Rubric": "icp_engine.rubric.model",
    "suggest_rubric": "icp_engine.learning.from_table",
    "validate": "icp_engine.validation.validate",
    "compare_rubrics": "icp_engine.study.compare",
    "Validation": "icp_engine.validation.model",
    "Problem": "icp_engine.problems",
    "InputRefused": "icp_engine.problems",
    "Role": "icp_engine.intake.columns.role",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module “icp_engine” has no attribute “{name}”")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
