"""The whole engine on planted and signal-free markets, through its public face.

Comes in: seeds. Goes out: rows of figures. Separate because `make prove` runs it for minutes.
"""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_rand_score

import icp_engine as icp
from icp_engine.values.parse import fold
from sample_data.markets import AS_OF, Market, null_market, planted_market

CLAIMS = ("strong", "moderate")


def open_market(market: Market) -> icp.Study:
    """The market as a study."""
    settings = icp.Settings(as_of=str(pd.Timestamp(AS_OF).date()))
    return icp.Study.open({"accounts": market.accounts, "deals": market.deals}, settings=settings)


def judge_planted(seed: int, accounts: int) -> dict[str, float]:
    """One planted market: ARI of the segments, traits found and falsely named, hold-out AUC against
    the truth's.
    """
    market = planted_market(seed, accounts=accounts)
    began = time.perf_counter()
    study = open_market(market)
    labels = study.segments.labels
    truth = market.segment.reindex(labels.index)
    members = truth >= 0
    traits = compare_with_planted(study, market)
    auc = study.validation.metrics["auc"]
    study.profile.to_html()
    return {
        "ari": float(adjusted_rand_score(truth[members], labels[members])),
        "segments": float(
            sum(segment.verdict.level in (*CLAIMS, "weak") for segment in study.segments.segments)
        ),
        "segments_claimed": float(study.segments.verdict.level in (*CLAIMS, "weak")),
        **traits,
        "auc": float(auc.value) if auc.value is not None else float("nan"),
        "at_least_weak": float(study.validation.verdict.level in (*CLAIMS, "weak")),
        "seconds": time.perf_counter() - began,
    }


def compare_with_planted(study: icp.Study, market: Market) -> dict[str, float]:
    """Share of planted traits found; of the attributes named, shares that are noise, and that only
    ride along.

    An attribute rides along when it follows a planted one and has no effect of its own.
    `ride_along_raw` and `ride_along_adjusted`: how far from 1 its lifts are in the mean (as a
    ratio), raw and adjusted.
    """
    table = study.traits.table
    claimed = table[table["direction"] != "none"]
    named = {(row.attribute, fold(str(row.value))) for row in claimed.itertuples()}
    planted = {(attribute, fold(value)) for attribute, value, _ in market.traits}
    informative = {attribute for attribute, _ in planted} | {
        attribute for attribute, *_ in market.ranges
    }
    attributes = {attribute for attribute, _ in named}
    along = claimed[claimed["attribute"].isin(attributes - informative - market.noise)]
    return {
        "traits_found": len(named & planted) / len(planted),
        "traits_false": len(attributes & market.noise) / max(1, len(attributes)),
        "traits_ride_along": len(attributes - informative - market.noise) / max(1, len(attributes)),
        "ride_along_raw": _distance_from_one(along, along["lift"], along["lift_worst"]),
        "ride_along_adjusted": _distance_from_one(
            along, along["lift_adjusted"], along["lift_worst_adjusted"]
        ),
    }


def _distance_from_one(rows: pd.DataFrame, lift: pd.Series, lift_worst: pd.Series) -> float:
    """Mean over rows of the lift of the clearer raw contrast, told as a ratio above 1; nan without
    rows.
    """
    worst_is_clearer = np.abs(np.log(rows["lift_worst"])) > np.abs(np.log(rows["lift"]))
    chosen = lift.where(~worst_is_clearer, lift_worst)
    return float(np.exp(np.abs(np.log(chosen)).mean())) if len(chosen) else float("nan")


def judge_traits(seed: int, accounts: int) -> dict[str, float]:
    """One planted market, traits only: cheap enough for larger markets."""
    market = planted_market(seed, accounts=accounts)
    return compare_with_planted(open_market(market), market)


def judge_null(seed: int, accounts: int = 600) -> dict[str, float]:
    """One signal-free market: what was claimed although there is nothing."""
    study = open_market(null_market(seed, accounts=accounts))
    used = {attribute for criterion in study.rubric.criteria for attribute in criterion.attributes}
    table = study.traits.table
    return {
        "traits_flagged": float((table["direction"] != "none").any()),
        "segments_claimed": float(study.segments.verdict.level in CLAIMS),
        "validation_claimed": float(study.validation.verdict.level in CLAIMS),
        "leak_used": float(bool(used & {"onboarding_plan", "handover_complete"})),
    }


def mean_of(rows: list[dict[str, float]]) -> dict[str, float]:
    """Mean of each figure over the seeds."""
    return {name: float(np.nanmean([row[name] for row in rows])) for name in rows[0]}


def measure(planted_seeds: int = 12, null_seeds: int = 200) -> list[dict[str, object]]:
    """One row a setting; seeds from 1000 on, which nothing was tuned on."""
    rows: list[dict[str, object]] = []
    for accounts in (1500, 450):
        judged = [judge_planted(1000 + seed, accounts) for seed in range(planted_seeds)]
        rows.append(
            {"market": f"planted, {accounts} customers, {planted_seeds} seeds", **mean_of(judged)}
        )
    judged = [judge_traits(1000 + seed, 2000) for seed in range(planted_seeds)]
    rows.append(
        {
            "market": f"planted, 2000 customers, {planted_seeds} seeds, traits only",
            **mean_of(judged),
        }
    )
    nulls = [judge_null(5000 + seed) for seed in range(null_seeds)]
    rows.append({"market": f"no signal, 600 customers, {null_seeds} seeds", **mean_of(nulls)})
    return rows
