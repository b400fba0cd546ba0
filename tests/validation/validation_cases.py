"""Scores and deals with a known answer, for the validation tests."""

from __future__ import annotations

import numpy as np
import pandas as pd

from icp_engine.holdout.model import HoldOut
from icp_engine.rubric.model import Criterion, Level, Match, Rubric
from icp_engine.settings import Settings
from icp_engine.validation.validate import Context, JudgedOn, Value, validate_rubric

INDUSTRY = Criterion(
    name="Industry",
    group="must_have",
    weight=100,
    attributes=("Industry",),
    unknown_fit=8,
    levels=(
        Level(label="best", fit=20, tests=(Match(values=("FinTech",)),)),
        Level(label="good", fit=13, tests=(Match(values=("Retail",)),)),
    ),
)
RUBRIC = Rubric(criteria=(INDUSTRY,))
NO_CRITERIA = Rubric()
NOTHING = pd.Index([], dtype="str")


def score_frame(values, bands=None, ids=None) -> pd.DataFrame:
    values = np.asarray(values, dtype=float)
    ids = [f"a{i}" for i in range(len(values))] if ids is None else ids
    by_score = np.where(values >= 80, "Green", np.where(values >= 60, "Yellow", "Red"))
    return pd.DataFrame(
        {
            "score": values,
            "band": by_score if bands is None else bands,
            "disqualified": False,
            "coverage": 1.0,
        },
        index=pd.Index(ids, name="account_id", dtype="str"),
    )


def deal_frame(won, accounts=None, **columns) -> pd.DataFrame:
    accounts = [f"a{i}" for i in range(len(won))] if accounts is None else accounts
    frame = pd.DataFrame({"account_id": accounts, "won": pd.array(won, dtype="boolean"), **columns})
    frame.index = pd.Index([f"d{i}" for i in range(len(won))], name="deal_id", dtype="str")
    return frame


def hold_out(method="held_out", won=0, lost=0, deals=NOTHING) -> HoldOut:
    return HoldOut(method, NOTHING, deals, NOTHING, pd.NaT, won, lost, "")


def market(accounts=120, strength=1.5, seed=1) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Scores that rank one deal an account by a logit of the given strength; 0: no signal."""
    generator = np.random.default_rng(seed)
    fit = generator.normal(size=accounts)
    won = generator.random(accounts) < 1 / (1 + np.exp(0.5 - strength * fit))
    return score_frame(np.clip(np.round(60 + 15 * fit, 1), 0, 100)), deal_frame(won)


def run(
    scores,
    deals,
    rubric=RUBRIC,
    method="held_out",
    *,
    value=None,
    settings=None,
    permute=False,
    cross_fitted=False,
    changes_carried=False,
    own_list=False,
    **context,
):
    """Judge a rubric by deals; `context`: fields of `Context`. No open deals unless given."""
    on = JudgedOn(
        scores,
        deals,
        hold_out(method),
        cross_fitted=cross_fitted,
        changes_carried=changes_carried,
        own_list=own_list,
    )
    around = Context(**{"open_deals": deals.iloc[:0], **context})
    return validate_rubric(
        rubric, on, value or Value(), around, settings or Settings(), permute=permute
    )
