"""Every tunable of a study, with unit, default and reason; one frozen object, saved with every
result.

Comes in: nothing. Goes out: `Settings`. Separate because equal data and equal settings must give
equal results.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from icp_engine.rubric.model import Rubric
from icp_engine.types import Frozen

Objective = Literal["convert", "keep", "grow", "spend", "partners", "new_market", "product"]
OBJECTIVES: dict[str, str] = {
    "convert": "Convert more and faster",
    "keep": "Keep customers",
    "grow": "Grow accounts",
    "spend": "Spend marketing money better",
    "partners": "Recruit partners",
    "new_market": "Enter a new market",
    "product": "Guide the product",
}


class Filter(Frozen):
    """One row filter of the scope: rows of `table` (“accounts” or “deals”) whose `column` fits are
    kept.

    Kept are rows with one of `values`, without any of `exclude` (an empty cell is none of them),
    and from `low` to `high`. Days of closing say nothing of open deals, which have none or only a
    plan: they stay, unless `keep_open` is False. In no other column does `keep_open` matter.
    """

    table: Literal["accounts", "deals"] = Field("deals", description="whose rows are filtered")
    column: str = Field(description="the column that is looked at")
    values: tuple[str, ...] = Field((), description="rows with one of these stay; empty: all")
    exclude: tuple[str, ...] = Field((), description="rows with one of these leave")
    low: str | None = Field(None, description="rows from here stay: a number or an ISO date")
    high: str | None = Field(None, description="rows up to here stay: a number or an ISO date")
    keep_open: bool | None = Field(
        None, description="open deals stay whatever their closing day; False: they leave too"
    )


class Condition(Frozen):
    """A hard condition on best customers, off unless listed: `metric` `at_least`/`at_most` a number
    in its unit.
    """

    metric: str = Field(description="the value metric, by its column")
    at_least: float | None = Field(
        None, allow_inf_nan=False, description="lowest value that passes, in its unit"
    )
    at_most: float | None = Field(
        None, allow_inf_nan=False, description="highest value that passes, in its unit"
    )
    times_median: bool = Field(
        False, description="the limits count medians of the judged customers, not units"
    )


class Settings(Frozen):
    """All tunables of a study. Shares are 0–1, ages in days, seeds are settings."""

    # What was understood, where a person says otherwise
    as_of: str | None = Field(
        None, description="ISO date the data speaks for; None: the newest date in the data"
    )
    read_on: str | None = Field(
        None,
        description="ISO date the files were read: customers who left by then have left, later ends are plans",
    )
    roles: dict[str, dict[str, str]] = Field(
        default_factory=dict, description="table → column → role, where the one understood is wrong"
    )
    table_kinds: dict[str, str] = Field(
        default_factory=dict,
        description="table → kind (accounts, deals, orders …; unused), where the one understood is wrong",
    )
    attribute_kinds: dict[str, str] = Field(
        default_factory=dict,
        description="attribute → kind (firmographic, technographic …); it decides the criterion's group",
    )
    missing_words: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, description="column → words that mean empty"
    )
    kept_words: dict[str, tuple[str, ...]] = Field(
        default_factory=dict,
        description="column → words that are real values there although they usually mean empty",
    )
    merges: dict[str, dict[str, str]] = Field(
        default_factory=dict,
        description="column → variant → level; a variant that leads to itself stays apart",
    )
    meanings: dict[str, dict[str, str]] = Field(
        default_factory=dict,
        description="column → value → what it says: won, lost, open, churned, staying, new …",
    )
    groupings: dict[str, str] = Field(
        default_factory=dict, description="column → grouping that describes instead"
    )
    derived_off: tuple[str, ...] = Field((), description="derived attributes that are not wanted")
    sheets: dict[str, str] = Field(
        default_factory=dict, description="table → sheet to read of its workbook"
    )
    read_from: dict[str, str] = Field(
        default_factory=dict,
        description="table → “source:schema.table” of the configured database it was read from",
    )
    date_formats: dict[str, str] = Field(
        default_factory=dict, description="column → “day_first” or “month_first”"
    )
    currency: str | None = Field(
        None, description="the study's currency; None: the commonest one of the amounts"
    )
    rates: dict[str, Annotated[float, Field(gt=0, le=1e12)]] = Field(
        default_factory=dict, description="currency → units of the study's currency"
    )
    empty_means_no: tuple[str, ...] = Field(
        (), description="attributes whose empty cells mean “no”"
    )
    allow: tuple[str, ...] = Field(
        (), description="attributes used although a check withholds them"
    )
    joins: dict[str, dict[str, str]] = Field(
        default_factory=dict, description="table → key as written → account_id: rows joined by hand"
    )
    merge_accounts: dict[str, str] = Field(
        default_factory=dict,
        description="account_id → account_id: duplicates and subsidiaries taken together",
    )
    keep_duplicates: tuple[str, ...] = Field(
        (), description="tables whose rows equal to an earlier row stay"
    )
    separate_tables: tuple[str, ...] = Field(
        (),
        description="tables that are no older or newer export of another one, alike as they may be",
    )
    summaries: dict[str, bool] = Field(
        default_factory=dict, description="summary → on or off, instead of its default"
    )
    summary_roles: dict[str, str] = Field(
        default_factory=dict, description="summary → role, instead of its own"
    )
    churn_from_silence: bool | None = Field(
        None,
        description="orders that ceased mean “left”: None an estimate, True confirmed, False never",
    )
    unit: Literal["company", "person"] | None = Field(
        None, description="what a customer is; names of persons are personal data. None: inferred"
    )
    scope: tuple[Filter, ...] = Field(
        (), description="row filters; stands as a sentence on every page"
    )
    objective: Objective = Field(
        "convert", description="what the profile is for; sets default metric weights"
    )
    title: str = Field("", description="the study's name")

    # Who counts, and who is best
    min_age_days: int = Field(
        180, ge=0, description="days; a younger customer has not shown what it is worth"
    )
    top_share: float = Field(
        0.20, gt=0, le=1 / 3, description="share of judged customers that are best"
    )
    top_n: int | None = Field(
        None, ge=1, description="accounts; so many are best, instead of a share"
    )
    min_best: int = Field(
        10,
        ge=1,
        description="accounts; fewer best tell nothing, but at most a third of the customers",
    )
    worst_share: float = Field(
        0.20, gt=0, le=0.5, description="share of judged customers that are worst"
    )
    metric_weights: dict[str, Annotated[float, Field(ge=0, le=1e6)]] = Field(
        default_factory=dict, description="metric → weight ≥ 0; empty: by objective"
    )
    metric_directions: dict[str, Literal["more", "less"]] = Field(
        default_factory=dict, description="metric → whether more or less of it is better"
    )
    conditions: tuple[Condition, ...] = Field((), description="hard conditions, off by default")
    at_least_median: bool = Field(
        False, description="best need at least the median on each chosen metric"
    )
    min_metrics_share: float = Field(
        0.5,
        ge=0,
        le=1,
        description="share of the metric weight that must be known of a customer to rank it",
    )
    pins: dict[str, str] = Field(default_factory=dict, description="account → reason: always best")
    exclusions: dict[str, str] = Field(
        default_factory=dict, description="account → reason: left out of the groups"
    )

    # Segments and traits
    segments_k: int | None = Field(
        None, ge=1, le=12, description="number of segments; None: chosen by stability"
    )
    segment_names: dict[str, str] = Field(
        default_factory=dict, description="segment key → name given by a person"
    )
    segment_merges: dict[str, str] = Field(
        default_factory=dict,
        description="segment key → key of the segment it is merged into by a person",
    )
    resamples: int = Field(30, ge=5, le=200, description="draws in which a segment must come back")
    false_discovery_rate: float = Field(
        0.05, gt=0, lt=0.5, description="share of flagged traits that may be wrong"
    )
    levels_max: int = Field(
        12,
        ge=2,
        description="levels an attribute keeps; rarer ones pool, a few accounts prove nothing",
    )
    reason_groups: dict[str, str] = Field(
        default_factory=dict, description="recorded lost or churn reason → group"
    )

    # Rubric
    learn_from: Literal["won", "best", "both"] | None = Field(
        None,
        description="won against lost, best against worst customers; None: both where both exist",
    )
    criteria_max: int = Field(
        12, ge=1, le=12, description="criteria; a rubric nobody can read is not used"
    )
    missing_policy: Literal["average", "zero", "leave_out"] = Field(
        "average", description="what an unknown criterion earns"
    )
    coverage_floor: float = Field(
        0.6,
        ge=0,
        le=1,
        description="share of weight below which there is no band: it would be a guess",
    )
    green: int | None = Field(
        None, ge=1, le=100, description="points; Green from here; None: 80, or suggested"
    )
    yellow: int | None = Field(
        None, ge=1, le=100, description="points; Yellow from here; None: 60, or suggested"
    )

    rubric: Rubric | None = Field(None, description="a rubric made by hand; None: the suggestion")
    scenarios: dict[str, Rubric] = Field(
        default_factory=dict, description="name → a rubric kept as an alternative"
    )
    scenario: str = Field(
        "", description="name of the scenario opened last; it need not equal the rubric any more"
    )

    # Proof
    holdout_n: int = Field(
        60, ge=10, description="accounts won, and as many lost, set aside to test on"
    )
    holdout_share: float = Field(
        0.15, gt=0, le=0.3, description="at most this share of the accounts with closed deals"
    )
    holdout_from: str | None = Field(
        None, description="ISO date: everything first closed from here is set aside"
    )
    final: bool = Field(False, description="refit on everything; says so")
    looks: int = Field(
        0, ge=0, description="times a changed setting was checked on the same held-out deals"
    )
    checked: Rubric | None = Field(
        None,
        description="the changed rubric that held-out deals were asked about last; None: the suggestion",
    )
    looked_at: tuple[str, ...] = Field(
        (), description="names of the rubrics those looks were at; none counts twice"
    )
    seed: int = Field(
        20260930,
        ge=0,
        lt=2**31,
        description="every random choice derives from it, so a study repeats",
    )

    # What people wrote
    profile_edits: dict[str, str] = Field(
        default_factory=dict, description="section key → text written by a person"
    )

    def merged(self, **changes: Any) -> Settings:
        """A copy with some fields replaced, validated."""
        return Settings.model_validate({**dict(self), **changes})
