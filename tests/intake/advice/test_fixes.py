"""Each fix is settings that make its problem go away, or say the answer."""

from string import Formatter

import pandas as pd
import pytest

from icp_engine import Settings, Study
from icp_engine.intake.advice.fixes import suggest_fixes
from icp_engine.problems import CATALOGUE, make_problem


def deals(**columns):
    rows = 60
    base = {
        "Deal ID": [f"d{i}" for i in range(rows)],
        "Account": [f"a{i % 20}" for i in range(rows)],
        "Stage": ["Closed Won", "Closed Lost", "Proposal"] * 20,
        "Amount": [f"{100 + i}" for i in range(rows)],
        "Close Date": [f"2025-{1 + i % 12:02d}-10" for i in range(rows)],
    }
    return pd.DataFrame({**base, **columns})


def fixes(study, code):
    problem = next(found for found in study.problems if found.code == code)
    return problem, suggest_fixes(problem, study.intake, study.settings)


def codes(study):
    return [problem.code for problem in study.problems]


def test_a_day_that_may_be_a_month_is_asked_and_then_read_as_said():
    study = Study.open(
        {"deals": deals(**{"Close Date": [f"0{1 + i % 9}/0{1 + i % 8}/2025" for i in range(60)]})}
    )
    _, (day, month) = fixes(study, "dates-ambiguous")
    assert (day.label, month.label) == ("Day first (30/09/2026)", "Month first (09/30/2026)")
    american = study.replace(**month.changes)
    assert "dates-ambiguous" not in codes(american)
    assert american.deals["closed_date"].iloc[1] == pd.Timestamp(2025, 2, 2)
    assert study.replace(**day.changes).deals["closed_date"].iloc[8] == pd.Timestamp(2025, 1, 9)


def test_unreadable_words_become_missing_in_one_click():
    amounts = [f"{100 + i}" for i in range(57)] + ["ask Bob", "pending", "ask Bob"]
    study = Study.open({"deals": deals(Amount=amounts)})
    problem, (fix,) = fixes(study, "values-not-numbers")
    assert problem.column == "Amount"
    assert fix.label == "“ask Bob”, “pending” mean empty"
    assert "values-not-numbers" not in codes(study.replace(**fix.changes))


def test_a_setting_for_a_column_that_is_gone_can_be_forgotten():
    study = Study.open(
        {"deals": deals()}, settings=Settings(missing_words={"Gone": ("x",), "Stage": ("y",)})
    )
    _, (fix,) = fixes(study, "column-unknown")
    mended = study.replace(**fix.changes)
    assert "column-unknown" not in codes(mended)
    assert mended.settings.missing_words == {"Stage": ("y",)}


def test_a_day_nobody_can_read_gives_way_to_the_newest():
    study = Study.open({"deals": deals()}, settings=Settings(as_of="soon"))
    _, (fix,) = fixes(study, "date-not-understood")
    assert "date-not-understood" not in codes(study.replace(**fix.changes))


def test_an_empty_metric_can_be_left_out():
    accounts = pd.DataFrame(
        {"Account ID": [f"a{i}" for i in range(30)], "Industry": ["x", "y", "z"] * 10, "LTV": ""}
    )
    study = Study.open({"accounts": accounts})
    _, (fix,) = fixes(study, "metrics-all-missing")
    assert "metrics-all-missing" not in codes(study.replace(**fix.changes))


@pytest.fixture(scope="module")
def study():
    return Study.open({"deals": deals()})


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_no_problem_of_any_kind_makes_the_suggestion_fail(study, code):
    template = CATALOGUE[code]
    names = {
        name
        for text in (template.message, template.advice)
        for _, name, _, _ in Formatter().parse(text)
        if name
    }
    problem = make_problem(
        code, table="deals", column="Nowhere", **dict.fromkeys(names - {"table", "column"}, "x")
    )
    for fix in suggest_fixes(problem, study.intake, study.settings):
        assert fix.label
        study.settings.merged(**fix.changes)
