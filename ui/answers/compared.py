"""The rubric in force beside another one, on the same judged deals, in words.

Comes in: the study and another rubric. Goes out: `Comparison`. Separate because two pages compare,
and each must call the other rubric by a name people know.
"""

from __future__ import annotations

from dataclasses import replace

import icp_engine as icp
from icp_engine import Rubric, Study
from icp_engine.validation.model import Comparison


def compared(study: Study, other: Rubric, name: str = "the suggestion") -> Comparison:
    """How often each ranks a won deal above a lost one, and the paired difference; says why where
    nobody can tell.
    """
    found = icp.compare_rubrics(study, other)
    sentence = found.sentence.replace(found.name, name)
    return replace(found, name=name, sentence=sentence[:1].upper() + sentence[1:])
