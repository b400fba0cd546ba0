"""Bad-fit traits as switches of a rubric.

Comes in: traits and indicators. Goes out: `Flag`s, all off. Separate because a rubric carries them
without knowing traits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from icp_engine.rubric.model import Flag, Match

if TYPE_CHECKING:
    from icp_engine.study.study import Study


def flags(study: Study) -> tuple[Flag, ...]:
    """Bad-fit traits as switches, all off."""
    tests = {(i.attribute, i.value): _test(i) for i in study.indicators.items}
    table = study.traits.table
    flagged = table[table["strength"] != ""]
    return tuple(
        Flag(
            attribute=row.attribute,
            test=tests[(row.attribute, row.value)],
            strength=row.strength,
            sentence=row.sentence,
        )
        for row in flagged.itertuples()
        if (row.attribute, row.value) in tests and row.value != "Other"
    )


def _test(indicator: Any) -> Match:
    if indicator.kind == "range":
        return Match(low=indicator.low, high=indicator.high)
    return Match(values=(indicator.value,))
