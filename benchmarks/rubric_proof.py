"""The rubric of a whole study on accounts it never saw, beside boosting on the same rows; and the
size ladder.

Comes in: seeds. Goes out: rows of figures. Separate from `markets_proof` because it needs LightGBM,
which only the benchmarks install.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score

from benchmarks.markets_proof import mean_of, open_market
from benchmarks.rubric_bench import new_boosting
from sample_data.markets import NOT_ATTRIBUTES, Market, null_market, planted_market, shrink

FRESH = 50_000  # added to the seed of a market for accounts from the same world
LADDER = (8, 20, 35, 60, 100, 200)


def first_outcomes(market: Market) -> pd.Series:
    """By account_id: whether its first closed new-business deal was won."""
    deals = market.deals
    closed = deals[
        deals["stage"].isin(["Closed Won", "Closed Lost"]) & (deals["deal_type"] == "New business")
    ]
    first = closed.sort_values("closed_date").drop_duplicates("account_id").set_index("account_id")
    return first["stage"] == "Closed Won"


def attributes_of(market: Market, ids: pd.Index) -> pd.DataFrame:
    """What is known of these accounts before the sale, text as categories."""
    frame = market.accounts.drop_duplicates("account_id").set_index("account_id").reindex(ids)
    frame = frame.drop(columns=[name for name in NOT_ATTRIBUTES if name in frame])
    tags = frame.pop("tech_stack").fillna("").str.get_dummies("; ")
    text = [name for name in frame if not pd.api.types.is_numeric_dtype(frame[name])]
    return frame.astype(dict.fromkeys(text, "category")).join(tags.add_prefix("tech_"))


def judge_fresh(seed: int, accounts: int) -> dict[str, float]:
    """AUC over the first deals of a fresh market: the study's rubric, and LightGBM on the same
    derivation accounts.
    """
    market, fresh = (
        planted_market(seed, accounts=accounts),
        planted_market(seed + FRESH, accounts=accounts),
    )
    study = open_market(market)
    won = first_outcomes(market).reindex(study.outcomes.index).dropna().astype(bool)
    asked = first_outcomes(fresh)
    known, new = attributes_of(market, won.index), attributes_of(fresh, asked.index)
    new = new.reindex(columns=known.columns).astype(known.dtypes.to_dict())
    boosted = np.asarray(new_boosting().fit(known, won).predict_proba(new))[:, 1]
    rows = fresh.accounts.drop_duplicates("account_id").set_index("account_id").reindex(asked.index)
    ours = roc_auc_score(asked, study.rubric.score(rows)["score"])
    theirs = roc_auc_score(asked, boosted)
    return {
        "rubric": ours,
        "lightgbm": theirs,
        "difference": ours - theirs,
        "criteria": len(study.rubric.criteria),
    }


def measure_fresh(seeds: int = 20) -> list[dict[str, object]]:
    """One row a size; seeds from 1000 on, which nothing was tuned on."""
    return [
        {
            "customers": accounts,
            "seeds": seeds,
            **mean_of([judge_fresh(1000 + seed, accounts) for seed in range(seeds)]),
        }
        for accounts in (450, 1500)
    ]


def judge_small(market: Market) -> dict[str, float]:
    """What a study of few customers claims, after every stage has answered."""
    study = open_market(market)
    study.profile.to_html()
    verdicts = {"segments": study.segments.verdict, "validation": study.validation.verdict}
    claims = {
        name: float(verdict.level in ("strong", "moderate")) for name, verdict in verdicts.items()
    }
    return {
        **claims,
        "traits": float((study.traits.table["direction"] != "none").any()),
        "criteria": float(len(study.rubric.criteria)),
    }


def measure_ladder(seeds: int = 5) -> list[dict[str, object]]:
    """One row a size and kind of market: share of seeds with a claim above “weak”, and mean number
    of criteria.
    """
    rows: list[dict[str, object]] = []
    for kind, make in (("planted", planted_market), ("no signal", null_market)):
        markets = [make(9000 + seed, 600) for seed in range(seeds)]
        for size in LADDER:
            judged = [
                judge_small(shrink(market, size, seed)) for seed, market in enumerate(markets)
            ]
            rows.append({"market": kind, "customers": size, "seeds": seeds, **mean_of(judged)})
    return rows
