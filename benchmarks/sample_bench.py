"""The sample: the rubric on its held-out deals beside LightGBM on the same derivation rows and the
planted truth.

Comes in: sample_data. Goes out: one row of figures. Separate because it fits a rival.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

import lightgbm
import pandas as pd
from sklearn.metrics import adjusted_rand_score

import icp_engine as icp
from icp_engine.holdout.set_aside import account_outcomes
from icp_engine.stats.auc import weighted_auc
from icp_engine.validation.ceiling import boosting_features

SAMPLE = Path(__file__).parents[1] / "sample_data"


def measure() -> list[dict[str, object]]:
    """AUC of rubric, LightGBM and truth on held-out accounts; ARI of segments over planted members;
    seconds.
    """
    began = time.perf_counter()
    study = icp.Study.open(
        *(SAMPLE / f"{name}.csv" for name in ("accounts", "deals", "contacts", "notes"))
    )
    study.profile.to_html()
    seconds = time.perf_counter() - began
    truth = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))
    auc = study.validation.metrics["auc"]
    labels = study.segments.labels
    planted = pd.Series(
        {name: entry["segment"] for name, entry in truth["accounts"].items()}
    ).reindex(labels.index)
    members = planted >= 0
    return [
        {
            "rubric": auc.value,
            "low": auc.low,
            "high": auc.high,
            "lightgbm": boosting_auc(study),
            "truth": truth_auc(study, truth["win_probability_of_deals"]),
            "held-out accounts": len(study.holdout.accounts),
            "segments": len(study.segments.segments),
            "ARI": float(adjusted_rand_score(planted[members], labels[members])),
            "open to profile s": seconds,
        }
    ]


def boosting_auc(study: icp.Study) -> float:
    """LightGBM on the derivation accounts, judged on the held-out ones."""
    features, learned = boosting_features(study), study.outcomes
    rows = features.index.isin(learned.index)
    won = (learned["won"].reindex(features.index[rows]) >= 0.5).to_numpy()
    model = lightgbm.LGBMClassifier(
        n_estimators=150,
        learning_rate=0.05,
        num_leaves=8,
        min_child_samples=15,
        verbose=-1,
        random_state=1,
    )
    model.fit(features[rows].to_numpy(), won)
    held = account_outcomes(study.deals.loc[study.holdout.deals])
    score = model.predict_proba(features.reindex(held.index).to_numpy())[:, 1]
    return float(weighted_auc(score, held["won"].to_numpy(), held["lost"].to_numpy()))


def truth_auc(study: icp.Study, probabilities: dict[str, float]) -> float:
    """The planted win probability on the same held-out accounts (mean over an account's deals)."""
    deals = study.deals.loc[study.holdout.deals]
    chance = pd.Series(probabilities).reindex(deals.index).groupby(deals["account_id"]).mean()
    held = account_outcomes(deals)
    known = chance.reindex(held.index).fillna(chance.mean())
    return float(weighted_auc(known.to_numpy(), held["won"].to_numpy(), held["lost"].to_numpy()))
