"""What hold-out and validation hand on.

Comes in: nothing (definitions only). Goes out: `HoldOut`, `Check`, `Validation`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from icp_engine.types import Estimate, Frame, Index, Series, Verdict


@dataclass(frozen=True)
class Check:
    """A coded caution about the result. outcome: “passed”, “caution” or “not_applicable”."""

    code: str
    title: str
    outcome: Literal["passed", "caution", "not_applicable"]
    how_detected: str
    why_it_matters: str
    what_to_do: str
    finding: str


RuleOutcome = Literal[
    "met",
    "below the rule of thumb",
    "above the rule of thumb",
    "too narrow",
    "too generic",
    "cannot tell",
]
Proven = Literal["both", "deals", "value", "neither"]


@dataclass(frozen=True)
class RuleOfThumb:
    """One rule of thumb beside its measured value. `could_be_chance`: the interval reaches across
    the rule's border.

    A `value` without value but with a lower limit is a ratio over nothing: “at least” that much.
    """

    code: str
    rule: str
    value: Estimate
    outcome: RuleOutcome
    could_be_chance: bool
    note: str = ""


@dataclass(frozen=True)
class Validation:
    """How the rubric does on deals the derivation never saw.

    metrics: name → Estimate: “auc” (ranks a won deal above a lost one), “auc_value” (best above
        rest, cross-fitted), “average_precision”, “win_rate” (of the window), “win_rate_green”,
        “win_rate_yellow”, “win_rate_red”, “share_green”, “wins_in_green”, “deals_per_win” ….
    bands: one row a band (Green, Yellow, Red, Not rated): band, accounts, deals, won, win_rate,
    low, high. scored: one row a held-out deal: deal_id, account_id, won, score, band, closed_date,
    amount. histogram: score (0–100 by 5), won, lost counts. open_deals: by band: deals, amount.
    proven: what the verdict proves, “deals”, “value”, “both” or “neither”; `ideal`: both, without
    contradiction. value_note: why value was not tested, else empty. gain, calibration, confusion:
    see `curves`; empty where nothing may be said. power: see `power`. rules: rules of thumb.
    missed: wins that were Red and losses that were Green: deal_id, account_id, outcome, score,
        band, closed_date, amount, reason; the dearest first, at most 50 of each; `missed_counts`
    all of them. recent: the last won and lost deals to read: deal_id, account_id, won, score, band,
    closed_date, amount, held_out
        (False: its account took part in derivation, its score is out of fold).
    customers_by_band: see `customers_by_band`; empty without mature customers.
    explain: account_ids → one sentence an account, for `missed`; None: no reasons.
    """

    metrics: dict[str, Estimate]
    bands: Frame
    holdout: tuple[str, ...]
    permutation_p: float | None
    verdict: Verdict
    checks: tuple[Check, ...]
    scored: Frame
    histogram: Frame
    open_deals: Frame
    method: str
    sentence: str
    proven: Proven
    value_note: str
    gain: Frame
    calibration: Frame
    confusion: Frame
    power: Frame
    rules: tuple[RuleOfThumb, ...]
    missed_counts: dict[str, int]
    recent: Frame
    customers_by_band: Frame
    explain: Callable[[Index], Series] | None = field(default=None, repr=False, compare=False)

    @cached_property
    def missed(self) -> Frame:
        """What the bands got wrong, with reasons; made when first asked for, since reasons are
        slow.
        """
        # the reading of missed deals imports this module
        from icp_engine.validation.reading import list_missed

        return list_missed(self.scored, self.explain)

    @property
    def accounts_by_outcome(self) -> tuple[int, int]:
        """Won and lost accounts that were judged; an account counts once, by the larger share of
        its deals.
        """
        shares = self.scored.groupby("account_id")["won"].mean()
        won = round(float(shares.sum()))
        return won, len(shares) - won

    @property
    def ideal(self) -> bool:
        """Whether “ideal” is earned: proven on deals and on value, and the two do not contradict
        each other.
        """
        contradicts = any(
            c.code == "value-and-deals-disagree" and c.outcome == "caution" for c in self.checks
        )
        return self.proven == "both" and not contradicts


@dataclass(frozen=True)
class Comparison:
    """Two scores on the same judged deals. All figures are by account; `difference` is ours less
    the other's.

    `auc_ours`, `auc_other`: Estimates. `difference`: of AUC, paired, with its 95 % interval.
    `table`: one row a score (“ours”, the other's name): auc, low, high, wins_in_top, top_low,
    top_high: share of all wins among the same number of accounts, namely as many as ours puts in
    Green. `only_accounts`: judged accounts both could score.
    """

    name: str
    auc_ours: Estimate
    auc_other: Estimate
    difference: Estimate
    table: Frame
    only_accounts: int
    sentence: str
