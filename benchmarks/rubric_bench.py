"""The suggested rubric beside a scorecard, logistic regression and boosting, on planted markets and
public data.

Comes in: seeds; the folder ../shared/data when it is there. Goes out: one row a data set. Separate
because it fits rivals, which no test should do.
"""

from __future__ import annotations

from pathlib import Path

import lightgbm
import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

import icp_engine as icp
from sample_data.markets import NOT_ATTRIBUTES, planted_market

SHAPES = ("together", "steady", "many levels", "hump")
DATA = Path(__file__).parents[2] / "shared" / "data"


def measure(seeds: int = 4) -> list[dict[str, object]]:
    """Mean AUC over three folds: rubric, optbinning, logistic regression, LightGBM; criteria used;
    the mean last.
    """
    rows = [compare(name, frame, won) for name, frame, won in data_sets(seeds)]
    numbers = [name for name in rows[0] if name not in ("data", "rows")]
    mean = {name: float(np.mean([float(str(row[name])) for row in rows])) for name in numbers}
    return [*rows, {"data": "mean", "rows": "", **mean}]


def data_sets(seeds: int) -> list[tuple[str, pd.DataFrame, np.ndarray]]:
    """Name, attributes known before the outcome, outcome."""
    found = [(f"planted market {seed}", *_market(2000 + seed)) for seed in range(seeds)]
    found += [(f"planted: {shape}", *shaped_market(shape, 3000)) for shape in SHAPES]
    if (DATA / "salvirt_b2b").exists():
        found.append(("salvirt_b2b", *_salvirt()))
    if (DATA / "telco_cltv").exists():
        found.append(("telco churn", *_telco()))
    if (DATA / "olist_funnel_clean").exists():
        found.append(("olist leads", *_olist()))
    return [*found, *_package_data()]


def _olist() -> tuple[pd.DataFrame, np.ndarray]:
    folder = DATA / "olist_funnel_clean"
    leads = pd.read_csv(folder / "olist_marketing_qualified_leads_dataset.csv")
    closed = pd.read_csv(folder / "olist_closed_deals_dataset.csv")
    return leads[["landing_page_id", "origin"]], leads["mql_id"].isin(closed["mql_id"]).to_numpy()


def _package_data() -> list[tuple[str, pd.DataFrame, np.ndarray]]:
    """Public sets that packages ship: German credit (pysubgroup); breast cancer, diabetes, wine
    (scikit-learn).
    """
    import pysubgroup
    from scipy.io import arff
    from sklearn.datasets import load_breast_cancer, load_diabetes, load_wine

    credit = pd.DataFrame(
        arff.loadarff(Path(pysubgroup.__file__).parent / "data" / "credit-g.arff")[0]
    )
    text = [c for c in credit if not pd.api.types.is_numeric_dtype(credit[c])]
    credit = credit.assign(**{c: credit[c].str.decode("utf-8") for c in text})
    cancer, wine = load_breast_cancer(as_frame=True), load_wine(as_frame=True)
    diabetes = load_diabetes(as_frame=True, scaled=False)
    return [
        ("german credit", credit.drop(columns="class"), (credit["class"] == "good").to_numpy()),
        ("breast cancer", cancer.data, cancer.target.to_numpy() == 1),
        ("diabetes", diabetes.data, (diabetes.target > diabetes.target.median()).to_numpy()),
        ("wine", wine.data, wine.target.to_numpy() == 1),
    ]


def _market(seed: int) -> tuple[pd.DataFrame, np.ndarray]:
    market = planted_market(seed)
    deals = market.deals[market.deals["stage"].isin(["Closed Won", "Closed Lost"])].drop_duplicates(
        "account_id"
    )
    accounts = (
        market.accounts.drop_duplicates("account_id")
        .set_index("account_id")
        .reindex(deals["account_id"])
    )
    frame = accounts.drop(
        columns=[name for name in NOT_ATTRIBUTES if name in accounts]
    ).reset_index(drop=True)
    return frame, (deals["stage"] == "Closed Won").to_numpy()


def _salvirt() -> tuple[pd.DataFrame, np.ndarray]:
    frame = (
        pd.read_csv(next((DATA / "salvirt_b2b").glob("*.csv")), sep=";")
        .drop_duplicates()
        .reset_index(drop=True)
    )
    return frame.drop(columns=["Status", "Up_sale", "Att_t_client"]), (
        frame["Status"] == "Won"
    ).to_numpy()


def _telco() -> tuple[pd.DataFrame, np.ndarray]:
    frame = pd.read_excel(next((DATA / "telco_cltv").glob("*.xlsx")))
    out = [
        "CustomerID",
        "Count",
        "Country",
        "State",
        "City",
        "Zip Code",
        "Lat Long",
        "Latitude",
        "Longitude",
        "Churn Label",
        "Churn Value",
        "Churn Score",
        "CLTV",
        "Churn Reason",
        "Gender",
        "Senior Citizen",
    ]
    # ours reads the blanks in this column by itself; the rivals are given numbers
    frame["Total Charges"] = pd.to_numeric(frame["Total Charges"], errors="coerce")
    return frame.drop(columns=out), (frame["Churn Value"] == 0).to_numpy()


def shaped_market(shape: str, seed: int, accounts: int = 1500) -> tuple[pd.DataFrame, np.ndarray]:
    """Unrelated attributes and an outcome of one shape: “together” (size and cloud matter only
    together), “steady” (log odds rise with numbers), “many levels” (forty regions), “hump” (the
    middle of a range is best).
    """
    draw = np.random.default_rng([seed, len(shape)])
    frame = pd.DataFrame(
        {
            "industry": draw.choice(["Software", "Retail", "Health", "Finance"], accounts),
            "cloud": draw.choice(["AWS", "Azure", "GCP", "None"], accounts),
            "region": draw.choice([f"Region {number}" for number in range(40)], accounts),
            "employees": np.round(np.exp(draw.normal(4.5, 1.4, accounts))) + 1,
            "growth_percent": np.round(draw.normal(8, 12, accounts), 1),
            "sites": draw.poisson(3, accounts) + 1,
        }
    )
    size, growth = (np.log(frame["employees"]) - 4.5) / 1.4, (frame["growth_percent"] - 8) / 12
    by_region = dict(zip(sorted(frame["region"].unique()), draw.normal(0, 0.8, 40), strict=True))
    odds: pd.Series = {
        "together": 1.1 * np.where((size > 0) == frame["cloud"].isin(["AWS", "GCP"]), 1.0, -1.0)
        + 0.4 * growth,
        "steady": 0.7 * size + 0.5 * growth,
        "many levels": frame["region"].map(by_region) + 0.6 * (frame["industry"] == "Health"),
        "hump": 0.7 - 0.7 * size**2 + 0.6 * growth,
    }[shape]
    return frame, draw.random(accounts) < 1 / (1 + np.exp(0.8 - odds.to_numpy()))


def compare(name: str, frame: pd.DataFrame, won: np.ndarray) -> dict[str, object]:
    """Three-fold AUC of each method on the same rows."""
    aucs: dict[str, list[float]] = {"rubric": [], "scorecard": [], "logistic": [], "lightgbm": []}
    criteria = []
    for train, test in StratifiedKFold(3, shuffle=True, random_state=1).split(frame, won):
        rubric = icp.suggest_rubric(frame.iloc[train], won[train])
        criteria.append(len(rubric.criteria))
        aucs["rubric"].append(roc_auc_score(won[test], rubric.score(frame.iloc[test])["score"]))
        aucs["scorecard"].append(roc_auc_score(won[test], _scorecard(frame, won, train, test)))
        aucs["logistic"].append(roc_auc_score(won[test], _logistic(frame, won, train, test)))
        aucs["lightgbm"].append(roc_auc_score(won[test], _boosting(frame, won, train, test)))
    return {
        "data": name,
        "rows": len(frame),
        **{k: float(np.mean(v)) for k, v in aucs.items()},
        "criteria": float(np.mean(criteria)),
        "rubric/scorecard": float(np.mean(aucs["rubric"]) / np.mean(aucs["scorecard"])),
        "rubric/lightgbm": float(np.mean(aucs["rubric"]) / np.mean(aucs["lightgbm"])),
    }


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    text = [c for c in frame if not pd.api.types.is_numeric_dtype(frame[c])]
    return frame.assign(**{c: frame[c].astype("str").astype("category") for c in text})


def _scorecard(
    frame: pd.DataFrame, won: np.ndarray, train: np.ndarray, test: np.ndarray
) -> np.ndarray:
    """optbinning's scorecard with as many variables as it likes."""
    from optbinning import BinningProcess, Scorecard

    text = [c for c in frame if not pd.api.types.is_numeric_dtype(frame[c])]
    data = frame.assign(**{c: frame[c].astype(object).where(frame[c].notna(), None) for c in text})
    binning = BinningProcess(list(data.columns), categorical_variables=text)
    card = Scorecard(binning_process=binning, estimator=LogisticRegression(max_iter=2000))
    return card.fit(data.iloc[train], won[train].astype(int)).predict_proba(data.iloc[test])[:, 1]


def _logistic(
    frame: pd.DataFrame, won: np.ndarray, train: np.ndarray, test: np.ndarray
) -> np.ndarray:
    numbers = [c for c in frame if pd.api.types.is_numeric_dtype(frame[c])]
    text = [c for c in frame if c not in numbers]
    columns = make_column_transformer(
        (make_pipeline(SimpleImputer(), StandardScaler()), numbers),
        (OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=5), text),
    )
    model = make_pipeline(columns, LogisticRegression(C=0.5, max_iter=2000))
    data = frame.assign(
        **{c: frame[c].astype(object).where(frame[c].notna(), "missing").astype(str) for c in text}
    )
    return model.fit(data.iloc[train], won[train]).predict_proba(data.iloc[test])[:, 1]


def new_boosting() -> lightgbm.LGBMClassifier:
    """LightGBM as a careful user would set it for a few thousand rows."""
    return lightgbm.LGBMClassifier(
        n_estimators=150, learning_rate=0.05, num_leaves=8, min_child_samples=15, verbose=-1
    )


def _boosting(
    frame: pd.DataFrame, won: np.ndarray, train: np.ndarray, test: np.ndarray
) -> np.ndarray:
    data = _typed(frame)
    return np.asarray(
        new_boosting().fit(data.iloc[train], won[train]).predict_proba(data.iloc[test])
    )[:, 1]
