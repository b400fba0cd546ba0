"""Segments on planted and empty markets, beside the usual recipes: agreement, number found,
verdicts, seconds.

Comes in: nothing (markets of tests/known_answers, seeds given). Goes out: rows of figures. Separate
from the tests because it runs many seeds; tests hold a small share of the same claims.
"""

from __future__ import annotations

import time
from typing import Any

import hdbscan
import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score

from icp_engine.attributes.model import Attribute
from icp_engine.segments.features import fit_embedding, learn_encoding
from icp_engine.segments.find import find_segments
from icp_engine.segments.people import People
from icp_engine.settings import Settings
from icp_engine.values.rule import ColumnRule
from sample_data import markets

NUMBERS = {"growth_pct", "data_volume_gb", "year_founded"}


def _attribute(name: str) -> Attribute:
    special = {"tech_stack": "tags", "employees": "ordered", "public_api": "boolean"}
    measure: Any = "number" if name in NUMBERS else special.get(name, "category")
    levels = tuple(markets.LEVELS[name]) if measure == "ordered" else ()
    return Attribute(name, "firmographic", measure, levels, ColumnRule())


def _ours(market: markets.Market, attributes: Any, best: Any, seed: int) -> tuple[np.ndarray, str]:
    accounts = market.accounts.set_index("account_id")
    metrics = accounts[["ltv", "nrr", "nps"]]
    others = market.customers.difference(best)
    among = People(accounts, attributes, best, others, market.value, metrics)
    found = find_segments(among, Settings(seed=seed))
    return found.labels.to_numpy(), found.verdict.level


def _kmeans_silhouette(
    market: markets.Market, attributes: Any, best: Any, seed: int
) -> tuple[np.ndarray, str]:
    frame = market.accounts.set_index("account_id").loc[best]
    encoding = learn_encoding(frame, attributes, 12)
    memberships = encoding.encode(frame)
    points = fit_embedding(memberships, encoding.block_of, 3).place(memberships, encoding.block_of)
    fits = [KMeans(k, n_init=10, random_state=seed).fit_predict(points) for k in range(2, 7)]
    return max(fits, key=lambda labels: silhouette_score(points, labels)), ""


def _onehot_hdbscan(
    market: markets.Market, attributes: Any, best: Any, seed: int
) -> tuple[np.ndarray, str]:
    frame = market.accounts.set_index("account_id").loc[best, [one.name for one in attributes]]
    numbers = frame.select_dtypes("number")
    scaled = (numbers - numbers.mean()) / numbers.std()
    matrix = pd.concat(
        [scaled.fillna(0), pd.get_dummies(frame.drop(columns=numbers.columns), dtype=float)], axis=1
    )
    return hdbscan.HDBSCAN(min_cluster_size=max(5, len(best) // 15)).fit_predict(
        matrix.to_numpy()
    ), ""


def _kprototypes(
    market: markets.Market, attributes: Any, best: Any, seed: int
) -> tuple[np.ndarray, str]:
    """k-prototypes (Huang 1998) with the planted number given, which is more than ours is told."""
    from kmodes.kprototypes import KPrototypes

    frame = market.accounts.set_index("account_id").loc[best, [one.name for one in attributes]]
    numbers = [name for name in frame if pd.api.types.is_numeric_dtype(frame[name])]
    scaled = (frame[numbers] - frame[numbers].mean()) / frame[numbers].std()
    texts = frame.drop(columns=numbers).astype("str").fillna("missing").astype(object)
    matrix = pd.concat([texts, scaled.fillna(0.0)], axis=1)
    model = KPrototypes(3, n_init=3, random_state=seed)
    return model.fit_predict(
        matrix.to_numpy(dtype=object), categorical=list(range(texts.shape[1]))
    ), ""


METHODS = {
    "icp_engine": _ours,
    "embedding + k-means by silhouette": _kmeans_silhouette,
    "one-hot + HDBSCAN": _onehot_hdbscan,
    "k-prototypes, k given": _kprototypes,
}


def _run(name: str, market: markets.Market, seed: int) -> dict[str, Any]:
    best = market.best_fifth()
    attributes = tuple(_attribute(column) for column in market.attributes)
    began = time.perf_counter()
    labels, level = METHODS[name](market, attributes, best, seed)
    seconds = time.perf_counter() - began
    truth = market.segment.loc[best].to_numpy()
    planted = truth >= 0
    agreement = (
        adjusted_rand_score(truth[planted], labels[planted]) if planted.any() else float("nan")
    )
    return {"ari": agreement, "k": int(labels.max()) + 1, "level": level, "seconds": seconds}


def measure(first_seed: int = 1000, seeds: int = 12) -> list[dict[str, Any]]:
    """One row a market and method: mean ARI over planted members, share of seeds with three,
    claims, median seconds.
    """
    kinds = {f"planted {n:,}": (markets.planted_market, n) for n in (450, 1500)} | {
        "no signal 600": (markets.null_market, 600)
    }
    rows = []
    for kind, (make, size) in kinds.items():
        drawn = [make(seed, size, deals=False) for seed in range(first_seed, first_seed + seeds)]
        for name in METHODS if kind != "no signal 600" else ["icp_engine"]:
            runs = pd.DataFrame(
                [_run(name, market, first_seed + i) for i, market in enumerate(drawn)]
            )
            rows.append(
                {
                    "market": kind,
                    "method": name,
                    "seeds": seeds,
                    "ari": runs["ari"].mean(),
                    "three_found": int((runs["k"] == 3).sum()),
                    "claimed": int(runs["level"].isin(["strong", "moderate"]).sum()),
                    "seconds": runs["seconds"].median(),
                }
            )
    return rows


if __name__ == "__main__":
    print(pd.DataFrame(measure()).round(3).to_string(index=False))
