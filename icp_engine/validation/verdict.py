"""The verdict on a rubric: how strong the proof is, in a sentence for a sales lead.

Comes in: metrics and how they were obtained. Goes out: `Verdict` and the page's sentence. Separate
because the rule that turns an interval into a word must stand in one place, and must not know the
rubric.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import expit, logit
from scipy.stats import norm

from icp_engine.stats.auc import newcombe_interval
from icp_engine.types import Estimate, Frame, Verdict, VerdictLevel
from icp_engine.validation.model import Proven
from icp_engine.wording.numbers import show_step, show_times
from icp_engine.wording.shares import in_hundred, times_in_hundred

STRONG_FROM, MODERATE_FROM, CHANCE, NONE_BELOW = 0.65, 0.55, 0.50, 0.60
NEEDED_EACH = 10  # won and lost accounts under which nothing is judged
MODEST_AUC = 0.65  # what a useful rubric reaches; used to say how many deals would show it
NO_PROFILE = (
    "These attributes carry no ideal customer profile: no weighting of them tells good accounts from bad "
    "ones better than chance, so no account is rated."
)


@dataclass(frozen=True)
class Evidence:
    """What the verdict rests on.

    `method`: that of the hold-out, or “own_list”. `fresh`: the scores were made without the deals
    judged. `won_accounts`, `lost_accounts`: an account counts by the larger share of its deals
    (half and half: won). `by_hand`: a person set the rubric. `learned`: it was fitted to this
    study's data before that, so deals and customers that were not set aside flatter it. `looks`:
    earlier checks on the same deals. `has_criteria`: the rubric has any. `searched`: there was
    enough to learn from, so that having none is a finding. `rates_known`: False for a list balanced
    by hand. `changes_carried`: a changed rubric was tested out of fold, its changes carried over.
    `value_note`: why value was not tested.
    """

    method: str
    fresh: bool
    has_criteria: bool
    auc: Estimate
    auc_value: Estimate
    won_accounts: int
    lost_accounts: int
    bands: Frame
    looks: int = 0
    rates_known: bool = True
    by_hand: bool = False
    learned: bool = True
    searched: bool = False
    changes_carried: bool = False
    value_note: str = ""

    @property
    def flattered_on_value(self) -> bool:
        """Whether the customers that test the value are those the rubric was fitted to."""
        return self.by_hand and self.learned and not self.changes_carried

    @property
    def proven(self) -> Proven:
        """What is better than chance: the lower limit of its AUC exceeds ½ on scores that do not
        flatter it.
        """
        ranks = _holds(after_looks(self.auc, self.looks))
        deals = self.on_deals and not _too_few(self) and not self.flattered_on_deals and ranks
        value = self.has_criteria and not self.flattered_on_value and _holds(self.auc_value)
        if not self.has_criteria:
            return "neither"
        return ("both" if value else "deals") if deals else ("value" if value else "neither")

    @property
    def flattered_on_deals(self) -> bool:
        """The same for deals: only deals set aside, or a list from outside, are free of it."""
        return self.flattered_on_value and self.method in ("cross_checked", "final")

    @property
    def on_deals(self) -> bool:
        """Whether there are deals that can prove anything."""
        return (
            self.method not in ("no_deals", "too_little")
            and self.fresh
            and self.auc.value is not None
        )


def level_of(estimate: Estimate) -> VerdictLevel:
    """Level from a 95 % interval [L, U] of AUC: strong L ≥ .65, moderate L ≥ .55, weak L > .50,
    none L ≤ .50 and U < .60, else too little data.
    """
    if estimate.low is None or estimate.high is None:
        return "too_little_data"
    if estimate.low >= STRONG_FROM:
        return "strong"
    if estimate.low >= MODERATE_FROM:
        return "moderate"
    if estimate.low > CHANCE:
        return "weak"
    return "none" if estimate.high < NONE_BELOW else "too_little_data"


def _holds(estimate: Estimate) -> bool:
    return level_of(estimate) in ("strong", "moderate", "weak")


def in_points(*shares: float) -> list[str]:
    """Differences of shares in points of 100 with their sign: “+4”, “−2”, “0”."""
    return [show_step(100 * share, 0) for share in shares]


def ranking_sentence(auc: Estimate) -> str:
    """The AUC on deals as a clause."""
    return f"ranks a won deal above a lost one {times_in_hundred(auc)}"


def accounts_needed(auc: Estimate, won: int, lost: int, looks: int = 0) -> tuple[int, int]:
    """How many more won and lost accounts would lift the lower limit above chance, at today's mix.

    Assumes the AUC seen so far, or 0.65 where less was seen. Never fewer than what ten of each
    lack. The limit is the one that counts after `looks`.
    """
    assumed = max(auc.value or 0.0, MODEST_AUC)
    start_won, start_lost = max(won, NEEDED_EACH), max(lost, NEEDED_EACH)
    multiples = 1.1 ** np.arange(60)
    lower = _widened(
        assumed, newcombe_interval(assumed, start_won * multiples, start_lost * multiples)[0], looks
    )
    times = float(multiples[int(np.argmax(lower > CHANCE))])
    return round(start_won * times) - won, round(start_lost * times) - lost


def judge_evidence(evidence: Evidence) -> Verdict:
    """The verdict, first rule that fits: nothing to test on, too few deals, no criteria, else by
    the interval.
    """
    if evidence.method == "no_deals":
        return _on_value(evidence)
    if not evidence.fresh and evidence.method != "too_little":
        return _not_fresh(evidence)
    if not evidence.has_criteria and evidence.searched:
        return Verdict("none", NO_PROFILE, _reasons(evidence))
    if _too_few(evidence):
        return _too_little(evidence)
    if evidence.flattered_on_deals:
        return Verdict(
            "too_little_data",
            "Not proven: the rubric was fitted to these same deals and then changed. On "
            f"them it {ranking_sentence(evidence.auc)}, which flatters it.",
            _reasons(evidence),
        )
    if not evidence.has_criteria:
        return _nothing_learned(evidence)
    return _by_interval(evidence)


def _nothing_learned(evidence: Evidence) -> Verdict:
    """No criteria, and too little to learn from for that to be a finding."""
    if evidence.by_hand:
        return Verdict(
            "too_little_data", "Not tested: the rubric has no criteria.", _reasons(evidence)
        )
    return Verdict(
        "too_little_data",
        f"Too little data to learn a rubric from {evidence.won_accounts} won and "
        f"{evidence.lost_accounts} lost accounts: nothing told them apart, which so few cannot settle.",
        _reasons(evidence),
    )


def _too_few(evidence: Evidence) -> bool:
    fewest = min(evidence.won_accounts, evidence.lost_accounts)
    return evidence.method == "too_little" or fewest < NEEDED_EACH or evidence.auc.value is None


def after_looks(auc: Estimate, looks: int) -> Estimate:
    """The estimate with the limits it needs after `looks` earlier checks of other rubrics on the
    same deals.

    Each check is one more chance to please by luck, so the 5 % are shared among all of them
    (Bonferroni): the limits of 95 % move apart on the scale of log odds by the ratio of the normal
    quantiles.
    """
    if (
        not looks
        or auc.value is None
        or auc.low is None
        or auc.high is None
        or not 0 < auc.low < auc.high < 1
    ):
        return auc
    middle = float(np.clip(auc.value, auc.low, auc.high))
    low, high = (float(_widened(middle, limit, looks)) for limit in (auc.low, auc.high))
    return Estimate(auc.value, low, high, auc.n)


def _widened(middle: float, limits: Any, looks: int) -> Any:
    """Limits of 95 %, in (0, 1), as far from the middle as `looks` ask for; many at once."""
    wider = float(norm.ppf(1 - 0.025 / (looks + 1)) / norm.ppf(0.975))
    return expit(logit(middle) + wider * (logit(limits) - logit(middle)))


def level_after_looks(auc: Estimate, looks: int) -> VerdictLevel:
    """The level by the limits after `looks`; with any, moderate at best until new deals arrive."""
    level = level_of(after_looks(auc, looks))
    return "moderate" if looks and level == "strong" else level


def _by_interval(evidence: Evidence) -> Verdict:
    strict = after_looks(evidence.auc, evidence.looks)
    level, reasons = level_after_looks(evidence.auc, evidence.looks), _reasons(evidence)
    if level != level_of(evidence.auc):
        reasons += (
            f"The rubric was changed and checked {show_times(evidence.looks)} on the same deals, so more is "
            f"asked of it: a lower limit of {in_hundred(strict.low or 0)} in 100 counts, and the best verdict "
            "is moderate until new deals arrive.",
        )
    return Verdict(level, _level_sentence(level, evidence), reasons)


def _level_sentence(level: VerdictLevel, evidence: Evidence) -> str:
    ranks = ranking_sentence(evidence.auc)
    value = (
        f" It does rank a best customer above another one {times_in_hundred(evidence.auc_value)}."
    )
    value = value if evidence.proven == "value" else ""
    if level == "none":
        return f"No signal on deals: the rubric {ranks}; a coin would reach 50.{value}"
    if level == "too_little_data":
        won, lost = accounts_needed(
            evidence.auc, evidence.won_accounts, evidence.lost_accounts, evidence.looks
        )
        needed = (
            f"about {won} more won and {lost} more lost accounts"
            if won + lost
            else "more closed deals"
        )
        return (
            f"Too little data: the rubric {ranks}, which could still be chance; {needed} are needed to "
            f"tell.{value}"
        )
    return f"{level.capitalize()} proof {_proven_on(evidence, level)}: the rubric {ranks}."


def _proven_on(evidence: Evidence, level: VerdictLevel) -> str:
    """What the proof speaks of: deals, value, or both; how far on value, where that is another
    level.
    """
    if evidence.proven == "both":
        value = level_of(evidence.auc_value)
        return "on deals and on value" if value == level else f"on deals, {value} on value"
    return (
        "on deals, not on value"
        if evidence.auc_value.value is not None
        else "on deals (value not tested)"
    )


def _too_little(evidence: Evidence) -> Verdict:
    won, lost = (max(NEEDED_EACH - n, 0) for n in (evidence.won_accounts, evidence.lost_accounts))
    missing = " and ".join(f"{n} more {word}" for n, word in ((won, "won"), (lost, "lost")) if n)
    wanted = f"at least {missing} are needed" if missing else "more closed deals are needed"
    return Verdict(
        "too_little_data",
        f"Too little data to test the rubric: {evidence.won_accounts} won and {evidence.lost_accounts} lost accounts "
        f"can be judged; {wanted}.",
        (
            "Under 10 won and 10 lost accounts no figure tells skill from luck: read the rubric as a pattern, "
            "not proven.",
            *_value_reason(evidence),
        ),
    )


def _not_fresh(evidence: Evidence) -> Verdict:
    return Verdict(
        "too_little_data",
        "Not tested: the rubric was fitted on every deal there is, so none is left to test it on.",
        (
            "New deals will test it; the proof of the version before stands in its own validation.",
            *_value_reason(evidence),
        ),
    )


def _on_value(evidence: Evidence) -> Verdict:
    if not evidence.has_criteria and evidence.searched:
        return Verdict("none", NO_PROFILE + " It was not tested on deals.", _value_reason(evidence))
    if not evidence.has_criteria:
        return Verdict(
            "too_little_data",
            "Not tested on deals, and there are too few customers to learn a rubric from.",
        )
    level = level_of(evidence.auc_value)
    if evidence.auc_value.value is None:
        why = evidence.value_note or "there are too few customers to test it on value"
        return Verdict(
            "too_little_data",
            f"Not tested on deals: no closed deals were given. Not tested on value: {why}.",
        )
    ranks = f"it ranks a best customer above another one {times_in_hundred(evidence.auc_value)}"
    if evidence.flattered_on_value:
        return Verdict(
            "too_little_data",
            f"Not tested on deals and not proven on value: {ranks}, but it was fitted to "
            "these same customers and then changed.",
        )
    tail = {
        "none": ", no better than a coin",
        "too_little_data": ", which could still be chance",
    }.get(level, "")
    return Verdict(
        level,
        f"Not tested on deals; on value, {ranks}{tail}.",
        (
            "Value was tested by scoring each customer with a rubric that had not seen it. "
            "Closed won and lost deals would show whether the rubric also tells who buys.",
        ),
    )


def _reasons(evidence: Evidence) -> tuple[str, ...]:
    return (
        *_method_reason(evidence),
        *band_sentences(evidence),
        *_balance_reason(evidence),
        *_value_reason(evidence),
    )


def _method_reason(evidence: Evidence) -> tuple[str, ...]:
    counted = f"{evidence.won_accounts} won and {evidence.lost_accounts} lost accounts"
    if evidence.changes_carried and evidence.method == "cross_checked":
        return (
            f"Cross-checked, not held out: each of the {counted} was scored by a rubric made without it and "
            "changed in the same way.",
        )
    if evidence.by_hand and evidence.method in ("cross_checked", "final"):
        fitted = "fitted to them and then changed" if evidence.learned else "set by hand"
        return (f"Tried on the {counted} there are; the rubric was {fitted}.",)
    words = {
        "held_out": f"Tested on the {counted} that took no part in making the rubric.",
        "cross_checked": f"Cross-checked, not held out: each of the {counted} was scored by a rubric made without it.",
        "final": f"The rubric was refitted on everything; each of the {counted} was scored by one made without it.",
        "own_list": f"Tested on the {counted} from the list given; whether the rubric was made from them is not known.",
    }
    return (words[evidence.method],) if evidence.method in words else ()


def _balance_reason(evidence: Evidence) -> tuple[str, ...]:
    if evidence.rates_known:
        return ()
    return (
        "The list holds exactly as many won as lost deals, as lists picked by hand do; win rates and shares from "
        "it would not be your market's, so they are withheld.",
    )


def band_sentences(evidence: Evidence) -> tuple[str, ...]:
    """“Green won 11 of 15 deals.” for each band that holds any; without rates, its part of the won
    and of the lost.
    """
    rows = [row for row in evidence.bands.itertuples() if row.deals > 0]
    if evidence.rates_known:
        return tuple(f"{row.band} won {row.won} of {row.deals} deals." for row in rows)
    won = int(evidence.bands["won"].sum())
    lost = int(evidence.bands["deals"].sum()) - won
    return tuple(
        f"{row.band} holds {row.won} of the {won} won and {row.deals - row.won} of the {lost} lost deals."
        for row in rows
    )


def _value_reason(evidence: Evidence) -> tuple[str, ...]:
    if evidence.auc_value.value is None:
        why = f": {evidence.value_note}" if evidence.value_note else ""
        return (
            (f"Whether it also finds the best customers was not tested{why}.",)
            if evidence.on_deals or why
            else ()
        )
    level = level_of(evidence.auc_value)
    proof = f"{level} proof" if level in ("strong", "moderate", "weak") else "not proven"
    text = f"On value, it ranks a best customer above another one {times_in_hundred(evidence.auc_value)}"
    if evidence.flattered_on_value:
        return (
            text
            + ", but it was fitted to these same customers and then changed: not proven on value.",
        )
    return (f"{text}: {proof} on value.",)


def page_sentence(evidence: Evidence, verdict: Verdict) -> str:
    """The page's first sentence: what the bands did, where they did anything, else the verdict."""
    proven = verdict.level in ("strong", "moderate", "weak") and evidence.on_deals
    rows = {row.band: row for row in evidence.bands.itertuples()}
    green, red = rows["Green"], rows["Red"]
    if not proven or not green.deals or not red.deals or not evidence.rates_known:
        return verdict.sentence
    return (
        f"Green won {green.won} of {green.deals} deals and Red {red.won} of {red.deals}: the rubric "
        f"{ranking_sentence(evidence.auc)}."
    )
