"""A study's results as files: documents, the rubric, and one CSV a result.

Comes in: a study. Goes out: {file name: text}. Separate because the shell, the pages' download and
scheduled jobs hand out the same files. CSVs hold ids, never account names.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Protocol

import pandas as pd

from icp_engine.activate.export import to_csv_text
from icp_engine.profile.document import FORMS, Profile
from icp_engine.results import Results
from icp_engine.types import Frame
from icp_engine.validation.model import Validation
from icp_engine.wording.json_values import json_records, json_value

TABLES = ("gain", "calibration", "confusion", "power", "missed", "recent", "customers_by_band")
OPEN_DEAL_COLUMNS = ("account_id", "deal_name", "stage", "amount", "created_date")


class Documented(Results, Protocol):
    """A finished study with its document."""

    @property
    def profile(self) -> Profile: ...


def study_files(study: Documented) -> dict[str, str]:
    """Every file of `icp define` as text; the order is the order of reading."""
    return {
        **{form.file: form.write(study.profile) for form in FORMS},
        "rubric.json": study.rubric.to_json(),
        "best.csv": to_csv_text(best_table(study)),
        "traits.csv": to_csv_text(study.traits.table, index=False),
        "segments.csv": to_csv_text(segment_table(study)),
        "scores.csv": to_csv_text(_named(study.scores, "account_id")),
        "pipeline.csv": to_csv_text(pipeline_table(study)),
        "validation.json": validation_json(study.validation),
    }


def best_table(study: Results) -> Frame:
    """The best customers by account_id: score (0–1) and what each metric contributes to it, highest
    first.
    """
    best = study.best
    ids = best.accounts
    parts = best.contributions.reindex(ids).rename(columns={"score": "score (part)"})
    table = pd.concat([best.scores.reindex(ids).rename("score"), parts], axis=1)
    return _named(table.sort_values("score", ascending=False, kind="stable"), "account_id")


def segment_table(study: Results) -> Frame:
    """Every best customer by account_id: segment number (−1 in none) and name."""
    labels = study.segments.labels
    names = {segment.label: segment.name for segment in study.segments.segments}
    numbers = labels.astype(int)
    shown = [names.get(number, "in none") for number in numbers]
    return _named(
        pd.DataFrame({"segment": numbers, "name": shown}, index=labels.index), "account_id"
    )


def pipeline_table(study: Results) -> Frame:
    """Open deals by deal_id with their account's score and band, best first, and why in one
    sentence each.
    """
    deals = study.deals
    still_open = deals[deals["won"].isna()] if "won" in deals else deals.head(0)
    table = still_open[
        [name for name in OPEN_DEAL_COLUMNS if name in still_open and name != "deal_name"]
    ]
    table = table.join(study.scores, on="account_id")
    table = table.assign(why=_reasons(study, table["account_id"]))
    return _named(table.sort_values("score", ascending=False, kind="stable"), "deal_id")


def _reasons(study: Results, accounts: Any) -> list[str]:
    """The study's explanation of each account's score."""
    known = pd.Index(accounts.dropna().unique())
    if not len(known):
        return [""] * len(accounts)
    reasons = study.explain(known)
    return [reasons.get(account, "") for account in accounts]


def _named(frame: Frame, name: str) -> Frame:
    return frame.rename_axis(index=name)


def validation_json(validation: Validation) -> str:
    """Metrics, bands, curves, held-out deals, lists to read, verdict and checks as JSON; unknown
    numbers are null.
    """
    content = {
        "metrics": {name: asdict(estimate) for name, estimate in validation.metrics.items()},
        "bands": json_records(validation.bands),
        "holdout": list(validation.holdout),
        "permutation_p": validation.permutation_p,
        "verdict": asdict(validation.verdict),
        "checks": [asdict(check) for check in validation.checks],
        "scored": json_records(validation.scored),
        "histogram": json_records(validation.histogram),
        "open_deals": json_records(validation.open_deals),
        "method": validation.method,
        "sentence": validation.sentence,
        "proven": validation.proven,
        "rules": [asdict(rule) for rule in validation.rules],
        **{name: json_records(getattr(validation, name)) for name in TABLES},
    }
    return (
        json.dumps(
            json_value(content), ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False
        )
        + "\n"
    )
