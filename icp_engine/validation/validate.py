"""Validation: how a rubric does on closed deals, as one result object.

Comes in: a rubric, scores by account, the deals to judge and how they were set aside; or, from
outside, a rubric and a list of deals. Goes out: `Validation`. Separate because it only composes:
numbers come from `measure` and `bands`, words from `verdict`, cautions from `checks`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import pandas as pd

from icp_engine.attributes.model import Withheld
from icp_engine.holdout.model import HoldOut
from icp_engine.rubric.explain import explain_rows
from icp_engine.rubric.model import Rubric
from icp_engine.rubric.scoring import find_fits
from icp_engine.settings import Settings
from icp_engine.types import NOT_APPLICABLE, Estimate, Floats, Frame, Index, Series
from icp_engine.validation import bands as band_stage
from icp_engine.validation.checks import Facts, run_checks
from icp_engine.validation.curves import (
    CALIBRATION_COLUMNS,
    CONFUSION_COLUMNS,
    GAIN_COLUMNS,
    average_precision,
    calibration,
    confusion,
    gain_curve,
)
from icp_engine.validation.customers_by_band import COLUMNS as CUSTOMER_COLUMNS
from icp_engine.validation.customers_by_band import customers_by_band
from icp_engine.validation.deal_rows import scored_deals
from icp_engine.validation.measure import (
    Judged,
    Outcomes,
    collect_outcomes,
    estimate_auc,
    estimate_value_auc,
    judge,
    permutation,
)
from icp_engine.validation.model import Validation
from icp_engine.validation.power import power_table
from icp_engine.validation.reading import Explain, count_missed, list_recent
from icp_engine.validation.rules_of_thumb import rules_of_thumb
from icp_engine.validation.verdict import Evidence, judge_evidence, page_sentence

NO_RATES: Mapping[str, float] = MappingProxyType({})
EMPTY_DEALS = pd.DataFrame(
    {
        "account_id": pd.Series(dtype="str"),
        "won": pd.Series(dtype="boolean"),
        "amount": pd.Series(dtype=float),
    }
)


@dataclass(frozen=True)
class JudgedOn:
    """The deals a rubric is judged by, and the scores that judge it."""

    scores: Frame
    """By account_id, all accounts, so that shares of Green speak of the market: score 0–100, band,
    disqualified, coverage; the delivered rubric's for held-out deals, else out of fold."""
    deals: Frame
    """By deal_id, closed new-business deals: account_id, won, closed_date, amount, created_date."""
    holdout: HoldOut
    cross_fitted: bool = False
    """Each score was made without the account's own deals."""
    changes_carried: bool = False
    """The rubric was made by hand from a suggestion, and its out-of-fold scores are by other
    suggestions with the same changes, so that they do not flatter it."""
    own_list: bool = False
    """A list given from outside; one with as many won as lost deals gets no rates."""
    outcomes: Outcomes | None = None
    """`collect_outcomes(deals)` if at hand."""


@dataclass(frozen=True)
class Value:
    """Whether best customers rank above the others, or why that was not tested."""

    scores: tuple[Series, Series] | None = None
    """Cross-fitted scores of (best customers, the rest); None: not tested."""
    note: str = ""


@dataclass(frozen=True)
class Context:
    """What stands beside the judgement and changes none of it."""

    open_deals: Frame
    """Open new-business deals, by deal_id."""
    derivation: Mapping[str, float] = field(default_factory=dict)
    """Accounts with closed deals that the rubric was made from (“accounts”), their won weight
    (“won”)."""
    withheld: tuple[Withheld, ...] = ()
    earlier: tuple[Floats, Floats] | None = None
    """(score, won weight) of the accounts the rubric was made from, out of fold, for calibration."""
    explain: Explain | None = None
    """account_ids → sentences, for what was missed."""
    closed: Frame | None = None
    """Closed deals as `scored_deals` has them, for the list to read; None: the judged ones."""
    customers: Frame | None = None
    """See `customers_by_band`."""
    customer_scores: Frame | None = None
    cost: Series | None = None
    """Of winning, by account_id."""


@dataclass(frozen=True)
class _Case:
    """Everything that is known before a word is said."""

    method: str
    fresh: bool
    rates_known: bool
    judged: Judged
    metrics: dict[str, Estimate]
    bands: Frame


def validate(rubric: Rubric, deals: Any, accounts: Any = None) -> Validation:
    """Judge a rubric by any list of closed deals: `icp.validate`.

    deals: a DataFrame, a path or a file object; one row a deal, with its outcome and, unless
        `accounts` is given, the attributes the rubric reads. accounts: the same for the accounts
        the deals name.
    All closed new-business deals are judged; nobody can tell here whether the rubric was made from
    them, and the verdict says so. A list with exactly as many won as lost deals (at most 60 each)
    keeps its ranking and gets no rates. Open deals are counted by band. Raises InputRefused when
    the list cannot be read, holds no closed deals, or has none of the rubric's columns.
    """
    # reading is not needed to judge a study's own deals
    from icp_engine.validation.own_list import read_own_list

    own = read_own_list(rubric, deals, accounts)

    def explain(accounts: Index) -> Series:
        return explain_rows(rubric, find_fits(rubric, own.attributes.reindex(accounts)))

    return validate_rubric(
        rubric,
        JudgedOn(own.scores, own.closed, _listed(own.closed), own_list=True),
        Value(),
        Context(own.open_deals, explain=explain),
        Settings(),
    )


def _listed(closed: Frame) -> HoldOut:
    """A hold-out object for a list from outside: its deals, nothing set aside."""
    won = int(closed["won"].astype(bool).sum())
    lost, nothing = len(closed) - won, closed.index[:0]
    return HoldOut(
        "held_out", nothing, closed.index, nothing, pd.NaT, won, lost, "A list given from outside."
    )


def validate_rubric(
    rubric: Rubric,
    on: JudgedOn,
    value: Value,
    context: Context,
    settings: Settings,
    *,
    permute: bool = True,
) -> Validation:
    """Judge a rubric by deals it has not seen.

    permute: False leaves out the permutation p, the one slow figure. Scores that were fitted on the
    judged deals themselves prove nothing: metrics are then not applicable.
    """
    scores, deals, holdout = on.scores, on.deals, on.holdout
    fresh = on.own_list or holdout.method == "held_out" or on.cross_fitted
    judged = judge(scores, on.outcomes or collect_outcomes(deals))
    rates_known = not (on.own_list and is_balanced_list(deals))
    method = "own_list" if on.own_list else holdout.method
    case = _measure(judged, method, fresh, rates_known, value.scores)
    waiting = context.open_deals if len(context.open_deals) else EMPTY_DEALS
    by_band = band_stage.open_deals_by_band(waiting, scores)
    case.metrics["pipeline_given_up"] = band_stage.pipeline_given_up(by_band)
    case.metrics.update(band_stage.cost_metrics(judged, context.cost if fresh else None))
    evidence = replace(
        _evidence(case, rubric, holdout, settings),
        changes_carried=on.changes_carried,
        value_note=value.note,
    )
    verdict = judge_evidence(evidence)
    facts = Facts(
        rubric,
        scores,
        judged,
        case.bands,
        case.metrics,
        case.method,
        fresh and rates_known,
        settings.looks,
        context.withheld,
        settings.allow,
        context.derivation,
    )
    scored = scored_deals(deals, judged)
    return Validation(
        metrics=case.metrics,
        bands=case.bands,
        holdout=tuple(str(deal) for deal in holdout.deals),
        permutation_p=permutation(judged, settings.seed) if permute and evidence.on_deals else None,
        verdict=verdict,
        checks=run_checks(facts),
        scored=scored,
        histogram=band_stage.score_histogram(judged),
        open_deals=by_band,
        method=case.method,
        sentence=page_sentence(evidence, verdict),
        proven=evidence.proven,
        value_note=value.note,
        power=power_table(evidence.won_accounts, evidence.lost_accounts),
        rules=rules_of_thumb(judged, scores, measurable=evidence.on_deals and rates_known),
        explain=context.explain,
        missed_counts=count_missed(scored),
        recent=list_recent(scored if context.closed is None else context.closed, holdout.deals),
        customers_by_band=_by_band(context.customers, context.customer_scores),
        **_curves(case, context.earlier),
    )


def _curves(case: _Case, earlier: tuple[Floats, Floats] | None) -> dict[str, Frame]:
    """Gain, calibration and confusion; without rows where the scores or the rates say nothing."""
    if not (case.fresh and case.rates_known and len(case.judged.won)):
        names = {
            "gain": GAIN_COLUMNS,
            "calibration": CALIBRATION_COLUMNS,
            "confusion": CONFUSION_COLUMNS,
        }
        return {name: pd.DataFrame(columns=list(columns)) for name, columns in names.items()}
    return {
        "gain": gain_curve(case.judged),
        "calibration": calibration(case.judged, earlier),
        "confusion": confusion(case.judged),
    }


def _by_band(customers: Frame | None, scores: Frame | None) -> Frame:
    if customers is None or scores is None:
        return pd.DataFrame(columns=list(CUSTOMER_COLUMNS))
    return customers_by_band(scores["band"], customers)


def _measure(
    judged: Judged,
    method: str,
    fresh: bool,
    rates_known: bool,
    value_scores: tuple[Series, Series] | None,
) -> _Case:
    metrics = {
        "auc": estimate_auc(judged.score, judged.won, judged.lost),
        "average_precision": average_precision(judged),
        **band_stage.band_metrics(judged),
    }
    if not fresh:
        metrics = dict.fromkeys(metrics, NOT_APPLICABLE)
    elif not rates_known:
        metrics = band_stage.withhold_rates(metrics)
    metrics["auc_value"] = estimate_value_auc(value_scores)
    table = band_stage.band_table(judged, rates_known=fresh and rates_known)
    return _Case(method, fresh, rates_known, judged, metrics, table)


def _evidence(case: _Case, rubric: Rubric, holdout: HoldOut, settings: Settings) -> Evidence:
    won = round(float(case.judged.won.sum()))
    lost = len(case.judged.won) - won  # one account, one vote, split by its deals
    has_deals = len(case.judged.won) > 0
    return Evidence(
        method=case.method,
        fresh=case.fresh,
        has_criteria=bool(rubric.criteria),
        auc=case.metrics["auc"],
        auc_value=case.metrics["auc_value"],
        bands=case.bands,
        looks=settings.looks,
        rates_known=case.rates_known,
        by_hand=settings.rubric is not None,
        learned=bool(rubric.learned_from),
        searched=bool(rubric.learned_from) and rubric.origin == "suggested",
        won_accounts=won if has_deals else holdout.won,
        lost_accounts=lost if has_deals else holdout.lost,
    )


def is_balanced_list(deals: Frame) -> bool:
    """Whether a list holds exactly as many won as lost deals, at most 60 of each, as lists picked
    by hand do.
    """
    won = int(deals["won"].fillna(False).astype(bool).sum())
    return 0 < won <= 60 and int(deals["won"].notna().sum()) == 2 * won
