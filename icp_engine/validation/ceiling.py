"""What the attributes could give at most, about: gradient boosting on the same rows.

Comes in: accounts and outcomes. Goes out: an `Estimate`. Separate because it is slow and only a
yardstick.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from icp_engine.attributes.model import Attribute
from icp_engine.learning.candidates import bin_attributes
from icp_engine.settings import Settings
from icp_engine.stats.auc import newcombe_interval, weighted_auc
from icp_engine.types import NOT_APPLICABLE, Estimate, Frame


def ceiling(features: Frame, learned: Frame, held: Frame, seed: int) -> Estimate:
    """AUC of gradient boosting, fitted on some accounts, on others; None where it cannot be fitted.

    features: of all accounts, see `boosting_features`. learned, held: won and lost shares by
    account of those it is fitted on and of those it is judged by.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier  # half a second; seldom asked for

    rows = features.index.isin(learned.index)
    # its binning fails on a column nobody has a value in
    features = features.loc[:, features[rows].notna().any()]
    y = (learned["won"].reindex(features.index[rows]) >= 0.5).to_numpy()
    if len(np.unique(y)) < 2 or not features.shape[1]:
        return NOT_APPLICABLE
    model = HistGradientBoostingClassifier(
        max_iter=150,
        learning_rate=0.05,
        max_leaf_nodes=8,
        min_samples_leaf=15,
        l2_regularization=1.0,
        random_state=seed % 2**31,
    )
    model.fit(features[rows].to_numpy(), y)
    score = model.predict_proba(features.reindex(held.index).to_numpy())[:, 1]
    return _auc_estimate(score, held["won"].to_numpy(), held["lost"].to_numpy())


def boosting_features(
    accounts: Frame, attributes: tuple[Attribute, ...], settings: Settings
) -> Frame:
    """Attributes as numbers: levels by code, tags one column each; unknown stays empty."""
    numbers = {
        a.name: accounts[a.name].astype("float64") for a in attributes if a.measure == "number"
    }
    others = tuple(a for a in attributes if a.measure != "number")
    coded = {
        b.name: pd.Series(b.codes, index=accounts.index).where(b.codes >= 0).astype("float64")
        for b in bin_attributes(accounts, others, settings)
    }
    return pd.DataFrame({**numbers, **coded}, index=accounts.index)


def _auc_estimate(score: np.ndarray, won: np.ndarray, lost: np.ndarray) -> Estimate:
    auc = float(weighted_auc(score, won, lost))
    low, high = newcombe_interval(auc, won.sum(), lost.sum())
    return Estimate(auc, float(low), float(high), float(len(score)))
