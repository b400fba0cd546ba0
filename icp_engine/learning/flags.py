"""Bad-fit traits as switches of a rubric.

Comes in: traits and indicators. Goes out: `Flag`s, all off. Separate because a rubric carries them
without knowing traits.
"""

from __future__ import annotations

from icp_engine.attributes.model import Indicator, Indicators
from icp_engine.rubric.model import Flag, Match
from icp_engine.traits.model import Traits


def find_flags(indicators: Indicators, traits: Traits) -> tuple[Flag, ...]:
    """Bad-fit traits as switches, all off."""
    tests = {(i.attribute, i.value): test_of(i) for i in indicators.items}
    table = traits.table
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


def test_of(indicator: Indicator) -> Match:
    """What an account is asked to tell whether it has a trait."""
    if indicator.kind == "range":
        return Match(low=indicator.low, high=indicator.high)
    return Match(values=(indicator.value,))
