"""What somebody who sees one page of a study reads first: who, how sure, how the bands did, what to
do.

Comes in: the study as shared. Goes out: sentences. Separate from the pages, which say one thing
each: whoever is sent a link may read no further.
"""

from __future__ import annotations

from icp_engine import Study
from icp_engine.profile.from_traits import AGAINST_DIRECTIONS, flagged_rows, trait_name
from icp_engine.rubric.model import NOT_RATED
from icp_engine.validation.band_order import find_reversals
from icp_engine.wording.numbers import plural
from icp_engine.wording.sentences import listed
from icp_engine.wording.shares import hundred_interval, percent

AGAINST_NAMED = 3
TESTED = {
    "held_out": "On held-out deals,",
    "cross_checked": "Cross-checked,",
    "final": "Cross-checked,",
}
PROVEN = "What to do: work Green accounts first, qualify Yellow ones, and leave Red ones unless they come to you."
PATTERN = "What to do: let it order the list, not close a door: too little is proven yet to leave accounts out."


def in_short(study: Study) -> tuple[str, ...]:
    """Who the ideal customer is and who is not, what a score is, how the bands did, and what that
    is good for.
    """
    summary = next(section for section in study.profile.sections if section.key == "summary")
    lines = [*(statement.text for statement in summary.statements[:1]), against(study)]
    if study.rubric.criteria:
        lines += [scale(study), rates(study), advice(study)]
    return tuple(line for line in lines if line)


def against(study: Study) -> str:
    """“Fits badly: Depots 1 and Fleet Size 1–9.”; “” while nothing is proven."""
    bad = flagged_rows(study.traits.table, AGAINST_DIRECTIONS).head(AGAINST_NAMED)
    return (
        f"Fits badly: {listed([trait_name(row) for row in bad.itertuples()])}." if len(bad) else ""
    )


def scale(study: Study) -> str:
    """What a score and a band are."""
    rubric = study.rubric
    return (
        f"A score of 0 to 100 says how well an account fits, by {plural(len(rubric.criteria), 'attribute')} known "
        f"before the sale: Green from {rubric.green}, Yellow from {rubric.yellow}, Red below."
    )


def rates(study: Study) -> str:
    """Win rate by band with intervals, where deals tell one."""
    found = study.validation
    known = found.bands[found.bands["win_rate"].notna() & (found.bands["deals"] > 0)]
    rows = [row for row in known.itertuples() if row.band != NOT_RATED]
    if found.method not in TESTED or not rows:
        return ""
    said = [
        f"{row.band} won {percent(row.win_rate)} ({hundred_interval(row.low, row.high)}) of "
        f"{plural(row.accounts, 'account')}"
        for row in rows
    ]
    return f"{TESTED[found.method]} {listed(said)}."


def advice(study: Study) -> str:
    """What such a proof is good for; none where there is no signal."""
    found = study.validation
    if found.method not in TESTED or found.verdict.level in ("none", "too_little_data"):
        return ""
    return PATTERN if found.verdict.level == "weak" or find_reversals(found.bands) else PROVEN


def _bad_fit(study: Study) -> str:
    flags = study.rubric.flags
    if not flags:
        return "No trait marks a bad fit beyond chance."
    return f"{plural(len(flags), 'trait marks', 'traits mark')} a bad fit; the clearest: {flags[0].sentence}"


def _criteria(study: Study) -> str:
    rubric = study.rubric
    if not rubric.criteria:
        return "No attribute helps to tell who buys, so accounts are not rated yet."
    scored = (
        f"{plural(len(rubric.criteria), 'criterion', 'criteria')} score every account from 0 to 100"
    )
    return f"{scored}: Green from {rubric.green}, Yellow from {rubric.yellow}."
