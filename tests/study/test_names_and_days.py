"""Headers that collide with the engine's own names or with each other, tables whose rows all leave,
and days beyond all reckoning: every result is there, and what was set in vain is told.
"""

import pandas as pd
import pytest

import icp_engine as icp
from icp_engine.intake.joining.accounts import STANDARD
from icp_engine.intake.joining.deals import DEAL_COLUMNS, OWN_NAMES
from tests.study.test_odd_markets import ACCOUNTS, DEALS


def results(study):
    return {
        stage: getattr(study, stage)
        for stage in ("problems", "accounts", "best", "traits", "rubric", "scores")
    }


@pytest.mark.parametrize(
    "header", sorted({*STANDARD, *DEAL_COLUMNS, *OWN_NAMES, "won_deals", "tenure_days"})
)
def test_a_column_of_deals_may_be_called_what_the_engine_calls_its_own(header):
    deals = DEALS.assign(**{header: ["Q3 2024", "soon", "n. k."] * 40})
    study = icp.Study.open({"accounts": ACCOUNTS, "deals": deals})
    assert results(study)
    assert study.accounts["customer_since"].dtype == "datetime64[ns]"


def test_the_same_header_of_two_types_in_two_deals_tables_stays_apart():
    first = DEALS.assign(plan=range(len(DEALS)))
    second = DEALS.assign(deal_id="x" + DEALS["deal_id"], plan=["gold", "lead", "tin"] * 40)
    study = icp.Study.open({"accounts": ACCOUNTS, "deals": first, "more": second})
    assert results(study)
    deals = study.intake.deals
    assert deals["plan"].dtype == "float64" and deals["plan"].notna().sum() == len(DEALS)
    assert deals["plan (more)"].nunique() == 3


@pytest.mark.parametrize("metric", ["ltv", "health score", "nps"])
def test_a_table_whose_rows_all_lack_their_key_still_has_its_columns(metric):
    accounts = pd.DataFrame({"website": ["A0", "1001"], metric: ["12.5", "13.5"]})
    study = icp.Study.open({"accounts": accounts, "deals": DEALS.drop(columns="account_id")})
    assert {"id-empty"} <= {problem.code for problem in study.problems}
    assert set(study.intake.columns) <= set(study.intake.accounts)
    assert len(study.accounts) == len(DEALS) and results(study)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31", "2190-01-01", "soon"])
@pytest.mark.parametrize("setting", ["as_of", "read_on", "holdout_from"])
def test_a_day_that_cannot_be_reckoned_with_is_told_and_has_no_effect(setting, day):
    tables = {"accounts": ACCOUNTS, "deals": DEALS}
    study = icp.Study.open(tables, settings=icp.Settings(**{setting: day}))
    told = [p for p in study.problems if p.code == "date-not-understood"]
    assert len(told) == 1 and day in told[0].message
    plain = icp.Study.open(tables)
    assert study.as_of == plain.as_of
    assert study.holdout.accounts.equals(plain.holdout.accounts)


@pytest.mark.parametrize("as_of", ["1900-01-01", "2189-12-31", "2026-09-30T10:00:00+02:00"])
def test_the_first_and_the_last_day_there_is_are_days(as_of):
    early = {"customer_since": "1900-01-01", "churn_date": "2189-12-31"}
    tables = {"accounts": ACCOUNTS.assign(**early), "deals": DEALS.assign(close_date="2189-12-31")}
    study = icp.Study.open(tables, settings=icp.Settings(as_of=as_of))
    assert results(study)
    assert not [p for p in study.problems if p.code == "date-not-understood"]


@pytest.mark.parametrize("unit", ["s", "ms", "us"])
def test_dates_beyond_reckoning_in_a_typed_table_are_empty(unit):
    far = pd.Series(["0001-01-01", "9999-12-31", "2022-03-01"] * 20).astype(f"datetime64[{unit}]")
    study = icp.Study.open({"accounts": ACCOUNTS.assign(customer_since=far), "deals": DEALS})
    assert results(study)
    assert study.intake.accounts["customer_since"].notna().sum() == len(ACCOUNTS) // 3


@pytest.mark.parametrize("bounds", [{"low": "soon"}, {"high": "never"}, {"low": "9999-12-31"}])
def test_a_bound_of_the_scope_that_is_no_day_is_told(bounds):
    scope = (icp.settings.Filter(column="close_date", **bounds),)
    tables = {"accounts": ACCOUNTS, "deals": DEALS}
    study = icp.Study.open(tables, settings=icp.Settings(scope=scope))
    assert "settings-no-effect" in {problem.code for problem in study.problems}
    assert len(study.deals) == len(DEALS)


@pytest.mark.parametrize("seed", [-1, 2**31, 10**30])
def test_a_seed_that_no_generator_takes_is_refused_when_it_is_set(seed):
    with pytest.raises(ValueError, match="seed"):
        icp.Settings(seed=seed)


@pytest.mark.parametrize("days", [["1900-01-01"], ["2189-12-31"], ["1900-01-01", "2189-12-31"]])
@pytest.mark.parametrize("column", ["customer_since", "churn_date"])
def test_data_that_speak_for_the_first_or_the_last_day_there_is(column, days):
    written = [days[row % len(days)] for row in range(len(ACCOUNTS))]
    tables = {"accounts": ACCOUNTS.assign(**{column: written})}
    assert results(icp.Study.open(tables))
    orders = pd.DataFrame({"customer_id": ACCOUNTS["account_id"], "order date": written})
    assert results(icp.Study.open({**tables, "orders": orders.assign(amount=5)}))
