"""The graph of results: what a stage reads is what it declares, and a changed setting is never met
by an old result.
"""

import pytest

from icp_engine.study.study import Study
from sample_data import markets, shop


def ask_everything(study):
    """Every stage once; one that refuses its input has read what it needs to."""
    for name in Study.stages:
        asked = getattr(study, name)
        if name == "distributions":
            for table in study.intake.raw:
                asked(table)
        elif callable(asked):
            asked()


@pytest.fixture(scope="module")
def used(sample_study):
    """stage → (settings read, results asked for), over four kinds of data and a changed rubric."""
    suggestion = sample_study.rubric
    moved = suggestion.with_weights({suggestion.criteria[0].name: 60})
    first = suggestion.criteria[0]
    by_hand = moved.model_copy(
        update={
            "criteria": (
                first.model_copy(update={"levels": first.levels[:1]}),
                *moved.criteria[1:],
            )
        }
    )
    deals = sample_study.raw["deals"].merge(
        sample_study.raw["accounts"].iloc[:, :6], left_on="Account ID", right_on="Account ID"
    )
    null = markets.null_market(3)
    found = {}
    for study in (
        sample_study,
        sample_study.replace(rubric=moved, min_age_days=300, read_on="2026-09-30"),
        sample_study.replace(rubric=by_hand),
        Study.open({"deals": deals}),
        Study.open({"orders": shop.orders()}) if hasattr(shop, "orders") else sample_study,
        Study.open({"accounts": null.accounts, "deals": null.deals}),
    ):
        ask_everything(study)
        for name, use in study._memo.used.items():
            settings, results = found.setdefault(name, (set(), set()))
            settings |= use.settings
            results |= use.results
    return found
