"""What the customer stage hands on: who counts, what they are worth, who is best and worst.

Comes in: nothing (definitions only). Goes out: `Metric`, `Customers`, `Best`.
"""

from __future__ import annotations

from dataclasses import dataclass

from icp_engine.intake.columns.role import Column
from icp_engine.types import Frame, Index, Series
from icp_engine.wording.currency import CURRENCY_SIGNS


@dataclass(frozen=True)
class Metric:
    """One value metric: a column of `Customers.accounts`.

    `direction` says whether “more” or “less” is better. `grows_with_time` metrics are ranked among
    customers of the same age. `weight` ≥ 0 is what the objective or the user gives it. `derived` is
    True when computed from deals. `kind` and `metric_class` are keys of `metric_kinds.KINDS` (“ltv”,
    “nrr” …) and `metrics.OBJECTIVE_WEIGHTS` (“value” …).
    """

    name: str
    label: str
    direction: str
    unit: str
    weight: float
    grows_with_time: bool
    derived: bool
    kind: str = "other"
    metric_class: str = "value"

    def unit_in(self, currency: str) -> str:
        """The unit as shown: money (“$” stands for any) in the study's currency, without a sign
        where none is known.
        """
        return CURRENCY_SIGNS.get(currency, currency) if self.unit == "$" else self.unit


@dataclass(frozen=True)
class Customers:
    """Who counts as a customer, and everything known about every account.

    accounts: by account_id, all accounts of the scope: intake's columns, attributes taken from the
        account's first new-business deal, and derived value metrics.
    deals: by deal_id, with deal_type filled (“new”, “renewal”, “upsell”) and `new_business` (bool).
    columns: describes every attribute, metric and known_after column of `accounts`. is_customer:
    bool by account_id. left_out: account_id → why (type, exclusion). too_young: account_ids.
    """

    accounts: Frame
    deals: Frame
    columns: dict[str, Column]
    metrics: tuple[Metric, ...]
    is_customer: Series
    customer_since: Series
    left_out: Series
    too_young: Index


@dataclass(frozen=True)
class AgeDifference:
    """How much longer best customers have been with you: medians in days, 95 % interval of their
    difference.

    `matters` is True where the interval excludes 0 and the difference is 90 days or more.
    """

    difference: float
    low: float
    high: float
    of_best: int
    of_rest: int
    matters: bool
    sentence: str


@dataclass(frozen=True)
class Best:
    """The groups that everything else contrasts. All indexes hold account_ids and are disjoint.

    `scores` 0–1 for every judged customer; `contributions` one column a metric, rows sum to
    `scores`. `set_aside` are held-out accounts that would have been chosen. `basis` says what
    “best” means here (“value” or “won”), `worst_basis` what “worst” rests on, in words. `age` tells
    whether time passes for merit; None where customer-since dates of at least five best and five
    rest are not known.
    """

    accounts: Index
    worst: Index
    rest: Index
    too_young: Index
    set_aside: Index
    scores: Series
    contributions: Frame
    metrics: tuple[Metric, ...]
    basis: str
    worst_basis: str
    sentence: str
    notes: tuple[str, ...] = ()
    age: AgeDifference | None = None

    @property
    def money_metric(self) -> Metric | None:
        """The weightiest metric in money of which more is better, the first of equals: what an
        account is worth. None where there is none; a cost is none.
        """
        money = [m for m in self.metrics if m.unit == "$" and m.direction == "more"]
        return max(money, key=lambda metric: metric.weight, default=None)

    @property
    def value_name(self) -> str:
        """What the worth of an account is called where it is shown."""
        return self.money_metric.label if self.money_metric else "value score"
