"""What the trait table as a whole says, for a sales lead.

Comes in: the finished tables and the groups. Goes out: a `Verdict`. Separate because it is the only
place that judges the whole rather than a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from icp_engine.traits.flags import sets_apart
from icp_engine.types import Frame, Verdict, VerdictLevel
from icp_engine.wording.ratios import ratio
from icp_engine.wording.shares import percent

if TYPE_CHECKING:
    from icp_engine.settings import Settings
    from icp_engine.traits.compare import Groups

FEWEST = 10  # best, and rest, under which a comparison is a pattern and not proof
STRONG_LIFT, MODERATE_LIFT = 2.0, 1.5  # lower limit of the clearest trait's lift
CLEAR_LIFT = 2.5  # “none” says how little could be seen when only larger lifts could


def enough_accounts(groups: Groups) -> bool:
    """Whether best and rest are large enough for a claim."""
    return len(groups.best) >= FEWEST and len(groups.rest) >= FEWEST


def judge(table: Frame, groups: Groups, labels: list[str], settings: Settings) -> Verdict:
    """The verdict. `labels`: the traits' names in the table's order.

    strong: traits of at least three attributes point to the best, the clearest claim with a lower
    limit of at least 2 ×; moderate: claims about two attributes, or one with at least 1.5 ×; weak:
    anything claimed; none: nothing; too_little_data: under ten best or ten others.
    """
    if not enough_accounts(groups):
        return _too_little(groups, settings)
    if table.empty:
        return Verdict(
            "none",
            "No attribute can be compared, so nothing sets your best customers apart.",
            ("Add columns that describe the companies, such as industry, size or tools.",),
        )
    claimed = (table["direction"] != "none").to_numpy()
    if not claimed.any():
        return _none(table, groups)
    towards = np.flatnonzero(sets_apart(table))
    bad = int((table["direction"] == "anti").sum())
    lead = int(towards[0]) if len(towards) else int(np.flatnonzero(claimed)[0])
    sentence = _lead_sentence(table.iloc[lead], labels[lead], len(towards), bad)
    because = (
        f"{len(table)} traits were tried; at most {percent(settings.false_discovery_rate)} of those named "
        "are expected to be chance.",
        f"{_traits(bad, 'points', 'point')} to a bad fit."
        if bad
        else "No trait points to a bad fit.",
    )
    return Verdict(_level(table[claimed]), sentence, because)


def _level(claimed: Frame) -> VerdictLevel:
    attributes = claimed["attribute"].nunique()
    low = np.nan_to_num(_clearest_limit(claimed), nan=0.0)
    towards = claimed.loc[claimed["direction"] != "anti", "attribute"].nunique()
    if towards >= 3 and low.max() >= STRONG_LIFT:
        return "strong"
    return "moderate" if attributes >= 2 or low.max() >= MODERATE_LIFT else "weak"


def _clearest_limit(claimed: Frame) -> np.ndarray:
    """The limit nearer to 1 of each claimed lift, told as a ratio above 1."""
    best = np.maximum(claimed["lift_low"], 1 / np.maximum(claimed["lift_high"], 1e-9))
    worst = np.maximum(claimed["lift_worst_low"], 1 / np.maximum(claimed["lift_worst_high"], 1e-9))
    return np.fmax(best.to_numpy(), worst.to_numpy())


def _lead_sentence(row: Frame, label: str, towards: int, bad: int) -> str:
    if not towards:
        what, ending = _traits(bad, "tells", "tell"), "of the worst against"
        counts = f"{row['n_worst']} of {row['of_worst']} {ending} {row['n_best']} of {row['of_best']} best"
        return f"{what} bad fits apart and none the best; the clearest: {label}, {counts}."
    what = _traits(towards, "sets", "set")
    counts = f"{row['n_best']} of {row['of_best']} best against {row['n_rest']} of {row['of_rest']} others"
    return f"{what} your best customers apart; the clearest: {label}, {counts}."


def _traits(count: int, one: str, many: str) -> str:
    return f"1 trait {one}" if count == 1 else f"{count} traits {many}"


def _none(table: Frame, groups: Groups) -> Verdict:
    visible = visible_lift(len(groups.best), len(groups.rest))
    few = f"; with so few customers only differences of about {ratio(visible)} would show"
    sentence = (
        f"No trait sets your best customers apart: none of {len(table)} tried differs by more than chance "
        f"between {len(groups.best)} best and {len(groups.rest)} others{few if visible > CLEAR_LIFT else ''}."
    )
    return Verdict(
        "none",
        sentence,
        (
            f"A trait that one in five others holds would show from about {ratio(visible)} upwards; "
            "smaller differences could be there unseen.",
        ),
    )


def visible_lift(best: int, rest: int, share: float = 0.2) -> float:
    """The lift found four times in five (single test at 1 %) when `share` of the rest hold the
    trait.
    """
    reach = special.ndtri(0.995) + special.ndtri(0.8)
    lifts = np.linspace(1.0, 1 / share, 801)
    held = lifts * share
    error = np.sqrt(held * (1 - held) / best + share * (1 - share) / rest)
    found = held - share >= reach * error
    return float(lifts[np.argmax(found)]) if found.any() else float(lifts[-1])


def _too_little(groups: Groups, settings: Settings) -> Verdict:
    best, rest, judged = len(groups.best), len(groups.rest), sum(len(rows) for rows in groups.all)
    # at most a third of the judged customers can be best
    wanted = max(settings.min_best, FEWEST) * 3
    more = max(wanted - judged, FEWEST - best, FEWEST - rest)
    sentence = (
        f"Too few customers to prove what sets the best apart: {best} best and {rest} others; about {more} "
        f"more customers older than {settings.min_age_days} days are needed."
    )
    return Verdict(
        "too_little_data",
        sentence,
        (
            f"Under {FEWEST} best or {FEWEST} others, chance alone makes large differences; the counts are shown as a "
            "pattern, not proven.",
        ),
    )
