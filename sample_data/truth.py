"""What was planted, as data: the answer a study of the sample should come to.

Comes in: the `World` and the exported tables. Goes out: one dictionary. Separate so that no
exporter sees the truth.
"""

from __future__ import annotations

from typing import Any

import law
import pandas as pd
from northwind import AS_OF, START, World


def describe_truth(world: World, tables: dict[str, pd.DataFrame], seed: int) -> dict[str, Any]:
    """Planted groups, traits, leaks and win probabilities, with the numbers of everything."""
    accounts, deals = world.accounts, world.deals
    business = deals[deals["type"] == "New Business"]
    closed = business[business["outcome"] != "open"]
    return {
        "seed": seed,
        "from": str(START.date()),
        "as_of": str(AS_OF.date()),
        "overlap": law.OVERLAP,
        "counts": _counts(world, tables),
        "planted_auc_on_closed_new_business": round(
            auc(closed["win_probability"], closed["outcome"] == "won"), 4
        ),
        "segments": _profiles(law.SEGMENTS, law.SEGMENT_TAGS, law.SEGMENT_GROWTH),
        "bad_fits": _profiles(law.BAD_FITS, law.BAD_TAGS, law.BAD_GROWTH),
        "traits": law.planted_traits(),
        "ranges": [
            {
                "attribute": "Headcount growth (12 months)",
                "low": 25,
                "high": None,
                "direction": "icp",
            }
        ],
        "informative_attributes": list(law.INFORMATIVE),
        "correlated_attributes": list(law.CORRELATED),
        "noise_attributes": list(law.NOISE),
        "leaks": [
            {"table": "accounts", "column": "Renewal forecast"},
            {"table": "deals", "column": "Handover complete"},
            {"table": "deals", "column": "Closed Lost Reason"},
        ],
        "accounts": {
            str(row.id): {
                "kind": row.kind,
                "segment": row.segment,
                "bad_fit": row.bad,
                "win_logit": round(row.logit, 3),
                "value": round(row.value, 3),
            }
            for row in accounts.itertuples()
        },
        "win_probability_of_deals": {
            str(row.id): round(row.win_probability, 4) for row in business.itertuples()
        },
    }


def _profiles(
    profiles: tuple[dict[str, str], ...],
    tags: tuple[tuple[str, ...], ...],
    growth: tuple[float, ...],
) -> list[dict[str, Any]]:
    """Each group's characteristic levels in one dictionary; `growth` is the group's mean in
    percent.
    """
    return [
        {**profile, "Tech stack": ";".join(own), "Headcount growth (12 months)": mean}
        for profile, own, mean in zip(profiles, tags, growth, strict=True)
    ]


def _counts(world: World, tables: dict[str, pd.DataFrame]) -> dict[str, Any]:
    accounts, deals = world.accounts, world.deals
    young = (AS_OF - accounts["since"]).dt.days < 180
    return {
        "accounts": len(accounts),
        "rows": {name: len(table) for name, table in tables.items()},
        "kinds": accounts["kind"].value_counts().sort_index().to_dict(),
        "customers_younger_than_180_days": int(young.sum()),
        "churned": int(accounts["churn_date"].notna().sum()),
        "segment_members": _by_group(accounts, "segment"),
        "bad_fit_members": _by_group(accounts, "bad"),
        "deals": {
            kind: table["outcome"].value_counts().sort_index().to_dict()
            for kind, table in deals.groupby("type")
        },
    }


def _by_group(accounts: pd.DataFrame, column: str) -> dict[str, dict[str, int]]:
    """Members by group: all, and customers."""
    members = accounts[accounts[column] >= 0]
    return {
        str(label): {"accounts": len(group), "customers": int((group["kind"] == "customer").sum())}
        for label, group in members.groupby(column)
    }


def auc(score: pd.Series, positive: pd.Series) -> float:
    """Chance that a won deal has a higher planted probability than a lost one; ties count half."""
    ranks = score.rank()
    n_positive, n_negative = int(positive.sum()), int((~positive).sum())
    return float(
        (ranks[positive].sum() - n_positive * (n_positive + 1) / 2) / (n_positive * n_negative)
    )
