"""What falls short of a good proof, in short sentences: cautions and rules of thumb that were
missed.

Comes in: `Validation`. Goes out: sentences, the gravest first. Separate because the page, the
shared page and the document say the first of them beside the verdict, and all stand under Checks.
"""

from __future__ import annotations

from icp_engine.types import Estimate
from icp_engine.validation.model import Check, RuleOfThumb, Validation
from icp_engine.validation.rules_of_thumb import GREEN_DEALS, GREEN_OVER_RED, WINS_IN_GREEN
from icp_engine.wording.ratios import ratio
from icp_engine.wording.shares import percent, percent_interval

SAID_AT_ONCE = 2  # as many as somebody in a hurry reads
# Cautions that turn the result round; the others say how far it carries, and stand behind rules
# surely missed.
GRAVE = ("leak-used", "too-good", "bands-out-of-order", "value-and-deals-disagree")
MISSED: dict[str, str] = {  # too many and too few Green accounts are checks of their own
    "green-deals": f"{{value}} of deals are Green; rule of thumb: {percent_interval(*GREEN_DEALS)}",
    "wins-in-green": f"Green holds {{value}} of the wins; rule of thumb: {percent(WINS_IN_GREEN)} or more",
    "green-over-red": f"Green wins {{value}} as often as Red; rule of thumb: {ratio(GREEN_OVER_RED)} or more",
}


def list_shortfalls(found: Validation) -> tuple[str, ...]:
    """Grave cautions, rules missed beyond chance, other cautions, rules whose miss may be chance; a
    sentence each.

    Empty where nothing falls short; what could not be measured is no shortfall.
    """
    cautions = [check for check in found.checks if check.outcome == "caution"]
    surely, perhaps = missed_rules(found, chance=False), missed_rules(found, chance=True)
    return (
        *(_caution(check) for code in GRAVE for check in cautions if check.code == code),
        *surely,
        *(_caution(check) for check in cautions if check.code not in GRAVE),
        *perhaps,
    )


def missed_rules(found: Validation, *, chance: bool | None = None) -> tuple[str, ...]:
    """Rules of thumb that were missed, in their order. chance: only those whose miss may be chance,
    or may not.
    """
    missed = (
        rule
        for rule in found.rules
        if rule.code in MISSED
        and rule.outcome not in ("met", "cannot tell")
        and _in_reach(rule, found)
    )
    return tuple(_missed(rule) for rule in missed if chance in (None, rule.could_be_chance))


def _in_reach(rule: RuleOfThumb, found: Validation) -> bool:
    """Whether any rubric could keep it: where Red wins one deal in ten or more, nothing wins ten
    times as often.
    """
    red = found.bands.loc[found.bands["band"] == "Red", "win_rate"]
    return rule.code != "green-over-red" or not bool((red >= 1 / GREEN_OVER_RED).any())


def _caution(check: Check) -> str:
    return (
        check.finding if check.code == "bands-out-of-order" else f"{check.title}: {check.finding}"
    )


def _missed(rule: RuleOfThumb) -> str:
    chance = "; this may be chance" if rule.could_be_chance else ""
    return MISSED[rule.code].format(value=_value(rule.code, rule.value)) + f"{chance}."


def _value(code: str, value: Estimate) -> str:
    """A share as “41 %”, a ratio as “5.3 ×”; a rule that was missed has a value."""
    return ratio(value.value) if code == "green-over-red" else percent(value.value)
