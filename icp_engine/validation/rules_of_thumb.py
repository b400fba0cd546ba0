"""Rules of thumb for an ICP's bands, measured on the judged deals, with intervals.

Comes in: judged accounts and all scores. Goes out: `RuleOfThumb`s. Separate from checks because a
rule of thumb comes from practice, not from this data: missing one is “below the rule of thumb”,
never a failure.
"""

from __future__ import annotations

import numpy as np

from icp_engine.rubric.model import BANDS, NOT_RATED
from icp_engine.stats.auc import effective_number
from icp_engine.stats.ratios import ratio_interval
from icp_engine.types import NOT_APPLICABLE, Estimate, Frame
from icp_engine.validation.measure import Judged, estimate_share
from icp_engine.validation.model import RuleOfThumb, RuleOutcome
from icp_engine.wording.ratios import ratio
from icp_engine.wording.shares import percent, percent_interval

GREEN_DEALS = (0.15, 0.35)
WINS_IN_GREEN = 0.60
GREEN_OVER_RED = 10.0
ACCOUNTS_GREEN = (0.02, 0.40)


def rules_of_thumb(judged: Judged, scores: Frame, *, measurable: bool) -> tuple[RuleOfThumb, ...]:
    """The four rules in a fixed order.

    15–35 % of the judged accounts Green (an account's deals share one vote) · Green holds ≥ 60 % of
    the wins · Green wins ≥ 10 × as often as Red · 2–40 % of all scored accounts Green. `measurable`
    False (scores not fresh, list balanced by hand, no deals): the first three cannot be told.
    """
    green = judged.band == BANDS.index("Green")
    usable = measurable and len(judged.won) > 0
    share = estimate_share(np.ones(len(judged.won)), green) if usable else NOT_APPLICABLE
    wins = estimate_share(judged.won, green) if usable else NOT_APPLICABLE
    as_often = green_over_red(judged) if usable else NOT_APPLICABLE
    everyone = _all_accounts(scores)
    return (
        _within(
            "green-deals",
            f"{percent_interval(*GREEN_DEALS)} of deals are Green",
            share,
            *GREEN_DEALS,
        ),
        _within(
            "wins-in-green",
            f"Green holds at least {percent(WINS_IN_GREEN)} of the wins",
            wins,
            WINS_IN_GREEN,
            1.0,
        ),
        _within(
            "green-over-red",
            f"Green wins at least {ratio(GREEN_OVER_RED)} as often as Red",
            as_often,
            GREEN_OVER_RED,
            np.inf,
            "It takes a rubric that ranks won above lost about 80 times in 100.",
        ),
        _within(
            "green-accounts",
            f"{percent_interval(*ACCOUNTS_GREEN)} of all accounts are Green",
            everyone,
            *ACCOUNTS_GREEN,
            words=("too narrow", "too generic"),
        ),
    )


def green_over_red(judged: Judged) -> Estimate:
    """Win rate of Green over that of Red, by account, with score limits; none where either holds
    nobody.

    Red without a win has a lower limit and no value: the ratio is then “at least” that.
    """
    sides = [judged.won[judged.band == BANDS.index(band)] for band in ("Green", "Red")]
    if not all(len(side) for side in sides) or not sides[0].sum():
        return NOT_APPLICABLE
    ratio, low, high = (
        float(part)
        for part in ratio_interval(sides[0].sum(), len(sides[0]), sides[1].sum(), len(sides[1]))
    )
    known = bool(sides[1].sum() > 0)
    number = float(sum(effective_number(np.ones(len(side))) for side in sides))
    return Estimate(
        ratio if known and np.isfinite(ratio) else None,
        low,
        high if np.isfinite(high) else None,
        number,
    )


def _all_accounts(scores: Frame) -> Estimate:
    """Share of all scored accounts that are Green: a count of what is there, so without an
    interval.
    """
    if not len(scores) or bool((scores["band"] == NOT_RATED).all()):
        return NOT_APPLICABLE
    share = float((scores["band"] == "Green").mean())
    return Estimate(share, None, None, float(len(scores)))


def _within(
    code: str,
    rule: str,
    value: Estimate,
    low: float,
    high: float,
    note: str = "",
    words: tuple[RuleOutcome, RuleOutcome] = ("below the rule of thumb", "above the rule of thumb"),
) -> RuleOfThumb:
    if value.value is None:
        outcome: RuleOutcome = (
            "met" if value.low is not None and value.low >= low else "cannot tell"
        )
        return RuleOfThumb(code, rule, value, outcome, False, note)
    outcome = words[0] if value.value < low else words[1] if value.value > high else "met"
    least = value.value if value.low is None else value.low
    most = (value.value if value.low is None else np.inf) if value.high is None else value.high
    within, touches = low <= least and most <= high, least <= high and most >= low
    return RuleOfThumb(
        code, rule, value, outcome, not within if outcome == "met" else touches, note
    )
